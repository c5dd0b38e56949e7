//! How one value is found in a row.
//!
//! A rule is taken from left to right: where (`field`, `constant` or `any`), what of its markup (`select`, `label`), then how it is cut (`match`, `strip`,
//! `take`, `split`) and read (`date`, `words`). Whatever finds nothing leaves the value unknown.

use std::collections::BTreeMap;

use jiff::{civil::Date, fmt::strtime};
use regex::Regex;
use scraper::{ElementRef, Html, Selector};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::{clean::plain, map::pattern};

/// How one value is found in a row.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Told")]
pub struct Value {
    place: Place,
    markup: Option<Markup>,
    matching: Option<Regex>,
    strip: Option<Regex>,
    take: Take,
    split: Option<Regex>,
    date: Vec<String>,
    words: Option<BTreeMap<String, String>>,
}

#[derive(Debug)]
enum Place {
    Field(Vec<String>),
    Constant(String),
    Any(Vec<Value>),
}

/// A part of a field's markup.
#[derive(Debug)]
struct Markup {
    select: Selector,
    label: Option<String>,
}

/// Which item of a list is meant where one is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Take {
    #[default]
    First,
    Last,
}

/// As the file spells it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    field: Option<String>,
    constant: Option<String>,
    any: Option<Vec<Value>>,
    select: Option<String>,
    label: Option<String>,
    #[serde(rename = "match")]
    matching: Option<String>,
    strip: Option<String>,
    #[serde(default)]
    take: Take,
    split: Option<String>,
    date: Option<OneOrMore>,
    words: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl TryFrom<Told> for Value {
    type Error = String;

    fn try_from(told: Told) -> Result<Self, String> {
        let place = match (told.field, told.constant, told.any) {
            (Some(field), None, None) => Place::Field(field.split('.').map(str::to_owned).collect()),
            (None, Some(constant), None) => Place::Constant(constant),
            (None, None, Some(any)) => Place::Any(any),
            _ => return Err("a value has one of `field`, `constant` and `any`".to_owned()),
        };
        let markup = match (told.select, told.label) {
            (None, None) => None,
            // A label stands in a cell of a table where nothing else is said.
            (select, label) => {
                let select = select.unwrap_or_else(|| "td, th, dt".to_owned());
                let compiled = Selector::parse(&select).map_err(|error| format!("`{select}` is no selector: {error}"));
                Some(Markup { select: compiled?, label: label.map(|label| squeezed(&label)) })
            }
        };
        let formats = match told.date {
            None => Vec::new(),
            Some(OneOrMore::One(format)) => vec![format],
            Some(OneOrMore::More(formats)) => formats,
        };
        let compiled = |text: Option<String>| text.as_deref().map(pattern).transpose();
        Ok(Self {
            place,
            markup,
            matching: compiled(told.matching)?,
            strip: compiled(told.strip)?,
            take: told.take,
            split: compiled(told.split)?,
            date: formats,
            words: told.words,
        })
    }
}

impl Value {
    /// The first value, or the last where `take` says so.
    #[must_use]
    pub fn one(&self, row: &Json) -> Option<String> {
        let mut all = self.all(row);
        match self.take {
            Take::First => all.into_iter().next(),
            Take::Last => all.pop(),
        }
    }

    /// Every value, in the row's order.
    #[must_use]
    pub fn all(&self, row: &Json) -> Vec<String> {
        let found = match &self.place {
            Place::Constant(constant) => vec![constant.clone()],
            Place::Any(any) => any.iter().filter_map(|value| value.one(row)).take(1).collect(),
            Place::Field(path) => at(row, path).map(texts).unwrap_or_default(),
        };
        let marked = found.into_iter().filter_map(|text| match &self.markup {
            None => Some(text),
            Some(markup) => markup.find(&text),
        });
        let cut = marked.flat_map(|text| match &self.split {
            None => vec![text],
            Some(split) => split.split(&text).map(str::to_owned).collect(),
        });
        cut.filter_map(|text| self.read(&text)).collect()
    }

    /// The markup of the place itself: of the selected element its inside, else all of the field.
    pub(crate) fn html(&self, row: &Json) -> Option<String> {
        let Place::Field(path) = &self.place else { return self.one(row) };
        let text = texts(at(row, path)?).into_iter().next()?;
        match &self.markup {
            None => Some(text),
            Some(markup) => {
                let parsed = Html::parse_document(&text);
                parsed.select(&markup.select).next().map(|element| element.inner_html())
            }
        }
    }

    fn read(&self, text: &str) -> Option<String> {
        let text = match &self.matching {
            None => text.to_owned(),
            Some(pattern) => {
                let captures = pattern.captures(text)?;
                captures.get(1).or_else(|| captures.get(0))?.as_str().to_owned()
            }
        };
        let text = match &self.strip {
            None => text,
            Some(pattern) => stripped(pattern, &text),
        };
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if !self.date.is_empty() {
            return self.date.iter().find_map(|format| day(format, text)).map(|day| day.to_string());
        }
        match &self.words {
            None => Some(text.to_owned()),
            Some(words) => words.get(text).cloned(),
        }
    }
}

impl Markup {
    /// The text of the first selected element; with a label, of what follows the element that reads so.
    fn find(&self, html: &str) -> Option<String> {
        let parsed = Html::parse_document(html);
        let mut selected = parsed.select(&self.select);
        let Some(label) = &self.label else { return selected.next().map(|element| plain(&element)) };
        let labelled = selected.find(|element| squeezed(&plain(element)) == *label)?;
        labelled.next_siblings().find_map(ElementRef::wrap).map(|element| plain(&element))
    }
}

/// A label without white space and its final colon: `索 引 号：` and `索引号` are one.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '：' | ':')).collect()
}

fn at<'a>(row: &'a Json, path: &[String]) -> Option<&'a Json> {
    path.iter().try_fold(row, |value, step| match value {
        Json::Object(members) => members.get(step),
        Json::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// A text, a number, or the texts and numbers of a list.
fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::String(text) => vec![text.clone()],
        Json::Number(number) => vec![number.to_string()],
        Json::Array(items) => items.iter().flat_map(texts).collect(),
        Json::Null | Json::Bool(_) | Json::Object(_) => Vec::new(),
    }
}

/// Without what a pattern finds: its first group where it has one.
fn stripped(pattern: &Regex, text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for captures in pattern.captures_iter(text) {
        let Some(found) = captures.get(1).or_else(|| captures.get(0)) else { continue };
        kept.push_str(text.get(from..found.start()).unwrap_or_default());
        from = found.end();
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

fn day(format: &str, text: &str) -> Option<Date> {
    strtime::parse(format, text).ok()?.to_date().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn value(toml: &str) -> Value {
        toml::from_str(toml).unwrap()
    }

    fn one(toml: &str, row: &Json) -> Option<String> {
        value(toml).one(row)
    }

    #[test]
    fn given_a_path_then_the_text_the_number_or_nothing() {
        let row = json!({ "a": { "b": ["甲", "乙"] }, "n": 7, "empty": " ", "none": null });
        assert_eq!(one("field = 'a.b.1'", &row).as_deref(), Some("乙"));
        assert_eq!(one("field = 'n'", &row).as_deref(), Some("7"));
        for nothing in ["field = 'empty'", "field = 'none'", "field = 'a.c'", "field = 'a.b.2'", "field = 'n.x'"] {
            assert_eq!(one(nothing, &row), None, "{nothing}");
        }
        assert_eq!(one("constant = '旧门户'", &row).as_deref(), Some("旧门户"));
    }

    #[test]
    fn given_a_label_then_the_cell_beside_it() {
        let page = "<table><tr><td><b>索 引 号：</b></td> <td>0140/1</td><td><b>成文日期：</b></td><td> 2019年01月16日 </td></tr>\
            <tr><td>主题词：</td><td></td></tr></table><dl><dt>来源</dt><dd>市府办</dd></dl>";
        let row = json!({ "page": page });
        assert_eq!(one("field = 'page'\nlabel = '索引号'", &row).as_deref(), Some("0140/1"));
        assert_eq!(one("field = 'page'\nlabel = '来源'", &row).as_deref(), Some("市府办"));
        let date = "field = 'page'\nlabel = '成文日期'\ndate = '%Y年%m月%d日'";
        assert_eq!(one(date, &row).as_deref(), Some("2019-01-16"));
        assert_eq!(one("field = 'page'\nlabel = '主题词'", &row), None, "an empty cell tells nothing");
        assert_eq!(one("field = 'page'\nlabel = '发布日期'", &row), None);
        assert_eq!(one("field = 'page'\nselect = 'dl dd'", &row).as_deref(), Some("市府办"));
    }

    #[test]
    fn given_several_forms_of_a_date_then_the_first_that_fits() {
        let rule = "field = 'd'\ndate = ['%Y-%m-%d', '%Y年%m月%d日', '%Y/%m/%d']";
        for (text, day) in [
            ("2019-01-16", Some("2019-01-16")),
            ("2019年1月6日", Some("2019-01-06")),
            ("2019/12/31", Some("2019-12-31")),
            ("2019年2月30日", None),
            ("去年", None),
        ] {
            assert_eq!(one(rule, &json!({ "d": text })).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn given_a_list_then_the_item_that_matches_first_or_last() {
        let row = json!({ "history": ["2006年3月2日 公布", "决定》修订", "2014年5月8日 修订）"] });
        let rule = "field = 'history'\nmatch = '^(\\d{4}年\\d{1,2}月\\d{1,2}日)'\ndate = '%Y年%m月%d日'";
        assert_eq!(one(rule, &row).as_deref(), Some("2006-03-02"));
        assert_eq!(one(&format!("{rule}\ntake = 'last'"), &row).as_deref(), Some("2014-05-08"));
        let grouped = value("field = 'history'\nstrip = '修订(）)$'").all(&row);
        assert_eq!(grouped, ["2006年3月2日 公布", "决定》修订", "2014年5月8日 修订"]);
        let all = value("field = 'history'\nstrip = '）$'").all(&row);
        assert_eq!(all, ["2006年3月2日 公布", "决定》修订", "2014年5月8日 修订"]);
    }

    #[test]
    fn given_alternatives_then_the_first_that_finds_something() {
        let rule = "any = [{ field = 'a' }, { field = 'b', match = '\\d+' }, { constant = '无' }]";
        assert_eq!(one(rule, &json!({ "a": "甲", "b": "第7号" })).as_deref(), Some("甲"));
        assert_eq!(one(rule, &json!({ "b": "第7号" })).as_deref(), Some("7"));
        assert_eq!(one(rule, &json!({})).as_deref(), Some("无"));
    }

    #[test]
    fn given_words_and_cuts_then_each_is_read() {
        let row = json!({ "v": "现行有效", "k": "体育　运动会、函" });
        let words = "field = 'v'\nwords = { '现行有效' = 'in-force' }";
        assert_eq!(one(words, &row).as_deref(), Some("in-force"));
        assert_eq!(one(words, &json!({ "v": "不详" })), None, "a word that the mapping does not know is no guess");
        assert_eq!(value("field = 'k'\nsplit = '[、\\s]+'").all(&row), ["体育", "运动会", "函"]);
    }

    #[test]
    fn a_rule_that_cannot_be_read_says_why() {
        for (rule, why) in [
            ("select = 'td'", "one of"),
            ("field = 'a'\nconstant = 'b'", "one of"),
            ("field = 'a'\nmatch = '('", "regex"),
            ("field = 'a'\nselect = '<<'", "no selector"),
            ("field = 'a'\nlabels = 'x'", "unknown field"),
        ] {
            let said = toml::from_str::<Value>(rule).unwrap_err().to_string();
            assert!(said.contains(why), "{rule}: {said}");
        }
    }
}
