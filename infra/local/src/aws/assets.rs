//! Static files, put where the pages that name them will look: before the functions that render those pages are deployed.

use aws_sdk_s3::{
    Client,
    error::{DisplayErrorContext, SdkError},
    operation::{get_object::GetObjectError, put_object::PutObjectError},
    primitives::ByteStream,
};
use pages::{ASSET_CACHE_CONTROL, Asset};
use serde::Serialize;
use thiserror::Error;

/// Whether anything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// What is missing is put.
    Real,
    /// Nothing is written.
    Dry,
}

/// How a file stands in the bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", rename_all = "kebab-case")]
pub enum Standing {
    /// It was missing and was put.
    Put,
    /// It was there, byte for byte and header for header.
    There,
    /// It is missing; nothing was written.
    Missing,
    /// Something else lies under its name; it was left.
    Different {
        /// What differs.
        what: String,
    },
}

/// One static file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// Its key in the bucket.
    pub key: String,
    /// Length in bytes.
    pub bytes: usize,
    /// How it stands.
    #[serde(flatten)]
    pub standing: Standing,
}

/// The bucket cannot be used.
#[derive(Debug, Error)]
#[error("the bucket `{bucket}` cannot be used: {reason}")]
pub struct BucketError {
    bucket: String,
    reason: String,
}

/// Puts every static file of this build into `bucket` that is not there yet, and tells how each stands.
///
/// Again and again with the same end: a name carries the hash of its bytes, so nothing is ever replaced. Files of earlier builds stay, for pages
/// that name them may lie in a cache.
///
/// # Errors
/// The bucket cannot be read or written.
pub async fn place(s3: &Client, bucket: &str, run: Run) -> Result<Vec<Placed>, BucketError> {
    let mut placed = Vec::new();
    for asset in pages::assets() {
        let key = format!("_assets/{}", asset.name);
        let standing = stand(s3, bucket, &key, asset, run).await;
        let standing = standing.map_err(|reason| BucketError { bucket: bucket.to_owned(), reason })?;
        placed.push(Placed { key, bytes: asset.bytes.len(), standing });
    }
    Ok(placed)
}

async fn stand(s3: &Client, bucket: &str, key: &str, asset: &Asset, run: Run) -> Result<Standing, String> {
    if let Some(standing) = found(s3, bucket, key, asset).await? {
        return Ok(standing);
    }
    if run == Run::Dry {
        return Ok(Standing::Missing);
    }
    let put = s3
        .put_object()
        .bucket(bucket)
        .key(key)
        .if_none_match("*")
        .content_type(asset.content_type)
        .cache_control(ASSET_CACHE_CONTROL)
        .body(ByteStream::from(asset.bytes.to_vec()));
    match put.send().await {
        Ok(_) => Ok(Standing::Put),
        // Another deployment was faster; what it put is compared as if it had always been there.
        Err(error) if was_beaten(&error) => {
            found(s3, bucket, key, asset).await?.ok_or_else(|| "it refuses what it does not have".to_owned())
        }
        Err(error) => Err(DisplayErrorContext(error).to_string()),
    }
}

/// How the object under `key` compares; none where there is none.
async fn found(s3: &Client, bucket: &str, key: &str, asset: &Asset) -> Result<Option<Standing>, String> {
    let object = match s3.get_object().bucket(bucket).key(key).send().await {
        Ok(object) => object,
        Err(SdkError::ServiceError(error)) if matches!(error.err(), GetObjectError::NoSuchKey(_)) => return Ok(None),
        Err(error) => return Err(DisplayErrorContext(error).to_string()),
    };
    let headers = [
        ("Content-Type", object.content_type.as_deref(), asset.content_type),
        ("Cache-Control", object.cache_control.as_deref(), ASSET_CACHE_CONTROL),
    ];
    let mut wrong: Vec<_> = headers
        .iter()
        .filter(|(_, stored, wanted)| *stored != Some(wanted))
        .map(|(name, stored, wanted)| format!("{name} is `{}`, not `{wanted}`", stored.unwrap_or_default()))
        .collect();
    let bytes = object.body.collect().await.map_err(|error| error.to_string())?.into_bytes();
    if bytes != asset.bytes.as_ref() {
        wrong.push(format!("its {} bytes are others", bytes.len()));
    }
    Ok(Some(match wrong.is_empty() {
        true => Standing::There,
        false => Standing::Different { what: wrong.join("; ") },
    }))
}

fn was_beaten(error: &SdkError<PutObjectError>) -> bool {
    matches!(error, SdkError::ServiceError(refused) if matches!(refused.raw().status().as_u16(), 409 | 412))
}
