//! How far a commit has travelled.

use anyhow::Result;
use journeys::app::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_commit_tells_its_events_and_the_pages_it_will_change() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.published("jyj", "jyj.tzgg", "water").await?;
    let read = async |number: u64| {
        let answer = app.get(&format!("/commits/document:{id}:{number}")).staff("editor", "jyj").send().await?;
        assert_eq!(answer.status, 200, "{}", answer.text());
        anyhow::Ok(answer.json())
    };
    let drafted = read(1).await?;
    assert_eq!(drafted["events"], json!(["DocumentDrafted"]));
    assert_eq!(drafted["pages"], json!([]), "a draft changes no page");
    let published = read(4).await?;
    assert_eq!(published["events"], json!(["DocumentPublished"]));
    assert_eq!((published["head"].as_u64(), published["projected"].as_bool()), (Some(4), Some(false)));
    let pages = published["pages"].as_array().unwrap();
    let own = pages.iter().find(|page| page["url"] == "http://jyj.localhost:8080/tzgg/2026/11/23/water.html");
    assert_eq!(own.map(|page| page["written"].clone()), Some(json!(false)), "{published}");
    assert!(pages.iter().any(|page| page["url"] == "http://jyj.localhost:8080/tzgg/"), "{published}");
    Ok(())
}

#[tokio::test]
async fn addresses_that_name_nothing_are_not_found() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    for address in [
        format!("document:{id}:2"),
        format!("document:{id}:0"),
        format!("document:{id}"),
        "site:none:1".to_owned(),
        "x".to_owned(),
        "letter:a:1".to_owned(),
    ] {
        let answer = app.get(&format!("/commits/{address}")).staff("auditor", "jyj").send().await?;
        assert_eq!(answer.told(), (404, "commit-not-found".to_owned()), "{address}");
    }
    let site = app.get("/commits/site:jyj:1").staff("editor", "czj").send().await?;
    assert_eq!(site.json()["events"], json!(["SiteOpened"]));
    Ok(())
}
