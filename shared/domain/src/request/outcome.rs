//! The storage format of replies: change a shape only as a new version of the events that carry it.

use serde::{Deserialize, Serialize};

use crate::{case::CaseNumber, text::Line};

/// How much of it is given (art. 37).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Extent {
    /// 予以公开.
    Whole,
    /// 部分公开: what may be given is.
    Partial {
        /// What is withheld, and on which ground; no word of its content.
        withheld: Line<300>,
    },
}

/// The seven kinds of reply (art. 36), and the one that nothing is done (art. 35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outcome {
    /// 已经主动公开: where it is found.
    AlreadyPublic {
        /// Address or place.
        found_at: Line<400>,
    },
    /// 可以公开: given herewith, or when and how.
    Provided {
        /// How much of it.
        extent: Extent,
    },
    /// 不予公开.
    NotDisclosable {
        /// Which article, and why.
        ground: Line<300>,
    },
    /// 经检索没有该信息: it does not exist.
    DoesNotExist,
    /// 不属于本机关负责公开.
    NotOurs {
        /// Which authority it is, and how it is reached, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Line<200>>,
    },
    /// 重复申请.
    Repeat {
        /// Of which case.
        of: CaseNumber,
    },
    /// 不予处理: clearly too many or too often, and the reasons that he gave are not reasonable (art. 35).
    Excessive,
    /// 法律、行政法规另有规定: registers of companies and of land have rules of their own.
    SpecialLaw {
        /// Which.
        law: Line<120>,
    },
}
