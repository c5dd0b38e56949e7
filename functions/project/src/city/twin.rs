//! The JSON beside a page: composed as the page is, from the same rows; a column's also names departments, as its Atom feed does.

use pages::{
    AnswersMonthPage, AnswersPage, CatalogueListPage, CataloguePage, CataloguePartPage, ColumnPage, CoveragePage,
    DepartmentCoveragePage, DepartmentPage, DocumentPage, FeedEntry, Frame, GonePage, GuidePage, HistoryPage, HomePage,
    MonthPage, MovedPage, RenderError, Rendered, ReportPage, ReportsPage, SiteMapPage, StatisticsMonthPage,
    StatisticsPage, json,
};
use views::{
    PageKey, Reads, Status,
    city::{self, Kind},
};

use super::{City, Composed, Model, Pause, column};

/// The content of a twin, all its words known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Twin {
    /// Of a site's home.
    Home(HomePage),
    /// Of a site map.
    Map(SiteMapPage),
    /// Of a department's page.
    Department(DepartmentPage),
    /// Of a column's head, with the entries of its feed.
    Column(ColumnPage, Vec<FeedEntry>),
    /// Of an archive page, with the entries of its feed.
    Archive(MonthPage, Vec<FeedEntry>),
    /// Of the newest public answers to error reports.
    Answers(AnswersPage),
    /// Of the public answers of a month.
    AnswersMonth(AnswersMonthPage),
    /// Of the newest month of the statistics of cases.
    Statistics(StatisticsPage),
    /// Of the statistics of cases of a month.
    StatisticsMonth(StatisticsMonthPage),
    /// Of the ways into the catalogue.
    Catalogue(CataloguePage),
    /// Of a list of the catalogue.
    CatalogueList(CatalogueListPage),
    /// Of a part of such a list.
    CataloguePart(CataloguePartPage),
    /// Of what departments disclose.
    Coverage(CoveragePage),
    /// Of what one does.
    CoverageOfDepartment(DepartmentCoveragePage),
    /// Of the guide to disclosure.
    Guide(Box<GuidePage>),
    /// Of the years that have annual reports.
    Reports(ReportsPage),
    /// Of an annual report.
    Report(Box<ReportPage>),
    /// Of a document.
    Document(Box<DocumentPage>),
    /// Of a document's public versions.
    History(HistoryPage),
    /// Where a document's JSON went.
    Moved(MovedPage),
    /// That a document was withdrawn.
    Gone(GonePage),
}

/// Composes the twin of `page`.
pub(super) fn compose(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    match Kind::of(&page.kind) {
        Some(Kind::Column) => column::head_twin(city, page, reads),
        Some(Kind::Archive) => column::archive_twin(city, page, reads),
        _ => of(city.page(page, reads)?).ok_or(Pause::Nothing),
    }
}

/// The twin of a composed page; none of what is no HTML.
fn of(model: Model) -> Option<Model> {
    let (frame, twin) = match model {
        Model::Home(frame, page) => (frame, Twin::Home(page)),
        Model::Map(frame, page) => (frame, Twin::Map(page)),
        Model::Department(frame, page) => (frame, Twin::Department(page)),
        Model::Answers(frame, page) => (frame, Twin::Answers(page)),
        Model::AnswersMonth(frame, page) => (frame, Twin::AnswersMonth(page)),
        Model::Statistics(frame, page) => (frame, Twin::Statistics(page)),
        Model::StatisticsMonth(frame, page) => (frame, Twin::StatisticsMonth(page)),
        Model::Catalogue(frame, page) => (frame, Twin::Catalogue(page)),
        Model::CatalogueList(frame, page) => (frame, Twin::CatalogueList(page)),
        Model::CataloguePart(frame, page) => (frame, Twin::CataloguePart(page)),
        Model::Coverage(frame, page) => (frame, Twin::Coverage(page)),
        Model::CoverageOfDepartment(frame, page) => (frame, Twin::CoverageOfDepartment(page)),
        Model::Guide(frame, page) => (frame, Twin::Guide(page)),
        Model::Reports(frame, page) => (frame, Twin::Reports(page)),
        Model::Report(frame, page) => (frame, Twin::Report(page)),
        Model::Document(frame, page) => (frame, Twin::Document(page)),
        Model::History(frame, page) => (frame, Twin::History(page)),
        Model::Moved(frame, page) => {
            let to = city::twin::of_document(&page.to)?;
            (frame, Twin::Moved(MovedPage { to, ..page }))
        }
        Model::Gone(frame, page) => (frame, Twin::Gone(page)),
        _ => return None,
    };
    Some(Model::Twin(frame, twin))
}

impl Twin {
    /// Writes the JSON.
    pub(super) fn render(&self, frame: &Frame) -> Result<Rendered, RenderError> {
        match self {
            Self::Home(page) => json::home(frame, page),
            Self::Map(page) => json::site_map(frame, page),
            Self::Department(page) => json::department(frame, page),
            Self::Column(page, entries) => json::column(frame, page, entries),
            Self::Archive(page, entries) => json::month(frame, page, entries),
            Self::Answers(page) => json::answers(frame, page),
            Self::AnswersMonth(page) => json::answers_month(frame, page),
            Self::Statistics(page) => json::statistics(frame, page),
            Self::StatisticsMonth(page) => json::statistics_month(frame, page),
            Self::Catalogue(page) => json::catalogue(frame, page),
            Self::CatalogueList(page) => json::catalogue_list(frame, page),
            Self::CataloguePart(page) => json::catalogue_part(frame, page),
            Self::Coverage(page) => json::coverage(frame, page),
            Self::CoverageOfDepartment(page) => json::department_coverage(frame, page),
            Self::Guide(page) => json::guide(frame, page),
            Self::Reports(page) => json::reports(frame, page),
            Self::Report(page) => json::report(frame, page),
            Self::Document(page) => json::document(frame, page),
            Self::History(page) => json::history(frame, page),
            Self::Moved(page) => json::moved(frame, page),
            Self::Gone(page) => json::gone(frame, page),
        }
    }

    pub(super) fn status(&self) -> Status {
        match self {
            Self::Moved(page) => Status::Moved(page.to.clone()),
            Self::Gone(_) => Status::Gone,
            _ => Status::Ok,
        }
    }
}
