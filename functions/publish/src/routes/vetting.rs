//! 发布前检查: how strict the checks are, and the word lists they look with.

mod adopt;
mod drop;
mod history;
mod list;
mod read;
mod rules;
mod strictness;

use access::{Action, Resource};
use command::{Accepted, Checks, Order, may, proceed};
use domain::{
    Context,
    id::{ListName, Malformed},
    staff::Scope,
    text::Line,
    vetting::{Vetting, VettingEvent, VettingRefusal},
};
use gateway::{Problem, Sentence};
pub(super) use strictness::Level;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{problems::WORD_LIST_NOT_FOUND, refusal::Refusal, state::PublishState};

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new()
        .routes(routes!(read::read))
        .routes(routes!(history::read))
        .routes(routes!(rules::change))
        .routes(routes!(list::read, adopt::adopt))
        .routes(routes!(drop::drop_list))
}

/// Carries out a change of the checks for whoever may change them: a registrar of the whole city.
async fn change(
    state: &PublishState,
    order: &Order,
    decide: impl Fn(&Vetting, &Context) -> Result<Vec<VettingEvent>, VettingRefusal> + Send + Sync,
) -> Result<Accepted<VettingEvent>, Refusal> {
    let permit = |_: &Vetting| may_change(state, order);
    proceed(state, order, permit, |standing, context| Ok(decide(standing, context)?)).await
}

fn may_change(state: &PublishState, order: &Order) -> Result<(), Refusal> {
    may(state, order.envelope.staff(), Action::ChangeVetting, &Resource::all_of(&Scope::CITY))
}

/// Why something is changed.
fn reason(text: &str) -> Result<Line<300>, Refusal> {
    let mut checks = Checks::default();
    checks.line("/reason", text).ok_or_else(|| checks.refusal())
}

/// A name in a path; one of another shape names no list.
fn list_name(text: &str) -> Result<ListName, Problem> {
    text.parse().map_err(|malformed: Malformed| {
        let zh = format!("“{}”不能用作词库名，应为：{}。", malformed.given, malformed.expected_zh);
        Problem::of(&WORD_LIST_NOT_FOUND, Sentence::new(zh, format!("{malformed}.")))
    })
}
