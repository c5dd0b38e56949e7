//! Where the city's sites are found.

use pages::Link;
use views::city::{CATALOGUE_PATH, COVERAGE_PATH, GUIDE_PATH, REPORTS_PATH};

/// Where the city's sites are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// `http` or `https`.
    pub scheme: String,
    /// What follows a site's label in its host: `localhost:8080`.
    pub domain: String,
    /// Label of the portal site.
    pub portal: String,
}

impl Addresses {
    /// Scheme and host of a site, without a final slash.
    #[must_use]
    pub fn host(&self, site: &str) -> String {
        format!("{}://{site}.{}", self.scheme, self.domain)
    }

    /// The name of the catalogue of government information, and where its overview stands, as seen from a page of `from`.
    #[must_use]
    pub fn catalogue(&self, from: &str) -> Link {
        let url = self.seen_from(from, &self.portal, CATALOGUE_PATH);
        Link { name: "政府信息公开目录".to_owned(), url }
    }

    /// The name of the guide to disclosure, and where it stands, as seen from a page of `from`.
    #[must_use]
    pub fn guide(&self, from: &str) -> Link {
        Link { name: "政府信息公开指南".to_owned(), url: self.seen_from(from, &self.portal, GUIDE_PATH) }
    }

    /// The name of what is told of how whole disclosure is, and where that stands, as seen from a page of `from`.
    #[must_use]
    pub fn coverage(&self, from: &str) -> Link {
        Link {
            name: "法定公开内容覆盖情况".to_owned(), url: self.seen_from(from, &self.portal, COVERAGE_PATH)
        }
    }

    /// The name of the annual reports on disclosure, and where they are listed, as seen from a page of `from`.
    #[must_use]
    pub fn reports(&self, from: &str) -> Link {
        Link {
            name: "政府信息公开工作年度报告".to_owned(), url: self.seen_from(from, &self.portal, REPORTS_PATH)
        }
    }

    /// Address of a page of `site` as seen from a page of `from`: root-relative on one's own site.
    #[must_use]
    pub fn seen_from(&self, from: &str, site: &str, path: &str) -> String {
        if from == site { path.to_owned() } else { format!("{}{path}", self.host(site)) }
    }
}
