//! How long things may take in an application for information, as data of the city.

use serde::{Deserialize, Serialize};

use super::fee::FeeSchedule;
use crate::{case::Years, deadline::Limit};

/// What the regulation asks for, in the form in which a city says its own (RULES.md A3).
pub const NATIONAL: &str = include_str!("../../limits/request.json");

/// How long things may take in an application for information, and what it may cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestLimits {
    /// 登记确认.
    pub confirmation: Limit,
    /// 补正告知.
    pub completion_notice: Limit,
    /// 补正.
    pub completion: Limit,
    /// 征求意见.
    pub opinion: Limit,
    /// 缴费.
    pub fee: Limit,
    /// 答复.
    pub reply: Limit,
    /// 信息处理费.
    pub fees: FeeSchedule,
    /// How long after its end what is personal is kept; the privacy notice says the same.
    pub kept_for: Years,
}
