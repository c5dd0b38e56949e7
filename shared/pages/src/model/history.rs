//! The public versions of a document.

use serde::Serialize;

use super::{Dated, Link};

/// The public versions of a document that was corrected 历次版本.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryPage {
    /// Its present title.
    pub title: String,
    /// Name and address of the document's page.
    pub document: Link,
    /// The newest versions, newest first.
    pub versions: Vec<PublicVersion>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicVersion {
    /// Which of the document's public versions it is, from 1.
    pub number: u64,
    /// When it became public.
    pub dated: Dated,
    /// What changed, as its editors say; absent for a first publication.
    pub note: Option<String>,
    /// What changed, as the texts say; absent where there is nothing to compare it with.
    pub changes: Option<Changes>,
}

/// What changed from one version to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Changed lines, in the order of the text.
    pub lines: Vec<Vec<Span>>,
    /// Further changed lines, which are not shown.
    pub more: usize,
    /// Whether the texts are too long to be compared; then no lines are shown.
    pub too_long: bool,
}

/// A part of a changed line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// What became of it.
    pub kind: SpanKind,
    /// Plain text.
    pub text: String,
}

/// What became of a part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpanKind {
    /// It stayed.
    Kept,
    /// It was taken out.
    Removed,
    /// It was put in.
    Added,
}
