//! What may happen to the calendar next.

use std::collections::BTreeSet;

use super::{
    arrangement::Arrangement, event::CalendarEvent, hours::OfficeHours, refusal::CalendarRefusal,
    state::CalendarHistory,
};
use crate::{aggregate::Context, text::Line};

/// A new version of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopt {
    /// Years to announce or change, each whole; those that stand so already are left out of the version.
    pub years: Vec<Arrangement>,
    /// New office hours; none leaves them as they are.
    pub office_hours: Option<OfficeHours>,
    /// Why. It is asked for always: a changed day of the past moves dates that people were told.
    pub reason: Line<300>,
}

type Decision = Result<Vec<CalendarEvent>, CalendarRefusal>;

/// Adopts the first version of the calendar.
///
/// # Errors
/// There is one, or what refuses any version.
pub fn begin(state: &CalendarHistory, command: Adopt, context: &Context) -> Decision {
    match state.newest().number() {
        0 => adopt(state, command, context),
        number => Err(CalendarRefusal::AlreadyAdopted { number }),
    }
}

/// Adopts a version of the calendar (RULES.md A11).
///
/// # Errors
/// Nothing would change, a year is given twice, or a year says what no notice can mean.
pub fn adopt(state: &CalendarHistory, command: Adopt, _: &Context) -> Decision {
    let Adopt { years, office_hours, reason } = command;
    let standing = state.newest();
    let mut given = BTreeSet::new();
    let mut changed = Vec::new();
    for arrangement in years {
        arrangement.check()?;
        if !given.insert(arrangement.year) {
            return Err(CalendarRefusal::YearTwice { year: arrangement.year.get() });
        }
        let arrangement = arrangement.sorted();
        if standing.arrangement(arrangement.year.get()) != Some(&arrangement) {
            changed.push(arrangement);
        }
    }
    changed.sort_by_key(|arrangement| arrangement.year);
    let office_hours = office_hours.filter(|hours| hours != standing.office_hours());
    if changed.is_empty() && office_hours.is_none() {
        return Err(CalendarRefusal::Unchanged);
    }
    let number = standing.number().saturating_add(1);
    Ok(vec![CalendarEvent::CalendarAdopted { number, years: changed, office_hours, reason }])
}
