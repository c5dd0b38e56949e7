//! `GET /requests/{id}`: an application before it is opened.

use axum::{extract::State, http::HeaderMap, response::Response};
use casework::{CaseView, case_view, target};
use command::{Caller, openapi::ReadProblems, versioned};
use domain::request::{self, Request};
use gateway::PathParam;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    DisclosureState,
    refusal::Refusal,
    shapes::{Applicant, Consulted, Delivery, Lapsed, Outcome, Stance},
};

/// An application: what is told of any case, and what is told of an application.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequestView {
    #[serde(flatten)]
    case: CaseView,
    /// As what somebody applies.
    applicant: Option<Applicant>,
    /// How he wishes to get it.
    delivery: Option<Delivery>,
    /// Since when both sides know of the receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    confirmed_at: Option<String>,
    /// How a completion stands; absent while none was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    completion: Option<Completion>,
    /// Whose opinions are awaited.
    awaited: Vec<Consulted>,
    /// Opinions that came, oldest first.
    opinions: Vec<OpinionView>,
    /// What the applicant is to pay, or paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    fee: Option<FeeView>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    conclusion: Option<Conclusion>,
    /// Under which file number it was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    archived: Option<String>,
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

/// An opinion that came; its words are opened with the case.
#[derive(Debug, Serialize, ToSchema)]
struct OpinionView {
    /// Whose.
    of: Consulted,
    /// What it says.
    stance: Stance,
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
    /// 撤回.
    Withdrawn {},
}

impl From<&request::Conclusion> for Conclusion {
    fn from(conclusion: &request::Conclusion) -> Self {
        match conclusion {
            request::Conclusion::Decided(decided) => Self::Decided { outcome: (&decided.outcome).into() },
            request::Conclusion::Redirected { channel, reason } => {
                Self::Redirected { channel: channel.to_string(), reason: reason.to_string() }
            }
            request::Conclusion::Abandoned(lapsed) => Self::Abandoned { lapsed: (*lapsed).into() },
            request::Conclusion::Withdrawn => Self::Withdrawn {},
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
    Ok(versioned(&headers, case.version, RequestView::of(case, &file.own)))
}

impl RequestView {
    fn of(case: CaseView, own: &Request) -> Self {
        let completion = match (&own.missing, &own.completion) {
            (_, Some(_)) => Some(Completion::Given),
            (Some(_), None) => Some(Completion::Awaited),
            (None, None) => None,
        };
        let opinions =
            own.opinions.iter().map(|opinion| OpinionView { of: opinion.of.into(), stance: opinion.stance.into() });
        let fee = own.fee.map(|fee| FeeView { fen: fee.0, paid_at: own.paid.map(|at| at.to_string()) });
        Self {
            case,
            applicant: own.applicant.map(Into::into),
            delivery: own.delivery.map(Into::into),
            confirmed_at: own.confirmed.map(|at| at.to_string()),
            completion,
            awaited: own.awaited.iter().copied().map(Into::into).collect(),
            opinions: opinions.collect(),
            fee,
            conclusion: own.concluded.as_ref().map(|(_, conclusion)| conclusion.into()),
            archived: own.archived.as_ref().map(ToString::to_string),
        }
    }
}
