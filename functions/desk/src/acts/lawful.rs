//! Which acts a document allows as it stands; who may is asked when it is done.

use super::{Act, act};
use crate::api::document::{Document, Stage};

/// The acts, the next step first.
pub(crate) fn lawful(document: &Document) -> Vec<&'static Act> {
    let mut verbs: Vec<&str> = Vec::new();
    let (draft, live) = (document.draft.as_ref(), document.live.as_ref());
    if live.is_some_and(|live| live.unreviewed.is_some()) {
        verbs.push("review-after");
    }
    if let Some(draft) = draft {
        match draft.stage {
            Stage::Editing | Stage::Returned => verbs.push("submit"),
            Stage::Submitted => verbs.extend(["approve", "return"]),
            Stage::Approved => {
                verbs.push(if live.is_some() { "correct" } else { "publish" });
                verbs.push("schedule");
                if draft.scheduled.is_some() {
                    verbs.push("unschedule");
                }
                verbs.push("return");
            }
        }
        if draft.stage != Stage::Approved {
            verbs.push("publish-urgently");
        }
    }
    if draft.is_some() || live.is_some() {
        verbs.push("set-expiry");
        if document.expiry.is_some() {
            verbs.push("clear-expiry");
        }
        verbs.push("move");
    }
    if live.is_some() {
        verbs.push("withdraw");
    }
    if draft.is_some() {
        verbs.push("discard");
    }
    verbs.into_iter().filter_map(act).collect()
}
