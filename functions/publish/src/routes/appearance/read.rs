//! `GET /appearance`, `GET /sites/{label}/appearance`.

use access::Action;
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, may, openapi::ReadProblems, versioned};
use domain::{SiteLabel, StreamId, appearance::Appearance};
use gateway::PathParam;

use super::{look::AppearanceView, resource};
use crate::{refusal::Refusal, routes::sites::label, state::PublishState};

/// Reads which banner all sites carry, and whether all are grey (staff).
#[utoipa::path(get, operation_id = "read_appearance", path = "/appearance", tag = "appearance",
    responses((status = 200, description = "How pages look.", body = AppearanceView), ReadProblems))]
pub(crate) async fn of_city(
    State(state): State<PublishState>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    read(&state, &caller, &headers, None).await
}

/// Reads which banner a site carries of its own, and whether it is grey (staff).
#[utoipa::path(get, operation_id = "read_site_appearance", path = "/sites/{label}/appearance", tag = "appearance", params(("label" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj")),
    responses((status = 200, description = "How pages look.", body = AppearanceView), ReadProblems))]
pub(crate) async fn of_site(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(site): PathParam,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    read(&state, &caller, &headers, Some(label(&site)?)).await
}

async fn read(
    state: &PublishState,
    caller: &Caller,
    headers: &HeaderMap,
    site: Option<SiteLabel>,
) -> Result<Response, Refusal> {
    may(state, &caller.staff, Action::ReadRegister, &resource(state, site.as_ref()).await?)?;
    let (appearance, version, _) = state.ledger.read::<Appearance>(&StreamId::appearance(site.as_ref())).await?;
    Ok(versioned(headers, version, AppearanceView::of(site.map(Into::into), version, appearance)))
}
