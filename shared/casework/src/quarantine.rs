//! Where files of citizens wait from being added to a form until a case takes them: each under a key of its own, which stands nowhere on the server.

use std::fmt;

use async_trait::async_trait;
use aws_sdk_s3::{
    Client,
    error::{DisplayErrorContext, ProvideErrorMetadata},
    primitives::ByteStream,
};
use domain::shanghai;
use frontdoor::{Attachment, Kept, Personal, Quarantine, Unkept};
use jiff::Timestamp;
use ledger::StoreError;
use vault::{LooseKey, Secret};

/// Where they lie in the bucket of what nobody has taken: what begins so goes after two days (`infra/template.yaml`).
pub const FORMS: &str = "form/";

/// Media type of what lies there: to whoever has no key it is nothing.
const SEALED: &str = "application/octet-stream";

/// The part of the quarantine bucket that forms use.
#[derive(Clone)]
pub struct FormFiles {
    client: Client,
    bucket: String,
}

impl FormFiles {
    /// Files in `bucket`; nothing is sent.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self { client, bucket: bucket.into() }
    }

    /// What was added to a form; none where it has gone, or is not what the form says.
    ///
    /// # Errors
    /// The store failed.
    pub async fn take(&self, file: &Attachment) -> Result<Option<Secret<Vec<u8>>>, StoreError> {
        let Some(key) = LooseKey::parse(file.key.expose()) else { return Ok(None) };
        let got = self.client.get_object().bucket(&self.bucket).key(in_bucket(&file.place)).send().await;
        let object = match got {
            Ok(object) => object,
            Err(error) if error.code() == Some("NoSuchKey") => return Ok(None),
            Err(error) => return Err(ledger::store_error(&error)),
        };
        let sealed = object.body.collect().await;
        let sealed =
            sealed.map_err(|error| StoreError::Unavailable { reason: format!("a file broke off: {error}") })?;
        let opened = key.open(&sealed.into_bytes());
        if opened.is_none() {
            tracing::error!(
                alarm = "frontdoor-quarantine",
                "a file in quarantine does not open with the key of its form"
            );
        }
        Ok(opened)
    }
}

#[async_trait]
impl Quarantine for FormFiles {
    async fn keep(&self, bytes: &[u8], now: Timestamp) -> Result<Kept, Unkept> {
        let key = LooseKey::random();
        // The day comes first: whoever lists what lies there sees what is old.
        let place = format!("{}_{}", shanghai::local(now).date(), key.id());
        let sealed = key.seal(bytes).map_err(|error| Unkept(error.to_string()))?;
        let put = self.client.put_object().bucket(&self.bucket).key(in_bucket(&place)).content_type(SEALED);
        let put = put.body(ByteStream::from(sealed)).send().await;
        put.map_err(|error| Unkept(DisplayErrorContext(error).to_string()))?;
        Ok(Kept { place, key: Personal::new(key.text().expose().as_str()) })
    }
}

/// Where it lies: `form/2026-11-30/<id>` for the place `2026-11-30_<id>`.
fn in_bucket(place: &str) -> String {
    format!("{FORMS}{}", place.replacen('_', "/", 1))
}

impl fmt::Debug for FormFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FormFiles({})", self.bucket)
    }
}
