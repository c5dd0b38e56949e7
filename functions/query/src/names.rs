//! What sites, departments and codes are called.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use domain::document::{CatalogueClass, Genre};
use pages::search::HitValidity;
use search::{Facet, Validity};
use serde::de::{DeserializeOwned, IntoDeserializer, value::Error};
use views::{
    Prefix, Read, Row, ViewError, Views,
    city::{DepartmentLine, SiteLine, slice},
};

/// How long names are kept: as long as a page is at the CDN.
const KEPT: Duration = Duration::from_secs(10);

/// Names of sites and departments from the views.
#[derive(Debug)]
pub(crate) struct Names {
    views: Views,
    kept: Mutex<Option<(Instant, Arc<Named>)>>,
}

/// The names at one moment.
#[derive(Debug, Default)]
pub(crate) struct Named {
    sites: BTreeMap<String, String>,
    departments: BTreeMap<String, String>,
}

impl Names {
    pub(crate) fn new(views: Views) -> Self {
        Self { views, kept: Mutex::default() }
    }

    /// The names as they are now, or were a moment ago.
    ///
    /// # Errors
    /// The views cannot be read.
    pub(crate) async fn now(&self, prefix: &Prefix) -> Result<Arc<Named>, ViewError> {
        // Names are whole or not there: a panic of another holder left nothing half done.
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, named)) = kept.filter(|(since, _)| since.elapsed() < KEPT) {
            return Ok(named);
        }
        let (sites, departments) = (Read::all(slice::SITES), Read::all(slice::DEPARTMENTS));
        let (sites, departments) =
            tokio::try_join!(self.views.read(prefix, &sites), self.views.read(prefix, &departments))?;
        let named = Arc::new(Named {
            sites: lines(&sites, |line: SiteLine| line.name),
            departments: lines(&departments, |line: DepartmentLine| line.name),
        });
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), Arc::clone(&named)));
        Ok(named)
    }
}

fn lines<T: DeserializeOwned>(rows: &[Row], name: impl Fn(T) -> String) -> BTreeMap<String, String> {
    rows.iter().filter_map(|row| Some((row.at.key.clone(), name(row.content()?)))).collect()
}

impl Named {
    /// Name of a site; its label where it has none.
    pub(crate) fn site<'a>(&'a self, label: &'a str) -> &'a str {
        self.sites.get(label).map_or(label, String::as_str)
    }

    /// Name of a department; its code where it has none.
    pub(crate) fn department<'a>(&'a self, code: &'a str) -> &'a str {
        self.departments.get(code).map_or(code, String::as_str)
    }

    /// A facet's value in words.
    pub(crate) fn value(&self, facet: Facet, value: &str) -> String {
        match facet {
            Facet::Site => self.site(value).to_owned(),
            Facet::Department => self.department(value).to_owned(),
            Facet::Genre => coded(value, Genre::chinese),
            Facet::Class => coded(value, CatalogueClass::chinese),
            Facet::Subject => value.rsplit('\\').next().unwrap_or(value).to_owned(),
            Facet::Year => format!("{value} 年"),
            Facet::Validity => {
                let known = Validity::ALL.into_iter().find(|validity| validity.name() == value);
                known.map_or(value, |known| validity(known).word()).to_owned()
            }
            Facet::Form => form(value).unwrap_or("文章").to_owned(),
            Facet::Term | Facet::Column => value.to_owned(),
        }
    }
}

/// A code of events in words; as it is where this code does not know it.
fn coded<T: DeserializeOwned>(code: &str, words: fn(T) -> &'static str) -> String {
    let read = T::deserialize(IntoDeserializer::<Error>::into_deserializer(code));
    read.map_or_else(|_| code.to_owned(), |value| words(value).to_owned())
}

/// What a document is beside a text, in words; none for an article.
pub(crate) fn form(code: &str) -> Option<&'static str> {
    Some(match code {
        "question" => "问答",
        "leader" => "领导信息",
        "link" => "链接",
        "file" => "附件下载",
        "pictures" => "图片",
        "film" => "视频",
        _ => return None,
    })
}

/// Validity as pages tell it.
pub(crate) fn validity(validity: Validity) -> HitValidity {
    match validity {
        Validity::InForce => HitValidity::InForce,
        Validity::Amended => HitValidity::Amended,
        Validity::Repealed => HitValidity::Repealed,
        Validity::Expired => HitValidity::Expired,
        Validity::Unknown => HitValidity::Unknown,
    }
}
