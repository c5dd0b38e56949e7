//! `POST /documents/{id}/publish`.

use access::Action;
use axum::{extract::State, response::Response};
use domain::{
    Guard,
    column::Opened,
    document::{self, Document, DocumentEvent, DocumentRefusal, Publish, Related},
    index_number::IndexNumber,
    path::Slug,
    shanghai,
};
use gateway::{Body, PathParam, Problem};
use ledger::ExecuteError;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    review::may_publish,
    target::{document_id, slug},
};
use crate::{
    envelope::{ChangeHeaders, Envelope},
    order::{Accepted, Order, Setback, carry_out, execute},
    problems::{self, COLUMN_UNKNOWN, DEPARTMENT_UNKNOWN, store},
    refusal::Refusal,
    register, relations,
    routes::responses::Changed,
    state::PublishState,
};

const ACTION: &str = "POST documents/{id}/publish";

/// Index numbers that are tried, should others take them first.
const NUMBERS: u32 = 50;

/// How a document becomes public.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishDocument {
    /// Last part of its path without `.html`, 1–40 of a–z, 0–9 and `-`. If absent: the one it had when it was public before, else made from its id.
    #[serde(default)]
    #[schema(example = "water", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    slug: Option<String>,
}

/// Makes the approved revision public (publisher of the department that publishes in the column).
///
/// Every level of the column must have approved it. Nobody can set the public instant: it is the commit's. A document that was public before keeps its index number, the date in its path and, unless a slug is given, its name.
#[utoipa::path(post, operation_id = "publish_document", path = "/documents/{id}/publish", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = PublishDocument, responses(Changed))]
pub(crate) async fn publish(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<PublishDocument>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let slug = slug(body.value.slug.as_deref())?;
        let (standing, _, _) = state.ledger.read::<Document>(&order.stream).await?;
        let column = column(&state, &standing).await?;
        may_publish(&state, order.envelope.staff(), Action::Publish, &standing, &column.profile.review)?;
        register::takes_new(&state, &column.column.site()).await?;
        let place = Place { slug, column, related: relations::looked_up(&state, &standing).await? };
        match standing.index_number {
            Some(number) => attempt(&state, &order, &place, &number)
                .await
                .map_err(|error| Setback::After(store::execute(&order, error))),
            None => with_next_number(&state, &order, &place, &standing).await,
        }
    })
    .await
}

/// Where the document goes, and which others its text relates to.
struct Place {
    slug: Option<Slug>,
    column: Opened,
    related: Vec<Related>,
}

/// Takes the series' next number; where others are faster, the one after it.
///
/// The number is claimed in the publishing transaction, so none is given twice, and none is lost to a refusal (索引号, RULES.md A4).
async fn with_next_number(
    state: &PublishState,
    order: &Order,
    place: &Place,
    standing: &Document,
) -> Result<Accepted<DocumentEvent>, Setback> {
    let series = series(state, standing).await?;
    let scope = Guard::index_scope(&series);
    let latest = state.ledger.latest_claim(&scope).await?;
    let latest: u32 = latest.and_then(|claim| claim.parse().ok()).unwrap_or(0);
    let mut serial = latest.saturating_add(1);
    let mut left = NUMBERS;
    loop {
        let number = state.index_scheme.number(&series, serial).map_err(DocumentRefusal::from)?;
        left = left.saturating_sub(1);
        match attempt(state, order, place, &number).await {
            Ok(accepted) => return Ok(accepted),
            Err(ExecuteError::ClaimTaken { guard, .. }) if guard.scope == scope && left > 0 => {
                serial = serial.saturating_add(1);
            }
            Err(error) => return Err(Setback::After(store::execute(order, error))),
        }
    }
}

async fn attempt(
    state: &PublishState,
    order: &Order,
    place: &Place,
    number: &IndexNumber,
) -> Result<Accepted<DocumentEvent>, ExecuteError<Refusal>> {
    let Place { slug, column, related } = place;
    let review = &column.profile.review;
    let permit = |standing: &Document| may_publish(state, order.envelope.staff(), Action::Publish, standing, review);
    execute(state, order, permit, |standing, context| {
        let first = standing.index_number.is_none();
        if first && !number.series.ends_with(&format!("/{:04}", shanghai::local(context.now).year())) {
            // The year turned between the series and the decision; the next try is in the new one.
            return Err(Problem::plain(&problems::CONFLICT).with_retry_after(std::time::Duration::from_secs(1)).into());
        }
        let command = Publish {
            slug: slug.clone(),
            archive: column.archive,
            index_number: number.clone(),
            related: related.clone(),
        };
        Ok(document::publish(standing, command, &review.levels, context)?)
    })
    .await
}

/// The column: how its archive is cut, and what it asks of a review.
///
/// It is the one the document stood in at this read; `If-Match` pins that version for the decision.
async fn column(state: &PublishState, standing: &Document) -> Result<Opened, Setback> {
    let column = standing.column.as_ref().ok_or(DocumentRefusal::NotDrafted)?;
    let found = register::column(state, column).await?;
    Ok(found.ok_or_else(|| register::unknown(&COLUMN_UNKNOWN, "", column.as_str()))?.thing)
}

/// The series of the department's index numbers this year.
async fn series(state: &PublishState, standing: &Document) -> Result<String, Setback> {
    let code = standing.department.as_ref().ok_or(DocumentRefusal::NotDrafted)?;
    let found = register::department(state, code).await?;
    let found = found.ok_or_else(|| register::unknown(&DEPARTMENT_UNKNOWN, "", code.as_str()))?;
    let year = shanghai::local(state.clock.now()).year();
    let series =
        state.index_scheme.series(found.thing.organisation_code.as_str(), year).map_err(DocumentRefusal::from)?;
    Ok(series)
}
