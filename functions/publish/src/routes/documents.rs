//! 文件: from the first draft to the public and back.

mod act;
mod approve;
mod checks;
mod correct;
mod diff;
mod discard;
mod draft;
mod erase;
mod expiry;
mod file;
mod history;
mod publish;
mod publish_urgently;
mod read;
mod relocate;
mod restore;
mod return_to_editor;
pub(super) mod review;
mod review_after;
mod revise;
mod revisions;
mod said;
mod schedule;
mod share;
mod sharing;
mod submit;
pub(super) mod target;
mod view;
mod withdraw;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::PublishState;

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new()
        .routes(routes!(draft::draft))
        .routes(routes!(read::read))
        .routes(routes!(history::read))
        .routes(routes!(revisions::list))
        .routes(routes!(revisions::read))
        .routes(routes!(diff::read))
        .routes(routes!(checks::read))
        .routes(routes!(file::read))
        .routes(routes!(revise::revise))
        .routes(routes!(restore::restore))
        .routes(routes!(discard::discard))
        .routes(routes!(erase::erase))
        .routes(routes!(submit::submit))
        .routes(routes!(return_to_editor::return_to_editor))
        .routes(routes!(approve::approve))
        .routes(routes!(publish::publish))
        .routes(routes!(correct::correct))
        .routes(routes!(sharing::read))
        .routes(routes!(share::share))
        .routes(routes!(share::end))
        .routes(routes!(schedule::schedule))
        .routes(routes!(schedule::unschedule))
        .routes(routes!(publish_urgently::publish_urgently))
        .routes(routes!(review_after::review_after))
        .routes(routes!(expiry::set))
        .routes(routes!(expiry::clear))
        .routes(routes!(relocate::relocate))
        .routes(routes!(withdraw::withdraw))
}
