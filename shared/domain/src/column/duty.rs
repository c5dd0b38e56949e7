//! How often a column has to have something new.

use serde::{Deserialize, Serialize};

use crate::id::Malformed;

/// How often a column has to have something new (更新要求): every two weeks, six months, one year.
///
/// Data, not a rule of the code: the national check knows limits for some kinds (RULES.md A2 V4), a city may want more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateDuty {
    /// How many of the unit, 1–366.
    pub every: Every,
    /// Of what.
    pub unit: Period,
}

/// A number of periods, 1–366.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Every(u16);

impl TryFrom<u16> for Every {
    type Error = Malformed;

    fn try_from(number: u16) -> Result<Self, Malformed> {
        if (1..=366).contains(&number) {
            Ok(Self(number))
        } else {
            Err(Malformed::new(&number.to_string(), "a number of periods: 1-366", "周期数（1–366）"))
        }
    }
}

impl From<Every> for u16 {
    fn from(every: Every) -> Self {
        every.0
    }
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// Calendar days.
    Day,
    /// Seven days.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}
