//! `GET` and `POST /api/desk/corrections/{id}/act/{verb}`: one act on an error report, with its rule and what follows, before it is done.

use axum::extract::RawQuery;
use gateway::PathParams;
use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};

use super::Public;
use crate::{
    api::{cases::Correction, part, problem::Refusal, receipt::Receipt},
    case_acts::{CaseAct, CaseField, act, lawful},
    fields::Fields,
    page::Told,
    posted::Posted,
    replies::{self, GAP, Template},
    routes::{choices, edit::form_again},
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
    words,
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    case: Correction,
    verb: &'static str,
    name: &'static str,
    rule: &'static str,
    effect: &'static str,
    is_grave: bool,
    form: FormSeal,
    fields: Vec<Field>,
    /// What a reply can begin with.
    templates: &'static [Template],
    /// The template that fills it now.
    template: Option<&'static str>,
    /// What the public would read.
    preview: Option<Public>,
    trouble: Option<Trouble>,
}

/// A field of the act.
#[derive(Debug, Serialize)]
struct Field {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    /// What can be chosen.
    options: Vec<(String, String)>,
}

pub(crate) async fn show(visit: Visit, PathParams(id, verb): PathParams, RawQuery(query): RawQuery) -> Answer {
    let Some(act) = act(&verb) else { return Ok(unknown(&visit)) };
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let at = format!("/corrections/{}", part(&id));
    let case: Correction = visit.cases.read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    if !lawful(&case, visit.me().as_deref(), None).iter().any(|lawful| lawful.verb == act.verb) {
        let told = Told::new("现在不能这样办", "这一件的状态已经不同，这一步不适用了。请回到办件，重新打开这一件。");
        return Ok(told.page(StatusCode::CONFLICT, |title| visit.around(title)));
    }
    let template = asked.filled("template").and_then(replies::get).filter(|_| act.fields.contains(&CaseField::Reply));
    let mut filled = Fields::default();
    if let Some(template) = template {
        filled.add(CaseField::Outcome.name(), &template.finding);
        filled.add(CaseField::Reply.name(), template.text.trim_end());
    }
    let form = visit.form(&format!("/api/desk{at}/act/{}", act.verb), Some(case.version));
    let fields = fields(&visit, act, &case, &filled).await;
    let page = Page { template: template.map(|template| template.id.as_str()), ..bare(act, &at, case, form, fields) };
    Ok(visit.page("case_act.html", &title(&page), &page))
}

/// Does it, or shows what the public would read.
pub(crate) async fn carry_out(PathParams(id, verb): PathParams, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let Some(act) = act(&verb) else { return Ok(unknown(visit)) };
    let envelope = posted.envelope()?;
    let at = format!("/corrections/{}", part(&id));
    let case: Correction = match visit.cases.read(&at).await {
        Ok(case) => case,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let given = &posted.fields;
    let preview = || {
        let text = |field: CaseField| given.text(field.name());
        let is_answer = act.fields.contains(&CaseField::Reply);
        is_answer.then(|| Public::reading(text(CaseField::Outcome), text(CaseField::About), text(CaseField::Reply)))
    };
    let (status, trouble, form) = if given.text("then") == "preview" {
        (StatusCode::OK, None, visit.form_again(&visit.path, posted.version(), Some(envelope.key)))
    } else if let Some(lacking) = lacking(act, given) {
        (StatusCode::UNPROCESSABLE_ENTITY, Some(lacking), visit.form(&visit.path, posted.version()))
    } else {
        let sent: Result<Receipt, Refusal> =
            visit.cases.send(Method::POST, &format!("{at}/{}", act.verb), envelope, &body(act, given)).await;
        match sent {
            // Who gave it away cannot look at it any more.
            Ok(_) if act.verb == "assign" => return Ok(visit.done("/api/desk/cases", act.done)),
            Ok(_) => return Ok(visit.done(&format!("/api/desk{at}"), act.done)),
            Err(refusal) if refusal.ends_session() => return Ok(posted.held()),
            Err(refusal) => {
                let trouble = Trouble::of(&refusal, |error| field_of(act, &error.pointer));
                (refusal.status, Some(trouble), form_again(&posted, &refusal))
            }
        }
    };
    let fields = fields(visit, act, &case, given).await;
    let page = Page { preview: preview(), trouble, ..bare(act, &at, case, form, fields) };
    if status.is_success() {
        return Ok(visit.page("case_act.html", &title(&page), &page));
    }
    Ok(visit.again(status, "case_act.html", &title(&page), &page))
}

/// The page without what is typed.
fn bare(act: &CaseAct, at: &str, case: Correction, form: FormSeal, fields: Vec<Field>) -> Page {
    let is_answer = act.fields.contains(&CaseField::Reply);
    Page {
        path: format!("/api/desk{at}"),
        case,
        verb: act.verb,
        name: act.name,
        rule: act.rule,
        effect: act.effect,
        is_grave: act.is_grave,
        form,
        fields,
        templates: if is_answer { replies::all() } else { &[] },
        template: None,
        preview: None,
        trouble: None,
    }
}

fn title(page: &Page) -> String {
    format!("{}：{} {}", page.name, page.case.kind, page.case.number)
}

/// What is not filled in, and what a template left open.
fn lacking(act: &CaseAct, given: &Fields) -> Option<Trouble> {
    let empty = act.fields.iter().filter(|field| given.filled(field.name()).is_none());
    let empty = empty.map(|field| (field, format!("请填写“{}”。", field.label())));
    let open = act.fields.iter().filter(|field| given.text(field.name()).contains(GAP));
    let open = open.map(|field| (field, format!("“{}”里还有没填的空（{GAP}），请填写或删去。", field.label())));
    empty.chain(open).fold(None, |trouble: Option<Trouble>, (field, text)| {
        Some(match trouble {
            None => Trouble::at(field.name(), &text),
            Some(trouble) => trouble.and(field.name(), &text),
        })
    })
}

/// The field that a pointer of the API means.
fn field_of(act: &CaseAct, pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix('/')?;
    act.fields.iter().find(|field| field.asked() == name).map(|field| field.name().to_owned())
}

/// The request that the form says.
fn body(act: &CaseAct, given: &Fields) -> Value {
    let mut body = Map::new();
    for field in act.fields {
        field.put(given, &mut body);
    }
    Value::Object(body)
}

async fn fields(visit: &Visit, act: &CaseAct, case: &Correction, given: &Fields) -> Vec<Field> {
    let mut fields = Vec::new();
    for field in act.fields {
        let options = match field {
            CaseField::Outcome => {
                let known = words::all("outcome").iter();
                known.map(|(code, word)| ((*code).to_owned(), (*word).to_owned())).collect()
            }
            CaseField::Department => {
                let others = choices::departments(visit).await.into_iter();
                others.filter(|(code, _)| *code != case.department).collect()
            }
            _ => Vec::new(),
        };
        let (name, value) = (field.name(), given.text(field.name()).to_owned());
        fields.push(Field { name, label: field.label(), hint: field.hint(), value, options });
    }
    fields
}

fn unknown(visit: &Visit) -> axum::response::Response {
    Told::new("没有这个操作", "网址可能写错了。请从办件页面选择要办理的操作。")
        .page(StatusCode::NOT_FOUND, |title| visit.around(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        pairs.iter().for_each(|(name, value)| fields.add(name, value));
        fields
    }

    #[test]
    fn everything_that_lacks_is_told_at_once_and_so_are_gaps() {
        let act = act("answer").unwrap();
        let trouble = lacking(act, &given(&[("about", " "), ("reply", "原文为“＿＿”。")])).unwrap();
        let ids: Vec<_> = trouble.items.iter().filter_map(|item| item.id.as_deref()).collect();
        assert_eq!(ids, ["outcome", "about", "reply"]);
        let all = [("outcome", "corrected"), ("about", "停水"), ("reply", "已更正。")];
        assert!(lacking(act, &given(&all)).is_none());
    }

    #[test]
    fn pointers_of_the_api_lead_to_fields_of_the_form() {
        let answer = act("answer").unwrap();
        let fields = ["/finding", "/subject", "/text", "/reason"].map(|pointer| field_of(answer, pointer));
        assert_eq!(fields.map(Option::unwrap_or_default), ["outcome", "about", "reply", ""]);
        assert_eq!(field_of(act("notes").unwrap(), "/text").as_deref(), Some("memo"));
    }

    #[test]
    fn what_is_one_line_is_sent_as_one_and_what_has_paragraphs_keeps_them() {
        let typed = given(&[("outcome", "corrected"), ("about", " 停水\n日期 "), ("reply", "一。\n\n二。\n")]);
        let asked = serde_json::json!({"finding": "corrected", "subject": "停水 日期", "text": "一。\n\n二。"});
        assert_eq!(body(act("answer").unwrap(), &typed), asked);
    }
}
