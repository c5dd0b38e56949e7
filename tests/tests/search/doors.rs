//! The two doors: pages that need no script, and JSON and CSV.

use http::StatusCode;
use query::Settings;

use super::world::{NOTICES, World};

#[tokio::test(flavor = "multi_thread")]
async fn the_page_answers_with_links_that_ask_further() {
    let world = World::found().await;
    for number in 0..25 {
        world.publish(&format!("notice-{number:02}"), NOTICES, "<p>停水通知。</p>").await;
    }
    world.settle().await;
    let page = world.get("jyj", "/search?q=%E5%81%9C%E6%B0%B4&site=www&order=newest", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("<mark>停水</mark>"), "{}", page.text);
    assert!(
        page.text.contains("http://www.localhost:8080/zwgk/tzgg/2026/"),
        "another site's documents have whole addresses"
    );
    let next = page.text.split("href=\"").find(|link| link.starts_with("/search?") && link.contains("after=")).unwrap();
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    let second = world.get("jyj", &next, &[]).await;
    assert_eq!(second.status, StatusCode::OK);
    assert!(second.text.contains("notice-04") && !second.text.contains("notice-05"), "{}", second.text);
    let table = world.get("www", "/api/query/documents.csv?site=www&limit=2&order=newest", &[]).await;
    assert_eq!((table.status, table.text.lines().count()), (StatusCode::OK, 3), "{}", table.text);
    assert!(table.headers["link"].to_str().unwrap().ends_with("rel=\"next\""));
    let description = world.get("jyj", "/search.xml", &[]).await;
    assert!(description.text.contains("OpenSearchDescription"), "{}", description.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_an_answer_hold_together_while_the_index_changes() {
    let world = World::found().await;
    for number in 0..6 {
        world.publish(&format!("notice-{number:02}"), NOTICES, "<p>停水通知。</p>").await;
    }
    world.settle().await;
    let first = world.find("order=newest&limit=3").await;
    assert_eq!(first.titles(), ["notice-05", "notice-04", "notice-03"]);
    world.publish("notice-06", NOTICES, "<p>停水通知。</p>").await;
    world.town.withdraw("notice-01").await.unwrap();
    world.settle().await;
    let next = first.json()["next"].as_str().unwrap().to_owned();
    let second = world.get("www", &next, &[]).await;
    assert_eq!(second.titles(), ["notice-02", "notice-00"], "nothing twice, nothing left out, nothing withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_has_a_tag_and_is_not_sent_twice() {
    let world = World::found().await;
    world.publish("notice", NOTICES, "<p>停水通知。</p>").await;
    world.settle().await;
    let path = "/api/query/documents?q=%E5%81%9C%E6%B0%B4";
    let first = world.get("www", path, &[]).await;
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    assert!(first.headers["cache-control"].to_str().unwrap().contains("s-maxage=10"));
    let again = world.get("www", path, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    world.town.withdraw("notice").await.unwrap();
    world.settle().await;
    assert_eq!(world.get("www", path, &[("if-none-match", &tag)]).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_asked_is_a_problem_or_a_page_that_keeps_it() {
    let world = World::found().await;
    world.settle().await;
    let long = "a".repeat(501);
    for (query, status, code) in [
        (format!("q={long}"), 422, "query-too-long"),
        ("on=soon".to_owned(), 400, "parameter-unknown"),
        ("after=x".to_owned(), 400, "cursor-malformed"),
        ("limit=1000".to_owned(), 400, "parameter-unknown"),
        ("sites=www".to_owned(), 400, "parameter-unknown"),
    ] {
        let refused = world.find(&query).await;
        assert_eq!((refused.status.as_u16(), refused.json()["code"].as_str()), (status, Some(code)), "{query}");
    }
    let page = world.get("www", &format!("/search?q={long}&on=soon"), &[]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.text.contains("value=\"soon\"") && page.text.contains(&long), "the fields keep what was typed");
    for hostile in [
        "%00",
        "%22",
        "%22%E2%80%9C",
        "%E2%80%AE%E5%81%9C",
        "*?:%5E~()%5B%5D%7B%7D",
        "%FF%FE",
        "-+!%26%7C",
        "%F0%9F%98%80",
    ] {
        let page = world.get("www", &format!("/search?q={hostile}"), &[]).await;
        assert_eq!(page.status, StatusCode::OK, "{hostile}");
        assert_eq!(world.find(&format!("q={hostile}")).await.status, StatusCode::OK, "{hostile}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_index_the_page_says_so_kindly() {
    let world = World::found().await;
    world.project().await;
    let page = world.get("www", "/search?q=a", &[]).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text.contains("站点地图") && page.headers.contains_key("retry-after"), "{}", page.text);
    let list = world.find("q=a").await;
    assert_eq!((list.status.as_u16(), list.json()["code"].as_str()), (503, Some("index-unavailable")));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_takes_too_long_is_a_problem_of_its_own() {
    let world = World::found().await;
    world.publish("notice", NOTICES, "<p>停水通知。</p>").await;
    world.settle().await;
    // Time is over before anything is looked at.
    let hurried = Settings { patience: std::time::Duration::ZERO, ..Settings::default() };
    let list = world.get_with(hurried, "www", "/api/query/documents?q=%E5%81%9C%E6%B0%B4", &[]).await;
    assert_eq!((list.status.as_u16(), list.json()["code"].as_str()), (503, Some("query-out-of-time")));
    let page = world.get_with(hurried, "www", "/search?q=%E5%81%9C%E6%B0%B4", &[]).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text.contains("用时过长") && page.text.contains("value=\"停水\""), "{}", page.text);
    assert!(page.headers.contains_key("retry-after") && page.headers["cache-control"] == "no-store");
}
