//! How the catalogue of government information files a document.

use jiff::civil::Date;
use serde::Serialize;

/// How the catalogue files a document (RULES.md A4), in Chinese; what nobody said is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CatalogueNote {
    /// Subject 主题分类, for example `综合政务\政务公开`.
    pub subject: Option<String>,
    /// Genre 体裁分类.
    pub genre: Option<String>,
    /// Class 组配分类.
    pub class: Option<String>,
    /// Terms 分类词.
    pub terms: Vec<String>,
    /// Validity 有效性: `有效`, `废止`, `失效`; what repeals the document says more.
    pub validity: Option<String>,
    /// The last day on which it is in force 有效期至.
    pub expires_on: Option<Date>,
    /// The office that answers questions about it 责任处室.
    pub office: Option<String>,
}
