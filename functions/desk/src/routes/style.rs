//! `GET /api/desk/style.<hash>.css`, and the static files of public pages that a preview needs.

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::header;

use crate::style::{BELOW, STYLE, address};

/// A static file, for ever: another one has another name. Whatever else is asked for here is nothing.
pub(crate) async fn read(request: Request) -> Response {
    let path = request.uri().path();
    let found = if path == address() {
        Some(("text/css; charset=utf-8", STYLE.as_bytes()))
    } else {
        let name = path.strip_prefix(BELOW).unwrap_or_default();
        let asset = pages::assets().iter().find(|asset| asset.name == name);
        asset.map(|asset| (asset.content_type, asset.bytes.as_ref()))
    };
    match found {
        Some((kind, bytes)) => {
            let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, pages::ASSET_CACHE_CONTROL)];
            (headers, bytes).into_response()
        }
        None => gateway::not_found(request.uri().clone()).await.into_response(),
    }
}
