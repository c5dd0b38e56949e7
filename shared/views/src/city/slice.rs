//! Names of slices, and of keys that more than one place has to know.

use crate::row::OPEN;

/// Profiles of sites.
pub const SITE: &str = "site";
/// All sites.
pub const SITES: &str = "sites";
/// Profiles of departments.
pub const DEPARTMENT: &str = "department";
/// All departments.
pub const DEPARTMENTS: &str = "departments";
/// Columns.
pub const COLUMN: &str = "column";
/// Banners: of a site under its label, of all under [`EVERYWHERE`].
pub const BANNER: &str = "banner";
/// That pages are grey: of a site under its label, of all under [`EVERYWHERE`].
pub const GREYSCALE: &str = "greyscale";
/// Sites, each with its stylesheet.
pub const STYLES: &str = "styles";
/// The calendar.
pub const CALENDAR: &str = "calendar";
/// Key of the calendar's newest version.
pub const IN_FORCE: &str = "in-force";
/// The key of what all sites have: no label is one.
pub const EVERYWHERE: &str = "*";

/// A site's columns.
#[must_use]
pub fn columns(site: &str) -> String {
    format!("columns|{site}")
}

/// A site's main navigation.
#[must_use]
pub fn nav(site: &str) -> String {
    format!("nav|{site}")
}

/// A site's pages.
#[must_use]
pub fn pages(site: &str) -> String {
    format!("pages|{site}")
}

/// A column's entries.
#[must_use]
pub fn list(column: &str) -> String {
    format!("list|{column}")
}

/// A column's archive pages.
#[must_use]
pub fn archive(column: &str) -> String {
    format!("archive|{column}")
}

/// A department's entries.
#[must_use]
pub fn issued(department: &str) -> String {
    format!("issued|{department}")
}

/// A site's documents by month.
#[must_use]
pub fn published(site: &str) -> String {
    format!("published|{site}")
}

/// A department's staff; without one, those who serve all departments.
#[must_use]
pub fn staff(department: Option<&str>) -> String {
    format!("staff|{}", department.unwrap_or("*"))
}

/// What a document has beside its pages.
#[must_use]
pub fn document(document: &str) -> String {
    format!("{DOCUMENT}{document}")
}

/// Beginning of the slices of what documents have beside their pages.
pub const DOCUMENT: &str = "document|";

/// Key of a document's entry, as lists of other columns show it.
pub const ENTRY: &str = "entry";

/// Where a document of another column is listed.
#[must_use]
pub fn shared(document: &str) -> String {
    format!("shared|{document}")
}

/// Key of a slice of a column's archive that lists the document.
#[must_use]
pub fn shared_in(column: &str, archive: &str) -> String {
    format!("{column}/{archive}")
}

/// What other documents are to this one, and where it ever stood.
#[must_use]
pub fn related(document: &str) -> String {
    format!("{RELATED}{document}")
}

/// Beginning of the slices of what documents are to each other.
pub const RELATED: &str = "related|";

/// Key of a document that is `kind` to the document of the slice, which stood at `path` when that was said.
#[must_use]
pub fn related_by(site: &str, path: &str, kind: &str, document: &str) -> String {
    format!("{RELATED_BY}{site}{path}|{kind}|{document}")
}

/// Key of a place of the document of the slice.
#[must_use]
pub fn related_at(site: &str, path: &str) -> String {
    format!("{RELATED_AT}{site}{path}")
}

/// Beginning of the keys of documents that are something to the one of the slice.
pub const RELATED_BY: &str = "by/";
/// Beginning of the keys of places.
pub const RELATED_AT: &str = "at/";

/// Texts of a department that wait for somebody.
#[must_use]
pub fn queue(department: &str) -> String {
    format!("{OPEN}queue|{department}")
}

/// Texts of a column that wait for somebody.
#[must_use]
pub fn queue_of_column(column: &str) -> String {
    format!("{OPEN}column|{column}")
}

/// Drafts of a department's documents.
#[must_use]
pub fn drafts(department: &str) -> String {
    format!("{OPEN}drafts|{department}")
}

/// Drafts that count somebody among their editors.
#[must_use]
pub fn edited(editor: &str) -> String {
    format!("{OPEN}edited|{editor}")
}

/// What the timetable has to do.
#[must_use]
pub fn due() -> String {
    format!("{OPEN}due")
}

/// Cases that a department is to answer.
#[must_use]
pub fn cases(department: &str) -> String {
    format!("{OPEN}cases|{department}")
}

/// Cases that a person is to answer.
#[must_use]
pub fn handled(staff: &str) -> String {
    format!("{OPEN}handled|{staff}")
}

/// Cases to which something is to be done though nobody acts.
#[must_use]
pub fn cases_due() -> String {
    format!("{OPEN}cases-due")
}

/// Cases by the version of the calendar that their open deadlines were counted by.
#[must_use]
pub fn cases_counted() -> String {
    format!("{OPEN}cases-counted")
}

/// A version of the calendar as it stands in keys: in the order of versions.
#[must_use]
pub fn calendar(number: u32) -> String {
    format!("{number:010}")
}

/// Erased cases of which something may be left in the vault.
#[must_use]
pub fn erasures() -> String {
    format!("{OPEN}erasures")
}

/// Columns whose review names a department.
#[must_use]
pub fn posts(department: &str) -> String {
    format!("posts|{department}")
}

/// A site's months.
#[must_use]
pub fn months(site: &str) -> String {
    format!("months|{site}")
}

/// A site's public answers to error reports.
#[must_use]
pub fn answers(site: &str) -> String {
    format!("answers|{site}")
}

/// The months in which a site answered error reports.
#[must_use]
pub fn answered(site: &str) -> String {
    format!("answered|{site}")
}

/// What cases add to the months of their statistics, which stand on a site.
#[must_use]
pub fn contributions(site: &str) -> String {
    format!("contributions|{site}")
}

/// Key of what a case of a category adds to a month.
#[must_use]
pub fn contribution(month: &str, category: &str, case: &str) -> String {
    format!("{month}/{category}/{case}")
}

/// The months that have statistics.
#[must_use]
pub fn tallied(site: &str) -> String {
    format!("tallied|{site}")
}

/// Entries of a list of the catalogue, which stands on a site.
#[must_use]
pub fn catalogued(site: &str, list: &str) -> String {
    format!("catalogued|{site}|{list}")
}

/// The lists of the catalogue that have pages.
#[must_use]
pub fn catalogues(site: &str) -> String {
    format!("catalogues|{site}")
}

/// Public documents of a department in a column.
#[must_use]
pub fn disclosed(department: &str, column: &str) -> String {
    format!("{DISCLOSED}{department}|{column}")
}

/// Beginning of the slices of departments' public documents by column.
pub const DISCLOSED: &str = "disclosed|";

/// In which columns which departments ever had a public document; the pages that ask stand on a site.
#[must_use]
pub fn disclosers(site: &str) -> String {
    format!("disclosers|{site}")
}

/// Columns that disclose something of what the regulation asks for.
#[must_use]
pub fn disclosing(site: &str) -> String {
    format!("disclosing|{site}")
}

/// What departments declared not to concern them.
#[must_use]
pub fn not_concerned(site: &str) -> String {
    format!("unconcerned|{site}")
}

/// What has pages of coverage on a site: departments, and all of them together.
#[must_use]
pub fn covered(site: &str) -> String {
    format!("covered|{site}")
}

/// Key of a department among these.
#[must_use]
pub fn covered_of(department: &str) -> String {
    format!("{COVERED_OF}{department}")
}

/// Beginning of the keys of departments.
pub const COVERED_OF: &str = "bm/";
/// Key of all departments together.
pub const COVERED_ALL: &str = "all";

/// Applications for information as annual reports count them; the reports stand on a site.
#[must_use]
pub fn applied(site: &str) -> String {
    format!("applied|{site}")
}

/// The years in which applications for information came in; keys as of the reports.
#[must_use]
pub fn asked(site: &str) -> String {
    format!("asked|{site}")
}

/// Documents by the year in which they became public here.
#[must_use]
pub fn made_public(site: &str) -> String {
    format!("made|{site}")
}

/// The annual reports that there are.
#[must_use]
pub fn reported(site: &str) -> String {
    format!("reported|{site}")
}

/// Key of the report of a department, or of the city, of a year; without the year the beginning of all of them.
#[must_use]
pub fn reported_of(department: Option<&str>, year: &str) -> String {
    department.map_or_else(|| format!("{REPORTED_CITY}{year}"), |code| format!("{REPORTED_OF}{code}/{year}"))
}

/// Beginning of the keys of the city's reports.
pub const REPORTED_CITY: &str = "city/";
/// Beginning of the keys of departments' reports.
pub const REPORTED_OF: &str = "bm/";

/// A year as it stands in keys: in the order of years.
#[must_use]
pub fn year(year: i16) -> String {
    format!("{year:04}")
}

/// The archive slice, and the month, of documents of which nobody knows the day.
pub const UNDATED: &str = "0000-00";
