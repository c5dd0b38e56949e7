//! A case as the law has it at an instant, whether or not anybody came by.

use super::{
    event::{CaseEvent, ErasureBasis},
    kind::{Kind, Occurrence},
    state::CaseFile,
};
use crate::{
    aggregate::{Aggregate, Fact},
    calendar::CalendarHistory,
    deadline::{self, Settled},
    text::Line,
};

/// Why what is personal is erased, where nobody asked for it.
const RETENTION: &str = "个人信息保存期满";

/// Settles `case` up to `fact.at`: every deadline that fell due ([`deadline::settle`]), and the end of the time for which what is personal is kept.
///
/// With the clock dead both hold: nobody opens tomorrow what was promised to be kept until today (PROTOCOLS.md "Time", "Personal data").
#[must_use]
pub fn settle<'a, K: Kind>(case: &CaseFile<K>, history: &'a CalendarHistory, fact: &Fact) -> Settled<'a, CaseFile<K>> {
    let mut settled = deadline::settle(case, history, fact);
    if settled.case.erasure_at().is_some_and(|at| at <= fact.at)
        && let Ok(reason) = Line::new(RETENTION)
    {
        let erased = Occurrence::Common(CaseEvent::CaseErased { basis: ErasureBasis::Retention, reason });
        settled.case.evolve(erased.clone(), fact);
        settled.events.push(erased);
    }
    settled
}
