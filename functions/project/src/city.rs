//! How every page of a city's websites is composed from rows: pure.

mod answers;
mod banner;
mod catalogue;
mod column;
mod coverage;
mod department;
mod document;
mod entries;
mod file;
mod frame;
mod guide;
mod history;
mod home;
mod map;
mod model;
mod relations;
mod report;
mod sitemap;
mod statistics;
mod style;
mod twin;

use domain::StreamId;
use ledger::Commit;
use views::{
    Composition, FoldFailure, Missing, PageKey, PageObject, Projection, Provenance, Reads, Row, Scope,
    city::{self, CityPlan, Kind},
};

pub use file::FileObject;
pub use frames::Addresses;
pub use model::Model;
pub use style::StyleSheet;
pub use twin::Twin;

/// Why a page cannot be composed now.
#[derive(Debug)]
enum Pause {
    /// Something is still to be read.
    Missing(Missing),
    /// A row it needs is not there; that row's own coming will touch the page.
    Nothing,
}

impl From<Missing> for Pause {
    fn from(missing: Missing) -> Self {
        Self::Missing(missing)
    }
}

type Composed<T> = Result<T, Pause>;

/// What is made of rows before it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// A page.
    Page(Box<Model>),
    /// A file, which no template touches.
    File(FileObject),
    /// How a site's pages look beyond their content.
    Style(StyleSheet),
}

/// The projection of a city's websites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct City {
    addresses: Addresses,
    plan: CityPlan,
}

impl City {
    /// The projection for sites found at `addresses`.
    #[must_use]
    pub fn new(addresses: Addresses) -> Self {
        let plan = CityPlan { portal: addresses.portal.clone() };
        Self { addresses, plan }
    }

    /// Where the city's sites are found.
    #[must_use]
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    fn made(&self, page: &PageKey, reads: &Reads) -> Composed<Made> {
        if page.kind == Kind::File.name() {
            return file::compose(page, reads).map(Made::File);
        }
        if page.kind == Kind::Style.name() {
            return style::compose(page, reads).map(Made::Style);
        }
        let model = match city::twin::page_of(page) {
            Some(of) => twin::compose(self, &of, reads)?,
            None => banner::above(self.page(page, reads)?, page, reads)?,
        };
        Ok(Made::Page(Box::new(model)))
    }

    fn page(&self, page: &PageKey, reads: &Reads) -> Composed<Model> {
        let kind = Kind::of(&page.kind).ok_or(Pause::Nothing)?;
        match kind {
            Kind::Home => home::compose(self, page, reads),
            Kind::Map => map::compose(self, page, reads),
            Kind::NotFound => Ok(Model::NotFound(frame::of(self, page, reads)?.about_site())),
            Kind::Robots => Ok(Model::Robots(frame::of(self, page, reads)?.about_site())),
            Kind::SitemapIndex => sitemap::index(self, page, reads),
            Kind::Sitemap => sitemap::month(self, page, reads),
            Kind::Department => department::compose(self, page, reads),
            Kind::Column => column::head(self, page, reads),
            Kind::Feed => column::feed(self, page, reads),
            Kind::Archive => column::archive(self, page, reads),
            Kind::Document => document::compose(self, page, reads),
            Kind::History => history::compose(self, page, reads),
            Kind::Answers => answers::head(self, page, reads),
            Kind::AnswersFeed => answers::feed(self, page, reads),
            Kind::AnswersMonth => answers::month(self, page, reads),
            Kind::Statistics => statistics::head(self, page, reads),
            Kind::StatisticsMonth => statistics::month(self, page, reads),
            Kind::StatisticsTable => statistics::table(self, page, reads),
            Kind::Catalogue => catalogue::overview(self, page, reads),
            Kind::CatalogueList => catalogue::head(self, page, reads),
            Kind::CataloguePart => catalogue::part(self, page, reads),
            Kind::Coverage => coverage::overview(self, page, reads),
            Kind::CoverageOfDepartment => coverage::department(self, page, reads),
            Kind::CoverageTable => coverage::table(self, page, reads),
            Kind::Guide => guide::compose(self, page, reads),
            Kind::Reports => report::years(self, page, reads),
            Kind::Report => report::report(self, page, reads),
            Kind::ReportTable => report::table(self, page, reads),
            Kind::File | Kind::Style => Err(Pause::Nothing),
        }
    }
}

impl Projection for City {
    type Model = Made;

    fn fold(&self, stream: &StreamId, commits: &[Commit]) -> Result<Vec<Row>, FoldFailure> {
        city::fold(&self.plan, stream, commits)
    }

    fn withdraws(&self, commit: &Commit) -> bool {
        city::withdraws(commit)
    }

    fn touched(&self, row: &Row) -> Vec<PageKey> {
        city::touched(&self.plan.portal, row)
    }

    fn wide(&self, row: &Row) -> Vec<Scope> {
        city::wide(&self.plan.portal, row)
    }

    fn pages_of(&self, row: &Row) -> Vec<PageKey> {
        city::pages_of(row)
    }

    fn scopes_of(&self, row: &Row) -> Vec<Scope> {
        city::scopes_of(row)
    }

    fn searched(&self, row: &Row) -> Option<String> {
        city::searched(row)
    }

    fn leads_to_pages(&self, row: &Row) -> bool {
        city::leads_to_pages(row)
    }

    fn all_pages_of(&self, row: &Row) -> Vec<PageKey> {
        city::all_pages_of(row)
    }

    fn sites(&self) -> String {
        city::slice::SITES.to_owned()
    }

    fn pages_of_site(&self, row: &Row) -> Scope {
        city::pages_of_site(row)
    }

    fn takes_away(&self, row: &Row) -> bool {
        city::takes_away(row)
    }

    fn beside_sites(&self) -> Vec<Scope> {
        vec![city::files()]
    }

    fn is_large(&self, page: &PageKey) -> bool {
        page.kind == Kind::File.name()
    }

    fn generation(&self, page: &PageKey, deployed: u64) -> u64 {
        if page.kind == Kind::File.name() { file::GENERATION } else { deployed }
    }

    fn compose(&self, page: &PageKey, reads: &Reads) -> Result<Composition<Made>, Missing> {
        match self.made(page, reads) {
            Ok(made) => Ok(Composition::Page(made)),
            Err(Pause::Nothing) => Ok(Composition::Nothing),
            Err(Pause::Missing(missing)) => Err(missing),
        }
    }

    fn render(&self, _: &PageKey, made: Made, provenance: &Provenance) -> Result<PageObject, String> {
        let model = match made {
            Made::Page(model) => model,
            Made::File(file) => return Ok(file.object(provenance)),
            Made::Style(style) => return Ok(style.object(provenance)),
        };
        model.render(provenance).map_err(|error| {
            let mut reason = error.to_string();
            let mut source = std::error::Error::source(&error);
            while let Some(cause) = source {
                reason = format!("{reason}: {cause}");
                source = cause.source();
            }
            reason
        })
    }
}
