//! What is found, and what is not.

use domain::{column::Archive, document::RelationKind};
use http::StatusCode;

use super::world::{NOTICES, World};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_found_by_words_phrases_and_numbers() {
    let world = World::found().await;
    world.publish("water", NOTICES, "<h2>一、停水范围</h2><p>梅园路因管网改造停水两小时，请居民提前储水。</p>").await;
    world.publish("school", NOTICES, "<p>小学入学报名八月开始，住房公积金缴存证明不是必要材料。</p>").await;
    world.settle().await;
    for (query, titles) in [
        ("q=%E5%81%9C%E6%B0%B4", vec!["water"]),
        ("q=%22%E7%AE%A1%E7%BD%91%E6%94%B9%E9%80%A0%E5%81%9C%E6%B0%B4%22", vec!["water"]),
        ("q=%22%E6%94%B9%E9%80%A0%E7%AE%A1%E7%BD%91%22", vec![]),
        // 公积金: a word, and its synonym 住房公积金.
        ("q=%E5%85%AC%E7%A7%AF%E9%87%91", vec!["school"]),
        // 特此通知 stands in no text; 内容概述 in every summary.
        ("q=%E7%89%B9%E6%AD%A4%E9%80%9A%E7%9F%A5", vec![]),
        ("q=%22%E5%86%85%E5%AE%B9%E6%A6%82%E8%BF%B0%22&order=newest", vec!["school", "water"]),
        ("q=", vec!["school", "water"]),
    ] {
        let found = world.find(query).await;
        assert_eq!(found.status, StatusCode::OK, "{query}");
        let mut told = found.titles();
        if query == "q=" {
            told.sort();
        }
        assert_eq!(told, titles, "{query}");
    }
    let everything = world.find("q=&order=newest").await.json();
    let number = everything["hits"][1]["index_number"].as_str().unwrap();
    // However it is typed.
    for typed in [number.to_owned(), number.replace('/', " "), number.replace('/', "／").replace('-', "－")] {
        let query: String = form_urlencoded(&typed);
        assert_eq!(world.find(&format!("q={query}")).await.titles().first().unwrap(), "water", "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_document_is_never_shown_and_a_corrected_one_as_it_is_now() {
    let world = World::found().await;
    world.publish("kept", NOTICES, "<p>停水通知甲。</p>").await;
    world.publish("gone", NOTICES, "<p>停水通知乙。</p>").await;
    world.settle().await;
    let stop = "q=%E5%81%9C%E6%B0%B4&order=newest";
    assert_eq!(world.find(stop).await.titles(), ["gone", "kept"]);
    world.town.withdraw("gone").await.unwrap();
    world.town.rewrite("kept", "kept again", "<p>停电通知。</p>").await.unwrap();
    world.town.review("kept").await.unwrap();
    world.town.correct("kept").await.unwrap();
    world.project().await;
    // The index knows nothing of it yet.
    let found = world.find(stop).await.json();
    assert_eq!(found["hits"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found["hits"][0]["title"], "kept again");
    assert_eq!(found["hits"][0]["snippet"][0]["marked"], false, "of another version nothing is marked: {found}");
    world.index().await;
    assert_eq!(world.find(stop).await.titles(), Vec::<String>::new());
    assert_eq!(world.find("q=%E5%81%9C%E7%94%B5").await.titles(), ["kept again"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_respect_the_filters_of_other_facets() {
    let world = World::found().await;
    for (name, column) in [("a", NOTICES), ("b", "www.zwgk"), ("c", "jyj.xw"), ("d", "jyj.tzgg")] {
        world.publish(name, column, "<p>放假安排。</p>").await;
    }
    world.settle().await;
    let counts = |list: &serde_json::Value, facet: &str| -> Vec<(String, u64)> {
        let values = list["facets"][facet].as_array().unwrap();
        values
            .iter()
            .map(|value| (value["value"].as_str().unwrap().to_owned(), value["count"].as_u64().unwrap()))
            .collect()
    };
    let all = world.find("q=%E6%94%BE%E5%81%87").await.json();
    assert_eq!((all["total"].as_u64(), counts(&all, "site")), (Some(4), vec![("jyj".into(), 2), ("www".into(), 2)]));
    let one = world.find("q=%E6%94%BE%E5%81%87&site=jyj").await.json();
    assert_eq!(one["total"], 2);
    assert_eq!(
        counts(&one, "site"),
        [("jyj".to_owned(), 2), ("www".to_owned(), 2)],
        "a facet is not narrowed by itself"
    );
    assert_eq!(counts(&one, "year"), [("2026".to_owned(), 2)]);
    let none = world.find("q=%E6%94%BE%E5%81%87&site=jyj&year=2025").await.json();
    assert_eq!((none["total"].as_u64(), counts(&none, "year")), (Some(0), vec![("2026".into(), 2)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repealed_document_says_so_and_by_what() {
    let world = World::found().await;
    world.publish("old-rules", NOTICES, "<p>本办法自2020年1月1日起施行。</p>").await;
    world.settle().await;
    let town = &world.town;
    town.draft("new-rules", NOTICES, "new-rules").await.unwrap();
    town.relate("new-rules", &[(RelationKind::Repeals, "old-rules")]).await.unwrap();
    town.review("new-rules").await.unwrap();
    town.publish("new-rules", Archive::Month).await.unwrap();
    world.settle().await;
    let found = world.find("q=old-rules").await.json();
    let hit = found["hits"].as_array().unwrap().iter().find(|hit| hit["title"] == "old-rules").unwrap();
    assert_eq!(hit["validity"], "repealed", "{found}");
    assert!(hit["changed_by"]["url"].as_str().unwrap().ends_with("/new-rules.html"), "{hit}");
    let page = world.get("www", "/search?q=old-rules", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("废止"), "{}", page.text);
    // What repeals it is taken back: it is not repealed any more.
    town.withdraw("new-rules").await.unwrap();
    world.settle().await;
    let found = world.find("q=old-rules").await.json();
    assert_eq!(found["hits"][0]["validity"], "unknown", "{found}");
}

fn form_urlencoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
