//! Answers of this function alone, as the OpenAPI document describes them.

use command::openapi::{Responses, problems, receipt};
use utoipa::IntoResponses;

/// What sharing a document, or no more, can be answered with.
pub(super) struct Shared;

/// What taking in a file can fail with.
pub(super) struct FileProblems;

impl IntoResponses for Shared {
    fn responses() -> Responses {
        let mut responses = problems(&[400, 401, 403, 404, 409, 413, 415, 422, 500, 503]);
        responses.insert("200".to_owned(), receipt("The change is a fact; a resend gets this answer again.", &[]));
        responses
    }
}

impl IntoResponses for FileProblems {
    fn responses() -> Responses {
        problems(&[400, 401, 403, 404, 413, 415, 422, 500, 503])
    }
}
