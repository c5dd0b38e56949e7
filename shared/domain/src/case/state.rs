//! A case as its events tell it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    event::{Added, CaseEvent, Enclosed, ErasureBasis, Opening, Years},
    kind::{Duty, Kind, Occurrence, changed},
    notice::{Addressee, Notice},
    rating::Rated,
};
use crate::{
    aggregate::{Aggregate, Fact},
    deadline::{Case, Change, Deadlines, Moment, Status},
    id::{ActorId, DepartmentCode, FieldName, IdentityId, StaffId},
    sealed::Sealed,
    shanghai,
};

/// How long before a deadline who has to act by it is reminded.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Something under the case's key, as long as it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Personal {
    /// It can be read by whoever may.
    Kept(Sealed),
    /// It is erased (已抹除).
    Redacted,
}

impl Personal {
    /// The ciphertext, while it is kept.
    #[must_use]
    pub fn kept(&self) -> Option<&Sealed> {
        match self {
            Self::Kept(sealed) => Some(sealed),
            Self::Redacted => None,
        }
    }
}

/// How a case came in, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// When.
    pub at: Timestamp,
    /// How, but for what was written.
    pub opening: Opening,
}

/// A note of its handlers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// Whose.
    pub by: ActorId,
    /// The note.
    pub text: Personal,
}

/// That somebody was to be told of a case and could not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undelivered {
    /// When that was given up.
    pub at: Timestamp,
    /// What he was to be told.
    pub notice: Notice,
    /// Who.
    pub to: Addressee,
}

/// That what is personal in a case is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasure {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub basis: ErasureBasis,
    /// When nothing was left to destroy, and the first day on which no backup brings anything back; none while that is being done.
    pub completed: Option<(Timestamp, Date)>,
}

/// A case: the common ground and what its kind has beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFile<K: Kind> {
    /// How it came in; none for a stream that nothing began.
    pub opened: Option<Opened>,
    /// Who answers for it.
    pub department: Option<DepartmentCode>,
    /// Every department that ever did, the first one first.
    pub departments: Vec<DepartmentCode>,
    /// The commit since which it does: what the ways to the case's key follow from.
    pub assigned_by: u64,
    /// Which person answers for it.
    pub handler: Option<StaffId>,
    /// Its deadlines.
    pub deadlines: Deadlines<K::Deadline>,
    /// Of which deadlines somebody was reminded, by due instant.
    pub reminded: BTreeSet<(Timestamp, K::Deadline)>,
    /// Notes of its handlers, oldest first.
    pub notes: Vec<Note>,
    /// Files that staff put into it, oldest first. As of those that came with it, that there are some stays when it is erased.
    pub added: Vec<Added>,
    /// What could not be delivered, oldest first.
    pub undelivered: Vec<Undelivered>,
    /// What its citizen said of the reply, the last time.
    pub rated: Option<Rated>,
    /// That it is erased.
    pub erased: Option<Erasure>,
    /// What its kind has.
    pub own: K,
}

impl<K: Kind> Default for CaseFile<K> {
    fn default() -> Self {
        Self {
            opened: None,
            department: None,
            departments: Vec::new(),
            assigned_by: 0,
            handler: None,
            deadlines: Deadlines::default(),
            reminded: BTreeSet::new(),
            notes: Vec::new(),
            added: Vec::new(),
            undelivered: Vec::new(),
            rated: None,
            erased: None,
            own: K::default(),
        }
    }
}

impl<K: Kind> CaseFile<K> {
    /// What was written when it came in; none for a stream that nothing began.
    #[must_use]
    pub fn content(&self) -> Option<Personal> {
        self.opened.as_ref().map(|opened| self.personal(&opened.opening.content))
    }

    /// Files that came with it, in the order of the form. That there were some stays when it is erased: what is in them, and what they are called, nobody reads any more.
    #[must_use]
    pub fn files(&self) -> &[Enclosed] {
        self.opened.as_ref().map_or(&[], |opened| &opened.opening.files)
    }

    /// The file of this name that staff put into it.
    #[must_use]
    pub fn added(&self, file: &FieldName) -> Option<&Added> {
        self.added.iter().find(|added| added.file == *file)
    }

    /// Where in the vault who sent it is told; none where nobody told, or it is erased.
    #[must_use]
    pub fn identity(&self) -> Option<&IdentityId> {
        self.opened.as_ref().filter(|_| self.erased.is_none())?.opening.identity.as_ref()
    }

    /// When it came in: what staff register may have come days before. None for a stream that nothing began.
    #[must_use]
    pub fn came_in(&self) -> Option<Timestamp> {
        let opened = self.opened.as_ref()?;
        Some(self.own.came_in().unwrap_or(opened.at))
    }

    /// Something sealed, as it stands: redaction follows the event and nothing else (PROTOCOLS.md "Personal data").
    #[must_use]
    pub fn personal(&self, sealed: &Sealed) -> Personal {
        match self.erased {
            None => Personal::Kept(sealed.clone()),
            Some(_) => Personal::Redacted,
        }
    }

    /// Until the end of which day what is personal in it is kept; none while it is open.
    #[must_use]
    pub fn kept_until(&self) -> Option<Date> {
        let closed = shanghai::local(self.own.closed_at()?).date();
        Some(years_after(closed, self.opened.as_ref()?.opening.kept_for))
    }

    /// Since when it is late; none while it is in time, or closed.
    #[must_use]
    pub fn late_since(&self) -> Option<Timestamp> {
        match self.deadlines.get(K::OWED)?.status {
            Status::FellDue { at } if self.own.closed_at().is_none() => Some(at),
            _ => None,
        }
    }

    /// The deadlines that run and oblige its department or its citizen, and when each is due.
    fn duties(&self) -> impl Iterator<Item = (K::Deadline, Timestamp)> {
        let running = self.deadlines.iter().filter_map(|(name, deadline)| Some((name, deadline.due()?)));
        running.filter(|(name, _)| K::duty(*name) != Duty::Nobody)
    }

    /// What its department or its citizen has to act by next, and when that is due.
    #[must_use]
    pub fn next_duty(&self) -> Option<(K::Deadline, Timestamp)> {
        self.duties().min_by_key(|(name, due)| (*due, *name))
    }

    /// The deadline that somebody is to be reminded of next, and when it is due.
    #[must_use]
    pub fn next_reminder(&self) -> Option<(K::Deadline, Timestamp)> {
        let left = self.duties().filter(|(name, due)| !self.reminded.contains(&(*due, *name)));
        left.min_by_key(|(name, due)| (*due, *name))
    }

    /// When somebody is to be reminded next: when the last day begins of what he has to act by; none where all were.
    #[must_use]
    pub fn reminder_at(&self) -> Option<Timestamp> {
        let (_, due) = self.next_reminder()?;
        Some(due.saturating_sub(A_DAY).unwrap_or(due))
    }

    /// The first instant at which what is personal in it is kept no longer; none while it is open, or once it is erased.
    #[must_use]
    pub fn erasure_at(&self) -> Option<Timestamp> {
        let until = self.kept_until().filter(|_| self.erased.is_none())?;
        Some(shanghai::midnight(until.tomorrow().unwrap_or(until)))
    }

    /// When something is to be done to it though nobody acts: a reminder, a deadline that falls due, an erasure.
    #[must_use]
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let due = self.deadlines.next().map(|(_, due)| due);
        [self.reminder_at(), due, self.erasure_at()].into_iter().flatten().min()
    }

    fn take(&mut self, event: CaseEvent<K::Deadline>, fact: &Fact) {
        match event {
            CaseEvent::CaseOpened(opening) => {
                self.department = Some(opening.department.clone());
                self.departments = vec![opening.department.clone()];
                self.assigned_by = fact.commit;
                self.opened = Some(Opened { at: fact.at, opening: *opening });
            }
            CaseEvent::CaseAssigned { department, .. } => {
                self.departments.push(department.clone());
                self.department = Some(department);
                self.handler = None;
                self.assigned_by = fact.commit;
            }
            CaseEvent::HandlerNamed { handler } => self.handler = Some(handler),
            CaseEvent::NoteAdded { text } => {
                let text = self.personal(&text);
                self.notes.push(Note { at: fact.at, by: fact.actor.clone(), text });
            }
            CaseEvent::FileAdded(added) => self.added.push(*added),
            CaseEvent::DeadlineChanged(change) => self.deadlines.evolve(change),
            CaseEvent::DeadlineReminded { deadline, due } => {
                self.reminded.insert((due, deadline));
            }
            CaseEvent::MessageUndeliverable { notice, to, .. } => {
                self.undelivered.push(Undelivered { at: fact.at, notice, to });
            }
            CaseEvent::ReplyRated { satisfaction, reasons, text } => {
                let text = text.map(|text| self.personal(&text));
                let reply = self.own.answered().map_or(0, |answered| answered.commit);
                self.rated = Some(Rated { at: fact.at, reply, satisfaction, reasons, text });
            }
            CaseEvent::CaseErased { basis, .. } => {
                self.erased = Some(Erasure { at: fact.at, basis, completed: None });
                if let Some(text) = self.rated.as_mut().and_then(|rated| rated.text.as_mut()) {
                    *text = Personal::Redacted;
                }
                for note in &mut self.notes {
                    note.text = Personal::Redacted;
                }
            }
            CaseEvent::ErasureCompleted { gone_for_good_on } => {
                if let Some(erasure) = &mut self.erased {
                    erasure.completed = Some((fact.at, gone_for_good_on));
                }
            }
        }
    }
}

impl<K: Kind> Aggregate for CaseFile<K> {
    type Event = Occurrence<K>;

    const CATEGORY: &'static str = K::CATEGORY;

    fn evolve(&mut self, event: Occurrence<K>, fact: &Fact) {
        match event {
            Occurrence::Common(event) => self.take(event, fact),
            Occurrence::Own(event) => self.own.evolve(event, fact),
        }
    }
}

impl<K: Kind> Case for CaseFile<K> {
    type Deadline = K::Deadline;

    fn deadlines(&self) -> &Deadlines<K::Deadline> {
        &self.deadlines
    }

    fn changed(change: Change<K::Deadline>) -> Occurrence<K> {
        changed(change)
    }

    fn fell_due(&self, deadline: K::Deadline, then: Moment<'_>) -> Vec<Occurrence<K>> {
        K::fell_due(self, deadline, then)
    }
}

/// The same day so many years later; the last of February where there is none.
fn years_after(day: Date, years: Years) -> Date {
    day.checked_add(jiff::Span::new().years(i64::from(years.get()))).unwrap_or(Date::MAX)
}
