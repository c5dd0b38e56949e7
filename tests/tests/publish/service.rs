//! What the API says of itself.

use anyhow::Result;
use http::Method;
use journeys::app::TestApp;

#[tokio::test]
async fn health_description_and_problem_pages_are_open() -> Result<()> {
    let app = TestApp::start().await?;
    assert_eq!(app.get("/health").send().await?.json()["status"], "ok");
    let description = app.get("/openapi.json").send().await?;
    assert_eq!(description.json(), serde_json::to_value(publish::openapi())?);
    let list = app.get("/problems").send().await?;
    assert_eq!(list.headers["content-type"], "text/html; charset=utf-8");
    for kind in publish::problems::all() {
        assert!(list.text().contains(&format!("/api/publish/problems/{}\"", kind.code)), "{}", kind.code);
        let page = app.get(&format!("/problems/{}", kind.code)).send().await?;
        assert_eq!(page.status, 200, "{}", kind.code);
        for text in [kind.title, kind.title_en, kind.remedy, kind.remedy_en] {
            assert!(page.text().contains(text), "{} lacks {text}", kind.code);
        }
    }
    assert_eq!(app.get("/problems/none").send().await?.told(), (404, "problem-not-found".to_owned()));
    Ok(())
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() -> Result<()> {
    let app = TestApp::start().await?;
    for path in ["", "/", "/nothing", "/documents/a/b/c", "/../secrets"] {
        let answer = app.get(path).staff("editor", "jyj").send().await?;
        assert_eq!(answer.told(), (404, "not-found".to_owned()), "{path}");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
    }
    // Bytes that are no text: in a parameter, where axum would answer in plain text, and elsewhere.
    for path in ["/documents/%FF", "/problems/%C3%28", "/columns/%ED%A0%80/x", "/%FF", "/commits/document:%80:1"] {
        let answer = app.get(path).staff("editor", "jyj").send().await?;
        assert_eq!(answer.told(), (404, "not-found".to_owned()), "{path}");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.json()["instance"], format!("/api/publish{path}"));
    }
    let answer = app.call(Method::DELETE, "/departments/jyj").staff("registrar", "jyj").send().await?;
    assert_eq!(answer.told(), (405, "method-not-allowed".to_owned()));
    let allow = answer.headers["allow"].to_str()?;
    assert!(allow.contains("GET") && allow.contains("PUT"), "{allow}");
    Ok(())
}

#[tokio::test]
async fn a_problem_names_the_request_it_belongs_to() -> Result<()> {
    let app = TestApp::start().await?;
    let answer = app.get("/documents/x").header("x-request-id", "trace-7").send().await?;
    assert_eq!(answer.json()["request"], "trace-7");
    assert_eq!(answer.json()["instance"], "/api/publish/documents/x");
    Ok(())
}
