//! The parameter of a route's path.

use axum::extract::FromRequestParts;
#[expect(clippy::disallowed_types, reason = "the one place that turns its refusal into a problem")]
use axum::extract::Path;
use http::request::Parts;

use crate::{fallback::not_found, kinds, problem::Problem};

/// The one parameter of a route's path, decoded.
///
/// Refusals: 404 for bytes that are no UTF-8, which name nothing there is. axum's own extractor answers them in plain text, without a code, so clippy forbids it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathParam(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathParam {
    type Rejection = Problem;

    #[expect(clippy::disallowed_types, reason = "the one place that turns its refusal into a problem")]
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(text)) => Ok(Self(text)),
            Err(rejection) if rejection.status().is_client_error() => Err(not_found(parts.uri.clone()).await),
            Err(rejection) => {
                // A route without a parameter, or with several: a mistake of ours.
                tracing::error!(alarm = "path-param", reason = rejection.body_text());
                Err(Problem::plain(&kinds::INTERNAL))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, response::Response, routing::get};
    use http::{Request, StatusCode};
    use tower::ServiceExt;

    use super::*;
    use crate::problem::MEDIA_TYPE;

    async fn asked(path: &str) -> Response {
        let router: Router = Router::new()
            .route("/things/{id}", get(|PathParam(id): PathParam| async move { id }))
            .route("/both/{a}/{b}", get(|PathParam(id): PathParam| async move { id }));
        router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_parameter_is_decoded() {
        let answer = asked("/things/%E5%81%9C%2F").await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(axum::body::to_bytes(answer.into_body(), 100).await.unwrap(), "停/");
    }

    #[tokio::test]
    async fn bytes_that_are_no_text_name_nothing() {
        for path in ["/things/%FF", "/things/a%C0%80", "/things/%ED%A0%80"] {
            let answer = asked(path).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(answer.headers()["content-type"], MEDIA_TYPE, "{path}");
        }
    }

    #[tokio::test]
    async fn a_route_with_two_parameters_is_our_mistake() {
        assert_eq!(asked("/both/1/2").await.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
