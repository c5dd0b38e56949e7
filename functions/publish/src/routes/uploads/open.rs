//! `POST /uploads`.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use command::{Caller, Checks};
use domain::{StaffId, document::BodyHash};
use gateway::{Body, Sentence};
use intake::Limits;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permission::may_take_in, quarantine::LASTS, refusal::Refusal, routes::responses::FileProblems, state::PublishState,
};

/// A file that is to be sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenUpload {
    /// How many bytes it has, at most 32 MB.
    #[schema(example = 12_345_678, minimum = 1, maximum = 33_554_432)]
    bytes: u64,
    /// Their SHA-256 in hexadecimal digits; others are refused.
    #[schema(example = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9", pattern = "^[0-9a-f]{64}$")]
    sha256: String,
}

/// Where the file is to be sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UploadView {
    /// Names the upload: what `POST /uploads/{upload}/take-in` takes.
    upload: String,
    /// Always `PUT`.
    #[schema(example = "PUT")]
    method: &'static str,
    /// The address; whoever has it can send these bytes and no others.
    url: String,
    /// Headers that must be sent exactly so.
    headers: BTreeMap<String, String>,
    /// Until when.
    #[schema(format = "date-time")]
    expires_at: String,
}

/// Gives an address to which a file of at most 32 MB can be sent (editor); then it is to be taken in.
#[utoipa::path(post, operation_id = "open_upload", path = "/uploads", tag = "files", request_body = OpenUpload,
    responses((status = 200, description = "Where to send it.", body = UploadView), FileProblems))]
pub(crate) async fn open(
    State(state): State<PublishState>,
    caller: Caller,
    body: Body<OpenUpload>,
) -> Result<Json<UploadView>, Refusal> {
    may_take_in(&caller.staff)?;
    let mut checks = Checks::default();
    let (bytes, most) = (body.value.bytes, Limits::default().bytes);
    if !(1..=most).contains(&bytes) {
        let sentence = Sentence::new(
            format!("文件有 {bytes} 字节，应为 1 字节至 {} MB。", most >> 20),
            format!("It has {bytes} bytes; from 1 byte to {} MB are taken.", most >> 20),
        );
        checks.add("/bytes", "file-size", sentence);
    }
    let hash = checks.converted::<BodyHash>("/sha256", &body.value.sha256);
    let (Some(hash), true) = (hash, checks.passed()) else { return Err(checks.refusal()) };
    let expires_at = state.clock.now() + LASTS;
    let signed = state.quarantine.signed_put(&StaffId::of(&caller.actor), &hash, bytes).await?;
    Ok(Json(UploadView {
        upload: hash.into(),
        method: "PUT",
        url: signed.url,
        headers: signed.headers.into_iter().collect(),
        expires_at: expires_at.to_string(),
    }))
}
