//! `GET /requests/{id}`: an application before it is opened.

use access::Action;
use axum::{extract::State, http::HeaderMap, response::Response};
use casework::{CaseView, allows, case_view, target};
use command::{Caller, Function, openapi::ReadProblems, versioned};
use domain::{
    StaffId,
    case::CaseFile,
    request::{self, Frequency, Kin, Request, RequestDeadline, frequency, item_of_month, repeatable},
};
use gateway::PathParam;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    DisclosureState,
    kin::beside,
    refusal::Refusal,
    shapes::{Applicant, Channel, Consulted, Delivery, Lapsed, Outcome, ShownBy, Stance},
};

/// An application: what is told of any case, and what is told of an application.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequestView {
    #[serde(flatten)]
    case: CaseView,
    /// As what somebody applies.
    applicant: Option<Applicant>,
    /// The way it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<Channel>,
    /// The day on which it counts as received (art. 31), where staff told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date")]
    received_on: Option<String>,
    /// How he wishes to get it.
    delivery: Option<Delivery>,
    /// Whether the reply's term was extended: that is done once, also where it is counted anew since.
    extended: bool,
    /// Whether its term is longer by art. 35: the applicant gave reasons for so many applications.
    delayed: bool,
    /// Since when both sides know of the receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    confirmed_at: Option<String>,
    /// How a completion stands; absent while none was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    completion: Option<Completion>,
    /// How reasons stand; absent while none were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    reasons: Option<Reasons>,
    /// Letters that asked for opinions, oldest first.
    letters: Vec<LetterView>,
    /// Whether who is asked for an opinion now is asked further than in the round: that takes a supervisor and a reason.
    asks_further: bool,
    /// The reply that was drafted, while it stands; its words are opened with the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<DraftView>,
    /// What the applicant is to pay, or paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    fee: Option<FeeView>,
    /// What his other applications say of it, for who may handle it; as long as it is not erased, and they are not too many to be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    same_applicant: Option<SameApplicant>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    conclusion: Option<Conclusion>,
    /// Where the information became public since (art. 44).
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<PublishedView>,
    /// Under which file number it was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    archived: Option<String>,
}

/// What other applications of the same person say of this one: found by his telephone or the number of his document, which two may share. Numbers only.
#[derive(Debug, Serialize, ToSchema)]
struct SameApplicant {
    /// The how-manieth of its calendar month it is in this department, from 1: what a fee is asked for at most.
    #[schema(minimum = 1, example = 12)]
    item_of_month: u32,
    /// How many he made to this department, this one with them.
    #[schema(minimum = 1, example = 31)]
    in_all: u32,
    /// How many of these in the year before now.
    #[schema(minimum = 1, example = 29)]
    in_a_year: u32,
    /// Those that were replied to before it came in, newest first: what it may repeat.
    #[schema(example = json!(["YG-20261130-482135"]))]
    replied_before: Vec<String>,
}

impl SameApplicant {
    fn of(file: &CaseFile<Request>, kin: &[Kin], now: Timestamp) -> Self {
        let Frequency { in_all, in_a_year } = frequency(file, kin, now);
        let mut before: Vec<&Kin> = repeatable(file, kin).collect();
        before.sort_by(|one, other| (other.opened_at, &other.number).cmp(&(one.opened_at, &one.number)));
        Self {
            item_of_month: item_of_month(file, kin),
            in_all,
            in_a_year,
            replied_before: before.into_iter().map(|other| other.number.to_string()).collect(),
        }
    }
}

/// How a completion stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Completion {
    /// 等待补正.
    Awaited,
    /// 已补正.
    Given,
}

/// How reasons stand.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Reasons {
    /// 等待说明理由: nothing else waits for them.
    Awaited,
    /// 已说明理由.
    Given,
}

/// A letter that asked for an opinion; its words, and those of the opinion, are opened with the case.
#[derive(Debug, Serialize, ToSchema)]
struct LetterView {
    /// Its number.
    #[schema(minimum = 1, maximum = 999, example = 1)]
    number: u16,
    /// Whose opinion it asks for.
    of: Consulted,
    /// When it was sent.
    #[schema(format = "date-time")]
    sought_at: String,
    /// The day on which it was delivered, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date")]
    delivered_on: Option<String>,
    /// How it stands.
    state: LetterState,
    /// What the opinion says, once it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<Stance>,
    /// Why it was sent when the round was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// How a letter stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum LetterState {
    /// 等待意见.
    Awaited,
    /// 已提出意见.
    Given,
    /// 逾期未提出意见: one that came in time may still be recorded.
    Lapsed,
}

impl LetterView {
    fn of(letter: &request::Letter) -> Self {
        let (state, stance) = match letter.end {
            None => (LetterState::Awaited, None),
            Some((_, request::LetterEnd::Given(stance))) => (LetterState::Given, Some(stance.into())),
            Some((_, request::LetterEnd::Lapsed)) => (LetterState::Lapsed, None),
        };
        Self {
            number: letter.number.get(),
            of: letter.of.into(),
            sought_at: letter.sought_at.to_string(),
            delivered_on: letter.delivered_on.map(|day| day.to_string()),
            state,
            stance,
            reason: letter.further.as_ref().map(ToString::to_string),
        }
    }
}

/// A reply that was drafted.
#[derive(Debug, Serialize, ToSchema)]
struct DraftView {
    /// Of which kind.
    outcome: Outcome,
    /// Id of the person who drafted it, and does not approve it.
    by: String,
    /// When.
    #[schema(format = "date-time")]
    at: String,
    /// Whether it was returned to be mended.
    returned: bool,
    /// Files of the case that are to be given with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
}

impl DraftView {
    fn of(draft: &request::Draft) -> Self {
        Self {
            outcome: (&draft.outcome).into(),
            by: StaffId::of(&draft.by).to_string(),
            at: draft.at.to_string(),
            returned: draft.is_returned,
            files: draft.files.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Where the information became public.
#[derive(Debug, Serialize, ToSchema)]
struct PublishedView {
    /// Id of the document.
    #[schema(example = "gq4tmnzzgqztsmzrgq2dqmjsge")]
    document: String,
    /// Its public address when that was recorded.
    found_at: String,
}

/// A fee.
#[derive(Debug, Serialize, ToSchema)]
struct FeeView {
    /// How much, in fen: 100 are a yuan.
    #[schema(example = 10_000)]
    fen: u32,
    /// When it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    paid_at: Option<String>,
}

/// How an application ended.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Conclusion {
    /// 答复.
    Decided {
        /// Of which kind.
        outcome: Outcome,
        /// Files of the case that were given with it.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
    },
    /// 转其他渠道.
    Redirected {
        /// Where it is to go.
        channel: String,
        /// Why.
        reason: String,
    },
    /// 视为放弃.
    Abandoned {
        /// What was let pass.
        lapsed: Lapsed,
    },
    /// 撤回: by himself where nothing stands beside it, else as staff recorded it; why is opened with the case.
    Withdrawn {
        /// What shows it.
        #[serde(skip_serializing_if = "Option::is_none")]
        shown_by: Option<ShownBy>,
    },
}

impl From<&request::Conclusion> for Conclusion {
    fn from(conclusion: &request::Conclusion) -> Self {
        match conclusion {
            request::Conclusion::Decided(decided) => Self::Decided {
                outcome: (&decided.outcome).into(),
                files: decided.files.iter().map(ToString::to_string).collect(),
            },
            request::Conclusion::Redirected { channel, reason } => {
                Self::Redirected { channel: channel.to_string(), reason: reason.to_string() }
            }
            request::Conclusion::Abandoned(lapsed) => Self::Abandoned { lapsed: (*lapsed).into() },
            request::Conclusion::Withdrawn(recorded) => {
                Self::Withdrawn { shown_by: recorded.as_ref().map(|recorded| recorded.shown_by.into()) }
            }
        }
    }
}

/// Reads an application without a word of what its applicant wrote (handler, supervisor, auditor).
#[utoipa::path(get, operation_id = "read_request", path = "/{id}", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "The application; its version is the ETag.", body = RequestView), (status = 304, description = "It stands where you saw it."), ReadProblems))]
pub(crate) async fn read(
    State(state): State<DisclosureState>,
    caller: Caller,
    PathParam(id): PathParam,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let stream = target::stream::<Request>(&id)?;
    let (case, file) = case_view::<_, Request>(&state, &caller, &stream).await?;
    let mut view = RequestView::of(case, &file, state.clock().now());
    if file.erased.is_none() && allows(&state, &caller.staff, Action::HandleCase, &file) {
        let now = state.clock().now();
        view.same_applicant = beside(&state, &stream).await.map(|kin| SameApplicant::of(&file, &kin, now));
    }
    Ok(versioned(&headers, view.case.version, view))
}

impl RequestView {
    fn of(case: CaseView, file: &CaseFile<Request>, now: Timestamp) -> Self {
        let own = &file.own;
        let reply = file.deadlines.get(RequestDeadline::Reply);
        let completion = match (&own.missing, &own.completion) {
            (_, Some(_)) => Some(Completion::Given),
            (Some(_), None) => Some(Completion::Awaited),
            (None, None) => None,
        };
        let given = own.reasons.as_ref().map(|_| Reasons::Given);
        let reasons = given.or_else(|| own.awaits_reasons().then_some(Reasons::Awaited));
        let fee = own.fee.map(|fee| FeeView { fen: fee.0, paid_at: own.paid.map(|at| at.to_string()) });
        Self {
            case,
            applicant: own.applicant.map(Into::into),
            channel: file.opened.as_ref().map(|opened| opened.opening.channel.into()),
            received_on: own.received_on.map(|day| day.to_string()),
            delivery: own.delivery.map(Into::into),
            extended: reply.is_some_and(|reply| reply.extended > 0),
            delayed: reply.is_some_and(|reply| reply.term.is_delayed()),
            confirmed_at: own.confirmed.map(|at| at.to_string()),
            completion,
            reasons,
            letters: own.letters.iter().map(LetterView::of).collect(),
            asks_further: own.asks_further(now),
            draft: own.draft.as_ref().filter(|draft| draft.commit > file.assigned_by).map(DraftView::of),
            fee,
            same_applicant: None,
            conclusion: own.concluded.as_ref().map(|(_, conclusion)| conclusion.into()),
            published: own.published.as_ref().map(|published| PublishedView {
                document: published.document.to_string(),
                found_at: published.found_at.to_string(),
            }),
            archived: own.archived.as_ref().map(ToString::to_string),
        }
    }
}
