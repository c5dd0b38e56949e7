//! Replies and other ends: who reads them, and what stays.

use anyhow::Result;
use serde_json::json;

use super::town::{Case, queue, text, town};

/// A reply: found nowhere but under the key of its case.
const REPLY: &str = "经审查，您申请的信息答复如下。\n\n不服的，可以自收到之日起六十日内申请行政复议。";

#[tokio::test]
async fn each_of_the_seven_replies_is_given_and_read_by_its_applicant_alone() -> Result<()> {
    let app = town().await?;
    let partial = json!({ "kind": "partial", "withheld": "第三方的商业秘密（条例第十五条）" });
    let replies = [
        (json!({ "kind": "already-public", "found_at": "http://jyj.localhost:8080/tzgg/" }), "获取途径：http://jyj"),
        (json!({ "kind": "provided", "extent": { "kind": "whole" } }), "予以公开。"),
        (json!({ "kind": "provided", "extent": partial }), "部分公开；不公开的部分：第三方的商业秘密"),
        (json!({ "kind": "not-disclosable", "ground": "内部事务信息（条例第十六条）" }), "不予公开：内部事务信息"),
        (json!({ "kind": "does-not-exist" }), "经检索，没有您申请的信息。"),
        (json!({ "kind": "not-ours", "body": "市财政局" }), "请向市财政局提出"),
        (json!({ "kind": "special-law", "law": "《不动产登记暂行条例》" }), "依照《不动产登记暂行条例》"),
    ];
    let mut first = None;
    for (outcome, told) in replies {
        let case = Case::confirmed(&app).await?;
        case.decided(&json!({ "outcome": outcome, "text": REPLY })).await?;
        let page = case.page().await?;
        for told in ["已答复", told, "经审查，您申请的信息答复如下。", "申请行政复议。"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert_eq!(case.view().await?.field("conclusion"), json!({ "kind": "decided", "outcome": outcome }));
        first.get_or_insert(case.receipt.number.clone());
    }
    app.clock.set("2026-11-24T03:00:00Z".parse()?);
    let repeat = Case::confirmed(&app).await?;
    let told = repeat.view().await?.field("same_applicant");
    assert_eq!(
        told["replied_before"].as_array().map(Vec::len),
        Some(6),
        "another authority's affair is no reply: {told}"
    );
    let other = Case::filed(&app).await?;
    for number in [&other.receipt.number, &repeat.receipt.number, "YG-20261123-000000"] {
        let outcome = json!({ "kind": "repeat", "of": number });
        let refused = repeat.told("draft-reply", &json!({ "outcome": outcome, "text": REPLY })).await?;
        assert!(
            refused == (422, "not-repeated".to_owned()) || refused == (422, "invalid-field".to_owned()),
            "{refused:?}"
        );
    }
    let outcome = json!({ "kind": "repeat", "of": first });
    repeat.decided(&json!({ "outcome": outcome, "text": REPLY })).await?;
    assert!(repeat.page().await?.contains("不再重复处理"));
    assert!(!app.everything().await?.contains("您申请的信息答复"), "a reply is its applicant's affair");
    assert_eq!(queue(&app, "jyj").await?.len(), 1, "nothing waits any more but the other one");
    Ok(())
}

#[tokio::test]
async fn what_several_asked_for_is_recorded_as_public_and_its_applicant_is_led_there() -> Result<()> {
    let app = town().await?;
    let document = app.published("jyj", "jyj.tzgg", "plan").await?;
    let draft = app.approved("jyj", "jyj.tzgg", "draft").await?;
    let case = Case::confirmed(&app).await?;
    let body = |document: &str| json!({ "document": document });
    assert_eq!(case.told("record-publication", &body(&document)).await?, (409, "not-granted".to_owned()));
    let whole = json!({ "kind": "provided", "extent": { "kind": "whole" } });
    case.decided(&json!({ "outcome": whole, "text": REPLY })).await?;
    for none in [draft.as_str(), "gq4tmnzzgqztsmzrgq2dqmjsge", "x"] {
        assert_eq!(case.told("record-publication", &body(none)).await?, (422, "invalid-field".to_owned()), "{none}");
    }
    case.done("record-publication", &body(&document)).await?;
    assert_eq!(case.told("record-publication", &body(&document)).await?, (409, "published-before".to_owned()));
    let published = case.view().await?.field("published");
    assert_eq!(published["document"], document.as_str());
    let address = published["found_at"].as_str().unwrap_or_default();
    assert!(address.starts_with("http://jyj.") && address.ends_with("/plan.html"), "{address}");
    let page = case.page().await?;
    assert!(page.contains("您申请的信息已纳入主动公开"), "{page}");
    assert!(page.contains(&format!("<a href=\"{address}\">")), "{page}");
    Ok(())
}

#[tokio::test]
async fn what_is_no_reply_is_told_field_by_field_and_nothing_changes() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let refused = [
        (json!({ "outcome": { "kind": "not-disclosable", "ground": " " }, "text": REPLY }), "/outcome/ground"),
        (json!({ "outcome": { "kind": "repeat", "of": "YG-1" }, "text": REPLY }), "/outcome/of"),
        (json!({ "outcome": { "kind": "does-not-exist" }, "text": "" }), "/text"),
    ];
    for (body, pointer) in refused {
        let answer = case.call("draft-reply", &body).await?.staff("handler", "jyj").send().await?;
        assert_eq!(answer.told(), (422, "invalid-field".to_owned()), "{}", answer.text());
        assert_eq!(answer.field("errors")[0]["pointer"], pointer);
    }
    let unknown = case.call("draft-reply", &json!({ "outcome": { "kind": "maybe" }, "text": REPLY })).await?;
    assert_eq!(unknown.staff("handler", "jyj").send().await?.status, 422);
    assert_eq!(case.view().await?.field("version"), 2);
    Ok(())
}

#[tokio::test]
async fn a_reply_is_given_when_somebody_else_approves_what_was_drafted() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    assert_eq!(case.told("approve-reply", &json!({})).await?, (409, "no-draft".to_owned()));
    let draft = |words: &str| json!({ "outcome": { "kind": "does-not-exist" }, "text": words });
    // His own he does not approve, whatever his roles.
    case.done("draft-reply", &draft("初稿，依据待补。")).await?;
    assert_eq!(case.told("approve-reply", &json!({})).await?, (403, "own-draft".to_owned()));
    let page = case.page().await?;
    assert!(!page.contains("初稿") && !page.contains("已答复"), "a draft is no affair of his: {page}");

    let call = case.call("draft-reply", &draft("二稿，依据待补。")).await?.staff("handler", "jyj");
    assert_eq!(call.send().await?.status, 200);
    let view = case.view().await?.field("draft");
    assert_eq!((&view["outcome"]["kind"], &view["returned"]), (&json!("does-not-exist"), &json!(false)));
    case.done("return-reply", &text("请补充检索经过。")).await?;
    assert_eq!(case.told("approve-reply", &json!({})).await?, (409, "no-draft".to_owned()));
    let papers = case.opened().await?.text();
    for told in ["拟答复", "二稿，依据待补。", "退回修改的意见", "请补充检索经过。"] {
        assert!(papers.contains(told), "{told}: {papers}");
    }
    let handler = case.call("approve-reply", &json!({})).await?.staff("handler", "jyj").send().await?;
    assert_eq!(handler.told(), (403, "forbidden".to_owned()));
    case.decided(&draft("经检索，没有该信息。")).await?;
    assert!(case.page().await?.contains("经检索，没有该信息。"));
    let all = app.everything().await?;
    for secret in ["初稿", "二稿", "检索经过", "没有该信息。"] {
        assert!(!all.contains(secret), "{secret} is readable");
    }
    Ok(())
}

#[tokio::test]
async fn a_reply_that_is_late_is_given_and_the_delay_stays_told() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    app.clock.set("2026-12-24T01:00:00Z".parse()?);
    assert!(case.page().await?.contains("逾期"));
    case.decided(&json!({ "outcome": { "kind": "does-not-exist" }, "text": REPLY })).await?;
    let page = case.page().await?;
    assert!(page.contains("答复期限已届满") && page.contains("已答复"), "{page}");
    Ok(())
}

#[tokio::test]
async fn what_is_none_goes_elsewhere_and_what_ended_is_filed_once_and_erased_on_request() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let file = json!({ "file": "2026-YSQ-0031" });
    assert_eq!(case.told("archive", &file).await?, (409, "case-not-closed".to_owned()));
    assert_eq!(case.told("erase", &json!({ "reason": "本人要求" })).await?, (409, "case-not-closed".to_owned()));
    case.done("redirect", &json!({ "channel": "信访渠道", "reason": "内容属于投诉" })).await?;
    let page = case.page().await?;
    assert!(page.contains("请通过信访渠道提出。") && page.contains("内容属于投诉"), "{page}");
    case.done("archive", &file).await?;
    assert_eq!(case.told("archive", &file).await?, (409, "already-archived".to_owned()));
    case.done("erase", &json!({ "reason": "本人要求" })).await?;
    queue(&app, "jyj").await?;
    assert_eq!(disclosure::keep_time(&app.requests).await?.erased, 1);
    assert_eq!(app.vault_rows(&case.stream()).await?, 0);
    assert_eq!(case.opened().await?.told(), (410, "case-erased".to_owned()));
    assert_eq!(case.told("notes", &text("补记")).await?, (410, "case-erased".to_owned()));
    assert!(case.page().await?.contains("个人信息已抹除"));
    Ok(())
}
