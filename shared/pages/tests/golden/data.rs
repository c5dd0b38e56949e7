//! The JSON beside every kind of page.

use pages::{Dated, FeedEntry, Frame, GonePage, MovedPage, RenderError, Rendered, json};
use serde_json::{Value, json};

use crate::{
    city::{self, HOSTILE},
    kinds, migration, text,
};

const HOME: (&str, &str) = ("首页", "/");

fn entries() -> Vec<FeedEntry> {
    city::feeds::feed().entries
}

/// Entries of migrated documents: of a day, and of none that anybody knows.
fn migrated_entries() -> Vec<FeedEntry> {
    let of = |dated| FeedEntry { dated, index_number: String::new(), ..entries().remove(1) };
    vec![of(Dated::Version("2014-05-08".parse().expect("a fixed day"))), of(Dated::Unknown)]
}

fn document_frame() -> Frame {
    city::frame("/zwgk/zcwj/2026/11/18/sjkf.html", &[HOME])
}

pub(crate) type Written = (&'static str, Result<Rendered, RenderError>);

/// The JSON of every kind of page under a file name.
pub(crate) fn all() -> Vec<Written> {
    let column_frame = city::frame("/zwgk/tzgg/", &[HOME]);
    let others = vec![
        ("home.json", json::home(&city::frame("/", &[]), &city::home())),
        ("home-rectifying.json", json::home(&city::not_live("/", city::rectifying()), &city::home())),
        ("column.json", json::column(&column_frame, &city::column(), &entries())),
        ("column-empty.json", json::column(&column_frame, &city::column(), &[])),
        ("column-archived.json", json::column(&city::not_live("/x/", city::archived()), &city::column(), &entries())),
        ("month.json", json::month(&city::frame("/zwgk/tzgg/2026-11.html", &[]), &city::month(), &entries())),
        (
            "month-migrated.json",
            json::month(&city::frame("/zwgk/gz/0000-00.html", &[]), &city::month(), &migrated_entries()),
        ),
        ("document.json", json::document(&document_frame(), &city::document())),
        ("news.json", json::document(&city::frame("/xwdt/2026/11/22/a.html", &[]), &city::news_item())),
        ("migrated.json", json::document(&city::frame("/zwgk/gz/0000/00/00/a.html", &[]), &migration::migrated())),
        ("amended.json", json::document(&city::frame("/zwgk/gz/2014/05/08/b.html", &[]), &migration::amended())),
        ("kind-policy.json", json::document(&document_frame(), &kinds::policy())),
        (
            "kind-question.json",
            json::document(&document_frame(), &kinds::of_form("随迁子女怎样登记入学？", kinds::question())),
        ),
        ("kind-leader.json", json::document(&document_frame(), &kinds::of_form("周文澜", kinds::leader()))),
        ("kind-link.json", json::document(&document_frame(), &kinds::of_form("智慧教育平台", kinds::away()))),
        ("history.json", json::history(&city::frame("/zwgk/a.history.html", &[HOME]), &kinds::versions())),
        ("department.json", json::department(&city::frame("/bm/jyj/", &[HOME]), &city::department())),
        ("map.json", json::site_map(&city::frame("/map.html", &[HOME]), &city::site_map())),
        ("answers.json", json::answers(&city::frame("/zhaocuo/", &[HOME]), &city::answers::newest())),
        (
            "answers-month.json",
            json::answers_month(&city::frame("/zhaocuo/2026-11.html", &[HOME]), &city::answers::month()),
        ),
        (
            "answers-month-silent.json",
            json::answers_month(&city::frame("/zhaocuo/2026-10.html", &[HOME]), &city::answers::silent_month()),
        ),
        ("statistics.json", json::statistics(&city::frame("/tongji/", &[HOME]), &city::statistics::newest())),
        ("statistics-none.json", json::statistics(&city::frame("/tongji/", &[HOME]), &city::statistics::none_yet())),
        (
            "statistics-month.json",
            json::statistics_month(&city::frame("/tongji/2026-11.html", &[HOME]), &city::statistics::month()),
        ),
        ("catalogue.json", json::catalogue(&city::frame("/gkml/", &[HOME]), &city::catalogue::overview())),
        ("catalogue-nothing.json", json::catalogue(&city::frame("/gkml/", &[HOME]), &city::catalogue::nothing_yet())),
        (
            "catalogue-subject.json",
            json::catalogue_list(&city::frame("/gkml/zt/02/", &[HOME]), &city::catalogue::subject()),
        ),
        (
            "catalogue-part.json",
            json::catalogue_part(&city::frame("/gkml/zt/02/2026-11-11.html", &[HOME]), &city::catalogue::part()),
        ),
        ("410.json", json::gone(&city::frame("/zwgk/tzgg/2026/10/11/yingcai.html", &[]), &city::gone())),
        ("301.json", json::moved(&city::frame("/zwgk/tzgg/2026/11/16/old.html", &[]), &moved())),
    ];
    others.into_iter().chain(city::disclosure::written()).chain(city::reports::written()).collect()
}

fn moved() -> MovedPage {
    MovedPage { to: "/zwgk/tzgg/2026/11/16/qjqn.json".to_owned(), ..city::moved() }
}

/// Hostile text in every field.
fn hostile() -> Vec<Written> {
    let frame = city::hostile::hostile_frame();
    let text = || HOSTILE.to_owned();
    let entry = FeedEntry {
        title: text(),
        summary: text(),
        author: city::link(HOSTILE, "/x/"),
        keywords: vec![text()],
        index_number: text(),
        document_number: Some(text()),
        ..entries().remove(0)
    };
    let mut column = city::column();
    (column.name, column.kind, column.description) = (text(), text(), text());
    let gone = GonePage { title: text(), reason: text(), ..city::gone() };
    vec![
        ("hostile-document", json::document(&frame, &city::hostile::hostile_document())),
        ("hostile-column", json::column(&frame, &column, &[entry])),
        ("hostile-answers", json::answers(&frame, &city::answers::hostile().0)),
        ("hostile-statistics", json::statistics_month(&frame, &city::statistics::hostile().1)),
        ("hostile-catalogue", json::catalogue(&frame, &city::catalogue::hostile().0)),
        ("hostile-catalogue-list", json::catalogue_list(&frame, &city::catalogue::hostile().1)),
        ("hostile-catalogue-part", json::catalogue_part(&frame, &city::catalogue::hostile().2)),
        ("hostile-coverage", json::coverage(&frame, &city::disclosure::hostile().0)),
        ("hostile-coverage-of-department", json::department_coverage(&frame, &city::disclosure::hostile().1)),
        ("hostile-guide", json::guide(&frame, &city::disclosure::hostile().2)),
        ("hostile-reports", json::reports(&frame, &city::reports::hostile().0)),
        ("hostile-report", json::report(&frame, &city::reports::hostile().1)),
        ("hostile-home", json::home(&frame, &city::home())),
        ("hostile-410", json::gone(&frame, &gone)),
        ("hostile-301", json::moved(&frame, &MovedPage { title: text(), ..moved() })),
    ]
}

fn read(written: Result<Rendered, RenderError>) -> Value {
    serde_json::from_str(&text(written)).expect("JSON")
}

/// One member a line, in the order in which they were written.
pub(crate) fn laid_out(json: &str) -> String {
    json.replace(",\"", ",\n\"").replace(":[{", ":[\n{").replace("},{", "},\n{")
}

#[test]
fn json_carries_its_provenance_and_ends_its_line() {
    for (name, written) in all() {
        let written = text(written);
        assert!(written.ends_with("}\n") && written.lines().count() == 1, "{name}");
        let value: Value = serde_json::from_str(&written).unwrap();
        let provenance = value.get("provenance").or_else(|| value["_taihu"].get("provenance")).unwrap();
        assert_eq!(provenance["generation"], 3, "{name}");
        assert!(provenance["digest"].as_str().unwrap().starts_with("9f2c4be1d07a35c8"), "{name}");
    }
}

#[test]
fn a_feed_has_what_json_feed_asks_for() {
    let feeds: Vec<_> = all()
        .into_iter()
        .filter(|(name, _)| ["column", "month", "answers"].iter().any(|kind| name.starts_with(kind)))
        .collect();
    for (name, written) in feeds {
        assert_eq!(written.as_ref().unwrap().content_type, "application/feed+json; charset=utf-8", "{name}");
        let feed = read(written);
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1", "{name}");
        assert!(!feed["title"].as_str().unwrap().is_empty(), "{name}");
        assert_eq!(feed["language"], "zh-Hans", "{name}");
        let is_address = |value: &Value| value.as_str().is_some_and(|text| text.starts_with("http://"));
        assert!(is_address(&feed["home_page_url"]) && is_address(&feed["feed_url"]), "{name}");
        assert!(feed["feed_url"].as_str().unwrap().ends_with(".json"), "{name}");
        for item in feed["items"].as_array().unwrap() {
            assert!(item["id"].as_str().is_some_and(|id| !id.is_empty()), "{name}");
            assert!(is_address(&item["url"]) && is_address(&item["authors"][0]["url"]), "{name}");
            assert!(item["content_text"].as_str().is_some_and(|content| !content.is_empty()), "{name}");
            for instant in ["date_published", "date_modified"].into_iter().filter_map(|member| item.get(member)) {
                assert!(instant.as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{name}: {instant}");
            }
            assert!(item.as_object().unwrap().values().all(|value| !value.is_null()), "{name}: {item}");
            let own = |name: &&String| name.starts_with('_');
            let known =
                ["id", "url", "title", "content_text", "summary", "date_published", "date_modified", "authors", "tags"];
            assert!(
                item.as_object().unwrap().keys().filter(|name| !own(name)).all(|name| known.contains(&name.as_str()))
            );
        }
    }
}

/// A day has its beginning, and what nobody knows is left out.
#[test]
fn a_feed_makes_no_date_up() {
    let feed = read(json::month(&city::frame("/zwgk/gz/0000-00.html", &[]), &city::month(), &migrated_entries()));
    assert_eq!(feed["items"][0]["date_published"], "2014-05-08T00:00:00+08:00");
    assert_eq!(feed["items"][0]["_taihu"]["published"], json!({ "precision": "version-day", "at": "2014-05-08" }));
    assert_eq!(feed["items"][1].get("date_published"), None);
    assert_eq!(feed["items"][1]["_taihu"]["published"], json!({ "precision": "unknown", "at": null }));
}

#[test]
fn the_json_of_every_document_keeps_to_its_schema() {
    let schema = include_str!("../../../../docs/json/document.schema.json");
    let validator = jsonschema::draft202012::new(&serde_json::from_str(schema).unwrap()).unwrap();
    let written = all().into_iter().chain(hostile()).map(|(name, written)| (name, read(written)));
    let documents: Vec<_> = written.filter(|(_, value)| value["type"] == "document").collect();
    assert_eq!(documents.len(), 9);
    for (name, document) in documents {
        let problems: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{name}: {problems:?}");
        let mut lacking = document.clone();
        lacking.as_object_mut().unwrap().remove("provenance");
        assert!(!validator.is_valid(&lacking), "a schema that nothing offends tells nothing");
    }
}

#[test]
fn the_body_is_the_one_of_the_page() {
    for model in [city::document(), city::hostile::hostile_document(), migration::migrated()] {
        let page = text(pages::document(&document_frame(), &model));
        let body = read(json::document(&document_frame(), &model))["body_html"].as_str().unwrap().to_owned();
        assert!(!body.is_empty() && page.contains(&body), "{body}");
    }
}

#[test]
fn hostile_text_stays_text_in_json() {
    for (name, written) in hostile() {
        let written = text(written);
        assert!(!written.contains(['\0', '\u{1b}', '\u{202e}']), "{name}");
        let value: Value = serde_json::from_str(&written).unwrap();
        assert!(!written.contains("\\u0000"), "{name}");
        if let Some(body) = value.get("body_html").and_then(Value::as_str) {
            assert!(!body.contains("<script") && !body.contains("onclick") && !body.contains("onerror"), "{body}");
        }
    }
}

#[test]
fn json_refuses_an_address_that_could_run_a_script() {
    let to = "javascript:alert(1)".to_owned();
    let refused = json::moved(&document_frame(), &MovedPage { to, ..city::moved() });
    assert!(matches!(refused, Err(RenderError::UnsafeUrl(_))));
    let mut entry = entries().remove(0);
    entry.url = "data:text/html,x".to_owned();
    let refused = json::column(&document_frame(), &city::column(), &[entry]);
    assert!(matches!(refused, Err(RenderError::UnsafeUrl(_))));
}

/// The HTML names its JSON twice: in the head for programs, in the foot for people; where nothing stands with 200 it names none.
#[test]
fn every_page_names_its_json_and_no_other_page_does() {
    for (name, page) in city::all_pages().into_iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = text(page);
        let is_there = !name.starts_with(char::is_numeric);
        assert_eq!(page.matches("<link rel=\"alternate\" type=\"application/").count() > 0, is_there, "{name}");
        assert_eq!(page.matches(">本页数据（JSON）</a>").count(), usize::from(is_there), "{name}");
        let is_feed = ["column", "month", "answers"].iter().any(|kind| name.starts_with(kind));
        assert_eq!(page.contains("type=\"application/feed+json\""), is_feed, "{name}");
    }
}
