//! The rows of a city's websites: what departments, sites, columns and documents leave to read, and which pages show it.
//!
//! | slice | key | of | content |
//! |---|---|---|---|
//! | `site` | label | site | head and foot of every page |
//! | `sites` | label | site | name: all sites |
//! | `banner` | label, or `*` | appearance | what stands above every page of the site, of all sites |
//! | `greyscale` | label, or `*` | appearance | that the site is grey, or all are |
//! | `styles` | label | site | that the site has a stylesheet of its own |
//! | `department` | code | department | its public profile |
//! | `departments` | code | department | name: all departments |
//! | `column` | column id | column | the column |
//! | `columns\|<site>` | column id | column | name, place, prominence: the site's tree |
//! | `nav\|<site>` | position and column id | column | name: the main navigation |
//! | `pages\|<site>` | path | all | which page stands there; for documents what it shows |
//! | `pages\|files` | document, commit, hash | document | a file that readers are given, or were |
//! | `list\|<column>` | archive slice, instant, document | document | the entry in lists |
//! | `list\|<column>` | archive slice, instant, document | sharing | that the column lists a document of another |
//! | `document\|<document>` | `entry` | document | its entry, for the lists of other columns |
//! | `shared\|<document>` | column, archive slice | sharing | that this slice of a column's archive lists it |
//! | `issued\|<department>` | instant, document | document | the entry on the department's page |
//! | `archive\|<column>` | archive slice | constant | that the slice has a page |
//! | `published\|<site>` | month, instant, document | document | the entry in the sitemap |
//! | `staff\|<department>`, `staff\|*` | staff id | staff | who holds which roles for a department, for all |
//! | `related\|<document>` | `by/`, its place, the kind and the other document | document | what another document is to it |
//! | `related\|<document>` | `at/` and a place | document | every place of a document that moved: the other's row names only one |
//! | `open\|queue\|<department>` | instant, document, side | document | a text of the department that waits for somebody |
//! | `open\|column\|<column>` | instant, document, side | document | the same by column |
//! | `open\|drafts\|<department>` | instant of the last save, document | document | a draft |
//! | `open\|edited\|<staff id>` | the same | document | the same by each of its editors |
//! | `open\|due` | instant, document, act | document | what the timetable is to do then |
//! | `open\|cases\|<department>` | instant by which it is owed, stream | case | a case that the department is to answer |
//! | `open\|handled\|<staff id>` | the same | case | the same by the person who answers for it |
//! | `open\|cases-due` | instant, stream | case | that something is to be done to it then though nobody acts |
//! | `open\|cases-counted` | version of the calendar, stream | case | by which one its open deadlines were counted |
//! | `open\|erasures` | stream | case | that its key and its rows in the vault are to go |
//! | `posts\|<department>` | column id | column | that the column's review names the department |
//! | `months\|<site>` | month | constant | that the month has a sitemap |
//! | `answers\|<site>` | month, instant of the answer, case | correction | a public answer to an error report |
//! | `answered\|<site>` | month | constant | that the month has a page of answers |
//! | `contributions\|<portal>` | month, kind of case, case | case | what the case adds to the month's statistics |
//! | `tallied\|<portal>` | month | constant | that the month has statistics |
//! | `catalogued\|<portal>\|<list>` | part, instant, document | document | the entry in a list of the catalogue |
//! | `catalogues\|<portal>` | list: `bm/jyj`, `zt/02`, `tc/notice`, `nf/2026` | constant | that the list has pages; its parts are found among the site's pages |
//! | `disclosed\|<department>\|<column>` | instant, document | document | the day of a public document of the department in the column |
//! | `disclosers\|<portal>` | department, column | constant | that the department ever had a public document in the column |
//! | `disclosing\|<portal>` | column id | column | which categories of the regulation its documents are of |
//! | `unconcerned\|<portal>` | department, category | department | that the category does not concern the department, and why |
//! | `covered\|<portal>` | `bm/` and code; `all` | department; site | that it has a page of coverage; that all have |
//! | `applied\|<portal>` | year, department, case | request | an application as the annual reports count it, under the year in which it came in |
//! | `asked\|<portal>` | as of `reported` | constant | that applications came in in that year |
//! | `made\|<portal>` | year, department, column, document | document | that it became public here in that year |
//! | `reported\|<portal>` | `bm/`, department and year; `city/` and year | constant | that there is such an annual report |
//! | `calendar` | `in-force` | calendar | the arranged years by which working days are counted |
//!
//! Slices that begin with `open|` are open work: most of their rows are soon tombstones, so they are read by the sparse index `open` and never by a page
//! (docs/adr/016).
//!
//! JSON has no rows: it stands beside every page that is HTML ([`twin`]).

mod answer;
mod appearance;
mod calendar;
mod case;
mod catalogue;
mod column;
mod coverage;
mod department;
mod document;
mod draft;
mod file;
mod kind;
mod open;
mod report;
mod rows;
mod sharing;
mod site;
pub mod slice;
mod staff;
mod statistics;
mod touch;
pub mod twin;

pub use answer::{ANSWERS_FEED_PATH, ANSWERS_PATH, AnswerRow, answers_month_path};
pub use calendar::CalendarRow;
pub use case::{CaseDueRow, CaseRow};
pub use catalogue::{
    CATALOGUE_PATH, CatalogueRow, UNDATED_YEAR, Way, catalogue_list_path, catalogue_part, catalogue_part_path,
    subject_name,
};
pub use coverage::{
    COVERAGE_PATH, COVERAGE_TABLE_PATH, DisclosedRow, DisclosingRow, GUIDE_PATH, NotConcernedRow, coverage_of_path,
};
pub use document::history_path;
pub use draft::{DraftRow, DraftStage};
pub use file::{file_path, files, takes_away};
pub use kind::Kind;
pub use open::{DueAct, DueRow, QueueRow, WaitsFor};
pub use report::{REPORTS_PATH, report_path, report_table_path};
pub use rows::{
    ArrivalRow, AttachmentRow, BannerLinkRow, BannerRow, ColumnLine, ColumnRow, DepartmentLine, DepartmentRow,
    DisclosureOfficeRow, DocumentPage, EntryRow, FileRow, GreyscaleRow, Note, PageRow, PublishedRow, RelatedRow,
    SharedRow, SharingRow, SiteLine, SiteNotice, SiteRow, StaffLine, StaffRole, Standing, VersionRow,
};
pub use site::STYLE_PATH;
pub use statistics::{ContributionRow, STATISTICS_PATH, statistics_month_path, statistics_table_path};
pub use touch::{
    all_pages_of, is_history, leads_to_pages, pages_of, pages_of_site, scopes_of, searched, touched, wide,
};

use domain::{StreamId, reading::Readings, vetting::Vetting};
use ledger::Commit;

use crate::{
    fold::{RowSet, fold_rows},
    projection::FoldFailure,
    row::Row,
};

/// What the folds need to know of the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityPlan {
    /// Label of the portal site: where department pages, statistics, the catalogue and what is told of disclosure stand.
    pub portal: String,
}

/// Whether a commit takes from the public what it was shown: a document, an answer.
#[must_use]
pub fn withdraws(commit: &Commit) -> bool {
    commit.events.iter().any(|event| matches!(event.name.as_str(), "DocumentWithdrawn" | "AnswerWithdrawn"))
}

/// Folds any stream of this capability into its rows.
///
/// # Errors
/// The category or an event is unknown to this code.
pub fn fold(plan: &CityPlan, stream: &StreamId, commits: &[Commit]) -> Result<Vec<Row>, FoldFailure> {
    Ok(match stream.category() {
        "department" => fold_rows(commits, |state| department::rows(plan, state))?,
        "site" => fold_rows(commits, |state| site::rows(plan, state))?,
        "appearance" => fold_rows(commits, appearance::rows)?,
        "column" => fold_rows(commits, |state| column::rows(plan, state))?,
        "document" => fold_rows(commits, |state| document::rows(plan, state))?,
        "sharing" => fold_rows(commits, sharing::rows)?,
        "staff" => fold_rows(commits, staff::rows)?,
        "correction" => fold_rows(commits, |state| answer::rows(plan, stream, state))?,
        "request" => fold_rows(commits, |state| case::application_rows(plan, stream, state))?,
        "calendar" => fold_rows(commits, calendar::rows)?,
        // Read, so that what this code does not know is told; nothing of it is shown.
        "vetting" => fold_rows(commits, |_: &Vetting| RowSet::default())?,
        // Who read a case is asked of the ledger itself, by an auditor.
        "reading" => fold_rows(commits, |_: &Readings| RowSet::default())?,
        _ => return Err(FoldFailure::Category(stream.clone())),
    })
}
