//! How long the answer to an error report may take, as data of the city.

use serde::{Deserialize, Serialize};

use crate::{case::Years, deadline::Limit};

/// What is asked for everywhere, in the form in which a city says its own (RULES.md A1 G13).
pub const NATIONAL: &str = include_str!("../../limits/correction.json");

/// How long things may take in an error report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionLimits {
    /// 答复.
    pub answer: Limit,
    /// How long after its end what is personal is kept; the privacy notice says the same.
    pub kept_for: Years,
}
