//! Departments, sites and columns.

use std::cell::Cell;

use anyhow::Result;
use domain::staff::Role;
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
            "profile": { "name": "政策", "description": "", "position": 2, "prominence": "both",
                "review": { "levels": [{}], "publisher": {} } } })
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
        ("/columns", column("jyj.zhaocuo", "jyj"), 422, "path-reserved"),
        ("/columns", column("jyj.tongji", "jyj"), 422, "path-reserved"),
        ("/columns", column("jyj.gkml", "jyj"), 422, "path-reserved"),
        ("/columns", column("jyj.gkfg", "jyj"), 422, "path-reserved"),
        ("/columns", column("jyj.gkzn", "jyj"), 422, "path-reserved"),
        ("/columns", column("jyj.gknb", "jyj"), 422, "path-reserved"),
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

/// A label is taken for good, so no department takes what is everybody's.
#[tokio::test]
async fn a_free_label_takes_a_registrar_of_all_departments() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("of-the-label", &[(Role::Registrar, "", "new")]).await?;
    app.enrol("of-one-department", &[(Role::Registrar, "jyj", "new")]).await?;
    let open = |subject: &str, label: &str| {
        app.post("/sites").subject(subject).key(&format!("{subject}-{label}")).json(&site(label, "jyj"))
    };
    for (subject, label) in [
        ("registrar.jyj", "new"),
        ("registrar.jyj", "police"),
        ("of-one-department", "new"),
        ("of-the-label", "police"),
    ] {
        let answer = open(subject, label).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{subject} {label}: {}", answer.text());
    }
    assert_eq!(open("of-the-label", "new").send().await?.status, 201);
    assert_eq!(open("registrar", "police").send().await?.status, 201);
    Ok(())
}

#[tokio::test]
async fn a_registrar_whose_role_names_a_site_registers_there_only() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("narrow", &[(Role::Registrar, "jyj", "jyj")]).await?;
    let guest = app.post("/columns").subject("registrar").key("c").json(&column("czj.jy", "jyj")).send().await?;
    assert_eq!(guest.status, 201, "{}", guest.text());
    let department = json!({ "profile": { "name": "局", "organisation_code": "014006438" } });
    let described = json!({ "profile": { "name": "政策", "position": 2, "prominence": "both", "description": "新" } });
    let change = |path: &str, body: &Value| app.put(path).subject("narrow").key(path).if_match(1).json(body);
    for (path, body) in [("/departments/jyj", &department), ("/columns/czj.jy", &described)] {
        let answer = change(path, body).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{path}: {}", answer.text());
    }
    let own = change("/sites/jyj", &json!({ "profile": site("jyj", "jyj")["profile"] })).send().await?;
    assert_eq!(own.status, 200, "{}", own.text());
    let opened = app.post("/columns").subject("narrow").key("o").json(&column("jyj.zcwj", "jyj")).send().await?;
    assert_eq!(opened.status, 201, "{}", opened.text());
    Ok(())
}

/// What a site's navigation and home page show, and who reviews there, is the site's.
#[tokio::test]
async fn a_department_with_a_column_on_anothers_site_changes_nothing_of_the_site() -> Result<()> {
    let app = TestApp::town().await?;
    let body = json!({ "column": "czj.jy", "department": "jyj", "kind": "news", "profile": { "name": "教育" } });
    assert_eq!(app.post("/columns").subject("registrar").key("c").json(&body).send().await?.status, 201);
    app.enrol("both", &[(Role::Registrar, "jyj", ""), (Role::Registrar, "czj", "")]).await?;
    let sent = Cell::new(0);
    let change = |subject: &str, version: u64, profile: Value| {
        sent.set(sent.get() + 1);
        let call = app.put("/columns/czj.jy").subject(subject).key(&format!("change-{}", sent.get()));
        call.if_match(version).json(&json!({ "profile": profile }))
    };
    let own =
        change("registrar.jyj", 1, json!({ "name": "教育动态", "description": "学校", "position": 3 })).send().await?;
    assert_eq!(own.status, 200, "{}", own.text());
    let review = json!({ "levels": [{ "department": "jyj" }], "publisher": { "department": "jyj" } });
    for profile in [
        json!({ "name": "教育动态", "prominence": "home" }),
        json!({ "name": "教育动态", "prominence": "navigation", "position": 3 }),
        json!({ "name": "教育动态", "review": review }),
    ] {
        let answer = change("registrar.jyj", 2, profile.clone()).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{profile}");
        assert!(answer.json()["detail"].as_str().unwrap().contains("czj"), "{}", answer.text());
        let answer = change("registrar.czj", 2, profile.clone()).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "the column is not czj's: {profile}");
    }
    let shown = change("both", 2, json!({ "name": "教育动态", "prominence": "home", "position": 3 })).send().await?;
    assert_eq!(shown.status, 200, "{}", shown.text());
    let renamed =
        change("registrar.jyj", 3, json!({ "name": "学校", "prominence": "home", "position": 3 })).send().await?;
    assert_eq!(renamed.told(), (403, "forbidden".to_owned()), "its name stands on the home page");
    let hidden = change("registrar.jyj", 3, json!({ "name": "教育动态", "position": 3 })).send().await?;
    assert_eq!(hidden.told(), (403, "forbidden".to_owned()), "the home page loses it");
    let described = json!({ "name": "教育动态", "prominence": "home", "position": 3, "description": "校园" });
    assert_eq!(change("registrar.jyj", 3, described).send().await?.status, 200);
    Ok(())
}
