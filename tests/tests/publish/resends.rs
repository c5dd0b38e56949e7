//! A resend of an accepted request gets the first answer, byte for byte, whatever has happened since.

use std::time::Duration;

use anyhow::Result;
use domain::StaffId;
use journeys::{
    app::{TestApp, draft},
    tokens,
};
use local::cloud::faults::{Fault, Faults};
use serde_json::{Value, json};

#[tokio::test]
async fn a_creation_sent_again_gets_the_same_bytes() -> Result<()> {
    let app = TestApp::town().await?;
    let call = || app.post("/documents").staff("editor", "jyj").key("d").json(&draft("jyj.tzgg", "标题", "<p>正</p>"));
    let first = call().send().await?;
    assert_eq!(first.status, 201);
    app.clock.pass(Duration::from_secs(3600));
    let before = app.written().await?;
    assert_eq!(call().send().await?, first);
    assert_eq!(app.written().await?, before);
    Ok(())
}

#[tokio::test]
async fn the_order_of_fields_and_white_space_do_not_matter() -> Result<()> {
    let app = TestApp::town().await?;
    let call = |body: &str| app.post("/documents").staff("editor", "jyj").key("d").raw(body.to_owned());
    let first = call(r#"{"column":"jyj.tzgg","content":{"title":"t","body_html":"<p>b</p>"}}"#).send().await?;
    let again =
        call(" {\"content\" : {\"body_html\":\"<p>b</p>\", \"title\":\"t\"},\n\"column\":\"jyj.tzgg\"}").send().await?;
    assert_eq!(first.status, 201);
    assert_eq!(again, first);
    Ok(())
}

/// Who takes applications is asked for by itself: what else of the profile changed since is no part of the request, nor of what it changes.
#[tokio::test]
async fn an_office_sent_again_after_another_change_of_the_profile_gets_the_first_answer() -> Result<()> {
    let app = TestApp::town().await?;
    let put = |path: &str, version: u64, body: &Value| {
        app.put(path).subject(tokens::REGISTRAR).key(&format!("o-{version}")).if_match(version).json(body)
    };
    let at = "/departments/jyj/disclosure-office";
    let named = json!({ "office": { "name": "政务公开科", "fax": "0598-8213014" } });
    let first = put(at, 1, &named).send().await?;
    assert_eq!(first.status, 200, "{}", first.text());
    let profile =
        json!({ "profile": { "name": "教育局", "organisation_code": "014006438", "telephone": "0598-8213013" } });
    assert_eq!(put("/departments/jyj", 2, &profile).send().await?.status, 200);
    assert_eq!(put(at, 1, &named).send().await?, first);

    let read = async || app.get("/departments/jyj").subject(tokens::REGISTRAR).send().await.map(|read| read.json());
    let kept = read().await?;
    assert_eq!((&kept["version"], &kept["profile"]["telephone"]), (&json!(3), &json!("0598-8213013")));
    assert_eq!(kept["profile"]["disclosure"]["name"], "政务公开科", "a profile that does not say it keeps it");
    let unfit = put(at, 3, &json!({ "office": { "name": " " } })).send().await?;
    assert_eq!((unfit.status.as_u16(), &unfit.field("errors")[0]["pointer"]), (422, &json!("/office/name")));
    let editor = app.put(at).staff("editor", "jyj").key("e").if_match(3).json(&named);
    assert_eq!(editor.send().await?.told(), (403, "forbidden".to_owned()));
    assert_eq!(put(at, 3, &json!({})).send().await?.status, 200);
    let profile = read().await?["profile"].clone();
    assert_eq!((&profile["telephone"], profile.get("disclosure")), (&json!("0598-8213013"), None));
    Ok(())
}

/// Stale version, revoked role, disabled account, expired token, a rule that would refuse: none of them comes before the first answer.
#[tokio::test]
async fn nothing_refuses_a_resend() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.approved("jyj", "jyj.tzgg", "标题").await?;
    let publish = |token: String| {
        let call = app.post(&format!("/documents/{id}/publish")).bearer(token).key("p").if_match(3);
        call.json(&json!({ "slug": "water" }))
    };
    let mut claims = tokens::claims("publisher.jyj");
    let first = publish(tokens::sign(&claims)?).send().await?;
    assert_eq!(first.status, 200, "{}", first.text());
    let withdraw = app.post(&format!("/documents/{id}/withdraw")).staff("publisher", "jyj").key("w").if_match(4);
    assert_eq!(withdraw.json(&json!({})).send().await?.status, 200);

    assert_eq!(publish(tokens::sign(&claims)?).send().await?, first, "at a later version");
    let without = app.post(&format!("/documents/{id}/publish")).bearer(tokens::sign(&claims)?).key("p");
    assert_eq!(without.json(&json!({ "slug": "water" })).send().await?, first, "without If-Match");
    for malformed in ["*", "\"one\"", "3"] {
        let call = publish(tokens::sign(&claims)?).header("if-match", malformed);
        assert_eq!(call.send().await?, first, "with If-Match {malformed}");
    }
    let call = publish(tokens::sign(&claims)?).header("idempotency-first-sent", "yesterday");
    assert_eq!(call.send().await?, first, "with a first instant that is none");
    let person = format!("/staff/{}", StaffId::of(&"publisher.jyj".parse()?));
    let administrator = |verb: &str, version: u64, body: &Value| {
        let call = app.post(&format!("{person}/{verb}")).subject(tokens::ADMINISTRATOR).key(verb).if_match(version);
        call.json(body)
    };
    let role = json!({ "assignment": { "role": "publisher", "department": "jyj" }, "reason": "调离" });
    assert_eq!(administrator("revoke", 1, &role).send().await?.status, 200);
    assert_eq!(publish(tokens::sign(&claims)?).send().await?, first, "without the role");
    assert_eq!(administrator("disable", 2, &json!({ "reason": "停用" })).send().await?.status, 200);
    assert_eq!(publish(tokens::sign(&claims)?).send().await?, first, "disabled");
    claims["exp"] = json!(1_700_000_000);
    assert_eq!(publish(tokens::sign(&claims)?).send().await?, first, "with an expired token");
    claims["sub"] = json!("somebody-else");
    let other = publish(tokens::sign(&claims)?).send().await?;
    assert_eq!(other.told(), (401, "token-expired".to_owned()), "another actor's key is another key");
    Ok(())
}

/// A key counts for a sender, an operation and a thing: what the description says.
#[tokio::test]
async fn a_key_counts_for_the_thing_it_was_sent_about() -> Result<()> {
    let app = TestApp::start().await?;
    app.found_staff().await?;
    let register = async |code: &str, name: &str| {
        let body = json!({ "code": code, "profile": { "name": name, "organisation_code": "014006438" } });
        app.post("/departments").bearer(tokens::city_registrar()?).key("k").json(&body).send().await
    };
    let first = register("swj", "水务局").await?;
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(register("tyj", "体育局").await?.field("id"), "tyj");
    assert_eq!(register("swj", "水务局").await?, first);
    assert_eq!(register("swj", "水利局").await?.told(), (422, "key-reused".to_owned()));
    let described = serde_json::to_value(publish::openapi())?;
    assert!(described["info"]["description"].as_str().unwrap().contains("another command"), "{described}");
    Ok(())
}

#[tokio::test]
async fn a_refused_request_is_decided_again() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    let publish = |version: u64| {
        let call = app.post(&format!("/documents/{id}/publish")).staff("publisher", "jyj").key("p").if_match(version);
        call.json(&json!({ "slug": "later" }))
    };
    assert_eq!(publish(1).send().await?.told().1, "not-approved");
    let submit = app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").key("s").if_match(1);
    let revision = submit.json(&json!({})).send().await?.json()["revision"].clone();
    let approve = app.post(&format!("/documents/{id}/approve")).staff("reviewer", "jyj").key("a").if_match(2);
    assert_eq!(approve.json(&json!({ "revision": revision })).send().await?.status, 200);
    assert_eq!(publish(3).send().await?.status, 200);
    Ok(())
}

/// While an earlier try may still be accepted, a refusal is not final.
#[tokio::test]
async fn a_refusal_while_an_earlier_try_is_open_says_try_again() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    let publish = || {
        let call = app.post(&format!("/documents/{id}/publish")).staff("publisher", "jyj").key("p").if_match(1);
        call.json(&json!({})).header("idempotency-first-sent", "2026-11-23T01:00:00Z")
    };
    app.clock.pass(Duration::from_millis(3500));
    let open = publish().send().await?;
    assert_eq!(open.told(), (409, "earlier-try-open".to_owned()));
    assert_eq!(open.headers["retry-after"], "12");
    // The first try's deadline is over, but a put that left in its last moment may still arrive.
    app.clock.pass(Duration::from_millis(8000));
    let open = publish().send().await?;
    assert_eq!((open.told(), open.headers["retry-after"].to_str()?), ((409, "earlier-try-open".to_owned()), "4"));
    app.clock.pass(Duration::from_millis(3500));
    assert_eq!(publish().send().await?.told(), (409, "not-approved".to_owned()));
    Ok(())
}

/// The reply of the store is lost after the write: the caller sees an answer all the same, and one effect.
#[tokio::test]
async fn a_lost_reply_of_the_store_makes_one_commit() -> Result<()> {
    for operation in ["PutItem", "TransactWriteItems"] {
        let faults = Faults::script([(operation, first_of(operation), Fault::LoseReply)])?;
        let app = TestApp::start_with(faults).await?;
        app.found_town().await?;
        let id = app.approved("jyj", "jyj.tzgg", "标题").await?;
        let call = || {
            app.post(&format!("/documents/{id}/publish"))
                .staff("publisher", "jyj")
                .key("p")
                .if_match(3)
                .json(&json!({}))
        };
        let first = call().send().await?;
        assert_eq!(first.status, 200, "{operation}: {}", first.text());
        assert_eq!(call().send().await?, first);
        let view = app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json();
        assert_eq!(view["version"], 4);
        assert_eq!(view["index_number"], "014006438/2026-00001");
    }
    Ok(())
}

/// The town takes eight puts, the draft is the ninth; the publication is the first transaction.
fn first_of(operation: &str) -> u64 {
    if operation == "PutItem" { 9 } else { 1 }
}
