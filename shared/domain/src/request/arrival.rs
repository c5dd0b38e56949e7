//! How an application came, and on which day it counts as received (收到申请之日, art. 31).
//!
//! What comes on paper is registered by staff, maybe days later: its terms count from the day that the law names for its way, and never from the one on which a
//! clerk found the time (ADR 034).

use jiff::{Span, Timestamp, civil::Date};

use super::{received::came_at, refusal::RequestRefusal};
use crate::{case::Channel, deadline::Moment, shanghai};

/// For how many months back a receipt is taken: the term in which somebody could sue over silence (行政诉讼法 art. 46). An earlier day is a slip of the pen.
const MONTHS_BACK: i64 = 6;

/// How an application came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrival {
    /// 当面提交、邮寄: received on the day on which it was handed in, or signed for.
    Received(Date),
    /// 平常信函、传真: received on the day on which it was confirmed with the applicant.
    Confirmed(Date),
    /// 互联网渠道, and what was not confirmed yet: received once it is.
    Unconfirmed,
}

impl Arrival {
    /// By `channel`, with the day that staff told.
    ///
    /// # Errors
    /// The way asks for a day, or has none.
    pub(super) fn of(channel: Channel, day: Option<Date>) -> Result<Self, RequestRefusal> {
        match (channel, day) {
            (Channel::InPerson | Channel::Post, Some(day)) => Ok(Self::Received(day)),
            (Channel::OrdinaryMail | Channel::Fax, Some(day)) => Ok(Self::Confirmed(day)),
            (Channel::OrdinaryMail | Channel::Fax | Channel::Web, None) => Ok(Self::Unconfirmed),
            (Channel::InPerson | Channel::Post, None) | (Channel::Web, Some(_)) => {
                Err(RequestRefusal::ReceiptDayUnfit { channel })
            }
        }
    }

    /// The instant at which the terms begin; none while that waits for a confirmation.
    ///
    /// # Errors
    /// The day lies ahead, or too far back.
    pub(super) fn begins(self, now: Moment<'_>) -> Result<Option<Timestamp>, RequestRefusal> {
        let (Self::Received(day) | Self::Confirmed(day)) = self else { return Ok(None) };
        let last = shanghai::local(now.at).date();
        let first = last.saturating_sub(Span::new().months(MONTHS_BACK));
        if (first..=last).contains(&day) {
            Ok(Some(instant(day, now.at)))
        } else {
            Err(RequestRefusal::ReceivedOutside { first, last })
        }
    }
}

/// The instant at which what was registered at `registered` came in on `day`.
pub(super) fn instant(day: Date, registered: Timestamp) -> Timestamp {
    came_at(Some(day), Timestamp::MIN, registered)
}

/// What says, for the day on which an application that came by `channel` counts as received, which day that is.
#[must_use]
pub fn receipt_rule(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "通过互联网提交的，以双方确认之日为收到申请之日（条例第三十一条第三项）。",
        Channel::InPerson => "当面提交的，以提交之日为收到申请之日（条例第三十一条第一项）。",
        Channel::Post => "以邮寄方式提交的，以签收之日为收到申请之日（条例第三十一条第二项）。",
        Channel::OrdinaryMail => "以平常信函提交的，以与申请人确认之日为收到申请之日（条例第三十一条第二项）。",
        Channel::Fax => "通过传真提交的，以双方确认之日为收到申请之日（条例第三十一条第三项）。",
    }
}
