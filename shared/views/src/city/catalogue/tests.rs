use std::collections::BTreeSet;

use domain::{
    Aggregate, DocumentId,
    aggregate::Fact,
    document::{Catalogue, Content, DocumentEvent, Origin},
    index_number::IndexScheme,
    text::{Line, Prose},
};

use super::*;
use crate::{
    city::{
        document,
        touch::{pages_of, touched, wide},
    },
    fold::Fold,
    page::PageKey,
    row::Row,
    work::{Lane, Scope},
};

/// The life of one document, told event by event, and its rows after each.
#[derive(Default)]
struct Life {
    state: Document,
    fold: Fold,
    commit: u64,
}

impl Life {
    fn tell(mut self, events: Vec<DocumentEvent>) -> Self {
        self.commit += 1;
        // The last second of the 20th in the city, and the first of the 21st.
        let at = "2026-11-20T15:59:59Z".parse().unwrap();
        let fact = Fact { commit: self.commit, at, actor: "editor".parse().unwrap() };
        for event in events {
            self.state.evolve(event, &fact);
        }
        let plan = CityPlan { portal: "www".to_owned() };
        self.fold.advance(document::rows(&plan, &self.state), self.commit);
        self
    }

    fn published(content: Content) -> Self {
        let published = DocumentEvent::DocumentPublished {
            revision: content.revision(),
            column: "jyj.tzgg".parse().unwrap(),
            archive: Archive::Month,
            path: "/tzgg/2026/11/20/a.html".parse().unwrap(),
            index_number: IndexScheme::National.number("014006438/2026", 7).unwrap(),
            related: Vec::new(),
        };
        let drafted = DocumentEvent::DocumentDrafted {
            document: id(),
            column: "jyj.tzgg".parse().unwrap(),
            department: "jyj".parse().unwrap(),
            revision: content.revision(),
            content,
            removed: Vec::new(),
        };
        Self::default().tell(vec![drafted]).tell(vec![published])
    }

    fn corrected(self, content: Content) -> Self {
        let (note, revision) = (Line::new("更正").unwrap(), content.revision());
        let revised = DocumentEvent::DraftRevised { revision: revision.clone(), content, removed: Vec::new() };
        self.tell(vec![revised, DocumentEvent::DocumentCorrected { revision, note, related: Vec::new() }])
    }

    fn migrated(date: OriginalDate, subject: Option<&str>) -> Self {
        let content = content();
        let origin = Origin {
            system: "gov-cn".parse().unwrap(),
            name: Line::new("旧网站").unwrap(),
            key: Line::new("1").unwrap(),
            evidence: domain::document::EvidenceHash::of(b"1"),
            date,
            url: None,
            issuer: None,
            subject: subject.map(|subject| Line::new(subject).unwrap()),
            validity: Some(Validity::Repealed),
            history: Vec::new(),
        };
        let migrated = DocumentEvent::DocumentMigrated {
            document: id(),
            column: "jyj.tzgg".parse().unwrap(),
            archive: Archive::Month,
            department: "jyj".parse().unwrap(),
            path: "/tzgg/0000/00/00/a.html".parse().unwrap(),
            revision: content.revision(),
            content,
            removed: Vec::new(),
            index_number: None,
            origin: Box::new(origin),
            amends: None,
        };
        Self::default().tell(vec![migrated])
    }

    fn rows(&self) -> Vec<Row> {
        self.fold.clone().into_rows()
    }

    /// List, part, version, and whether it is live, of every entry.
    fn entries(&self) -> Vec<(String, String, u64, bool)> {
        let entries = self.rows().into_iter().filter_map(|row| {
            let list = row.at.slice.strip_prefix("catalogued|www|")?.to_owned();
            Some((list, row.at.key.split('/').next()?.to_owned(), row.version, row.is_live()))
        });
        entries.collect()
    }
}

fn id() -> DocumentId {
    DocumentId::derive(&domain::CommitId::derive(&"editor".parse().unwrap(), "draft", "new", 0, "a"))
}

fn content() -> Content {
    Content::new(Line::new("关于做好入学工作的通知").unwrap(), domain::document::BodyHash::of(b"<p>a</p>"))
}

fn filed(subject: Option<&str>, genre: Option<Genre>) -> Content {
    let subject = subject.map(|subject| subject.to_owned().try_into().unwrap());
    Content { catalogue: Catalogue { subject, genre, ..Catalogue::default() }, ..content() }
}

fn entry(list: &str, part: &str, version: u64, live: bool) -> (String, String, u64, bool) {
    (list.to_owned(), part.to_owned(), version, live)
}

fn html(pages: Vec<PageKey>) -> BTreeSet<String> {
    pages.into_iter().map(|page| page.path).filter(|path| !path.ends_with(".json")).collect()
}

#[test]
fn what_has_neither_a_class_nor_a_number_is_not_filed() {
    assert_eq!(Life::published(content()).entries(), []);
    assert_eq!(Life::migrated(OriginalDate::Unknown, None).entries(), []);
    let numbered =
        Content { document_number: Some("澄教发〔2026〕3号".to_owned().try_into().unwrap()), ..content() };
    let classed = Catalogue { class: Some(CatalogueClass::Finance), ..Catalogue::default() };
    for content in [numbered, Content { catalogue: classed, ..content() }] {
        let wanted = [entry("bm/jyj", "2026-11", 2, true), entry("nf/2026", "2026-11-20", 2, true)];
        assert_eq!(Life::published(content).entries(), wanted);
    }
}

#[test]
fn an_entry_stands_in_one_list_a_way_in_the_part_of_its_own_day() {
    let life = Life::published(filed(Some("科技、教育\\教育"), Some(Genre::PublicNotice)));
    let wanted = [
        entry("bm/jyj", "2026-11", 2, true),
        entry("nf/2026", "2026-11-20", 2, true),
        entry("tc/public-notice", "2026-11-11", 2, true),
        entry("zt/11", "2026-11-11", 2, true),
    ];
    assert_eq!(life.entries(), wanted);
    let pages: BTreeSet<String> =
        life.rows().iter().filter(|row| row.at.key.starts_with("/gkml/")).map(|row| row.at.key.clone()).collect();
    let wanted =
        wanted.iter().flat_map(|(list, part, ..)| [catalogue_list_path(list), catalogue_part_path(list, part)]);
    assert_eq!(pages, wanted.collect());
    let row = life.rows().into_iter().find(|row| row.at.slice == "catalogued|www|zt/11").unwrap();
    assert_eq!(row.at.key, format!("2026-11-11/2026-11-20T23:59:59.000/{}", id()));
    assert_eq!(
        html(touched("www", &row)),
        ["/gkml/", "/gkml/zt/11/", "/gkml/zt/11/2026-11-11.html"].map(str::to_owned).into()
    );
}

#[test]
fn a_correction_that_the_catalogue_does_not_tell_of_changes_no_row_of_it() {
    let before = Life::published(filed(Some("其他"), None));
    let entries = before.entries();
    let body = domain::document::BodyHash::of(b"<p>b</p>");
    let after = before.corrected(Content { body, ..filed(Some("其他"), None) });
    assert_eq!(after.entries(), entries);
    let summary = Prose::new("概述").unwrap();
    let told = after.corrected(Content { summary, ..filed(Some("其他"), None) }).entries();
    assert!(told.len() == 3 && told.iter().all(|(_, _, version, live)| (*version, *live) == (4, true)), "{told:?}");
}

#[test]
fn another_subject_leaves_a_tombstone_whose_pages_are_found_by_its_key() {
    let life = Life::published(filed(Some("其他"), None)).corrected(filed(Some("国防"), Some(Genre::Letter)));
    let wanted = [
        entry("bm/jyj", "2026-11", 3, true),
        entry("nf/2026", "2026-11-20", 3, true),
        entry("tc/letter", "2026-11-11", 3, true),
        entry("zt/21", "2026-11-11", 3, true),
        entry("zt/22", "2026-11-11", 3, false),
    ];
    assert_eq!(life.entries(), wanted);
    let left = life.rows().into_iter().find(|row| row.at.slice == "catalogued|www|zt/22").unwrap();
    let pages = ["/gkml/", "/gkml/zt/22/", "/gkml/zt/22/2026-11-11.html"];
    assert_eq!(html(touched("www", &left)), pages.map(str::to_owned).into());
    // Whoever files nothing any more is no entry; the lists have their pages for good.
    let unfiled = life.corrected(content());
    assert!(unfiled.entries().iter().all(|(.., live)| !live));
    let pages = unfiled.rows().into_iter().filter(|row| row.at.key.starts_with("/gkml/"));
    assert_eq!(pages.filter(Row::is_live).count(), 10);
}

#[test]
fn what_was_withdrawn_is_no_entry() {
    let reason = Prose::new("内容有误").unwrap();
    let life =
        Life::published(filed(None, Some(Genre::Notice))).tell(vec![DocumentEvent::DocumentWithdrawn { reason }]);
    let entries = life.entries();
    assert!(entries.len() == 3 && entries.iter().all(|(_, _, version, live)| (*version, *live) == (3, false)));
}

#[test]
fn a_migrated_document_is_filed_as_its_source_told() {
    let day = "2014-05-31".parse().unwrap();
    let life = Life::migrated(OriginalDate::Version { day }, Some("综合政务\\政务公开\\其他"));
    let wanted = [
        entry("bm/jyj", "2014-05", 1, true),
        entry("nf/2014", "2014-05-31", 1, true),
        entry("zt/02", "2014-05-21", 1, true),
    ];
    assert_eq!(life.entries(), wanted);
    let row = life.rows().into_iter().find(|row| row.at.slice == "catalogued|www|zt/02").unwrap();
    assert_eq!(row.content::<CatalogueRow>().unwrap().validity, Some(Validity::Repealed));
    // What is no subject of the national scheme is told, and is no way in.
    let undated = Life::migrated(OriginalDate::Unknown, Some("教育"));
    let part = |way| undated_part(way, &id().to_string());
    let wanted = [entry("bm/jyj", &part(Way::Department), 1, true), entry("nf/0000", &part(Way::Year), 1, true)];
    assert_eq!(undated.entries(), wanted);
}

#[test]
fn what_has_no_day_stands_in_a_part_by_its_id() {
    for (id, parts) in [
        ("aaaaaaaaaaaaaaaaaaaaaaaaaa", ["001", "001", "001", "001"]),
        ("bzaaaaaaaaaaaaaaaaaaaaaaaa", ["001", "002", "002", "015"]),
        ("qaaaaaaaaaaaaaaaaaaaaaaaaa", ["005", "017", "017", "129"]),
        ("77aaaaaaaaaaaaaaaaaaaaaaaa", ["008", "032", "032", "256"]),
    ] {
        assert_eq!(Way::ALL.map(|way| undated_part(way, id)), parts.map(|part| format!("0000-00-{part}")), "{id}");
    }
    // Before all that has a day.
    assert!(undated_part(Way::Year, "77").as_str() < "1949-10-01");
}

#[test]
fn a_new_name_finds_the_part_of_an_entry_without_a_day() {
    let life = Life::migrated(OriginalDate::Unknown, Some("综合政务"));
    let own = life.rows().into_iter().find(|row| row.at.slice == "catalogued|www|bm/jyj").unwrap();
    let of_year = catalogue_part_path("nf/0000", &undated_part(Way::Year, &id().to_string()));
    assert!(html(pages_of(&own)).contains(&of_year));
}

#[test]
fn a_new_name_of_a_department_finds_every_page_of_the_catalogue_that_names_it() {
    let row = |slice: &str, key: &str, body: Option<String>| Row {
        at: crate::row::RowKey::new(slice, key),
        version: 2,
        body,
    };
    let name = row(slice::DEPARTMENTS, "jyj", Some("{}".to_owned()));
    let scope = Scope::changed("catalogued|www|bm/jyj", "", Lane::Bulk);
    assert!(wide("www", &name).contains(&scope));
    assert!(html(touched("www", &name)).contains("/gkml/"));

    let life = Life::published(filed(Some("国防"), Some(Genre::Letter)));
    let own = life.rows().into_iter().find(|row| row.at.slice == "catalogued|www|bm/jyj").unwrap();
    let wanted = life
        .entries()
        .into_iter()
        .flat_map(|(list, part, ..)| [catalogue_list_path(&list), catalogue_part_path(&list, &part)]);
    assert_eq!(html(pages_of(&own)), wanted.collect());
    // A month of its own list names it though nothing is left there; others show it no more.
    let gone = row("catalogued|www|bm/jyj", &own.at.key, None);
    assert_eq!(html(pages_of(&gone)), ["/gkml/bm/jyj/", "/gkml/bm/jyj/2026-11.html"].map(str::to_owned).into());
}

#[test]
fn lists_and_parts_are_found_by_their_addresses() {
    assert_eq!(Way::of("zt/02"), Some((Way::Subject, "02")));
    assert_eq!(Way::of("xx/02"), None);
    let path = catalogue_list_path("nf/2026");
    assert_eq!(catalogue_part(&path, &catalogue_part_path("nf/2026", "2026-11-23")), Some("2026-11-23"));
    assert_eq!(catalogue_part(&path, &path), None);
    assert_eq!((subject_name("01"), subject_name("22")), (Some("国务院组织机构"), Some("其他")));
    assert_eq!((subject_name("00"), subject_name("23"), subject_name("x")), (None, None, None));
}
