//! Every text a document ever had, in the order in which they were written.

use jiff::Timestamp;

use super::{
    content::{Content, RevisionHash},
    event::DocumentEvent,
    state::Document,
};
use crate::{
    aggregate::{Aggregate, Fact},
    id::ActorId,
};

/// A text, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Names the text. One that was written before has the name it had then.
    pub revision: RevisionHash,
    /// What it says.
    pub content: Content,
    /// Number of the commit that wrote it.
    pub commit: u64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: ActorId,
    /// When it became public here, if it did.
    pub public_at: Option<Timestamp>,
    /// When reviewers gave it back, if they did.
    pub returned_at: Option<Timestamp>,
}

/// The texts of a document, in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revisions(Vec<Revision>);

impl Revisions {
    /// All of them, oldest first; a text that was written twice is there twice.
    #[must_use]
    pub fn written(&self) -> &[Revision] {
        &self.0
    }

    /// The text of this name, as it was first written.
    #[must_use]
    pub fn named(&self, revision: &RevisionHash) -> Option<&Revision> {
        self.0.iter().find(|written| written.revision == *revision)
    }

    /// The last text: the draft, or, where there is none, the one that became public last.
    #[must_use]
    pub fn last(&self) -> Option<&Revision> {
        self.0.last()
    }

    /// The other text that stood before this one was last written, if there was one.
    #[must_use]
    pub fn before(&self, revision: &RevisionHash) -> Option<&Revision> {
        let at = self.0.iter().rposition(|written| written.revision == *revision)?;
        self.0.iter().take(at).rev().find(|written| written.revision != *revision)
    }

    /// What `later` is compared with where nobody says: the last text that anybody but editors has judged.
    ///
    /// A draft is compared with the public text of `document`, and where nothing is public with the one that was public or returned last: what nobody looked at is new to its
    /// reviewers, however often it was saved. Where there is no draft, the last text is the public one and is compared with the one before it.
    #[must_use]
    pub fn compared_with(&self, later: &RevisionHash, document: &Document) -> Option<&Revision> {
        match (&document.draft, document.live.as_ref().map(|live| &live.revision)) {
            (Some(_), Some(public)) => self.named(public),
            (Some(_), None) => {
                let judged = |written: &&Revision| written.public_at.or(written.returned_at).is_some();
                self.0.iter().rev().filter(judged).find(|written| written.revision != *later)
            }
            (None, Some(public)) if public != later => self.named(public),
            (None, _) => self.before(later),
        }
    }

    fn write(&mut self, revision: RevisionHash, content: Content, fact: &Fact) {
        let Fact { commit, at, actor } = fact.clone();
        self.0.push(Revision { revision, content, commit, at, actor, public_at: None, returned_at: None });
    }

    /// The draft is always the last text written, so it is the last of its name that becomes public or is returned.
    fn last_of(&mut self, revision: &RevisionHash) -> Option<&mut Revision> {
        self.0.iter_mut().rev().find(|written| written.revision == *revision)
    }

    fn show(&mut self, revision: &RevisionHash, at: Timestamp) {
        if let Some(written) = self.last_of(revision) {
            written.public_at = Some(at);
        }
    }
}

impl Aggregate for Revisions {
    type Event = DocumentEvent;

    const CATEGORY: &'static str = Document::CATEGORY;

    fn evolve(&mut self, event: DocumentEvent, fact: &Fact) {
        match event {
            DocumentEvent::DocumentDrafted { content, revision, .. }
            | DocumentEvent::DraftRevised { content, revision, .. } => self.write(revision, content, fact),
            DocumentEvent::DocumentMigrated { content, revision, .. } => {
                self.write(revision.clone(), content, fact);
                self.show(&revision, fact.at);
            }
            DocumentEvent::DocumentPublished { revision, .. } | DocumentEvent::DocumentCorrected { revision, .. } => {
                self.show(&revision, fact.at);
            }
            DocumentEvent::DocumentReturned { revision, .. } => {
                if let Some(written) = self.last_of(&revision) {
                    written.returned_at = Some(fact.at);
                }
            }
            _ => {}
        }
    }
}
