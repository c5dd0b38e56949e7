//! The JSON beside a site's home page.

use serde::Serialize;

use super::{Headline, Named, page};
use crate::model::{ColumnSection, Frame, HomePage};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Home<'a> {
    sponsor: &'a str,
    contact: &'a str,
    icp: &'a str,
    police: Option<&'a str>,
    domain: Option<&'a str>,
    navigation: Vec<Named<'a>>,
    sections: Vec<Section<'a>>,
    columns: Vec<Named<'a>>,
    departments: Vec<Named<'a>>,
    feeds: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    column: Named<'a>,
    kind: &'a str,
    entries: Vec<Headline<'a>>,
}

impl<'a> Section<'a> {
    fn of(frame: &Frame, section: &'a ColumnSection) -> Result<Self, RenderError> {
        Ok(Self {
            column: Named::of(frame, &section.column)?,
            kind: &section.kind,
            entries: Headline::all(frame, &section.entries)?,
        })
    }
}

/// Writes the JSON beside the home page of a site.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn home(frame: &Frame, model: &HomePage) -> Result<Rendered, RenderError> {
    let home = Home {
        sponsor: &frame.sponsor,
        contact: &frame.contact,
        icp: &frame.icp,
        police: frame.police.as_deref(),
        domain: frame.domain.as_deref(),
        navigation: Named::all(frame, &frame.nav)?,
        sections: model.sections.iter().map(|section| Section::of(frame, section)).collect::<Result<_, _>>()?,
        columns: Named::all(frame, &model.columns)?,
        departments: Named::all(frame, &model.departments)?,
        feeds: Named::all(frame, &model.feeds)?,
    };
    page("home", frame, &frame.name, home)
}
