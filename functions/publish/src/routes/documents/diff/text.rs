//! What differs between two bodies, as a reader sees them and with the addresses that only an editor sees.

use std::collections::BTreeSet;

use domain::document::BodyHash;
use gateway::{Problem, kinds::INTERNAL};
use pages::Changes;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{refusal::Refusal, state::PublishState};

/// What differs between two bodies.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct BodyChange {
    /// The lines that differ, in the order of the text, each in parts. Links are followed by where they lead, pictures by where they lie.
    lines: Vec<Vec<SpanView>>,
    /// How many further lines differ.
    more: usize,
    /// Whether the bodies are too long to be compared; then no lines are told.
    too_long: bool,
    /// Whether a body was erased from the store; then no lines are told.
    erased: bool,
    /// Whether all lines read the same, and only how they are marked up differs.
    markup_only: bool,
}

/// A part of a line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpanView {
    /// What became of it.
    kind: SpanKind,
    /// Plain text.
    text: String,
}

/// What became of a part of a line.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SpanKind {
    /// It stayed.
    Kept,
    /// It was taken out.
    Removed,
    /// It was put in.
    Added,
}

/// What differs between the bodies of two texts, none of them `erased`; nothing, if it is one body. Where there is none before, all lines are new.
pub(super) async fn changed(
    state: &PublishState,
    erased: &BTreeSet<BodyHash>,
    from: Option<&BodyHash>,
    to: &BodyHash,
) -> Result<Option<BodyChange>, Refusal> {
    if from == Some(to) {
        return Ok(None);
    }
    if from.into_iter().chain([to]).any(|body| erased.contains(body)) {
        return Ok(Some(BodyChange { erased: true, ..BodyChange::default() }));
    }
    let before = match from {
        Some(hash) => state.ledger.body(hash).await?,
        None => Some(Vec::new()),
    };
    let (Some(before), Some(after)) = (before, state.ledger.body(to).await?) else {
        return Ok(Some(BodyChange { erased: true, ..BodyChange::default() }));
    };
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let (before, after) = (text(before), text(after));
    // Long texts of which every line differs take a while: other requests of this process do not wait for it.
    let compared = tokio::task::spawn_blocking(move || pages::body_changes(&before, &after)).await;
    compared.map(|changes| Some(BodyChange::of(changes))).map_err(|error| {
        tracing::error!(alarm = "comparison-broke", reason = error.to_string());
        Problem::plain(&INTERNAL).into()
    })
}

impl BodyChange {
    /// Of two bodies that are not one.
    fn of(changes: Changes) -> Self {
        let Changes { lines, more, too_long } = changes;
        Self {
            markup_only: lines.is_empty() && !too_long,
            lines: lines.into_iter().map(|line| line.into_iter().map(SpanView::of).collect()).collect(),
            more,
            too_long,
            erased: false,
        }
    }
}

impl SpanView {
    fn of(span: pages::Span) -> Self {
        let kind = match span.kind {
            pages::SpanKind::Kept => SpanKind::Kept,
            pages::SpanKind::Removed => SpanKind::Removed,
            pages::SpanKind::Added => SpanKind::Added,
        };
        Self { kind, text: span.text }
    }
}
