//! 发布前检查: how strict the checks are, and the word lists they look with.

mod adopt;
mod drop;
mod list;
mod read;
mod rules;
mod strictness;

use domain::id::ListName;
use gateway::Problem;
pub(super) use strictness::Level;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{problems::WORD_LIST_NOT_FOUND, state::PublishState};

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new()
        .routes(routes!(read::read))
        .routes(routes!(rules::change))
        .routes(routes!(list::read, adopt::adopt))
        .routes(routes!(drop::drop_list))
}

/// A name in a path; one of another shape names no list.
fn list_name(text: &str) -> Result<ListName, Problem> {
    text.parse().map_err(|_| Problem::plain(&WORD_LIST_NOT_FOUND))
}
