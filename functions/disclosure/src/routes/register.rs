//! `POST /requests`.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use casework::{Casework, Told};
use command::{CreationHeaders, Envelope, Function, answered, openapi::CreationProblems, settled};
use domain::{
    case::{CaseFile, CaseRefusal},
    request::Request,
};
use gateway::Body;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, registration::Registration, shapes::PaperChannel};

/// What an accepted command of this function is answered with.
type CommandReceipt = command::CommandReceipt<Told>;

/// An application that came on paper or in person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterRequest {
    /// Label of the site whose department answers, and at which the applicant looks it up.
    #[schema(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    pub(crate) site: String,
    /// How it came.
    pub(crate) channel: PaperChannel,
    /// The day on which it counts as received (art. 31): handed in (`in-person`) or signed for (`post`), which has to be told; confirmed with the applicant (`ordinary-mail`, `fax`), absent until it is. Not after today, and not more than six months ago. The terms count from that day.
    #[serde(default)]
    #[schema(format = "date", example = "2026-11-27")]
    pub(crate) received_on: Option<String>,
    /// Version of the form that was filled in; the newest is told by `GET /form`.
    #[schema(minimum = 1, example = 2)]
    pub(crate) form_version: u32,
    /// What was answered, by question. They are held to the rules of the form, and kept under the case's key as what applicants send by themselves is.
    #[schema(example = json!({
        "applicant": "citizen", "name": "王小明", "document": "identity-card", "card-number": "11010519491231002X",
        "description": "澄湖市2025年老旧小区改造项目清单", "medium": "paper", "way": "post", "phone": "13800138000",
        "address-for-delivery": "澄湖市人民路1号，100000",
    }))]
    pub(crate) answers: BTreeMap<String, String>,
}

/// An application that was registered: what its applicant is handed.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegisteredRequest {
    #[serde(flatten)]
    receipt: CommandReceipt,
    /// Its number (受理编号).
    #[schema(example = "YG-20261130-482135")]
    number: String,
    /// Its query code: told here and nowhere else. Who knows both looks the application up.
    #[schema(example = "7QKD-02ZM-9XTB-5RHA")]
    code: String,
}

/// Registers an application that came on paper or in person (handler, supervisor of the department; art. 29, 31).
///
/// Where the day of the receipt is told the reply's term begins with it, maybe in the past; else once the receipt is confirmed. Sent again under the same key it is registered once, and number and code are told again.
#[utoipa::path(post, operation_id = "register_request", path = "/", tag = "requests", params(CreationHeaders), request_body = RegisterRequest,
    responses((status = 201, description = "The application is registered; a resend gets this answer again.", body = RegisteredRequest,
        headers(("ETag" = String), ("Taihu-Commit" = String), ("Location" = String))), CreationProblems))]
pub(crate) async fn register(
    State(state): State<DisclosureState>,
    envelope: Envelope,
    body: Body<RegisterRequest>,
) -> Result<Response, Refusal> {
    let registration = Registration::of(&state, envelope, &body).await?;
    let accepted = settled(&state, &registration.order, registration.carried_out(&state)).await?;
    let stream = &accepted.receipt.stream;
    let (case, _, _) = state.ledger().read::<CaseFile<Request>>(stream).await?;
    let opening = case.opened.ok_or(CaseRefusal::NotOpened)?.opening;
    let code = state.vault().query_code(stream, opening.code_key).await?.expose().clone();
    let number = opening.number.to_string();
    Ok(answered(&state, &accepted, |receipt| RegisteredRequest { receipt, number, code }))
}
