//! From the receipt to the completion: who confirms, asks and extends, and what the applicant does.

use anyhow::Result;
use http::Method;
use serde_json::json;

use super::town::{Case, WROTE, act, queue, text, town};

#[tokio::test]
async fn a_receipt_is_confirmed_once_and_nothing_else_is_done_before() -> Result<()> {
    let app = town().await?;
    let case = Case::filed(&app).await?;
    let early = [
        ("ask-completion", text("请写明年度。")),
        ("extend", json!({ "days": 5, "reason": "资料多" })),
        ("seek-opinion", json!({ "of": "third-party", "text": "某公司" })),
        ("record-opinion", json!({ "letter": 1, "stance": "agrees", "text": "同意", "received_on": "2026-11-23" })),
        ("record-delivery", json!({ "letter": 1, "delivered_on": "2026-11-23" })),
        ("record-completion", json!({ "text": "年度", "received_on": "2026-11-23" })),
        ("ask-fee", json!({ "item": 11 })),
        ("record-payment", json!({ "received_on": "2026-11-23" })),
        ("draft-reply", json!({ "outcome": { "kind": "does-not-exist" }, "text": "没有。" })),
        ("redirect", json!({ "channel": "信访渠道", "reason": "属投诉" })),
    ];
    for (verb, body) in early {
        assert_eq!(case.told(verb, &body).await?, (409, "not-confirmed".to_owned()), "{verb}");
    }
    case.done("confirm", &json!({})).await?;
    assert_eq!(case.told("confirm", &json!({})).await?, (409, "already-confirmed".to_owned()));
    assert_eq!(case.term("reply").await?, ("running".to_owned(), "2026-12-21T16:00:00Z".to_owned()));
    assert!(case.page().await?.contains("已登记，开始计算答复期限"));
    Ok(())
}

#[tokio::test]
async fn a_right_that_lapses_presses_nobody_and_what_the_applicant_has_to_do_waits_for_him() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let stands = || async {
        let entry = queue(&app, "jyj").await?.remove(0);
        let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        Ok::<_, anyhow::Error>((text("pressure"), text("deadline")))
    };
    let told = |pressure: &str, deadline: &str| (pressure.to_owned(), deadline.to_owned());
    // The last day on which a completion may be asked for: that is no duty.
    app.clock.set("2026-12-02T01:00:00Z".parse()?);
    assert_eq!(stands().await?, told("usual", "reply"));
    case.done("ask-completion", &text("请写明是哪一年度的清单。")).await?;
    assert_eq!(stands().await?, told("waiting", "completion"));
    // 3 and 4 December (2), 7–11 (7), 14–18 (12), 21–23 (15): his last day.
    app.clock.set("2026-12-23T01:00:00Z".parse()?);
    assert_eq!(stands().await?, told("waiting", "completion"));
    Ok(())
}

#[tokio::test]
async fn who_does_not_confirm_has_confirmed_a_working_day_later() -> Result<()> {
    let app = town().await?;
    let case = Case::filed(&app).await?;
    app.clock.set("2026-11-25T01:00:00Z".parse()?);
    assert_eq!(case.told("confirm", &json!({})).await?, (409, "already-confirmed".to_owned()));
    queue(&app, "jyj").await?;
    assert_eq!(disclosure::keep_time(&app.requests).await?.woken, 1);
    // From Tuesday, the day that was over: one day more than if it had been confirmed on Monday.
    assert_eq!(case.term("reply").await?, ("running".to_owned(), "2026-12-22T16:00:00Z".to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_completion_is_asked_for_once_and_in_time() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    assert_eq!(case.told("ask-completion", &text(" ")).await?, (422, "invalid-field".to_owned()));
    let call = case.call("ask-completion", &text("请写明是哪一年度的清单。")).await?.key("ask");
    let asked = call.staff("handler", "jyj").send().await?;
    assert_eq!(asked.status, 200, "{}", asked.text());
    // Sent again it is the first answer, and under its key another text is none.
    let again = |words: &str| {
        let path = format!("/requests/{}/ask-completion", case.id);
        app.disclosure(Method::POST, &path).key("ask").if_match(2).json(&text(words)).staff("handler", "jyj").send()
    };
    assert_eq!(again("请写明是哪一年度的清单。").await?.body, asked.body);
    assert_eq!(again("别的").await?.told(), (422, "key-reused".to_owned()));
    assert!(!app.everything().await?.contains("哪一年度"), "what is asked is the applicant's affair");
    assert_eq!(case.told("ask-completion", &text("再补")).await?, (409, "completion-asked-before".to_owned()));
    let reply = json!({ "outcome": { "kind": "does-not-exist" }, "text": "没有。" });
    assert_eq!(case.told("draft-reply", &reply).await?, (409, "request-waits".to_owned()));
    let page = case.page().await?;
    for told in ["等待补正", "请写明是哪一年度的清单。", "提交补正", "补正的内容"] {
        assert!(page.contains(told), "{told}: {page}");
    }

    let late = Case::confirmed(&app).await?;
    app.clock.set("2026-12-03T01:00:00Z".parse()?);
    assert_eq!(late.told("ask-completion", &text("补正")).await?, (409, "too-late-for-completion".to_owned()));
    Ok(())
}

#[tokio::test]
async fn the_applicant_completes_with_his_code_once_and_the_reply_is_counted_anew() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    case.done("ask-completion", &text("请写明年度。")).await?;
    app.clock.set("2026-11-26T02:00:00Z".parse()?);
    let page = case.page().await?;
    let (number, code) = (case.receipt.number.as_str(), case.receipt.code.as_str());
    let wrong = act(&app, &page, "complete", number, "AAAA-AAAA-AAAA-AAAA", "是2025年度的").await?;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("是2025年度的") && wrong.text().contains("查询码不对"), "{}", wrong.text());
    let empty = act(&app, &page, "complete", number, code, " ").await?;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("data-code=\"missing\""), "{}", empty.text());

    for _ in 0..2 {
        let done = act(&app, &page, "complete", number, code, "是2025年度的").await?;
        assert_eq!(done.status, 200, "{}", done.text());
        assert!(done.text().contains("已收到补正") && !done.text().contains("提交补正"), "{}", done.text());
    }
    let other = act(&app, &page, "complete", number, code, "是2024年度的").await?;
    assert_eq!(other.status, 409, "{}", other.text());
    assert_eq!(case.term("reply").await?, ("running".to_owned(), "2026-12-24T16:00:00Z".to_owned()));
    assert!(!app.everything().await?.contains("2025年度"));
    let opened = case.opened().await?.field("papers");
    assert_eq!((&opened[0]["text"], &opened[1]["text"]), (&"请写明年度。".into(), &"是2025年度的".into()));
    assert_eq!(case.view().await?.field("completion"), "given");
    Ok(())
}

#[tokio::test]
async fn no_completion_is_abandonment_and_comes_too_late_then() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    case.done("ask-completion", &text("请写明年度。")).await?;
    let page = case.page().await?;
    app.clock.set("2026-12-15T01:00:00Z".parse()?);
    let (number, code) = (case.receipt.number.as_str(), case.receipt.code.as_str());
    let late = act(&app, &page, "complete", number, code, "是2025年度的").await?;
    assert_eq!(late.status, 409, "a form is good for a day: {}", late.text());
    let late = act(&app, &late.text(), "complete", number, code, "是2025年度的").await?;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("data-code=\"case-closed\""), "{}", late.text());
    let page = case.page().await?;
    assert!(page.contains("视为放弃申请") && !page.contains("撤回申请</button>"), "{page}");
    Ok(())
}

#[tokio::test]
async fn a_completion_that_came_by_post_in_time_opens_the_case_again_and_a_good_reason_asks_anew() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    case.done("ask-completion", &text("请写明年度。")).await?;
    let came = |day: &str| json!({ "text": "是2025年度的", "received_on": day });
    assert_eq!(case.told("record-completion", &came("2026-11-22")).await?, (422, "day-outside".to_owned()));
    assert_eq!(case.told("record-completion", &came("2026-11-24")).await?, (422, "day-outside".to_owned()), "tomorrow");
    assert_eq!(case.told("record-completion", &came("soon")).await?, (422, "invalid-field".to_owned()));
    // Given somebody who may not: what cannot be read is told first, whichever field it is; what can be read, never.
    let nothing = json!({ "text": " ", "received_on": "2026-11-23" });
    for (sent, told) in [(came("soon"), 422), (nothing, 422), (came("2026-11-23"), 403)] {
        let stranger = case.call("record-completion", &sent).await?.staff("handler", "czj").send().await?;
        assert_eq!(stranger.status.as_u16(), told, "{sent}: {}", stranger.text());
    }

    // Its last day was 14 December.
    app.clock.set("2026-12-16T01:00:00Z".parse()?);
    assert!(case.page().await?.contains("视为放弃申请"));
    assert_eq!(case.told("record-completion", &came("2026-12-15")).await?, (409, "came-too-late".to_owned()));
    case.done("record-completion", &came("2026-12-14")).await?;
    // 15–18 December (4), 21–25 (9), 28–31 (13), and of 2027, which is provisional, 1 (14), 4–8 (19), 11 January (20).
    assert_eq!(case.term("reply").await?, ("running".to_owned(), "2027-01-11T16:00:00Z".to_owned()));
    let page = case.page().await?;
    assert!(page.contains("恢复办理") && page.contains("12月14日收到。"), "{page}");
    assert!(!app.everything().await?.contains("2025年度"), "what he says is his affair");
    let papers = case.opened().await?.field("papers");
    assert_eq!(papers[1]["text"], "是2025年度的");

    // It is extended once, and what is counted anew since is not extended again.
    let more = json!({ "days": 1, "reason": "资料多" });
    let other = Case::confirmed(&app).await?;
    other.done("extend", &more).await?;
    other.done("ask-completion", &text("请写明年度。")).await?;
    let reason = json!({ "reason": "因不可抗力未能按期补正" });
    assert_eq!(other.told("reopen", &reason).await?, (409, "not-reopenable".to_owned()));
    app.clock.set("2027-01-20T01:00:00Z".parse()?);
    other.done("reopen", &reason).await?;
    let page = other.page().await?;
    assert!(page.contains("您有正当理由") && page.contains("提交补正"), "{page}");
    assert_eq!(other.acts("complete", "是2025年度的").await?.status, 200);
    assert_eq!(other.term("reply").await?.0, "running");
    assert_eq!(other.told("extend", &more).await?, (409, "deadline-refuses".to_owned()));
    assert_eq!(other.view().await?.field("extended"), true);
    Ok(())
}

#[tokio::test]
async fn the_applicant_takes_it_back_whenever_he_likes_and_a_supervisor_records_it_for_him_with_what_shows_it()
-> Result<()> {
    let app = town().await?;
    let case = Case::filed(&app).await?;
    let done = case.acts("withdraw", "").await?;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.text().contains("已撤回本次申请。") && done.text().contains("已撤回申请"), "{}", done.text());
    let recorded = json!({ "reason": "已从其他途径获得", "shown_by": "letter" });
    assert_eq!(case.told("withdraw", &recorded).await?, (409, "case-closed".to_owned()));
    assert_eq!(case.view().await?.field("conclusion"), json!({ "kind": "withdrawn" }));

    let other = Case::confirmed(&app).await?;
    assert_eq!(other.told("withdraw", &json!({})).await?.0, 422, "a reason and what shows it");
    let handler = other.call("withdraw", &recorded).await?.staff("handler", "jyj").send().await?;
    assert_eq!(handler.told(), (403, "forbidden".to_owned()), "{}", handler.text());
    other.done("withdraw", &recorded).await?;
    let page = other.page().await?;
    assert!(page.contains("已撤回") && page.contains("依据您的来信。") && page.contains("已从其他途径获得"), "{page}");
    let told = json!({ "kind": "withdrawn", "shown_by": "letter" });
    assert_eq!(other.view().await?.field("conclusion"), told);
    Ok(())
}

#[tokio::test]
async fn the_reply_is_extended_once_by_a_supervisor_within_the_law() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let by = |days: u16| json!({ "days": days, "reason": "需要汇总资料" });
    let handler = case.call("extend", &by(5)).await?.staff("handler", "jyj").send().await?;
    assert_eq!(handler.told(), (403, "forbidden".to_owned()));
    assert_eq!(case.told("extend", &by(0)).await?, (422, "invalid-field".to_owned()));
    assert_eq!(case.told("extend", &by(21)).await?, (409, "deadline-refuses".to_owned()));
    case.done("extend", &by(4)).await?;
    assert_eq!(case.term("reply").await?, ("running".to_owned(), "2026-12-25T16:00:00Z".to_owned()));
    assert_eq!(case.told("extend", &by(1)).await?, (409, "deadline-refuses".to_owned()));
    let page = case.page().await?;
    assert!(page.contains("答复期限延长") && page.contains("需要汇总资料"), "{page}");
    Ok(())
}

#[tokio::test]
async fn it_is_taken_noted_on_and_handed_over_as_any_case() -> Result<()> {
    let app = town().await?;
    let case = Case::filed(&app).await?;
    case.done("take", &json!({})).await?;
    case.done("notes", &text("已电话确认。")).await?;
    assert_eq!(case.opened().await?.field("notes")[0]["text"], "已电话确认。");
    case.done("assign", &json!({ "department": "czj", "reason": "属财政部门职责" })).await?;
    assert_eq!(case.opened().await?.told(), (403, "forbidden".to_owned()));
    let open = app.disclosure(Method::POST, &format!("/requests/{}/open", case.id)).staff("handler", "czj");
    let opened = open.json(&json!({ "reason": "办理" })).send().await?;
    assert!(opened.text().contains(WROTE), "{}", opened.text());
    assert_eq!(app.holders(&case.stream()).await?, ["czj"], "the former way to the key is gone");
    assert_eq!((queue(&app, "jyj").await?.len(), queue(&app, "czj").await?.len()), (0, 1));
    Ok(())
}

#[tokio::test]
async fn a_department_s_list_has_cases_of_every_kind_and_each_kind_s_own() -> Result<()> {
    let app = town().await?;
    let case = Case::filed(&app).await?;
    let all = app.letter(Method::GET, "/cases").staff("handler", "jyj").send().await?.field("entries");
    assert_eq!(all[0]["stream"], case.stream());
    let reports = app.letter(Method::GET, "/corrections").staff("handler", "jyj").send().await?;
    assert_eq!(reports.field("entries"), json!([]), "{}", reports.text());
    Ok(())
}

#[tokio::test]
async fn a_case_that_is_none_or_of_another_kind_is_told_so_whatever_is_asked_of_it() -> Result<()> {
    let app = town().await?;
    let case = Case::filed(&app).await?;
    let acts = [
        ("take", json!({})),
        ("confirm", json!({})),
        ("ask-completion", text("补正")),
        ("extend", json!({ "days": 1, "reason": "资料多" })),
        ("draft-reply", json!({ "outcome": { "kind": "does-not-exist" }, "text": "没有。" })),
        ("archive", json!({ "file": "1" })),
        ("erase", json!({ "reason": "本人要求" })),
    ];
    for (verb, body) in acts {
        let path = format!("/requests/aaaaaaaaaaaaaaaaaaaaaaaaaa/{verb}");
        let call = app.disclosure(Method::POST, &path).key(verb).if_match(1).json(&body);
        let told = call.staff("supervisor", "jyj").send().await?;
        assert_eq!(told.told(), (404, "case-not-found".to_owned()), "{verb}: {}", told.text());
    }
    let elsewhere =
        app.letter(Method::GET, &format!("/corrections/{}", case.id)).staff("handler", "jyj").send().await?;
    assert_eq!(elsewhere.told(), (404, "case-not-found".to_owned()));
    Ok(())
}
