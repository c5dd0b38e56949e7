//! The JSON at addresses whose document is withdrawn (410) or moved (301).

use serde::Serialize;

use super::{page, url};
use crate::model::{Frame, GonePage, MovedPage};
use crate::when::When;
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Gone<'a> {
    status: u16,
    withdrawn_at: String,
    reason: &'a str,
}

#[derive(Serialize)]
struct Moved {
    status: u16,
    moved_to: String,
}

/// Writes the JSON at the address of a withdrawn document (status 410).
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn gone(frame: &Frame, model: &GonePage) -> Result<Rendered, RenderError> {
    let gone = Gone { status: 410, withdrawn_at: When::from(model.withdrawn_at).machine, reason: &model.reason };
    page("gone", frame, &model.title, gone)
}

/// Writes the JSON at the old address of a moved document (status 301); `model.to` is where its JSON is now.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn moved(frame: &Frame, model: &MovedPage) -> Result<Rendered, RenderError> {
    page("moved", frame, &model.title, Moved { status: 301, moved_to: url(frame, &model.to)? })
}
