//! Filling in a form, page by page.

use http::StatusCode;

use crate::world::{FORM, World, request};

#[tokio::test]
async fn a_form_opens_with_its_first_page_and_is_kept_by_nobody() {
    let world = World::new();
    let page = world.get("/form/letter/correction?page=/zwgk/tzgg/a.html&name=x").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    assert_eq!(page.title(), "哪个网页有错 - 我为政府网站找错 - 澄湖市人民政府");
    assert!(page.text.contains("name=\"page\" value=\"/zwgk/tzgg/a.html\""));
    assert!(page.text.contains("本页显示 <code>form:correction</code> 第 3 版"), "the version shown is told");
    assert!(!page.hidden().contains_key("name"), "a link answers only what it may");
}

#[tokio::test]
async fn what_is_wrong_is_told_first_and_at_its_field() {
    let world = World::new();
    let page = world.get(FORM).await;
    let page = world.answer(&page, &[("page", "https://evil.example/"), ("_go", "next")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.title().starts_with("错误："));
    assert_eq!(page.codes(), ["not-our-page", "missing"]);
    for part in [
        "<a href=\"#page\">",
        "<a href=\"#mistake\">",
        "id=\"page-error\"",
        "aria-describedby=\"page-help page-error\"",
        "value=\"https://evil.example/\"",
    ] {
        assert!(page.text.contains(part), "{part}");
    }
    let summary = page.text.find("class=\"errors\"").unwrap();
    assert!(summary < page.text.find("<h1>").unwrap());
}

#[tokio::test]
async fn answers_travel_unseen_and_nothing_is_received_before_it_is_sent() {
    let world = World::new();
    let page = world.to_the_check().await;
    assert_eq!(page.status, StatusCode::OK);
    let hidden = page.hidden();
    assert_eq!(
        (hidden["name"].as_str(), hidden["mistake"].as_str(), hidden["_at"].as_str()),
        ("王明", "typo", "check")
    );
    assert!(world.desk.received.lock().unwrap().is_empty());
    for part in [
        "“公开”写成“公升”",
        "<dd>错别字</dd>",
        "value=\"change:contact\"",
        "更改<span class=\"unseen\">：怎样称呼您</span>",
    ] {
        assert!(page.text.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_change_comes_back_to_the_check() {
    let world = World::new();
    let page = world.to_the_check().await;
    let page = world.answer(&page, &[("_go", "change:contact")]).await;
    assert!(page.text.contains("value=\"王明\""));
    let page = world.answer(&page, &[("name", "李华"), ("_go", "next")]).await;
    assert!(page.title().starts_with("核对后提交") && page.text.contains("<dd>李华</dd>"));
}

#[tokio::test]
async fn one_can_go_back_without_losing_anything() {
    let world = World::new();
    let page = world.get(FORM).await;
    let page = world.answer(&page, &[("page", "/a.html"), ("mistake", "typo"), ("_go", "next")]).await;
    let page = world.answer(&page, &[("text-place", "半句"), ("_go", "back")]).await;
    assert!(page.text.contains("value=\"/a.html\"") && page.text.contains("value=\"typo\" checked"));
    assert_eq!(page.hidden()["text-place"], "半句");
}

#[tokio::test]
async fn a_form_left_open_for_a_day_is_renewed_and_nothing_typed_is_lost() {
    let world = World::new();
    let page = world.get(FORM).await;
    world.clock.advance(jiff::SignedDuration::from_hours(24));
    let renewed = world.answer(&page, &[("page", "/a.html"), ("mistake", "typo"), ("_go", "next")]).await;
    assert_eq!(renewed.status, StatusCode::CONFLICT);
    assert!(renewed.text.contains("打开已超过 24 小时") && renewed.text.contains("value=\"/a.html\""));
    assert_ne!(renewed.hidden()["_token"], page.hidden()["_token"]);
    let page = world.answer(&renewed, &[("page", "/a.html"), ("mistake", "typo"), ("_go", "next")]).await;
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn what_this_capability_does_not_take_is_not_there() {
    let world = World::new();
    for path in ["/form/letter/information-request", "/form/letter/nothing", "/form/letter/a/b"] {
        let page = world.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text.contains("澄湖市人民政府"), "in the frame of its site");
    }
    let page = world.send(request("DELETE", FORM, "www"), "").await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_site_that_is_not_there_has_no_forms_and_one_that_cannot_be_read_says_so() {
    let world = World::new();
    assert_eq!(world.send(request("GET", FORM, "nowhere"), "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.send(request("GET", FORM, "broken"), "").await.status, StatusCode::SERVICE_UNAVAILABLE);
}
