//! Answers for addresses and methods that do not exist.

use http::{Method, Uri};

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
