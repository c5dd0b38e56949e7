//! Where large files wait until somebody has looked at them: they go there past the functions, by an address that is signed for exactly these bytes.
//!
//! Nobody reads there but the function that takes in; what lies there goes after a day. Beside it, under another prefix, lie files of citizens' forms, which go after two (ADR 036).

use std::time::Duration;

use aws_sdk_s3::{Client, error::ProvideErrorMetadata, presigning::PresigningConfig};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{StaffId, document::BodyHash};
use gateway::{Problem, kinds};
use ledger::StoreError;

use crate::refusal::Refusal;

/// How long an address is good for.
pub(crate) const LASTS: Duration = Duration::from_secs(15 * 60);

/// The quarantine bucket.
#[derive(Debug, Clone)]
pub(crate) struct Quarantine {
    client: Client,
    bucket: String,
}

/// A request that may be sent once or often: it puts the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    pub(crate) url: String,
    /// Names and values, without the host's.
    pub(crate) headers: Vec<(String, String)>,
}

impl Quarantine {
    pub(crate) fn new(client: Client, bucket: &str) -> Self {
        Self { client, bucket: bucket.to_owned() }
    }

    /// The request by which `staff` puts the `bytes` bytes of this hash there; others are refused by the store.
    pub(crate) async fn signed_put(&self, staff: &StaffId, hash: &BodyHash, bytes: u64) -> Result<Signed, Refusal> {
        let length = i64::try_from(bytes).map_err(|_| Problem::plain(&kinds::INTERNAL))?;
        let expires = PresigningConfig::expires_in(LASTS).map_err(|error| broken(&error))?;
        let put = self.client.put_object().bucket(&self.bucket).key(key(staff, hash)).content_length(length);
        let put = put.checksum_sha256(checksum(hash)?).presigned(expires).await.map_err(|error| broken(&error))?;
        let headers = put.headers().filter(|(name, _)| !name.eq_ignore_ascii_case("host"));
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Signed { url: put.uri().to_owned(), headers })
    }

    /// What `staff` put there, if it is there and has the hash that it was to have.
    pub(crate) async fn get(&self, staff: &StaffId, hash: &BodyHash) -> Result<Option<Vec<u8>>, Refusal> {
        let got = self.client.get_object().bucket(&self.bucket).key(key(staff, hash)).send().await;
        let object = match got {
            Ok(object) => object,
            Err(error) if error.code() == Some("NoSuchKey") => return Ok(None),
            Err(error) => return Err(unavailable(&error)),
        };
        let bytes = object.body.collect().await.map_err(|error| unavailable(&error))?.to_vec();
        Ok(Some(bytes).filter(|bytes| BodyHash::of(bytes) == *hash))
    }
}

fn key(staff: &StaffId, hash: &BodyHash) -> String {
    format!("staff/{staff}/{hash}")
}

/// The hash as S3's checksum headers spell it.
fn checksum(hash: &BodyHash) -> Result<String, Refusal> {
    let digits = data_encoding::HEXLOWER.decode(hash.as_str().as_bytes()).map_err(|error| broken(&error))?;
    Ok(STANDARD.encode(digits))
}

fn broken(error: &(dyn std::error::Error + 'static)) -> Refusal {
    tracing::error!(error, "an address for an upload cannot be signed");
    Problem::plain(&kinds::INTERNAL).into()
}

fn unavailable(error: &(dyn std::error::Error + 'static)) -> Refusal {
    StoreError::Unavailable { reason: error.to_string() }.into()
}
