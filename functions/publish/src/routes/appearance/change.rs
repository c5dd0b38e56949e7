//! `PUT /appearance`, `PUT /sites/{label}/appearance`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, may, openapi::Changed, proceed};
use domain::{SiteLabel, StreamId, appearance};
use gateway::{Body, PathParam};

use super::{look::ChangeAppearance, resource};
use crate::{findings::fit_for_the_public, refusal::Refusal, routes::sites::label, state::PublishState};

const OF_CITY: &str = "PUT appearance";
const OF_SITE: &str = "PUT sites/{label}/appearance";

/// Raises or lowers the banner of all sites, turns all grey or gives them their colours back (registrar of the whole city).
///
/// The body is how pages look from now on: what it leaves out ends. Home pages and the pages of columns follow at once, all others bit by bit: `GET /wide-changes` tells how far that is. Grey comes with a stylesheet of its own, so no page is written for it.
#[utoipa::path(put, operation_id = "change_appearance", path = "/appearance", tag = "appearance", params(ChangeHeaders), request_body = ChangeAppearance, responses(Changed))]
pub(crate) async fn of_city(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<ChangeAppearance>,
) -> Result<Response, Refusal> {
    change(&state, OF_CITY, None, envelope, body).await
}

/// Raises or lowers the banner of one site, turns it grey or gives it its colours back (registrar).
///
/// As that of all sites; a page shows both banners, and is grey if either says so.
#[utoipa::path(put, operation_id = "change_site_appearance", path = "/sites/{label}/appearance", tag = "appearance", params(("label" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj"), ChangeHeaders),
    request_body = ChangeAppearance, responses(Changed))]
pub(crate) async fn of_site(
    State(state): State<PublishState>,
    PathParam(site): PathParam,
    envelope: Envelope,
    body: Body<ChangeAppearance>,
) -> Result<Response, Refusal> {
    change(&state, OF_SITE, Some(label(&site)?), envelope, body).await
}

async fn change(
    state: &PublishState,
    action: &'static str,
    site: Option<SiteLabel>,
    envelope: Envelope,
    body: Body<ChangeAppearance>,
) -> Result<Response, Refusal> {
    let order = envelope.change(action, StreamId::appearance(site.as_ref()), &body.json);
    carry_out(state, &order, async {
        let resource = resource(state, site.as_ref()).await?;
        let wanted = body.value.checked()?;
        for (pointer, words) in body.value.public_words() {
            fit_for_the_public(state, pointer, words).await?;
        }
        let permit = |_: &_| may(state, order.envelope.staff(), Action::ChangeAppearance, &resource);
        proceed(state, &order, permit, |standing, context| {
            Ok(appearance::change(standing, site.clone(), wanted.clone(), context)?)
        })
        .await
    })
    .await
}
