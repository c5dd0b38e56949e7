//! `GET` and `POST /api/desk/requests/new`: an application that came on paper or in person is registered.
//!
//! First what decides on the other questions (who applies, with which document, how he wishes to get it): that is a class and may stand in an address. Then all
//! that is asked because of it, on one page. The answer to the POST is the slip for the applicant: his query code stands nowhere else, and whoever loads that
//! page again sends the same command.

mod paper;
mod slip;

use axum::extract::RawQuery;
use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{choices, edit::form_again};
use crate::{
    api::{
        form::{Form, Registered},
        problem::Refusal,
    },
    fields::Fields,
    posted::Posted,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
    words,
};
use paper::{Group, Told, deciding, groups, lacking};

pub(super) const PATH: &str = "/api/desk/requests/new";
const TITLE: &str = "登记书面申请";

/// What stands before the names of questions, in forms.
const QUESTION: &str = "q-";

/// The page on which what decides is chosen, or the one with all other questions.
#[derive(Debug, Serialize)]
struct Page {
    form: FormSeal,
    /// Version of the form.
    version: u32,
    /// Whether what decides is chosen.
    is_decided: bool,
    /// What was chosen; in the order of the form.
    chosen: Vec<Told>,
    /// Where that is chosen anew.
    again: String,
    /// What is asked on this page.
    groups: Vec<Group>,
    /// Sites: label and name.
    sites: Vec<(String, String)>,
    site: String,
    channels: Vec<(String, String)>,
    channel: String,
    received_on: String,
    /// What the applicant is told of his personal data, a paragraph each.
    notice: Vec<String>,
    trouble: Option<Trouble>,
}

/// The page, as it is filled in.
pub(crate) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let form: Form = visit.disclosure.read("/form").await.map_err(|refusal| visit.refused(&refusal))?;
    let lacking = lacking(&form, &asked);
    let is_decided = lacking.is_none() && asked.get("change").is_none();
    let lacking = lacking.filter(|_| asked.get("next").is_some());
    let is_wrong = lacking.is_some();
    let page = page(&visit, &form, &asked, visit.form(PATH, None), is_decided, lacking).await;
    if is_wrong {
        return Ok(visit.again(StatusCode::UNPROCESSABLE_ENTITY, "register.html", TITLE, &page));
    }
    Ok(visit.page("register.html", TITLE, &page))
}

/// Registers it, and shows the slip.
pub(crate) async fn register(posted: Posted) -> Answer {
    let (visit, fields) = (&posted.visit, &posted.fields);
    let envelope = posted.envelope()?;
    let form: Form = match visit.disclosure.read("/form").await {
        Ok(form) => form,
        Err(refusal) => return Ok(posted.refused(&refusal)),
    };
    if let Some(trouble) = unchosen(fields) {
        let page = page(visit, &form, fields, visit.form(PATH, None), true, Some(trouble)).await;
        return Ok(visit.again(StatusCode::UNPROCESSABLE_ENTITY, "register.html", TITLE, &page));
    }
    let sent: Result<Registered, Refusal> =
        visit.disclosure.send(Method::POST, "/requests", envelope, &body(fields)).await;
    match sent {
        Ok(registered) => Ok(slip::shown(visit, registered, fields.text("site")).await),
        Err(refusal) if refusal.ends_session() => Ok(posted.held()),
        Err(refusal) => {
            let trouble = Trouble::of(&refusal, |error| field_of(&error.pointer));
            let page = page(visit, &form, fields, form_again(&posted, &refusal), true, Some(trouble)).await;
            Ok(visit.again(refusal.status, "register.html", TITLE, &page))
        }
    }
}

/// The page; what was sent is shown as it was sent, whatever the form has become meanwhile.
async fn page(
    visit: &Visit,
    form: &Form,
    given: &Fields,
    seal: FormSeal,
    is_decided: bool,
    trouble: Option<Trouble>,
) -> Page {
    let known = choices::sites(visit).await;
    let channels = words::all("channel").iter().filter(|(code, _)| *code != "web");
    Page {
        form: seal,
        version: form.version,
        is_decided,
        chosen: if is_decided { deciding(form, given) } else { Vec::new() },
        again: again(form, given),
        groups: groups(form, given, is_decided),
        sites: known.into_iter().collect(),
        site: given.text("site").to_owned(),
        channels: channels.map(|(code, word)| ((*code).to_owned(), (*word).to_owned())).collect(),
        channel: given.text("arrival").to_owned(),
        received_on: given.text("received_on").trim().to_owned(),
        notice: form.notice.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
        trouble,
    }
}

/// What the form itself does not ask, and was not chosen.
fn unchosen(fields: &Fields) -> Option<Trouble> {
    let open = [("arrival", "请选择“提交方式”。"), ("site", "请选择“收件的站点”。")];
    let open = open.into_iter().filter(|(name, _)| fields.filled(name).is_none());
    open.fold(None, |trouble: Option<Trouble>, (name, text)| {
        Some(match trouble {
            None => Trouble::at(name, text),
            Some(trouble) => trouble.and(name, text),
        })
    })
}

/// Where what decides is chosen anew: classes alone.
fn again(form: &Form, given: &Fields) -> String {
    let chosen = form.questions().filter(|(_, question)| form.decides(question)).map(|(_, question)| {
        let name = format!("{QUESTION}{}", question.question);
        let answer = given.text(&name).to_owned();
        (name, answer)
    });
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(chosen).finish();
    format!("{PATH}?{query}&change=1")
}

/// The request that the form says: what was left empty is not said.
fn body(fields: &Fields) -> Value {
    let mut answers = Map::new();
    for (name, text) in fields.below(QUESTION).filter(|(_, text)| !text.trim().is_empty()) {
        answers.entry(name.to_owned()).or_insert_with(|| json!(text));
    }
    let version = fields.text("form_version").trim().parse::<u32>().map_or(Value::Null, |version| json!(version));
    let mut body = Map::new();
    body.insert("site".to_owned(), json!(fields.text("site")));
    body.insert("channel".to_owned(), json!(fields.text("arrival")));
    if let Some(day) = fields.filled("received_on") {
        body.insert("received_on".to_owned(), json!(day));
    }
    body.insert("form_version".to_owned(), version);
    body.insert("answers".to_owned(), Value::Object(answers));
    Value::Object(body)
}

/// The field that a pointer of the API means.
fn field_of(pointer: &str) -> Option<String> {
    match pointer.strip_prefix('/')? {
        known @ ("site" | "received_on") => Some(known.to_owned()),
        "channel" => Some("arrival".to_owned()),
        other => other.strip_prefix("answers/").map(|question| format!("{QUESTION}{question}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_empty_is_not_said_and_pointers_lead_back_to_the_fields() {
        let mut fields = Fields::default();
        for (name, text) in [
            ("site", "jyj"),
            ("arrival", "fax"),
            ("received_on", " "),
            ("form_version", "2"),
            ("q-name", "王明"),
            ("q-email", " "),
        ] {
            fields.add(name, text);
        }
        let said = json!({"site": "jyj", "channel": "fax", "form_version": 2, "answers": {"name": "王明"}});
        assert_eq!(body(&fields), said);
        let pointers = ["/answers/name", "/received_on", "/channel", "/form_version"];
        let ids = pointers.map(|pointer| field_of(pointer).unwrap_or_default());
        assert_eq!(ids, ["q-name", "received_on", "arrival", ""]);
        assert_eq!(unchosen(&fields).map(|trouble| trouble.items.len()), None);
        assert_eq!(unchosen(&Fields::default()).map(|trouble| trouble.items.len()), Some(2));
    }
}
