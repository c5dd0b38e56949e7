//! `POST /api/desk/decisions`: one decision on many documents, each answered by itself.

use http::Method;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    api::{problem::Problem, receipt::Outcomes},
    page::Told,
    posted::Posted,
    stop::Answer,
    words,
};

#[derive(Debug, Serialize)]
struct Page {
    decision: String,
    accepted: usize,
    refused: usize,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    document: String,
    title: String,
    problem: Option<Problem>,
}

/// Decides, and tells what became of each: the page can be loaded again, for the key makes it the same decisions.
pub(crate) async fn decide(posted: Posted) -> Answer {
    let (visit, fields) = (&posted.visit, &posted.fields);
    let envelope = posted.envelope()?;
    let decision = fields.text("decision");
    let Some(word) = words::of("decision", decision) else { return Err(posted.incomplete()) };
    let picked: Vec<&str> = fields.all("pick").collect();
    if picked.is_empty() {
        let told = Told::new("没有选中文件", "请回到待办，勾选要办理的文件，再按按钮。没有做任何改动。");
        return Ok(told.page(http::StatusCode::UNPROCESSABLE_ENTITY, |title| visit.around(title)));
    }
    let decisions: Vec<Value> = picked
        .iter()
        .map(|document| {
            let revision = fields.text(&format!("revision-{document}"));
            json!({"document": document, "decision": decision, "revision": revision})
        })
        .collect();
    let sent: Result<Outcomes, _> =
        visit.api.send(Method::POST, "/decisions", envelope, &json!({"decisions": decisions})).await;
    let outcomes = match sent {
        Ok(outcomes) => outcomes,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let rows = outcomes.outcomes.into_iter().map(|outcome| Row {
        title: fields.filled(&format!("title-{}", outcome.document)).unwrap_or(&outcome.document).to_owned(),
        document: outcome.document,
        problem: outcome.problem,
    });
    let page = Page {
        decision: word.to_owned(),
        accepted: outcomes.accepted,
        refused: outcomes.refused,
        rows: rows.collect(),
    };
    Ok(visit.page("outcomes.html", "批量办理结果", &page))
}
