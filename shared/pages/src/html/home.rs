//! The home page of a site.

use serde::Serialize;
use serde_json::json;

use super::{SectionView, page};
use crate::head::Head;
use crate::model::{Frame, HomePage, Link};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct View<'a> {
    lead: Option<SectionView<'a>>,
    sections: Vec<SectionView<'a>>,
    departments: &'a [Link],
    columns: &'a [Link],
    feeds: &'a [Link],
}

/// Renders the home page of a site.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn home(frame: &Frame, model: &HomePage) -> Result<Rendered, RenderError> {
    let mut sections: Vec<SectionView> = model.sections.iter().map(SectionView::from).collect();
    let lead = (!sections.is_empty()).then(|| sections.remove(0));
    let description = format!(
        "{}网站，由{}主办，发布政务公开信息，网站标识码 {}。",
        frame.name, frame.sponsor, frame.identification_code
    );
    let mut head = Head::new(frame, "")
        .with("Description", &description)
        .canonical(format!("{}{}", frame.scheme_host, frame.path))
        .data(frame);
    for feed in &model.feeds {
        head = head.feed(&feed.name, &feed.url);
    }
    let website = json!({
        "@type": "WebSite",
        "name": frame.name,
        "url": format!("{}/", frame.scheme_host),
        "inLanguage": frame.language,
        "publisher": { "@id": format!("{}/#organization", frame.scheme_host) },
    });
    let view = View { lead, sections, departments: &model.departments, columns: &model.columns, feeds: &model.feeds };
    page("home.html", frame, "首页", head, vec![website], view)
}
