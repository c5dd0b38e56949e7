//! A page's model before it is rendered.

use pages::{
    AnswersMonthPage, AnswersPage, AtomFeed, CatalogueListPage, CataloguePage, CataloguePartPage, ColumnPage,
    CoveragePage, DepartmentCoveragePage, DepartmentPage, DocumentPage, Frame, GonePage, GuidePage, HistoryPage,
    HomePage, MonthPage, MovedPage, RenderError, Rendered, ReportPage, ReportsPage, SiteMapPage, SitemapPart,
    SitemapUrl, StatisticsMonthPage, StatisticsPage,
};
use views::{PageObject, Provenance, Status};

use super::twin::Twin;

/// One page, all its words known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Model {
    /// Site home.
    Home(Frame, HomePage),
    /// Site map.
    Map(Frame, SiteMapPage),
    /// The page behind every unknown path.
    NotFound(Frame),
    /// robots.txt.
    Robots(Frame),
    /// Sitemap index.
    SitemapIndex(Frame, Vec<SitemapPart>),
    /// Sitemap of a month.
    Sitemap(Frame, Vec<SitemapUrl>),
    /// Department page.
    Department(Frame, DepartmentPage),
    /// Column head.
    Column(Frame, ColumnPage),
    /// Atom feed.
    Feed(Frame, AtomFeed),
    /// Archive page.
    Archive(Frame, MonthPage),
    /// The newest public answers to error reports.
    Answers(Frame, AnswersPage),
    /// Public answers to error reports of a month.
    AnswersMonth(Frame, AnswersMonthPage),
    /// Statistics of cases: the newest month, and the list of months.
    Statistics(Frame, StatisticsPage),
    /// Statistics of cases of a month.
    StatisticsMonth(Frame, StatisticsMonthPage),
    /// The same as a table.
    StatisticsTable(Frame, StatisticsMonthPage),
    /// The ways into the catalogue of government information.
    Catalogue(Frame, CataloguePage),
    /// A list of the catalogue.
    CatalogueList(Frame, CatalogueListPage),
    /// A part of such a list.
    CataloguePart(Frame, CataloguePartPage),
    /// Which department discloses what of what the regulation asks for.
    Coverage(Frame, CoveragePage),
    /// What one department does.
    CoverageOfDepartment(Frame, DepartmentCoveragePage),
    /// The first of these as a table.
    CoverageTable(Frame, CoveragePage),
    /// The guide to disclosure.
    Guide(Frame, Box<GuidePage>),
    /// The years that have annual reports on disclosure.
    Reports(Frame, ReportsPage),
    /// An annual report.
    Report(Frame, Box<ReportPage>),
    /// Its numbers as a table.
    ReportTable(Frame, Box<ReportPage>),
    /// Document.
    Document(Frame, Box<DocumentPage>),
    /// The public versions of a document.
    History(Frame, HistoryPage),
    /// Where a document went.
    Moved(Frame, MovedPage),
    /// That a document was withdrawn.
    Gone(Frame, GonePage),
    /// The JSON beside a page.
    Twin(Frame, Twin),
}

impl Model {
    /// Renders the page with its provenance in the bytes.
    pub(super) fn render(mut self, provenance: &Provenance) -> Result<PageObject, RenderError> {
        let frame = self.frame_mut();
        frame.provenance.digest.clone_from(&provenance.digest);
        frame.provenance.generation = provenance.generation;
        let Rendered { content_type, bytes } = match &self {
            Self::Home(frame, page) => pages::home(frame, page),
            Self::Map(frame, page) => pages::site_map(frame, page),
            Self::NotFound(frame) => pages::not_found(frame),
            Self::Robots(frame) => pages::robots(frame),
            Self::SitemapIndex(frame, parts) => pages::sitemap_index(frame, parts),
            Self::Sitemap(frame, urls) => pages::sitemap(frame, urls),
            Self::Department(frame, page) => pages::department(frame, page),
            Self::Column(frame, page) => pages::column(frame, page),
            Self::Feed(frame, feed) => pages::atom(frame, feed),
            Self::Archive(frame, page) => pages::month(frame, page),
            Self::Answers(frame, page) => pages::answers(frame, page),
            Self::AnswersMonth(frame, page) => pages::answers_month(frame, page),
            Self::Statistics(frame, page) => pages::statistics(frame, page),
            Self::StatisticsMonth(frame, page) => pages::statistics_month(frame, page),
            Self::StatisticsTable(frame, page) => Ok(pages::statistics_table(frame, page)),
            Self::Catalogue(frame, page) => pages::catalogue(frame, page),
            Self::CatalogueList(frame, page) => pages::catalogue_list(frame, page),
            Self::CataloguePart(frame, page) => pages::catalogue_part(frame, page),
            Self::Coverage(frame, page) => pages::coverage(frame, page),
            Self::CoverageOfDepartment(frame, page) => pages::department_coverage(frame, page),
            Self::CoverageTable(frame, page) => Ok(pages::coverage_table(frame, page)),
            Self::Guide(frame, page) => pages::guide(frame, page),
            Self::Reports(frame, page) => pages::reports(frame, page),
            Self::Report(frame, page) => pages::report(frame, page),
            Self::ReportTable(frame, page) => Ok(pages::report_table(frame, page)),
            Self::Document(frame, page) => pages::document(frame, page),
            Self::History(frame, page) => pages::history(frame, page),
            Self::Moved(frame, page) => pages::moved(frame, page),
            Self::Gone(frame, page) => pages::gone(frame, page),
            Self::Twin(frame, twin) => twin.render(frame),
        }?;
        Ok(PageObject {
            status: self.status(),
            content_type: content_type.to_owned(),
            disposition: self.disposition(),
            bytes,
            digest: provenance.digest.clone(),
            generation: provenance.generation,
        })
    }

    fn status(&self) -> Status {
        match self {
            Self::NotFound(_) => Status::NotFound,
            Self::Moved(_, page) => Status::Moved(page.to.clone()),
            Self::Gone(..) => Status::Gone,
            Self::Twin(_, twin) => twin.status(),
            _ => Status::Ok,
        }
    }

    /// The name under which a table is saved; other pages are shown.
    fn disposition(&self) -> Option<String> {
        match self {
            Self::StatisticsTable(_, page) => Some(pages::saved_as(&format!("{}办理统计.csv", page.title))),
            Self::CoverageTable(..) => Some(pages::saved_as("法定公开内容覆盖情况.csv")),
            Self::ReportTable(_, page) => {
                Some(pages::saved_as(&format!("{}{}年度报告.csv", page.body.name(), page.year)))
            }
            _ => None,
        }
    }

    /// Whether it is a page that people look at, and not what programs read.
    pub(super) fn is_html(&self) -> bool {
        !matches!(
            self,
            Self::Robots(_)
                | Self::SitemapIndex(..)
                | Self::Sitemap(..)
                | Self::Feed(..)
                | Self::StatisticsTable(..)
                | Self::CoverageTable(..)
                | Self::ReportTable(..)
                | Self::Twin(..)
        )
    }

    pub(super) fn frame_mut(&mut self) -> &mut Frame {
        match self {
            Self::Home(frame, _)
            | Self::Map(frame, _)
            | Self::NotFound(frame)
            | Self::Robots(frame)
            | Self::SitemapIndex(frame, _)
            | Self::Sitemap(frame, _)
            | Self::Department(frame, _)
            | Self::Column(frame, _)
            | Self::Feed(frame, _)
            | Self::Archive(frame, _)
            | Self::Answers(frame, _)
            | Self::AnswersMonth(frame, _)
            | Self::Statistics(frame, _)
            | Self::StatisticsMonth(frame, _)
            | Self::StatisticsTable(frame, _)
            | Self::Catalogue(frame, _)
            | Self::CatalogueList(frame, _)
            | Self::CataloguePart(frame, _)
            | Self::Coverage(frame, _)
            | Self::CoverageOfDepartment(frame, _)
            | Self::CoverageTable(frame, _)
            | Self::Guide(frame, _)
            | Self::Reports(frame, _)
            | Self::Report(frame, _)
            | Self::ReportTable(frame, _)
            | Self::Document(frame, _)
            | Self::History(frame, _)
            | Self::Moved(frame, _)
            | Self::Gone(frame, _)
            | Self::Twin(frame, _) => frame,
        }
    }
}
