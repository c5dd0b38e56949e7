//! How long something may take, as data.

use serde::{Deserialize, Serialize};

use crate::{id::Malformed, text::Line};

/// How long something may take, by which rule, and how that is counted.
///
/// Data of the city, per kind of case and channel (RULES.md A6). Stored in events: a deadline keeps the limit it began with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// What it is for: `答复期限`.
    pub title: Line<40>,
    /// Which rule sets it: `《政府信息公开条例》第三十三条`.
    pub rule: Line<120>,
    /// How many of the unit.
    pub count: Count,
    /// Of what.
    pub unit: Unit,
    /// What it starts with.
    pub starts: Starts,
    /// When its last day ends.
    pub ends: Ends,
    /// How it may be extended.
    #[serde(default)]
    pub extensions: Extensions,
}

/// A number of days or hours, 1–1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Count(u16);

impl Count {
    /// The number.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Count {
    type Error = Malformed;

    fn try_from(number: u16) -> Result<Self, Malformed> {
        if (1..=1000).contains(&number) {
            Ok(Self(number))
        } else {
            Err(Malformed::new(&number.to_string(), "a number of days or hours: 1-1000", "天数或小时数（1–1000）"))
        }
    }
}

impl From<Count> for u16 {
    fn from(count: Count) -> Self {
        count.0
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// 工作日: days that are worked.
    WorkingDay,
    /// 日: every day; if the last one is off, the term ends on the next that is worked.
    CalendarDay,
    /// 办公小时: hours in which offices are open, from the instant on.
    OfficeHour,
}

/// What a term of days starts with; the day itself does not count (民法典 art. 201).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Starts {
    /// Something was done: the day is the day, worked or not.
    Act,
    /// Something was received: on a day off it counts as received on the next that is worked.
    Receipt,
}

/// When the last day of a term of days ends (民法典 art. 203).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ends {
    /// At 24:00.
    Midnight,
    /// When offices close.
    CloseOfBusiness,
}

/// How a term may be extended (延长); the default is not at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extensions {
    /// How often at most.
    pub times: u8,
    /// By how much at most, all extensions together, in the limit's unit.
    pub most: u16,
}
