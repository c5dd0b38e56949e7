//! `POST /documents/{id}/restore`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed, proceed};
use domain::document::{self, Document, Revisions, Written};
use gateway::{Body, PathParam, Problem};
use ledger::{LoadError, fold};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target::{document_id, revision};
use crate::{
    permission::may_on,
    problems::{BODY_ERASED, REVISION_NOT_FOUND},
    refusal::Refusal,
    relations::may_relate,
    state::PublishState,
};

const ACTION: &str = "POST documents/{id}/restore";

/// Which text comes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RestoreRevision {
    /// A revision that the document once had: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
}

/// Makes an earlier text the draft again (editor).
///
/// It is an edit like any other: it is reviewed anew, an approval of the present draft is void, and what the text says of other documents is checked as if it were written now.
#[utoipa::path(post, operation_id = "restore_revision", path = "/documents/{id}/restore", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = RestoreRevision, responses(Changed))]
pub(crate) async fn restore(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<RestoreRevision>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let staff = order.envelope.staff();
        // What a document once had never goes away: what is found now is there at the decision.
        let (standing, _, commits) = state.ledger.read::<Document>(&order.stream).await?;
        may_on(&state, staff, Action::Revise, &standing)?;
        let revision = revision(&body.value.revision)?;
        let revisions: Revisions = fold(&commits).map_err(LoadError::from)?;
        let earlier = revisions.named(&revision).ok_or_else(|| Problem::plain(&REVISION_NOT_FOUND))?;
        may_relate(&state, staff, &standing, &earlier.content.relations).await?;
        for body in earlier.content.bodies() {
            if standing.erased.contains(body) || !state.ledger.has_body(body).await? {
                return Err(Problem::plain(&BODY_ERASED).into());
            }
        }
        // Nothing was sent that something could have been taken out of.
        let written = Written::from(earlier.content.clone());
        let permit = |standing: &Document| may_on(&state, staff, Action::Revise, standing);
        proceed(&state, &order, permit, |standing, context| Ok(document::revise(standing, written.clone(), context)?))
            .await
    })
    .await
}
