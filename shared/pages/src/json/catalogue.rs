//! The JSON beside the catalogue of government information.

use serde::Serialize;

use super::{Named, Published, page, url};
use crate::html::catalogue::NAME;
use crate::html::filled;
use crate::model::{
    CatalogueClassLink, CatalogueEntry, CatalogueList, CatalogueListPage, CataloguePage, CataloguePartPage, Frame,
};
use crate::when::iso;
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Overview<'a> {
    departments: Vec<Named<'a>>,
    subjects: Vec<Class<'a>>,
    genres: Vec<Class<'a>>,
    years: Vec<Named<'a>>,
    guide: Named<'a>,
    coverage: Named<'a>,
}

#[derive(Serialize)]
struct Class<'a> {
    code: &'a str,
    name: &'a str,
    url: Option<String>,
}

impl<'a> Class<'a> {
    fn all(frame: &Frame, classes: &'a [CatalogueClassLink]) -> Result<Vec<Self>, RenderError> {
        let class = |class: &'a CatalogueClassLink| {
            let address = class.url.as_deref().map(|address| url(frame, address)).transpose()?;
            Ok(Self { code: &class.code, name: &class.name, url: address })
        };
        classes.iter().map(class).collect()
    }
}

#[derive(Serialize)]
struct List<'a> {
    by: &'static str,
    code: &'a str,
    catalogue: Named<'a>,
    parts: Vec<Named<'a>>,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    by: &'static str,
    code: &'a str,
    list: Named<'a>,
    part: &'a str,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    index_number: Option<&'a str>,
    title: &'a str,
    url: String,
    summary: Option<&'a str>,
    created_on: Option<String>,
    published: Published,
    document_number: Option<&'a str>,
    department: Option<Named<'a>>,
    subject: Option<&'a str>,
    genre: Option<&'a str>,
    class: Option<&'a str>,
    validity: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn all(frame: &Frame, entries: &'a [CatalogueEntry]) -> Result<Vec<Self>, RenderError> {
        let entry = |entry: &'a CatalogueEntry| {
            Ok(Self {
                index_number: filled(Some(&entry.index_number)),
                title: &entry.title,
                url: url(frame, &entry.url)?,
                summary: filled(Some(&entry.summary)),
                created_on: entry.created_on().map(iso),
                published: entry.dated.into(),
                document_number: filled(entry.document_number.as_deref()),
                department: entry.department.as_ref().map(|link| Named::of(frame, link)).transpose()?,
                subject: filled(entry.subject.as_deref()),
                genre: filled(entry.genre.as_deref()),
                class: filled(entry.class.as_deref()),
                validity: filled(entry.validity.as_deref()),
            })
        };
        entries.iter().map(entry).collect()
    }
}

/// Writes the JSON beside the overview.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn catalogue(frame: &Frame, model: &CataloguePage) -> Result<Rendered, RenderError> {
    let overview = Overview {
        departments: Named::all(frame, &model.departments)?,
        subjects: Class::all(frame, &model.subjects)?,
        genres: Class::all(frame, &model.genres)?,
        years: Named::all(frame, &model.years)?,
        guide: Named::of(frame, &model.guide)?,
        coverage: Named::of(frame, &model.coverage)?,
    };
    page("catalogue", frame, NAME, overview)
}

/// Writes the JSON beside the head page of a list.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn catalogue_list(frame: &Frame, model: &CatalogueListPage) -> Result<Rendered, RenderError> {
    let CatalogueList { way, code, link, catalogue } = &model.list;
    let parts = model.groups.iter().flat_map(|group| &group.parts);
    let list = List {
        by: way.code(),
        code,
        catalogue: Named::of(frame, catalogue)?,
        parts: parts.map(|part| Named::of(frame, part)).collect::<Result<_, _>>()?,
        entries: Entry::all(frame, &model.entries)?,
    };
    page("catalogue-list", frame, &link.name, list)
}

/// Writes the JSON beside a part of a list.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn catalogue_part(frame: &Frame, model: &CataloguePartPage) -> Result<Rendered, RenderError> {
    let CatalogueList { way, code, link, .. } = &model.list;
    let part = Part {
        by: way.code(),
        code,
        list: Named::of(frame, link)?,
        part: &model.part,
        entries: Entry::all(frame, &model.entries)?,
    };
    page("catalogue-part", frame, &model.title, part)
}
