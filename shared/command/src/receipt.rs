//! The answer to a command: made of its commit alone, so that a resend gets the same bytes.

use std::borrow::Cow;

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Ref, RefOr, schema::Schema},
};

use crate::{function::Function, order::Accepted};

/// Where a commit's address tells how far it has travelled, whichever function made it.
pub const COMMITS_PATH: &str = "/api/publish/commits";

/// An event that tells the sender of its command something; `T` is what a function's events tell together.
pub trait Tells<T> {
    /// Adds to what is told.
    fn tell(&self, _: &mut T) {}
}

/// An accepted command, with what its function's events tell.
///
/// Every field follows from the commit: a resend is answered with the same bytes.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct CommandReceipt<T>(Document<T>);

/// An accepted command.
///
/// Every field follows from the commit: a resend is answered with the same bytes.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Document<T> {
    /// The thing's name: a document's, a column's or a person's id, a site's label, a department's code; what its stream is called for all else: `city` for the calendar.
    #[schema(example = "gq4tmnzzgqztsmzrgq2dqmjsge")]
    id: String,
    /// Its stream.
    #[schema(example = "document:gq4tmnzzgqztsmzrgq2dqmjsge")]
    stream: String,
    /// Its version right after this command: what the next `If-Match` names.
    version: u64,
    /// Address of the commit.
    #[schema(example = "document:gq4tmnzzgqztsmzrgq2dqmjsge:3")]
    commit: String,
    /// Commit time.
    #[schema(format = "date-time", example = "2026-11-23T01:00:00.123Z")]
    at: String,
    #[serde(flatten)]
    told: T,
    /// Where to read on.
    links: Links,
}

/// Addresses, relative to the host.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Links {
    /// The thing itself.
    #[serde(rename = "self")]
    thing: String,
    /// How far the commit has travelled.
    commit: String,
}

impl<T: ToSchema> PartialSchema for CommandReceipt<T> {
    fn schema() -> RefOr<Schema> {
        let mut schema = Document::<T>::schema();
        // What is told is a schema of its own and goes by its name, as it would in a receipt of one function alone.
        if let RefOr::T(Schema::AllOf(parts)) = &mut schema
            && let Some(told) = parts.items.first_mut()
        {
            *told = Ref::from_schema_name(T::name()).into();
        }
        schema
    }
}

impl<T: ToSchema> ToSchema for CommandReceipt<T> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("CommandReceipt")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        Document::<T>::schemas(schemas);
    }
}

impl<T: Default> CommandReceipt<T> {
    /// What an accepted command is answered with.
    pub fn of<S: Function<Told = T>, E: Tells<T>>(state: &S, accepted: &Accepted<E>) -> Self {
        let receipt = &accepted.receipt;
        let commit = format!("{}:{}", receipt.stream, receipt.number);
        let mut told = T::default();
        for event in &accepted.events {
            event.tell(&mut told);
        }
        Self(Document {
            id: receipt.stream.key().to_owned(),
            stream: receipt.stream.to_string(),
            version: receipt.number,
            at: receipt.at.to_string(),
            told,
            links: Links { thing: state.address_of(&receipt.stream), commit: format!("{COMMITS_PATH}/{commit}") },
            commit,
        })
    }
}

/// The answer: 201 for a stream's first commit, 200 for any other.
pub(crate) fn answer<S: Function, E: Tells<S::Told>>(state: &S, accepted: &Accepted<E>) -> Response {
    answered(state, accepted, |receipt| receipt)
}

/// The same, with what `extended` makes of the receipt as its body: for commands that tell more than their commit does.
pub fn answered<S: Function, E: Tells<S::Told>, B: Serialize>(
    state: &S,
    accepted: &Accepted<E>,
    extended: impl FnOnce(CommandReceipt<S::Told>) -> B,
) -> Response {
    let body = CommandReceipt::<S::Told>::of(state, accepted);
    let CommandReceipt(Document { version, commit, links, .. }) = &body;
    let mut headers = HeaderMap::new();
    let mut set = |name, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(name, value);
        }
    };
    set(header::ETAG, &format!("\"{version}\""));
    set(header::HeaderName::from_static("taihu-commit"), commit);
    set(header::CACHE_CONTROL, "no-store");
    let begins = *version == 1 && !state.stands_by_itself(&accepted.receipt.stream);
    let status = if begins {
        set(header::LOCATION, &links.thing);
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    (status, headers, Json(extended(body))).into_response()
}
