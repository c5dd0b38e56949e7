//! Why a site's command was refused.

use jiff::civil::Date;
use thiserror::Error;

use crate::id::SiteLabel;

/// Why a site's command was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SiteRefusal {
    /// The label is taken.
    #[error("the site `{label}` is open already")]
    AlreadyOpen {
        /// The label.
        label: SiteLabel,
    },
    /// The house itself serves something under it.
    #[error("`{label}` is a host of the house, no site's")]
    Reserved {
        /// The label.
        label: SiteLabel,
    },
    /// Nobody opened it.
    #[error("this site is not open")]
    NotOpen,
    /// The profile is the one in force, or the site stands so already.
    #[error("nothing would change")]
    Unchanged,
    /// It stopped for good; it must be restored first.
    #[error("the site is archived")]
    Archived,
    /// A rectification is under way.
    #[error("the site is under rectification until {until}")]
    Rectifying {
        /// Its last day.
        until: Date,
    },
    /// The last day is not after today, or too far away (RULES.md A1 G12).
    #[error(
        "a rectification that begins now ends between {first} and {last}, not on {until}: at most {days} days (G12)"
    )]
    RectificationSpan {
        /// The day asked for.
        until: Date,
        /// First day that is allowed.
        first: Date,
        /// Last day that is allowed.
        last: Date,
        /// Days allowed.
        days: u16,
    },
    /// There were as many this year as may be (RULES.md A1 G12).
    #[error("the site went under rectification in {year} ({times} of at most {allowed} a year, G12)")]
    RectifiedThisYear {
        /// The year, of the city's calendar.
        year: i16,
        /// How often.
        times: usize,
        /// How often it may be.
        allowed: u16,
    },
}
