//! Head, foot and navigation of every page.

use pages::{Frame, Link, Provenance, SiteNotice};
use views::{
    Missing, Read, Reads, Row,
    city::{self, ColumnLine, SiteRow, slice},
};

use crate::Addresses;

/// A frame that still has to be told what the page is about.
#[derive(Debug, Clone)]
pub struct Framed {
    frame: Frame,
    site_version: u64,
}

/// The frame of the page at `path` of `site`; none while the site is unknown. Its banners are not in it yet.
///
/// # Errors
/// Something is still to be read.
pub fn of(addresses: &Addresses, site: &str, path: &str, reads: &Reads) -> Result<Option<Framed>, Missing> {
    let Some(row) = reads.row(Read::row(slice::SITE, site))? else { return Ok(None) };
    let Some(content) = row.content::<SiteRow>() else { return Ok(None) };
    let nav = reads.rows(Read::all(slice::nav(site)))?;
    let nav = nav.iter().filter_map(Row::content::<ColumnLine>).map(|line| Link { name: line.name, url: line.path });
    let frame = Frame {
        scheme_host: addresses.host(site),
        label: site.to_owned(),
        name: content.name,
        identification_code: content.identification_code,
        language: "zh-Hans".to_owned(),
        domain: content.domain,
        // A name that these templates do not know is the house's colour: a theme is not worth a page that cannot be rendered.
        theme: content.theme.and_then(|name| name.parse().ok()),
        notice: content.notice.map(|notice| match notice {
            city::SiteNotice::Rectifying { until, reason } => SiteNotice::Rectifying { until, reason },
            city::SiteNotice::Archived { at, reason } => SiteNotice::Archived { at, reason },
        }),
        banners: Vec::new(),
        sponsor: content.sponsor,
        contact: content.contact,
        icp: content.icp,
        police: Some(content.police).filter(|police| !police.is_empty()),
        portal_host: addresses.host(&addresses.portal),
        site_map: "/map.html".to_owned(),
        nav: nav.collect(),
        path: path.to_owned(),
        data: None,
        breadcrumb: Vec::new(),
        provenance: Provenance { stream: String::new(), version: 0, digest: String::new(), generation: 0 },
    };
    Ok(Some(Framed { frame, site_version: row.version }))
}

impl Framed {
    /// The same for a page that has the JSON at `data` beside it.
    #[must_use]
    pub fn beside(mut self, data: Option<String>) -> Self {
        self.frame.data = data;
        self
    }

    /// A page about the site itself.
    #[must_use]
    pub fn about_site(self) -> Frame {
        let stream = format!("site:{}", self.frame.label);
        let version = self.site_version;
        self.about(stream, version, Vec::new())
    }

    /// A page about `stream` at `version`, below `breadcrumb`.
    #[must_use]
    pub fn about(self, stream: String, version: u64, breadcrumb: Vec<Link>) -> Frame {
        let mut frame = self.frame;
        frame.breadcrumb = breadcrumb;
        frame.provenance.stream = stream;
        frame.provenance.version = version;
        frame
    }
}

/// First step of every breadcrumb.
#[must_use]
pub fn home_link() -> Link {
    Link { name: "首页".to_owned(), url: "/".to_owned() }
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
