//! `GET` and `POST /api/desk/documents/new`: a column, and the first draft.

use axum::extract::RawQuery;
use http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::{
    choices,
    edit::{Options, Page, Place, again, form_again, saved},
};
use crate::{
    api::{part, problem::Refusal, receipt::Receipt},
    content::ContentForm,
    fields::Fields,
    posted::Posted,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

const PATH: &str = "/api/desk/documents/new";

pub(crate) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let place = place(&visit, asked.filled("site"), asked.text("column"), "").await;
    let place = place.map_err(|refusal| visit.refused(&refusal))?;
    let page = page(visit.form(PATH, None), place, ContentForm::empty(), None);
    Ok(visit.page("edit.html", &page.title, &page))
}

/// Writes the first draft.
pub(crate) async fn draft(posted: Posted) -> Answer {
    let (visit, fields) = (&posted.visit, &posted.fields);
    let envelope = posted.envelope()?;
    let content = ContentForm::filled(fields, None);
    let sent = content.sent(None);
    let mut body = Map::new();
    body.insert("column".to_owned(), json!(fields.text("column")));
    if let Some(department) = fields.filled("department") {
        body.insert("department".to_owned(), json!(department));
    }
    body.insert("content".to_owned(), sent.content.clone());
    let (status, form, trouble) = if fields.filled("column").is_none() {
        let form = visit.form(PATH, None);
        (StatusCode::UNPROCESSABLE_ENTITY, form, Trouble::at("column", "请选择栏目。"))
    } else {
        let receipt: Result<Receipt, Refusal> =
            visit.api.send(Method::POST, "/documents", envelope, &Value::Object(body)).await;
        match receipt {
            Ok(receipt) => {
                let then = if fields.text("then") == "preview" { "/preview" } else { "" };
                return Ok(visit.done(&format!("/api/desk/documents/{}{then}", part(&receipt.id)), &saved(&receipt)));
            }
            Err(refusal) if refusal.ends_session() => return Ok(posted.held()),
            Err(refusal) => {
                let trouble = Trouble::of(&refusal, |error| sent.field(&error.pointer));
                (refusal.status, form_again(&posted, &refusal), trouble)
            }
        }
    };
    let site = fields.text("column").split('.').next().filter(|site| !site.is_empty()).or(fields.filled("site"));
    let place = place(visit, site, fields.text("column"), fields.text("department")).await.unwrap_or_else(|_| Place {
        // The register cannot be read now: what was chosen stays.
        choice: choices::Choice {
            sites: Vec::new(),
            groups: vec![choices::Group {
                name: "已选栏目".to_owned(),
                columns: vec![(fields.text("column").to_owned(), fields.text("column").to_owned())],
            }],
        },
        site: site.unwrap_or_default().to_owned(),
        departments: Vec::new(),
        column: fields.text("column").to_owned(),
        department: fields.text("department").to_owned(),
    });
    let page = page(form, place, content, Some(trouble));
    Ok(again(visit, status, &page))
}

async fn place(visit: &Visit, site: Option<&str>, column: &str, department: &str) -> Result<Place, Refusal> {
    let choice = choices::columns(visit, site).await?;
    Ok(Place {
        choice,
        site: site.unwrap_or_default().to_owned(),
        departments: choices::departments(visit).await.into_iter().collect(),
        column: column.to_owned(),
        department: department.to_owned(),
    })
}

fn page(form: FormSeal, place: Place, content: ContentForm, trouble: Option<Trouble>) -> Page {
    Page {
        path: None,
        title: "新建文件".to_owned(),
        notes: Vec::new(),
        form,
        content,
        trouble,
        options: Options::all(),
        place: Some(place),
    }
}
