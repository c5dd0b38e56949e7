//! How a column's archive is cut.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::shanghai;

/// How finely a column's archive is cut: registered once, never a function of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Archive {
    /// One page a month: `2026-11`.
    #[default]
    Month,
    /// Three pages a month: `2026-11-01`, `2026-11-11`, `2026-11-21`.
    TenDays,
    /// One page a day: `2026-11-23`.
    Day,
}

impl Archive {
    /// Name of the archive page that lists an item public since `instant`.
    #[must_use]
    pub fn slice(self, instant: Timestamp) -> String {
        self.slice_of_day(shanghai::local(instant).date())
    }

    /// Name of the archive page that lists an item that goes by `day`.
    #[must_use]
    pub fn slice_of_day(self, day: Date) -> String {
        let month = format!("{:04}-{:02}", day.year(), day.month());
        let first = match self {
            Self::Month => return month,
            Self::TenDays => match day.day() {
                ..=10 => 1,
                11..=20 => 11,
                _ => 21,
            },
            Self::Day => day.day(),
        };
        format!("{month}-{first:02}")
    }
}
