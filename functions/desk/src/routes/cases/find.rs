//! `GET /api/desk/cases/find`: to a case by its number, open or closed.

use axum::extract::RawQuery;
use http::StatusCode;

use crate::{
    api::{cases::Cases, part},
    case_kind::CaseKind,
    fields::Fields,
    page::{Told, see_other},
    stop::Answer,
    visit::Visit,
};

pub(crate) async fn find(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let typed = asked.text("number").trim();
    for kind in CaseKind::ALL.into_iter().filter(|_| !typed.is_empty()) {
        let path = format!("/{}s?number={}", kind.category(), part(typed));
        let found: Cases = match kind.api(&visit).read(&path).await {
            Ok(found) => found,
            // No number, however it is read: told below, beside what was typed.
            Err(refusal) if refusal.status == StatusCode::BAD_REQUEST => break,
            Err(refusal) => return Err(visit.refused(&refusal)),
        };
        let id = found.entries.first().and_then(|entry| entry.stream.split_once(':'));
        if let Some((_, id)) = id {
            return Ok(see_other(&format!("/api/desk{}", kind.at(id))));
        }
    }
    let told = Told {
        typed: if typed.is_empty() { Vec::new() } else { vec![("您填写的".to_owned(), typed.to_owned())] },
        ..Told::new(
            "没有找到这个受理编号",
            "请核对编号，例如 ZC-20261130-482137；连字符可以不填。办结的也能找到，您没有权限的部门的办件除外。",
        )
    };
    Ok(told.page(StatusCode::UNPROCESSABLE_ENTITY, |title| visit.around(title)))
}
