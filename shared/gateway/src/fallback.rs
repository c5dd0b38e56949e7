//! Answers for addresses and methods that do not exist.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Method, Uri};
use percent_encoding::percent_decode_str;

use crate::{
    kinds,
    problem::{Problem, Sentence},
};

/// For `Router::fallback`: there is nothing at this address.
pub async fn not_found(uri: Uri) -> Problem {
    let path: String = uri.path().chars().take(120).collect();
    Problem::of(
        &kinds::NOT_FOUND,
        Sentence::new(
            format!("没有 {path} 这个地址。{}", kinds::NOT_FOUND.remedy),
            format!("There is nothing at {path}. {}", kinds::NOT_FOUND.remedy_en),
        ),
    )
}

/// Middleware: a path whose bytes are no text names nothing; axum would answer it in plain text.
pub async fn text_paths(request: Request, next: Next) -> Response {
    match percent_decode_str(request.uri().path()).decode_utf8() {
        Ok(_) => next.run(request).await,
        Err(_) => not_found(request.uri().clone()).await.into_response(),
    }
}

/// For `Router::method_not_allowed_fallback`: axum adds the `Allow` header itself.
pub async fn method_not_allowed(method: Method) -> Problem {
    Problem::of(
        &kinds::METHOD_NOT_ALLOWED,
        Sentence::new(
            format!("此地址不接受 {method}。{}", kinds::METHOD_NOT_ALLOWED.remedy),
            format!("This address does not take {method}. {}", kinds::METHOD_NOT_ALLOWED.remedy_en),
        ),
    )
}
