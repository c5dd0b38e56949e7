//! AWS KMS: the key never leaves it; each wrap is bound to the name of what it wraps.

use aws_sdk_kms::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    primitives::Blob,
};
use ledger::{StoreError, store_error};

use super::{RootError, Wrapped};
use crate::key::Key;

const BY: &str = "kms";

/// Part of what a wrap is bound to; KMS writes the rest into its trail, too, so it names a department and never a person.
const CONTEXT: &str = "taihu-vault";

/// Codes of a key that will not be used, however often it is asked.
const REFUSALS: [&str; 6] = [
    "AccessDeniedException",
    "DisabledException",
    "IncorrectKeyException",
    "InvalidKeyUsageException",
    "KMSInvalidStateException",
    "NotFoundException",
];

pub(super) struct Kms {
    client: Client,
    key: String,
}

impl Kms {
    pub(super) fn new(client: Client, key: String) -> Self {
        Self { client, key }
    }

    pub(super) async fn wrap(&self, name: &str, key: &Key) -> Result<Wrapped, RootError> {
        let sent = self.client.encrypt().key_id(&self.key).encryption_context(CONTEXT, name);
        let wrapped =
            sent.plaintext(Blob::new(key.expose().as_slice())).send().await.map_err(|error| refusal(name, &error))?;
        let bytes = wrapped.ciphertext_blob.ok_or_else(|| RootError::Unopened { name: name.to_owned() })?.into_inner();
        Ok(Wrapped { by: BY.to_owned(), bytes })
    }

    pub(super) async fn unwrap(&self, name: &str, wrapped: &Wrapped) -> Result<Key, RootError> {
        if wrapped.by != BY {
            return Err(RootError::Unknown { name: name.to_owned(), by: wrapped.by.clone() });
        }
        let sent = self.client.decrypt().key_id(&self.key).encryption_context(CONTEXT, name);
        let opened = sent
            .ciphertext_blob(Blob::new(wrapped.bytes.as_slice()))
            .send()
            .await
            .map_err(|error| refusal(name, &error))?;
        // The SDK's own copy lives until here and is wiped with ours.
        let bytes = opened.plaintext.map(|blob| zeroize::Zeroizing::new(blob.into_inner()));
        bytes.and_then(|bytes| Key::from_bytes(&bytes)).ok_or_else(|| RootError::Unopened { name: name.to_owned() })
    }
}

fn refusal<E, R>(name: &str, error: &SdkError<E, R>) -> RootError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    match error.code() {
        Some("InvalidCiphertextException") => RootError::Unopened { name: name.to_owned() },
        Some(code) if REFUSALS.contains(&code) => {
            RootError::Refused { reason: format!("{code}: {}", error.message().unwrap_or_default()) }
        }
        Some("LimitExceededException") => StoreError::Throttled.into(),
        _ => store_error(error).into(),
    }
}
