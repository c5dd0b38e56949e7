//! The list of drafts, and throwing one away.

use http::StatusCode;
use serde_json::json;

use crate::{
    fake::{Desk, problem},
    world::{self, ID, revision},
};

fn at(rest: &str) -> String {
    format!("/api/desk/documents/{ID}{rest}")
}

#[tokio::test]
async fn one_s_own_drafts_are_listed_unless_another_department_s_are_asked_for() {
    let mut desk = Desk::signed_in().await;
    for (path, asked) in [
        ("/api/desk/drafts", "/drafts?limit=50&mine=true"),
        ("/api/desk/drafts?of=all", "/drafts?limit=50"),
        ("/api/desk/drafts?of=sswj&after=a%2Fb", "/drafts?limit=50&department=sswj&after=a%2Fb"),
    ] {
        let shown = desk.get(path).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert_eq!(desk.api.last_read("/drafts"), asked);
        assert!(shown.html.contains(&format!("<a href=\"/api/desk/documents/{ID}/act/discard\">")), "{}", shown.html);
    }
}

#[tokio::test]
async fn roles_that_cannot_be_read_now_are_not_told_as_none() {
    let mut desk = Desk::signed_in().await;
    let unavailable = problem("unavailable", "存储暂不可用", "存储没有应答，请稍后再试。", json!([]));
    desk.api.answer("GET /staff/me", 503, unavailable);
    let shown = desk.get("/api/desk/drafts").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.html.contains("现在读取不到您的角色") && shown.html.contains("/act/discard"), "{}", shown.html);
    desk.api.answer("GET /drafts", 200, json!({"entries": [], "more": false}));
    let shown = desk.get("/api/desk/drafts").await;
    assert!(shown.html.contains("现在读取不到您的角色"), "{}", shown.html);
    assert!(!shown.html.contains("没有编辑角色"), "{}", shown.html);
}

#[tokio::test]
async fn a_draft_that_says_what_is_public_is_marked_and_can_be_thrown_away() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get("/api/desk/drafts").await;
    assert_eq!(shown.html.matches("与公开文本相同").count(), 1, "{}", shown.html);
    let link = "/api/desk/documents/nfxgc5dfon2gs3thebqw4zbamu/act/discard";
    assert!(shown.html.contains(link), "{}", shown.html);
}

#[tokio::test]
async fn a_draft_is_thrown_away_by_the_revision_that_was_shown() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/act/discard")).await;
    assert!(shown.html.contains("<dt>规则</dt>") && shown.html.contains("放弃的内容"));
    let revision_shown = shown.hidden("revision");
    let done = desk.fill(&at("/act/discard"), &shown, &[("revision", &revision_shown)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let commands = desk.api.commands();
    let command = commands.first().unwrap();
    assert_eq!((command.path.clone(), command.header("if-match")), (format!("/documents/{ID}/discard"), "\"7\""));
    assert_eq!(command.json(), json!({"revision": revision('b')}));
    let location = done.location().to_owned();
    assert!(desk.get(&location).await.html.contains("草稿已放弃。"));
}

#[tokio::test]
async fn a_document_whose_draft_is_gone_offers_its_texts_and_no_act_on_a_draft() {
    let mut desk = Desk::signed_in().await;
    desk.api.answer(&format!("GET /documents/{ID}"), 200, world::discarded(world::fresh("editing")));
    let shown = desk.get(&at("")).await;
    let restore = format!("href=\"{}\"", at(&format!("/act/restore?revision={}", revision('b'))));
    assert!(shown.html.contains(&restore) && shown.html.contains(&format!("href=\"{}\"", at("/edit"))));
    assert!(shown.html.contains("zhangsan 于 <time datetime=\"2026-11-29T01:30:00Z\">"), "{}", shown.html);
    for verb in ["discard", "submit", "publish", "set-expiry"] {
        assert!(!shown.html.contains(&at(&format!("/act/{verb}"))), "{verb}");
        assert_eq!(desk.get(&at(&format!("/act/{verb}"))).await.status, StatusCode::CONFLICT, "{verb}");
    }
}
