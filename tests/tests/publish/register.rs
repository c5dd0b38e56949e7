//! Departments, sites and columns.

use anyhow::Result;
use journeys::{
    app::{Call, TestApp},
    tokens::city_registrar,
};
use serde_json::{Value, json};

fn site(label: &str, department: &str) -> Value {
    json!({ "label": label, "department": department, "profile": { "name": "站", "identification_code": "bm12345678",
        "sponsor": "局", "contact": "电话", "icp": "ICP" } })
}

fn column(column: &str, department: &str) -> Value {
    json!({ "column": column, "department": department, "kind": "policies", "archive": "ten-days",
        "profile": { "name": "政策", "position": 2, "prominence": "both" } })
}

#[tokio::test]
async fn departments_sites_and_columns_are_opened_read_and_changed() -> Result<()> {
    let app = TestApp::town().await?;
    let token = city_registrar()?;
    let opened = app.post("/columns").bearer(&token).key("c").json(&column("jyj.zcwj", "czj")).send().await?;
    assert_eq!(opened.status, 201, "{}", opened.text());
    assert_eq!(opened.headers["location"], "/api/publish/columns/jyj.zcwj");
    let view = app.get("/columns/jyj.zcwj").staff("editor", "czj").send().await?;
    assert_eq!(
        view.json(),
        json!({ "column": "jyj.zcwj", "version": 1, "department": "czj", "kind": "policies", "archive": "ten-days",
            "url": "http://jyj.localhost:8080/zcwj/",
            "profile": { "name": "政策", "description": "", "position": 2, "prominence": "both" } })
    );
    let changes = [
        ("/columns/jyj.zcwj", json!({ "profile": { "name": "政策文件" } }), "name", "政策文件"),
        ("/sites/jyj", json!({ "profile": site("jyj", "jyj")["profile"] }), "contact", "电话"),
        (
            "/departments/jyj",
            json!({ "profile": { "name": "教育局", "organisation_code": "014006438", "leaders": ["局长 李明"] } }),
            "leaders",
            "",
        ),
    ];
    for (path, body, field, value) in changes {
        let put = app.put(path).bearer(&token).key("change").if_match(1).json(&body);
        let changed = put.send().await?;
        assert_eq!(
            (changed.status.as_u16(), changed.json()["version"].as_u64()),
            (200, Some(2)),
            "{path}: {}",
            changed.text()
        );
        let view = app.get(path).staff("editor", "jyj").send().await?;
        assert_eq!(view.headers["etag"], "\"2\"");
        if !value.is_empty() {
            assert_eq!(view.json()["profile"][field], value, "{path}");
        }
        let again = app.put(path).bearer(&token).key("again").if_match(2).json(&body).send().await?;
        assert_eq!(again.told(), (409, "unchanged".to_owned()), "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn what_must_exist_must_exist() -> Result<()> {
    let app = TestApp::town().await?;
    let token = city_registrar()?;
    let before = app.written().await?;
    let call = |path: &str, body: &Value| -> Call<'_> { app.post(path).bearer(&token).key("bad").json(body) };
    let cases = [
        ("/sites", site("new", "none"), 422, "department-unknown"),
        ("/sites", site("jyj", "jyj"), 409, "site-exists"),
        ("/columns", column("none.x", "jyj"), 422, "site-unknown"),
        ("/columns", column("jyj.x", "none"), 422, "department-unknown"),
        ("/columns", column("jyj.x.y", "jyj"), 422, "parent-column-unknown"),
        ("/columns", column("jyj.tzgg", "jyj"), 409, "column-exists"),
        ("/columns", column("jyj.api", "jyj"), 422, "path-reserved"),
        ("/columns", column("jyj.2026", "jyj"), 422, "path-reserved"),
        (
            "/departments",
            json!({ "code": "jyj", "profile": { "name": "局", "organisation_code": "014006438" } }),
            409,
            "department-exists",
        ),
        (
            "/departments",
            json!({ "code": "new", "profile": { "name": "局", "organisation_code": "abc" } }),
            422,
            "organisation-code-unfit",
        ),
        (
            "/departments",
            json!({ "code": "New", "profile": { "name": "局", "organisation_code": "014006438" } }),
            422,
            "invalid-field",
        ),
    ];
    for (path, body, status, code) in cases {
        let answer = call(path, &body).send().await?;
        assert_eq!(answer.told(), (status, code.to_owned()), "{path} {body}: {}", answer.text());
    }
    assert_eq!(app.written().await?, before);
    for path in ["/departments/none", "/sites/none", "/columns/jyj.none", "/columns/none", "/sites/No"] {
        assert_eq!(app.get(path).bearer(&token).send().await?.status, 404, "{path}");
    }
    let put = app.put("/sites/none").bearer(&token).key("bad").if_match(1);
    assert_eq!(
        put.json(&json!({ "profile": site("none", "jyj")["profile"] })).send().await?.told().1,
        "site-not-found"
    );
    Ok(())
}

#[tokio::test]
async fn a_registrar_of_one_department_registers_there_only() -> Result<()> {
    let app = TestApp::town().await?;
    let open = |column_id: &str| {
        let department = column_id.split('.').next().unwrap_or_default();
        app.post("/columns").staff("registrar", "jyj").key(column_id).json(&column(column_id, department))
    };
    assert_eq!(open("jyj.zcwj").send().await?.status, 201);
    assert_eq!(open("czj.zcwj").send().await?.told(), (403, "forbidden".to_owned()));
    let other = app.post("/sites").staff("registrar", "jyj").key("s").json(&site("new", "czj")).send().await?;
    assert_eq!(other.told(), (403, "forbidden".to_owned()));
    Ok(())
}
