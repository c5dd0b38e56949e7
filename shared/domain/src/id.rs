//! Names of things, parsed once at the edge.

use std::{fmt, str::FromStr};

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// A name that does not have the shape of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{given}` is not {expected}")]
pub struct Malformed {
    /// What was given, cut to 80 characters.
    pub given: String,
    /// What it should have been.
    pub expected: &'static str,
    /// The same, Chinese.
    pub expected_zh: &'static str,
}

impl Malformed {
    pub(crate) fn new(given: &str, expected: &'static str, expected_zh: &'static str) -> Self {
        Self { given: given.chars().take(80).collect(), expected, expected_zh }
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $expected:literal, $expected_zh:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $type(String);

        impl $type {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $type {
            type Err = Malformed;

            fn from_str(text: &str) -> Result<Self, Malformed> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<String> for $type {
            type Error = Malformed;

            fn try_from(text: String) -> Result<Self, Malformed> {
                let valid: fn(&str) -> bool = $valid;
                if valid(&text) { Ok(Self(text)) } else { Err(Malformed::new(&text, $expected, $expected_zh)) }
            }
        }

        impl From<$type> for String {
            fn from(name: $type) -> Self {
                name.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// Whether `text` is 1–40 of `a-z 0-9 -` and neither begins nor ends with `-`.
pub(crate) fn is_segment(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn is_base32_128(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
}

name!(
    /// Short code of a department (部门), for example `jyj`.
    DepartmentCode, "a department code: 1-40 of a-z, 0-9 and -", "部门代码（1–40 位，小写字母、数字和“-”）", is_segment
);
name!(
    /// Host label of a site (站点): `www` in `www.example.gov.cn`.
    SiteLabel, "a site label: 1-40 of a-z, 0-9 and -", "站点名（1–40 位，小写字母、数字和“-”）", is_segment
);
name!(
    /// A column (栏目): its site and path, joined by dots: `www.zwgk.tzgg`.
    ColumnId, "a column id: a site label and 1-6 path segments joined by dots", "栏目编号（站点名加 1–6 段路径，以“.”相连）", |text| {
        (2..=7).contains(&text.split('.').count()) && text.split('.').all(is_segment)
    }
);
name!(
    /// A document (文件): 128 bits in lower-case base32.
    DocumentId, "a document id: 26 letters of base32", "文件编号（26 位 base32 字符）", is_base32_128
);
name!(
    /// A commit's identity: 128 bits in lower-case base32, derived from its request.
    CommitId, "a commit id: 26 letters of base32", "提交编号（26 位 base32 字符）", is_base32_128
);
name!(
    /// Who acts: the token's subject, `system:…` for the platform itself, `citizen:…` for whoever holds a case's query code.
    ActorId, "an actor id: 1-120 visible ASCII characters", "人员标识（1–120 个可见 ASCII 字符）", |text| {
        (1..=120).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
    }
);
name!(
    /// A member of staff (工作人员): 128 bits in lower-case base32, derived from the subject of his tokens.
    StaffId, "a staff id: 26 letters of base32", "工作人员编号（26 位 base32 字符）", is_base32_128
);
name!(
    /// An identity (身份信息) in the vault: 128 random bits in lower-case base32, which say nothing of the person.
    IdentityId, "an identity id: 26 letters of base32", "身份编号（26 位 base32 字符）", is_base32_128
);
name!(
    /// What of a case is sealed by itself, for example `text` or `reply-2`: its ciphertext opens under no other name.
    FieldName, "the name of a sealed field: 1-40 of a-z, 0-9 and -", "加密字段名（1–40 位，小写字母、数字和“-”）", is_segment
);
name!(
    /// A system or collection that documents are migrated from, for example `old-portal`.
    SystemCode, "a system code: 1-40 of a-z, 0-9 and -", "来源系统代码（1–40 个 a–z、0–9 和 -）", is_segment
);
name!(
    /// A word list (词库) that texts are checked with, for example `common-mistakes`.
    ListName, "the name of a word list: 1-40 of a-z, 0-9 and -", "词库名（1–40 位，小写字母、数字和“-”）", is_segment
);
name!(
    /// A case (诉求、申请、办件): 128 bits in lower-case base32.
    CaseId, "a case id: 26 letters of base32", "案件编号（26 位 base32 字符）", is_base32_128
);
name!(
    /// A message (通知) about something that happened: 128 bits in lower-case base32, derived from what it tells of, to whom and by which way.
    MessageId, "a message id: 26 letters of base32", "通知编号（26 位 base32 字符）", is_base32_128
);
name!(
    /// A stream of events: category and key joined by a colon: `document:…`.
    StreamId, "a stream id: a category, a colon and a key", "事件流编号（类别、冒号和键）", |text| {
        text.len() <= 400
            && text.split_once(':').is_some_and(|(category, key)| {
                is_segment(category) && !key.is_empty() && key.split('.').all(is_segment)
            })
    }
);

impl StreamId {
    /// The stream of the city's calendar: there is one.
    #[must_use]
    pub fn calendar() -> Self {
        Self("calendar:city".to_owned())
    }

    /// The stream of the checks' rules: there is one.
    #[must_use]
    pub fn vetting() -> Self {
        Self("vetting:city".to_owned())
    }

    /// The stream of how a site looks; of how all look, where none is named.
    #[must_use]
    pub fn appearance(site: Option<&SiteLabel>) -> Self {
        Self(site.map_or_else(|| "appearance:city".to_owned(), |label| format!("appearance:site.{label}")))
    }

    /// The stream that tells whether a column lists a document of another.
    #[must_use]
    pub fn sharing(column: &ColumnId, document: &DocumentId) -> Self {
        Self(format!("sharing:{column}.{document}"))
    }

    /// The stream that tells who read what of a case.
    #[must_use]
    pub fn reading(case: &Self) -> Self {
        Self(format!("reading:{}.{}", case.category(), case.key()))
    }

    /// The part before the colon.
    #[must_use]
    pub fn category(&self) -> &str {
        self.0.split_once(':').map_or("", |(category, _)| category)
    }

    /// The part after the colon.
    #[must_use]
    pub fn key(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, key)| key)
    }
}

impl ColumnId {
    /// The column at `path` (`zwgk/tzgg`) of `site`.
    ///
    /// # Errors
    /// The path has an empty, too long or ill-formed segment, or more than six.
    pub fn new(site: &SiteLabel, path: &str) -> Result<Self, Malformed> {
        format!("{site}.{}", path.trim_matches('/').replace('/', ".")).parse()
    }

    /// The site the column stands on.
    #[must_use]
    pub fn site(&self) -> SiteLabel {
        SiteLabel(self.0.split('.').next().unwrap_or_default().to_owned())
    }

    /// The path within the site, with slashes around it: `/zwgk/tzgg/`.
    #[must_use]
    pub fn path(&self) -> String {
        let segments: Vec<&str> = self.0.split('.').skip(1).collect();
        format!("/{}/", segments.join("/"))
    }

    /// The column above this one, if this is not at the top.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (above, _) = self.0.rsplit_once('.')?;
        above.contains('.').then(|| Self(above.to_owned()))
    }
}

macro_rules! stream {
    ($type:ident, $category:literal) => {
        impl $type {
            /// The stream that tells this thing's history.
            #[must_use]
            pub fn stream(&self) -> StreamId {
                StreamId(format!(concat!($category, ":{}"), self.0))
            }
        }
    };
}

stream!(DepartmentCode, "department");
stream!(SiteLabel, "site");
stream!(ColumnId, "column");
stream!(DocumentId, "document");
stream!(StaffId, "staff");

/// 128 bits of SHA-256 over length-prefixed parts, in lower-case base32.
fn derived(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let (first, _) = digest.split_at(16);
    BASE32_NOPAD.encode(first).to_ascii_lowercase()
}

impl CommitId {
    /// The id of a request's commit: a resend derives the same one.
    ///
    /// `target` is the stream, or `new` for a creation whose stream id derives from this id. `item` tells the members of a batch apart.
    #[must_use]
    pub fn derive(actor: &ActorId, method: &str, target: &str, item: usize, key: &str) -> Self {
        let item = (item as u64).to_be_bytes();
        Self(derived(&[actor.as_str().as_bytes(), method.as_bytes(), target.as_bytes(), &item, key.as_bytes()]))
    }
}

impl ActorId {
    /// Whether the platform itself acts; no token may speak for it.
    #[must_use]
    pub fn is_platform(&self) -> bool {
        self.0.starts_with("system:")
    }

    /// The citizen who holds the query code of `case`: who else he is nobody asks. No token may speak for him.
    #[must_use]
    pub fn citizen(case: &StreamId) -> Self {
        // 120 characters at most, as of every actor; a case's own name has far fewer.
        Self(format!("citizen:{case}").chars().take(120).collect())
    }

    /// Whether it is a citizen known by nothing but a query code.
    #[must_use]
    pub fn is_citizen(&self) -> bool {
        self.0.starts_with("citizen:")
    }
}

impl IdentityId {
    /// The id that these random bits are.
    #[must_use]
    pub fn from_bits(bits: [u8; 16]) -> Self {
        Self(BASE32_NOPAD.encode(&bits).to_ascii_lowercase())
    }
}

impl StaffId {
    /// The id of the person whose tokens name `subject`.
    #[must_use]
    pub fn of(subject: &ActorId) -> Self {
        Self(derived(&[b"staff", subject.as_str().as_bytes()]))
    }
}

impl DocumentId {
    /// The id of the document that the commit `creation` begins.
    #[must_use]
    pub fn derive(creation: &CommitId) -> Self {
        Self(derived(&[b"document", creation.as_str().as_bytes()]))
    }

    /// The id of the document that the record `key` of `system` becomes, whoever brings it in and whenever.
    #[must_use]
    pub fn migrated(system: &SystemCode, key: &str) -> Self {
        Self(derived(&[b"migrated", system.as_str().as_bytes(), key.as_bytes()]))
    }
}

impl MessageId {
    /// The id of the message that `rule` asks for because of event `number.index` of `stream`, to `recipient` by `channel`.
    #[must_use]
    pub fn derive(stream: &StreamId, number: u64, index: u32, rule: &str, recipient: &str, channel: &str) -> Self {
        let (number, index) = (number.to_be_bytes(), index.to_be_bytes());
        let [stream, rule, recipient, channel] = [stream.as_str(), rule, recipient, channel].map(str::as_bytes);
        Self(derived(&[b"message", stream, &number, &index, rule, recipient, channel]))
    }
}

impl CaseId {
    /// The id of the case that the commit `creation` begins.
    #[must_use]
    pub fn derive(creation: &CommitId) -> Self {
        Self(derived(&[b"case", creation.as_str().as_bytes()]))
    }

    /// The stream of a case whose kind has streams of `category`.
    ///
    /// # Errors
    /// The category has not the shape of one.
    pub fn stream(&self, category: &str) -> Result<StreamId, Malformed> {
        format!("{category}:{}", self.0).parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_knows_its_site_path_and_parent() {
        let column = ColumnId::new(&"www".parse().unwrap(), "/zwgk/tzgg/").unwrap();
        assert_eq!(column.as_str(), "www.zwgk.tzgg");
        assert_eq!((column.site().as_str(), column.path().as_str()), ("www", "/zwgk/tzgg/"));
        assert_eq!(column.parent().unwrap().as_str(), "www.zwgk");
        assert_eq!(column.parent().unwrap().parent(), None);
        assert_eq!(column.stream().as_str(), "column:www.zwgk.tzgg");
    }

    #[test]
    fn refuses_names_that_would_escape_a_path_or_a_key() {
        for hostile in ["", "-a", "a-", "A", "a/b", "..", "a.b", "a:b", "ä", "a b", &"a".repeat(41)] {
            assert!(hostile.parse::<SiteLabel>().is_err(), "{hostile}");
        }
        assert!(ColumnId::new(&"www".parse().unwrap(), "a//b").is_err());
        assert!("www".parse::<ColumnId>().is_err());
    }

    #[test]
    fn a_resend_derives_the_same_commit_and_document() {
        let actor: ActorId = "editor".parse().unwrap();
        let first = CommitId::derive(&actor, "draft", "new", 0, "key-1");
        assert_eq!(first, CommitId::derive(&actor, "draft", "new", 0, "key-1"));
        assert_ne!(first, CommitId::derive(&actor, "draft", "new", 0, "key-2"));
        assert_ne!(first, CommitId::derive(&actor, "draft", "new", 1, "key-1"));
        assert_eq!(DocumentId::derive(&first).as_str().len(), 26);
    }

    #[test]
    fn a_case_has_a_stream_of_its_readings_and_its_citizen_a_name_that_says_no_more() {
        let case: StreamId = "letter:gq4tmnzzgqztsmzrgq2dqmjsge".parse().unwrap();
        assert_eq!(StreamId::reading(&case).as_str(), "reading:letter.gq4tmnzzgqztsmzrgq2dqmjsge");
        let citizen = ActorId::citizen(&case);
        assert_eq!(citizen.as_str().parse::<ActorId>(), Ok(citizen.clone()));
        assert!(citizen.is_citizen() && !citizen.is_platform());
    }

    #[test]
    fn an_identity_is_random_bits_and_reads_back() {
        let id = IdentityId::from_bits([0xA5; 16]);
        assert_eq!(id.as_str().parse::<IdentityId>(), Ok(id.clone()));
        assert_ne!(id, IdentityId::from_bits([0x5A; 16]));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let actor: ActorId = "a".parse().unwrap();
        assert_ne!(CommitId::derive(&actor, "bc", "d", 0, "e"), CommitId::derive(&actor, "b", "cd", 0, "e"));
    }
}
