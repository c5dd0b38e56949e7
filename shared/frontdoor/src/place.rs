//! Where a form was opened.

/// Where a form was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Label of the site.
    pub site: String,
    /// The city's domain: `localhost:8080`.
    pub domain: String,
    /// `http` or `https`.
    pub scheme: String,
}

impl Place {
    /// The public address of `path` on this site.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}.{}{path}", self.scheme, self.site, self.domain)
    }
}
