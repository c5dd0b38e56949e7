//! People, their roles, and who gave them.

use std::time::Duration;

use anyhow::Result;
use domain::{StaffId, staff::Role};
use journeys::{
    app::{Answer, Call, TestApp},
    tokens::{self, ADMINISTRATOR},
};
use serde_json::{Value, json};

use super::follower::Follower;

/// Where the API shows the person of `subject`.
pub(crate) fn person(subject: &str) -> String {
    format!("/staff/{}", StaffId::of(&subject.parse().unwrap()))
}

pub(crate) fn role(role: &str, department: &str) -> Value {
    json!({ "assignment": { "role": role, "department": department }, "reason": "岗位调整" })
}

/// A command about `subject` by `by`.
pub(crate) fn about<'a>(app: &'a TestApp, by: &str, subject: &str, verb: &str, version: u64, body: &Value) -> Call<'a> {
    let call = app.post(&format!("{}/{verb}", person(subject))).subject(by).if_match(version);
    call.key(&format!("{verb}-{version}")).json(body)
}

fn enrol<'a>(app: &'a TestApp, by: &str, subject: &str, roles: &Value) -> Call<'a> {
    let body = json!({ "subject": subject, "roles": roles, "reason": "新任编辑" });
    app.post("/staff").subject(by).key(&format!("enrol-{subject}")).json(&body)
}

fn accepted(answer: &Answer, status: u16, version: u64) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.json()["version"], version);
}

/// The configuration opens one door to one person, once; from then on events alone count.
#[tokio::test]
async fn the_first_administrator_is_whom_the_deployment_names_and_only_once() -> Result<()> {
    let app = TestApp::start().await?;
    let office = |subject: &str, key: &str| {
        let call = app.post("/staff/administrator").subject(subject).key(key);
        call.json(&json!({ "reason": "平台启用" }))
    };
    let stranger = office("somebody", "a").send().await?;
    assert_eq!(stranger.told(), (403, "not-named".to_owned()));
    let unknown = enrol(&app, ADMINISTRATOR, "zhang.wei", &json!([{ "role": "editor" }])).send().await?;
    assert_eq!(unknown.told(), (403, "staff-unknown".to_owned()), "named is not enough");
    let first = office(ADMINISTRATOR, "b").send().await?;
    accepted(&first, 201, 1);
    assert_eq!(first.headers["location"].to_str()?, format!("/api/publish{}", person(ADMINISTRATOR)));
    assert_eq!(office(ADMINISTRATOR, "b").send().await?, first, "a resend");
    assert_eq!(office(ADMINISTRATOR, "c").send().await?.told(), (409, "staff-exists".to_owned()));
    accepted(&enrol(&app, ADMINISTRATOR, "zhang.wei", &json!([{ "role": "editor" }])).send().await?, 201, 1);
    Ok(())
}

#[tokio::test]
async fn a_persons_page_tells_each_role_who_granted_it_when_and_why() -> Result<()> {
    let app = TestApp::town().await?;
    let roles = json!([{ "role": "editor", "department": "jyj", "site": "jyj" }]);
    let enrolled = enrol(&app, ADMINISTRATOR, "zhang.wei", &roles).send().await?;
    accepted(&enrolled, 201, 1);
    app.clock.pass(Duration::from_secs(60));
    accepted(&about(&app, ADMINISTRATOR, "zhang.wei", "grant", 1, &role("reviewer", "czj")).send().await?, 200, 2);
    app.clock.pass(Duration::from_secs(60));
    accepted(
        &about(&app, "administrator.czj", "zhang.wei", "revoke", 2, &role("reviewer", "czj")).send().await?,
        200,
        3,
    );

    let view = app.get(&person("zhang.wei")).subject(ADMINISTRATOR).send().await?;
    assert_eq!(view.headers["etag"], "\"3\"");
    let granted = json!({ "by": "administrator", "at": "2026-11-23T01:00:00Z", "reason": "新任编辑" });
    let first = json!({ "by": "administrator", "at": "2026-11-23T01:01:00Z", "reason": "岗位调整" });
    let last = json!({ "by": "administrator.czj", "at": "2026-11-23T01:02:00Z", "reason": "岗位调整" });
    assert_eq!(
        view.json(),
        json!({
            "id": StaffId::of(&"zhang.wei".parse()?), "version": 3, "subject": "zhang.wei",
            "roles": [{ "role": "editor", "department": "jyj", "site": "jyj", "granted": granted }],
            "former": [{ "role": "reviewer", "department": "czj", "granted": first, "revoked": last }],
        })
    );
    let commit = app.get(&format!("/commits/staff:{}:3", StaffId::of(&"zhang.wei".parse()?)));
    let commit = commit.subject("auditor.jyj").send().await?.json();
    assert_eq!((&commit["events"], &commit["pages"]), (&json!(["RoleRevoked"]), &json!([])));
    assert_eq!(commit["thing"], format!("/api/publish{}", person("zhang.wei")));
    Ok(())
}

/// Himself, administrators and auditors of one of his scopes; nobody else, and not what commits say either.
#[tokio::test]
async fn who_holds_which_role_is_read_by_those_concerned_only() -> Result<()> {
    let app = TestApp::town().await?;
    let page = person("editor.jyj");
    let commit = format!("/commits/staff:{}:1", StaffId::of(&"editor.jyj".parse()?));
    for (reader, status) in [
        ("editor.jyj", 200),
        ("administrator.jyj", 200),
        ("auditor.czj", 200),
        (ADMINISTRATOR, 200),
        ("administrator.czj", 403),
        ("publisher.jyj", 403),
        ("registrar", 403),
    ] {
        for path in [&page, &commit] {
            let answer = app.get(path).subject(reader).send().await?;
            assert_eq!(answer.status, status, "{reader} {path}: {}", answer.text());
        }
    }
    let nobody = app.get(&person("nobody")).subject(ADMINISTRATOR).send().await?;
    assert_eq!(nobody.told(), (404, "staff-not-found".to_owned()));
    assert_eq!(app.get("/staff/zhang.wei").subject(ADMINISTRATOR).send().await?.told().1, "staff-not-found");
    Ok(())
}

#[tokio::test]
async fn everybody_can_ask_what_he_may() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("zhang.wei", &[(Role::Editor, "jyj", "www"), (Role::Reviewer, "czj", "")]).await?;
    let answer = app.get("/staff/me").subject("zhang.wei").send().await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["person"]["subject"], "zhang.wei");
    assert_eq!(
        answer.json()["may"],
        json!([
            { "department": "czj", "actions": ["return", "approve", "read", "read-register", "read-terms"], "grants": [] },
            { "department": "jyj", "site": "www", "grants": [],
              "actions": ["draft", "revise", "submit", "move-unpublished", "place", "read", "read-register", "read-terms"] },
        ])
    );
    let delegated = app.get("/staff/me").subject("administrator.jyj").send().await?.json();
    assert_eq!(delegated["may"][0]["grants"], json!(["administrator"]), "he holds nothing else");
    let all = app.get("/staff/me").subject(ADMINISTRATOR).send().await?.json();
    assert_eq!(all["may"][0]["grants"].as_array().map(Vec::len), Some(9));
    assert_eq!(app.get("/staff/me").subject("nobody").send().await?.told(), (403, "staff-unknown".to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_token_counts_for_nothing_but_its_subject() -> Result<()> {
    let app = TestApp::town().await?;
    for (subject, code) in [("nobody", "staff-unknown"), ("reviewer.jyj", "forbidden")] {
        let mut claims = tokens::claims(subject);
        claims["roles"] = json!(["editor", "administrator", "registrar"]);
        claims["scope"] = json!("city");
        claims["department"] = json!("jyj");
        let token = tokens::sign(&claims)?;
        let body = journeys::app::draft("jyj.tzgg", "标题", "<p>正</p>");
        let answer = app.post("/documents").bearer(&token).key("d").json(&body).send().await?;
        assert_eq!(answer.told(), (403, code.to_owned()), "{subject}");
        let answer = enrol(&app, subject, "friend", &json!([{ "role": "editor", "department": "jyj" }]));
        assert_eq!(answer.bearer(&token).send().await?.told(), (403, code.to_owned()), "{subject}");
    }
    Ok(())
}

#[tokio::test]
async fn requests_about_staff_that_make_no_sense_are_refused_and_write_nothing() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    let editor = json!([{ "role": "editor", "department": "jyj" }]);
    let enrolments = [
        ("a b", editor.clone(), 422, "invalid-field"),
        ("system:clock", editor.clone(), 422, "subject-reserved"),
        ("editor.jyj", editor.clone(), 409, "staff-exists"),
        (ADMINISTRATOR, editor.clone(), 409, "staff-exists"),
        ("new", json!([]), 422, "invalid-field"),
        ("new", json!([{ "role": "king" }]), 422, "invalid-field"),
        ("new", json!([{ "role": "editor", "department": "../x" }]), 422, "invalid-field"),
        ("new", json!([{ "role": "editor", "site": "" }]), 422, "invalid-field"),
        ("new", json!([{ "role": "editor", "column": "jyj.tzgg" }]), 422, "unknown-field"),
        ("new", json!([editor[0], editor[0]]), 409, "role-held"),
        ("new", json!(vec![editor[0].clone(); 21]), 422, "invalid-field"),
    ];
    for (subject, roles, status, code) in enrolments {
        let answer = enrol(&app, ADMINISTRATOR, subject, &roles).key("bad").send().await?;
        assert_eq!(answer.told(), (status, code.to_owned()), "{subject} {roles}: {}", answer.text());
    }
    let held = role("editor", "jyj");
    let reason = json!({ "reason": "无" });
    let changes = [
        ("editor.jyj", "grant", 1, held.clone(), 409, "role-held"),
        ("editor.jyj", "revoke", 1, role("editor", "czj"), 409, "role-not-held"),
        ("editor.jyj", "enable", 1, reason.clone(), 409, "not-disabled"),
        ("editor.jyj", "grant", 2, role("reviewer", "jyj"), 412, "stale"),
        ("editor.jyj", "disable", 1, json!({ "reason": " " }), 422, "invalid-field"),
        ("nobody", "grant", 1, held, 404, "staff-not-found"),
        ("nobody", "disable", 1, reason.clone(), 404, "staff-not-found"),
        (ADMINISTRATOR, "disable", 1, reason, 403, "own-roles"),
        (ADMINISTRATOR, "revoke", 1, json!({ "assignment": { "role": "auditor" }, "reason": "无" }), 403, "own-roles"),
    ];
    for (subject, verb, version, body, status, code) in changes {
        let answer = about(&app, ADMINISTRATOR, subject, verb, version, &body).send().await?;
        assert_eq!(answer.told(), (status, code.to_owned()), "{subject} {verb}: {}", answer.text());
    }
    assert_eq!(app.written().await?, before);
    Ok(())
}

/// The list follows the ledger, forgets who left, and is what a rebuild gives.
#[tokio::test]
async fn a_departments_staff_is_listed_for_its_administrators_and_auditors() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let list = async |reader: &str, query: &str| {
        let answer = app.get(&format!("/staff{query}")).subject(reader).send().await?;
        let people = answer.json()["staff"].as_array().cloned().unwrap_or_default();
        let mut subjects: Vec<String> =
            people.iter().map(|entry| entry["subject"].as_str().unwrap().to_owned()).collect();
        subjects.sort();
        anyhow::Ok((answer.status.as_u16(), subjects))
    };
    let jyj = [
        "administrator.jyj",
        "editor.jyj",
        "handler.jyj",
        "migrator.jyj",
        "publisher.jyj",
        "registrar.jyj",
        "reviewer.jyj",
        "supervisor.jyj",
    ];
    assert_eq!(list("administrator.jyj", "?department=jyj").await?, (200, jyj.map(str::to_owned).to_vec()));
    let city = [ADMINISTRATOR, "auditor.czj", "auditor.jyj", "registrar"];
    assert_eq!(list("auditor.jyj", "").await?, (200, city.map(str::to_owned).to_vec()));
    assert_eq!(list("administrator.czj", "?department=jyj").await?.0, 403);
    assert_eq!(list("administrator.jyj", "").await?.0, 403);
    assert_eq!(list("editor.jyj", "?department=jyj").await?.0, 403);
    assert_eq!(list(ADMINISTRATOR, "?department=%FF").await?.0, 404);

    about(&app, ADMINISTRATOR, "editor.jyj", "revoke", 1, &role("editor", "jyj")).send().await?;
    about(&app, ADMINISTRATOR, "reviewer.jyj", "disable", 1, &json!({ "reason": "休假" })).send().await?;
    follower.catch_up().await?;
    let answer = app.get("/staff?department=jyj").subject(ADMINISTRATOR).send().await?.json();
    let people = answer["staff"].as_array().unwrap();
    assert!(people.iter().all(|entry| entry["subject"] != "editor.jyj"), "{answer}");
    let reviewer = people.iter().find(|entry| entry["subject"] == "reviewer.jyj").unwrap();
    assert_eq!((&reviewer["disabled"], &reviewer["roles"]), (&json!(true), &json!([{ "role": "reviewer" }])));
    assert_eq!(follower.projector.worker().verify().await?.differences, []);
    Ok(())
}
