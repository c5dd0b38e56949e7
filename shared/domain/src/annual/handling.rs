//! How an application was handled, in the terms of the report.

use serde::{Deserialize, Serialize};

use crate::request::{Conclusion, Decided, Extent, Lapsed, Outcome};

/// How an application was handled (办理结果), as far as its events tell.
///
/// Stored in rows: a further one is a new fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// 予以公开: given, or told where it is public.
    Disclosed,
    /// 部分公开.
    Partial,
    /// 不予公开, on a ground that is told in words only.
    Withheld,
    /// 不予公开: 属于行政查询事项, of which other law rules.
    Inquiry,
    /// 无法提供: 本机关不掌握相关政府信息.
    NotHeld,
    /// 不予处理: 信访举报投诉类申请.
    Petition,
    /// 不予处理: 重复申请.
    Repeat,
    /// 不予处理: 无正当理由大量反复申请.
    Excessive,
    /// 其他处理: 逾期不补正.
    Uncompleted,
    /// 其他处理: 逾期未缴费.
    Unpaid,
    /// 其他处理: 其他, which is that the applicant took it back.
    Otherwise,
}

impl From<&Conclusion> for Handling {
    fn from(conclusion: &Conclusion) -> Self {
        match conclusion {
            Conclusion::Decided(Decided { outcome, .. }) => match outcome {
                Outcome::AlreadyPublic { .. } | Outcome::Provided { extent: Extent::Whole } => Self::Disclosed,
                Outcome::Provided { extent: Extent::Partial { .. } } => Self::Partial,
                Outcome::NotDisclosable { .. } => Self::Withheld,
                Outcome::SpecialLaw { .. } => Self::Inquiry,
                Outcome::DoesNotExist | Outcome::NotOurs { .. } => Self::NotHeld,
                Outcome::Repeat { .. } => Self::Repeat,
                Outcome::Excessive => Self::Excessive,
            },
            Conclusion::Redirected { .. } => Self::Petition,
            Conclusion::Abandoned(Lapsed::Completion) => Self::Uncompleted,
            Conclusion::Abandoned(Lapsed::Fee) => Self::Unpaid,
            Conclusion::Withdrawn(_) => Self::Otherwise,
        }
    }
}
