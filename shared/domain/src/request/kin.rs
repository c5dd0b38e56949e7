//! What other applications of the same person say of one (art. 36, 42): the how-manieth of its month it is, and which it may repeat.

use jiff::Timestamp;

use super::{
    event::Outcome,
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
    /// When it came in.
    pub opened_at: Timestamp,
    /// Whether what it asks for was replied to: given up, taken back and sent elsewhere are no replies, nor is that it is another authority's.
    pub is_replied: bool,
}

impl Kin {
    /// What others have to know of an application; none of one that never came in.
    #[must_use]
    pub fn of(case: &CaseFile<Request>) -> Option<Self> {
        let (opened, department) = (case.opened.as_ref()?, case.department.clone()?);
        let is_replied = match &case.own.concluded {
            Some((_, Conclusion::Decided(decided))) => !matches!(decided.outcome, Outcome::NotOurs { .. }),
            _ => false,
        };
        Some(Self { number: opened.opening.number.clone(), department, opened_at: opened.at, is_replied })
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
    let Some(opened) = &case.opened else { return 1 };
    let month = shanghai::month(opened.at);
    let before = kin.iter().filter(|other| other.is_before(&opened.opening.number, opened.at));
    let here = before.filter(|other| case.department.as_ref() == Some(&other.department));
    let before = here.filter(|other| shanghai::month(other.opened_at) == month).count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// Those that it may repeat: replied to by the same authority, and before it (art. 36).
pub fn repeatable<'k>(case: &CaseFile<Request>, kin: &'k [Kin]) -> impl Iterator<Item = &'k Kin> {
    let opened = case.opened.as_ref().map(|opened| (opened.opening.number.clone(), opened.at));
    let here = case.department.as_ref();
    kin.iter().filter(move |other| {
        other.is_replied
            && here == Some(&other.department)
            && opened.as_ref().is_some_and(|(number, at)| other.is_before(number, *at))
    })
}
