//! What messages call each kind of case, and where it is read.

use domain::{StreamId, case::Kind, correction::Correction, request::Request};

/// Words and addresses of a kind of case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KindOfCase {
    /// What it is called.
    pub(crate) name: &'static str,
    /// The capability whose status page its citizen asks: `/form/<capability>/status`.
    pub(crate) capability: &'static str,
}

/// The kind of a case's stream; none for what is no case.
pub(crate) fn of(stream: &StreamId) -> Option<KindOfCase> {
    match stream.category() {
        Correction::CATEGORY => Some(KindOfCase { name: "网民找错", capability: "letter" }),
        Request::CATEGORY => Some(KindOfCase { name: "政府信息公开申请", capability: "disclosure" }),
        _ => None,
    }
}
