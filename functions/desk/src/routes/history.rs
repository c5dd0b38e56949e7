//! `GET /api/desk/documents/{id}/history`: who did what, in parts.

use axum::extract::RawQuery;
use gateway::PathParam;
use serde::Serialize;

use crate::{
    api::{changes::History, part},
    fields::Fields,
    stop::Answer,
    visit::Visit,
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    history: History,
}

pub(crate) async fn read(visit: Visit, PathParam(id): PathParam, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let mut path = format!("/documents/{}/history", part(&id));
    if let Some(before) = asked.filled("before").and_then(|before| before.parse::<u64>().ok()) {
        path.push_str(&format!("?before={before}"));
    }
    let mut history: History = visit.api.read(&path).await.map_err(|refusal| visit.refused(&refusal))?;
    history.commits.reverse();
    let page = Page { path: format!("/api/desk/documents/{}", part(&id)), history };
    Ok(visit.page("history.html", "操作记录", &page))
}
