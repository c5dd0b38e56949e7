//! Answers as the OpenAPI document describes them.

use std::collections::BTreeMap;

use gateway::MEDIA_TYPE;
use utoipa::{
    IntoResponses,
    openapi::{
        ContentBuilder, HeaderBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder,
        schema::{SchemaType, Type},
    },
};

type Responses = BTreeMap<String, RefOr<Response>>;

/// What a creation can be answered with.
pub(super) struct Created;

/// What a change can be answered with.
pub(super) struct Changed;

/// What sharing a document, or no more, can be answered with.
pub(super) struct Shared;

/// What many decisions at once can fail with, as a whole.
pub(super) struct DecisionProblems;

/// What taking in a file can fail with.
pub(super) struct FileProblems;

/// What a read with a query can fail with.
pub(super) struct QueryProblems;

/// What a read can fail with.
pub(super) struct ReadProblems;

/// What a read can fail with where what it reads must be in a state that allows it.
pub(super) struct FoundProblems;

/// What a read with parameters behind the question mark can fail with.
pub(super) struct PartProblems;

impl IntoResponses for Created {
    fn responses() -> Responses {
        let mut responses = problems(&[400, 401, 403, 409, 413, 415, 422, 500, 503]);
        responses
            .insert("201".to_owned(), receipt("The thing exists now; a resend gets this answer again.", &["Location"]));
        responses
    }
}

impl IntoResponses for Changed {
    fn responses() -> Responses {
        let mut responses = problems(&[400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 500, 503]);
        responses.insert("200".to_owned(), receipt("The change is a fact; a resend gets this answer again.", &[]));
        responses
    }
}

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

impl IntoResponses for DecisionProblems {
    fn responses() -> Responses {
        problems(&[400, 401, 403, 413, 415, 422, 500, 503])
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

fn receipt(description: &str, further: &[&str]) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("CommandReceipt"))).build();
    let mut response = ResponseBuilder::new().description(description).content("application/json", content);
    for name in ["ETag", "Taihu-Commit"].iter().chain(further) {
        response = response.header(*name, text_header());
    }
    response.build().into()
}

fn problems(statuses: &[u16]) -> Responses {
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
    axum::http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default()
}

fn text_header() -> utoipa::openapi::Header {
    HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)))).build()
}
