//! 附件: what stands beside a text or in it as a picture. A file is looked at, stored under the hash of its bytes, and public only with a text that names it.

mod read;
mod take_in;
mod view;

use std::time::Instant;

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use domain::{
    StaffId,
    document::BodyHash,
    file::{Picture, Rendition, StoredFile},
};
use gateway::{FieldError, Problem, Sentence};
use intake::{Limits, Offered, Taken};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{problems::FILE_UNFIT, refusal::Refusal, state::PublishState};
pub(super) use view::{FileView, looked_at};

pub(super) fn routes() -> OpenApiRouter<PublishState> {
    OpenApiRouter::new().routes(routes!(take_in::take_in)).routes(routes!(read::read))
}

/// Looks at a file and stores what is made of it: its bytes first, then what is told of them. The same file again changes nothing.
pub(super) async fn taken_in(
    state: &PublishState,
    staff: &StaffId,
    name: String,
    bytes: Vec<u8>,
) -> Result<Response, Refusal> {
    let began = Instant::now();
    // It is never closed.
    let _room = state.decoding.acquire().await;
    let looked = tokio::task::spawn_blocking(move || {
        intake::take_in(&Offered { name: &name, bytes: &bytes }, &Limits::default())
    });
    let looked = looked.await.map_err(|panic| {
        tracing::error!(alarm = "intake-panicked", %panic);
        Problem::plain(&gateway::kinds::INTERNAL)
    })?;
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let told = |outcome: &str, file: &str| {
        tracing::info!(action = "POST files", staff = staff.as_str(), file, outcome, milliseconds);
    };
    let taken = looked.map_err(|refusal| {
        told(refusal.code(), "");
        unfit(&refusal)
    })?;
    let file = store(state, staff, taken).await?;
    told("accepted", file.hash.as_str());
    Ok(Json(FileView::of(&file)).into_response())
}

async fn store(state: &PublishState, staff: &StaffId, taken: Taken) -> Result<StoredFile, Refusal> {
    let Taken { kind, bytes, picture } = taken;
    let put = async |bytes: &[u8]| -> Result<BodyHash, Refusal> {
        Ok(state.ledger.put_body(bytes, kind.media_type()).await?)
    };
    let hash = put(&bytes).await?;
    let picture = match picture {
        None => None,
        Some(intake::Picture { width, height, smaller }) => {
            let mut renditions = Vec::new();
            for smaller in &smaller {
                let hash = put(&smaller.bytes).await?;
                renditions.push(Rendition { hash, width: smaller.width, height: smaller.height });
            }
            Some(Picture { width, height, smaller: renditions })
        }
    };
    let file = StoredFile { hash, kind, bytes: bytes.len() as u64, picture };
    Ok(state.ledger.put_file(file, staff).await?)
}

fn unfit(refusal: &intake::Refusal) -> Refusal {
    let (zh, en) = (refusal.chinese(), format!("{refusal}."));
    let error = FieldError {
        pointer: String::new(),
        code: refusal.code().to_owned(),
        detail: zh.clone(),
        detail_en: en.clone(),
        finding: None,
    };
    let sentence = Sentence::new(format!("{zh}{}", FILE_UNFIT.remedy), format!("{en} {}", FILE_UNFIT.remedy_en));
    Problem::of(&FILE_UNFIT, sentence).with_errors(vec![error]).into()
}
