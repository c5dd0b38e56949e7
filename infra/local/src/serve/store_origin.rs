//! The CDN's origin on one machine: the object store of this process, without HTTP between.

use async_trait::async_trait;

use crate::{
    cdn::origin::{Object, Origin, OriginError},
    cloud::{objects::ObjectStore, tables},
};

/// The pages bucket of an object store.
pub struct StoreOrigin(pub ObjectStore);

#[async_trait]
impl Origin for StoreOrigin {
    async fn object(&self, key: &str) -> Result<Option<Object>, OriginError> {
        let found = self.0.get(tables::PAGES, key).await.map_err(|error| OriginError { reason: error.to_string() })?;
        Ok(found.map(|object| Object {
            bytes: object.bytes,
            etag: format!("\"{}\"", object.meta.etag),
            content_type: object.meta.headers.content_type.unwrap_or_default(),
            disposition: object.meta.headers.content_disposition,
            cache_control: object.meta.headers.cache_control,
            metadata: object.meta.headers.metadata.into_iter().collect(),
        }))
    }
}
