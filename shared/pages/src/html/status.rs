//! Pages at addresses without a document: never there (404), withdrawn (410), moved (301).

use serde::Serialize;

use super::{page, visible};
use crate::head::Head;
use crate::model::{Frame, GonePage, MovedPage};
use crate::when::When;
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Gone<'a> {
    title: &'a str,
    withdrawn: When,
    reason: &'a str,
}

#[derive(Serialize)]
struct Moved<'a> {
    title: &'a str,
    to: &'a str,
}

/// Renders the page for addresses that lead nowhere (status 404).
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn not_found(frame: &Frame) -> Result<Rendered, RenderError> {
    let head = Head::new(frame, "没有找到这个页面").with("robots", "noindex").behind_every_path();
    page("not_found.html", frame, "没有找到", head, Vec::new(), ())
}

/// Renders what stands at the address of a withdrawn document (status 410).
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn gone(frame: &Frame, model: &GonePage) -> Result<Rendered, RenderError> {
    let head = Head::new(frame, "内容已撤回").with("robots", "noindex");
    let view = Gone { title: visible(&model.title), withdrawn: When::from(model.withdrawn_at), reason: &model.reason };
    page("gone.html", frame, "内容已撤回", head, Vec::new(), view)
}

/// Renders what stands at the old address of a moved document (status 301).
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn moved(frame: &Frame, model: &MovedPage) -> Result<Rendered, RenderError> {
    let head = Head::new(frame, "页面已移动").with("robots", "noindex");
    let view = Moved { title: visible(&model.title), to: &model.to };
    page("moved.html", frame, "页面已移动", head, Vec::new(), view)
}
