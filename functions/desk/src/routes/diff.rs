//! `GET /api/desk/documents/{id}/diff`: what differs between two texts.

use axum::extract::RawQuery;
use gateway::PathParam;
use serde::Serialize;

use crate::{
    api::{changes::Difference, part},
    fields::Fields,
    stop::Answer,
    visit::Visit,
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    difference: Difference,
}

pub(crate) async fn read(visit: Visit, PathParam(id): PathParam, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let mut path = format!("/documents/{}/diff", part(&id));
    for name in ["from", "to"] {
        if let Some(revision) = asked.filled(name) {
            let sign = if path.contains('?') { '&' } else { '?' };
            path.push_str(&format!("{sign}{name}={}", part(revision)));
        }
    }
    let difference: Difference = visit.api.read(&path).await.map_err(|refusal| visit.refused(&refusal))?;
    let page = Page { path: format!("/api/desk/documents/{}", part(&id)), difference };
    Ok(visit.page("diff.html", "对比", &page))
}
