//! What many cases say together.

use super::contribution::{Contribution, Punctuality};
use crate::{calendar::Calendar, case::Satisfaction};

/// Fewest cases of which more than their number is told: shares and ranks of fewer say nothing of how work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MinimumSample(u32);

impl MinimumSample {
    /// The house's: 5.
    pub const HOUSE: Self = Self(5);

    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// `value` if it is of enough cases.
    fn of<T>(self, sample: u64, value: Option<T>) -> Measure<T> {
        match value {
            Some(value) if sample >= u64::from(self.get()) => Measure::Told(value),
            _ => Measure::TooFew,
        }
    }
}

/// What is told of enough cases only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure<T> {
    /// There were enough.
    Told(T),
    /// There were fewer than the minimum sample.
    TooFew,
}

impl<T> Measure<T> {
    /// What is told, if there were enough.
    #[must_use]
    pub fn told(self) -> Option<T> {
        match self {
            Self::Told(value) => Some(value),
            Self::TooFew => None,
        }
    }
}

/// What a set of contributions to one month says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// How many came in.
    pub received: u64,
    /// How many came to their end.
    pub closed: u64,
    /// How many of those decided were in time.
    pub timeliness: Measure<Timeliness>,
    /// How long those that came to their end took.
    pub duration: Measure<Duration>,
    /// How many of those that came to their end were answered anew since.
    pub redone: Measure<u64>,
    /// What was said of replies.
    pub satisfaction: Measure<Content>,
}

/// How many were content with the reply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Content {
    /// 满意.
    pub satisfied: u64,
    /// 基本满意.
    pub basically: u64,
    /// 不满意.
    pub dissatisfied: u64,
}

impl Content {
    /// The share of those who were content, basically at least, rounded down.
    #[must_use]
    pub fn share(&self) -> PerMille {
        PerMille::of(self.satisfied + self.basically, self.said())
    }

    /// How many said something.
    #[must_use]
    pub fn said(&self) -> u64 {
        self.satisfied + self.basically + self.dissatisfied
    }
}

/// How many were in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeliness {
    /// In time.
    pub in_time: u64,
    /// Late.
    pub late: u64,
}

impl Timeliness {
    /// The share in time, rounded down: only all is 1000.
    #[must_use]
    pub fn share(&self) -> PerMille {
        PerMille::of(self.in_time, self.in_time + self.late)
    }
}

/// A share in thousandths, 0–1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PerMille(u16);

impl PerMille {
    /// The share of `some` in `all`, rounded down; of nothing none.
    fn of(some: u64, all: u64) -> Self {
        let share = (u128::from(some) * 1000).checked_div(u128::from(all)).unwrap_or(0);
        Self(u16::try_from(share).unwrap_or(1000))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}

/// How long many took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    /// In working days.
    pub working_days: Spread,
    /// In hours, by night and on days off too.
    pub hours: Spread,
}

/// Two places in an ordered row of numbers, by nearest rank: each is a number that occurred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// Half took no longer.
    pub median: u64,
    /// Nine in ten took no longer.
    pub ninetieth: u64,
}

impl Spread {
    /// The places in `numbers`; none if there are no numbers.
    fn of(mut numbers: Vec<u64>) -> Option<Self> {
        numbers.sort_unstable();
        Some(Self { median: nearest_rank(&numbers, 50)?, ninetieth: nearest_rank(&numbers, 90)? })
    }
}

/// The least of `sorted` that at least `percent` of them do not exceed.
fn nearest_rank(sorted: &[u64], percent: usize) -> Option<u64> {
    let rank = sorted.len().saturating_mul(percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

impl Summary {
    /// Sums up contributions to one month; working days are counted by `calendar`.
    #[must_use]
    pub fn of<'a>(
        contributions: impl IntoIterator<Item = &'a Contribution>,
        calendar: &Calendar,
        minimum: MinimumSample,
    ) -> Self {
        let (mut received, mut redone) = (0_u64, 0_u64);
        let mut timeliness = Timeliness { in_time: 0, late: 0 };
        let (mut days, mut hours) = (Vec::new(), Vec::new());
        let mut content = Content::default();
        for contribution in contributions {
            received += u64::from(contribution.received);
            match contribution.punctuality {
                Some(Punctuality::InTime) => timeliness.in_time += 1,
                Some(Punctuality::Late) => timeliness.late += 1,
                None => {}
            }
            match contribution.satisfaction {
                Some(Satisfaction::Satisfied) => content.satisfied += 1,
                Some(Satisfaction::Basically) => content.basically += 1,
                Some(Satisfaction::Dissatisfied) => content.dissatisfied += 1,
                None => {}
            }
            if let Some(closure) = contribution.closed {
                days.push(closure.working_days(calendar));
                hours.push(closure.hours());
                redone += u64::from(closure.redone);
            }
        }
        let closed = u64::try_from(days.len()).unwrap_or(u64::MAX);
        let spreads = Spread::of(days).zip(Spread::of(hours));
        let duration = spreads.map(|(working_days, hours)| Duration { working_days, hours });
        let decided = timeliness.in_time + timeliness.late;
        Self {
            received,
            closed,
            timeliness: minimum.of(decided, Some(timeliness)),
            duration: minimum.of(closed, duration),
            redone: minimum.of(closed, Some(redone)),
            satisfaction: minimum.of(content.said(), Some(content)),
        }
    }
}
