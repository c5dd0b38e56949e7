//! Opinions and fees: the reply's clock stands meanwhile.

use anyhow::Result;
use serde_json::json;

use super::town::{Case, queue, town};

#[tokio::test]
async fn an_opinion_is_sought_and_recorded_and_its_days_do_not_count() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    app.clock.set("2026-11-30T01:00:00Z".parse()?);
    let ask = |of: &str| json!({ "of": of, "text": "某公司：请在15个工作日内提出意见。" });
    case.done("seek-opinion", &ask("third-party")).await?;
    assert_eq!(case.told("seek-opinion", &ask("third-party")).await?, (409, "opinion-awaited".to_owned()));
    case.done("seek-opinion", &ask("other-body")).await?;
    assert_eq!(case.term("reply").await?.0, "stopped");
    // Fifteen working days from 30 November: 1–4 (4), 7–11 (9), 14–18 (14), 21 (15).
    assert_eq!(case.term("third-party-opinion").await?, ("running".to_owned(), "2026-12-21T16:00:00Z".to_owned()));
    let page = case.page().await?;
    assert!(page.contains("正在征求第三方意见") && !page.contains("某公司"), "{page}");

    app.clock.set("2026-12-02T01:00:00Z".parse()?);
    let says = |of: &str, stance: &str| json!({ "of": of, "stance": stance, "text": "涉及商业秘密。" });
    case.done("record-opinion", &says("third-party", "objects")).await?;
    assert_eq!(
        case.told("record-opinion", &says("third-party", "agrees")).await?,
        (409, "no-opinion-awaited".to_owned())
    );
    assert_eq!(case.term("reply").await?.0, "stopped", "another one is awaited");
    case.done("record-opinion", &says("other-body", "agrees")).await?;
    // Stood on 30 November and 1 December: two working days.
    assert_eq!(case.term("reply").await?, ("running".to_owned(), "2026-12-23T16:00:00Z".to_owned()));
    assert!(!app.everything().await?.contains("某公司") && !app.everything().await?.contains("商业秘密"));
    let papers = case.opened().await?.field("papers");
    let titles: Vec<_> = papers.as_array().into_iter().flatten().map(|paper| paper["title"].clone()).collect();
    assert_eq!(titles, ["征求第三方意见", "征求其他机关意见", "第三方不同意公开", "其他机关同意公开"]);
    let view = case.view().await?;
    assert_eq!(view.field("awaited"), json!([]));
    assert_eq!(view.field("opinions")[0], json!({ "of": "third-party", "stance": "objects" }));
    Ok(())
}

#[tokio::test]
async fn silence_lets_the_case_go_on() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    case.done("seek-opinion", &json!({ "of": "third-party", "text": "某公司" })).await?;
    app.clock.set("2026-12-15T01:00:00Z".parse()?);
    queue(&app, "jyj").await?;
    assert!(disclosure::keep_time(&app.requests).await?.woken >= 1);
    assert_eq!(case.term("reply").await?.0, "running");
    let page = case.page().await?;
    assert!(page.contains("第三方逾期未提出意见"), "{page}");
    Ok(())
}

#[tokio::test]
async fn a_fee_is_made_by_the_schedule_asked_for_once_and_waited_for() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    assert_eq!(case.told("ask-fee", &json!({ "item": 10 })).await?, (422, "request-free".to_owned()));
    assert_eq!(case.told("ask-fee", &json!({ "item": 0 })).await?, (422, "invalid-field".to_owned()));
    assert_eq!(case.told("record-payment", &json!({})).await?, (409, "no-fee-awaited".to_owned()));
    case.done("ask-fee", &json!({ "item": 31 })).await?;
    assert_eq!(case.view().await?.field("fee"), json!({ "fen": 20_000 }));
    let page = case.page().await?;
    assert!(page.contains("等待缴费") && page.contains("200.00 元"), "{page}");
    let reply = json!({ "outcome": { "kind": "does-not-exist" }, "text": "没有。" });
    assert_eq!(case.told("decide", &reply).await?, (409, "request-waits".to_owned()));
    case.done("record-payment", &json!({})).await?;
    assert_eq!(case.told("ask-fee", &json!({ "item": 31 })).await?, (409, "fee-asked-before".to_owned()));
    assert!(case.page().await?.contains("已缴费"));
    Ok(())
}
