//! Given a mapping and invented rows, when they are read, then what the API is sent.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

use mapping::{Mapping, Record, link, read};
use serde_json::{Value, json};

const MAPPING: &str = r##"
[source]
system = "old-portal"
name = "澄湖市政府旧门户"
key = { field = "url", match = "art_(\\d+)" }

[target]
site = "www"
column = "www.zwgk.zcwj"
department = "zfb"

[document]
title = { field = "title" }
body = { value = { field = "html" }, form = "html" }
slug = { field = "url", match = "art_(\\d+)" }
index_number = { field = "page", label = "索引号" }
document_number = { field = "number" }
written_on = { field = "page", label = "成文日期", date = "%Y年%m月%d日" }
published_on = { field = "page", label = "发布日期", date = "%Y年%m月%d日" }
version_on = { field = "version", date = "%Y-%m-%d" }
url = { field = "url" }
subject = { field = "page", label = "主题分类" }
keywords = { field = "page", label = "主题词", split = "\\s+" }
validity = { field = "state", words = { "有效" = "in-force", "已废止" = "repealed" } }
history = { field = "history", strip = "）$" }

[chain]
by = { field = "title" }
undated = "first"

[create]
departments = [{ code = "zfb" }]
"##;

fn mapping() -> Mapping {
    Mapping::read(MAPPING).unwrap()
}

fn row(id: u32) -> Value {
    json!({
        "url": format!("http://old.chenghu.example/art_{id}.html"),
        "title": format!("关于供水的通知{id}"),
        "html": "<p style='x'>各单位：</p>",
        "number": "澄府办〔2012〕7号",
        "page": "<table><tr><td><b>索 引 号：</b></td><td>014000329/2012-00007</td><td><b>主题分类：</b></td><td>城乡建设\\供水</td></tr>\
            <tr><td>成文日期：</td><td>2012年05月28日</td><td>发布日期：</td><td>2012年06月01日</td></tr>\
            <tr><td>主 题 词：</td><td>供水　通知</td></tr></table>",
        "state": "有效",
        "history": ["2012年5月28日通过）"],
    })
}

fn record(row: &Value) -> Record {
    read(&mapping(), 3, &row.to_string()).unwrap()
}

#[test]
fn given_a_row_with_everything_then_everything_is_sent() {
    let row = row(7);
    let record = record(&row);
    assert_eq!((record.line, record.key.as_str(), record.day.as_deref()), (3, "7", Some("2012-06-01")));
    let body = &record.body;
    assert_eq!(body["column"], "www.zwgk.zcwj");
    assert_eq!(body["slug"], "7");
    assert_eq!(body["index_number"], "014000329/2012-00007");
    assert_eq!(body["content"]["body_html"], "<p>各单位：</p>");
    assert_eq!(body["content"]["written_on"], "2012-05-28");
    assert_eq!(body["content"]["keywords"], json!(["供水", "通知"]));
    assert_eq!(body["content"]["source"], "澄湖市政府旧门户");
    let origin = &body["origin"];
    assert_eq!(origin["date"], json!({ "kind": "published", "day": "2012-06-01" }));
    assert_eq!(origin["subject"], "城乡建设\\供水");
    assert_eq!(origin["validity"], "in-force");
    assert_eq!(origin["history"], json!(["2012年5月28日通过"]));
    assert_eq!(origin["evidence"].as_str().unwrap().len(), 64);
}

#[test]
fn given_nothing_but_the_least_then_nothing_is_made_up() {
    let row = json!({ "url": "art_1", "title": "通知", "html": "文", "page": "", "state": "不详" });
    let record = record(&row);
    let body = record.body.as_object().unwrap();
    assert_eq!(body.keys().collect::<Vec<_>>(), ["column", "department", "slug", "content", "origin"]);
    assert_eq!(body["origin"]["date"], json!({ "kind": "unknown" }));
    for unknown in ["url", "issuer", "subject", "validity", "history"] {
        assert!(unknown == "url" || body["origin"].get(unknown).is_none(), "{unknown}");
    }
    for unknown in ["document_number", "written_on", "keywords"] {
        assert!(body["content"].get(unknown).is_none(), "{unknown}");
    }
    assert_eq!(record.day, None);
}

#[test]
fn given_a_bad_row_then_the_reason_in_a_sentence() {
    let mapping = mapping();
    let cases = [
        ("{", "not JSON"),
        ("[]", "no object"),
        (r#"{"url":"x"}"#, "no key"),
        (r#"{"url":"art_1"}"#, "no title"),
        (r#"{"url":"art_1","title":"甲","html":"<p> </p>"}"#, "no text"),
        (r#"{"url":"art_1","title":"甲","html":"文","number":"七号"}"#, "document number"),
    ];
    for (line, reason) in cases {
        let reject = read(&mapping, 9, line).unwrap_err();
        assert!(reject.reason.contains(reason), "{line}: {}", reject.reason);
        assert_eq!(reject.line, 9);
    }
}

#[test]
fn given_the_same_line_then_the_same_request() {
    let line = row(7).to_string();
    let twice = [read(&mapping(), 1, &line), read(&mapping(), 1, &line)];
    assert_eq!(twice[0], twice[1]);
    let changed = line.replace("各单位", "各有关单位");
    assert_ne!(read(&mapping(), 1, &line).unwrap().body, read(&mapping(), 1, &changed).unwrap().body);
}

fn version(key: u32, title: &str, day: Option<&str>) -> Record {
    let row = json!({ "url": format!("art_{key}"), "title": title, "html": "文", "version": day });
    read(&mapping(), key as usize, &row.to_string()).unwrap()
}

fn amends(groups: &[Vec<Record>]) -> Vec<Vec<(String, Option<String>)>> {
    let told = |record: &Record| {
        let amends = record.body.get("amends").and_then(Value::as_str).map(str::to_owned);
        (record.key.clone(), amends)
    };
    groups.iter().map(|group| group.iter().map(told).collect()).collect()
}

#[test]
fn given_versions_then_each_amends_the_one_before_it_and_comes_after_it() {
    let records = vec![
        version(1, "供水办法", Some("2020-01-01")),
        version(2, "排水办法", None),
        version(3, "供水办法", None),
        version(4, "供水办法", Some("2014-05-08")),
    ];
    let (groups, unlinked) = link(&mapping(), records);
    assert!(unlinked.is_empty());
    let pair = |key: &str, amends: Option<&str>| (key.to_owned(), amends.map(str::to_owned));
    let wanted = [vec![pair("2", None), pair("3", None)], vec![pair("4", Some("3"))], vec![pair("1", Some("4"))]];
    assert_eq!(amends(&groups), wanted);
}

#[test]
fn given_versions_that_nobody_can_order_then_they_are_not_linked() {
    let same = vec![version(1, "供水办法", Some("2020-01-01")), version(2, "供水办法", Some("2020-01-01"))];
    let (groups, unlinked) = link(&mapping(), same);
    assert_eq!((groups.len(), unlinked.len()), (1, 2));
    let undated =
        vec![version(1, "供水办法", None), version(2, "供水办法", None), version(3, "供水办法", Some("2020-01-01"))];
    let (groups, unlinked) = link(&mapping(), undated);
    assert_eq!((groups.len(), groups[0].len(), unlinked.len()), (1, 3, 2));
    let apart = Mapping::read(&MAPPING.replace("undated = \"first\"", "")).unwrap();
    let (_, unlinked) = link(&apart, vec![version(1, "供水办法", None), version(2, "供水办法", Some("2020-01-01"))]);
    assert_eq!(unlinked.len(), 1);
}

#[test]
fn a_mapping_with_an_unknown_member_is_refused() {
    for (from, to) in [("site = ", "sites = "), ("[create]", "[creates]"), ("title = {", "titel = {")] {
        let error = Mapping::read(&MAPPING.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(error.contains("cannot be read"), "{error}");
    }
}

#[test]
fn the_mappings_of_this_repository_can_be_read() {
    for text in [
        include_str!("../examples/old.toml"),
        include_str!("../../../tests/real/regulations.toml"),
        include_str!("../../../tests/real/state_council.toml"),
    ] {
        assert!(Mapping::read(text).is_ok());
    }
}
