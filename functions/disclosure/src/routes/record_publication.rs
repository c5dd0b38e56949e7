//! `POST /requests/{id}/record-publication`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{Casework, act, target};
use command::{ChangeHeaders, Checks, Envelope, Function, carry_out, openapi::Changed};
use domain::{
    DocumentId,
    document::Document,
    request::{self, Published, Request},
    text::Line,
};
use gateway::{Body, PathParam, Sentence};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/record-publication";

/// Where it is public.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordPublication {
    /// Id of the public document that has the information.
    #[schema(example = "gq4tmnzzgqztsmzrgq2dqmjsge", pattern = "^[a-z2-7]{26}$")]
    document: String,
}

/// Records that the information stands in the open now, since several asked for it (handler, supervisor; art. 44).
///
/// Of an application that was granted, in whole or in part; once. The applicant is shown where it is.
#[utoipa::path(post, operation_id = "record_publication", path = "/{id}/record-publication", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = RecordPublication, responses(Changed))]
pub(crate) async fn record_publication(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<RecordPublication>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let published = published(&state, &body.value.document).await?;
        act::<_, Request>(&state, &order, Action::HandleCase, |case, _| {
            Ok(request::record_publication(case, published.clone())?)
        })
        .await
    })
    .await
}

/// The document that a body names, where it stands in the open now: one that is withdrawn in the same instant counts as withdrawn after.
async fn published(state: &DisclosureState, text: &str) -> Result<Published, Refusal> {
    let mut checks = Checks::default();
    let document = checks.name::<DocumentId>("/document", text).ok_or_else(|| checks.problem())?;
    let (standing, _, _) = state.ledger().read::<Document>(&document.stream()).await?;
    let address = standing.live.map(|live| state.city().url(live.column.site().as_str(), live.path.as_str()));
    match address.and_then(|address| Line::new(&address).ok()) {
        Some(found_at) => Ok(Published { document, found_at }),
        None => {
            let mut checks = Checks::default();
            let sentence = Sentence::new("没有这个编号的公开文件。", "No public document has this id.");
            checks.add("/document", "document-not-public", sentence);
            Err(checks.refusal())
        }
    }
}
