//! `POST /api/desk/cases/take`: several cases taken at once, each answered by itself.

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

#[derive(Debug, Serialize)]
struct Page {
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

/// Takes them, and tells what became of each: the page can be loaded again, for the key makes it the same commands.
pub(crate) async fn take(posted: Posted) -> Answer {
    let visit = &posted.visit;
    let Envelope { key, .. } = posted.envelope()?;
    let mut seen = BTreeSet::new();
    let picked: Vec<String> =
        posted.fields.all("pick").filter(|stream| seen.insert(*stream)).map(str::to_owned).collect();
    if picked.is_empty() {
        let told = Told::new("没有选中办件", "请回到办件，勾选要受理的，再按按钮。没有做任何改动。");
        return Ok(told.page(StatusCode::UNPROCESSABLE_ENTITY, |title| visit.around(title)));
    }
    if picked.len() > MOST {
        return Err(posted.incomplete());
    }
    let me = visit.me();
    let taken = stream::iter(picked).map(|stream| one(visit, stream, key, me.as_deref())).buffered(CONCURRENT);
    let rows: Vec<Row> = match taken.try_collect().await {
        Ok(rows) => rows,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let left = rows.iter().filter(|row| row.problem.is_some()).count();
    Ok(visit.page("taken.html", "批量受理结果", &Page { taken: rows.len() - left, left, rows }))
}

/// One of them, by its stream. The list tells no versions, so it is read first; what somebody else took since the list was shown is not taken from him.
///
/// Refused as a whole is only who is not signed in any more.
async fn one(visit: &Visit, stream: String, key: &str, me: Option<&str>) -> Result<Row, Refusal> {
    let (category, id) = stream.split_once(':').unwrap_or_default();
    let Some(kind) = CaseKind::of(category) else { return Ok(Row::unknown(stream)) };
    let at = kind.at(id);
    let mut row = Row { address: format!("/api/desk{at}"), number: id.to_owned(), problem: None };
    let taken = async {
        let case: Case = kind.api(visit).read(&at).await?;
        row.number = case.number;
        if case.handler.is_some() && case.handler.as_deref() != me {
            row.problem = Some(taken_before());
            return Ok(());
        }
        let envelope = Envelope { key, version: Some(case.version) };
        let receipt: Result<Receipt, Refusal> =
            kind.api(visit).send(Method::POST, &format!("{at}/take"), envelope, &json!({})).await;
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

fn taken_before() -> Problem {
    Problem {
        code: "taken-before".to_owned(),
        title: "已有承办人".to_owned(),
        detail: "您打开列表之后，这一件已由别人受理。要接过来，请打开这一件办理。".to_owned(),
        ..Problem::default()
    }
}
