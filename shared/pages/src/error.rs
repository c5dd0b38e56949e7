//! Why a page could not be made.

use thiserror::Error;

/// Why a page could not be made.
///
/// None of these depends on what a citizen or an editor typed: text is escaped, bodies are sanitised. They tell of a wrong address
/// from the caller, or of a template that asks for something no view model has.
#[derive(Debug, Error)]
pub enum RenderError {
    /// An address is neither root-relative nor `http`, `https`, `mailto` or `tel`.
    #[error(transparent)]
    UnsafeUrl(#[from] UnsafeUrl),
    /// A template failed; the source names the template and the line.
    #[error("a template failed")]
    Template(#[source] minijinja::Error),
    /// The templates do not parse; a build like this must not be deployed.
    #[error("the templates do not parse")]
    BrokenTemplates(#[source] &'static minijinja::Error),
    /// XML could not be written.
    #[error("XML could not be written")]
    Xml(#[from] std::io::Error),
    /// JSON could not be written.
    #[error("JSON could not be written")]
    Json(#[from] serde_json::Error),
}

/// An address that no page may link to.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{url}` is not an address a page may link to: expected /…, #…, http:, https:, mailto: or tel:")]
pub struct UnsafeUrl {
    /// The address as given.
    pub url: String,
}

impl From<minijinja::Error> for RenderError {
    fn from(error: minijinja::Error) -> Self {
        let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(cause) = source {
            if let Some(unsafe_url) = cause.downcast_ref::<UnsafeUrl>() {
                return Self::UnsafeUrl(unsafe_url.clone());
            }
            source = cause.source();
        }
        Self::Template(error)
    }
}
