//! A file as its editors see it.

use std::time::Duration;

use axum::Json;
use domain::file::StoredFile;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    attachments::{FileKind, PictureView},
    refusal::Refusal,
    state::PublishState,
};

/// How long an address is good for.
const LASTS: Duration = Duration::from_secs(5 * 60);

/// A file that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileView {
    /// Names it: what `attachments` and the body of a text name it by. SHA-256 of what is stored, which for pictures is not what was sent.
    #[schema(example = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9")]
    file: String,
    /// What it is.
    kind: FileKind,
    /// Media type that readers get it with.
    #[schema(example = "application/pdf")]
    media_type: String,
    /// How many bytes it has.
    bytes: u64,
    /// Its size in pixels, if it is a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<PictureView>,
    /// An address at which staff can look at it, good for five minutes; only when it is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl FileView {
    pub(crate) fn of(file: &StoredFile) -> Self {
        Self {
            file: file.hash.to_string(),
            kind: file.kind.into(),
            media_type: file.kind.media_type().to_owned(),
            bytes: file.bytes,
            picture: file.picture.as_ref().map(PictureView::of),
            url: None,
        }
    }
}

/// What a file is, with an address at which it can be looked at.
pub(crate) async fn looked_at(state: &PublishState, file: &StoredFile) -> Result<Json<FileView>, Refusal> {
    let url = state.ledger.body_address(&file.hash, LASTS).await?;
    Ok(Json(FileView { url: Some(url), ..FileView::of(file) }))
}
