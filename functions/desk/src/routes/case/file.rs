//! `POST …/{id}/files/{file}`: a file that came with a case, to be saved; that it was read, and why, is recorded first.

use axum::response::{IntoResponse, Response};
use gateway::PathParams;
use http::{HeaderMap, HeaderValue, header};
use serde_json::json;

use crate::{
    api::{Handed, part, problem::Refusal},
    case_kind::CaseKind,
    posted::Posted,
    stop::Answer,
};

/// What the API says of a file and the desk says again.
const SAID_AGAIN: [header::HeaderName; 2] = [header::CONTENT_TYPE, header::CONTENT_DISPOSITION];

pub(super) async fn hand_out(kind: CaseKind, PathParams(id, file): PathParams, posted: Posted) -> Answer {
    let why = posted.fields.text("why");
    let path = format!("{}/files/{}", kind.at(&id), part(&file));
    let handed: Result<Handed, Refusal> = kind.api(&posted.visit).open_file(&path, &json!({ "reason": why })).await;
    match handed {
        Ok(handed) => Ok(saved(handed)),
        Err(refusal) => Ok(posted.refused(&refusal)),
    }
}

/// Whatever it is, it is saved and does nothing by itself.
fn saved(handed: Handed) -> Response {
    let said = SAID_AGAIN.into_iter().filter_map(|name| Some((name.clone(), handed.headers.get(name)?.clone())));
    let mut headers: HeaderMap = said.collect();
    headers.entry(header::CONTENT_DISPOSITION).or_insert(HeaderValue::from_static("attachment"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (headers, handed.bytes).into_response()
}
