//! `POST /api/desk/cases/take`: several cases taken at once, or several receipts confirmed, each answered by itself.

use std::collections::BTreeSet;

use futures::{StreamExt, TryStreamExt, stream};
use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use crate::{
    api::{
        Envelope,
        cases::Case,
        problem::{Problem, Refusal},
        receipt::Receipt,
    },
    case_kind::CaseKind,
    page::Told,
    posted::Posted,
    stop::Answer,
    visit::Visit,
};

/// Cases at once at most: what a page of the list has.
const MOST: usize = 250;
/// Commands at once.
const CONCURRENT: usize = 8;

/// What is done to each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Take,
    Confirm,
}

impl Verb {
    /// As the API calls it.
    fn as_str(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Confirm => "confirm",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Take => "受理",
            Self::Confirm => "登记确认",
        }
    }

    /// What is said of each that it was done to.
    fn done(self) -> &'static str {
        match self {
            Self::Take => "已受理，由您承办",
            Self::Confirm => "已登记确认，开始计算答复期限",
        }
    }

    /// Why it is not even tried on a case of `kind` that `handler` answers for.
    ///
    /// Whoever confirms takes nothing from anybody: a receipt is confirmed whoever answers, and a resend of that is told what the first one was.
    fn unfit(self, kind: CaseKind, handler: Option<&str>, me: Option<&str>) -> Option<Problem> {
        match self {
            Self::Take => (handler.is_some() && handler != me).then(taken_before),
            Self::Confirm => (kind != CaseKind::Request).then(no_application),
        }
    }
}

#[derive(Debug, Serialize)]
struct Page {
    name: &'static str,
    done: &'static str,
    taken: usize,
    left: usize,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    address: String,
    number: String,
    problem: Option<Problem>,
}

/// Does it to them, and tells what became of each: the page can be loaded again, for the key makes it the same commands.
pub(crate) async fn take(posted: Posted) -> Answer {
    let visit = &posted.visit;
    let Envelope { key, .. } = posted.envelope()?;
    let mut seen = BTreeSet::new();
    let picked: Vec<String> =
        posted.fields.all("pick").filter(|stream| seen.insert(*stream)).map(str::to_owned).collect();
    if picked.is_empty() {
        let told = Told::new("没有选中办件", "请回到办件，勾选要办的，再按按钮。没有做任何改动。");
        return Ok(told.page(StatusCode::UNPROCESSABLE_ENTITY, |title| visit.around(title)));
    }
    if picked.len() > MOST {
        return Err(posted.incomplete());
    }
    let verb = if posted.fields.text("verb") == Verb::Confirm.as_str() { Verb::Confirm } else { Verb::Take };
    let me = visit.me();
    let taken = stream::iter(picked).map(|stream| one(visit, verb, stream, key, me.as_deref())).buffered(CONCURRENT);
    let rows: Vec<Row> = match taken.try_collect().await {
        Ok(rows) => rows,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let left = rows.iter().filter(|row| row.problem.is_some()).count();
    let page = Page { name: verb.name(), done: verb.done(), taken: rows.len() - left, left, rows };
    Ok(visit.page("taken.html", &format!("批量{}结果", page.name), &page))
}

/// One of them, by its stream. The list tells no versions, so it is read first; what somebody else took since the list was shown is not taken from him.
///
/// Refused as a whole is only who is not signed in any more.
async fn one(visit: &Visit, verb: Verb, stream: String, key: &str, me: Option<&str>) -> Result<Row, Refusal> {
    let (category, id) = stream.split_once(':').unwrap_or_default();
    let Some(kind) = CaseKind::of(category) else { return Ok(Row::unknown(stream)) };
    let at = kind.at(id);
    let mut row = Row { address: format!("/api/desk{at}"), number: id.to_owned(), problem: None };
    let taken = async {
        let case: Case = kind.api(visit).read(&at).await?;
        row.number = case.number;
        row.problem = verb.unfit(kind, case.handler.as_deref(), me);
        if row.problem.is_some() {
            return Ok(());
        }
        let envelope = Envelope { key, version: Some(case.version) };
        let receipt: Result<Receipt, Refusal> =
            kind.api(visit).send(Method::POST, &format!("{at}/{}", verb.as_str()), envelope, &json!({})).await;
        receipt.map(|_| ())
    };
    match taken.await {
        Ok(()) => {}
        Err(refusal) if refusal.ends_session() => return Err(refusal),
        Err(refusal) => row.problem = Some(refusal.problem),
    }
    Ok(row)
}

impl Row {
    /// What names no case: no list of ours offers it.
    fn unknown(stream: String) -> Self {
        let problem = Problem {
            code: "case-not-found".to_owned(),
            title: "没有此案件".to_owned(),
            detail: "请回到办件，重新选择。".to_owned(),
            ..Problem::default()
        };
        Self { address: "/api/desk/cases".to_owned(), number: stream, problem: Some(problem) }
    }
}

fn no_application() -> Problem {
    Problem {
        code: "no-application".to_owned(),
        title: "不是申请，不能登记确认".to_owned(),
        detail: "只有政府信息公开申请需要登记确认。要办这一件，请打开后办理。".to_owned(),
        ..Problem::default()
    }
}

fn taken_before() -> Problem {
    Problem {
        code: "taken-before".to_owned(),
        title: "已有承办人".to_owned(),
        detail: "您打开列表之后，这一件已由别人受理。要接过来，请打开这一件办理。".to_owned(),
        ..Problem::default()
    }
}
