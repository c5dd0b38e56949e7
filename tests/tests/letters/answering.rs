//! Its handlers open a report, hand it over, note and answer.

use anyhow::Result;
use casework::Casework;
use http::Method;
use journeys::cases::Receipt;
use serde_json::json;

use super::town::{PHONE, WROTE, act, answer, only_case, queue, reported, status, town};

#[tokio::test]
async fn what_was_written_is_opened_with_a_reason_that_is_recorded() -> Result<()> {
    let app = town().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let view = app.letter(Method::GET, &format!("/corrections/{id}")).staff("handler", "jyj").send().await?;
    assert_eq!(view.status, 200, "{}", view.text());
    assert!(!view.text().contains(WROTE) && !view.text().contains(PHONE), "{}", view.text());
    assert_eq!((view.field("stands"), view.field("fault")), (json!("待办理"), json!("content")));
    assert_eq!(view.field("page"), "http://jyj.localhost:8080/tzgg/");

    let open = |role: &str, department: &str| {
        let call = app.letter(Method::POST, &format!("/corrections/{id}/open")).staff(role, department);
        call.json(&json!({ "reason": "核实并答复" })).send()
    };
    for (role, department) in [("handler", "czj"), ("auditor", "jyj"), ("editor", "jyj")] {
        assert_eq!(open(role, department).await?.told(), (403, "forbidden".to_owned()), "{role} {department}");
    }
    let opened = open("handler", "jyj").await?;
    assert_eq!(opened.status, 200, "{}", opened.text());
    assert_eq!(opened.field("identity")["phone"], PHONE);
    assert!(opened.text().contains(WROTE));
    assert_eq!(opened.headers["cache-control"], "private, no-store");

    let readings =
        |role: &str| app.letter(Method::GET, &format!("/corrections/{id}/readings")).staff(role, "jyj").send();
    assert_eq!(readings("handler").await?.told(), (403, "forbidden".to_owned()));
    let told = readings("auditor").await?.field("readings");
    assert_eq!(told.as_array().map(Vec::len), Some(1), "who was refused read nothing: {told}");
    assert_eq!((&told[0]["by"], &told[0]["why"]), (&json!("handler.jyj"), &json!("核实并答复")));
    Ok(())
}

#[tokio::test]
async fn readings_are_told_in_parts_the_newest_first() -> Result<()> {
    let app = town().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    for number in 1..=203 {
        let call = app.letter(Method::POST, &format!("/corrections/{id}/open")).staff("handler", "jyj");
        let opened = call.json(&json!({ "reason": format!("第{number}次") })).send().await?;
        assert_eq!(opened.status, 200, "{}", opened.text());
    }
    let part = async |query: &str| {
        let path = format!("/corrections/{id}/readings{query}");
        let part = app.letter(Method::GET, &path).staff("auditor", "jyj").send().await?;
        let why: Vec<String> =
            part.field("readings").as_array().into_iter().flatten().map(|reading| reading["why"].to_string()).collect();
        anyhow::Ok((why.len(), why.first().cloned(), why.last().cloned(), part.field("earlier")))
    };
    let told = |number: u32| Some(format!("\"第{number}次\""));
    assert_eq!(part("").await?, (200, told(203), told(4), json!(4)));
    assert_eq!(part("?before=4").await?, (3, told(3), told(1), json!(null)));
    Ok(())
}

#[tokio::test]
async fn an_answer_is_public_told_to_its_reader_and_closes_the_case() -> Result<()> {
    let app = town().await?;
    let Receipt { number, code, .. } = reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let taken = act(&app, &id, "take", 1, &json!({})).staff("handler", "jyj").send().await?;
    assert_eq!(taken.status, 200, "{}", taken.text());
    assert!(status(&app, &number, &code).await?.text().contains("办理中"));
    let mine = app.letter(Method::GET, "/cases?mine=true").staff("handler", "jyj").send().await?;
    assert_eq!(mine.status, 200, "{}", mine.text());

    let personal = json!({ "finding": "corrected", "subject": "日期", "text": format!("请拨打{PHONE}。") });
    let refused = act(&app, &id, "answer", 2, &personal).staff("handler", "jyj").send().await?;
    assert_eq!(refused.told(), (422, "text-personal".to_owned()));
    assert_eq!(refused.field("errors")[0]["pointer"], "/text");

    let answered = answer(&app, &id, 2).staff("handler", "jyj").key("answer-again").send().await?;
    assert_eq!(answered.status, 200, "{}", answered.text());
    let again = answer(&app, &id, 2).staff("handler", "jyj").key("answer-again").send().await?;
    assert_eq!(again.body, answered.body, "the first answer again");
    let page = status(&app, &number, &code).await?.text();
    for told in ["已答复", "日期已更正为11月25日。", "已更正"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(queue(&app, "jyj").await?.is_empty(), "nothing waits any more");
    let late = act(&app, &id, "take", 3, &json!({})).staff("handler", "jyj").send().await?;
    assert_eq!(late.told(), (409, "case-closed".to_owned()));
    Ok(())
}

#[tokio::test]
async fn handed_over_it_is_opened_by_the_new_department_and_no_more_by_the_former() -> Result<()> {
    let app = town().await?;
    let Receipt { number, code, .. } = reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let to = json!({ "department": "czj", "reason": "属财政部门职责" });
    let nowhere = json!({ "department": "abc", "reason": "属某部门职责" });
    let refused = act(&app, &id, "assign", 1, &nowhere).staff("handler", "jyj").send().await?;
    assert_eq!(refused.told(), (422, "department-unknown".to_owned()));
    let foreign = act(&app, &id, "assign", 1, &to).staff("handler", "czj").send().await?;
    assert_eq!(foreign.told(), (403, "forbidden".to_owned()));
    let handed = act(&app, &id, "assign", 1, &to).staff("handler", "jyj").key("hand-over").send().await?;
    assert_eq!(handed.status, 200, "{}", handed.text());

    let open = |department: &str| {
        let call = app.letter(Method::POST, &format!("/corrections/{id}/open")).staff("handler", department);
        call.json(&json!({ "reason": "办理" })).send()
    };
    assert_eq!(open("jyj").await?.told(), (403, "forbidden".to_owned()));
    let opened = open("czj").await?;
    assert!(opened.text().contains(WROTE), "{}", opened.text());
    let holders = app.holders(&format!("correction:{id}")).await?;
    assert_eq!(holders, ["czj"], "the former way to the key is gone");
    assert_eq!((queue(&app, "jyj").await?.len(), queue(&app, "czj").await?.len()), (0, 1));
    let page = status(&app, &number, &code).await?.text();
    assert!(page.contains("财政局") && page.contains("属财政部门职责"), "{page}");
    Ok(())
}

#[tokio::test]
async fn a_note_is_kept_under_the_key_and_a_resend_is_recognised_without_it_standing_anywhere() -> Result<()> {
    let app = town().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let body = json!({ "text": "已致电王小明核实" });
    let noted = act(&app, &id, "notes", 1, &body).staff("handler", "jyj").key("note").send().await?;
    assert_eq!(noted.status, 200, "{}", noted.text());
    let again = act(&app, &id, "notes", 1, &body).staff("handler", "jyj").key("note").send().await?;
    assert_eq!(again.body, noted.body);
    let other =
        act(&app, &id, "notes", 1, &json!({ "text": "另一条" })).staff("handler", "jyj").key("note").send().await?;
    assert_eq!(other.told(), (422, "key-reused".to_owned()));
    let empty = act(&app, &id, "notes", 2, &json!({ "text": " " })).staff("handler", "jyj").send().await?;
    assert_eq!(empty.told(), (422, "invalid-field".to_owned()));
    assert!(!app.everything().await?.contains("致电"));
    let opened = app.letter(Method::POST, &format!("/corrections/{id}/open")).staff("handler", "jyj");
    let opened = opened.json(&json!({ "reason": "办理" })).send().await?;
    assert_eq!(opened.field("notes")[0]["text"], "已致电王小明核实");
    Ok(())
}

#[tokio::test]
async fn a_case_that_is_none_is_told_so_whatever_is_asked_of_it() -> Result<()> {
    let app = town().await?;
    let nobody = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
    let acts = [
        ("take", json!({})),
        ("assign", json!({ "department": "czj", "reason": "转办" })),
        ("notes", json!({ "text": "备注" })),
        ("dismiss", json!({ "reason": "广告" })),
        ("erase", json!({ "reason": "本人要求" })),
        ("withdraw-answer", json!({ "reason": "有误" })),
    ];
    for (name, body) in acts {
        let told = act(&app, nobody, name, 1, &body).staff("supervisor", "jyj").send().await?;
        assert_eq!(told.told(), (404, "case-not-found".to_owned()), "{name}: {}", told.text());
    }
    Ok(())
}

#[tokio::test]
async fn a_withdrawn_answer_opens_the_case_again_and_another_one_is_owed() -> Result<()> {
    let app = town().await?;
    let Receipt { number, code, .. } = reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    assert_eq!(answer(&app, &id, 1).staff("handler", "jyj").send().await?.status, 200);
    assert!(queue(&app, "jyj").await?.is_empty());
    let reason = json!({ "reason": "日期仍有误" });
    let foreign = act(&app, &id, "withdraw-answer", 2, &reason).staff("handler", "jyj").send().await?;
    assert_eq!(foreign.told(), (403, "forbidden".to_owned()));
    let withdrawn = act(&app, &id, "withdraw-answer", 2, &reason).staff("supervisor", "jyj").send().await?;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());
    let waiting = queue(&app, "jyj").await?;
    assert_eq!((waiting.len(), &waiting[0]["due"]), (1, &json!("2026-11-26T16:00:00Z")), "{waiting:?}");
    let page = status(&app, &number, &code).await?.text();
    assert!(page.contains("答复已撤回，将重新答复") && !page.contains("日期已更正为11月25日。"), "{page}");
    assert_eq!(answer(&app, &id, 3).staff("handler", "jyj").send().await?.status, 200);
    let page = status(&app, &number, &code).await?.text();
    assert!(page.contains("日期已更正为11月25日。"), "{page}");
    Ok(())
}

#[tokio::test]
async fn what_reports_no_error_is_dismissed_and_cannot_be_answered() -> Result<()> {
    let app = town().await?;
    let Receipt { number, code, .. } = reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let dismissed =
        act(&app, &id, "dismiss", 1, &json!({ "reason": "内容为广告" })).staff("handler", "jyj").send().await?;
    assert_eq!(dismissed.status, 200, "{}", dismissed.text());
    assert_eq!(answer(&app, &id, 2).staff("handler", "jyj").send().await?.told(), (409, "case-closed".to_owned()));
    assert!(status(&app, &number, &code).await?.text().contains("不属于网站纠错范围，已办结"));
    Ok(())
}

/// A hand-over whose last step undid the next one's first: the department that answers finds its way again when it opens the case.
#[tokio::test]
async fn the_department_that_answers_has_its_way_again_however_hand_overs_crossed() -> Result<()> {
    let app = town().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let to = json!({ "department": "czj", "reason": "属财政部门职责" });
    let handed = act(&app, &id, "assign", 1, &to).staff("handler", "jyj").send().await?;
    assert_eq!(handed.status, 200, "{}", handed.text());
    let case = format!("correction:{id}").parse()?;
    app.letters.vault().set_holders(&case, &["jyj".parse()?].into(), 2).await?;
    assert_eq!(app.holders(&format!("correction:{id}")).await?, ["jyj"]);

    let open = app.letter(Method::POST, &format!("/corrections/{id}/open")).staff("handler", "czj");
    let opened = open.json(&json!({ "reason": "办理" })).send().await?;
    assert!(opened.status == 200 && opened.text().contains(WROTE), "{}", opened.text());
    assert_eq!(app.holders(&format!("correction:{id}")).await?, ["czj"]);
    Ok(())
}
