//! Role × command × department, through the API.

use anyhow::Result;
use domain::staff::Role;
use journeys::app::{Call, TestApp, draft};
use serde_json::json;

const ROLES: [&str; 6] = ["editor", "reviewer", "publisher", "registrar", "auditor", "migrator"];

/// Whoever is not named here gets 403 and writes nothing; that those named get through is the road's test.
#[tokio::test]
async fn every_command_is_for_its_roles_in_the_own_department_only() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.published("jyj", "jyj.tzgg", "perm").await?;
    let revision = json!({ "revision": "ab".repeat(32) });
    let commands = [
        ("POST", "submit", json!({}), "editor"),
        ("PUT", "draft", json!({ "content": { "title": "新", "body_html": "<p>新。</p>" } }), "editor"),
        ("POST", "restore", revision.clone(), "editor"),
        ("POST", "approve", revision.clone(), "reviewer"),
        ("POST", "return", json!({ "revision": "ab".repeat(32), "remark": "改" }), "reviewer"),
        ("POST", "publish", json!({}), "publisher"),
        ("POST", "correct", json!({ "note": "更正" }), "publisher"),
        ("POST", "move", json!({ "column": "jyj.tzgg" }), "publisher"),
        ("POST", "withdraw", json!({ "reason": "误" }), "publisher"),
    ];
    let before = app.written().await?;
    for (method, verb, body, allowed) in &commands {
        for role in ROLES {
            for department in ["jyj", "czj"] {
                if role == *allowed && department == "jyj" {
                    continue;
                }
                // At the version as it stands, and at versions of which nobody without permission learns that they are stale.
                for version in [4, 1, 9] {
                    let path = format!("/documents/{id}/{verb}");
                    let call = app.call(method.parse()?, &path).staff(role, department);
                    let key = format!("{verb}-{role}-{department}-{version}");
                    let answer = call.key(&key).if_match(version).json(body).send().await?;
                    let told = format!("{role} of {department} {verb} at {version}: {}", answer.text());
                    assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{told}");
                    assert!(answer.json()["detail"].as_str().unwrap().contains(allowed), "{told}");
                    assert_eq!((answer.json().get("version"), answer.json().get("changes")), (None, None), "{told}");
                }
            }
        }
    }
    assert_eq!(app.written().await?, before);
    Ok(())
}

#[tokio::test]
async fn drafts_are_read_by_their_department_and_by_auditors() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "内部").await?;
    let view = app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json();
    let text = format!("/revisions/{}", view["draft"]["revision"].as_str().unwrap());
    let parts = ["", "/history", "/revisions", "/diff", &text].map(|part| format!("/documents/{id}{part}"));
    for path in parts.into_iter().chain([format!("/commits/document:{id}:1")]) {
        for (role, department, status) in [
            ("reviewer", "jyj", 200),
            ("registrar", "jyj", 200),
            ("auditor", "czj", 200),
            ("editor", "czj", 403),
            ("publisher", "czj", 403),
        ] {
            let answer = app.get(&path).staff(role, department).send().await?;
            assert_eq!(answer.status.as_u16(), status, "{role} of {department} {path}: {}", answer.text());
        }
        assert_eq!(app.get(&path).send().await?.told().1, "token-missing");
    }
    Ok(())
}

#[tokio::test]
async fn a_role_that_names_a_site_counts_there_only_and_opens_columns_of_others() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("guest", &[(Role::Editor, "jyj", "czj")]).await?;
    let post = |column: &str| -> Call<'_> {
        app.post("/documents").subject("guest").key(column).json(&draft(column, "标题", "<p>正</p>"))
    };
    assert_eq!(post("jyj.tzgg").send().await?.told(), (403, "forbidden".to_owned()));
    let drafted = post("czj.tzgg").send().await?;
    assert_eq!(drafted.status, 201, "{}", drafted.text());
    let id = drafted.json()["id"].as_str().unwrap().to_owned();
    let view = app.get(&format!("/documents/{id}")).subject("guest").send().await?.json();
    assert_eq!((view["department"].as_str(), view["column"].as_str()), (Some("jyj"), Some("czj.tzgg")));
    Ok(())
}

#[tokio::test]
async fn an_editor_of_several_departments_says_whose_document_it_is() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("both", &[(Role::Editor, "jyj", ""), (Role::Editor, "czj", "")]).await?;
    let mut body = draft("czj.tzgg", "标题", "<p>正</p>");
    let answer = app.post("/documents").subject("both").key("a").json(&body).send().await?;
    assert_eq!(answer.told(), (422, "invalid-field".to_owned()));
    assert_eq!(answer.json()["errors"][0]["code"], "department-ambiguous");
    body["department"] = json!("czj");
    let answer = app.post("/documents").subject("both").key("b").json(&body).send().await?;
    assert_eq!(answer.status, 201, "{}", answer.text());
    Ok(())
}
