//! S3's operations in terms of the store; everything else is `NotImplemented`.

use std::time::{Duration, SystemTime};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use s3s::{
    Body, S3, S3Error, S3Request, S3Response, S3Result,
    dto::{
        Bucket, CommonPrefix, CreateBucketInput, CreateBucketOutput, DeleteObjectInput, DeleteObjectOutput,
        DeleteObjectsInput, DeleteObjectsOutput, DeletedObject, ETag, EncodingType, GetObjectInput, GetObjectOutput,
        HeadBucketInput, HeadBucketOutput, HeadObjectInput, HeadObjectOutput, ListBucketsInput, ListBucketsOutput,
        ListObjectsV2Input, ListObjectsV2Output, Object as ListedObject, ObjectStorageClass, PutObjectInput,
        PutObjectOutput, StorageClass, StreamingBlob, Timestamp,
    },
    s3_error,
};

use super::{
    BucketRule, Condition, Headers, ListRequest, Listing, Object, ObjectStore, StoreError,
    checks::{collect, condition, declared, unsupported, verify},
    listing::Listed,
    reading::{Asked, content_range, cut, slice},
};
use crate::cloud::credentials::REGION;

/// S3's own limit of entries on a page.
const PAGE: i32 = 1000;

impl From<StoreError> for S3Error {
    fn from(error: StoreError) -> Self {
        let mut told = match &error {
            StoreError::NoSuchBucket(_) => s3_error!(NoSuchBucket),
            StoreError::NoSuchKey(_) => s3_error!(NoSuchKey),
            StoreError::PreconditionFailed => s3_error!(PreconditionFailed),
            StoreError::Unconditional(_) => s3_error!(AccessDenied),
            StoreError::Database(_) => s3_error!(InternalError),
            StoreError::Closed => s3_error!(ServiceUnavailable),
        };
        told.set_message(error.to_string());
        told
    }
}

#[async_trait::async_trait]
impl S3 for ObjectStore {
    async fn list_buckets(&self, request: S3Request<ListBucketsInput>) -> S3Result<S3Response<ListBucketsOutput>> {
        let input = request.input;
        unsupported(&[
            ("continuation-token", input.continuation_token.is_some()),
            ("max-buckets", input.max_buckets.is_some()),
            ("prefix", input.prefix.is_some()),
        ])?;
        let buckets = self
            .buckets()
            .await?
            .into_iter()
            .map(|(name, created)| Bucket { name: Some(name), creation_date: Some(time(created)), bucket_region: None })
            .collect();
        Ok(S3Response::new(ListBucketsOutput { buckets: Some(buckets), ..ListBucketsOutput::default() }))
    }

    async fn create_bucket(&self, request: S3Request<CreateBucketInput>) -> S3Result<S3Response<CreateBucketOutput>> {
        let input = request.input;
        unsupported(&[
            ("x-amz-acl", input.acl.is_some()),
            ("object lock", input.object_lock_enabled_for_bucket == Some(true)),
        ])?;
        // An owned bucket keeps the rule it has: creating it again is refused, as outside us-east-1.
        if self.buckets().await?.iter().any(|(name, _)| *name == input.bucket) {
            return Err(s3_error!(BucketAlreadyOwnedByYou));
        }
        self.set_bucket(&input.bucket, BucketRule::Open).await?;
        Ok(S3Response::new(CreateBucketOutput { location: Some(format!("/{}", input.bucket)) }))
    }

    async fn head_bucket(&self, request: S3Request<HeadBucketInput>) -> S3Result<S3Response<HeadBucketOutput>> {
        let name = request.input.bucket;
        if !self.buckets().await?.iter().any(|(known, _)| *known == name) {
            return Err(s3_error!(NoSuchBucket));
        }
        Ok(S3Response::new(HeadBucketOutput { bucket_region: Some(REGION.to_owned()), ..HeadBucketOutput::default() }))
    }

    async fn put_object(&self, mut request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        refuse_put_wishes(&request.input)?;
        let bytes = collect(request.input.body.take()).await?;
        let declared = declared(&mut request);
        let input = request.input;
        verify(&bytes, &declared, input.content_md5.as_deref())?;
        let condition = condition(input.if_match, input.if_none_match)?;
        let headers = Headers {
            content_type: input.content_type,
            cache_control: input.cache_control,
            content_encoding: input.content_encoding,
            content_disposition: input.content_disposition,
            content_language: input.content_language,
            metadata: input.metadata.unwrap_or_default().into_iter().collect(),
        };
        let etag = self.put(&input.bucket, &input.key, bytes, headers, condition).await?;
        Ok(S3Response::new(PutObjectOutput {
            e_tag: Some(ETag::Strong(etag)),
            checksum_crc32: declared.checksum_crc32,
            checksum_crc32c: declared.checksum_crc32c,
            checksum_crc64nvme: declared.checksum_crc64nvme,
            checksum_sha1: declared.checksum_sha1,
            checksum_sha256: declared.checksum_sha256,
            ..PutObjectOutput::default()
        }))
    }

    async fn get_object(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let input = request.input;
        unsupported(&[
            ("partNumber", input.part_number.is_some()),
            ("versionId", input.version_id.is_some()),
            ("customer keys", input.sse_customer_algorithm.is_some()),
        ])?;
        let Object { meta, bytes } = self.get(&input.bucket, &input.key).await?.ok_or_else(|| s3_error!(NoSuchKey))?;
        Asked {
            if_match: input.if_match,
            if_none_match: input.if_none_match,
            if_modified_since: input.if_modified_since,
            if_unmodified_since: input.if_unmodified_since,
        }
        .check(&meta)?;
        let cut = cut(input.range, meta.size)?;
        let body = match &cut {
            Some(cut) => slice(&bytes, cut)?,
            None => bytes,
        };
        Ok(S3Response::new(GetObjectOutput {
            accept_ranges: Some("bytes".to_owned()),
            content_length: i64::try_from(body.len()).ok(),
            content_range: cut.map(|cut| content_range(&cut, meta.size)),
            e_tag: Some(ETag::Strong(meta.etag)),
            last_modified: Some(time(meta.modified)),
            content_type: content_type(&meta.headers),
            cache_control: meta.headers.cache_control,
            content_encoding: meta.headers.content_encoding,
            content_disposition: meta.headers.content_disposition,
            content_language: meta.headers.content_language,
            metadata: Some(meta.headers.metadata.into_iter().collect()),
            body: Some(StreamingBlob::from(Body::from(body))),
            ..GetObjectOutput::default()
        }))
    }

    async fn head_object(&self, request: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        let input = request.input;
        unsupported(&[
            ("partNumber", input.part_number.is_some()),
            ("versionId", input.version_id.is_some()),
            ("Range", input.range.is_some()),
            ("customer keys", input.sse_customer_algorithm.is_some()),
        ])?;
        let meta = self.head(&input.bucket, &input.key).await?.ok_or_else(|| s3_error!(NoSuchKey))?;
        Asked {
            if_match: input.if_match,
            if_none_match: input.if_none_match,
            if_modified_since: input.if_modified_since,
            if_unmodified_since: input.if_unmodified_since,
        }
        .check(&meta)?;
        Ok(S3Response::new(HeadObjectOutput {
            accept_ranges: Some("bytes".to_owned()),
            content_length: i64::try_from(meta.size).ok(),
            e_tag: Some(ETag::Strong(meta.etag)),
            last_modified: Some(time(meta.modified)),
            content_type: content_type(&meta.headers),
            cache_control: meta.headers.cache_control,
            content_encoding: meta.headers.content_encoding,
            content_disposition: meta.headers.content_disposition,
            content_language: meta.headers.content_language,
            metadata: Some(meta.headers.metadata.into_iter().collect()),
            ..HeadObjectOutput::default()
        }))
    }

    async fn delete_object(&self, request: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
        let input = request.input;
        unsupported(&[
            ("versionId", input.version_id.is_some()),
            ("x-amz-mfa", input.mfa.is_some()),
            ("x-amz-if-match-size", input.if_match_size.is_some()),
            ("x-amz-if-match-last-modified-time", input.if_match_last_modified_time.is_some()),
        ])?;
        let condition = condition(input.if_match, None)?;
        self.delete(&input.bucket, &input.key, condition).await?;
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }

    async fn delete_objects(
        &self,
        request: S3Request<DeleteObjectsInput>,
    ) -> S3Result<S3Response<DeleteObjectsOutput>> {
        let input = request.input;
        unsupported(&[("x-amz-mfa", input.mfa.is_some())])?;
        if input.delete.objects.is_empty() || input.delete.objects.len() > 1000 {
            return Err(s3_error!(MalformedXML));
        }
        let named = input.delete.objects;
        unsupported(&[
            ("VersionId", named.iter().any(|one| one.version_id.is_some())),
            ("ETag", named.iter().any(|one| one.e_tag.is_some())),
        ])?;
        // Waiting together, they share one commit.
        let removals = named.iter().map(|one| self.delete(&input.bucket, &one.key, Condition::Unconditional));
        futures::future::try_join_all(removals).await?;
        let quiet = input.delete.quiet == Some(true);
        let deleted =
            named.into_iter().map(|one| DeletedObject { key: Some(one.key), ..DeletedObject::default() }).collect();
        Ok(S3Response::new(DeleteObjectsOutput {
            deleted: (!quiet).then_some(deleted),
            ..DeleteObjectsOutput::default()
        }))
    }

    async fn list_objects_v2(
        &self,
        request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        let input = request.input;
        unsupported(&[
            ("fetch-owner", input.fetch_owner == Some(true)),
            ("optional attributes", input.optional_object_attributes.is_some()),
        ])?;
        let limit = input.max_keys.unwrap_or(PAGE).min(PAGE);
        let limit = usize::try_from(limit).map_err(|_| s3_error!(InvalidArgument))?;
        let from = match (&input.continuation_token, &input.start_after) {
            (Some(token), _) => BASE64_URL_SAFE_NO_PAD
                .decode(token)
                .map_err(|_| s3_error!(InvalidArgument, "the continuation token is not ours"))?,
            (None, Some(key)) => [key.as_bytes(), &[0]].concat(),
            (None, None) => Vec::new(),
        };
        let asked = ListRequest {
            prefix: input.prefix.clone().unwrap_or_default(),
            delimiter: input.delimiter.clone().unwrap_or_default(),
            from,
            limit,
        };
        let Listing { keys, prefixes, next } = self.list(&input.bucket, asked).await?;
        let encoded = input.encoding_type.as_ref().is_some_and(|kind| kind.as_str() == EncodingType::URL);
        let spell = if encoded { percent_encode } else { |text| text };
        Ok(S3Response::new(ListObjectsV2Output {
            key_count: i32::try_from(keys.len() + prefixes.len()).ok(),
            is_truncated: Some(next.is_some()),
            next_continuation_token: next.map(|next| BASE64_URL_SAFE_NO_PAD.encode(next)),
            contents: Some(keys.into_iter().map(|one| listed(one, spell)).collect()),
            common_prefixes: Some(
                prefixes.into_iter().map(|prefix| CommonPrefix { prefix: Some(spell(prefix)) }).collect(),
            ),
            name: Some(input.bucket),
            prefix: input.prefix.map(spell),
            delimiter: input.delimiter.map(spell),
            start_after: input.start_after.map(spell),
            continuation_token: input.continuation_token,
            encoding_type: input.encoding_type,
            max_keys: i32::try_from(limit).ok(),
            request_charged: None,
        }))
    }
}

fn refuse_put_wishes(input: &PutObjectInput) -> S3Result<()> {
    unsupported(&[
        ("x-amz-acl", input.acl.is_some()),
        (
            "x-amz-grant-*",
            input.grant_full_control.is_some()
                || input.grant_read.is_some()
                || input.grant_read_acp.is_some()
                || input.grant_write_acp.is_some(),
        ),
        ("Expires", input.expires.is_some()),
        (
            "object lock",
            input.object_lock_legal_hold_status.is_some()
                || input.object_lock_mode.is_some()
                || input.object_lock_retain_until_date.is_some(),
        ),
        ("server-side encryption", input.server_side_encryption.is_some() || input.sse_customer_algorithm.is_some()),
        (
            "x-amz-storage-class",
            input.storage_class.as_ref().is_some_and(|class| class.as_str() != StorageClass::STANDARD),
        ),
        ("x-amz-tagging", input.tagging.is_some()),
        ("x-amz-website-redirect-location", input.website_redirect_location.is_some()),
        ("x-amz-write-offset-bytes", input.write_offset_bytes.is_some()),
    ])
}

fn content_type(headers: &Headers) -> Option<String> {
    let default = || "binary/octet-stream".to_owned();
    Some(headers.content_type.clone().unwrap_or_else(default))
}

fn listed(one: Listed, spell: fn(String) -> String) -> ListedObject {
    ListedObject {
        key: Some(spell(one.key)),
        e_tag: Some(ETag::Strong(one.etag)),
        size: Some(one.size),
        last_modified: Some(time(one.modified)),
        storage_class: Some(ObjectStorageClass::from_static(ObjectStorageClass::STANDARD)),
        ..ListedObject::default()
    }
}

pub(super) fn time(milliseconds: i64) -> Timestamp {
    let since = Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default());
    Timestamp::from(SystemTime::UNIX_EPOCH + since)
}

// `encoding-type=url`: S3 leaves the slash as it is.
fn percent_encode(text: String) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => {
                // Writing into a String cannot fail.
                let _written = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}
