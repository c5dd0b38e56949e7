//! The page of a document's public versions.

use serde::Serialize;
use serde_json::json;

use super::{filled, page, visible};
use crate::address::absolute;
use crate::head::Head;
use crate::model::{Changes, Dated, Frame, HistoryPage, Link, PublicVersion};
use crate::when::When;
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    document: &'a Link,
    versions: Vec<VersionView<'a>>,
}

#[derive(Serialize)]
struct VersionView<'a> {
    number: u64,
    /// `现行版本` for the newest.
    state: Option<&'static str>,
    at: When,
    /// Whether the hour of `at` is told.
    exact: bool,
    note: Option<&'a str>,
    changes: Option<&'a Changes>,
}

/// Renders the public versions of a document, newest first, each with what changed.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn history(frame: &Frame, model: &HistoryPage) -> Result<Rendered, RenderError> {
    let title = visible(&model.title);
    let name = format!("{title} 历次版本");
    let head = Head::new(frame, &name)
        .with("Description", &format!("《{title}》的历次公开版本和每次更正的内容"))
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .data(frame);
    let graph = vec![json!({
        "@type": "WebPage",
        "name": name,
        "url": absolute(&frame.scheme_host, &frame.path),
        "inLanguage": frame.language,
        "about": absolute(&frame.scheme_host, &model.document.url),
    })];
    let view = View {
        title,
        document: &model.document,
        versions: model.versions.iter().enumerate().map(|(place, version)| told(place, version)).collect(),
    };
    page("history.html", frame, "历次版本", head, graph, view)
}

fn told(place: usize, version: &PublicVersion) -> VersionView<'_> {
    VersionView {
        number: version.number,
        state: (place == 0).then_some("现行版本"),
        at: When::from(version.dated),
        exact: matches!(version.dated, Dated::At(_)),
        note: filled(version.note.as_deref()),
        changes: version.changes.as_ref(),
    }
}
