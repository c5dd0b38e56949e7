//! How a column's archive is cut.

use jiff::Timestamp;
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
        let day = shanghai::local(instant).day();
        match self {
            Self::Month => shanghai::month(instant),
            Self::TenDays => {
                let first = match day {
                    ..=10 => 1,
                    11..=20 => 11,
                    _ => 21,
                };
                format!("{}-{first:02}", shanghai::month(instant))
            }
            Self::Day => shanghai::day(instant),
        }
    }
}
