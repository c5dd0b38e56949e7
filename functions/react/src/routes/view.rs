//! A message as the API tells it, and the message that a path names.

use access::{Action, Resource};
use command::{Function, may};
use domain::{MessageId, staff::Staff};
use gateway::Problem;
use outbox::{Row, Standing};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{answering, problems::MESSAGE_NOT_FOUND, refusal::Refusal, state::ReactState};

/// A message about a case. Ids only.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageView {
    /// Its id.
    #[schema(example = "b2l5s7k3qj4yx6tmr2v7hcnz5e")]
    id: String,
    /// The case.
    #[schema(example = "correction:gq4tmnzzgqztsmzrgq2dqmjsge")]
    stream: String,
    /// Number of the commit that carries the event.
    commit: u64,
    /// Place of the event there, from 0.
    event: u32,
    /// When the event became a fact.
    #[schema(format = "date-time")]
    at: String,
    /// Which rule asks for it: what is told.
    #[schema(example = "answered")]
    rule: &'static str,
    /// The same in Chinese.
    #[schema(example = "答复通知")]
    title: &'static str,
    /// Who is told: `citizen`, `handler:<staff id>`, `supervisors:<department>`, `department:<department>`.
    #[schema(example = "citizen")]
    recipient: String,
    /// By which way: `email-else-text` or `email`.
    #[schema(example = "email-else-text")]
    channel: &'static str,
    /// The department that answered for the case then. Whose affair the message is now, the case says.
    department: String,
    /// `waiting`, `given-up`, `dead`, `sent`, `no-address` or `overtaken`.
    #[schema(example = "dead")]
    standing: &'static str,
    /// Since when; of one that waits, when it is due.
    #[schema(format = "date-time")]
    since: String,
    /// What carried it: `email` or `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'static str>,
    /// Attempts so far, since it was last sent again.
    attempts: u32,
    /// How often it was sent again.
    round: u32,
    /// Code of the last failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl MessageView {
    pub(super) fn of(row: &Row) -> Self {
        let Row { message, standing, attempts, round, reason, .. } = row;
        Self {
            id: message.id.to_string(),
            stream: message.stream.to_string(),
            commit: message.number,
            event: message.index,
            at: message.at.to_string(),
            rule: message.notice.as_str(),
            title: message.notice.chinese(),
            recipient: message.recipient.to_string(),
            channel: message.channel.as_str(),
            department: message.department.to_string(),
            standing: standing.as_str(),
            since: standing.at().to_string(),
            by: match standing {
                Standing::Sent { by, .. } => Some(by.as_str()),
                _ => None,
            },
            attempts: *attempts,
            round: *round,
            reason: reason.clone(),
        }
    }
}

/// The id that a path names.
pub(super) fn id(text: &str) -> Result<MessageId, Problem> {
    text.parse().map_err(|_| Problem::plain(&MESSAGE_NOT_FOUND))
}

/// The message of this id, for somebody of the department that answers for its case now.
pub(super) async fn found(state: &ReactState, staff: &Staff, id: &MessageId) -> Result<Row, Refusal> {
    let row = state.outbox().row(id).await?.ok_or_else(|| Problem::plain(&MESSAGE_NOT_FOUND))?;
    let department = answering::of(state.ledger(), &row.message).await?;
    may(state, staff, Action::WorkMessages, &Resource::of(&department))?;
    Ok(row)
}
