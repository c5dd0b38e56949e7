//! What a column is for.

use serde::{Deserialize, Serialize};

/// What a column is for (栏目类型), as the national check reads it (RULES.md A1 `ColumnType`, A2 V4).
///
/// Stored in events: a further kind is a new version of the events that name kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// 动态要闻.
    News,
    /// 通知公告.
    Notices,
    /// 政策文件.
    Policies,
    /// 政策解读.
    Interpretations,
    /// 机构概况.
    Institution,
    /// 概况信息.
    Overview,
    /// 机构职能.
    Duties,
    /// 领导信息.
    Leaders,
    /// 规划计划.
    Plans,
    /// 人事信息.
    Personnel,
    /// 财政信息.
    Finance,
    /// 统计信息.
    Statistics,
    /// 办事服务.
    Services,
    /// 互动交流.
    Interaction,
    /// 常见问题.
    Questions,
    /// 公共服务专题: its page shows what is newest in the columns below it.
    Topic,
    /// 其他.
    Other,
}

impl ColumnKind {
    /// The kind as citizens read it and as the `ColumnType` meta tag carries it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::News => "动态要闻",
            Self::Notices => "通知公告",
            Self::Policies => "政策文件",
            Self::Interpretations => "政策解读",
            Self::Institution => "机构概况",
            Self::Overview => "概况信息",
            Self::Duties => "机构职能",
            Self::Leaders => "领导信息",
            Self::Plans => "规划计划",
            Self::Personnel => "人事信息",
            Self::Finance => "财政信息",
            Self::Statistics => "统计信息",
            Self::Services => "办事服务",
            Self::Interaction => "互动交流",
            Self::Questions => "常见问题",
            Self::Topic => "公共服务专题",
            Self::Other => "其他",
        }
    }
}
