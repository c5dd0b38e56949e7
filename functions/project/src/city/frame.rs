//! Head, foot, navigation and breadcrumb of every page.

use pages::{Frame, Link, Provenance, SiteNotice};
use views::{
    PageKey, Read, Reads,
    city::{self, ColumnLine, ColumnRow, SiteRow, slice},
};

use super::{City, Composed, Pause};

/// A frame that still has to be told what the page is about.
pub(super) struct Framed {
    frame: Frame,
    site_version: u64,
}

/// The frame of `page`; nothing while its site is unknown.
pub(super) fn of(city: &City, page: &PageKey, reads: &Reads) -> Composed<Framed> {
    let row = reads.row(Read::row(slice::SITE, page.site.as_str()))?.ok_or(Pause::Nothing)?;
    let site: SiteRow = row.content().ok_or(Pause::Nothing)?;
    let nav = reads.rows(Read::all(slice::nav(&page.site)))?;
    let nav =
        nav.iter().filter_map(views::Row::content::<ColumnLine>).map(|line| Link { name: line.name, url: line.path });
    let frame = Frame {
        scheme_host: city.addresses.host(&page.site),
        label: page.site.clone(),
        name: site.name,
        identification_code: site.identification_code,
        language: "zh-Hans".to_owned(),
        domain: site.domain,
        // A name that these templates do not know is the house's colour: a theme is not worth a page that cannot be rendered.
        theme: site.theme.and_then(|name| name.parse().ok()),
        notice: site.notice.map(|notice| match notice {
            city::SiteNotice::Rectifying { until, reason } => SiteNotice::Rectifying { until, reason },
            city::SiteNotice::Archived { at, reason } => SiteNotice::Archived { at, reason },
        }),
        banners: Vec::new(),
        sponsor: site.sponsor,
        contact: site.contact,
        icp: site.icp,
        police: Some(site.police).filter(|police| !police.is_empty()),
        portal_host: city.addresses.host(&city.addresses.portal),
        site_map: "/map.html".to_owned(),
        nav: nav.collect(),
        path: page.path.clone(),
        data: city::twin::of(page).map(|twin| twin.path),
        breadcrumb: Vec::new(),
        provenance: Provenance { stream: String::new(), version: 0, digest: String::new(), generation: 0 },
    };
    Ok(Framed { frame, site_version: row.version })
}

impl Framed {
    /// A page about the site itself.
    pub(super) fn about_site(self) -> Frame {
        let stream = format!("site:{}", self.frame.label);
        let version = self.site_version;
        self.about(stream, version, Vec::new())
    }

    /// A page about `stream` at `version`, below `breadcrumb`.
    pub(super) fn about(self, stream: String, version: u64, breadcrumb: Vec<Link>) -> Frame {
        let mut frame = self.frame;
        frame.breadcrumb = breadcrumb;
        frame.provenance.stream = stream;
        frame.provenance.version = version;
        frame
    }
}

/// First step of every breadcrumb.
pub(super) fn home_link() -> Link {
    Link { name: "首页".to_owned(), url: "/".to_owned() }
}

/// A department's name and the address of its page, as seen from `site`.
pub(super) fn department_link(city: &City, site: &str, code: &str, name: String) -> Link {
    let path = format!("/bm/{code}/");
    Link { name, url: city.addresses.seen_from(site, &city.addresses.portal, &path) }
}

/// The home page and the columns above `column`, which is not in it; columns that are not open are left out.
pub(super) fn above(column: &str, reads: &Reads) -> Composed<Vec<Link>> {
    let mut steps = vec![home_link()];
    let ends: Vec<usize> = column.match_indices('.').map(|(at, _)| at).skip(1).collect();
    for end in ends {
        let Some(id) = column.get(..end) else { continue };
        if let Some(row) = reads.row(Read::row(slice::COLUMN, id))?.and_then(views::Row::content::<ColumnRow>) {
            steps.push(Link { name: row.name, url: column_path(id) });
        }
    }
    Ok(steps)
}

/// Root-relative path of a column's head page.
pub(super) fn column_path(id: &str) -> String {
    let path = id.split_once('.').map_or("", |(_, path)| path);
    format!("/{}/", path.replace('.', "/"))
}

#[cfg(test)]
mod tests {
    use domain::site::Theme;

    #[test]
    fn the_templates_know_every_main_colour_that_a_site_can_have() {
        for theme in [Theme::Lake, Theme::Pine, Theme::Indigo, Theme::Plum, Theme::Slate] {
            assert_eq!(theme.as_str().parse::<pages::Theme>().map(pages::Theme::name), Ok(theme.as_str()));
        }
    }
}
