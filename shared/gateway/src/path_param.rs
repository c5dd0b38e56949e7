//! The parameters of a route's path.

use axum::extract::FromRequestParts;
#[expect(clippy::disallowed_types, reason = "the one place that turns its refusal into a problem")]
use axum::extract::Path;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::{fallback::not_found, kinds, problem::Problem};

/// The one parameter of a route's path, decoded.
///
/// Refusals: 404 for bytes that are no UTF-8, which name nothing there is. axum's own extractor answers them in plain text, without a code, so clippy forbids it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathParam(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathParam {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Ok(Self(decoded(parts, state).await?))
    }
}

/// The two parameters of a route's path, decoded, in their order; refusals as of [`PathParam`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathParams(pub String, pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathParams {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let (first, second) = decoded(parts, state).await?;
        Ok(Self(first, second))
    }
}

#[expect(clippy::disallowed_types, reason = "the one place that turns its refusal into a problem")]
async fn decoded<T, S>(parts: &mut Parts, state: &S) -> Result<T, Problem>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    match Path::<T>::from_request_parts(parts, state).await {
        Ok(Path(decoded)) => Ok(decoded),
        Err(rejection) if rejection.status().is_client_error() => Err(not_found(parts.uri.clone()).await),
        Err(rejection) => {
            // A route with fewer or more parameters: a mistake of ours.
            tracing::error!(alarm = "path-param", reason = rejection.body_text());
            Err(Problem::plain(&kinds::INTERNAL))
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
            .route("/both/{a}/{b}", get(|PathParam(id): PathParam| async move { id }))
            .route("/one/{a}", get(|PathParams(a, b): PathParams| async move { a + &b }))
            .route("/two/{a}/{b}", get(|PathParams(a, b): PathParams| async move { format!("{a} {b}") }));
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
        for path in ["/things/%FF", "/things/a%C0%80", "/things/%ED%A0%80", "/two/a/%FF", "/two/%FF/a"] {
            let answer = asked(path).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(answer.headers()["content-type"], MEDIA_TYPE, "{path}");
        }
    }

    #[tokio::test]
    async fn two_parameters_are_decoded_in_their_order() {
        let answer = asked("/two/%E5%81%9C/b%2Fc").await;
        assert_eq!(axum::body::to_bytes(answer.into_body(), 100).await.unwrap(), "停 b/c");
    }

    #[tokio::test]
    async fn a_route_with_another_number_of_parameters_is_our_mistake() {
        for path in ["/both/1/2", "/one/1"] {
            assert_eq!(asked(path).await.status(), StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        }
    }
}
