//! The banners above a page; what programs read has none.

use views::{PageKey, Reads};

use super::{Composed, Model};

/// Puts the banners that stand above a page.
pub(super) fn above(mut model: Model, page: &PageKey, reads: &Reads) -> Composed<Model> {
    if model.is_html() {
        model.frame_mut().banners = frames::banners(&page.site, reads)?;
    }
    Ok(model)
}
