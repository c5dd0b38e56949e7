//! A document as its events tell it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    attachment::{PublicFile, follow},
    content::{BodyHash, Content, RevisionHash},
    discard::Discarded,
    draft::{Draft, Stage},
    event::DocumentEvent,
    origin::{Amended, Origin, OriginalDate},
    relation::Related,
    timetable::Expiry,
    urgent::Unreviewed,
};
use crate::{
    aggregate::{Aggregate, Fact},
    column::Archive,
    id::{ActorId, ColumnId, DepartmentCode, DocumentId, SiteLabel},
    index_number::IndexNumber,
    path::PagePath,
    text::{Line, Prose},
};

/// What changed and when, for the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeNote {
    /// When the correction became public.
    pub at: Timestamp,
    /// Which public version came with it, from 1.
    pub number: u64,
    /// What changed.
    pub note: Line<300>,
}

/// A text that citizens read, or read before it was corrected (历次版本).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Which of the document's public versions it is, from 1; a withdrawal does not begin anew.
    pub number: u64,
    /// When it became public.
    pub at: Timestamp,
    /// The day it goes by instead of an instant, if it came from an older system.
    pub dated: Option<OriginalDate>,
    /// Title.
    pub title: Line<200>,
    /// The body.
    pub body: BodyHash,
    /// What changed, if it came with a correction.
    pub note: Option<Line<300>>,
}

/// The side that citizens read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// What it says.
    pub content: Content,
    /// Names the content.
    pub revision: RevisionHash,
    /// The column it stands in.
    pub column: ColumnId,
    /// How that column's archive is cut.
    pub archive: Archive,
    /// Where it stands.
    pub path: PagePath,
    /// Since when it is public, this time; of a migrated document the beginning of its original day, if there is one.
    pub public_at: Timestamp,
    /// The day it goes by instead of an instant, if it came from an older system and was not published again since.
    pub dated: Option<OriginalDate>,
    /// When what citizens read last changed.
    pub changed_at: Timestamp,
    /// Commit at which what citizens read last changed.
    pub commit: u64,
    /// The documents that the text relates to, as they stood when it became public.
    pub related: Vec<Related>,
    /// What citizens read since it became public this time, oldest first; the last is what they read now.
    ///
    /// What was withdrawn is not shown again by a later publication.
    pub versions: Vec<Version>,
    /// The review it owes, if it became public before it.
    pub unreviewed: Option<Unreviewed>,
}

/// What is left of a withdrawn document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Its last public title.
    pub title: Line<200>,
    /// Where it stood.
    pub place: (SiteLabel, PagePath),
    /// Why.
    pub reason: Prose<300>,
    /// When.
    pub at: Timestamp,
    /// Everybody who had a part in it, if it went before its review; they have the same part in what is drafted next.
    pub unread: BTreeSet<ActorId>,
}

/// How a document came from an older system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// When it was brought in.
    pub at: Timestamp,
    /// Where it comes from.
    pub origin: Origin,
    /// The version it amends.
    pub amends: Option<Amended>,
    /// What it said then.
    revision: RevisionHash,
    /// Where it was put.
    place: (ColumnId, DepartmentCode, PagePath),
    index_number: Option<IndexNumber>,
}

impl Arrival {
    /// Whether `event` tells of the same record, in the same place: who brings it in, and where the amended version stands now, do not matter.
    #[must_use]
    pub fn tells(&self, event: &DocumentEvent) -> bool {
        let DocumentEvent::DocumentMigrated {
            column, department, path, revision, index_number, origin, amends, ..
        } = event
        else {
            return false;
        };
        *revision == self.revision
            && (column, department, path) == (&self.place.0, &self.place.1, &self.place.2)
            && *index_number == self.index_number
            && **origin == self.origin
            && amends.as_ref().map(|amended| &amended.document) == self.amends.as_ref().map(|amended| &amended.document)
    }
}

/// A document as its events tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its id, once drafted.
    pub id: Option<DocumentId>,
    /// Where it is meant to stand.
    pub column: Option<ColumnId>,
    /// Who answers for it.
    pub department: Option<DepartmentCode>,
    /// What is not public.
    pub draft: Option<Draft>,
    /// What is left of the last draft, if it was thrown away and none was begun since.
    pub discarded: Option<Discarded>,
    /// What is public.
    pub live: Option<Live>,
    /// What is left, if it was withdrawn and is not live.
    pub withdrawn: Option<Withdrawn>,
    /// Its index number, once published; for good.
    pub index_number: Option<IndexNumber>,
    /// Every place it ever stood at, in order of first standing there.
    pub places: Vec<(SiteLabel, PagePath)>,
    /// Public change notes, oldest first.
    pub notes: Vec<ChangeNote>,
    /// Who wrote each text that it ever had: whoever brings one back does not make it another's.
    pub writers: BTreeMap<RevisionHash, BTreeSet<ActorId>>,
    /// How many public versions there were.
    pub public_versions: u64,
    /// How it came in, if it came from an older system.
    pub arrival: Option<Arrival>,
    /// When its public life ends, if that is set.
    pub expiry: Option<Expiry>,
    /// Every file that readers are given, or were, in the order of becoming public.
    pub files: Vec<PublicFile>,
    /// Bodies that are not to be kept, of earlier texts that no later one wrote again. Files among them are attached to no later text (`erase`).
    pub erased: BTreeSet<BodyHash>,
}

impl Document {
    /// The documents that what is public relates to: the version that its origin says it amends, and those its editors name.
    #[must_use]
    pub fn related(&self) -> Vec<Related> {
        let Some(live) = &self.live else { return Vec::new() };
        let amended = self.arrival.as_ref().and_then(|arrival| arrival.amends.as_ref()).map(Amended::related);
        let told = live.related.iter().filter(|told| {
            amended.as_ref().is_none_or(|amended| (amended.kind, &amended.document) != (told.kind, &told.document))
        });
        let told: Vec<Related> = told.cloned().collect();
        amended.into_iter().chain(told).collect()
    }

    fn edit(&mut self, content: Content, revision: RevisionHash, fact: &Fact) {
        let mut editors = match (self.draft.take(), self.discarded.take()) {
            (Some(draft), _) => draft.editors,
            // Throwing away what they wrote makes them no reviewers of it.
            (None, Some(discarded)) => discarded.editors,
            // Nobody else has read what they wrote: what follows it is theirs, too.
            (None, None) => self.unread(),
        };
        self.erased.retain(|body| !content.bodies().any(|named| named == body));
        let writers = self.writers.entry(revision.clone()).or_default();
        writers.insert(fact.actor.clone());
        editors.extend(writers.iter().cloned());
        self.draft = Some(Draft {
            content,
            revision,
            editors,
            stage: Stage::Editing,
            since: fact.at,
            saved_at: fact.at,
            saved_by: fact.actor.clone(),
            overridden: Vec::new(),
            postponed: None,
        });
    }

    /// Everybody who had a part in what became public last, if nobody else has read it yet.
    fn unread(&self) -> BTreeSet<ActorId> {
        let owed = self.live.as_ref().and_then(|live| live.unreviewed.as_ref());
        let gone = self.withdrawn.as_ref().map(|withdrawn| withdrawn.unread.clone());
        owed.map(Unreviewed::authors).or(gone).unwrap_or_default()
    }

    fn review_after(&mut self, revision: &RevisionHash, complete: bool, fact: &Fact) {
        let Some(live) = self.live.as_mut().filter(|live| live.revision == *revision) else { return };
        if complete {
            live.unreviewed = None;
        } else if let Some(owed) = live.unreviewed.as_mut() {
            owed.approvals.push(fact.actor.clone());
            owed.since = fact.at;
        }
    }

    fn arrive(&mut self, event: DocumentEvent, fact: &Fact) {
        let DocumentEvent::DocumentMigrated {
            document,
            column,
            archive,
            department,
            path,
            content,
            revision,
            index_number,
            origin,
            amends,
            ..
        } = event
        else {
            return;
        };
        self.id = Some(document);
        self.column = Some(column.clone());
        self.department = Some(department.clone());
        self.index_number.clone_from(&index_number);
        self.stand_at(&column, &path);
        let public_at = origin.date.begins().unwrap_or(fact.at);
        let version = Version { dated: Some(origin.date), ..self.next_version(&content, public_at, None) };
        self.live = Some(Live {
            content,
            revision: revision.clone(),
            column: column.clone(),
            archive,
            path: path.clone(),
            public_at,
            dated: Some(origin.date),
            changed_at: public_at,
            commit: fact.commit,
            related: Vec::new(),
            versions: vec![version],
            unreviewed: None,
        });
        self.arrival = Some(Arrival {
            at: fact.at,
            origin: *origin,
            amends: amends.map(|amended| *amended),
            revision,
            place: (column, department, path),
            index_number,
        });
    }

    /// The public version that `content` becomes.
    fn next_version(&mut self, content: &Content, at: Timestamp, note: Option<Line<300>>) -> Version {
        self.public_versions += 1;
        let Content { title, body, .. } = content.clone();
        Version { number: self.public_versions, at, dated: None, title, body, note }
    }

    fn give_files(&mut self, fact: &Fact) {
        let shown = self.live.as_ref().map_or(&[][..], |live| &live.content.attachments);
        follow(&mut self.files, shown, fact.commit, fact.at);
    }

    fn stand_at(&mut self, column: &ColumnId, path: &PagePath) {
        let place = (column.site(), path.clone());
        if !self.places.contains(&place) {
            self.places.push(place);
        }
    }
}

impl Aggregate for Document {
    type Event = DocumentEvent;

    const CATEGORY: &'static str = "document";

    fn evolve(&mut self, event: DocumentEvent, fact: &Fact) {
        match event {
            DocumentEvent::DocumentDrafted { document, column, department, content, revision, .. } => {
                self.id = Some(document);
                self.column = Some(column);
                self.department = Some(department);
                self.edit(content, revision, fact);
            }
            DocumentEvent::DraftRevised { content, revision, .. } => self.edit(content, revision, fact),
            DocumentEvent::DraftDiscarded { revision } => self.throw_away(&revision, fact),
            DocumentEvent::DocumentSubmitted { ref revision }
            | DocumentEvent::ChecksOverridden { ref revision, .. }
            | DocumentEvent::DocumentReturned { ref revision, .. }
            | DocumentEvent::DocumentApproved { ref revision }
            | DocumentEvent::PublicationScheduled { ref revision, .. }
            | DocumentEvent::PublicationUnscheduled { ref revision }
            | DocumentEvent::PublicationFailed { ref revision, .. }
            | DocumentEvent::ReviewPostponed { ref revision, .. } => {
                if let Some(draft) = self.draft.as_mut().filter(|draft| draft.revision == *revision) {
                    draft.go_on(event, fact);
                }
            }
            DocumentEvent::ExpirySet { at, reason } => {
                self.expiry = Some(Expiry { at, reason, by: fact.actor.clone(), commit: fact.commit });
            }
            DocumentEvent::ExpiryCleared { .. } => self.expiry = None,
            DocumentEvent::ReviewedAfter { revision, complete } => self.review_after(&revision, complete, fact),
            DocumentEvent::DocumentPublished { revision, column, archive, path, index_number, related } => {
                let Some(draft) = self.draft.take() else { return };
                self.stand_at(&column, &path);
                self.column = Some(column.clone());
                self.index_number = Some(index_number);
                self.withdrawn = None;
                let version = self.next_version(&draft.content, fact.at, None);
                let unreviewed = draft.owed(fact);
                self.live = Some(Live {
                    content: draft.content,
                    revision,
                    column,
                    archive,
                    path,
                    public_at: fact.at,
                    dated: None,
                    changed_at: fact.at,
                    commit: fact.commit,
                    related,
                    versions: vec![version],
                    unreviewed,
                });
            }
            DocumentEvent::DocumentCorrected { revision, note, related } => {
                let (true, Some(draft)) = (self.live.is_some(), self.draft.take()) else { return };
                let version = self.next_version(&draft.content, fact.at, Some(note.clone()));
                self.notes.push(ChangeNote { at: fact.at, number: version.number, note });
                let Some(live) = self.live.as_mut() else { return };
                live.unreviewed = draft.owed(fact);
                live.content = draft.content;
                live.revision = revision;
                live.related = related;
                live.changed_at = fact.at;
                live.commit = fact.commit;
                live.versions.push(version);
            }
            DocumentEvent::DocumentMoved { column, archive, path } => {
                if let Some(draft) = self.draft.as_mut() {
                    draft.leave_review(fact);
                }
                if let Some(path) = path {
                    self.stand_at(&column, &path);
                    if let Some(live) = self.live.as_mut() {
                        live.column = column.clone();
                        live.archive = archive;
                        live.path = path;
                        live.commit = fact.commit;
                        // What was approved was a text in the old column.
                        if let Some(owed) = live.unreviewed.as_mut() {
                            owed.approvals.clear();
                            owed.since = fact.at;
                        }
                    }
                }
                self.column = Some(column);
            }
            DocumentEvent::DocumentMigrated { .. } => self.arrive(event, fact),
            DocumentEvent::TextErased { bodies, .. } => self.erased.extend(bodies),
            DocumentEvent::DocumentWithdrawn { reason } => {
                let unread = self.unread();
                let Some(live) = self.live.take() else { return };
                self.withdrawn = Some(Withdrawn {
                    title: live.content.title,
                    place: (live.column.site(), live.path),
                    reason,
                    at: fact.at,
                    unread,
                });
                self.expiry = None;
            }
        }
        self.give_files(fact);
    }
}
