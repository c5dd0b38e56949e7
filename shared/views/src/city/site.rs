//! Rows of a site.

use domain::site::{Site, SiteState, Theme};

use super::{
    CityPlan,
    answer::{ANSWERS_FEED_PATH, ANSWERS_PATH},
    catalogue::CATALOGUE_PATH,
    coverage::{self, COVERAGE_PATH, COVERAGE_TABLE_PATH, GUIDE_PATH},
    kind::Kind,
    report::REPORTS_PATH,
    rows::{PageRow, SiteLine, SiteNotice, SiteRow},
    slice,
    statistics::STATISTICS_PATH,
};
use crate::{fold::RowSet, row::RowKey};

/// Where a site's stylesheet of its own stands.
pub const STYLE_PATH: &str = "/site.css";

/// Pages that every site has.
const PAGES: [(&str, Kind); 8] = [
    ("/", Kind::Home),
    ("/map.html", Kind::Map),
    ("/404.html", Kind::NotFound),
    ("/robots.txt", Kind::Robots),
    ("/sitemap.xml", Kind::SitemapIndex),
    (ANSWERS_PATH, Kind::Answers),
    (ANSWERS_FEED_PATH, Kind::AnswersFeed),
    (STYLE_PATH, Kind::Style),
];

/// Pages that the portal has beside these: cases are counted once for the whole city, and there is one catalogue.
const OF_THE_CITY: [(&str, Kind); 6] = [
    (STATISTICS_PATH, Kind::Statistics),
    (CATALOGUE_PATH, Kind::Catalogue),
    (COVERAGE_PATH, Kind::Coverage),
    (COVERAGE_TABLE_PATH, Kind::CoverageTable),
    (GUIDE_PATH, Kind::Guide),
    (REPORTS_PATH, Kind::Reports),
];

/// Rows of the state.
pub(super) fn rows(plan: &CityPlan, state: &Site) -> RowSet {
    let mut rows = RowSet::default();
    let Some((label, department, profile)) = &state.opened else { return rows };
    let row = SiteRow {
        name: profile.name.to_string(),
        identification_code: profile.identification_code.as_str().to_owned(),
        department: department.to_string(),
        sponsor: profile.sponsor.to_string(),
        contact: profile.contact.to_string(),
        icp: profile.icp.to_string(),
        police: profile.police.to_string(),
        domain: profile.domain.as_ref().map(|domain| domain.as_str().to_owned()),
        theme: (profile.theme != Theme::default()).then(|| profile.theme.as_str().to_owned()),
        notice: notice(&state.state),
    };
    rows.own(RowKey::new(slice::SITE, label.as_str()), &row);
    rows.own(RowKey::new(slice::SITES, label.as_str()), &SiteLine { name: row.name.clone() });
    rows.own(RowKey::new(slice::STYLES, label.as_str()), &());
    let is_portal = label.as_str() == plan.portal;
    if is_portal {
        coverage::of_portal(&mut rows, label.as_str());
    }
    let of_the_city = OF_THE_CITY.into_iter().filter(|_| is_portal);
    for (path, kind) in PAGES.into_iter().chain(of_the_city) {
        let page = PageRow::of(kind, "");
        rows.own(RowKey::new(slice::pages(label.as_str()), path), &page);
    }
    rows
}

fn notice(state: &SiteState) -> Option<SiteNotice> {
    match state {
        SiteState::Live => None,
        SiteState::Rectifying(under_way) => {
            Some(SiteNotice::Rectifying { until: under_way.until, reason: under_way.reason.to_string() })
        }
        SiteState::Archived(archived) => {
            Some(SiteNotice::Archived { at: archived.at, reason: archived.reason.to_string() })
        }
    }
}
