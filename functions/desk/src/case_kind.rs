//! Kinds of cases at the desk: each has its API, its pages and its acts; what they share is one code.

use crate::{
    api::{Api, part},
    visit::Visit,
};

/// A kind of case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaseKind {
    /// 网民找错.
    Correction,
    /// 政府信息公开申请.
    Request,
}

impl CaseKind {
    pub(crate) const ALL: [Self; 2] = [Self::Correction, Self::Request];

    /// Prefix of its streams' names.
    pub(crate) fn category(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Request => "request",
        }
    }

    /// The kind of this category.
    pub(crate) fn of(category: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.category() == category)
    }

    /// Where a case stands, at the desk and in its API: `/requests/<id>`.
    pub(crate) fn at(self, id: &str) -> String {
        format!("/{}s/{}", self.category(), part(id))
    }

    /// The API that tells of it.
    pub(crate) fn api(self, visit: &Visit) -> &Api {
        match self {
            Self::Correction => &visit.letter,
            Self::Request => &visit.disclosure,
        }
    }

    /// The template of its page.
    pub(crate) fn template(self) -> &'static str {
        match self {
            Self::Correction => "case_correction.html",
            Self::Request => "case_request.html",
        }
    }

    /// The act that the page of what was opened offers first, while the case is at work.
    pub(crate) fn reply(self) -> &'static str {
        match self {
            Self::Correction => "answer",
            Self::Request => "draft-reply",
        }
    }

    /// What its citizen wrote is called.
    pub(crate) fn content(self) -> &'static str {
        match self {
            Self::Correction => "来信内容",
            Self::Request => "申请内容",
        }
    }

    /// What a reason to open it begins with.
    pub(crate) fn why(self, is_closed: bool) -> &'static str {
        match (self, is_closed) {
            (Self::Correction, false) => "核实并答复",
            (Self::Correction, true) => "复核答复",
            (Self::Request, false) => "办理本次申请",
            (Self::Request, true) => "复核本次申请",
        }
    }
}
