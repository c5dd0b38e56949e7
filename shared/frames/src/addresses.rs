//! Where the city's sites are found.

use pages::Link;
use views::city::CATALOGUE_PATH;

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

    /// Address of a page of `site` as seen from a page of `from`: root-relative on one's own site.
    #[must_use]
    pub fn seen_from(&self, from: &str, site: &str, path: &str) -> String {
        if from == site { path.to_owned() } else { format!("{}{path}", self.host(site)) }
    }
}
