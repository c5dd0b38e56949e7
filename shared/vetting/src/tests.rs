//! A text goes in, findings come out.

use std::collections::BTreeMap;

use domain::{
    column::ColumnKind,
    document::{BodyHash, Content, Form},
    text::{Line, Prose},
    vetting::{BUILT_IN, Level, Rule, Strictness},
};

use super::*;

fn content() -> Content {
    Content::new(Line::new("停水通知").unwrap(), BodyHash::of(b""))
}

fn examiner(strictness: Strictness) -> Examiner {
    let lists = built_in()
        .into_iter()
        .map(|list| Search::new(list.name, list.title, list.level, list.words).unwrap())
        .collect();
    Examiner::new(strictness, lists)
}

fn look(content: &Content, html: &str, column: ColumnKind, strictness: &Strictness) -> Vec<Finding> {
    let today = "2026-11-29".parse().unwrap();
    let examiner = examiner(strictness.clone());
    let text = Text { content, body_html: html, column, today };
    examiner.examine(&text).into_findings()
}

fn found(content: &Content, html: &str, column: ColumnKind) -> Vec<(String, Level)> {
    let findings = look(content, html, column, &Strictness::default());
    findings.into_iter().map(|finding| (finding.id.into(), finding.level)).collect()
}

fn ids(html: &str) -> Vec<String> {
    found(&content(), html, ColumnKind::Notices).into_iter().map(|(id, _)| id).collect()
}

#[test]
fn the_lists_of_the_house_can_be_searched() {
    let names: Vec<String> = built_in().into_iter().map(|list| list.name.into()).collect();
    assert_eq!(names, BUILT_IN);
    for list in built_in() {
        assert!(!list.words.is_empty(), "{}", list.name);
        assert!(Search::new(list.name.clone(), list.title, list.level, list.words).is_ok(), "{}", list.name);
    }
}

#[test]
fn a_good_text_has_no_findings() {
    let html = "<h2>一、时间</h2><p>详情见<a href=\"/a.html\">《停水公告》</a>，咨询 0510-82723333。</p>\
                <h3>（一）范围</h3><img src=\"/a.png\" alt=\"停水范围图：城东三个街道\"><img src=\"/b.png\" alt=\"\">";
    assert_eq!(ids(html), Vec::<String>::new());
}

#[test]
fn every_part_of_a_text_is_looked_at() {
    let mut all = content();
    all.title = Line::new("联系 13800138000").unwrap();
    all.summary = Prose::new("电话13800138001").unwrap();
    all.source = Prose::new("13800138002").unwrap();
    all.keywords = vec![Line::new("停水").unwrap(), Line::new("13800138003").unwrap()];
    all.catalogue.terms = vec![Line::new("13800138004").unwrap()];
    all.catalogue.office = Some(Line::new("办公室 13800138005").unwrap());
    all.form = Form::Leader { post: Line::new("主任").unwrap(), duties: Prose::new("电话 13800138006").unwrap() };
    let html = "<p>一</p><p>13800138007，138<b>0013</b>8008</p><img src=\"/a.png\" alt=\"热线13800138009\">";
    let found = found(&all, html, ColumnKind::Notices);
    let expected = [
        "mobile@title.1.1",
        "mobile@summary.1.1",
        "mobile@source.1.1",
        "mobile@office.1.1",
        "mobile@keywords.2.1",
        "mobile@keywords.3.1",
        "mobile@form.2.1",
        "mobile@body.2.1",
        "mobile@body.2.2",
        "mobile@body.3.1",
    ];
    assert_eq!(found, expected.map(|id| (id.to_owned(), Level::Block)));
}

#[test]
fn an_excerpt_shows_no_whole_number() {
    let findings = look(
        &content(),
        "<p>请联系张先生 13800138000 或李女士 13900139000，谢谢。</p>",
        ColumnKind::Notices,
        &Strictness::default(),
    );
    assert_eq!(findings.len(), 2);
    for finding in findings {
        let told = format!("{finding:?}");
        assert!(!told.contains("13800138000") && !told.contains("13900139000"), "{told}");
        assert_eq!((finding.passage, finding.pointer.as_str()), (Some(1), "/content/body_html"));
        assert!(finding.excerpt.contains(finding.instead.as_deref().unwrap()), "{finding:?}");
    }
}

#[test]
fn words_are_told_with_what_to_write() {
    let findings = look(&content(), "<p>请尽快布 署，残废人优先。</p>", ColumnKind::Notices, &Strictness::default());
    let told: Vec<(&str, Option<&str>)> =
        findings.iter().map(|finding| (finding.id.as_str(), finding.instead.as_deref())).collect();
    assert_eq!(
        told,
        [("word.common-mistakes@body.1.1", Some("部署")), ("word.respectful-terms@body.1.1", Some("残疾人")),]
    );
    assert!(findings.first().unwrap().zh.contains("“布 署”见词库“常见错别字”：建议改为“部署”"));
}

#[test]
fn markup_is_for_everybody_to_read() {
    let html = "<h2>一、总则</h2><p>一、目的</p><p><b>适用范围</b></p><p>一、为了供水。</p><p>1、<b>适用</b></p><img src=\"/dir/IMG_01.jpg\" alt=\"IMG_01.jpg\">\
                <img src=\"/c.png\" alt=\"图片1\"><p><a href=\"/x.html\">点击这里&gt;&gt;</a></p>";
    assert_eq!(
        ids(html),
        [
            "alternative-vague@body.6.1",
            "alternative-vague@body.6.2",
            "heading-plain@body.2.1",
            "heading-plain@body.3.1",
            "link-vague@body.6.1",
        ]
    );
}

#[test]
fn a_column_requires_what_its_kind_requires() {
    let told: Vec<String> =
        found(&content(), "<p>文</p>", ColumnKind::Policies).into_iter().map(|(id, _)| id).collect();
    assert_eq!(told, ["metadata@record.3.1", "metadata@record.6.1", "metadata@record.7.1"]);
    let mut ahead = content();
    ahead.written_on = Some("2026-12-01".parse().unwrap());
    assert_eq!(found(&ahead, "<p>文</p>", ColumnKind::News), [("date-ahead@record.3.1".to_owned(), Level::Warn)]);
}

#[test]
fn what_is_off_is_not_looked_for() {
    let off: BTreeMap<Rule, Level> = Rule::ALL.iter().map(|rule| (*rule, Level::Off)).collect();
    let strictness = Strictness { levels: off, ..Strictness::default() };
    let html = "<p>一、甲</p><p>13800138000</p><img src=\"/a.png\" alt=\"图片\">";
    assert_eq!(look(&content(), html, ColumnKind::Policies, &strictness), Vec::new());
    let examiner = examiner(strictness);
    let today = "2026-11-29".parse().unwrap();
    let content = content();
    let text = Text { content: &content, body_html: html, column: ColumnKind::News, today };
    let mut examined = examiner.examine(&text);
    assert!(!examined.wants(Rule::DeadLink));
    let link = Linked { passage: 1, address: "/x.html".to_owned(), text: "甲".to_owned() };
    examined.dead_link(&link, 404);
    assert_eq!(examined.into_findings(), Vec::new());
}

#[test]
fn what_others_know_is_added() {
    let examiner = examiner(Strictness::default());
    let content = content();
    let today = "2026-11-29".parse().unwrap();
    let html = "<p>一</p><p>见<a href=\"/x.html\">公告</a></p>";
    let text = Text { content: &content, body_html: html, column: ColumnKind::News, today };
    let mut examined = examiner.examine(&text);
    let link = examined.links.first().unwrap().clone();
    examined.dead_link(&link, 410);
    examined.of_record(Rule::Interpretation, "", "尚无解读。".to_owned(), "nothing interprets it".to_owned());
    let findings = examined.into_findings();
    let told: Vec<(&str, Level)> = findings.iter().map(|finding| (finding.id.as_str(), finding.level)).collect();
    assert_eq!(told, [("dead-link@body.2.1", Level::Block), ("interpretation@record.1.1", Level::Warn)]);
    assert!(findings.first().unwrap().zh.contains("已撤下（410）"));
}
