//! `GET` and `POST /api/desk/documents/{id}/act/{verb}`: one act, with its rule and all that bears on it, before it is done.

mod findings;

use axum::extract::RawQuery;
use futures::join;
use gateway::PathParams;
use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    choices::{self, Choice},
    edit::form_again,
};
use crate::{
    acts::{Act, ActField, act, lawful},
    api::{changes::Difference, checks::Checks, document::Document, part, problem::Refusal, receipt::Receipt},
    fields::Fields,
    page::Told,
    posted::Posted,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

use findings::{Found, found};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    document: Document,
    verb: &'static str,
    name: &'static str,
    rule: &'static str,
    effect: &'static str,
    is_grave: bool,
    form: FormSeal,
    /// The revision that is decided on.
    revision: Option<String>,
    fields: Vec<Field>,
    /// What somebody can answer for.
    found: Vec<Found>,
    override_reason: String,
    difference: Option<Difference>,
    choice: Option<Choice>,
    trouble: Option<Trouble>,
}

/// A field of the act.
#[derive(Debug, Serialize)]
struct Field {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
}

pub(crate) async fn show(visit: Visit, PathParams(id, verb): PathParams, RawQuery(query): RawQuery) -> Answer {
    let Some(act) = act(&verb) else { return Ok(unknown(&visit)) };
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let at = format!("/documents/{}", part(&id));
    let document: Document = visit.api.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let is_lawful = act.is_of_a_part() || lawful(&document).iter().any(|lawful| lawful.verb == act.verb);
    let revision = revision(act, &document, asked.filled("revision"));
    if !is_lawful || (act.names_revision && revision.is_none()) {
        let told = Told::new("现在不能这样办", "文件的状态已经不同，这一步不适用了。请回到待办，重新打开这个文件。");
        return Ok(told.page(StatusCode::CONFLICT, |title| visit.around(title)));
    }
    let form = visit.form(&format!("/api/desk{at}/act/{}", act.verb), Some(document.version)).seen(&document);
    let values = |field: ActField| match (field, asked.get(field.name())) {
        (_, Some(given)) => given.to_owned(),
        (field, None) => field.at_first(&document),
    };
    let fields = fields(act, &document, values);
    let site = asked.filled("site").or(document.column.split('.').next()).map(str::to_owned);
    let (difference, checks, choice) = around(&visit, act, &document, revision.as_deref(), site.as_deref()).await;
    let page = Page {
        found: found(checks.as_ref(), None, &Fields::default()),
        override_reason: String::new(),
        difference,
        choice,
        trouble: None,
        ..bare(act, &at, document, form, revision, fields)
    };
    Ok(visit.page("act.html", &title(&page), &page))
}

/// Does it, and shows the document.
pub(crate) async fn carry_out(PathParams(id, verb): PathParams, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let Some(act) = act(&verb) else { return Ok(unknown(visit)) };
    let envelope = posted.envelope()?;
    let at = format!("/documents/{}", part(&id));
    let document: Document = match visit.api.read(&at).await {
        Ok(document) => document,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let lacking = act.fields.iter().find(|field| {
        let given = posted.fields.get(field.name());
        field.is_required() && given.is_some_and(|given| given.trim().is_empty())
    });
    let refusal = match lacking {
        Some(_) => None,
        None => {
            let body = body(act, &posted.fields);
            let sent: Result<Receipt, Refusal> =
                visit.api.send(Method::POST, &format!("{at}/{}", act.verb), envelope, &body).await;
            match sent {
                Ok(receipt) => return Ok(visit.done(&format!("/api/desk{at}"), &said(act, &receipt))),
                Err(refusal) if refusal.ends_session() => return Ok(posted.held()),
                Err(refusal) => Some(refusal),
            }
        }
    };
    let revision = posted.fields.filled("revision").map(str::to_owned);
    let column = posted.fields.filled("column").unwrap_or(&document.column);
    let site = column.split('.').next().map(str::to_owned);
    let (difference, checks, choice) = around(visit, act, &document, revision.as_deref(), site.as_deref()).await;
    let found = found(checks.as_ref(), refusal.as_ref(), &posted.fields);
    let (status, trouble, form) = match (&refusal, lacking) {
        (Some(refusal), _) => {
            let trouble = Trouble::of(refusal, |error| findings::field(act, &found, error));
            (refusal.status, trouble, form_again(&posted, refusal))
        }
        (None, lacking) => {
            let field = lacking.copied().unwrap_or(ActField::Reason);
            let trouble = Trouble::at(field.name(), &format!("请填写“{}”。", field.label()));
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                trouble,
                visit.form(&visit.path, posted.version()).seen_before(posted.fields.filled("seen")),
            )
        }
    };
    let fields = fields(act, &document, |field| posted.fields.text(field.name()).to_owned());
    let page = Page {
        found,
        override_reason: posted.fields.text("override_reason").to_owned(),
        difference,
        choice,
        trouble: Some(trouble),
        ..bare(act, &at, document, form, revision, fields)
    };
    Ok(visit.again(status, "act.html", &title(&page), &page))
}

/// The page without what is read besides.
fn bare(act: &Act, at: &str, document: Document, form: FormSeal, revision: Option<String>, fields: Vec<Field>) -> Page {
    Page {
        path: format!("/api/desk{at}"),
        document,
        verb: act.verb,
        name: act.name,
        rule: act.rule,
        effect: act.effect,
        is_grave: act.is_grave,
        form,
        revision,
        fields,
        found: Vec::new(),
        override_reason: String::new(),
        difference: None,
        choice: None,
        trouble: None,
    }
}

fn title(page: &Page) -> String {
    format!("{}：{}", page.name, page.document.title())
}

/// What is shown beside the form; none of it keeps the act from being done.
async fn around(
    visit: &Visit,
    act: &Act,
    document: &Document,
    revision: Option<&str>,
    site: Option<&str>,
) -> (Option<Difference>, Option<Checks>, Option<Choice>) {
    let at = format!("/documents/{}", part(&document.id));
    let (differs, checks) = (format!("{at}/diff"), format!("{at}/checks"));
    let draft = document.draft.as_ref().map(|draft| &draft.revision);
    let standing = draft.or(document.live.as_ref().map(|live| &live.revision));
    let differs = match (revision.filter(|_| act.verb == "restore"), standing) {
        (Some(to), Some(from)) => format!("{differs}?from={}&to={}", part(from), part(to)),
        (Some(to), None) => format!("{differs}?to={}", part(to)),
        (None, _) => differs,
    };
    join!(
        async {
            if act.shows_difference || act.verb == "restore" { visit.api.read(&differs).await.ok() } else { None }
        },
        async { if act.is_checked { visit.api.read(&checks).await.ok() } else { None } },
        async { if act.asks_for_column() { choices::columns(visit, site).await.ok() } else { None } },
    )
}

/// The revision that an act is about.
fn revision(act: &Act, document: &Document, asked: Option<&str>) -> Option<String> {
    if !act.names_revision {
        return None;
    }
    match act.verb {
        "restore" => asked.map(str::to_owned),
        "review-after" => document.live.as_ref().map(|live| live.revision.clone()),
        _ => document.draft.as_ref().map(|draft| draft.revision.clone()),
    }
}

fn fields(act: &Act, document: &Document, value: impl Fn(ActField) -> String) -> Vec<Field> {
    let concerning = act.fields.iter().filter(|field| field.concerns(act.verb, document));
    concerning
        .map(|field| Field { name: field.name(), label: field.label(), hint: field.hint(), value: value(*field) })
        .collect()
}

/// The request that the form says: it follows from the form alone, so that the same form is the same command whatever has become of the document meanwhile.
fn body(act: &Act, filled: &Fields) -> Value {
    let mut body = Map::new();
    if act.names_revision {
        body.insert("revision".to_owned(), json!(filled.text("revision")));
    }
    for field in act.fields.iter().filter(|field| filled.get(field.name()).is_some()) {
        field.put(filled, &mut body);
    }
    let answered: Vec<&str> = filled.all("finding").collect();
    if act.is_checked && !answered.is_empty() {
        let reason = filled.text("override_reason").split_whitespace().collect::<Vec<_>>().join(" ");
        body.insert("override".to_owned(), json!({"findings": answered, "reason": reason}));
    }
    Value::Object(body)
}

fn said(act: &Act, receipt: &Receipt) -> String {
    match &receipt.index_number {
        Some(number) if act.verb != "withdraw" => format!("{}索引号 {number}。", act.done),
        _ => act.done.to_owned(),
    }
}

fn unknown(visit: &Visit) -> axum::response::Response {
    Told::new("没有这个操作", "网址可能写错了。请从文件页面选择要办理的操作。")
        .page(StatusCode::NOT_FOUND, |title| visit.around(title))
}
