//! What a document says, and the hash that names one revision of it.

use std::fmt;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{attachment::Attachment, catalogue::Catalogue, form::Form, relation::Relation};
use crate::{
    id::Malformed,
    text::{Line, Prose},
};

macro_rules! hash {
    ($(#[$doc:meta])* $type:ident, $expected:literal, $expected_zh:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $type(String);

        impl $type {
            /// SHA-256 of `bytes`.
            #[must_use]
            pub fn of(bytes: &[u8]) -> Self {
                Self(HEXLOWER.encode(&Sha256::digest(bytes)))
            }

            /// 64 lower-case hexadecimal digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $type {
            type Error = Malformed;

            fn try_from(text: String) -> Result<Self, Malformed> {
                let fits = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
                if fits { Ok(Self(text)) } else { Err(Malformed::new(&text, $expected, $expected_zh)) }
            }
        }

        impl From<$type> for String {
            fn from(hash: $type) -> Self {
                hash.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

hash!(
    /// Names a stored body, of a text or of a file, by what is stored.
    BodyHash,
    "a body hash: 64 hexadecimal digits", "正文校验值（64 位十六进制数）"
);
hash!(
    /// Names one revision of a document's whole content.
    RevisionHash,
    "a revision hash: 64 hexadecimal digits", "版本校验值（64 位十六进制数）"
);
hash!(
    /// Names the record that a migrated document was made of.
    EvidenceHash,
    "the hash of a record: 64 hexadecimal digits", "来源记录校验值（64 位十六进制数）"
);

/// Document number (发文字号): `澄教发〔2026〕5号`, brackets U+3014 and U+3015; an order (令) counts without years: `澄府令第12号`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber(Line<60>);

impl DocumentNumber {
    /// The number as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl TryFrom<String> for DocumentNumber {
    type Error = Malformed;

    /// Turns other brackets (`[2026]`, `(2026)`, `【2026】`, `［2026］`) into `〔2026〕`.
    fn try_from(text: String) -> Result<Self, Malformed> {
        let refusal =
            || Malformed::new(&text, "a document number like 澄教发〔2026〕5号", "发文字号，如“澄教发〔2026〕5号”");
        let text: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '[' | '(' | '（' | '【' | '［' | '〈' => '〔',
                ']' | ')' | '）' | '】' | '］' | '〉' => '〕',
                other => other,
            })
            .collect();
        let Some((agency, rest)) = text.split_once('〔') else {
            return if is_without_year(&text) {
                Line::try_from(text.clone()).map(Self).map_err(|_| refusal())
            } else {
                Err(refusal())
            };
        };
        let (year, serial) = rest.split_once('〕').ok_or_else(refusal)?;
        let digits = serial.strip_suffix('号').ok_or_else(refusal)?;
        let digits = digits.strip_prefix('第').unwrap_or(digits);
        let numeric = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if agency.is_empty() || year.len() != 4 || !numeric(year) || !numeric(digits) {
            return Err(refusal());
        }
        Line::try_from(text.clone()).map(Self).map_err(|_| refusal())
    }
}

/// Whether `text` reads like `澄府令第12号`: somebody's 令 or 公告, 第, digits, 号.
fn is_without_year(text: &str) -> bool {
    let parts = text.strip_suffix('号').and_then(|text| text.rsplit_once('第'));
    parts.is_some_and(|(agency, digits)| {
        let numeric = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        numeric && !agency.is_empty() && !agency.contains('〕')
    })
}

impl From<DocumentNumber> for String {
    fn from(number: DocumentNumber) -> Self {
        number.0.into()
    }
}

/// Everything an editor decides about a document's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Title (名称).
    pub title: Line<200>,
    /// The sanitised body, stored under this hash.
    pub body: BodyHash,
    /// Summary (内容概述); empty where there is none.
    pub summary: Prose<500>,
    /// Document number (发文字号).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<DocumentNumber>,
    /// Day the document was signed (成文日期).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_on: Option<Date>,
    /// Where the text comes from (来源); empty for the department itself.
    pub source: Prose<60>,
    /// Keywords (关键词).
    pub keywords: Vec<Line<20>>,
    /// How the catalogue of government information files it.
    #[serde(default, skip_serializing_if = "Catalogue::is_empty")]
    pub catalogue: Catalogue,
    /// What it is beside a text.
    #[serde(default, skip_serializing_if = "Form::is_article")]
    pub form: Form,
    /// What it is to other documents, in the order told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Files beside it or in it, in the order of reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl Content {
    /// A title and a body, and nothing else said.
    #[must_use]
    pub fn new(title: Line<200>, body: BodyHash) -> Self {
        Self {
            title,
            body,
            summary: Prose::default(),
            document_number: None,
            written_on: None,
            source: Prose::default(),
            keywords: Vec::new(),
            catalogue: Catalogue::default(),
            form: Form::Article,
            relations: Vec::new(),
            attachments: Vec::new(),
        }
    }

    /// Every stored body it consists of: the text, its files, their pictures smaller.
    pub fn bodies(&self) -> impl Iterator<Item = &BodyHash> {
        std::iter::once(&self.body).chain(self.attachments.iter().flat_map(Attachment::bodies))
    }

    /// The hash that names this revision: SHA-256 over every field, length-prefixed.
    ///
    /// What the first contents did not have goes after a field that no keyword can be, and only where something is said: their hashes stand in events.
    #[must_use]
    pub fn revision(&self) -> RevisionHash {
        // A new field does not compile before it is told here.
        let Self {
            title,
            body,
            summary,
            document_number,
            written_on,
            source,
            keywords,
            catalogue,
            form,
            relations,
            attachments,
        } = self;
        let mut bytes = Vec::new();
        let mut field = |text: &str| {
            bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
            bytes.extend_from_slice(text.as_bytes());
        };
        field(title.as_str());
        field(body.as_str());
        field(summary.as_str());
        field(document_number.as_ref().map_or("", DocumentNumber::as_str));
        field(&written_on.map(|date| date.to_string()).unwrap_or_default());
        field(source.as_str());
        for keyword in keywords {
            field(keyword.as_str());
        }
        if !catalogue.is_empty() {
            field("\0catalogue");
            catalogue.tell(&mut field);
        }
        if !form.is_article() {
            field("\0form");
            form.tell(&mut field);
        }
        if !relations.is_empty() {
            field("\0relations");
        }
        for relation in relations {
            field(relation.kind.name());
            field(relation.document.as_str());
        }
        if !attachments.is_empty() {
            field("\0attachments");
        }
        for attachment in attachments {
            attachment.tell(&mut field);
        }
        RevisionHash::of(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_number_gets_the_right_brackets_however_typed() {
        for typed in ["澄教发[2026]5号", "澄教发（2026）5号", "澄教发 【2026】 5 号", "澄教发〔2026〕5号"]
        {
            assert_eq!(DocumentNumber::try_from(typed.to_owned()).unwrap().as_str(), "澄教发〔2026〕5号");
        }
        assert_eq!(
            DocumentNumber::try_from("澄府令〔2026〕第12号".to_owned()).unwrap().as_str(),
            "澄府令〔2026〕第12号"
        );
        assert_eq!(DocumentNumber::try_from("澄府令 第12号".to_owned()).unwrap().as_str(), "澄府令第12号");
    }

    #[test]
    fn refuses_what_is_not_a_document_number() {
        for typed in [
            "",
            "2026年5号",
            "〔2026〕5号",
            "澄教发〔26〕5号",
            "澄教发〔2026〕号",
            "澄教发〔2026〕5",
            "澄教发〔二〇二六〕5号",
            "第12号",
            "澄府令第号",
            "澄府令第十二号",
            "澄府令〕第12号",
            "澄府令12号",
        ] {
            assert!(DocumentNumber::try_from(typed.to_owned()).is_err(), "{typed}");
        }
    }
}
