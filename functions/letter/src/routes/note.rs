//! `POST /corrections/{id}/notes`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, note_name, personal_fingerprint};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use domain::{
    FieldName, case,
    case::CaseRefusal,
    correction::Correction,
    text::{Prose, TextRefusal},
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;
use vault::VaultError;

use super::target;
use crate::{refusal::Refusal, state::LetterState};

const ACTION: &str = "POST corrections/{id}/notes";

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddNote {
    /// The note, 1–2,000 characters; kept under the case's key.
    #[schema(min_length = 1, max_length = 2000, example = "已电话核实。")]
    text: String,
}

/// Adds a note for whoever else answers for the case (handler, supervisor).
#[utoipa::path(post, operation_id = "note_correction", path = "/corrections/{id}/notes", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = AddNote, responses(Changed))]
pub(crate) async fn note(
    State(state): State<LetterState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<AddNote>,
) -> Result<Response, Refusal> {
    let mut order = envelope.change(ACTION, target::report(&id)?, &body.json);
    // Who asks for a case that is none is told so; what he sent is compared under the case's key, and stored nowhere without it.
    let key = match personal_fingerprint(&state, &order, &body.json).await {
        Ok((key, fingerprint)) => {
            order.fingerprint = fingerprint;
            key
        }
        Err(VaultError::KeyMissing { .. }) => return Err(CaseRefusal::NotOpened.into()),
        Err(error) => return Err(error.into()),
    };
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let text: Option<Prose<2000>> = checks.prose("/text", &body.value.text);
        let text = text.filter(|text| !text.as_str().is_empty());
        let Some(text) = text else {
            checks.text::<()>("/text", Err(TextRefusal::Empty));
            return Err(checks.problem().into());
        };
        let Some(key) = &key else { return Err(CaseRefusal::Erased.into()) };
        act::<_, Correction>(&state, &order, Action::HandleCase, |case, _| {
            let name: FieldName = note_name(case.notes.len() + 1).parse().map_err(|_| CaseRefusal::NotOpened)?;
            let sealed = key.seal(&name, text.as_str()).map_err(VaultError::from)?;
            Ok(case::note(case, sealed)?)
        })
        .await
    })
    .await
}
