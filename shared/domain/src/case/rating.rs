//! 满意度评价: what the citizen of a case says of the reply he was given, once.
//!
//! He is asked on the page of his case for as long as the city says ([`RatingTerm`]); what he chooses is counted, what he writes lies under the case's key.

use jiff::{Span, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    event::CaseEvent,
    kind::{Kind, Occurrence},
    refusal::CaseRefusal,
    state::{CaseFile, Personal},
};
use crate::{deadline::Moment, sealed::Sealed, shanghai};

/// How long a reply may be rated, in the form in which a city says its own.
pub const NATIONAL_RATING: &str = include_str!("../../limits/rating.json");

/// Whether somebody is content with a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Satisfaction {
    /// 满意.
    Satisfied,
    /// 基本满意.
    Basically,
    /// 不满意.
    Dissatisfied,
}

impl Satisfaction {
    /// All of them, the best first.
    pub const ALL: [Self; 3] = [Self::Satisfied, Self::Basically, Self::Dissatisfied];

    /// As events and forms spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::Basically => "basically",
            Self::Dissatisfied => "dissatisfied",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Satisfied => "满意",
            Self::Basically => "基本满意",
            Self::Dissatisfied => "不满意",
        }
    }
}

/// What somebody is not content with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shortcoming {
    /// 办理时间长.
    Slow,
    /// 没有回应诉求.
    BesideThePoint,
    /// 答复看不懂.
    Unclear,
    /// 问题没有解决.
    Unsolved,
    /// 服务态度不好.
    Attitude,
    /// 其他.
    Other,
}

impl Shortcoming {
    /// All of them, in the order of asking.
    pub const ALL: [Self; 6] =
        [Self::Slow, Self::BesideThePoint, Self::Unclear, Self::Unsolved, Self::Attitude, Self::Other];

    /// As events and forms spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::BesideThePoint => "beside-the-point",
            Self::Unclear => "unclear",
            Self::Unsolved => "unsolved",
            Self::Attitude => "attitude",
            Self::Other => "other",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Slow => "办理时间长",
            Self::BesideThePoint => "没有回应诉求",
            Self::Unclear => "答复看不懂",
            Self::Unsolved => "问题没有解决",
            Self::Attitude => "服务态度不好",
            Self::Other => "其他",
        }
    }
}

/// How many days after its day a reply may be rated: data of the city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingTerm {
    /// Calendar days; with 0 no reply is rated at all, on its own day neither.
    pub days: u16,
}

/// The reply that stands. Of two replies of a case the commits differ, also where the instants do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// When it was given.
    pub at: Timestamp,
    /// The commit that gave it.
    pub commit: u64,
}

/// What somebody says of the reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The commit of the reply that he read.
    pub reply: u64,
    /// Whether he is content.
    pub satisfaction: Satisfaction,
    /// What he is not content with.
    pub reasons: Vec<Shortcoming>,
    /// What he wrote, under the case's key.
    pub text: Option<Sealed>,
}

/// That a reply was rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// When.
    pub at: Timestamp,
    /// The commit of the reply that stood then; 0 where none did.
    pub reply: u64,
    /// Whether he is content.
    pub satisfaction: Satisfaction,
    /// What he is not content with.
    pub reasons: Vec<Shortcoming>,
    /// What he wrote.
    pub text: Option<Personal>,
}

impl Rated {
    /// Whether it is of `answered`, the reply that stands; else it is of an earlier one.
    #[must_use]
    pub fn is_of(&self, answered: Option<Answered>) -> bool {
        answered.is_some_and(|answered| answered.commit == self.reply)
    }
}

/// The last day on which the reply of `case` may be rated, for its citizen at `now`.
///
/// # Errors
/// There is no such case, or it is erased; no reply stands, it was rated, or its time is over.
pub fn rateable<K: Kind>(case: &CaseFile<K>, term: RatingTerm, now: Timestamp) -> Result<Date, CaseRefusal> {
    let answered = case.readable()?.own.answered().filter(|_| term.days > 0).ok_or(CaseRefusal::NothingToRate)?;
    if case.rated.as_ref().is_some_and(|rated| rated.is_of(Some(answered))) {
        return Err(CaseRefusal::RatedBefore);
    }
    let last = shanghai::local(answered.at).date().saturating_add(Span::new().days(i64::from(term.days)));
    if shanghai::local(now).date() > last { Err(CaseRefusal::RatingOver { last }) } else { Ok(last) }
}

/// Takes in what its citizen says of the reply: once of each that he is given, within `term`.
///
/// # Errors
/// As of [`rateable`]; or another reply stands than the one that he read.
pub fn rate<K: Kind>(
    case: &CaseFile<K>,
    rating: Rating,
    term: RatingTerm,
    now: Moment<'_>,
) -> Result<Vec<Occurrence<K>>, CaseRefusal> {
    rateable(case, term, now.at)?;
    let Rating { reply, satisfaction, mut reasons, text } = rating;
    if case.own.answered().is_none_or(|answered| answered.commit != reply) {
        return Err(CaseRefusal::OtherReply);
    }
    reasons.sort_unstable();
    reasons.dedup();
    Ok(vec![Occurrence::Common(CaseEvent::ReplyRated { satisfaction, reasons, text })])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_chosen_is_spelt_as_it_is_stored() {
        for satisfaction in Satisfaction::ALL {
            assert_eq!(serde_json::to_value(satisfaction).unwrap(), satisfaction.as_str());
        }
        for shortcoming in Shortcoming::ALL {
            assert_eq!(serde_json::to_value(shortcoming).unwrap(), shortcoming.as_str());
        }
    }

    #[test]
    fn the_term_is_data_of_the_form_that_is_read() {
        assert!(serde_json::from_str::<RatingTerm>(NATIONAL_RATING).unwrap().days > 0);
    }
}
