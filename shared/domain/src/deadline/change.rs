//! What can happen to a deadline: change a shape only as a new version of the events that carry it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    limit::{Count, Limit},
    term::Stop,
};
use crate::text::Line;

/// Something that happened to a deadline of a case; an event of the case carries it.
///
/// `K` names the deadlines of one kind of case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<K> {
    /// To which deadline.
    pub deadline: K,
    /// Since when that counts: the instant of the act, or the one at which came what is recorded later; the due instant of one that fell due, the adoption of a
    /// calendar. Never after the commit.
    pub effective_at: Timestamp,
    /// What.
    pub change: Happened,
}

/// What happened to a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Happened {
    /// It began, anew if there was one before.
    Started {
        /// How long it is, for good.
        limit: Limit,
        /// When what it starts with was done or received.
        from: Timestamp,
        /// When it is due.
        due: Timestamp,
        /// By which version of the calendar.
        calendar: u32,
    },
    /// The clock stands (中止).
    Stopped {
        /// Why.
        reason: Line<300>,
    },
    /// The clock runs again.
    Resumed {
        /// When it is due.
        due: Timestamp,
        /// By which version of the calendar.
        calendar: u32,
    },
    /// It has more time (延长).
    Extended {
        /// How much, in the limit's unit.
        by: Count,
        /// Why.
        reason: Line<300>,
        /// When it is due; none while the clock stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
        /// By which version of the calendar.
        calendar: u32,
    },
    /// It has more time by a rule of its own, whatever its limit allows (延迟).
    Delayed {
        /// How much, in the limit's unit.
        by: Count,
        /// Which rule: `《政府信息公开条例》第三十五条`.
        rule: Line<120>,
        /// Why.
        reason: Line<300>,
        /// When it is due; none while the clock stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
        /// By which version of the calendar.
        calendar: u32,
    },
    /// It is counted from the beginning: what was missing arrived (补正).
    Restarted {
        /// When it arrived.
        from: Timestamp,
        /// When it is due.
        due: Timestamp,
        /// By which version of the calendar.
        calendar: u32,
    },
    /// It was counted again by a new calendar.
    Recomputed {
        /// When it is due, not before the adoption; none while the clock stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
        /// By which version of the calendar.
        calendar: u32,
    },
    /// It is counted again by what is known now of when its clock stood.
    Recounted {
        /// When it stood, in order.
        stops: Vec<Stop>,
        /// When it is due, which may be over; none while the clock stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
        /// By which version of the calendar.
        calendar: u32,
    },
    /// What it asked for was done in time; also of one that fell due before that was known.
    Met,
    /// Nothing is asked for any more.
    Lifted,
    /// Its time ran out.
    FellDue,
}
