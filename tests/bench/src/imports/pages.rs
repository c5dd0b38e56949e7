//! Every object of the city's pages, held to the records.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use bytes::Bytes;
use local::{
    cloud::{objects::ListRequest, tables},
    serve::running::Running,
};
use serde_json::Value;

use super::records::Record;

/// Bytes of every page that is answered with 200, by key.
pub(super) type Pages = BTreeMap<String, Bytes>;

/// How many examples of what is wrong are told.
const EXAMPLES: usize = 20;

/// Reads every page that is answered with 200.
pub(super) async fn read(running: &Running) -> Result<Pages> {
    let store = &running.machine.cloud.objects;
    let request = ListRequest { limit: usize::MAX, ..ListRequest::default() };
    let mut pages = Pages::new();
    for listed in store.list(tables::PAGES, request).await?.keys {
        let object = store.get(tables::PAGES, &listed.key).await?.with_context(|| listed.key.clone())?;
        let status = object.meta.headers.metadata.get("status").map_or("200", String::as_str);
        if status == "200" && !listed.key.starts_with("_assets/") {
            pages.insert(listed.key, object.bytes);
        }
    }
    Ok(pages)
}

/// The HTML among the pages.
pub(super) fn html(pages: &Pages) -> impl Iterator<Item = (&String, &Bytes)> {
    pages.iter().filter(|(key, _)| key.ends_with(".html"))
}

/// What the pages tell of the records.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Objects that are no assets.
    pub(super) pages: usize,
    /// Those of them that are HTML.
    pub(super) html: usize,
    /// Records whose index number is shown as they have it: `928 of 928`.
    pub(super) index_numbers: Right,
    /// The same of the document number.
    pub(super) document_numbers: Right,
    /// Sentences about what is not as it should be.
    pub(super) wrong: Vec<String>,
}

/// How many of how many.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Right {
    right: usize,
    of: usize,
}

impl Right {
    fn take(&mut self, is_right: bool) {
        self.of += 1;
        self.right += usize::from(is_right);
    }
}

impl std::fmt::Display for Right {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.right, self.of)
    }
}

impl Told {
    /// Holds the pages to the records.
    pub(super) fn compare(pages: &Pages, records: &[Record]) -> Self {
        let mut told = Self { pages: pages.len(), html: html(pages).count(), ..Self::default() };
        let mut documents = by_stream(pages);
        for record in records {
            let found = documents.remove(record.document.stream().as_str()).unwrap_or_default();
            told.one(pages, record, &found);
        }
        let strangers = documents.into_values().flatten().map(|(key, _)| format!("{key} is of no record"));
        told.wrong.extend(strangers);
        let more = told.wrong.len().saturating_sub(EXAMPLES);
        told.wrong.truncate(EXAMPLES);
        if more > 0 {
            told.wrong.push(format!("and {more} more like these"));
        }
        told
    }

    fn one(&mut self, pages: &Pages, record: &Record, found: &[(String, Value)]) {
        let [(key, data)] = found else {
            self.wrong.push(format!("{} stands on {} pages", record.title, found.len()));
            self.index_numbers.take(false);
            self.document_numbers.take(false);
            return;
        };
        let page = key.strip_suffix(".json").map(|stem| format!("{stem}.html"));
        let page = page.and_then(|page| pages.get(&page)).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let page = page.unwrap_or_default();
        if data.get("title").and_then(Value::as_str) != Some(record.title.as_str()) || !page.contains(&record.title) {
            self.wrong.push(format!("{key} has another title than {}", record.title));
        }
        for (name, label, wanted, right) in [
            ("index_number", "索引号", &record.index_number, &mut self.index_numbers),
            ("document_number", "发文字号", &record.document_number, &mut self.document_numbers),
        ] {
            let in_data = data.get(name).and_then(Value::as_str);
            let is_right = in_data == wanted.as_deref() && on_page(&page, label) == wanted.as_deref();
            right.take(is_right);
            if !is_right {
                self.wrong.push(format!(
                    "{key}: {name} is {in_data:?}, on the page {:?}, in the record {wanted:?}",
                    on_page(&page, label)
                ));
            }
        }
    }
}

/// What the page shows after a label of its metadata.
fn on_page<'a>(page: &'a str, label: &str) -> Option<&'a str> {
    let (_, after) = page.split_once(&format!("<dt>{label}</dt><dd>"))?;
    after.split_once("</dd>").map(|(shown, _)| shown)
}

/// The JSON of every document, by the stream it is made of.
fn by_stream(pages: &Pages) -> BTreeMap<String, Vec<(String, Value)>> {
    let mut documents: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    for (key, bytes) in pages.iter().filter(|(key, _)| key.ends_with(".json")) {
        let Ok(data) = serde_json::from_slice::<Value>(bytes) else { continue };
        if data.get("type").and_then(Value::as_str) != Some("document") {
            continue;
        }
        let stream = data.pointer("/provenance/stream").and_then(Value::as_str).unwrap_or_default().to_owned();
        documents.entry(stream).or_default().push((key.clone(), data));
    }
    documents
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(index_number: Option<&str>) -> Record {
        let document = domain::DocumentId::migrated(&"old".parse().unwrap(), "1");
        let index_number = index_number.map(str::to_owned);
        Record { collection: "old", document, title: "某条例".to_owned(), index_number, document_number: None }
    }

    fn pages(index_number: &str) -> Pages {
        let stream = record(None).document.stream().to_string();
        let data = json!({ "type": "document", "title": "某条例", "index_number": index_number, "document_number": null,
            "provenance": { "stream": stream } });
        let page = format!("<h1>某条例</h1><dl><div><dt>索引号</dt><dd>{index_number}</dd></div></dl>");
        Pages::from([
            ("www/a/1.html".to_owned(), page.into()),
            ("www/a/1.json".to_owned(), data.to_string().into()),
            ("www/a/index.json".to_owned(), "{\"type\":\"home\"}".into()),
        ])
    }

    #[test]
    fn a_number_is_right_only_where_page_and_data_have_that_of_the_record() {
        let told = Told::compare(&pages("1/2019-00001"), &[record(Some("1/2019-00001"))]);
        assert_eq!((told.pages, told.html, told.wrong.as_slice()), (3, 1, [].as_slice()));
        assert_eq!((told.index_numbers.to_string(), told.document_numbers.right), ("1 of 1".to_owned(), 1));
        for wanted in [Some("1/2019-00002"), None] {
            let told = Told::compare(&pages("1/2019-00001"), &[record(wanted)]);
            assert_eq!((told.index_numbers.right, told.wrong.len()), (0, 1), "{told:?}");
        }
        let mut only_data = pages("1/2019-00001");
        only_data.insert("www/a/1.html".to_owned(), "<h1>某条例</h1>".into());
        assert_eq!(Told::compare(&only_data, &[record(Some("1/2019-00001"))]).index_numbers.right, 0);
    }

    #[test]
    fn a_record_without_a_page_and_a_page_without_a_record_are_told() {
        let told = Told::compare(&Pages::new(), &[record(None)]);
        assert_eq!(told.wrong, ["某条例 stands on 0 pages"]);
        let told = Told::compare(&pages("1/2019-00001"), &[]);
        assert_eq!(told.wrong, ["www/a/1.json is of no record"]);
    }
}
