//! Whatever anybody wrote stays text on every page.

use serde_json::Value;

use crate::{
    cases,
    fake::Desk,
    requests,
    world::{self, ID, revision},
};

const HOSTILE: &str = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u{202e}{{ 7*7 }}</textarea>";

/// Every text that a person could have written.
fn poisoned(value: &Value) -> Value {
    const KEPT: &[&str] = &[
        "id",
        "version",
        "column",
        "site",
        "department",
        "document",
        "revision",
        "stage",
        "decisions",
        "url",
        "kind",
        "level",
        "at",
        "since",
        "public_at",
        "changed_at",
        "written_on",
        "body_html",
        "file",
        "code",
        "label",
        "parent",
        "link",
        "places",
        "scheduled_at",
        "due",
        "stream",
        "page",
        "opened_at",
        "closed_at",
        "late_since",
    ];
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| {
                let kept = KEPT.contains(&name.as_str()) && !value.is_object();
                (name.clone(), if kept { value.clone() } else { poisoned(value) })
            })
            .collect(),
        Value::Array(items) => items.iter().map(poisoned).collect(),
        Value::String(_) => HOSTILE.into(),
        other => other.clone(),
    }
}

async fn desk() -> Desk {
    let desk = Desk::signed_in().await;
    desk.api.poison(poisoned);
    desk
}

fn harmless(name: &str, html: &str) {
    assert!(!html.contains("<script"), "{name}: {html}");
    assert!(!html.contains("<img src=x") && !html.contains('\u{202e}'), "{name}");
    // What would be left of it if a template computed it: tokens and ids may hold these digits by chance.
    assert!(!html.contains("&gt;49&lt;"), "{name}");
    assert!(html.contains("&lt;/title&gt;&lt;script&gt;"), "{name}: {html}");
}

#[tokio::test]
async fn hostile_text_of_documents_stays_text() {
    let at = |rest: &str| format!("/api/desk/documents/{ID}{rest}");
    for path in [
        "/api/desk/".to_owned(),
        at(""),
        at("/edit"),
        at("/preview"),
        at("/history"),
        at("/diff"),
        at("/attach"),
        at("/act/approve"),
        at("/act/publish-urgently"),
        at(&format!("/revisions/{}", revision('a'))),
        "/api/desk/documents/new".to_owned(),
        "/api/desk/search-terms".to_owned(),
        "/api/desk/departments/sswj/disclosure".to_owned(),
    ] {
        let shown = desk().await.get(&path).await;
        assert_eq!(shown.status, 200, "{path}: {}", shown.html);
        harmless(&path, &shown.html);
    }
}

#[tokio::test]
async fn hostile_text_in_forms_and_problems_stays_text() {
    let at = format!("/api/desk/documents/{ID}/edit");
    let mut fields: Vec<(&str, &str)> = [
        "title",
        "summary",
        "document_number",
        "written_on",
        "source",
        "keywords",
        "subject",
        "genre",
        "class",
        "terms",
        "validity",
        "expires_on",
        "office",
        "kind",
        "reviewed_on",
        "post",
        "duties",
        "address",
        "relation_kind",
        "relation_document",
        "attachment",
        "attachment_title",
        "body",
    ]
    .into_iter()
    .map(|name| (name, HOSTILE))
    .collect();
    fields.push(("markup", "html"));
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at).await;
    let problem = world::not_found();
    desk.api.answer(&format!("PUT /documents/{ID}/draft"), 422, poisoned(&problem));
    harmless("edit", &desk.fill(&at, &shown, &fields).await.html);
    desk.wait(3_600);
    harmless("held", &desk.fill(&at, &shown, &fields).await.html);
    harmless("forbidden", &Desk::signed_in().await.post(&at, &fields).await.html);
    let path = "/api/desk/open?which=%3C%2Ftitle%3E%3Cscript%3E";
    harmless("open", &Desk::signed_in().await.get(path).await.html);
}

#[tokio::test]
async fn hostile_text_of_cases_stays_text() {
    let page = cases::page;
    for path in [
        "/api/desk/cases".to_owned(),
        "/api/desk/messages".to_owned(),
        page(""),
        page("/open"),
        page("/readings"),
        page("/act/answer"),
    ] {
        let shown = desk().await.get(&path).await;
        assert_eq!(shown.status, 200, "{path}: {}", shown.html);
        harmless(&path, &shown.html);
    }
    let mut desk = Desk::signed_in().await;
    let asked = desk.get(&page("/open")).await;
    desk.api.poison(poisoned);
    harmless("opened", &desk.fill(&page("/open"), &asked, &[("why", HOSTILE)]).await.html);
    let fields = [("outcome", HOSTILE), ("about", HOSTILE), ("reply", HOSTILE), ("then", "preview")];
    let asked = Desk::signed_in().await.get(&page("/act/answer")).await;
    harmless("preview", &Desk::signed_in().await.fill(&page("/act/answer"), &asked, &fields).await.html);
}

#[tokio::test]
async fn hostile_text_of_applications_stays_text() {
    let page = requests::page;
    let new = "/api/desk/requests/new".to_owned();
    for path in [page(""), page("/open"), page("/readings"), page("/act/draft-reply"), page("/act/seek-opinion"), new] {
        let shown = desk().await.get(&path).await;
        assert_eq!(shown.status, 200, "{path}: {}", shown.html);
        harmless(&path, &shown.html);
    }
    for stands in requests::stages() {
        let mut desk = Desk::signed_in().await;
        let mut hostile = poisoned(&stands);
        // An address that the API made of a public document is nobody's text.
        if let Some(published) = stands.get("published") {
            hostile["published"] = published.clone();
        }
        desk.api.answer(&format!("GET {}", requests::at("")), 200, hostile);
        harmless("stage", &desk.get(&page("")).await.html);
    }
    let mut desk = Desk::signed_in().await;
    let asked = desk.get(&page("/open")).await;
    desk.api.poison(poisoned);
    harmless("opened", &desk.fill(&page("/open"), &asked, &[("why", HOSTILE)]).await.html);
}
