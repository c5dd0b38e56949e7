//! `POST /{id}/notes`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{case, text::Prose};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    function::{Capability, CaseState},
    sealing::Sealing,
    show::note_name,
    target,
    words::Words,
};

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddNote {
    /// The note, 1–2,000 characters; kept under the case's key.
    #[schema(min_length = 1, max_length = 2000, example = "已电话核实。")]
    text: String,
}

/// Adds a note for whoever else answers for the case (handler, supervisor).
#[utoipa::path(post, operation_id = "note_case", path = "/{id}/notes", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = AddNote, responses(Changed))]
pub(crate) async fn note<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<AddNote>,
) -> Result<Response, C::Refusal> {
    let order = envelope.change(K::ACTIONS.note, target::stream::<K>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let text: Prose<2000> = target::prose("/text", &body.value.text)?;
        sealing
            .act::<_, K>(
                &state,
                Action::HandleCase,
                text.as_str(),
                |case| note_name(case.notes.len() + 1),
                |case, sealed, _| Ok(case::note(case, sealed)?),
            )
            .await
    })
    .await
}
