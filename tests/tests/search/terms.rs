//! What is searched for is counted, and nobody's search can be told from it.

use domain::shanghai;
use query::Settings;
use serde_json::{Value, json};

use super::world::{NOTICES, World};

impl World {
    /// A world whose staff the ledger knows.
    async fn with_staff() -> Self {
        let world = Self::found().await;
        world.town.app.found_staff().await.unwrap();
        world
    }

    /// Searches `times` times, at the clock of the town.
    async fn search(&self, path: &str, times: usize) {
        for _ in 0..times {
            let answer = self.get("www", path, &[]).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.text);
        }
    }

    /// What the staff is told of this month.
    async fn terms(&self) -> Value {
        let month = shanghai::month((Settings::default().now)());
        let path = format!("/search-terms?month={month}");
        self.town.app.get(&path).subject("editor.jyj").send().await.unwrap().json()
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_searched_for_five_times_is_told_and_four_times_is_not() {
    let world = World::with_staff().await;
    world.publish("notice", NOTICES, "<p>停水通知。</p>").await;
    world.settle().await;
    // In any dress, by either door.
    world.search(&format!("/search?q={}", encoded("停水")), 2).await;
    // The field on a department's site asks for that site.
    world.search(&format!("/search?q={}&site=www", encoded("停水")), 1).await;
    world.search(&format!("/api/query/documents?q={}", encoded(" 停\u{200b}水 ")), 2).await;
    world.search(&format!("/search?q={}", encoded("停电")), 4).await;
    world.search(&format!("/search?q={}", encoded("火星")), 6).await;
    let terms = world.terms().await;
    assert_eq!(terms["from"], 5);
    assert_eq!(
        terms["popular"],
        json!([
            { "text": "火星", "asked": 6, "without_results": 6 },
            { "text": "停水", "asked": 5, "without_results": 0 },
        ])
    );
    assert_eq!(terms["without_results"], json!([{ "text": "火星", "asked": 6, "without_results": 6 }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_somebodys_is_never_told_and_nothing_chosen_is_counted() {
    let world = World::with_staff().await;
    world.publish("notice", NOTICES, "<p>停水通知。</p>").await;
    world.settle().await;
    let long = "我家门口的路灯坏了三个星期没有人来修怎么办";
    for text in ["13800138000", "zhang@staff.example", "苏B12345", "11010519491231002X", "123456", long, "，。"] {
        world.search(&format!("/search?q={}", encoded(text)), 6).await;
    }
    // A facet, an order or a day was chosen on the page of an answer that was counted.
    let text = encoded("停水");
    for chosen in ["site=jyj", "genre=notice", "order=newest", "on=2026-12-01"] {
        world.search(&format!("/search?q={text}&{chosen}"), 6).await;
    }
    let terms = world.terms().await;
    assert_eq!((&terms["popular"], &terms["without_results"]), (&json!([]), &json!([])));
    // Not one of the texts lies in the table, in whatever form.
    let client = &world.town.app.clients.dynamodb;
    let items = client.scan().table_name("terms").send().await.unwrap().items.unwrap();
    assert!(!items.is_empty());
    let stored = format!("{items:?}");
    for text in ["138", "zhang", "12345", "路灯"] {
        assert!(!stored.contains(text), "{text}: {stored}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_is_not_there_fails_no_answer() {
    let mut world = World::found().await;
    world.publish("notice", NOTICES, "<p>停水通知。</p>").await;
    world.settle().await;
    world.town.app.config.tables.terms = Some("nowhere".to_owned());
    world.search(&format!("/search?q={}", encoded("停水")), 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_staff_is_told_and_only_of_months() {
    let world = World::with_staff().await;
    let app = &world.town.app;
    let nobody = app.get("/search-terms").subject("nobody").send().await.unwrap();
    assert_eq!(nobody.told(), (403, "staff-unknown".to_owned()));
    for month in ["2026", "2026-13", "2026-1", "2026-12-01", "x"] {
        let answer = app.get(&format!("/search-terms?month={month}")).subject("editor.jyj").send().await.unwrap();
        assert_eq!(answer.status, 400, "{month}: {}", answer.text());
    }
    let now = app.get("/search-terms").subject("editor.jyj").send().await.unwrap();
    assert_eq!((now.status.as_u16(), &now.json()["popular"]), (200, &json!([])));
}
