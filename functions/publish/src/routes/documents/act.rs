//! An act on one document that asks for one permission.

use access::Action;
use axum::response::Response;
use domain::{
    aggregate::Context,
    column::Review,
    document::{Document, DocumentEvent, DocumentRefusal},
    staff::Staff,
};

use super::{review, target::may};
use crate::{
    order::{Order, carry_out, proceed},
    refusal::Refusal,
    state::PublishState,
};

/// Carries out `order` for somebody who needs `action`: `said` is what the request says, once checked, and `decide` what it means.
pub(super) async fn act<T: Send + Sync>(
    state: &PublishState,
    order: &Order,
    action: Action,
    said: Result<T, Refusal>,
    decide: impl Fn(&Document, &T, &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal> + Send + Sync,
) -> Result<Response, Refusal> {
    carry_out(state, order, async {
        let said = said?;
        let permit = |standing: &Document| may(state, order.envelope.staff(), action, standing);
        proceed(state, order, permit, |standing, context| Ok(decide(standing, &said, context)?)).await
    })
    .await
}

/// As [`act`], where the document's column has a say: `permit` is told what it asks, and so is `decide`.
pub(super) async fn act_in_column<T: Send + Sync>(
    state: &PublishState,
    order: &Order,
    permit: impl Fn(&Staff, &Document, &Review) -> Result<(), Refusal> + Send + Sync,
    said: Result<T, Refusal>,
    decide: impl Fn(&Document, &T, &Review, &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal> + Send + Sync,
) -> Result<Response, Refusal> {
    carry_out(state, order, async {
        let said = said?;
        let (standing, _, _) = state.ledger.read::<Document>(&order.stream).await?;
        let review = review::of(state, &standing).await?;
        let permit = |standing: &Document| permit(order.envelope.staff(), standing, &review);
        proceed(state, order, permit, |standing, context| Ok(decide(standing, &said, &review, context)?)).await
    })
    .await
}
