//! One application from a mistake in its form to the end of its keeping; every day was counted by hand from the calendar of 2026.

use anyhow::Result;
use http::Method;
use serde_json::json;

use super::{
    follower::Follower,
    town::{CARD, Case, PHONE, WROTE, fields, send, text, token, town},
};

/// A term that runs to the end of this day of the city.
fn until(day: &str) -> (String, String) {
    ("running".to_owned(), format!("{day}T16:00:00Z"))
}

#[tokio::test]
async fn an_application_lives_as_the_regulation_says() -> Result<()> {
    let app = town().await?;

    // Monday, 23 November 2026: a form without a telephone is shown again, with all else in it.
    let form = token(&app).await?;
    let mut wrong = fields(&form, WROTE);
    wrong.retain(|(name, _)| *name != "phone");
    let again = send(&app, &form, &wrong).await?;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("#phone") && again.text().contains(WROTE), "{}", again.text());
    let case = Case::filed(&app).await?;
    assert_eq!(case.term("confirmation").await?, until("2026-11-24"), "one working day");

    case.done("take", &json!({})).await?;
    case.done("confirm", &json!({})).await?;
    // 24–27 November (4), 30 November – 4 December (9), 7–11 (14), 14–18 (19), 21 (20).
    assert_eq!(case.term("reply").await?, until("2026-12-21"));
    assert!(case.page().await?.contains("还有 20 个工作日（至 12月21日）"), "{}", case.page().await?);
    // 24–27 November (4), 30 November – 2 December (7).
    assert_eq!(case.term("completion-notice").await?, until("2026-12-02"));

    // Tuesday: what is missing is asked for. 25–27 November (3), 30 – 4 December (8), 7–11 (13), 14 and 15 (15).
    app.clock.set("2026-11-24T02:00:00Z".parse()?);
    case.done("ask-completion", &text("请写明是哪一年度的清单。")).await?;
    assert_eq!(case.term("completion").await?, until("2026-12-15"));
    assert_eq!(case.term("reply").await?.0, "stopped");

    // Thursday: it is completed, and counted anew. 27 November (1), 30 – 4 December (6), 7–11 (11), 14–18 (16), 21–24 (20).
    app.clock.set("2026-11-26T02:00:00Z".parse()?);
    let completed = case.acts("complete", "是2025年度的清单。").await?;
    assert_eq!(completed.status, 200, "{}", completed.text());
    assert!(completed.text().contains("还有 20 个工作日（至 12月24日）"), "{}", completed.text());
    assert_eq!(case.term("reply").await?, until("2026-12-24"));

    // Monday, 30 November: two working days more, Friday 25 and Monday 28 December.
    app.clock.set("2026-11-30T02:00:00Z".parse()?);
    case.done("extend", &json!({ "days": 2, "reason": "需要汇总资料" })).await?;
    assert_eq!(case.term("reply").await?, until("2026-12-28"));

    // Wednesday, 2 December: a third party is asked. 3 and 4 (2), 7–11 (7), 14–18 (12), 21–23 (15).
    app.clock.set("2026-12-02T02:00:00Z".parse()?);
    case.done("seek-opinion", &json!({ "of": "third-party", "text": "某公司：请提出意见。" })).await?;
    assert_eq!(case.term("opinion-1").await?, until("2026-12-23"));
    assert_eq!(case.term("reply").await?.0, "stopped");

    // Monday, 7 December: it objects. The clock stood on 2, 3 and 4 December: 29, 30 and 31 December instead.
    app.clock.set("2026-12-07T02:00:00Z".parse()?);
    let objects =
        json!({ "letter": 1, "stance": "objects", "text": "附件二涉及商业秘密。", "received_on": "2026-12-07" });
    case.done("record-opinion", &objects).await?;
    assert_eq!(case.term("reply").await?, until("2026-12-31"));

    // Tuesday, 15 December: a part of it is given, and the applicant reads why.
    app.clock.set("2026-12-15T02:00:00Z".parse()?);
    let partial = json!({ "kind": "partial", "withheld": "附件二：第三方的商业秘密（条例第十五条）" });
    let reply = "随函提供清单全文，附件二除外。\n\n如不服，可以自收到之日起六十日内申请行政复议。";
    let decided = json!({ "outcome": { "kind": "provided", "extent": partial }, "text": reply });
    case.decided(&decided).await?;
    assert_eq!(case.term("reply").await?, ("met".to_owned(), "2026-12-15T02:00:00Z".to_owned()));
    let page = case.page().await?;
    for told in ["已答复", "部分公开；不公开的部分：附件二", "随函提供清单全文，附件二除外。", "行政复议"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    let readings = app.disclosure(Method::GET, &format!("/requests/{}/readings", case.id));
    let readings = readings.staff("auditor", "jyj").send().await?.field("readings");
    assert_eq!(
        (&readings[0]["by"], &readings[0]["fields"]),
        (&json!(format!("citizen:{}", case.stream())), &json!(["reply"]))
    );
    case.done("archive", &json!({ "file": "2026-YSQ-0031" })).await?;
    assert_eq!(case.view().await?.field("kept_until"), "2036-12-15");

    // Ten years later the last day of its keeping is over; the views hold all since the file was closed.
    Follower::of(&app).await?;
    app.clock.set("2036-12-15T15:59:59Z".parse()?);
    assert_eq!(disclosure::keep_time(&app.requests).await?.woken, 0, "the last day is not over");
    app.clock.set("2036-12-15T16:00:00Z".parse()?);
    assert_eq!(disclosure::keep_time(&app.requests).await?.woken, 1);
    Follower::of(&app).await?;
    assert_eq!(disclosure::keep_time(&app.requests).await?.erased, 1);
    assert_eq!(case.opened().await?.told(), (410, "case-erased".to_owned()));
    assert_eq!(app.vault_rows(&case.stream()).await?, 0, "no row of his is left");
    let page = case.page().await?;
    assert!(page.contains("个人信息的密钥已销毁") && page.contains("部分公开"), "{page}");
    assert!(!page.contains("随函提供") && !page.contains("哪一年度"), "{page}");
    let all = app.everything().await?;
    for secret in [WROTE, PHONE, CARD, "2025年度", "某公司", "随函提供"] {
        assert!(!all.contains(secret), "{secret} is readable");
    }
    Ok(())
}
