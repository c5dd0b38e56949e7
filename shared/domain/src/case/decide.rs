//! What may happen to any case next. All decisions take a case that is settled.

use jiff::civil::Date;

use super::{
    event::{Added, CaseEvent, ErasureBasis, Opening},
    kind::{Kind, Occurrence},
    notice::{Addressee, Notice},
    refusal::CaseRefusal,
    state::CaseFile,
};
use crate::{
    deadline::Moment,
    id::{DepartmentCode, MessageId, StaffId},
    sealed::Sealed,
    text::Line,
};

/// Most files that staff put into one case.
pub const MOST_ADDED: usize = 30;

type Decision<K> = Result<Vec<Occurrence<K>>, CaseRefusal>;

impl<K: Kind> CaseFile<K> {
    /// The case while it is worked on.
    ///
    /// # Errors
    /// It never came in, is closed or erased.
    pub fn at_work(&self) -> Result<&Self, CaseRefusal> {
        if self.opened.is_none() {
            return Err(CaseRefusal::NotOpened);
        }
        if self.own.closed_at().is_some() {
            return Err(CaseRefusal::Closed);
        }
        self.readable()
    }

    /// The case while what is personal in it can be read.
    ///
    /// # Errors
    /// It never came in, or is erased.
    pub fn readable(&self) -> Result<&Self, CaseRefusal> {
        match (&self.opened, &self.erased) {
            (None, _) => Err(CaseRefusal::NotOpened),
            (Some(_), Some(_)) => Err(CaseRefusal::Erased),
            (Some(_), None) => Ok(self),
        }
    }
}

fn common<K: Kind>(event: CaseEvent<K::Deadline>) -> Vec<Occurrence<K>> {
    vec![Occurrence::Common(event)]
}

/// Takes in what a citizen sent; the events of its kind follow in the same commit.
///
/// # Errors
/// It came in before.
pub fn open<K: Kind>(case: &CaseFile<K>, opening: Opening) -> Decision<K> {
    match case.opened {
        None => Ok(common(CaseEvent::CaseOpened(Box::new(opening)))),
        Some(_) => Err(CaseRefusal::AlreadyOpened),
    }
}

/// Gives the case to another department. That department can open it already: its key was wrapped for it first.
///
/// # Errors
/// The case is not at work, or the department answers for it already.
pub fn assign<K: Kind>(case: &CaseFile<K>, department: DepartmentCode, reason: Line<300>) -> Decision<K> {
    case.at_work()?;
    if case.department.as_ref() == Some(&department) {
        return Err(CaseRefusal::AlreadyAssigned { department });
    }
    Ok(common(CaseEvent::CaseAssigned { department, reason }))
}

/// Says which person answers for it.
///
/// # Errors
/// The case is not at work, or that person does already.
pub fn name_handler<K: Kind>(case: &CaseFile<K>, handler: StaffId) -> Decision<K> {
    case.at_work()?;
    if case.handler.as_ref() == Some(&handler) {
        return Err(CaseRefusal::AlreadyNamed);
    }
    Ok(common(CaseEvent::HandlerNamed { handler }))
}

/// Adds a note of its handlers for each other; a closed case may be noted on as long as it can be read.
///
/// # Errors
/// There is no such case, or it is erased.
pub fn note<K: Kind>(case: &CaseFile<K>, text: Sealed) -> Decision<K> {
    case.readable()?;
    Ok(common(CaseEvent::NoteAdded { text }))
}

/// Puts a file into it; into a closed case as well, as long as it can be read.
///
/// # Errors
/// There is no such case, it is erased, or it has as many files as it may have.
pub fn add_file<K: Kind>(case: &CaseFile<K>, added: Added) -> Decision<K> {
    case.readable()?;
    if case.added.len() >= MOST_ADDED {
        return Err(CaseRefusal::TooManyFiles);
    }
    Ok(common(CaseEvent::FileAdded(Box::new(added))))
}

/// Records that somebody was to be told of the case and could not be, so that its handlers look for another way; also of a case that is closed or erased.
///
/// # Errors
/// There is no such case.
pub fn undeliverable<K: Kind>(case: &CaseFile<K>, message: MessageId, notice: Notice, to: Addressee) -> Decision<K> {
    match case.opened {
        None => Err(CaseRefusal::NotOpened),
        Some(_) => Ok(common(CaseEvent::MessageUndeliverable { message, notice, to })),
    }
}

/// Does what is to be done though nobody acts: reminds of what has to be done next, whosever duty it is.
///
/// What fell due, and what is kept no longer, was settled before: the clock only makes it happen.
#[must_use]
pub fn wake<K: Kind>(case: &CaseFile<K>, now: Moment<'_>) -> Vec<Occurrence<K>> {
    match (case.reminder_at(), case.next_reminder()) {
        (Some(at), Some((deadline, due))) if at <= now.at => common(CaseEvent::DeadlineReminded { deadline, due }),
        _ => Vec::new(),
    }
}

/// Ends what can be read of a person in the case because he asks for it. What the public was told and how the case went stays.
///
/// # Errors
/// It is open still, or erased already.
pub fn erase<K: Kind>(case: &CaseFile<K>, reason: Line<300>) -> Decision<K> {
    case.readable()?;
    if case.own.closed_at().is_none() {
        return Err(CaseRefusal::NotClosed);
    }
    Ok(common(CaseEvent::CaseErased { basis: ErasureBasis::Request, reason }))
}

/// Tells that nothing is left of it in the vault; `gone_for_good_on` is the first day on which no backup brings anything back.
///
/// # Errors
/// It is not erased, or this was told before.
pub fn complete_erasure<K: Kind>(case: &CaseFile<K>, gone_for_good_on: Date) -> Decision<K> {
    match &case.erased {
        None => Err(CaseRefusal::NotErased),
        Some(erasure) if erasure.completed.is_some() => Err(CaseRefusal::ErasureCompleted),
        Some(_) => Ok(common(CaseEvent::ErasureCompleted { gone_for_good_on })),
    }
}
