//! The parameters behind a route's question mark.

use axum::extract::{FromRequestParts, Query};
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::{
    kinds::MALFORMED_PARAMETER,
    problem::{Problem, Sentence},
};

/// What `T` has of a route's query.
///
/// Refusals: 400 for a value of another type, and, where `T` denies unknown fields, for a name that is none: a misspelt parameter is not passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryParams<T>(pub T);

impl<S, T> FromRequestParts<S> for QueryParams<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(read)) => Ok(Self(read)),
            Err(rejection) => {
                let told: String = rejection.body_text().chars().take(200).collect();
                let kind = &MALFORMED_PARAMETER;
                Err(Problem::of(
                    kind,
                    Sentence::new(format!("{}（{told}）", kind.remedy), format!("{told}. {}", kind.remedy_en)),
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, response::Response, routing::get};
    use http::{Request, StatusCode};
    use serde::Deserialize;
    use tower::ServiceExt;

    use super::*;
    use crate::problem::MEDIA_TYPE;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Asked {
        before: Option<u64>,
    }

    async fn asked(query: &str) -> Response {
        let told = |QueryParams(asked): QueryParams<Asked>| async move { format!("{:?}", asked.before) };
        let router: Router = Router::new().route("/", get(told));
        router.oneshot(Request::get(format!("/{query}")).body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn parameters_are_read_and_may_be_absent() {
        for (query, told) in [("", "None"), ("?", "None"), ("?before=7", "Some(7)")] {
            let answer = asked(query).await;
            assert_eq!(axum::body::to_bytes(answer.into_body(), 100).await.unwrap(), told, "{query}");
        }
    }

    #[tokio::test]
    async fn what_is_no_parameter_is_a_problem() {
        for query in ["?before=", "?before=x", "?before=-1", "?befor=1", "?before=1&before=2", "?before=%FF"] {
            let answer = asked(query).await;
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{query}");
            assert_eq!(answer.headers()["content-type"], MEDIA_TYPE, "{query}");
        }
    }
}
