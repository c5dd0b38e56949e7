//! `GET /documents/{id}/diff`.

mod fields;
mod text;

use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, openapi::PartProblems, versioned};
use domain::document::Revision;
use gateway::{PathParam, Problem, QueryParams};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    revisions::{WrittenView, found, readable},
    target::document_id,
};
use crate::{problems::REVISION_NOT_FOUND, refusal::Refusal, state::PublishState};

use fields::FieldChange;
use text::BodyChange;

/// Which texts are compared.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compared {
    /// The earlier text. If absent: the public one; where nothing is public, the text that was public or returned last and not thrown away since, and else none: all of it is new; where there is no draft, the one that stood before the later text.
    #[param(pattern = "^[0-9a-f]{64}$", required = false)]
    from: Option<String>,
    /// The later text. If absent: the draft; where there is none, the text that became public last, and where none ever did, the last one.
    #[param(pattern = "^[0-9a-f]{64}$", required = false)]
    to: Option<String>,
}

/// What changed from one text of a document to another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Difference {
    /// The document's id.
    id: String,
    /// The document's version.
    version: u64,
    /// The earlier text; absent if there was none before the later one, of which everything is then new.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<WrittenView>,
    /// The later text.
    to: WrittenView,
    /// The fields that differ, with both values; the body is told apart.
    fields: Vec<FieldChange>,
    /// What differs in the body; absent if it is the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<BodyChange>,
}

/// Compares two texts of a document: what is public with what is drafted, if nothing else is asked.
#[utoipa::path(get, operation_id = "compare_revisions", path = "/documents/{id}/diff", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), Compared),
    responses((status = 200, description = "What changed.", body = Difference), PartProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(id): PathParam,
    QueryParams(compared): QueryParams<Compared>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let stream = document_id(&id)?.stream();
    let (document, version, revisions) = readable(&state, &caller, &stream).await?;
    let to = match &compared.to {
        Some(given) => found(&revisions, given)?,
        None => revisions.standing(&document).ok_or_else(|| Problem::plain(&REVISION_NOT_FOUND))?,
    };
    let from = match &compared.from {
        Some(given) => Some(found(&revisions, given)?),
        None => revisions.compared_with(&to.revision, &document),
    };
    let content = |revision: &Revision| revision.content.clone();
    let difference = Difference {
        id,
        version,
        fields: fields::changed(from.map(content), content(to)),
        body: text::changed(&state, &document.erased, from.map(|from| &from.content.body), &to.content.body).await?,
        from: from.map(|from| WrittenView::of(&stream, from)),
        to: WrittenView::of(&stream, to),
    };
    Ok(versioned(&headers, version, difference))
}
