//! Why the API did not do what it was asked.

use http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

/// An answer that is a problem.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) problem: Problem,
    pub(crate) retry_after: Option<HeaderValue>,
}

/// A problem (RFC 9457), as far as a page tells it.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) detail: String,
    #[serde(default)]
    pub(crate) request: Option<String>,
    #[serde(default)]
    pub(crate) errors: Vec<FieldError>,
    #[serde(default)]
    pub(crate) version: Option<u64>,
    #[serde(default)]
    pub(crate) changes: Vec<Change>,
    #[serde(default)]
    pub(crate) more: Option<u64>,
}

/// A field that is not as it should be.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct FieldError {
    pub(crate) pointer: String,
    pub(crate) detail: String,
    #[serde(default)]
    pub(crate) finding: Option<String>,
}

/// What somebody else did since the form was shown.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Change {
    pub(crate) at: String,
    pub(crate) actor: String,
    #[serde(default)]
    pub(crate) events: Vec<String>,
}

impl Refusal {
    /// Where the answer is none that the desk can read.
    pub(crate) fn unreadable(reason: &str) -> Self {
        tracing::error!(alarm = "desk-api", reason, "the API gave no answer that can be read");
        let problem = Problem {
            code: "unavailable".to_owned(),
            title: "系统暂时没有应答".to_owned(),
            detail: "后台没有给出可读的应答，请稍后再试。".to_owned(),
            ..Problem::default()
        };
        Self { status: StatusCode::BAD_GATEWAY, problem, retry_after: None }
    }

    /// Whether the session is over for the API.
    pub(crate) fn ends_session(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED
    }

    /// Whether nobody knows if the command was carried out, or it may be in a moment: its key is kept for the next try.
    pub(crate) fn keeps_key(&self) -> bool {
        self.status.is_server_error() || matches!(self.problem.code.as_str(), "earlier-try-open" | "conflict")
    }
}
