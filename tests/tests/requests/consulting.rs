//! Opinions and fees: the reply's clock stands meanwhile.

use anyhow::Result;
use serde_json::json;

use super::town::{Case, filed, queue, town};

#[tokio::test]
async fn opinions_are_sought_at_once_and_recorded_by_letter_and_their_days_do_not_count() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    app.clock.set("2026-11-30T01:00:00Z".parse()?);
    let ask = |of: &str| json!({ "of": of, "text": "某公司：请在15个工作日内提出意见。" });
    case.done("seek-opinion", &ask("third-party")).await?;
    case.done("seek-opinion", &ask("third-party")).await?;
    let mut handed_over = ask("other-body");
    handed_over["delivered_on"] = json!("2026-11-27");
    case.done("seek-opinion", &handed_over).await?;
    assert_eq!(case.term("reply").await?.0, "stopped");
    // Fifteen working days from 30 November: 1–4 (4), 7–11 (9), 14–18 (14), 21 (15); of the third from 27 November, the Friday before.
    assert_eq!(case.term("opinion-1").await?, ("running".to_owned(), "2026-12-21T16:00:00Z".to_owned()));
    assert_eq!(case.term("opinion-3").await?.1, "2026-12-18T16:00:00Z");
    let page = case.page().await?;
    assert!(page.contains("正在征求第三方意见") && !page.contains("某公司"), "{page}");

    app.clock.set("2026-12-02T01:00:00Z".parse()?);
    let delivered = |letter: u16, day: &str| json!({ "letter": letter, "delivered_on": day });
    let outside = case.told("record-delivery", &delivered(2, "2026-11-20")).await?;
    assert_eq!(outside, (422, "day-outside".to_owned()), "before the application came");
    case.done("record-delivery", &delivered(2, "2026-12-01")).await?;
    assert_eq!(case.term("opinion-2").await?.1, "2026-12-22T16:00:00Z");
    assert_eq!(case.told("record-delivery", &delivered(2, "2026-12-01")).await?.1, "delivered-before");
    let says = |letter: u16, stance: &str| json!({ "letter": letter, "stance": stance, "text": "涉及商业秘密。", "received_on": "2026-12-02" });
    case.done("record-opinion", &says(1, "objects")).await?;
    assert_eq!(case.told("record-opinion", &says(1, "agrees")).await?, (409, "no-opinion-awaited".to_owned()));
    assert_eq!(case.told("record-opinion", &says(4, "agrees")).await?, (422, "no-such-letter".to_owned()));
    case.done("record-opinion", &says(2, "agrees")).await?;
    assert_eq!(case.term("reply").await?.0, "stopped", "another one is awaited");
    case.done("record-opinion", &says(3, "agrees")).await?;
    // Stood on 30 November and 1 December: two working days.
    assert_eq!(case.term("reply").await?, ("running".to_owned(), "2026-12-23T16:00:00Z".to_owned()));
    assert!(!app.everything().await?.contains("某公司") && !app.everything().await?.contains("商业秘密"));
    let papers = case.opened().await?.field("papers");
    let titles: Vec<_> = papers.as_array().into_iter().flatten().map(|paper| paper["title"].clone()).collect();
    let letters = ["征求意见书1（第三方）", "征求意见书2（第三方）", "征求意见书3（其他机关）"];
    assert_eq!(titles[..3], letters);
    assert_eq!(titles[3], "对征求意见书1的意见：第三方不同意公开");
    let view = case.view().await?.field("letters");
    assert_eq!((&view[0]["state"], &view[0]["stance"]), (&json!("given"), &json!("objects")));
    assert_eq!(view[1]["delivered_on"], "2026-12-01");

    // All came: who asks further supervises, and says why.
    assert_eq!(case.told("seek-opinion", &ask("third-party")).await?, (409, "further-round".to_owned()));
    let mut further = ask("third-party");
    further["reason"] = json!("另有一方权益受影响");
    let handler = case.call("seek-opinion", &further).await?.staff("handler", "jyj").send().await?;
    assert_eq!(handler.told(), (403, "forbidden".to_owned()), "{}", handler.text());
    case.done("seek-opinion", &further).await?;
    assert_eq!(case.view().await?.field("letters")[3]["reason"], "另有一方权益受影响");
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
    assert!(page.contains("没有收到第三方意见"), "{page}");
    // It had come in time: the clock ran again from that day, Friday 27 November, and not from the fifteenth.
    let says = json!({ "letter": 1, "stance": "agrees", "text": "同意。", "received_on": "2026-11-27" });
    case.done("record-opinion", &says).await?;
    // Stood on 23–26 November; counted: 27 (1), 30 – 4 December (6), 7–11 (11), 14–18 (16), 21–24 (20).
    assert_eq!(case.term("reply").await?, ("running".to_owned(), "2026-12-24T16:00:00Z".to_owned()));
    let page = case.page().await?;
    assert!(page.contains("第三方没有逾期") && page.contains("第三方同意公开"), "{page}");
    Ok(())
}

#[tokio::test]
async fn a_fee_is_made_by_the_schedule_asked_for_once_and_waited_for() -> Result<()> {
    let app = town().await?;
    for _ in 0..10 {
        filed(&app).await?;
    }
    app.clock.set("2026-11-23T03:00:00Z".parse()?);
    let case = Case::confirmed(&app).await?;
    let same = json!({ "item_of_month": 11, "in_all": 11, "in_a_year": 11, "replied_before": [] });
    assert_eq!(case.view().await?.field("same_applicant"), same);
    let auditor = app.disclosure(http::Method::GET, &format!("/requests/{}", case.id)).staff("auditor", "jyj");
    assert_eq!(auditor.send().await?.field("same_applicant"), json!(null), "who does not handle it is not told");
    assert_eq!(case.told("ask-fee", &json!({ "item": 10 })).await?, (422, "request-free".to_owned()));
    assert_eq!(case.told("ask-fee", &json!({ "item": 12 })).await?, (422, "item-beyond-counted".to_owned()));
    assert_eq!(case.told("ask-fee", &json!({ "item": 0 })).await?, (422, "invalid-field".to_owned()));
    let paid = json!({ "received_on": "2026-11-23" });
    assert_eq!(case.told("record-payment", &paid).await?, (409, "no-fee-awaited".to_owned()));
    case.done("ask-fee", &json!({ "item": 11 })).await?;
    assert_eq!(case.view().await?.field("fee"), json!({ "fen": 10_000 }));
    let page = case.page().await?;
    assert!(page.contains("等待缴费") && page.contains("100.00 元"), "{page}");
    let reply = json!({ "outcome": { "kind": "does-not-exist" }, "text": "没有。" });
    assert_eq!(case.told("draft-reply", &reply).await?, (409, "request-waits".to_owned()));
    case.done("record-payment", &paid).await?;
    assert_eq!(case.told("ask-fee", &json!({ "item": 11 })).await?, (409, "fee-asked-before".to_owned()));
    assert!(case.page().await?.contains("已缴费"));
    Ok(())
}
