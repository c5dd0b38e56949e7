//! The mapping file: what a collection is called, where it goes, and where each field of a document is found.

use regex::Regex;
use serde::Deserialize;
use serde_json::Value as Json;
use thiserror::Error;

use crate::{body::BodyRule, value::Value};

/// The mapping cannot be used.
#[derive(Debug, Error)]
#[error("the mapping cannot be read: {0}")]
pub struct MapError(String);

/// A mapping, read and compiled.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the collection is called.
    pub source: Source,
    /// Where its documents go.
    pub target: Target,
    /// Where each field is found.
    pub document: Fields,
    /// Which versions belong together; none where the collection has no versions.
    #[serde(default)]
    pub chain: Option<Chain>,
    /// What is created where it is missing.
    #[serde(default)]
    pub create: Create,
}

/// The collection.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its own name in ids: `old-portal`.
    pub system: String,
    /// Its name, for the public.
    pub name: String,
    /// What names a row in it for good.
    pub key: Value,
}

/// Where documents go.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Label of the site.
    pub site: String,
    /// The column on it: `www.zwgk.zcwj`.
    pub column: String,
    /// Code of the department that answers for them.
    pub department: String,
}

/// Where each field of a document is found; a field without a rule, and a rule that finds nothing, stay unknown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// 名称.
    pub title: Value,
    /// The text.
    pub body: BodyRule,
    /// Last part of its path.
    pub slug: Option<Value>,
    /// 内容概述.
    pub summary: Option<Value>,
    /// 索引号.
    pub index_number: Option<Value>,
    /// 发文字号.
    pub document_number: Option<Value>,
    /// 成文日期.
    pub written_on: Option<Value>,
    /// 发布日期: the day it goes by.
    pub published_on: Option<Value>,
    /// 版本日期: the day it goes by where no day of publication is told.
    pub version_on: Option<Value>,
    /// 来源; the collection's name where there is no rule.
    pub from: Option<Value>,
    /// 主题词; a list, or a text that `split` cuts.
    pub keywords: Option<Value>,
    /// Where it stood.
    pub url: Option<Value>,
    /// 发文机关.
    pub issuer: Option<Value>,
    /// 主题分类.
    pub subject: Option<Value>,
    /// 有效性: `in-force`, `repealed`, `expired`.
    pub validity: Option<Value>,
    /// 立法沿革, line by line.
    pub history: Option<Value>,
}

/// Which versions belong together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// What the versions of one text have in common: its title.
    pub by: Value,
    /// Where a version without a day stands.
    #[serde(default)]
    pub undated: Undated,
}

/// Where a version without a day stands in its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undated {
    /// Nowhere: nobody knows what it amends, nor what amends it.
    #[default]
    Apart,
    /// Before all others: who wrote the mapping knows that.
    First,
}

/// What is created where it is missing, as the API takes it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Create {
    /// Bodies of `POST /departments`.
    #[serde(default)]
    pub departments: Vec<Json>,
    /// Bodies of `POST /sites`.
    #[serde(default)]
    pub sites: Vec<Json>,
    /// Bodies of `POST /columns`, the one above before the one below.
    #[serde(default)]
    pub columns: Vec<Json>,
}

impl Mapping {
    /// Reads a mapping from TOML.
    ///
    /// # Errors
    /// It is no TOML, has an unknown member, or a pattern, selector or day format that cannot be compiled.
    pub fn read(text: &str) -> Result<Self, MapError> {
        toml::from_str(text).map_err(|error| MapError(error.to_string()))
    }
}

/// Compiles a pattern of a mapping.
pub(crate) fn pattern(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| error.to_string())
}
