//! What no page of ours sends.

use http::StatusCode;
use proptest::prelude::*;

use crate::world::{FORM, World, request};

const KIND: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_form_from_another_site_is_refused_before_it_is_read() {
    let world = World::new();
    let page = world.to_the_check().await;
    let mut fields = page.hidden();
    fields.insert("_go".to_owned(), "send".to_owned());
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "https://jyj.cheng.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for path in [FORM, "/form/letter/status"] {
            let sent = request("POST", path, "www").header("content-type", KIND).header(name, value);
            assert_eq!(world.send(sent, body.clone()).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
        }
    }
    assert!(world.desk.received.lock().unwrap().is_empty());
}

#[tokio::test]
async fn only_the_cdn_is_answered() {
    let world = World::new();
    let bare = http::Request::builder().method("GET").uri(FORM).header("x-taihu-site", "www");
    assert_eq!(world.send(bare, "").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_is_no_form_is_told_so() {
    let world = World::new();
    let post = |kind: &str| request("POST", FORM, "www").header("content-type", kind);
    assert_eq!(world.send(post("application/json"), "{}").await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(
        world.send(post("multipart/form-data; boundary=x"), "--x--").await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    assert_eq!(world.send(post(KIND), "a=1&".repeat(300)).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(world.send(post(KIND), vec![b'a'; 2_000_000]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_token_of_another_form_or_site_or_none_is_renewed_and_sends_nothing() {
    let world = World::new();
    let page = world.to_the_check().await;
    let token = page.hidden()["_token"].clone();
    for forged in [
        "",
        "1.k1.correction.1.www.0.x.y",
        &token.replace("correction", "information-request"),
        &token.replace(".www.", ".jyj."),
    ] {
        let refused = world.answer(&page, &[("_go", "send"), ("_token", forged)]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{forged}");
        assert!(refused.text.contains("<dd>王明</dd>"), "nothing typed is lost");
    }
    assert!(world.desk.received.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_token_of_one_site_sends_nothing_on_another() {
    let world = World::new();
    let fields = world.to_the_check().await.hidden();
    let body =
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).append_pair("_go", "send").finish();
    let sent = request("POST", FORM, "jyj").header("content-type", KIND).header("origin", "https://jyj.cheng.example");
    assert_eq!(world.send(sent, body).await.status, StatusCode::CONFLICT);
    assert!(world.desk.received.lock().unwrap().is_empty());
}

#[tokio::test]
async fn markup_and_disguises_are_only_text_wherever_they_are_typed() {
    let world = World::new();
    let hostile = "</textarea></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u{202e}\0{{ 7*7 }}";
    let page = world.get(FORM).await;
    let page = world.answer(&page, &[("page", "/a.html"), ("mistake", "typo"), ("_go", "next")]).await;
    let page = world.answer(&page, &[("text-place", hostile), ("right", hostile), ("_go", "next")]).await;
    let page = world.answer(&page, &[("_go", "next")]).await;
    let page = world.answer(&page, &[("name", hostile), ("email", hostile), ("_go", "next")]).await;
    assert_eq!(page.codes(), ["too-long", "not-an-email"]);
    let page = world.answer(&page, &[("name", &hostile[..44]), ("email", ""), ("_go", "next")]).await;
    assert!(page.title().starts_with("核对后提交"));
    for forbidden in ["<script>alert", "<img src=x", "\u{202e}", "\0"] {
        assert!(!page.text.contains(forbidden), "{forbidden}");
    }
    assert!(page.text.contains("{{ 7*7 }}"), "a template would have computed it");
}

#[tokio::test]
async fn hostile_words_in_an_address_stay_out_of_the_page() {
    let world = World::new();
    let page = world.get("/form/letter/correction?page=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&mistake=typo").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("<script>alert") && !page.text.contains("value=\"typo\" checked"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_sent_in_parts_is_answered_with_a_page_and_keeps_nothing(
        parts in prop::collection::vec(r#"(--x\r\n|content-disposition: form-data; name="(pictures|_token|_at|_go)"(; filename="\PC{0,8}")?\r\n|\r\n|\PC{0,12}|--x--)"#, 0..16),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let world = World::new();
        let sent = request("POST", "/form/letter/correction/files", "www");
        let sent = sent.header("content-type", "multipart/form-data; boundary=x");
        let page = runtime.block_on(world.send(sent, parts.concat()));
        prop_assert!(page.text.trim_start().starts_with("<!doctype html>"));
        prop_assert!(page.status == StatusCode::CONFLICT || page.status == StatusCode::BAD_REQUEST, "{}", page.status);
        prop_assert!(world.shelf.kept.lock().unwrap().is_empty());
    }

    #[test]
    fn whatever_is_posted_is_answered_with_a_page(body in prop::collection::vec((r"[a-z_-]{0,12}|_at|_go|_token|page|mistake|text-place", r"\PC{0,40}|next|send|check|where|typo"), 0..12)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let world = World::new();
        let fields: Vec<(&str, &str)> = body.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = runtime.block_on(world.post(FORM, &fields));
        prop_assert!(page.text.starts_with("<!doctype html>") || page.text.trim_start().starts_with("<!doctype html>"));
        prop_assert!(page.status == StatusCode::CONFLICT, "without a token of ours nothing goes on");
        prop_assert!(world.desk.received.lock().unwrap().is_empty());
    }
}
