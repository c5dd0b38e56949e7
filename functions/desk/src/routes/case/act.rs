//! `GET` and `POST …/{id}/act/{verb}`: one act on a case, with its rule and what follows, before it is done.

use axum::extract::RawQuery;
use domain::shanghai;
use gateway::PathParams;
use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};

use super::Public;
use crate::{
    api::{cases::Case, problem::Refusal, receipt::Receipt},
    case_acts::{CaseAct, CaseField, Control, act, lawful},
    case_kind::CaseKind,
    fields::Fields,
    page::Told,
    posted::Posted,
    replies::{self, GAP, Template},
    routes::{choices, edit::form_again},
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    case: Case,
    verb: &'static str,
    name: &'static str,
    rule: &'static str,
    effect: &'static str,
    is_grave: bool,
    form: FormSeal,
    fields: Vec<Field>,
    /// What a reply can begin with.
    templates: Vec<&'static Template>,
    /// Whether the public reads it, so that it can be looked at first.
    can_preview: bool,
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
    /// How it is filled in.
    control: Control,
    /// What can be chosen.
    options: Vec<(String, String)>,
}

pub(super) async fn show(
    kind: CaseKind,
    visit: Visit,
    PathParams(id, verb): PathParams,
    RawQuery(query): RawQuery,
) -> Answer {
    let Some(act) = act(kind, &verb) else { return Ok(unknown(&visit)) };
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let at = kind.at(&id);
    let case: Case = kind.api(&visit).read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    if !lawful(kind, &case, visit.me().as_deref(), None).iter().any(|lawful| lawful.verb == act.verb) {
        let told = Told::new("现在不能这样办", "这一件的状态已经不同，这一步不适用了。请回到办件，重新打开这一件。");
        return Ok(told.page(StatusCode::CONFLICT, |title| visit.around(title)));
    }
    if act.is_of_what_was_read() && asked.filled("seen").and_then(|seen| seen.parse().ok()) != Some(case.version) {
        let told = Told::new(
            "请先打开这一件",
            "审核同意的是读过的那一份：请打开这一件，读过拟定的答复书，从那一页审核。打开以后这一件有变动的，要重新打开。",
        );
        return Ok(told.page(StatusCode::CONFLICT, |title| visit.around(title)));
    }
    let template = asked.filled("template");
    let template = replies::of(act, &case).into_iter().find(|known| Some(known.id.as_str()) == template);
    let mut filled = Fields::default();
    for (field, text) in template.into_iter().flat_map(|template| template.fields()) {
        filled.add(field.name(), text);
    }
    let form = visit.form(&format!("/api/desk{at}/act/{}", act.verb), Some(case.version));
    let fields = fields(&visit, act, &case, &filled).await;
    let page = Page { template: template.map(|template| template.id.as_str()), ..bare(act, &at, case, form, fields) };
    Ok(visit.page("case_act.html", &title(&page), &page))
}

/// Does it, or shows what the public would read.
pub(super) async fn carry_out(kind: CaseKind, PathParams(id, verb): PathParams, posted: Posted) -> Answer {
    let visit = &posted.visit;
    let Some(act) = act(kind, &verb) else { return Ok(unknown(visit)) };
    let envelope = posted.envelope()?;
    let at = kind.at(&id);
    let case: Case = match kind.api(visit).read(&at).await {
        Ok(case) => case,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    let given = &posted.fields;
    let preview = || {
        let text = |field: CaseField| given.text(field.name());
        let is_answer = act.fields.contains(&CaseField::Reply);
        is_answer.then(|| Public::reading(text(CaseField::Finding), text(CaseField::About), text(CaseField::Reply)))
    };
    let (status, trouble, form) = if given.text("then") == "preview" {
        (StatusCode::OK, None, visit.form_again(&visit.path, posted.version(), Some(envelope.key)))
    } else if let Some(lacking) = lacking(act, given) {
        (StatusCode::UNPROCESSABLE_ENTITY, Some(lacking), visit.form(&visit.path, posted.version()))
    } else {
        let sent: Result<Receipt, Refusal> =
            kind.api(visit).send(Method::POST, &format!("{at}/{}", act.verb), envelope, &body(act, given)).await;
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
fn bare(act: &CaseAct, at: &str, case: Case, form: FormSeal, fields: Vec<Field>) -> Page {
    let templates = replies::of(act, &case);
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
        templates,
        can_preview: act.fields.contains(&CaseField::Reply),
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
    let empty = act.fields.iter().filter(|field| field.is_needed(given) && given.filled(field.name()).is_none());
    let empty = empty.map(|field| (field, format!("请填写“{}”。", field.label())));
    let is_number = |field: &&CaseField| {
        let typed = given.filled(field.name());
        field.control() != Control::Number || typed.is_none_or(|typed| typed.parse::<u32>().is_ok())
    };
    let words = act.fields.iter().filter(|field| !is_number(field));
    let words = words.map(|field| (field, format!("“{}”请填写数字。", field.label())));
    let open = act.fields.iter().filter(|field| given.text(field.name()).contains(GAP));
    let open = open.map(|field| (field, format!("“{}”里还有没填的空（{GAP}），请填写或删去。", field.label())));
    empty.chain(words).chain(open).fold(None, |trouble: Option<Trouble>, (field, text)| {
        Some(match trouble {
            None => Trouble::at(field.name(), &text),
            Some(trouble) => trouble.and(field.name(), &text),
        })
    })
}

/// The field that a pointer of the API means.
fn field_of(act: &CaseAct, pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix('/')?;
    // What is asked for within an outcome is told with all that leads there.
    let name = name.rsplit('/').next().unwrap_or(name);
    act.fields.iter().find(|field| field.is_asked_as(name)).map(|field| field.name().to_owned())
}

/// The request that the form says.
fn body(act: &CaseAct, given: &Fields) -> Value {
    let mut body = Map::new();
    for field in act.fields {
        field.put(given, &mut body);
    }
    Value::Object(body)
}

async fn fields(visit: &Visit, act: &CaseAct, case: &Case, given: &Fields) -> Vec<Field> {
    let today = shanghai::local(visit.state.clock.now()).date();
    let mut fields = Vec::new();
    for field in act.fields.iter().filter(|field| field.is_asked(case)) {
        let options = match field {
            CaseField::Department => {
                let others = choices::departments(visit).await.into_iter();
                others.filter(|(code, _)| *code != case.department).collect()
            }
            field => field.choices(case),
        };
        let name = field.name();
        // What was typed, or emptied, stays; a field that nobody saw yet has what is usual.
        let value = match given.get(name) {
            // Who sent the form, and ticked none, chose none.
            None if field.control() == Control::Choices && given.get("key").is_some() => String::new(),
            None => field.usual(case, today),
            Some(_) if field.control() == Control::Choices => given.all(name).collect::<Vec<_>>().join(" "),
            Some(typed) => typed.to_owned(),
        };
        fields.push(Field { name, label: field.label(), hint: field.hint(), value, control: field.control(), options });
    }
    fields
}

pub(super) fn unknown(visit: &Visit) -> axum::response::Response {
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
        let act = act(CaseKind::Correction, "answer").unwrap();
        let trouble = lacking(act, &given(&[("about", " "), ("reply", "原文为“＿＿”。")])).unwrap();
        let ids: Vec<_> = trouble.items.iter().filter_map(|item| item.id.as_deref()).collect();
        assert_eq!(ids, ["outcome", "about", "reply"]);
        let all = [("outcome", "corrected"), ("about", "停水"), ("reply", "已更正。")];
        assert!(lacking(act, &given(&all)).is_none());
    }

    #[test]
    fn pointers_of_the_api_lead_to_fields_of_the_form() {
        let answer = act(CaseKind::Correction, "answer").unwrap();
        let fields = ["/finding", "/subject", "/text", "/reason"].map(|pointer| field_of(answer, pointer));
        assert_eq!(fields.map(Option::unwrap_or_default), ["outcome", "about", "reply", ""]);
        assert_eq!(field_of(act(CaseKind::Correction, "notes").unwrap(), "/text").as_deref(), Some("memo"));
    }

    #[test]
    fn what_is_one_line_is_sent_as_one_and_what_has_paragraphs_keeps_them() {
        let typed = given(&[("outcome", "corrected"), ("about", " 停水\n日期 "), ("reply", "一。\n\n二。\n")]);
        let asked = serde_json::json!({"finding": "corrected", "subject": "停水 日期", "text": "一。\n\n二。"});
        assert_eq!(body(act(CaseKind::Correction, "answer").unwrap(), &typed), asked);
    }

    #[test]
    fn a_reply_says_what_its_kind_asks_for_and_nothing_else() {
        let decide = act(CaseKind::Request, "draft-reply").unwrap();
        let said = |outcome: &str| {
            let typed = [("result", outcome), ("grounds", "第十五条"), ("written", "答复。")];
            body(decide, &given(&typed))["outcome"].clone()
        };
        let told = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(said("provided"), told(r#"{"kind":"provided","extent":{"kind":"whole"}}"#));
        assert_eq!(
            said("provided-partly"),
            told(r#"{"kind":"provided","extent":{"kind":"partial","withheld":"第十五条"}}"#)
        );
        assert_eq!(said("not-disclosable"), told(r#"{"kind":"not-disclosable","ground":"第十五条"}"#));
        assert_eq!(said("does-not-exist"), told(r#"{"kind":"does-not-exist"}"#));
        assert_eq!(said("repeat"), told(r#"{"kind":"repeat","of":"第十五条"}"#));
    }

    #[test]
    fn what_a_reply_says_beside_is_asked_for_where_its_kind_has_it() {
        let decide = act(CaseKind::Request, "draft-reply").unwrap();
        let lacks = |outcome: &str| {
            let trouble = lacking(decide, &given(&[("result", outcome), ("written", "答复。")]));
            trouble.map(|trouble| trouble.items.into_iter().filter_map(|item| item.id).collect::<Vec<_>>())
        };
        assert_eq!(lacks("provided-partly").unwrap(), ["grounds"]);
        for none in ["provided", "does-not-exist", "not-ours"] {
            assert!(lacks(none).is_none(), "{none}");
        }
        let pointers = ["/outcome/extent/withheld", "/outcome/of", "/outcome/ground", "/text"];
        let fields = pointers.map(|pointer| field_of(decide, pointer).unwrap_or_default());
        assert_eq!(fields, ["grounds", "grounds", "grounds", "written"]);
    }
}
