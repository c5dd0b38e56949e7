//! An act on one document in whose column somebody has a say.

use axum::response::Response;
use command::{Order, carry_out, proceed};
use domain::{
    aggregate::Context,
    column::Review,
    document::{Document, DocumentEvent, DocumentRefusal},
    staff::Staff,
};

use super::review;
use crate::{refusal::Refusal, state::PublishState};

/// Carries out `order`: `said` is what the request says, once checked, and `decide` what it means. `permit` and `decide` are told what the document's column
/// asks of its review.
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
