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
    /// When the draft that it was a text of was thrown away, if it was.
    pub discarded_at: Option<Timestamp>,
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

    /// The text to look at where nobody says which: the draft, else the one that became public last, and where none ever did, the last one.
    #[must_use]
    pub fn standing(&self, document: &Document) -> Option<&Revision> {
        let public = || self.0.iter().rev().find(|written| written.public_at.is_some());
        document.draft.is_none().then(public).flatten().or(self.0.last())
    }

    /// The other text that stood before this one was written, if there was one: the last time, of one that was public the last time before it became so.
    ///
    /// A draft that was thrown away did not stand before anything but itself.
    #[must_use]
    pub fn before(&self, revision: &RevisionHash) -> Option<&Revision> {
        let named = |written: &Revision| written.revision == *revision;
        let public = self.0.iter().rposition(|written| named(written) && written.public_at.is_some());
        let at = public.or_else(|| self.0.iter().rposition(named))?;
        let own = self.0.get(at)?.discarded_at;
        let stood = |written: &&Revision| written.discarded_at.is_none() || written.discarded_at == own;
        self.0.iter().take(at).rev().filter(stood).find(|written| !named(written))
    }

    /// What `later` is compared with where nobody says: the last text that anybody but editors has judged.
    ///
    /// A draft is compared with the public text of `document`, and where nothing is public with the one that was public or returned last: what nobody looked at is new to its
    /// reviewers, however often it was saved. A return of a draft that was thrown away is no judgement on the next. Where there is no draft, the last text is the public one and is compared with the one before it.
    #[must_use]
    pub fn compared_with(&self, later: &RevisionHash, document: &Document) -> Option<&Revision> {
        match (&document.draft, document.live.as_ref().map(|live| &live.revision)) {
            (Some(_), Some(public)) => self.named(public),
            (Some(_), None) => {
                let judged = |written: &&Revision| {
                    let returned = written.returned_at.filter(|_| written.discarded_at.is_none());
                    written.public_at.or(returned).is_some()
                };
                self.0.iter().rev().filter(judged).find(|written| written.revision != *later)
            }
            (None, Some(public)) if public != later => self.named(public),
            (None, _) => self.before(later),
        }
    }

    fn write(&mut self, revision: RevisionHash, content: Content, fact: &Fact) {
        let Fact { commit, at, actor } = fact.clone();
        self.0.push(Revision {
            revision,
            content,
            commit,
            at,
            actor,
            public_at: None,
            returned_at: None,
            discarded_at: None,
        });
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
            DocumentEvent::DraftDiscarded { .. } => {
                // All texts since the last that became public, or that was thrown away before.
                let texts = self.0.iter_mut().rev();
                for written in texts.take_while(|written| written.public_at.or(written.discarded_at).is_none()) {
                    written.discarded_at = Some(fact.at);
                }
            }
            _ => {}
        }
    }
}
