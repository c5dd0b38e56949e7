//! What readers search for, month by month.

use http::StatusCode;
use serde_json::json;

use crate::fake::{Desk, problem};

#[tokio::test]
async fn the_month_that_is_asked_for_is_read_and_the_others_are_offered() {
    let mut desk = Desk::signed_in().await;
    for (path, asked) in [
        ("/api/desk/search-terms", "/search-terms"),
        ("/api/desk/search-terms?month=2026-10", "/search-terms?month=2026-10"),
        ("/api/desk/search-terms?month=%22%26x", "/search-terms?month=%22%26x"),
    ] {
        let shown = desk.get(path).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.html);
        assert_eq!(desk.api.last_read("/search-terms"), asked);
        let here = "<a href=\"/api/desk/search-terms?month=2026-11\" aria-current=\"page\">2026 年 11 月</a>";
        assert!(shown.html.contains(here) && shown.html.contains("month=2025-10"), "{}", shown.html);
        assert!(!shown.html.contains("month=2025-09"), "{}", shown.html);
    }
}

#[tokio::test]
async fn what_finds_nothing_stands_in_a_table_of_its_own() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get("/api/desk/search-terms").await;
    let (popular, lost) = shown.html.split_once("<h2>没有结果</h2>").unwrap();
    assert!(popular.contains("停水") && popular.contains("128 次"), "{}", shown.html);
    assert!(lost.contains("老年食堂") && !lost.contains("停水"), "{}", shown.html);
    let none = json!({"month": "2026-11", "from": 5, "popular": [], "without_results": []});
    desk.api.answer("GET /search-terms", 200, none);
    let shown = desk.get("/api/desk/search-terms").await;
    assert!(shown.html.contains("2026 年 11 月没有检索满 5 次的词"), "{}", shown.html);
}

#[tokio::test]
async fn a_month_that_is_none_and_a_person_without_a_role_are_told_why() {
    for (status, code, detail) in
        [(400, "malformed", "month 应为年月，例如 2026-12。"), (403, "forbidden", "此操作（read-terms）需要任一角色。")]
    {
        let mut desk = Desk::signed_in().await;
        desk.api.answer("GET /search-terms", status, problem(code, "没有查到", detail, json!([])));
        let shown = desk.get("/api/desk/search-terms").await;
        assert_eq!(shown.status.as_u16(), status, "{}", shown.html);
        let told = detail.replace("read-terms", "查看检索词");
        assert!(shown.html.contains(&told), "{}", shown.html);
    }
}
