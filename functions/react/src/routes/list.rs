//! `GET /messages`: which went out, which wait, which could not be delivered.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, Function, holds_somewhere, listed, openapi::QueryProblems};
use domain::staff::Role;
use gateway::QueryParams;
use outbox::{Listed, Row};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::MessageView;
use crate::{answering, refusal::Refusal, state::ReactState};

/// Messages that a page looks at, at most.
const MOST: usize = 200;
/// Messages that a page looks at, if nobody says how many.
const USUAL: usize = 50;

/// How messages stand that are listed.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Wanted {
    /// 未送达: the oldest first.
    #[default]
    Dead,
    /// 待发送: what is due first stands first.
    Pending,
    /// 已发送 in the last month: the newest first.
    Sent,
    /// 已过时: not so any more when it was to be told; the newest first.
    Overtaken,
}

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// How they stand; what is dead if absent.
    #[serde(default)]
    #[param(inline, required = false)]
    state: Wanted,
    /// The `next` of the page before.
    #[serde(default)]
    #[param(min_length = 1)]
    after: Option<String>,
    /// Messages that a page looks at, 1–200; 50 if absent.
    #[serde(default)]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// A page of messages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageList {
    /// Those that the caller may see among what the page looked at.
    messages: Vec<MessageView>,
    /// What `after` of the next page names; absent on the last one. A page may be empty and not the last: what it looked at is other departments'.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Lists messages about cases that the caller's departments answer for now (supervisor, administrator).
#[utoipa::path(get, operation_id = "list_messages", path = "/messages", tag = "messages", params(Query),
    responses((status = 200, description = "The messages.", body = MessageList), QueryProblems))]
pub(crate) async fn list(
    State(state): State<ReactState>,
    caller: Caller,
    QueryParams(query): QueryParams<Query>,
) -> Result<Response, Refusal> {
    holds_somewhere(&caller.staff, &[Role::Supervisor, Role::Administrator])?;
    let limit = query.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(command::problems::malformed("limit 应为 1–200。", "limit is 1–200.").into());
    }
    let wanted = match query.state {
        Wanted::Dead => Listed::Dead,
        Wanted::Pending => Listed::Pending,
        Wanted::Sent => Listed::Sent,
        Wanted::Overtaken => Listed::Overtaken,
    };
    let after = query.after.as_deref();
    if after.is_some_and(str::is_empty) {
        return Err(
            command::problems::malformed("after 应为上一页的 next。", "after is the next of the page before.").into()
        );
    }
    let now = state.clock().now();
    let (rows, next) = state.outbox().list(wanted, after, limit, now).await?;
    let answering = answering::of_all(state.ledger(), &rows).await?;
    let may_see = |row: &&Row| {
        let resource = answering.get(&row.message.stream).map(Resource::of);
        resource
            .is_some_and(|resource| state.gate().allowed(&caller.staff, Action::WorkMessages, &resource).is_allowed())
    };
    let messages = rows.iter().filter(may_see).map(MessageView::of).collect();
    Ok(listed(MessageList { messages, next }))
}
