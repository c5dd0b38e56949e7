//! Hits: what is told of a document that was found.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::Dated;

/// A document that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// Its title in pieces.
    pub title: Vec<Piece>,
    /// Its address: absolute where it stands on another site.
    pub url: String,
    /// A part of its text around what was searched for, in pieces; may be empty.
    pub snippet: Vec<Piece>,
    /// Name of the site it stands on.
    pub site: String,
    /// Name of the department that issued it.
    pub department: Option<String>,
    /// Document number 发文字号.
    pub document_number: Option<String>,
    /// Index number 索引号.
    pub index_number: Option<String>,
    /// The day it goes by.
    pub dated: Dated,
    /// What it is beside a text, in words: `问答`; none for an article.
    pub form: Option<String>,
    /// Whether it is in force; none where that is no question: news.
    pub validity: Option<ValidityNote>,
    /// Whether it is in force on the day asked for; none where none was.
    pub on_day: Option<InForceOn>,
}

/// Text that was searched for, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it was searched for.
    pub marked: bool,
}

/// Whether a document is in force, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidityNote {
    /// Whether it is.
    pub validity: HitValidity,
    /// Why it is in force no more, or amended.
    pub reason: Option<Reason>,
    /// The first day on which it is in force no more, or as it was no more.
    pub until: Option<Date>,
}

/// Whether a document is in force 有效性.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HitValidity {
    /// 有效.
    InForce,
    /// 已修改.
    Amended,
    /// 废止.
    Repealed,
    /// 失效.
    Expired,
    /// Nobody told 未知.
    Unknown,
}

impl HitValidity {
    /// In a word, also in the facet.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InForce => "有效",
            Self::Amended => "已修改",
            Self::Repealed => "废止",
            Self::Expired => "失效",
            Self::Unknown => "未知",
        }
    }
}

/// Why a document is in force no more, or amended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Another document says so.
    Document {
        /// Its title, with or without 《》 around it.
        title: String,
        /// Its address, if it is known.
        url: Option<String>,
    },
    /// In words: a whole sentence without a full stop.
    Words(String),
}

/// Whether a document is in force on a day; one that is not is no hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InForceOn {
    /// It is.
    Yes,
    /// Nobody can tell.
    Unknown,
}
