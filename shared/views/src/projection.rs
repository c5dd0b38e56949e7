//! What a capability tells the drivers: its fold, what its rows touch, and how its pages are composed.

use domain::StreamId;
use ledger::{Commit, DecodeError};
use thiserror::Error;

use crate::{
    page::{PageKey, PageObject},
    reads::{Missing, Reads},
    row::Row,
    work::Scope,
};

/// A stream cannot be folded.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FoldFailure {
    /// An event is not readable by this code.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// No capability of this code knows the stream's category.
    #[error("no projection knows the category of stream `{0}`")]
    Category(StreamId),
    /// A row of it would be larger than the table takes.
    #[error("row `{key}` of `{slice}` has {bytes} bytes, at most {limit} are possible", limit = crate::row::LARGEST_ROW)]
    TooLarge {
        /// Its slice.
        slice: String,
        /// Its key.
        key: String,
        /// Its size.
        bytes: usize,
    },
}

/// What a page prints of where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Digest of the rows it was made of.
    pub digest: String,
    /// Generation of code and templates.
    pub generation: u64,
}

/// What a page is made of, once everything is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Composition<M> {
    /// The page's model.
    Page(M),
    /// Its rows produce no page (yet): a row that it needs is still to come and will touch it.
    Nothing,
}

/// The pure side of projecting: no I/O, no clock.
pub trait Projection: Send + Sync + 'static {
    /// A page's model before it is rendered.
    type Model: Send;

    /// Folds a whole stream into its rows.
    ///
    /// # Errors
    /// An event that this code does not know or cannot read.
    fn fold(&self, stream: &StreamId, commits: &[Commit]) -> Result<Vec<Row>, FoldFailure>;

    /// Whether a commit takes something from the public, so that no cached copy may go on showing it.
    fn withdraws(&self, commit: &Commit) -> bool;

    /// Pages that show `row`, rendered with the batch that changed it.
    fn touched(&self, row: &Row) -> Vec<PageKey>;

    /// Pages that show `row` but are too many for one batch: worked off as dirty scopes.
    fn wide(&self, row: &Row) -> Vec<Scope>;

    /// The pages a row stands for when a dirty scope walks over it.
    fn pages_of(&self, row: &Row) -> Vec<PageKey>;

    /// The scopes a row stands for when a dirty scope walks over it: a scope of sites holds more pages than one walk should.
    fn scopes_of(&self, row: &Row) -> Vec<Scope> {
        let _no_row = row;
        Vec::new()
    }

    /// Whether a row is one by which others find the pages that show its stream's rows: it is written before those.
    fn leads_to_pages(&self, row: &Row) -> bool {
        let _no_row = row;
        false
    }

    /// The document that the search index has to look at again because of a row.
    fn searched(&self, row: &Row) -> Option<String> {
        let _no_row = row;
        None
    }

    /// The pages that exist because of a row: over all rows, every page there is.
    fn all_pages_of(&self, row: &Row) -> Vec<PageKey>;

    /// The slice whose rows are the sites.
    fn sites(&self) -> String;

    /// The scope of every page of a site, given its row in `sites`.
    fn pages_of_site(&self, row: &Row) -> Scope;

    /// The generation whose code and templates make a page, where those `deployed` are the newest: a page that no template makes keeps its own for good.
    fn generation(&self, page: &PageKey, deployed: u64) -> u64 {
        let _every_page = page;
        deployed
    }

    /// Whether the newest content of a row is that something was taken from its readers, whatever its commit is called.
    fn takes_away(&self, row: &Row) -> bool {
        let _no_row = row;
        false
    }

    /// Scopes of pages that are of no site.
    fn beside_sites(&self) -> Vec<Scope> {
        Vec::new()
    }

    /// Whether a page may have many megabytes, so that few of its kind are held in memory at once.
    fn is_large(&self, page: &PageKey) -> bool {
        let _no_page = page;
        false
    }

    /// Composes a page from what it has read.
    ///
    /// # Errors
    /// Something is still to be read; read it and compose again.
    fn compose(&self, page: &PageKey, reads: &Reads) -> Result<Composition<Self::Model>, Missing>;

    /// Renders a composed page.
    ///
    /// # Errors
    /// A sentence that says why it cannot be rendered; the page is parked with it.
    fn render(&self, page: &PageKey, model: Self::Model, provenance: &Provenance) -> Result<PageObject, String>;
}
