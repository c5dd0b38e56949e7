//! An error report as its events tell it.

use jiff::Timestamp;

use super::event::{CorrectionDeadline, CorrectionEvent, Fault, Finding, ReportedPage};
use crate::{
    aggregate::Fact,
    case::{Answered, CaseFile, Duty, Kind, Occurrence, Prefix},
    deadline::Moment,
    text::{Line, Prose},
};

/// A public answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// When.
    pub at: Timestamp,
    /// The commit that gave it.
    pub commit: u64,
    /// What was found.
    pub finding: Finding,
    /// What it was about.
    pub subject: Line<80>,
    /// The answer.
    pub text: Prose<2000>,
}

/// What an error report has beside what any case has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// The page it is about, if it is one of ours.
    pub page: Option<ReportedPage>,
    /// What is wrong with it; none for a stream that nothing began.
    pub fault: Option<Fault>,
    /// The answer that the public is shown.
    pub answer: Option<Answer>,
    /// Why an answer is not shown any more, or why there is none.
    pub silent: Option<Line<300>>,
    /// When it was answered or dismissed; none once it is open again.
    pub closed: Option<Timestamp>,
    /// Whether it was answered after it had been answered or dismissed.
    pub redone: bool,
}

impl Kind for Correction {
    type Event = CorrectionEvent;
    type Deadline = CorrectionDeadline;

    const CATEGORY: &'static str = "correction";
    const PREFIX: Prefix = Prefix(['Z', 'C']);
    const OWED: CorrectionDeadline = CorrectionDeadline::Answer;

    fn duty(deadline: CorrectionDeadline) -> Duty {
        match deadline {
            CorrectionDeadline::Answer => Duty::Department,
        }
    }

    fn evolve(&mut self, event: CorrectionEvent, fact: &Fact) {
        match event {
            CorrectionEvent::ErrorReported { page, fault } => {
                self.page = page;
                self.fault = Some(fault);
            }
            CorrectionEvent::ErrorAnswered { finding, subject, answer } => {
                self.answer = Some(Answer { at: fact.at, commit: fact.commit, finding, subject, text: answer });
                self.redone |= self.silent.take().is_some();
                self.closed.get_or_insert(fact.at);
            }
            CorrectionEvent::AnswerWithdrawn { reason, reopened } => {
                self.answer = None;
                self.silent = Some(reason);
                if reopened {
                    self.closed = None;
                }
            }
            CorrectionEvent::ReportDismissed { reason } => {
                self.silent = Some(reason);
                self.closed.get_or_insert(fact.at);
            }
        }
    }

    fn closed_at(&self) -> Option<Timestamp> {
        self.closed
    }

    fn answered(&self) -> Option<Answered> {
        self.answer.as_ref().map(|answer| Answered { at: answer.at, commit: answer.commit })
    }

    fn was_redone(&self) -> bool {
        self.redone
    }

    /// An answer that is late is late: silence answers nothing.
    fn fell_due(_: &CaseFile<Self>, _: CorrectionDeadline, _: Moment<'_>) -> Vec<Occurrence<Self>> {
        Vec::new()
    }
}
