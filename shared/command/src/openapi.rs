//! What the OpenAPI documents of functions have in common: how a caller shows who he is, and what a command or a read is answered with.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use gateway::MEDIA_TYPE;
use utoipa::{
    IntoResponses, Modify,
    openapi::{
        ContentBuilder, HeaderBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder,
        schema::{SchemaType, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// Adds the one way to show who asks: a bearer token.
#[derive(Debug)]
pub struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        openapi.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// A serialised description as it is answered with: anybody may keep it for a few minutes.
#[must_use]
pub fn served(document: &'static [u8]) -> axum::response::Response {
    const KIND: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
    ];
    (KIND, document).into_response()
}

/// Answers by their status.
pub type Responses = BTreeMap<String, RefOr<Response>>;

/// What a creation can be answered with.
#[derive(Debug)]
pub struct Created;

/// What a creation can fail with, where its answer tells more than a receipt does.
#[derive(Debug)]
pub struct CreationProblems;

/// What a change can be answered with.
#[derive(Debug)]
pub struct Changed;

/// What many changes at once can fail with as a whole; each is answered by itself.
#[derive(Debug)]
pub struct BatchProblems;

/// What a read with a query can fail with.
#[derive(Debug)]
pub struct QueryProblems;

/// What a read can fail with.
#[derive(Debug)]
pub struct ReadProblems;

/// What a read can fail with where what it reads must be in a state that allows it.
#[derive(Debug)]
pub struct FoundProblems;

/// What a read with parameters behind the question mark can fail with.
#[derive(Debug)]
pub struct PartProblems;

impl IntoResponses for Created {
    fn responses() -> Responses {
        let mut responses = CreationProblems::responses();
        responses
            .insert("201".to_owned(), receipt("The thing exists now; a resend gets this answer again.", &["Location"]));
        responses
    }
}

impl IntoResponses for CreationProblems {
    fn responses() -> Responses {
        problems(&[400, 401, 403, 409, 413, 415, 422, 500, 503])
    }
}

impl IntoResponses for BatchProblems {
    fn responses() -> Responses {
        problems(&[400, 401, 403, 413, 415, 422, 500, 503])
    }
}

impl IntoResponses for Changed {
    fn responses() -> Responses {
        let mut responses = problems(&[400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 500, 503]);
        responses.insert("200".to_owned(), receipt("The change is a fact; a resend gets this answer again.", &[]));
        responses
    }
}

impl IntoResponses for QueryProblems {
    fn responses() -> Responses {
        problems(&[400, 401, 403, 500, 503])
    }
}

impl IntoResponses for ReadProblems {
    fn responses() -> Responses {
        problems(&[401, 403, 404, 500, 503])
    }
}

impl IntoResponses for FoundProblems {
    fn responses() -> Responses {
        problems(&[401, 403, 404, 409, 422, 500, 503])
    }
}

impl IntoResponses for PartProblems {
    fn responses() -> Responses {
        problems(&[400, 401, 403, 404, 500, 503])
    }
}

/// The receipt of a command, with its version and its commit in the headers, and `further` headers.
#[must_use]
pub fn receipt(description: &str, further: &[&str]) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("CommandReceipt"))).build();
    let mut response = ResponseBuilder::new().description(description).content("application/json", content);
    for name in ["ETag", "Taihu-Commit"].iter().chain(further) {
        response = response.header(*name, text_header());
    }
    response.build().into()
}

/// A problem for each of `statuses`.
#[must_use]
pub fn problems(statuses: &[u16]) -> Responses {
    statuses
        .iter()
        .map(|status| {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
            let response = ResponseBuilder::new().description(reason(*status)).content(MEDIA_TYPE, content).build();
            (status.to_string(), response.into())
        })
        .collect()
}

fn reason(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default()
}

fn text_header() -> utoipa::openapi::Header {
    HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)))).build()
}
