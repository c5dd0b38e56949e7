//! What every unsafe request carries in its headers.

use std::time::Instant;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::{ActorId, CommitId, StaffId, StreamId, staff::Staff};
use gateway::{Problem, RequestId, Sentence};
use jiff::Timestamp;
use serde_json::Value;
use utoipa::IntoParams;

use crate::{
    caller::{Sender, Subject, TokenAge},
    fingerprint::fingerprint,
    function::Function,
    order::Order,
    problems,
};

/// Headers of a command that creates something.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes headers to the OpenAPI document")]
pub struct CreationHeaders {
    /// 1–120 visible ASCII characters; a resend under the same key gets the first answer. A key counts for its sender, the operation and the thing it is about: for another thing it is another request.
    #[param(rename = "Idempotency-Key", example = "2b7e1516-28ae-d2a6", pattern = "^[!-~]{1,120}$")]
    idempotency_key: String,
    /// On a resend: instant of the first try, RFC 3339. A refusal within fifteen seconds of it says "try again".
    #[param(rename = "Idempotency-First-Sent", example = "2026-11-23T01:00:00Z", format = DateTime, required = false)]
    first_sent: String,
}

/// Headers of a command that changes something.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes headers to the OpenAPI document")]
pub struct ChangeHeaders {
    /// The version the caller saw, in double quotes, as its ETag has it.
    #[param(rename = "If-Match", example = "\"3\"", pattern = "^\"(0|[1-9][0-9]{0,17})\"$")]
    if_match: String,
    /// 1–120 visible ASCII characters; a resend under the same key gets the first answer. A key counts for its sender, the operation and the thing it is about: for another thing it is another request.
    #[param(rename = "Idempotency-Key", example = "2b7e1516-28ae-d2a6", pattern = "^[!-~]{1,120}$")]
    idempotency_key: String,
    /// On a resend: instant of the first try, RFC 3339. A refusal within fifteen seconds of it says "try again".
    #[param(rename = "Idempotency-First-Sent", example = "2026-11-23T01:00:00Z", format = DateTime, required = false)]
    first_sent: String,
}

/// What every unsafe request carries.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Whoever sends it.
    pub sender: Sender,
    /// Instant of the first try, if the sender says that this is a resend.
    pub first_sent: Option<Timestamp>,
    /// When it arrived.
    pub started: Instant,
    /// Correlation id, for the log.
    pub request: String,
    key: String,
    if_match: Option<u64>,
    flaw: Option<Problem>,
}

impl Envelope {
    /// What its sender is trusted with.
    #[must_use]
    pub fn staff(&self) -> &Staff {
        &self.sender.staff
    }

    /// Id of whoever sends it.
    #[must_use]
    pub fn staff_id(&self) -> StaffId {
        StaffId::of(&self.sender.actor)
    }

    /// Its idempotency key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The identity of this request's commit.
    #[must_use]
    pub fn commit_id(&self, action: &str, target: &str) -> CommitId {
        CommitId::derive(&self.sender.actor, action, target, 0, &self.key)
    }

    /// What the platform itself sends, under a key that names the occasion.
    #[must_use]
    pub fn of_platform(actor: ActorId, key: String) -> Self {
        let sender = Sender { actor, staff: Staff::default(), version: 0, token: TokenAge::Valid };
        let (started, request) = (Instant::now(), String::new());
        Self { sender, first_sent: None, started, request, key, if_match: None, flaw: None }
    }

    /// What the citizen sends who showed the query code of `case`, under the key of his form.
    #[must_use]
    pub fn of_citizen(case: &StreamId, key: String) -> Self {
        Self::of_platform(ActorId::citizen(case), key)
    }

    /// One item of a batch: a command that changes `stream`, whose version is pinned by whoever carries it out. No two items are about one stream, so
    /// their order does not matter.
    #[must_use]
    pub fn item(&self, action: &'static str, stream: StreamId, body: &Value) -> Order {
        Order {
            action,
            id: self.commit_id(action, stream.as_str()),
            stream,
            fingerprint: fingerprint(body),
            expected: None,
            holds: Vec::new(),
            flaw: self.flaw.clone(),
            envelope: self.clone(),
        }
    }

    /// A command that begins `stream`; its name is natural or derived from `id`.
    #[must_use]
    pub fn creation(self, action: &'static str, stream: StreamId, id: CommitId, body: &Value) -> Order {
        let flaw = self.flaw.clone();
        let holds = Vec::new();
        Order { action, stream, id, fingerprint: fingerprint(body), expected: None, holds, flaw, envelope: self }
    }

    /// A command that changes `stream`, which the caller saw at the version of `If-Match`.
    #[must_use]
    pub fn change(self, action: &'static str, stream: StreamId, body: &Value) -> Order {
        let id = self.commit_id(action, stream.as_str());
        self.changing(action, stream, id, body)
    }

    /// As [`change`](Self::change), for one of several things that a stream is about: under the same key, another of them is another request.
    #[must_use]
    pub fn change_part(self, action: &'static str, stream: StreamId, part: &str, body: &Value) -> Order {
        let id = self.commit_id(action, &format!("{stream}/{part}"));
        self.changing(action, stream, id, body)
    }

    fn changing(self, action: &'static str, stream: StreamId, id: CommitId, body: &Value) -> Order {
        let missing = || self.if_match.is_none().then(|| Problem::plain(&problems::IF_MATCH_MISSING));
        Order {
            action,
            id,
            stream,
            fingerprint: fingerprint(body),
            expected: self.if_match,
            holds: Vec::new(),
            flaw: self.flaw.clone().or_else(missing),
            envelope: self,
        }
    }
}

impl<S: Function> FromRequestParts<S> for Envelope {
    type Rejection = Problem;

    /// Refuses only what hides which request this is: every other flaw waits until a resend could be recognised.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let started = Instant::now();
        let headers = &parts.headers;
        // The store is asked last: what the request itself lacks costs nothing.
        let (subject, key) = (Subject::from_headers(state, headers)?, idempotency_key(headers)?);
        let mut flaw = None;
        let if_match = if_match(headers).unwrap_or_else(|problem| {
            flaw = Some(problem);
            None
        });
        let first_sent = first_sent(headers, state.clock().now()).unwrap_or_else(|problem| {
            flaw.get_or_insert(problem);
            None
        });
        Ok(Self {
            sender: subject.looked_up(state).await?,
            key,
            if_match,
            first_sent,
            flaw,
            started,
            request: parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.as_str().to_owned()),
        })
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<String, Problem> {
    let mut values = headers.get_all("idempotency-key").iter();
    let value = values.next().ok_or_else(|| Problem::plain(&problems::IDEMPOTENCY_KEY_MISSING))?;
    let key = value.to_str().unwrap_or_default();
    let fits = (1..=120).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    if fits && values.next().is_none() {
        Ok(key.to_owned())
    } else {
        Err(Problem::plain(&problems::IDEMPOTENCY_KEY_MALFORMED))
    }
}

/// One strong ETag. Versions start at 1; 0 is that of what a city has before anybody changed it.
fn if_match(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let version = value
        .to_str()
        .ok()
        .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"'))
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|digits| digits.parse().ok());
    match version {
        Some(version) => Ok(Some(version)),
        None => Err(Problem::plain(&problems::IF_MATCH_MALFORMED)),
    }
}

/// An instant in the past; a minute ahead is the caller's clock.
fn first_sent(headers: &HeaderMap, now: Timestamp) -> Result<Option<Timestamp>, Problem> {
    let Some(value) = headers.get("idempotency-first-sent") else {
        return Ok(None);
    };
    let instant = value.to_str().ok().and_then(|text| text.parse::<Timestamp>().ok());
    let instant = instant.ok_or_else(|| Problem::plain(&problems::FIRST_SENT_MALFORMED))?;
    let ahead = instant.as_second().saturating_sub(now.as_second());
    if ahead > 60 {
        let kind = &problems::FIRST_SENT_AHEAD;
        return Err(Problem::of(
            kind,
            Sentence::new(
                format!("所给时刻比本站时钟快 {ahead} 秒。{}", kind.remedy),
                format!("It lies {ahead} s ahead of the clock here. {}", kind.remedy_en),
            ),
        ));
    }
    Ok(Some(instant))
}
