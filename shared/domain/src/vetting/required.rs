//! What a document of a column must tell beside its text.

use serde::{Deserialize, Serialize};

use crate::{
    column::ColumnKind,
    document::{Content, RelationKind},
};

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $pointer:literal, $chinese:literal;)*) => {
        /// A field of a content that can be required.
        ///
        /// Stored in events: a further one is a new version of the events that name fields.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Field {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Field {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name, as stored.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// JSON pointer into a content as it is sent.
            #[must_use]
            pub fn pointer(self) -> &'static str {
                match self { $(Self::$variant => $pointer,)* }
            }

            /// As editors read it.
            #[must_use]
            pub fn chinese(self) -> &'static str {
                match self { $(Self::$variant => $chinese,)* }
            }
        }
    };
}

fields! {
    /// 内容概述.
    Summary = "summary", "/content/summary", "内容概述";
    /// 发文字号.
    DocumentNumber = "document-number", "/content/document_number", "发文字号";
    /// 成文日期.
    WrittenOn = "written-on", "/content/written_on", "成文日期";
    /// 来源.
    Source = "source", "/content/source", "来源";
    /// 关键词.
    Keywords = "keywords", "/content/keywords", "关键词";
    /// 主题分类.
    Subject = "subject", "/content/catalogue/subject", "主题分类";
    /// 体裁分类.
    Genre = "genre", "/content/catalogue/genre", "体裁分类";
    /// 组配分类.
    Class = "class", "/content/catalogue/class", "组配分类";
    /// 有效性.
    Validity = "validity", "/content/catalogue/validity", "有效性";
    /// 责任处室.
    Office = "office", "/content/catalogue/office", "责任处室";
    /// The policy that it interprets.
    Interprets = "interprets", "/content/relations", "所解读的政策文件";
}

impl Field {
    /// Whether `content` tells it.
    #[must_use]
    pub fn told_by(self, content: &Content) -> bool {
        let catalogue = &content.catalogue;
        match self {
            Self::Summary => !content.summary.as_str().is_empty(),
            Self::DocumentNumber => content.document_number.is_some(),
            Self::WrittenOn => content.written_on.is_some(),
            Self::Source => !content.source.as_str().is_empty(),
            Self::Keywords => !content.keywords.is_empty(),
            Self::Subject => catalogue.subject.is_some(),
            Self::Genre => catalogue.genre.is_some(),
            Self::Class => catalogue.class.is_some(),
            Self::Validity => catalogue.validity.is_some(),
            Self::Office => catalogue.office.is_some(),
            Self::Interprets => content.relations.iter().any(|said| said.kind == RelationKind::Interprets),
        }
    }
}

/// What documents of a kind of column must tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Required {
    /// The kind of column.
    pub kind: ColumnKind,
    /// The fields, each once.
    pub fields: Vec<Field>,
}

/// What is required until a city says otherwise: what a catalogue files a policy document by (RULES.md A4), and what an interpretation is for.
#[must_use]
pub(super) fn default_required() -> Vec<Required> {
    vec![
        Required { kind: ColumnKind::Policies, fields: vec![Field::WrittenOn, Field::Subject, Field::Genre] },
        Required { kind: ColumnKind::Interpretations, fields: vec![Field::Interprets] },
    ]
}
