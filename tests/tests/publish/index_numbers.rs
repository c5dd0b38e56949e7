//! Index numbers (索引号): one series per organisation and year, without gaps or doubles.

use std::{collections::BTreeSet, sync::Arc};

use anyhow::Result;
use journeys::app::TestApp;
use serde_json::json;

#[tokio::test]
async fn publications_at_once_get_different_numbers_without_gaps() -> Result<()> {
    let app = Arc::new(TestApp::town().await?);
    let mut ids = Vec::new();
    for place in 0..8 {
        ids.push(app.approved("jyj", "jyj.tzgg", &format!("第{place}份")).await?);
    }
    let mut tasks = tokio::task::JoinSet::new();
    for id in ids {
        let app = Arc::clone(&app);
        tasks.spawn(async move {
            let call = app.post(&format!("/documents/{id}/publish")).staff("publisher", "jyj").key("p").if_match(3);
            call.json(&json!({})).send().await
        });
    }
    let mut numbers = BTreeSet::new();
    while let Some(answer) = tasks.join_next().await {
        let answer = answer??;
        assert_eq!(answer.status, 200, "{}", answer.text());
        numbers.insert(answer.json()["index_number"].as_str().unwrap().to_owned());
    }
    let expected: BTreeSet<String> = (1..=8).map(|serial| format!("014006438/2026-{serial:05}")).collect();
    assert_eq!(numbers, expected);
    Ok(())
}

#[tokio::test]
async fn each_organisation_and_each_year_counts_for_itself() -> Result<()> {
    let app = TestApp::town().await?;
    let number = async |department: &str, slug: &str| {
        let id = app.published(department, &format!("{department}.tzgg"), slug).await?;
        let view = app.get(&format!("/documents/{id}")).staff("editor", department).send().await?;
        anyhow::Ok(view.json()["index_number"].as_str().unwrap().to_owned())
    };
    assert_eq!(number("jyj", "a").await?, "014006438/2026-00001");
    assert_eq!(number("czj", "b").await?, "014006446/2026-00001");
    assert_eq!(number("jyj", "c").await?, "014006438/2026-00002");
    // Midnight of the new year in the city is four in the afternoon, UTC.
    app.clock.set("2026-12-31T15:59:59Z".parse()?);
    assert_eq!(number("jyj", "d").await?, "014006438/2026-00003");
    app.clock.set("2026-12-31T16:00:00Z".parse()?);
    assert_eq!(number("jyj", "e").await?, "014006438/2027-00001");
    Ok(())
}
