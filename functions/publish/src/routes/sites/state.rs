//! `PUT /sites/{label}/state`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, may, openapi::Changed, proceed};
use domain::{
    site::{self, Site, SiteRefusal},
    text::Line,
};
use gateway::{Body, PathParam, Sentence};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{findings::fit_for_the_public, refusal::Refusal, state::PublishState};

const ACTION: &str = "PUT sites/{label}/state";

/// How a site stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Standing {
    /// It is kept up.
    Live,
    /// It is being put right (整改).
    Rectifying,
    /// It stopped for good; its pages stay.
    Archived,
}

/// How a site stands from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeSiteState {
    /// The new state.
    state: Standing,
    /// Last day of a rectification, of the city's calendar; with `rectifying` only.
    #[serde(default)]
    #[schema(example = "2026-12-31", format = "date")]
    until: Option<String>,
    /// Why, for the public: 1–200 characters in one line.
    #[schema(example = "栏目更新不及时，按检查通报要求整改", max_length = 200, min_length = 1)]
    reason: String,
}

#[derive(Debug, Clone)]
enum Checked {
    Live(Line<200>),
    Rectifying(Date, Line<200>),
    Archived(Line<200>),
}

/// Begins a rectification, archives a site, or makes it live again (registrar).
///
/// A rectification lasts at most 60 days and begins at most once a year, unless the deployment says otherwise (G12). All pages of the site tell its state.
#[utoipa::path(put, operation_id = "change_site_state", path = "/sites/{label}/state", tag = "sites", params(("label" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj"), ChangeHeaders),
    request_body = ChangeSiteState, responses(Changed))]
pub(crate) async fn change(
    State(state): State<PublishState>,
    PathParam(label): PathParam,
    envelope: Envelope,
    body: Body<ChangeSiteState>,
) -> Result<Response, Refusal> {
    let label = super::label(&label)?;
    let order = envelope.change(ACTION, label.stream(), &body.json);
    carry_out(&state, &order, async {
        let wanted = checked(&body.value)?;
        // Every page of the site tells it.
        fit_for_the_public(&state, "/reason", &body.value.reason).await?;
        let permit = |standing: &Site| {
            let (_, department, _) = standing.opened.as_ref().ok_or(SiteRefusal::NotOpen)?;
            let resource = Resource::on(department, label.clone());
            may(&state, order.envelope.staff(), Action::ChangeSiteState, &resource)
        };
        proceed(&state, &order, permit, |standing, context| {
            Ok(match wanted.clone() {
                Checked::Live(reason) => site::restore(standing, reason, context)?,
                Checked::Rectifying(until, reason) => {
                    site::rectify(standing, until, reason, state.rectification, context)?
                }
                Checked::Archived(reason) => site::archive(standing, reason, context)?,
            })
        })
        .await
    })
    .await
}

fn checked(request: &ChangeSiteState) -> Result<Checked, Refusal> {
    let mut checks = Checks::default();
    let reason = checks.line("/reason", &request.reason);
    let until = request.until.as_deref().map(|text| checks.day("/until", text));
    match (request.state, until) {
        (Standing::Rectifying, None) => checks.add(
            "/until",
            "day-missing",
            Sentence::new("整改须注明截止日期。", "A rectification takes its last day."),
        ),
        (Standing::Live | Standing::Archived, Some(_)) => checks.add(
            "/until",
            "day-unwanted",
            Sentence::new("只有整改有截止日期。", "Only a rectification has a last day."),
        ),
        _ => {}
    }
    let wanted = match (request.state, reason, until.flatten()) {
        (Standing::Live, Some(reason), _) => Some(Checked::Live(reason)),
        (Standing::Rectifying, Some(reason), Some(until)) => Some(Checked::Rectifying(until, reason)),
        (Standing::Archived, Some(reason), _) => Some(Checked::Archived(reason)),
        _ => None,
    };
    match wanted {
        Some(wanted) if checks.passed() => Ok(wanted),
        _ => Err(checks.refusal()),
    }
}
