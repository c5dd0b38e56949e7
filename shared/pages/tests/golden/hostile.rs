//! Hostile or careless text in every field of every page.

use super::*;

/// The frame with hostile text wherever text goes.
pub(crate) fn hostile_frame() -> Frame {
    let text = HOSTILE.to_owned();
    Frame {
        name: text.clone(),
        label: text.clone(),
        identification_code: text.clone(),
        sponsor: text.clone(),
        contact: text.clone(),
        icp: text.clone(),
        domain: Some(text.clone()),
        notice: Some(SiteNotice::Archived { at: at("2026-11-01T00:00:00Z"), reason: text.clone() }),
        police: Some(text.clone()),
        nav: vec![Link { name: text.clone(), url: "/x/".to_owned() }],
        provenance: Provenance { stream: text.clone(), version: u64::MAX, digest: text.clone(), generation: u64::MAX },
        ..frame("/x/", &[(HOSTILE, "/"), (HOSTILE, "/x/")])
    }
}

/// A document with hostile text in every field.
pub(crate) fn hostile_document() -> DocumentPage {
    let text = || HOSTILE.to_owned();
    let here = || Link { name: text(), url: "/x/".to_owned() };
    DocumentPage {
        title: text(),
        document_number: Some(text()),
        index_number: text(),
        issuer: here(),
        source: text(),
        kind: text(),
        keywords: vec![text(), text()],
        summary: text(),
        body_html: format!("<h2>{HOSTILE}</h2><p onclick=alert(1)>{HOSTILE}</p><h2 id=content>{HOSTILE}</h2>"),
        files: vec![FileNote {
            hash: text(),
            title: text(),
            url: "http://files.localhost:8080/a.pdf".to_owned(),
            kind: FileKind::Pdf,
            bytes: u64::MAX,
            picture: None,
        }],
        column: here(),
        notes: vec![ChangeNote { at: at("2026-11-20T01:30:00Z"), note: text(), version: 2 }],
        ..document()
    }
}

/// Every kind of page with hostile text in every field.
pub(crate) fn hostile_pages() -> Vec<(&'static str, Result<Rendered, RenderError>)> {
    let frame = hostile_frame();
    let text = || HOSTILE.to_owned();
    let here = || Link { name: text(), url: "/x/".to_owned() };
    let item = || entry(HOSTILE, "/x/1.html", "2026-11-20T01:30:00Z", Some(HOSTILE), Some(HOSTILE));
    let home = HomePage {
        sections: vec![
            ColumnSection { column: here(), kind: text(), entries: vec![item()] },
            ColumnSection { column: here(), kind: text(), entries: vec![item()] },
        ],
        departments: vec![here()],
        columns: vec![here()],
        feeds: vec![here()],
    };
    let column = ColumnPage {
        name: text(),
        kind: text(),
        description: text(),
        columns: vec![
            ColumnSection { column: here(), kind: text(), entries: vec![item()] },
            ColumnSection { column: here(), kind: text(), entries: Vec::new() },
        ],
        entries: vec![item()],
        months: vec![here()],
        feed: "/x/feed.xml".to_owned(),
    };
    let month = MonthPage { column: here(), kind: text(), title: text(), entries: vec![item()] };
    let document = hostile_document();
    let department = DepartmentPage {
        name: text(),
        duties: text(),
        address: text(),
        telephone: text(),
        office_hours: text(),
        leaders: vec![text()],
        entries: vec![item()],
        catalogue: Some(here()),
        coverage: here(),
    };
    let map = SiteMapPage {
        tree: vec![MapNode { link: here(), children: vec![MapNode { link: here(), children: Vec::new() }] }],
        disclosure: vec![here()],
        interaction: vec![here()],
        departments: vec![here()],
    };
    let (answers, answers_month) = answers::hostile();
    let (statistics, statistics_month) = statistics::hostile();
    let (catalogue, catalogue_list, catalogue_part) = catalogue::hostile();
    let (coverage, department_coverage, guide) = disclosure::hostile();
    let (reports, report) = reports::hostile();
    let gone = GonePage { title: text(), reason: text(), ..gone() };
    let moved = MovedPage { title: text(), to: "/x/".to_owned() };
    let mut atom = feeds::feed();
    atom.title = text();
    atom.id = text();
    for entry in &mut atom.entries {
        entry.title = text();
        entry.summary = text();
        entry.author = here();
    }
    vec![
        ("hostile-home.html", pages::home(&frame, &home)),
        ("hostile-column.html", pages::column(&frame, &column)),
        ("hostile-month.html", pages::month(&frame, &month)),
        ("hostile-document.html", pages::document(&frame, &document)),
        ("hostile-department.html", pages::department(&frame, &department)),
        ("hostile-site-map.html", pages::site_map(&frame, &map)),
        ("hostile-answers.html", pages::answers(&frame, &answers)),
        ("hostile-answers-month.html", pages::answers_month(&frame, &answers_month)),
        ("hostile-statistics.html", pages::statistics(&frame, &statistics)),
        ("hostile-statistics-month.html", pages::statistics_month(&frame, &statistics_month)),
        ("hostile-catalogue.html", pages::catalogue(&frame, &catalogue)),
        ("hostile-catalogue-list.html", pages::catalogue_list(&frame, &catalogue_list)),
        ("hostile-catalogue-part.html", pages::catalogue_part(&frame, &catalogue_part)),
        ("hostile-coverage.html", pages::coverage(&frame, &coverage)),
        ("hostile-coverage-of-department.html", pages::department_coverage(&frame, &department_coverage)),
        ("hostile-guide.html", pages::guide(&frame, &guide)),
        ("hostile-reports.html", pages::reports(&frame, &reports)),
        ("hostile-report.html", pages::report(&frame, &report)),
        ("hostile-404.html", pages::not_found(&frame)),
        ("hostile-410.html", pages::gone(&frame, &gone)),
        ("hostile-301.html", pages::moved(&frame, &moved)),
        ("hostile-feed.xml", pages::atom(&frame, &atom)),
    ]
}
