//! One page, and the machine that writes it: read the ETag first, then the rows; render; put if unchanged; else start over.
//!
//! The machine does no I/O: it asks and is told. The async driver answers from S3 and DynamoDB; the exhaustive check answers from a small
//! world, in every order.

use data_encoding::HEXLOWER;
use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

use crate::{
    projection::{Composition, Projection, Provenance},
    reads::{Missing, Read, Reads},
    row::Row,
    work::Cause,
};

/// Which page: its site, its path, and what kind of page stands there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageKey {
    /// Label of the site.
    pub site: String,
    /// Root-relative path; a path ending in `/` is stored as its `index.html`.
    pub path: String,
    /// What composes it.
    pub kind: String,
    /// What it is about: a column id, a department code, a slice; empty where the path says it.
    pub about: String,
}

impl PageKey {
    /// Its key in the pages bucket.
    #[must_use]
    pub fn object_key(&self) -> String {
        object_key(&self.site, &self.path)
    }

    /// The page that lies under an object's key, as readers ask for it; none if the key is no page's.
    ///
    /// The inverse of [`object_key`](Self::object_key); what composes the page is not told by its key.
    #[must_use]
    pub fn of_object(key: &str, kind: &str) -> Option<Self> {
        let (site, path) = key.split_once('/').filter(|(site, _)| !site.is_empty())?;
        let path = match path {
            "index.html" => "",
            path => path.strip_suffix("index.html").filter(|folder| folder.ends_with('/')).unwrap_or(path),
        };
        let page =
            Self { site: site.to_owned(), path: format!("/{path}"), kind: kind.to_owned(), about: String::new() };
        (page.object_key() == key).then_some(page)
    }
}

/// The key in the pages bucket of the page at `path` of a site; a path ending in `/` is stored as its `index.html`.
#[must_use]
pub fn object_key(site: &str, path: &str) -> String {
    let index = if path.ends_with('/') { "index.html" } else { "" };
    format!("{site}{path}{index}")
}

/// What a reader is answered with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// 200.
    Ok,
    /// 301 to a root-relative or absolute URL.
    Moved(String),
    /// 404.
    NotFound,
    /// 410.
    Gone,
}

impl Status {
    /// The HTTP status code.
    #[must_use]
    pub fn code(&self) -> u16 {
        match self {
            Self::Ok => 200,
            Self::Moved(_) => 301,
            Self::NotFound => 404,
            Self::Gone => 410,
        }
    }
}

/// A rendered page with what is stored beside its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageObject {
    /// What a reader is answered with.
    pub status: Status,
    /// Media type.
    pub content_type: String,
    /// `Content-Disposition`: what a browser saves it as; none for what it shows.
    pub disposition: Option<String>,
    /// The bytes; they contain the digest, but for files, whose names never lead to other bytes.
    pub bytes: Vec<u8>,
    /// Digest of the rows it was made of.
    pub digest: String,
    /// Generation of code and templates.
    pub generation: u64,
}

impl PageObject {
    /// What a rebuild puts under an address that nothing produces any more.
    pub(crate) fn orphan(generation: u64) -> Self {
        let digest = Reads::default().digest(generation);
        Self {
            status: Status::Gone,
            content_type: "text/plain; charset=utf-8".to_owned(),
            disposition: None,
            bytes: format!("410 此页面已不存在。\nGone. {digest}\n").into_bytes(),
            digest,
            generation,
        }
    }
}

/// An entity tag as the store gave it, quotes included.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ETag(pub String);

impl ETag {
    /// Whether this is the tag S3 gives to `bytes` put in one piece: their MD5.
    ///
    /// A bucket whose tags are no MD5 (encrypted with customer keys) only makes a rebuild write equal bytes again.
    #[must_use]
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.0.trim_matches('"') == HEXLOWER.encode(&Md5::digest(bytes))
    }
}

/// What the store tells of a page without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageHead {
    /// Entity tag.
    pub etag: ETag,
    /// Digest in its metadata.
    pub digest: String,
    /// Generation in its metadata.
    pub generation: u64,
    /// HTTP status code in its metadata: what readers are answered with.
    pub status: u16,
}

/// A conditional write of a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Put {
    /// What to write.
    pub object: PageObject,
    /// If-Match; If-None-Match: * where none.
    pub expected: Option<ETag>,
}

/// What the machine wants done next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// Tell the page's head.
    Head,
    /// Read rows (consistently) or a body.
    Read(Read),
    /// Write if unchanged.
    Put(Box<Put>),
    /// Leave a dirty row for the page: its stored generation is newer than ours.
    MarkDirty,
    /// Leave a parked row for the page: it cannot be rendered.
    Park(String),
    /// Leave a purge row for the page's URL: copies of it may be old.
    Purge(Cause),
    /// Nothing: this is how it ended.
    Done(Outcome),
}

/// What the machine is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// The page's head, if it exists.
    Head(Option<PageHead>),
    /// Rows.
    Rows(Vec<Row>),
    /// A body; none if the store has none of that hash.
    Body(Option<Vec<u8>>),
    /// The put succeeded.
    Written,
    /// The put met another version (412, 409, 404).
    Changed,
    /// A row was left.
    Left,
}

/// How the writing of a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// New bytes lie in the store.
    Written,
    /// The stored bytes are the ones we would write.
    Unchanged,
    /// Its rows produce no page.
    Nothing,
    /// A newer generation wrote it; left dirty for that one.
    Newer,
    /// It cannot be rendered; parked.
    Parked,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum State {
    Start,
    Heading,
    Reading { head: Option<PageHead>, reads: Reads, wanted: Read },
    Putting,
    Purging(Outcome),
    MarkingDirty,
    Parking,
    Over(Outcome),
}

/// When a purge row is left for a page.
///
/// A worker may have died between its put and its purge row; the next one finds the bytes equal. So whoever moves a checkpoint or deletes a
/// dirty row afterwards purges in either case; a rebuild, which answers to nobody's checkpoint, only what it wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purges {
    /// Also when the stored bytes are right already.
    Always(Cause),
    /// Only after a put.
    WhenWritten,
}

impl Purges {
    fn cause(self) -> Cause {
        match self {
            Self::Always(cause) => cause,
            Self::WhenWritten => Cause::Changed,
        }
    }
}

/// Writes one page; see the module's words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageWriter {
    key: PageKey,
    generation: u64,
    purges: Purges,
    state: State,
    rounds: u32,
}

/// Rounds after which a page that keeps changing is left to the repair.
const ROUNDS: u32 = 50;

impl PageWriter {
    /// A writer of `key` for templates of `generation`.
    #[must_use]
    pub fn new(key: PageKey, generation: u64, purges: Purges) -> Self {
        Self { key, generation, purges, state: State::Start, rounds: 0 }
    }

    /// The page.
    #[must_use]
    pub fn key(&self) -> &PageKey {
        &self.key
    }

    /// Takes in the answer to the last ask (none at the start) and asks for the next thing.
    ///
    /// An answer that does not fit the ask starts the page over: nothing was written by it.
    pub fn step<P: Projection>(&mut self, projection: &P, told: Option<Told>) -> Ask {
        match (std::mem::replace(&mut self.state, State::Start), told) {
            (State::Heading, Some(Told::Head(head))) => self.headed(projection, head),
            (State::Reading { head, mut reads, wanted }, Some(Told::Rows(rows))) => {
                reads.put_rows(wanted, rows);
                self.compose(projection, head, reads)
            }
            (State::Reading { head, mut reads, wanted }, Some(Told::Body(Some(body)))) => {
                reads.put_body(wanted, body);
                self.compose(projection, head, reads)
            }
            (State::Reading { wanted, .. }, Some(Told::Body(None))) => {
                self.park(format!("{wanted:?} is not in the store"))
            }
            (State::Putting, Some(Told::Written)) => {
                self.want(State::Purging(Outcome::Written), Ask::Purge(self.purges.cause()))
            }
            (State::Purging(outcome), Some(Told::Left)) => self.end(outcome),
            (State::MarkingDirty, Some(Told::Left)) => self.end(Outcome::Newer),
            (State::Parking, Some(Told::Left)) => self.end(Outcome::Parked),
            (State::Over(outcome), _) => self.end(outcome),
            _ => self.start_over(),
        }
    }

    fn want(&mut self, state: State, ask: Ask) -> Ask {
        self.state = state;
        ask
    }

    fn end(&mut self, outcome: Outcome) -> Ask {
        self.want(State::Over(outcome), Ask::Done(outcome))
    }

    fn park(&mut self, reason: String) -> Ask {
        self.want(State::Parking, Ask::Park(reason))
    }

    fn unchanged(&mut self) -> Ask {
        match self.purges {
            Purges::Always(cause) => self.want(State::Purging(Outcome::Unchanged), Ask::Purge(cause)),
            Purges::WhenWritten => self.end(Outcome::Unchanged),
        }
    }

    fn start_over(&mut self) -> Ask {
        self.rounds += 1;
        if self.rounds > ROUNDS {
            return self.park(format!("the page changed {ROUNDS} times while it was written"));
        }
        self.want(State::Heading, Ask::Head)
    }

    fn headed<P: Projection>(&mut self, projection: &P, head: Option<PageHead>) -> Ask {
        let ours = projection.generation(&self.key, self.generation);
        if head.as_ref().is_some_and(|head| head.generation > ours) {
            return self.want(State::MarkingDirty, Ask::MarkDirty);
        }
        self.compose(projection, head, Reads::default())
    }

    fn compose<P: Projection>(&mut self, projection: &P, head: Option<PageHead>, reads: Reads) -> Ask {
        let generation = projection.generation(&self.key, self.generation);
        let model = match projection.compose(&self.key, &reads) {
            // The rows name their bodies by hash: where the stored page is of these very rows, nothing is left to be read.
            Err(Missing(Read::Body(_))) if is_of(head.as_ref(), &reads, generation) => return self.unchanged(),
            Err(Missing(wanted)) => {
                let ask = Ask::Read(wanted.clone());
                return self.want(State::Reading { head, reads, wanted }, ask);
            }
            Ok(Composition::Nothing) => return self.end(Outcome::Nothing),
            Ok(Composition::Page(model)) => model,
        };
        if is_of(head.as_ref(), &reads, generation) {
            return self.unchanged();
        }
        let provenance = Provenance { digest: reads.digest(generation), generation };
        match projection.render(&self.key, model, &provenance) {
            Ok(object) => {
                let put = Put { object, expected: head.map(|head| head.etag) };
                self.want(State::Putting, Ask::Put(Box::new(put)))
            }
            Err(reason) => self.park(reason),
        }
    }
}

/// Whether the stored page was made of the rows that were read.
fn is_of(head: Option<&PageHead>, reads: &Reads, generation: u64) -> bool {
    head.is_some_and(|head| head.digest == reads.digest(generation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_of(key: &str) -> Option<String> {
        PageKey::of_object(key, "orphan").map(|page| page.site + " " + &page.path)
    }

    #[test]
    fn an_objects_key_names_its_page_as_readers_ask_for_it() {
        assert_eq!(path_of("www/index.html").as_deref(), Some("www /"));
        assert_eq!(path_of("www/xw/index.html").as_deref(), Some("www /xw/"));
        assert_eq!(path_of("www/xw/2026/11/23/a.html").as_deref(), Some("www /xw/2026/11/23/a.html"));
        assert_eq!(path_of("www/xw/myindex.html").as_deref(), Some("www /xw/myindex.html"));
        assert_eq!(path_of("www/index.htmlindex.html").as_deref(), Some("www /index.htmlindex.html"));
    }

    #[test]
    fn a_key_that_is_no_pages_names_none() {
        for key in ["", "stray", "www/", "www/xw/", "/xw/a.html"] {
            assert_eq!(path_of(key), None, "{key}");
        }
    }
}
