//! `POST /{id}/files`: staff put a file into a case.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed, problems::STALE};
use domain::case::{self, Added};
use gateway::{Octets, PathParam, Problem, QueryParams};
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use crate::{
    adding::{Laid, added_name, fingerprint, laid_away},
    files::name_of,
    function::{Capability, CaseState},
    sealing::Sealing,
    target,
    words::Words,
};

/// How the file is called where it comes from.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Name {
    /// Its name with its ending, which must fit what it is; kept under the case's key.
    #[param(example = "合同扫描件.pdf", min_length = 1, max_length = 100)]
    name: String,
}

/// The file itself.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only its schema matters")]
pub(crate) struct AddedBytes(Vec<u8>);

/// Puts a file of at most 4 MB into a case (handler, supervisor): a scan of what came on paper, or what is to be given with the reply.
///
/// Its kind is found by looking at it, pictures are made anew without what cameras write into them. It is kept under the case's key, and the answer names it. A case takes 30.
#[utoipa::path(post, operation_id = "add_case_file", path = "/{id}/files", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), Name, ChangeHeaders),
    request_body(content = AddedBytes, content_type = "application/octet-stream"), responses(Changed))]
pub(crate) async fn add<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    PathParam(id): PathParam,
    QueryParams(Name { name }): QueryParams<Name>,
    envelope: Envelope,
    Octets(bytes): Octets,
) -> Result<Response, C::Refusal> {
    let told = json!({ "name": name, "file": fingerprint(&bytes) });
    let order = envelope.change(K::ACTIONS.add_file, target::stream::<K>(&id)?, &told);
    let sealing = Sealing::of(&state, order, &told).await?;
    carry_out(&state, &sealing.order, async {
        let mut checks = Checks::default();
        let Some(name) = checks.line::<100>("/name", &name) else { return Err(checks.problem().into()) };
        let file = added_name(&sealing.order.id)?;
        let laid = laid_away::<_, K>(&state, &sealing, &file, name.as_str(), bytes).await?;
        let called = laid.as_ref().map_or("", |laid| &laid.name);
        sealing
            .act::<_, K>(
                &state,
                Action::HandleCase,
                called,
                |_| name_of(file.as_str()),
                |case, name, _| match &laid {
                    Some(Laid { hash, kind, bytes, .. }) => {
                        let (file, hash, kind, bytes) = (file.clone(), hash.clone(), *kind, *bytes);
                        Ok(case::add_file(case, Added { file, hash, kind, bytes, name })?)
                    }
                    // INVARIANT: the ledger compares versions before it asks.
                    None => Err(Problem::plain(&STALE).into()),
                },
            )
            .await
    })
    .await
}
