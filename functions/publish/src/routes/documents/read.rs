//! `GET /documents/{id}`.

use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, openapi::ReadProblems, versioned};
use domain::document::{BodyHash, Document, DocumentRefusal};
use gateway::PathParam;

use super::{
    review,
    target::document_id,
    view::{DiscardedView, DocumentView, DraftView, ExpiryView, LiveView, NoteView, WithdrawnView},
};
use crate::{origin::ArrivalView, refusal::Refusal, state::PublishState};

/// Reads a document, its own writes included.
///
/// Folds the ledger and not a view: who has just written reads what he wrote.
#[utoipa::path(get, operation_id = "read_document", path = "/documents/{id}", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "The document.", body = DocumentView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(id): PathParam,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let (document, version, _) = state.ledger.read::<Document>(&id.stream()).await?;
    review::may_read(&state, &caller.staff, &document).await?;
    let review = match &document.draft {
        Some(_) => Some(review::of(&state, &document).await?),
        None => None,
    };
    let (Some(column), Some(department)) = (document.column, document.department) else {
        return Err(DocumentRefusal::NotDrafted.into());
    };
    let draft = match document.draft.zip(review) {
        Some((draft, review)) => {
            let html = body(&state, &draft.content.body).await?;
            Some(DraftView::of(draft, &review, html))
        }
        None => None,
    };
    let live = match document.live {
        Some(live) => {
            let html = body(&state, &live.content.body).await?;
            Some(LiveView::of(live, html, &state.city))
        }
        None => None,
    };
    let places = document.places.iter();
    let view = DocumentView {
        id: id.into(),
        version,
        column: column.into(),
        department: department.into(),
        index_number: document.index_number.map(|number| number.text),
        draft,
        live,
        discarded: document.discarded.map(DiscardedView::of),
        withdrawn: document.withdrawn.map(|withdrawn| WithdrawnView::of(withdrawn, &state.city)),
        expiry: document.expiry.map(ExpiryView::of),
        notes: document.notes.into_iter().map(NoteView::of).collect(),
        arrival: document.arrival.map(ArrivalView::of),
        places: places.map(|(site, path)| state.city.url(site.as_str(), path.as_str())).collect(),
    };
    Ok(versioned(&headers, version, view))
}

/// A stored body, made harmless once more on its way out.
pub(super) async fn body(state: &PublishState, hash: &BodyHash) -> Result<Option<String>, Refusal> {
    let bytes = state.ledger.body(hash).await?;
    Ok(bytes.map(|bytes| pages::sanitise(&String::from_utf8_lossy(&bytes))))
}
