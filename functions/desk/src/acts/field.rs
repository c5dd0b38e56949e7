//! What an act asks for.

use serde_json::{Map, Value, json};

use crate::{api::document::Document, fields::Fields, moments};

/// One field of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ActField {
    /// What is to be mended.
    Remark,
    /// What changed, for the public.
    Note,
    /// Why the text cannot wait.
    Urgency,
    /// Why it is withdrawn, for the public.
    Reason,
    /// Why it expires, for the public.
    ExpiryReason,
    /// When.
    At,
    /// Last part of its address.
    Slug,
    /// Another column.
    Column,
    /// A column that lists what stands in another.
    ListedIn,
    /// Why a column lists it no more.
    Unlisted,
}

impl ActField {
    /// Name in the form, id on the page, and name in the request.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Remark => "remark",
            Self::Note => "note",
            Self::Urgency | Self::Reason | Self::ExpiryReason | Self::Unlisted => "reason",
            Self::At => "at",
            Self::Slug => "slug",
            Self::Column | Self::ListedIn => "column",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Remark => "退回意见",
            Self::Note => "更正说明（公开）",
            Self::Urgency => "紧急理由",
            Self::Reason => "撤回理由（公开）",
            Self::ExpiryReason => "到期说明（公开）",
            Self::At => "时间（北京时间）",
            Self::Slug => "网址短名（可不填）",
            Self::Column => "新栏目",
            Self::ListedIn => "列出它的栏目",
            Self::Unlisted => "停止共享的理由",
        }
    }

    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::Remark => "写明要改什么，500 字以内。",
            Self::Note => "说明改了什么，300 字以内，显示在网页上。",
            Self::Urgency => "为什么来不及送审，300 字以内，补审的人会看到。",
            Self::Reason => "300 字以内，显示在原网址上。",
            Self::ExpiryReason => "300 字以内，到期后显示在原网址上。",
            Self::At => "例如 2026-12-01 09:00。",
            Self::Slug => "网址的最后一段，只用小写字母、数字和连字符，40 字以内；不填则自动取名。",
            Self::Column | Self::ListedIn => "包括其他站点的栏目。",
            Self::Unlisted => "200 字以内，只记入操作记录。",
        }
    }

    /// Whether something must be filled in.
    pub(crate) fn is_required(self) -> bool {
        !matches!(self, Self::Slug | Self::ExpiryReason)
    }

    /// Whether it concerns this document: a note is for what is public, a short name for what is not.
    pub(crate) fn concerns(self, verb: &str, document: &Document) -> bool {
        match (self, verb) {
            (Self::Slug, "move") => document.live.is_some(),
            (Self::Slug, _) => document.live.is_none(),
            (Self::Note, "correct") => true,
            (Self::Note, _) => document.live.is_some(),
            _ => true,
        }
    }

    /// What stands in it at first.
    pub(crate) fn at_first(self, document: &Document) -> String {
        match self {
            Self::At => String::new(),
            Self::ExpiryReason => {
                document.expiry.as_ref().map_or("内容已过有效期".to_owned(), |expiry| expiry.reason.clone())
            }
            _ => String::new(),
        }
    }

    /// Puts what was filled in into the request.
    pub(crate) fn put(self, fields: &Fields, body: &mut Map<String, Value>) {
        let name = self.name();
        let value = match self {
            Self::At => json!(moments::meant(fields.text(name))),
            Self::Reason | Self::ExpiryReason => json!(fields.text(name).trim()),
            // One line: who presses the return key in a longer field means nothing by it.
            _ => json!(fields.text(name).split_whitespace().collect::<Vec<_>>().join(" ")),
        };
        if self.is_required() || self == Self::ExpiryReason || value != "" {
            body.insert(name.to_owned(), value);
        }
    }
}
