//! An answer that is given instead of the one that was asked for.

use axum::response::{IntoResponse, Response};

/// What a handler answers with when it cannot go on; boxed, for it travels as an error.
#[derive(Debug)]
pub(crate) struct Stop(Box<Response>);

/// What handlers give.
pub(crate) type Answer = Result<Response, Stop>;

impl From<Response> for Stop {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        *self.0
    }
}
