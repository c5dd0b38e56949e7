//! `GET` and `POST /api/desk/share`: a public document of anybody's, listed in a column of one's own, or no more.
//!
//! Whoever publishes in a column need not be allowed to read the document's drafts, so he has no page of it: he names it by what its public page prints.

use axum::extract::RawQuery;
use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::json;

use super::{
    choices::{self, Choice},
    edit::form_again,
};
use crate::{
    api::{part, problem::Refusal, receipt::Receipt},
    content::document_in,
    fields::Fields,
    posted::Posted,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

#[derive(Debug, Serialize)]
struct Page {
    form: FormSeal,
    choice: Option<Choice>,
    /// The site whose columns are offered, where it had to be chosen first.
    site: String,
    document: String,
    column: String,
    reason: String,
    trouble: Option<Trouble>,
}

const TITLE: &str = "共享公开文件到栏目";

pub(crate) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let form = visit.form("/api/desk/share", None);
    let page = page(&visit, &asked, form, None).await;
    Ok(visit.page("share.html", TITLE, &page))
}

/// Lists the document, or takes it from the list.
pub(crate) async fn share(posted: Posted) -> Answer {
    let visit = &posted.visit;
    let envelope = posted.envelope()?;
    let fields = &posted.fields;
    let ends = fields.text("then") == "end";
    let column = fields.filled("column").unwrap_or_default();
    let Some(id) = document_in(fields.text("document")) else {
        let trouble = Trouble::at("document", "请填写文件编号：公开网页底部“本页显示 document:…”里的 26 位字符。");
        let page = page(visit, fields, visit.form(&visit.path, None), Some(trouble)).await;
        return Ok(visit.again(StatusCode::UNPROCESSABLE_ENTITY, "share.html", TITLE, &page));
    };
    let (act, body, done) = match ends {
        true => {
            let reason = fields.filled("reason").unwrap_or_default();
            ("end-sharing", json!({ "column": column, "reason": reason }), "已停止共享，栏目将在片刻后更新。")
        }
        false => ("share", json!({ "column": column }), "已共享，栏目将在片刻后更新。"),
    };
    let at = format!("/documents/{}/{act}", part(id));
    let sent: Result<Receipt, Refusal> = visit.api.send(Method::POST, &at, envelope, &body).await;
    match sent {
        Ok(_) => Ok(visit.done("/api/desk/share", done)),
        Err(refusal) if refusal.ends_session() => Ok(posted.held()),
        Err(refusal) => {
            let field = |pointer: &str| pointer.strip_prefix('/').map(str::to_owned);
            let trouble = Trouble::of(&refusal, |error| field(&error.pointer));
            let page = page(visit, fields, form_again(&posted, &refusal), Some(trouble)).await;
            Ok(visit.again(refusal.status, "share.html", TITLE, &page))
        }
    }
}

async fn page(visit: &Visit, fields: &Fields, form: FormSeal, trouble: Option<Trouble>) -> Page {
    let column = fields.text("column").trim().to_owned();
    let site = fields.filled("site").or(column.split('.').next().filter(|site| !site.is_empty()));
    let choice = choices::columns(visit, site).await.ok();
    let site = site.unwrap_or_default().to_owned();
    let (document, reason) = (fields.text("document").trim().to_owned(), fields.text("reason").trim().to_owned());
    Page { form, choice, site, document, column, reason, trouble }
}
