//! Documents of an older system, as fixed data for golden tests.
#![expect(clippy::expect_used, reason = "fixed data: a wrong day must stop the test")]

use pages::{ColumnPage, Dated, DocumentLink, DocumentPage, Entry, OriginNote, Relations, RenderError, Rendered};

use crate::city::{HOSTILE, at, column, document, entry, frame};

/// Entries of migrated documents: of a day, and of none that anybody knows.
fn migrated_entries() -> Vec<Entry> {
    let entry = entry("澄湖市城市供水管理办法", "/zwgk/gz/a.html", "2026-11-20T01:30:00Z", None, None);
    [Dated::Version("2014-05-08".parse().expect("a fixed day")), Dated::Unknown]
        .map(|dated| Entry { dated, ..entry.clone() })
        .to_vec()
}

/// A regulation of an older system, of which a later version came in too; nobody knows its date.
pub(crate) fn migrated() -> DocumentPage {
    DocumentPage {
        title: "澄湖市城市供水管理办法".to_owned(),
        document_number: Some("澄府令第31号".to_owned()),
        index_number: String::new(),
        dated: Dated::Unknown,
        written_on: None,
        source: "澄湖市政府旧门户".to_owned(),
        kind: "规章".to_owned(),
        summary: String::new(),
        body_html: "<h2>第一章　总则</h2><p>第一条　为加强城市供水管理，制定本办法。</p>".to_owned(),
        canonical: "http://www.localhost:8080/zwgk/gz/0000/00/00/todsyrjh4m.html".to_owned(),
        notes: Vec::new(),
        origin: Some(OriginNote {
            name: "澄湖市政府旧门户".to_owned(),
            url: Some("http://old.chenghu.example/art/71.html".to_owned()),
            migrated_at: at("2026-11-20T03:00:00Z"),
            issuer: Some("澄湖市人民政府".to_owned()),
            subject: Some("城乡建设、环境保护\\城市规划".to_owned()),
            validity: Some("失效".to_owned()),
            history: vec!["2006年3月2日市人民政府令第31号公布".to_owned()],
        }),
        relations: Relations {
            amended_by: vec![DocumentLink {
                title: "澄湖市城市供水管理办法".to_owned(),
                url: "/zwgk/gz/2014/05/08/4bubxqklnt.html".to_owned(),
                dated: Dated::Version("2014-05-08".parse().expect("a fixed day")),
            }],
            ..Relations::default()
        },
        ..document()
    }
}

/// The later version.
pub(crate) fn amended() -> DocumentPage {
    let earlier = migrated();
    let link = DocumentLink {
        title: earlier.title.clone(),
        url: "/zwgk/gz/0000/00/00/todsyrjh4m.html".to_owned(),
        dated: Dated::Unknown,
    };
    DocumentPage {
        document_number: None,
        dated: Dated::Version("2014-05-08".parse().expect("a fixed day")),
        canonical: "http://www.localhost:8080/zwgk/gz/2014/05/08/4bubxqklnt.html".to_owned(),
        origin: earlier
            .origin
            .clone()
            .map(|note| OriginNote { url: None, validity: Some("有效".to_owned()), ..note }),
        relations: Relations { amends: vec![link], ..Relations::default() },
        ..earlier
    }
}

/// Every page of a migrated document and of a column of them.
pub(crate) fn pages() -> Vec<(&'static str, Result<Rendered, RenderError>)> {
    let frame = frame("/zwgk/gz/", &[("首页", "/"), ("政务公开", "/zwgk/")]);
    let head = ColumnPage { name: "规章".to_owned(), entries: migrated_entries(), ..column() };
    vec![
        ("column-migrated.html", pages::column(&frame, &head)),
        ("migrated.html", pages::document(&frame, &migrated())),
        ("amended.html", pages::document(&frame, &amended())),
    ]
}

/// A record whose source is careless in every field.
pub(crate) fn hostile() -> Result<Rendered, RenderError> {
    let text = || HOSTILE.to_owned();
    let version = DocumentLink { title: text(), url: "/zwgk/gz/a.html".to_owned(), dated: Dated::Unknown };
    let origin = OriginNote {
        name: text(),
        issuer: Some(text()),
        subject: Some(text()),
        validity: Some(text()),
        history: vec![text()],
        url: None,
        migrated_at: at("2026-11-20T03:00:00Z"),
    };
    let relations = Relations { amends: vec![version.clone()], amended_by: vec![version], ..Relations::default() };
    let page = DocumentPage { origin: Some(origin), relations, ..migrated() };
    pages::document(&frame("/zwgk/gz/", &[("首页", "/")]), &page)
}
