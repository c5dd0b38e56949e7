//! What a function answers with, handed to Lambda to the byte.
//!
//! Lambda's adapter hands on as a text whatever calls itself one, and a text there has no mark of byte order. A spreadsheet that gets a table
//! in UTF-8 without it takes Chinese for something else.

use std::{future::Future, pin::Pin};

use axum::{
    Router,
    body::{Body, to_bytes},
    response::Response,
};
use lambda_http::IntoResponse;
use tower::{ServiceExt, util::MapResponse};

use crate::{kinds, problem::Problem};

/// The mark of byte order of UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// An answer that Lambda hands on as it is.
#[derive(Debug)]
pub struct ToTheByte(Response);

/// A function's router as its answers are to leave it: with their mark of byte order, where they have one.
#[must_use]
pub fn to_the_byte(router: Router) -> MapResponse<Router, fn(Response) -> ToTheByte> {
    ServiceExt::<lambda_http::Request>::map_response(router, ToTheByte as fn(Response) -> ToTheByte)
}

impl IntoResponse for ToTheByte {
    fn into_response(self) -> Pin<Box<dyn Future<Output = http::Response<lambda_http::Body>> + Send>> {
        Box::pin(handed(self.0))
    }
}

async fn handed(answer: Response) -> http::Response<lambda_http::Body> {
    let (parts, body) = answer.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) if bytes.starts_with(MARK) => {
            http::Response::from_parts(parts, lambda_http::Body::from(Vec::<u8>::from(bytes)))
        }
        Ok(bytes) => IntoResponse::into_response(http::Response::from_parts(parts, Body::from(bytes))).await,
        Err(error) => {
            tracing::error!(alarm = "answer-unreadable", %error);
            let problem = axum::response::IntoResponse::into_response(Problem::plain(&kinds::INTERNAL));
            IntoResponse::into_response(problem).await
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{http::header::CONTENT_TYPE, routing::get};
    use bytes::Bytes;
    use http_body_util::{Full, Limited};

    use super::*;

    async fn answered(text: &'static str) -> lambda_http::Body {
        let table = move || async move { ([(CONTENT_TYPE, "text/csv; charset=utf-8")], text) };
        let router = Router::new().route("/table", get(table));
        let request = http::Request::get("/table").body(lambda_http::Body::Empty).unwrap();
        let answer = to_the_byte(router).oneshot(request).await.unwrap();
        IntoResponse::into_response(answer).await.into_body()
    }

    #[tokio::test]
    async fn a_mark_of_byte_order_is_handed_on() {
        let whole = "\u{feff}名称\r\n甲\r\n";
        assert_eq!(answered(whole).await, lambda_http::Body::Binary(whole.as_bytes().to_vec()));
    }

    #[tokio::test]
    async fn any_other_text_is_handed_on_as_one() {
        assert_eq!(answered("名称\r\n").await, lambda_http::Body::Text("名称\r\n".to_owned()));
    }

    #[tokio::test]
    async fn an_answer_that_breaks_off_is_a_problem() {
        let broken = Body::new(Limited::new(Full::new(Bytes::from_static(b"ab")), 1));
        let (parts, body) = handed(Response::new(broken)).await.into_parts();
        assert_eq!(parts.status, http::StatusCode::INTERNAL_SERVER_ERROR);
        assert!(String::from_utf8_lossy(&body).contains("\"internal\""), "{body:?}");
    }
}
