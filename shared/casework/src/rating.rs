//! What a citizen says of the reply he was given: asked on the page of his case, once, while its time lasts.

use domain::case::{self, Answered, CaseFile, CaseRefusal, Rated, Rating, Satisfaction, Shortcoming};
use frontdoor::{Act, ActAnswer, ActChoice, ActQuestion, Deed, ReceptionProblem};
use jiff::Timestamp;
use ledger::LoadError;
use serde::Serialize;
use utoipa::ToSchema;
use vault::VaultError;

use crate::{
    casework::Casework,
    citizen::{Deciding, carry_out_for_citizen},
    find::Found,
    front::refused,
    words::{Paper, Words},
};

/// What he does who rates a reply.
pub const RATE: &str = "rate";
/// Under which name what he writes is sealed.
pub const RATING: &str = "rating";

/// Names of its questions.
const SATISFACTION: &str = "satisfaction";
const REASONS: &str = "reasons";

const SATISFACTIONS: [ActChoice; 3] =
    [of(Satisfaction::Satisfied), of(Satisfaction::Basically), of(Satisfaction::Dissatisfied)];

const SHORTCOMINGS: [ActChoice; 6] = [
    because(Shortcoming::Slow),
    because(Shortcoming::BesideThePoint),
    because(Shortcoming::Unclear),
    because(Shortcoming::Unsolved),
    because(Shortcoming::Attitude),
    because(Shortcoming::Other),
];

/// What is offered for it on the page of a case.
pub const RATE_ACT: Act = Act {
    name: RATE,
    title: "评价答复",
    lead: "您对这次答复满意吗？每次答复可以评价一次。是否满意和原因只作统计，写下的意见加密保存，只有承办部门可以查看。",
    asks: &[
        ActQuestion {
            name: SATISFACTION,
            label: "对答复是否满意",
            help: "",
            required: true,
            answer: ActAnswer::One(&SATISFACTIONS),
        },
        ActQuestion {
            name: REASONS,
            label: "不够满意的原因",
            help: "满意的不用选，可以选几项。",
            required: false,
            answer: ActAnswer::Any(&SHORTCOMINGS),
        },
        ActQuestion {
            name: "text",
            label: "想说的话",
            help: "可以不写。",
            required: false,
            answer: ActAnswer::Text(500),
        },
    ],
    done: "已收到您的评价，谢谢。",
};

const fn of(satisfaction: Satisfaction) -> ActChoice {
    ActChoice { value: satisfaction.as_str(), label: satisfaction.chinese() }
}

const fn because(shortcoming: Shortcoming) -> ActChoice {
    ActChoice { value: shortcoming.as_str(), label: shortcoming.chinese() }
}

/// What a citizen says of the reply he was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingView {
    /// When.
    #[schema(format = "date-time")]
    pub at: String,
    /// `satisfied` 满意, `basically` 基本满意, `dissatisfied` 不满意.
    #[schema(example = "basically")]
    pub satisfaction: &'static str,
    /// What he is not content with: `slow`, `beside-the-point`, `unclear`, `unsolved`, `attitude`, `other`.
    #[schema(example = json!(["slow"]))]
    pub reasons: Vec<&'static str>,
    /// Whether he wrote something.
    pub written: bool,
    /// Whether it is of an earlier reply than the one that stands, if one does.
    pub earlier: bool,
}

impl RatingView {
    /// What was said of a reply, where `answered` is the one that stands.
    pub(crate) fn of(rated: &Rated, answered: Option<Answered>) -> Self {
        Self {
            at: rated.at.to_string(),
            satisfaction: rated.satisfaction.as_str(),
            reasons: rated.reasons.iter().map(|reason| reason.as_str()).collect(),
            written: rated.text.is_some(),
            earlier: !rated.is_of(answered),
        }
    }
}

/// What its citizen wrote of the reply.
pub(crate) fn rating_paper<K: Words>(case: &CaseFile<K>) -> Option<Paper<'_>> {
    let rated = case.rated.as_ref()?;
    let sealed = rated.text.as_ref()?.kept()?;
    let title = if rated.is_of(case.own.answered()) { "对答复的评价" } else { "对此前答复的评价" };
    Some(Paper { name: RATING.to_owned(), title: title.to_owned(), sealed })
}

/// What he may do to `case` at `now`, by the names that its front door knows.
pub(crate) fn acts<S: Casework, K: Words>(state: &S, case: &CaseFile<K>, now: Timestamp) -> Vec<&'static str> {
    let mut acts = K::citizen_acts(case);
    acts.extend(case::rateable(case, *state.rating(), now).is_ok().then_some(RATE));
    acts
}

/// The reply that the page of `case` shows, as its forms carry it: the number of its commit, 0 where there is none.
pub(crate) fn seen<K: Words>(case: &CaseFile<K>) -> u32 {
    // A number that is too large is that of no commit: nothing is rated then.
    case.own.answered().map_or(0, |answered| u32::try_from(answered.commit).unwrap_or(u32::MAX))
}

/// Takes in what he says of the reply.
///
/// # Errors
/// Nothing changed: no reply is to be rated, it is not the one that he read, the same form said something else before, or it cannot be done now.
pub async fn rate<S, K>(state: &S, found: &Found<K>, deed: &Deed) -> Result<(), ReceptionProblem>
where
    S: Casework,
    K: Words,
    S::Refusal: From<CaseRefusal> + From<LoadError> + From<VaultError>,
{
    let (Some(satisfaction), reasons) = (satisfaction(deed), reasons(deed)) else {
        return Err(refused(SATISFACTION, "请选择对答复是否满意。"));
    };
    let term = *state.rating();
    carry_out_for_citizen(
        state,
        &found.stream,
        K::ACTIONS.rate,
        deed,
        |case: &CaseFile<K>, written: &Deciding<'_>, now| {
            let text = match deed.text {
                Some(_) => Some(written.sealed::<S::Refusal>(RATING)?),
                None => None,
            };
            let rating = Rating { reply: deed.seen.into(), satisfaction, reasons: reasons.clone(), text };
            Ok(case::rate(case, rating, term, now)?)
        },
    )
    .await
}

fn satisfaction(deed: &Deed) -> Option<Satisfaction> {
    let chosen = deed.chosen.get(SATISFACTION)?.first()?;
    Satisfaction::ALL.into_iter().find(|known| known.as_str() == chosen)
}

fn reasons(deed: &Deed) -> Vec<Shortcoming> {
    let chosen = deed.chosen.get(REASONS).map(Vec::as_slice).unwrap_or_default();
    Shortcoming::ALL.into_iter().filter(|known| chosen.iter().any(|chosen| chosen == known.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_can_be_said_can_be_chosen() {
        let values = |name: &str| {
            let asked = RATE_ACT.asks.iter().find(|asked| asked.name == name).unwrap();
            match asked.answer {
                ActAnswer::One(choices) | ActAnswer::Any(choices) => {
                    choices.iter().map(|choice| choice.value).collect::<Vec<_>>()
                }
                ActAnswer::Text(_) | ActAnswer::Files(..) => Vec::new(),
            }
        };
        assert_eq!(values(SATISFACTION), Satisfaction::ALL.map(Satisfaction::as_str));
        assert_eq!(values(REASONS), Shortcoming::ALL.map(Shortcoming::as_str));
    }
}
