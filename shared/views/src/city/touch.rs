//! Which pages show a row.
//!
//! A row names its pages by its key alone, for a tombstone has no content. Rows know nothing of JSON: every answer of this module adds its pages' twins.

use super::{
    answer::{ANSWERS_FEED_PATH, ANSWERS_PATH, answers_month_path},
    catalogue::{CATALOGUE_PATH, CatalogueRow, Way, catalogue_list_path, catalogue_part_path},
    coverage::{COVERAGE_PATH, COVERAGE_TABLE_PATH, GUIDE_PATH, coverage_of_path},
    document::history_path,
    kind::Kind,
    report::{REPORTS_PATH, report_path, report_table_path},
    rows::{EntryRow, PageRow},
    site::STYLE_PATH,
    slice,
    statistics::{STATISTICS_PATH, statistics_month_path, statistics_table_path},
    twin,
};
use crate::{
    page::PageKey,
    row::Row,
    work::{Lane, Scope},
};

fn page(site: &str, path: impl Into<String>, kind: Kind, about: impl Into<String>) -> PageKey {
    PageKey { site: site.to_owned(), path: path.into(), kind: kind.name().to_owned(), about: about.into() }
}

/// The pages, each with the JSON beside it.
fn with_twins(pages: Vec<PageKey>) -> Vec<PageKey> {
    let twins: Vec<PageKey> = pages.iter().filter_map(twin::of).collect();
    pages.into_iter().chain(twins).collect()
}

fn home(site: &str) -> PageKey {
    page(site, "/", Kind::Home, "")
}

fn map(site: &str) -> PageKey {
    page(site, "/map.html", Kind::Map, "")
}

fn style(site: &str) -> PageKey {
    page(site, STYLE_PATH, Kind::Style, "")
}

fn column_pages(id: &str) -> Option<(String, PageKey, PageKey)> {
    let (site, path) = id.split_once('.')?;
    let path = format!("/{}/", path.replace('.', "/"));
    let head = page(site, path.as_str(), Kind::Column, id);
    let feed = page(site, format!("{path}feed.xml"), Kind::Feed, id);
    Some((site.to_owned(), head, feed))
}

/// The head pages of all columns above, open or not: the nearest open one lists this column.
fn heads_above(id: &str) -> impl Iterator<Item = PageKey> {
    let above = id.match_indices('.').skip(1).filter_map(|(end, _)| id.get(..end));
    above.filter_map(column_pages).map(|(_, head, _)| head)
}

/// Pages rendered with the batch that changed `row`.
#[must_use]
pub fn touched(portal: &str, row: &Row) -> Vec<PageKey> {
    with_twins(touched_pages(portal, row))
}

fn touched_pages(portal: &str, row: &Row) -> Vec<PageKey> {
    let key = row.at.key.as_str();
    match row.at.slice.split_once('|') {
        Some(("pages", _)) => {
            stood_for(row).into_iter().filter(|page| !follows_in_bulk(page)).flat_map(with_history).collect()
        }
        Some(("columns", site)) => [home(site), map(site)].into_iter().chain(heads_above(key)).collect(),
        Some(("list", column)) => list_pages(column, key),
        Some(("related", _)) => related_page(key).into_iter().filter(|_| key.starts_with(slice::RELATED_BY)).collect(),
        Some(("issued", department)) => vec![page(portal, format!("/bm/{department}/"), Kind::Department, department)],
        Some(("published", site)) => {
            let month = key.split('/').next().unwrap_or_default();
            vec![
                page(site, format!("/sitemap-{month}.xml"), Kind::Sitemap, month),
                page(site, "/sitemap.xml", Kind::SitemapIndex, ""),
            ]
        }
        Some(("answers", site)) => answer_pages(site, key),
        Some(("catalogued", list)) => catalogue_pages(list, key),
        None if row.at.slice == slice::DEPARTMENTS => {
            let department = page(portal, format!("/bm/{key}/"), Kind::Department, key);
            let reports = page(portal, REPORTS_PATH, Kind::Reports, "");
            vec![home(portal), map(portal), department, catalogue(portal), reports]
        }
        None if row.at.slice == slice::DEPARTMENT => {
            vec![page(portal, format!("/bm/{key}/"), Kind::Department, key), page(portal, GUIDE_PATH, Kind::Guide, "")]
        }
        None if row.at.slice == slice::COLUMN => {
            column_pages(key).map(|(_, head, feed)| vec![head, feed]).unwrap_or_default()
        }
        None if row.at.slice == slice::SITE => vec![home(key), map(key)],
        // Which sites there are is not told by this row: those of all are found by a scope.
        None if key == slice::EVERYWHERE => Vec::new(),
        None if row.at.slice == slice::BANNER => vec![home(key)],
        None if row.at.slice == slice::GREYSCALE => vec![style(key)],
        _ => Vec::new(),
    }
}

/// The pages that show an answer: the newest ones and their feed, and those of its month.
fn answer_pages(site: &str, key: &str) -> Vec<PageKey> {
    let month = key.split('/').next().unwrap_or_default();
    vec![
        page(site, ANSWERS_PATH, Kind::Answers, ""),
        page(site, ANSWERS_FEED_PATH, Kind::AnswersFeed, ""),
        page(site, answers_month_path(month), Kind::AnswersMonth, month),
    ]
}

fn catalogue(site: &str) -> PageKey {
    page(site, CATALOGUE_PATH, Kind::Catalogue, "")
}

/// The pages that show an entry of the catalogue's list `<site>|<list>`: its head, its part, and the overview, which learns of a list by its first entry.
fn catalogue_pages(list: &str, key: &str) -> Vec<PageKey> {
    let Some((site, list)) = list.split_once('|') else { return Vec::new() };
    let part = key.split('/').next().unwrap_or_default();
    [catalogue(site)].into_iter().chain(list_and_part(site, list, part)).collect()
}

fn list_and_part(site: &str, list: &str, part: &str) -> [PageKey; 2] {
    [
        page(site, catalogue_list_path(list), Kind::CatalogueList, list),
        page(site, catalogue_part_path(list, part), Kind::CataloguePart, format!("{list}/{part}")),
    ]
}

/// The pages that name the department of an entry of its own list: those of this list whatever became of the entry, and of the others while they show it.
fn naming_department(row: &Row, list: &str) -> Vec<PageKey> {
    let Some((site, list)) = list.split_once('|') else { return Vec::new() };
    let part = row.at.key.split('/').next().unwrap_or_default();
    let id = row.at.key.rsplit('/').next().unwrap_or_default();
    let places = row.content::<CatalogueRow>().map(|entry| entry.places(id)).unwrap_or_default();
    let others = places.iter().flat_map(|(list, part)| list_and_part(site, list, part));
    list_and_part(site, list, part).into_iter().chain(others).collect()
}

/// Whether a page waits for the scope of its month or year, however many rows it is the sum of: every case has a first row.
fn follows_in_bulk(page: &PageKey) -> bool {
    let kind = Kind::of(&page.kind);
    matches!(kind, Some(Kind::StatisticsMonth | Kind::StatisticsTable | Kind::Report | Kind::ReportTable))
}

/// The pages that a row of annual reports stands for: the report and its table, and, of the city's, the list of years.
fn report_pages(site: &str, key: &str) -> Vec<PageKey> {
    let of = |report: &str| {
        vec![
            page(site, report_path(report), Kind::Report, report),
            page(site, report_table_path(report), Kind::ReportTable, report),
        ]
    };
    if let Some(year) = key.strip_prefix(slice::REPORTED_CITY) {
        let list = page(site, REPORTS_PATH, Kind::Reports, "");
        return of(year).into_iter().chain([list]).collect();
    }
    let of_department = key.strip_prefix(slice::REPORTED_OF).and_then(|rest| rest.split_once('/'));
    of_department.map(|(department, year)| of(&format!("{year}/{department}"))).unwrap_or_default()
}

/// The scopes of the reports of a department and of the city: of all years, or of one.
fn reports_of(portal: &str, department: &str, year: &str) -> [Scope; 2] {
    let keys = [slice::reported_of(Some(department), year), slice::reported_of(None, year)];
    keys.map(|key| Scope::changed(slice::reported(portal), key, Lane::Bulk))
}

/// The pages that tell the statistics of a month: the month's, its table, and that of the newest month.
fn statistics_pages(site: &str, month: &str) -> Vec<PageKey> {
    vec![
        page(site, statistics_month_path(month), Kind::StatisticsMonth, month),
        page(site, statistics_table_path(month), Kind::StatisticsTable, month),
        page(site, STATISTICS_PATH, Kind::Statistics, ""),
    ]
}

/// The pages that a row of coverage stands for: of one department, or of all of them together.
fn coverage_pages(site: &str, key: &str) -> Vec<PageKey> {
    match key.strip_prefix(slice::COVERED_OF) {
        Some(code) => vec![page(site, coverage_of_path(code), Kind::CoverageOfDepartment, code)],
        None => vec![
            page(site, COVERAGE_PATH, Kind::Coverage, ""),
            page(site, COVERAGE_TABLE_PATH, Kind::CoverageTable, ""),
        ],
    }
}

/// The scopes of what a department discloses: its own page, and those that tell of all.
fn coverage_of(portal: &str, department: &str) -> [Scope; 2] {
    let keys = [slice::covered_of(department), slice::COVERED_ALL.to_owned()];
    keys.map(|key| Scope::changed(slice::covered(portal), key, Lane::Bulk))
}

/// A document's page, and the page of its versions: it is there once the document was corrected.
fn with_history(document: PageKey) -> Vec<PageKey> {
    let history = history_path(&document.path).filter(|_| document.kind == Kind::Document.name());
    let history = history.map(|path| page(&document.site, path, Kind::History, document.path.as_str()));
    [document].into_iter().chain(history).collect()
}

/// Whether a page is that of a document's versions, or the JSON beside one.
#[must_use]
pub fn is_history(key: &PageKey) -> bool {
    let kind = Kind::History.name();
    key.kind == kind || twin::page_of(key).is_some_and(|page| page.kind == kind)
}

/// The page that a row of relations names: `by/<site><path>|<kind>|<document>`, `at/<site><path>`.
fn related_page(key: &str) -> Option<PageKey> {
    let (_, place) = key.split_once('/')?;
    let place = place.split('|').next().unwrap_or_default();
    let (site, _) = place.split_once('/')?;
    Some(page(site, place.get(site.len()..)?, Kind::Document, ""))
}

fn list_pages(column: &str, key: &str) -> Vec<PageKey> {
    let Some((site, head, feed)) = column_pages(column) else { return Vec::new() };
    let archive = key.split('/').next().unwrap_or_default();
    // The columns above show what is newest in it.
    [home(&site), archive_page(column, &head, archive), head, feed].into_iter().chain(heads_above(column)).collect()
}

fn archive_page(column: &str, head: &PageKey, archive: &str) -> PageKey {
    page(&head.site, format!("{}{archive}.html", head.path), Kind::Archive, format!("{column}/{archive}"))
}

/// Scopes of pages too many for one batch, or of too many rows for one with each.
#[must_use]
pub fn wide(portal: &str, row: &Row) -> Vec<Scope> {
    let key = row.at.key.as_str();
    let tallied = |month: &str| Scope::changed(slice::tallied(portal), month, Lane::Bulk);
    let all = |site: &str| Scope::changed(slice::pages(site), "", Lane::Bulk);
    let everywhere = key == slice::EVERYWHERE;
    match row.at.slice.split_once('|') {
        Some(("nav", site)) => vec![all(site)],
        // Lists of other columns show what this entry tells.
        Some(("document", document)) => vec![Scope::changed(slice::shared(document), "", Lane::AtOnce)],
        // A document that moved is found by its own rows.
        Some(("related", _)) if key.starts_with(slice::RELATED_BY) => {
            vec![Scope::changed(row.at.slice.as_str(), slice::RELATED_AT, Lane::Bulk)]
        }
        // A scope of one row: the cases that move before it is worked are told at once.
        Some(("contributions", _)) => vec![tallied(key.split('/').next().unwrap_or_default())],
        Some(("disclosed", whose)) => coverage_of(portal, whose.split('|').next().unwrap_or_default()).into(),
        Some(("unconcerned", _)) => coverage_of(portal, key.split('/').next().unwrap_or_default()).into(),
        // Documents of any department may stand in it.
        Some(("disclosing", site)) => {
            [slice::covered(site), slice::reported(site)].map(|slice| Scope::changed(slice, "", Lane::Bulk)).into()
        }
        // It may be open for years.
        Some(("applied", _)) => reports_of(portal, key.split('/').nth(1).unwrap_or_default(), "").into(),
        Some(("made", _)) => {
            let mut steps = key.split('/');
            let (year, department) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
            reports_of(portal, department, year).into()
        }
        // They name departments, and count working days.
        None if row.at.slice == slice::DEPARTMENTS => {
            let entries = slice::catalogued(portal, &Way::Department.list(key));
            let reports = Scope::changed(slice::reported(portal), "", Lane::Bulk);
            vec![tallied(""), Scope::changed(entries, "", Lane::Bulk), reports]
        }
        None if row.at.slice == slice::CALENDAR => vec![tallied("")],
        // Name, identification code and foot of a whole site go before what else waits.
        None if row.at.slice == slice::SITE => vec![Scope { lane: Lane::Urgent, ..all(key) }],
        None if row.at.slice == slice::COLUMN => {
            // Documents, archives and columns below print this column's name.
            column_pages(key)
                .map(|(site, head, _)| vec![Scope::changed(slice::pages(&site), head.path, Lane::Bulk)])
                .unwrap_or_default()
        }
        None if row.at.slice == slice::DEPARTMENT => {
            let issued = Scope::changed(slice::issued(key), "", Lane::Bulk);
            coverage_of(portal, key).into_iter().chain([issued]).collect()
        }
        None if row.at.slice == slice::BANNER && everywhere => vec![Scope::changed(slice::SITES, "", Lane::Ahead)],
        None if row.at.slice == slice::BANNER => below_banner(key),
        None if row.at.slice == slice::GREYSCALE && everywhere => {
            vec![Scope::changed(slice::STYLES, "", Lane::Ahead)]
        }
        _ => Vec::new(),
    }
}

/// The pages below a site's home that carry a banner: those of its columns first.
fn below_banner(site: &str) -> Vec<Scope> {
    vec![Scope::changed(slice::columns(site), "", Lane::AtOnce), Scope::changed(slice::pages(site), "", Lane::Bulk)]
}

/// The scopes a row stands for when a dirty scope walks over it: a banner of all sites goes from site to site.
#[must_use]
pub fn scopes_of(row: &Row) -> Vec<Scope> {
    if row.at.slice == slice::SITES { below_banner(&row.at.key) } else { Vec::new() }
}

/// Whether a row is one by which a document finds the lists of other columns.
#[must_use]
pub fn leads_to_pages(row: &Row) -> bool {
    row.at.slice.starts_with("shared|")
}

/// The document that the search index looks at for a row: whose entry it is, or what another document is something to.
///
/// A text, a catalogue entry or a relation changes only with a correction, whose instant stands in the entry.
#[must_use]
pub fn searched(row: &Row) -> Option<String> {
    let of_another = row.at.slice.strip_prefix(slice::RELATED).filter(|_| row.at.key.starts_with(slice::RELATED_BY));
    let its_own = row.at.slice.strip_prefix(slice::DOCUMENT).filter(|_| row.at.key == slice::ENTRY);
    of_another.or(its_own).map(str::to_owned)
}

/// The pages a row stands for when a dirty scope walks over it.
#[must_use]
pub fn pages_of(row: &Row) -> Vec<PageKey> {
    let key = row.at.key.as_str();
    match row.at.slice.split_once('|') {
        // These are walked for a banner, which JSON does not have.
        Some(("columns", _)) => column_pages(key).map(|(_, head, _)| head).into_iter().collect(),
        None if row.at.slice == slice::SITES => vec![home(key)],
        None if row.at.slice == slice::STYLES => vec![style(key)],
        _ => with_twins(stood_for(row)),
    }
}

fn stood_for(row: &Row) -> Vec<PageKey> {
    match row.at.slice.split_once('|') {
        Some(("pages", site)) => {
            let Some(found) = row.content::<PageRow>() else { return Vec::new() };
            vec![page(site, row.at.key.as_str(), found.kind, found.about)]
        }
        Some(("related", _)) => related_page(row.at.key.as_str()).into_iter().collect(),
        Some(("catalogued", list)) => naming_department(row, list),
        Some(("tallied", site)) => statistics_pages(site, row.at.key.as_str()),
        Some(("covered", site)) => coverage_pages(site, row.at.key.as_str()),
        Some(("reported", site)) => report_pages(site, row.at.key.as_str()),
        Some(("shared", _)) => {
            let listed = row.at.key.split_once('/');
            listed.map(|(column, archive)| list_pages(column, archive)).unwrap_or_default()
        }
        Some(("issued", _)) => {
            // The department's name stands on the document's page and in its column's feeds.
            let Some(entry) = row.content::<EntryRow>() else { return Vec::new() };
            let document = page(&entry.site, entry.path.as_str(), Kind::Document, "");
            feeds_of(&entry).into_iter().chain([document]).collect()
        }
        _ => Vec::new(),
    }
}

/// The feeds that name the department of an entry: Atom and JSON of its column, and the JSON of its archive page. The HTML beside these does not.
fn feeds_of(entry: &EntryRow) -> Vec<PageKey> {
    let Some(column) = entry.column() else { return Vec::new() };
    let Some((_, head, feed)) = column_pages(&column) else { return Vec::new() };
    let twins = [twin::of(&archive_page(&column, &head, &entry.archive)), twin::of(&head)];
    twins.into_iter().flatten().chain([feed]).collect()
}

/// The pages that exist because of a row.
#[must_use]
pub fn all_pages_of(row: &Row) -> Vec<PageKey> {
    if row.at.slice.starts_with("pages|") { pages_of(row) } else { Vec::new() }
}

/// The scope of every page of a site, given its row among the sites.
#[must_use]
pub fn pages_of_site(row: &Row) -> Scope {
    Scope::changed(slice::pages(&row.at.key), "", Lane::Bulk)
}
