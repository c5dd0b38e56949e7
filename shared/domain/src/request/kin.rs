//! What other applications of the same person say of one (art. 35, 36, 42): how many there are, the how-manieth of its month it is, and which it may repeat.

use jiff::{Span, Timestamp};

use super::{
    outcome::Outcome,
    state::{Conclusion, Request},
};
use crate::{
    case::{CaseFile, CaseNumber},
    id::DepartmentCode,
    shanghai,
};

/// Another application of the same person, as far as one of his has to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// Its number.
    pub number: CaseNumber,
    /// Which department answers for it.
    pub department: DepartmentCode,
    /// When it came in; of what staff registered later, when that was.
    pub opened_at: Timestamp,
    /// Whether what it asks for was replied to: given up, taken back and sent elsewhere are no replies, nor is that it is another authority's, or that nothing is done because there are too many (art. 35).
    pub is_replied: bool,
}

impl Kin {
    /// What others have to know of an application; none of one that never came in.
    #[must_use]
    pub fn of(case: &CaseFile<Request>) -> Option<Self> {
        let (opened, department, opened_at) = (case.opened.as_ref()?, case.department.clone()?, case.came_in()?);
        let is_replied = match &case.own.concluded {
            Some((_, Conclusion::Decided(decided))) => {
                !matches!(decided.outcome, Outcome::NotOurs { .. } | Outcome::Excessive)
            }
            _ => false,
        };
        Some(Self { number: opened.opening.number.clone(), department, opened_at, is_replied })
    }

    /// Whether it came in before an application of the same person; of two of one instant the lesser number did.
    fn is_before(&self, number: &CaseNumber, opened_at: Timestamp) -> bool {
        (self.opened_at, &self.number) < (opened_at, number)
    }
}

/// The how-manieth application of its person in the calendar month in which it came in (国办函〔2020〕109号), from 1.
///
/// Counted by authorities: what another department answers for is none of this one's fees.
#[must_use]
pub fn item_of_month(case: &CaseFile<Request>, kin: &[Kin]) -> u32 {
    let (Some(opened), Some(at)) = (&case.opened, case.came_in()) else { return 1 };
    let month = shanghai::month(at);
    let before = here(case, kin).filter(|other| other.is_before(&opened.opening.number, at));
    counted_with(before.filter(|other| shanghai::month(other.opened_at) == month).count())
}

/// Those that it may repeat: replied to by the same authority, and before it (art. 36).
pub fn repeatable<'k>(case: &CaseFile<Request>, kin: &'k [Kin]) -> impl Iterator<Item = &'k Kin> {
    let opened = case.opened.as_ref().map(|opened| opened.opening.number.clone()).zip(case.came_in());
    let here = case.department.as_ref();
    kin.iter().filter(move |other| {
        other.is_replied
            && here == Some(&other.department)
            && opened.as_ref().is_some_and(|(number, at)| other.is_before(number, *at))
    })
}

/// How many applications a person made to the department that answers for one of them: what shows an excess (art. 35).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frequency {
    /// All there are, this one with them.
    pub in_all: u32,
    /// Those of the year before now, this one with them.
    pub in_a_year: u32,
}

/// How often the person of `case` applied to its department until `now`.
#[must_use]
pub fn frequency(case: &CaseFile<Request>, kin: &[Kin], now: Timestamp) -> Frequency {
    let today = shanghai::local(now).date();
    let a_year_ago = shanghai::midnight(today.saturating_sub(Span::new().years(1)));
    let recent = here(case, kin).filter(|other| other.opened_at >= a_year_ago).count();
    Frequency { in_all: counted_with(here(case, kin).count()), in_a_year: counted_with(recent) }
}

/// Those that the department of `case` answers for: authorities count by themselves.
fn here<'k>(case: &CaseFile<Request>, kin: &'k [Kin]) -> impl Iterator<Item = &'k Kin> {
    kin.iter().filter(move |other| case.department.as_ref() == Some(&other.department))
}

/// So many others, and the one itself.
fn counted_with(others: usize) -> u32 {
    u32::try_from(others).unwrap_or(u32::MAX).saturating_add(1)
}
