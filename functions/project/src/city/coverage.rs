//! What departments disclose of what the regulation asks for: all of them, and one.

use std::collections::{BTreeMap, BTreeSet};

use domain::mandatory::{Category, Evidence, Institution, Part};
use jiff::civil::Date;
use pages::{CategoryCoverage, ColumnCoverage, CoveragePage, DepartmentCoveragePage, DepartmentStandings, Frame, Link};
use views::{
    PageKey, Read, Reads, Row,
    city::{self, DepartmentRow, DisclosedRow, DisclosingRow, NotConcernedRow, slice},
};

use super::{City, Composed, Model, Pause, frame};

/// Columns that disclose something, by id.
type Disclosing = BTreeMap<String, DisclosingRow>;

/// A department's own page of coverage, as seen from a page of the portal.
pub(super) fn of_department(code: &str) -> Link {
    Link { name: "法定公开内容覆盖情况".to_owned(), url: city::coverage_of_path(code) }
}

/// Composes the page of all departments.
pub(super) fn overview(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, page) = of_all(city, page, reads)?;
    Ok(Model::Coverage(frame, page))
}

/// Composes the table of all departments.
pub(super) fn table(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, page) = of_all(city, page, reads)?;
    Ok(Model::CoverageTable(frame, page))
}

/// Composes the page of one department.
pub(super) fn department(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (site, code) = (page.site.as_str(), page.about.as_str());
    let overview = city.addresses.coverage(site);
    let frame = framed(city, page, reads, vec![frame::home_link(), overview.clone()])?;
    let row = reads.row(Read::row(slice::DEPARTMENT, code))?.ok_or(Pause::Nothing)?;
    let profile: DepartmentRow = row.content().ok_or(Pause::Nothing)?;
    let columns = disclosing(site, reads)?;
    let counts = counts(site, code, &columns, reads)?;
    let declared = declared(site, code, reads)?;
    let untold = untold(&profile);
    let categories = Category::ALL
        .map(|category| of_category(city, site, category, &columns, &counts, declared.get(category.code()), &untold));
    let department = frame::department_link(city, site, code, profile.name);
    let model = DepartmentCoveragePage { code: code.to_owned(), department, overview, categories: categories.into() };
    Ok(Model::CoverageOfDepartment(frame, model))
}

/// A page of the portal: what it tells is of many streams, and none of them is its own.
fn framed(city: &City, page: &PageKey, reads: &Reads, breadcrumb: Vec<Link>) -> Composed<Frame> {
    Ok(Frame { breadcrumb, ..frame::of(city, page, reads)?.about_site() })
}

/// How every category stands with every department. Of a column nothing is read but the newest document of the department, and nothing where the answer is known.
fn of_all(city: &City, page: &PageKey, reads: &Reads) -> Composed<(Frame, CoveragePage)> {
    let site = page.site.as_str();
    let frame = framed(city, page, reads, vec![frame::home_link()])?;
    let columns = disclosing(site, reads)?;
    let ever = ever(site, String::new(), reads)?;
    let all_declared = reads.rows(Read::all(slice::not_concerned(site)))?;
    let all_declared: BTreeSet<&str> =
        all_declared.iter().filter(|row| row.is_live()).map(|row| row.at.key.as_str()).collect();
    let mut departments = Vec::new();
    for row in reads.rows(Read::all(slice::DEPARTMENT))? {
        let Some(profile) = row.content::<DepartmentRow>() else { continue };
        let code = row.at.key.as_str();
        let own = ever.get(code).map(Vec::as_slice).unwrap_or_default();
        let is_told_by_profile = untold(&profile).is_empty();
        let mut standings = Vec::new();
        for category in Category::ALL {
            let is_declared = all_declared.contains(format!("{code}/{}", category.code()).as_str());
            let known = is_declared || (is_told_by_profile && category == Category::Organisation);
            let has_documents = !known && has_any(code, own, category, &columns, reads)?;
            let evidence = Evidence { has_documents, is_told_by_profile, is_declared };
            standings.push((category, evidence.standing(category)));
        }
        let department = Link { name: profile.name, url: city::coverage_of_path(code) };
        departments.push(DepartmentStandings { code: code.to_owned(), department, standings });
    }
    let page = CoveragePage {
        departments,
        table: city::COVERAGE_TABLE_PATH.to_owned(),
        catalogue: city.addresses.catalogue(site),
        guide: city.addresses.guide(site),
    };
    Ok((frame, page))
}

/// Whether a document of the department is public in one of `own` columns that disclose the category.
fn has_any(
    department: &str,
    own: &[String],
    category: Category,
    columns: &Disclosing,
    reads: &Reads,
) -> Composed<bool> {
    for column in own {
        if columns.get(column).is_some_and(|column| column.categories.contains(&category)) {
            let slice = slice::disclosed(department, column);
            if reads.rows(Read::Newest { slice, live: 1 })?.iter().any(Row::is_live) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn disclosing(site: &str, reads: &Reads) -> Composed<Disclosing> {
    let rows = reads.rows(Read::all(slice::disclosing(site)))?;
    Ok(rows.iter().filter_map(|row| Some((row.at.key.clone(), row.content()?))).collect())
}

/// The columns in which departments ever had a public document: of those whose keys begin with `prefix`.
///
/// INVARIANT: a page of one department reads its rows alone, for what is new of it leaves scopes of its page and of the overview.
fn ever<'a>(site: &str, prefix: String, reads: &'a Reads) -> Composed<BTreeMap<&'a str, Vec<String>>> {
    let rows = reads.rows(Read::Range { slice: slice::disclosers(site), prefix })?;
    let mut ever: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (department, column) in rows.iter().filter_map(|row| row.at.key.split_once('/')) {
        ever.entry(department).or_default().push(column.to_owned());
    }
    Ok(ever)
}

/// What a department declared, by code of the category.
fn declared(site: &str, department: &str, reads: &Reads) -> Composed<BTreeMap<String, NotConcernedRow>> {
    let rows = reads.rows(Read::Range { slice: slice::not_concerned(site), prefix: format!("{department}/") })?;
    let one = |row: &Row| Some((row.at.key.split_once('/')?.1.to_owned(), row.content()?));
    Ok(rows.iter().filter_map(one).collect())
}

/// How many documents of a department are public in a column, and the day of the newest.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    documents: u64,
    newest: Option<Date>,
}

/// The columns that disclose something and in which the department has documents, or which are its own.
fn counts(site: &str, department: &str, columns: &Disclosing, reads: &Reads) -> Composed<BTreeMap<String, Count>> {
    let ever = ever(site, format!("{department}/"), reads)?;
    let ever = ever.get(department).map(Vec::as_slice).unwrap_or_default();
    let mut counts = BTreeMap::new();
    for (id, column) in columns {
        let rows = if ever.contains(id) {
            reads.rows(Read::all(slice::disclosed(department, id)))?
        } else {
            <&[Row]>::default()
        };
        let days: Vec<DisclosedRow> = rows.iter().filter_map(Row::content).collect();
        if column.department == department || !days.is_empty() {
            let documents = u64::try_from(days.len()).unwrap_or(u64::MAX);
            counts.insert(id.clone(), Count { documents, newest: days.iter().filter_map(|row| row.day).max() });
        }
    }
    Ok(counts)
}

fn of_category(
    city: &City,
    site: &str,
    category: Category,
    columns: &Disclosing,
    counts: &BTreeMap<String, Count>,
    declared: Option<&NotConcernedRow>,
    untold: &[Part],
) -> CategoryCoverage {
    let of_it = counts.iter().filter_map(|(id, count)| Some((columns.get(id)?, count)));
    let of_it: Vec<_> = of_it.filter(|(column, _)| column.categories.contains(&category)).collect();
    let documents = of_it.iter().map(|(_, count)| count.documents).sum();
    let evidence = Evidence {
        has_documents: documents > 0,
        is_told_by_profile: untold.is_empty(),
        is_declared: declared.is_some(),
    };
    let shown = of_it.iter().map(|(column, count)| ColumnCoverage {
        column: Link { name: column.name.clone(), url: city.addresses.seen_from(site, &column.site, &column.path) },
        documents: count.documents,
    });
    CategoryCoverage {
        category,
        standing: evidence.standing(category),
        documents,
        newest: of_it.iter().filter_map(|(_, count)| count.newest).max(),
        columns: shown.collect(),
        untold: (category == Category::Organisation).then(|| untold.to_vec()),
        reason: declared.map(|declared| declared.reason.clone()),
    }
}

fn untold(profile: &DepartmentRow) -> Vec<Part> {
    let DepartmentRow { duties, address, office_hours, telephone, leaders, .. } = profile;
    Institution { duties, address, office_hours, telephone, leaders }.untold()
}
