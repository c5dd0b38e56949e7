//! `GET` and `POST /api/desk/messages`: messages about cases that could not be delivered, and one of them sent again.

use axum::extract::RawQuery;
use futures::{StreamExt, stream};
use http::Method;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::{
        cases::Case,
        messages::{Message, Messages},
        part,
        problem::Refusal,
    },
    case_kind::CaseKind,
    fields::Fields,
    posted::Posted,
    stop::Answer,
    visit::{FormSeal, Visit},
    words,
};

const PATH: &str = "/api/desk/messages";
/// Messages that a page looks at: the case of each is read for its number.
const ROWS: usize = 20;
/// Cases that are read at once.
const CONCURRENT: usize = 8;

#[derive(Debug, Serialize)]
struct Page {
    form: FormSeal,
    rows: Vec<Row>,
    /// Where the next part begins.
    next: Option<String>,
    /// Whether this is not the first part.
    is_later: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    message: Message,
    /// Where its case is worked on, and what that is called.
    case: Option<(String, String)>,
    /// What kind of case it is.
    kind: String,
    recipient: String,
    /// Why it was given up, in words.
    reason: String,
}

pub(crate) async fn read(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let after = asked.filled("after");
    let mut path = format!("/messages?state=dead&limit={ROWS}");
    if let Some(after) = after {
        path.push_str(&format!("&after={}", part(after)));
    }
    let Messages { messages, next } = visit.messages.read(&path).await.map_err(|refusal| visit.refused(&refusal))?;
    let rows = stream::iter(messages).map(|message| Row::of(&visit, message)).buffered(CONCURRENT);
    let page = Page {
        form: visit.form(PATH, None),
        rows: rows.collect().await,
        next: next.map(|next| format!("{PATH}?after={}", part(&next))),
        is_later: after.is_some(),
    };
    Ok(visit.page("messages.html", "未送达的通知", &page))
}

/// Has one of them sent again.
pub(crate) async fn send_again(posted: Posted) -> Answer {
    let visit = &posted.visit;
    let envelope = posted.envelope()?;
    let Some(id) = posted.fields.filled("message") else { return Err(posted.incomplete()) };
    let at = format!("/messages/{}/retry", part(id));
    let sent: Result<Message, Refusal> = visit.messages.send(Method::POST, &at, envelope, &json!({})).await;
    match sent {
        Ok(message) => {
            let said = format!("已安排重发{}，稍后可以在这里看到是否仍未送达。", message.title);
            Ok(visit.done(PATH, &said))
        }
        Err(refusal) => Ok(posted.refused(&refusal)),
    }
}

impl Row {
    async fn of(visit: &Visit, message: Message) -> Self {
        let (category, id) = message.stream.split_once(':').unwrap_or_default();
        let case = match CaseKind::of(category) {
            Some(kind) => {
                let at = kind.at(id);
                // Who may work on messages need not be allowed to see the case.
                let read: Result<Case, Refusal> = kind.api(visit).read(&at).await;
                read.ok().map(|case| (format!("/api/desk{at}"), case.number))
            }
            None => None,
        };
        let role = message.recipient.split(':').next().unwrap_or_default();
        let code = message.reason.as_deref().unwrap_or("attempts");
        Self {
            case,
            kind: words::of("case", category).unwrap_or(category).to_owned(),
            recipient: words::of("recipient", role).unwrap_or(role).to_owned(),
            reason: words::of("failure", code).map_or_else(|| format!("发送服务没有接收（{code}）"), str::to_owned),
            message,
        }
    }
}
