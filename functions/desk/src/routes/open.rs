//! `GET /api/desk/open`: to a document by its id, or by any address that holds it.

use axum::{extract::RawQuery, response::Response};
use http::StatusCode;

use crate::{
    content::document_in,
    fields::Fields,
    page::{Told, see_other},
    visit::Visit,
};

pub(crate) async fn open(visit: Visit, RawQuery(query): RawQuery) -> Response {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let typed = asked.text("which");
    match document_in(typed) {
        Some(id) => see_other(&format!("/api/desk/documents/{id}")),
        None => {
            let told = Told {
                typed: if typed.is_empty() { Vec::new() } else { vec![("您填写的".to_owned(), typed.to_owned())] },
                ..Told::new(
                    "认不出这个文件",
                    "请填写 26 位文件编号，或文件在工作台的网址。公开网页的网址不含编号，但网页底部“本页显示 document:…”里有，整段粘贴即可。",
                )
            };
            told.page(StatusCode::UNPROCESSABLE_ENTITY, |title| visit.around(title))
        }
    }
}
