//! The storage format of error reports: change a shape only as a new version.

use serde::{Deserialize, Serialize};

use crate::{
    aggregate::Event,
    id::SiteLabel,
    path::SitePath,
    text::{Line, Prose},
};

/// What a reader found wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// 错别字、语句不通.
    Wording,
    /// 内容错误或过时.
    Content,
    /// 页面无法打开.
    Unreachable,
    /// 链接失效.
    DeadLink,
    /// 附件无法下载或打开.
    Attachment,
    /// 其他.
    Other,
}

/// A page of ours that somebody reports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReportedPage {
    /// On which site.
    pub site: SiteLabel,
    /// Where there.
    pub path: SitePath,
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// 已更正: it was wrong, and is right now.
    Corrected,
    /// 内容无误: it is as it should be.
    AsIntended,
    /// 不属本网站: somebody else answers for it; the answer says who.
    Elsewhere,
}

impl Finding {
    /// What the public is told was found.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Corrected => "已更正",
            Self::AsIntended => "经核实，内容无误",
            Self::Elsewhere => "不属本网站",
        }
    }
}

/// The deadlines of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionDeadline {
    /// 答复.
    Answer,
}

/// What can happen to a report beside what happens to any case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum CorrectionEvent {
    /// A reader told that something is wrong.
    ErrorReported {
        /// On which page; none where he named none of ours.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        page: Option<ReportedPage>,
        /// What.
        fault: Fault,
    },
    /// It was looked into, and he is answered in public.
    ErrorAnswered {
        /// What was found.
        finding: Finding,
        /// What it was about, in words for everybody.
        subject: Line<80>,
        /// The answer, in words for everybody.
        answer: Prose<2000>,
    },
    /// The public is not shown the answer any more.
    AnswerWithdrawn {
        /// Why; the reader is told.
        reason: Line<300>,
        /// Whether another answer is owed: the case is open again. Not where what he wrote is erased already.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        reopened: bool,
    },
    /// It was no report of an error; nothing is published.
    ReportDismissed {
        /// Why; the reader is told.
        reason: Line<300>,
    },
}

impl Event for CorrectionEvent {
    fn version(&self) -> u16 {
        1
    }
}
