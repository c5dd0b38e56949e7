//! What a banner says.

use serde::{Deserialize, Serialize};

use crate::{document::WebAddress, text::Line};

/// How pressing a banner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BannerLevel {
    /// 紧急通知: people have to act, or to keep away.
    Emergency,
    /// 重要提示: people should know.
    Notice,
}

/// A sentence above everything else on every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Banner {
    /// How pressing it is.
    pub level: BannerLevel,
    /// What it says.
    pub text: Line<120>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<BannerLink>,
}

/// Where a banner leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BannerLink {
    /// What to press: `查看避险指引`.
    pub name: Line<30>,
    /// Where that is.
    pub address: WebAddress,
}
