//! Too much, or too often: the applicant is asked why, and what comes of it (art. 35).

use anyhow::Result;
use serde_json::json;

use super::town::{Case, filed, text, town};

#[tokio::test]
async fn the_applicant_reads_what_he_is_asked_and_says_why_once_and_two_people_find_it_unreasonable() -> Result<()> {
    let app = town().await?;
    filed(&app).await?;
    filed(&app).await?;
    app.clock.set("2026-11-23T03:00:00Z".parse()?);
    let case = Case::confirmed(&app).await?;
    let same = case.view().await?.field("same_applicant");
    assert_eq!((&same["in_all"], &same["in_a_year"]), (&json!(3), &json!(3)));
    let excessive = json!({ "outcome": { "kind": "excessive" }, "text": "不予处理告知书。" });
    assert_eq!(case.told("draft-reply", &excessive).await?, (409, "no-reasons-given".to_owned()));
    assert_eq!(
        case.told("record-reasons", &json!({ "text": "论文", "received_on": "2026-11-23" })).await?,
        (409, "no-reasons-awaited".to_owned())
    );

    case.done("ask-reasons", &text("您今日已申请三件，请说明理由。")).await?;
    assert_eq!(case.told("ask-reasons", &text("再说")).await?, (409, "reasons-asked-before".to_owned()));
    assert_eq!(case.view().await?.field("reasons"), "awaited");
    assert_eq!(case.term("reply").await?, ("running".to_owned(), "2026-12-21T16:00:00Z".to_owned()));
    let page = case.page().await?;
    for told in ["等待说明理由", "请说明理由", "您今日已申请三件", "条例第三十五条", "还有 20 个工作日"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!app.everything().await?.contains("您今日已申请三件"), "what he is asked is his affair");

    let given = case.acts("give-reasons", "为撰写论文收集资料。").await?;
    assert!(given.text().contains("已收到您说明的理由"), "{}", given.text());
    assert!(!case.page().await?.contains("give-reasons"), "once");
    let opened = case.opened().await?.text();
    assert!(opened.contains("为撰写论文收集资料。") && opened.contains("要求说明理由"), "{opened}");
    case.decided(&excessive).await?;
    let page = case.page().await?;
    for told in ["已答复", "不予处理（条例第三十五条）", "不予处理告知书。"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    Ok(())
}

#[tokio::test]
async fn staff_record_reasons_that_came_otherwise_and_a_completion_may_be_awaited_beside_them() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    case.done("ask-reasons", &text("请说明理由。")).await?;
    case.done("ask-completion", &text("请写明年度。")).await?;
    let page = case.page().await?;
    for told in ["等待补正", "请写明年度。", "请说明理由。", "complete-text", "give-reasons-text"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    app.clock.set("2026-11-25T02:00:00Z".parse()?);
    let on = |day: &str| json!({ "text": "来电说明：诉讼需要。", "received_on": day });
    assert_eq!(case.told("record-reasons", &on("2026-11-22")).await?, (422, "day-outside".to_owned()));
    assert_eq!(case.told("record-reasons", &on("2026-11-26")).await?, (422, "day-outside".to_owned()));
    case.done("record-reasons", &on("2026-11-24")).await?;
    assert_eq!(case.view().await?.field("reasons"), "given");
    assert!(case.page().await?.contains("11月24日收到"));
    assert!(!app.everything().await?.contains("诉讼需要"));
    Ok(())
}

/// The reasons are good and twenty days too few: a longer term is told to the applicant, who sees by which rule it is his.
#[tokio::test]
async fn a_delayed_reply_is_agreed_recorded_and_accounted_for() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let delay = json!({ "days": 30, "reason": "申请数量大，须逐件检索，已与申请人商定" });
    assert_eq!(case.told("delay", &delay).await?, (409, "no-reasons-given".to_owned()));
    case.done("ask-reasons", &text("请说明理由。")).await?;
    assert_eq!(case.acts("give-reasons", "为撰写论文收集资料。").await?.status, 200);
    let handler = case.call("delay", &delay).await?.staff("handler", "jyj").send().await?;
    assert_eq!(handler.told(), (403, "forbidden".to_owned()));
    let none = json!({ "days": 0, "reason": "数量大" });
    assert_eq!(case.told("delay", &none).await?.0, 422);
    let before = case.term("reply").await?.1;
    case.done("delay", &delay).await?;
    let (stands, due) = case.term("reply").await?;
    assert!(stands == "running" && due > before, "{due}");
    assert_eq!(case.view().await?.field("delayed"), true);
    let page = case.page().await?;
    for told in ["答复期限延迟", "依《政府信息公开条例》第三十五条延迟30个工作日", "须逐件检索，已与申请人商定"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(case.told("delay", &delay).await?, (409, "delayed-before".to_owned()));
    Ok(())
}
