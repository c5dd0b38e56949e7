//! The register as its staff finds their way in it.

use anyhow::Result;
use journeys::app::TestApp;
use serde_json::{Value, json};

use super::follower::Follower;

async fn listed(app: &TestApp, path: &str) -> Result<Value> {
    let answer = app.get(path).staff("editor", "czj").send().await?;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.headers["cache-control"], "private, no-store");
    Ok(answer.json())
}

#[tokio::test]
async fn departments_sites_and_columns_are_listed_for_all_staff_as_a_tree() -> Result<()> {
    let app = TestApp::town().await?;
    assert_eq!(listed(&app, "/sites").await?, json!({ "sites": [] }), "nothing is projected yet");
    let follower = Follower::of(&app).await?;
    assert_eq!(
        listed(&app, "/departments").await?,
        json!({ "departments": [{ "code": "czj", "name": "财政局" }, { "code": "jyj", "name": "教育局" }] })
    );
    assert_eq!(
        listed(&app, "/sites").await?["sites"][1],
        json!({ "label": "jyj", "name": "澄湖市教育局", "url": "http://jyj.localhost:8080/" })
    );
    for (column, position) in [("jyj.tzgg.zs", 1), ("jyj.ahead", 0)] {
        let body = json!({ "column": column, "department": "jyj", "kind": "notices",
            "profile": { "name": column, "position": position } });
        let opened = app.post("/columns").staff("registrar", "jyj").key(column).json(&body).send().await?;
        assert_eq!(opened.status, 201, "{}", opened.text());
    }
    follower.catch_up().await?;
    let columns = listed(&app, "/sites/jyj/columns").await?["columns"].clone();
    let ids: Vec<&str> = columns.as_array().unwrap().iter().map(|one| one["column"].as_str().unwrap()).collect();
    assert_eq!(ids, ["jyj.ahead", "jyj.tzgg", "jyj.tzgg.zs", "jyj.xw"]);
    assert_eq!(
        columns[2],
        json!({ "column": "jyj.tzgg.zs", "parent": "jyj.tzgg", "name": "jyj.tzgg.zs", "kind": "通知公告",
            "url": "http://jyj.localhost:8080/tzgg/zs/" })
    );
    Ok(())
}

#[tokio::test]
async fn nobody_without_a_role_is_told_the_register() -> Result<()> {
    let app = TestApp::town().await?;
    for path in ["/departments", "/sites", "/sites/jyj/columns"] {
        let answer = app.get(path).subject("stranger").send().await?;
        assert_eq!(answer.told(), (403, "staff-unknown".to_owned()), "{path}");
        assert_eq!(app.get(path).send().await?.told().1, "token-missing", "{path}");
    }
    for label in ["none", "No"] {
        let answer = app.get(&format!("/sites/{label}/columns")).staff("editor", "jyj").send().await?;
        assert_eq!(answer.status, 404, "{label}: {}", answer.text());
    }
    Ok(())
}
