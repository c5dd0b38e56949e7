//! Annual reports on disclosure: the list of years, and a report of the city or of a department.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    annual::{Applied, Matrix},
    mandatory::Category,
};
use pages::{Frame, Link, ReportBody, ReportPage, ReportsOfYear, ReportsPage};
use views::{
    PageKey, Read, Reads, Row,
    city::{self, DepartmentLine, DisclosingRow, slice},
};

use super::{City, Composed, Model, Pause, frame};

/// Composes the list of years.
pub(super) fn years(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let site = page.site.as_str();
    let frame = framed(city, page, reads, vec![frame::home_link()])?;
    let names = names(reads)?;
    let mut years: BTreeMap<&str, Vec<Link>> = BTreeMap::new();
    for row in reads.rows(Read::all(slice::reported(site)))? {
        let key = row.at.key.as_str();
        if let Some(year) = key.strip_prefix(slice::REPORTED_CITY) {
            years.entry(year).or_default();
        } else if let Some((code, year)) = key.strip_prefix(slice::REPORTED_OF).and_then(|rest| rest.split_once('/')) {
            years.entry(year).or_default().extend(of_department(&names, code, year));
        }
    }
    let years = years.into_iter().rev().map(|(year, departments)| ReportsOfYear {
        city: Link { name: format!("{year}年"), url: city::report_path(year) },
        departments,
    });
    Ok(Model::Reports(frame, ReportsPage { years: years.collect() }))
}

/// Composes a report.
pub(super) fn report(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, report) = told(city, page, reads)?;
    Ok(Model::Report(frame, Box::new(report)))
}

/// Composes the table of a report.
pub(super) fn table(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, report) = told(city, page, reads)?;
    Ok(Model::ReportTable(frame, Box::new(report)))
}

/// A page of the portal: what it tells is of many streams, and none of them is its own.
fn framed(city: &City, page: &PageKey, reads: &Reads, breadcrumb: Vec<Link>) -> Composed<Frame> {
    Ok(Frame { breadcrumb, ..frame::of(city, page, reads)?.about_site() })
}

fn told(city: &City, page: &PageKey, reads: &Reads) -> Composed<(Frame, ReportPage)> {
    let (site, about) = (page.site.as_str(), page.about.as_str());
    let (year, department) = about.split_once('/').map_or((about, None), |(year, code)| (year, Some(code)));
    let number: i16 = year.parse().map_err(|_| Pause::Nothing)?;
    let reports = city.addresses.reports(site);
    let mut breadcrumb = vec![frame::home_link(), reports.clone()];
    if department.is_some() {
        breadcrumb.push(Link { name: format!("{year}年"), url: city::report_path(year) });
    }
    let frame = framed(city, page, reads, breadcrumb)?;
    let names = names(reads)?;
    let Counted { applications, mut departments } = applications(site, department, number, reads)?;
    let made = made_public(site, department, year, reads)?;
    departments.extend(made.iter().map(|one| one.department));
    let body = match department {
        Some(code) => {
            let name = names.get(code).ok_or(Pause::Nothing)?;
            let department = frame::department_link(city, site, code, name.clone());
            ReportBody::Department { code: code.to_owned(), department }
        }
        None => ReportBody::City {
            name: frame.name.clone(),
            departments: departments.into_iter().filter_map(|code| of_department(&names, code, year)).collect(),
        },
    };
    let report = ReportPage {
        year: number,
        body,
        table: city::report_table_path(about),
        reports,
        guide: city.addresses.guide(site),
        coverage: city.addresses.coverage(site),
        made_public: made.iter().filter(|one| one.is_public).count().try_into().unwrap_or(u64::MAX),
        by_category: by_category(site, &made, reads)?,
        matrix: Matrix::of(number, &applications),
    };
    Ok((frame, report))
}

/// Names of departments: of their rows among all, which nothing but a new name changes.
fn names(reads: &Reads) -> Composed<BTreeMap<String, String>> {
    let rows = reads.rows(Read::all(slice::DEPARTMENTS))?;
    let named = |row: &Row| Some((row.at.key.clone(), row.content::<DepartmentLine>()?.name));
    Ok(rows.iter().filter_map(named).collect())
}

/// The report of a department of a year; none while its name is unknown.
fn of_department(names: &BTreeMap<String, String>, code: &str, year: &str) -> Option<Link> {
    Some(Link { name: names.get(code)?.clone(), url: city::report_path(&format!("{year}/{code}")) })
}

/// What is counted of applications.
struct Counted<'a> {
    applications: Vec<Applied>,
    /// Departments of those that came in, ended, or were paid for in the year.
    departments: BTreeSet<&'a str>,
}

/// Every application that came in up to the end of the year: those that may be open since before.
fn applications<'a>(site: &str, department: Option<&str>, year: i16, reads: &'a Reads) -> Composed<Counted<'a>> {
    let asked = Read::Range { slice: slice::asked(site), prefix: slice::reported_of(department, "") };
    let years = reads.rows(asked)?.iter().filter_map(|row| row.at.key.rsplit('/').next()?.parse::<i16>().ok());
    let mut counted = Counted { applications: Vec::new(), departments: BTreeSet::new() };
    for came_in in years.filter(|came_in| *came_in <= year) {
        let prefix = match department {
            Some(code) => format!("{}/{code}/", slice::year(came_in)),
            None => format!("{}/", slice::year(came_in)),
        };
        for row in reads.rows(Read::Range { slice: slice::applied(site), prefix })? {
            let Some(applied) = row.content::<Applied>() else { continue };
            counted.applications.push(applied);
            let is_of_the_year = came_in == year
                || applied.handled.is_some_and(|(ended, _)| ended == year)
                || applied.paid.is_some_and(|paid| paid.year == year);
            counted.departments.extend(row.at.key.split('/').nth(1).filter(|_| is_of_the_year));
        }
    }
    Ok(counted)
}

/// A document that became public in the year.
struct Made<'a> {
    department: &'a str,
    column: &'a str,
    is_public: bool,
}

/// Those that were withdrawn since, or moved, are passed over when they are counted.
fn made_public<'a>(site: &str, department: Option<&str>, year: &str, reads: &'a Reads) -> Composed<Vec<Made<'a>>> {
    let prefix = department.map_or_else(|| format!("{year}/"), |code| format!("{year}/{code}/"));
    let rows = reads.rows(Read::Range { slice: slice::made_public(site), prefix })?;
    let made = rows.iter().filter_map(|row| {
        let mut steps = row.at.key.split('/').skip(1);
        Some(Made { department: steps.next()?, column: steps.next()?, is_public: row.is_live() })
    });
    Ok(made.collect())
}

/// How many documents are of each category: as the columns say in which they stand.
fn by_category(site: &str, made: &[Made<'_>], reads: &Reads) -> Composed<Vec<(Category, u64)>> {
    let rows = reads.rows(Read::all(slice::disclosing(site)))?;
    let columns: BTreeMap<&str, DisclosingRow> =
        rows.iter().filter_map(|row| Some((row.at.key.as_str(), row.content()?))).collect();
    let count = |category: Category| {
        let is_of_it = |one: &&Made<'_>| {
            one.is_public && columns.get(one.column).is_some_and(|column| column.categories.contains(&category))
        };
        (category, made.iter().filter(is_of_it).count().try_into().unwrap_or(u64::MAX))
    };
    Ok(Category::ALL.map(count).into())
}
