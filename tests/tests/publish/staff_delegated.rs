//! Delegated administrators: within their own scope, and never more than they hold.

use anyhow::Result;
use domain::staff::Role;
use journeys::app::TestApp;
use serde_json::{Value, json};

use super::staff::{about, role};

/// A town whose `chief` administers jyj, is editor there, and reviewer on jyj's own site.
async fn town() -> Result<TestApp> {
    let app = TestApp::town().await?;
    let roles = [(Role::Administrator, "jyj", ""), (Role::Editor, "jyj", ""), (Role::Reviewer, "jyj", "jyj")];
    app.enrol("chief", &roles).await?;
    app.enrol("clerk", &[(Role::Auditor, "jyj", "")]).await?;
    app.enrol("both", &[(Role::Editor, "jyj", ""), (Role::Editor, "czj", "")]).await?;
    Ok(app)
}

fn granting(role: &str, department: &str, site: &str) -> Value {
    let mut assignment = json!({ "role": role });
    for (field, value) in [("department", department), ("site", site)] {
        if !value.is_empty() {
            assignment[field] = json!(value);
        }
    }
    json!({ "assignment": assignment, "reason": "分工" })
}

#[tokio::test]
async fn grants_what_he_holds_where_he_administers_and_nothing_else() -> Result<()> {
    let app = town().await?;
    let before = app.written().await?;
    for (role, department, site) in [
        ("editor", "czj", ""),
        ("editor", "", ""),
        ("editor", "", "jyj"),
        ("administrator", "", ""),
        ("publisher", "jyj", ""),
        ("registrar", "jyj", "jyj"),
        ("reviewer", "jyj", ""),
        ("reviewer", "jyj", "www"),
    ] {
        let body = granting(role, department, site);
        let answer = about(&app, "chief", "clerk", "grant", 1, &body).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{role} {department} {site}: {}", answer.text());
        assert!(answer.json()["detail"].as_str().unwrap().contains("administrator"), "{}", answer.text());
        let roles = json!([{ "role": "editor", "department": "jyj" }, body["assignment"]]);
        let body = json!({ "subject": "fresh", "roles": roles, "reason": "新人" });
        let answer = app.post("/staff").subject("chief").key("e").json(&body).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "one of two: {role} {department} {site}");
    }
    assert_eq!(app.written().await?, before);
    let within = [("editor", ""), ("editor", "www"), ("reviewer", "jyj"), ("administrator", "www")];
    for (version, (role, site)) in (1..).zip(within) {
        let answer = about(&app, "chief", "clerk", "grant", version, &granting(role, "jyj", site)).send().await?;
        assert_eq!(answer.status, 200, "{role} {site}: {}", answer.text());
    }
    Ok(())
}

#[tokio::test]
async fn revokes_within_his_scope_only_and_disables_only_whom_he_covers_whole() -> Result<()> {
    let app = town().await?;
    let reason = json!({ "reason": "停用" });
    let partly = about(&app, "chief", "both", "disable", 1, &reason).send().await?;
    assert_eq!(partly.told(), (403, "forbidden".to_owned()), "he works for czj as well");
    let foreign = about(&app, "chief", "both", "revoke", 1, &role("editor", "czj")).send().await?;
    assert_eq!(foreign.told(), (403, "forbidden".to_owned()));
    let own = about(&app, "chief", "both", "revoke", 1, &role("editor", "jyj")).send().await?;
    assert_eq!(own.status, 200, "{}", own.text());
    for wider in ["administrator", "registrar", "auditor.jyj", "editor.czj"] {
        let answer = about(&app, "chief", wider, "disable", 1, &reason).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{wider}");
    }
    let his = about(&app, "chief", "clerk", "disable", 1, &reason).send().await?;
    assert_eq!(his.status, 200, "{}", his.text());
    let again = about(&app, "chief", "clerk", "grant", 2, &role("editor", "jyj")).send().await?;
    assert_eq!(again.told(), (409, "grantee-disabled".to_owned()));
    let by_another = about(&app, "administrator.czj", "clerk", "enable", 2, &reason).send().await?;
    assert_eq!(by_another.told(), (403, "forbidden".to_owned()));
    assert_eq!(about(&app, "chief", "clerk", "enable", 2, &reason).send().await?.status, 200);
    Ok(())
}

/// Power that is gone gives nothing any more, and what it gave stays until it is revoked itself.
#[tokio::test]
async fn who_lost_his_office_grants_nothing_more() -> Result<()> {
    let app = town().await?;
    about(&app, "chief", "clerk", "grant", 1, &role("editor", "jyj")).send().await?;
    let lost = about(&app, "administrator", "chief", "revoke", 1, &role("administrator", "jyj")).send().await?;
    assert_eq!(lost.status, 200, "{}", lost.text());
    let answer = about(&app, "chief", "clerk", "grant", 2, &granting("editor", "jyj", "www")).send().await?;
    assert_eq!(answer.told(), (403, "forbidden".to_owned()));
    let resent = about(&app, "chief", "clerk", "grant", 1, &role("editor", "jyj")).send().await?;
    assert_eq!((resent.status.as_u16(), resent.json()["version"].as_u64()), (200, Some(2)), "the first answer");
    assert_eq!(app.get("/staff/me").subject("clerk").send().await?.json()["person"]["roles"][1]["role"], "editor");
    Ok(())
}
