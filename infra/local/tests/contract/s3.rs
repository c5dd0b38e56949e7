//! What the system relies on in S3, asked through the SDK.
//!
//! Runs against our own backend, or, when `TAIHU_TEST_S3_ENDPOINT` is set,
//! against the S3 at that URL (with the local keys).

mod own;

use std::{
    collections::HashMap,
    env,
    sync::atomic::{AtomicU32, Ordering},
};

use aws_sdk_s3::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    operation::put_object::builders::PutObjectFluentBuilder,
    primitives::ByteStream,
    types::{Delete, ObjectIdentifier},
};
use local::cloud::{
    ANY_PORT, Place, Running,
    faults::Faults,
    objects::{self, ObjectStore},
};

use crate::support::sdk;

const BUCKET: &str = "contract";

struct Bench {
    client: Client,
    bucket: String,
    _local: Option<(Running, ObjectStore)>,
}

impl Bench {
    async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (url, local) = match env::var("TAIHU_TEST_S3_ENDPOINT") {
            Ok(url) => (url, None),
            Err(_) => {
                let (running, store) = serve(Faults::none()).await;
                (running.url(), Some((running, store)))
            }
        };
        let client = client(&url);
        let bucket = format!("{BUCKET}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        client.create_bucket().bucket(&bucket).send().await.unwrap();
        Self { client, bucket, _local: local }
    }

    fn put(&self, key: &str, body: impl Into<Vec<u8>>) -> PutObjectFluentBuilder {
        self.client.put_object().bucket(&self.bucket).key(key).body(ByteStream::from(body.into()))
    }

    async fn stored(&self, key: &str, body: impl Into<Vec<u8>>) -> String {
        self.put(key, body).send().await.unwrap().e_tag.unwrap()
    }

    async fn bytes(&self, key: &str) -> Vec<u8> {
        let got = self.client.get_object().bucket(&self.bucket).key(key);
        let got = got.send().await.unwrap();
        got.body.collect().await.unwrap().to_vec()
    }

    async fn keys(&self, prefix: &str) -> Vec<String> {
        let page = self.client.list_objects_v2().bucket(&self.bucket);
        let page = page.prefix(prefix).send().await.unwrap();
        page.contents().iter().map(|one| one.key().unwrap().to_owned()).collect()
    }
}

async fn serve(faults: Faults) -> (Running, ObjectStore) {
    let store = ObjectStore::open(&Place::Memory).unwrap();
    let running = objects::start(store.clone(), ANY_PORT, faults).await.unwrap();
    (running, store)
}

fn client(url: &str) -> Client {
    Client::from_conf(aws_sdk_s3::config::Builder::from(&sdk(url, 1)).force_path_style(true).build())
}

fn status<E, T>(outcome: &Result<T, SdkError<E>>) -> u16 {
    match outcome {
        Ok(_) => 200,
        Err(error) => error.raw_response().map_or(0, |raw| raw.status().as_u16()),
    }
}

#[tokio::test]
async fn sixteen_racing_creations_of_one_key_have_exactly_one_winner() {
    let bench = Bench::new().await;
    for round in 0..5 {
        let key = format!("race/{round}");
        let racers = (0..16).map(|racer| {
            let put = bench.put(&key, format!("racer {racer}")).if_none_match("*");
            async move { (racer, status(&put.send().await)) }
        });
        let ended = futures::future::join_all(racers).await;
        let winners: Vec<_> = ended.iter().filter(|(_, status)| *status == 200).collect();
        assert_eq!(winners.len(), 1, "{ended:?}");
        assert!(ended.iter().all(|(_, status)| [200, 412, 409].contains(status)));
        assert_eq!(bench.bytes(&key).await, format!("racer {}", winners[0].0).into_bytes());
    }
}

#[tokio::test]
async fn no_update_is_lost_when_each_names_the_etag_it_read() {
    let bench = Bench::new().await;
    bench.stored("counter", "0").await;
    let adders = (0..8).map(|_| async {
        for _ in 0..5 {
            loop {
                let read = bench.client.get_object().bucket(&bench.bucket).key("counter");
                let read = read.send().await.unwrap();
                let etag = read.e_tag.unwrap();
                let bytes = read.body.collect().await.unwrap().to_vec();
                let count: u32 = String::from_utf8(bytes).unwrap().parse().unwrap();
                let put = bench.put("counter", (count + 1).to_string()).if_match(etag);
                match status(&put.send().await) {
                    200 => break,
                    409 | 412 => {}
                    other => panic!("unexpected status {other}"),
                }
            }
        }
    });
    futures::future::join_all(adders).await;
    assert_eq!(bench.bytes("counter").await, b"40");
}

#[tokio::test]
async fn a_conditional_put_on_a_missing_key_is_told_that_it_is_missing() {
    let bench = Bench::new().await;
    let put = bench.put("none", "x").if_match("\"d41d8cd98f00b204e9800998ecf8427e\"");
    assert_eq!(status(&put.send().await), 404);
}

#[tokio::test]
async fn the_etag_is_the_quoted_md5_and_an_equal_one_saves_the_body() {
    let bench = Bench::new().await;
    let etag = bench.stored("page", "hello").await;
    assert_eq!(etag, "\"5d41402abc4b2a76b9719d911017c592\"");
    let get = || bench.client.get_object().bucket(&bench.bucket).key("page");
    let unchanged = get().if_none_match(&etag).send().await;
    assert_eq!(status(&unchanged), 304);
    let told = unchanged.unwrap_err();
    let headers = told.raw_response().unwrap().headers();
    assert_eq!(headers.get("etag"), Some(etag.as_str()));
    assert_eq!(status(&get().if_none_match("\"other\"").send().await), 200);
    assert_eq!(status(&get().if_match(&etag).send().await), 200);
    assert_eq!(status(&get().if_match("\"other\"").send().await), 412);
    let head = || bench.client.head_object().bucket(&bench.bucket).key("page");
    assert_eq!(status(&head().if_none_match(&etag).send().await), 304);
    assert_eq!(status(&head().if_match("\"other\"").send().await), 412);
}

#[tokio::test]
async fn ranges_give_parts_and_impossible_ones_are_refused() {
    let bench = Bench::new().await;
    bench.stored("page", "0123456789").await;
    for (range, part, told) in [
        ("bytes=2-4", "234", "bytes 2-4/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=-3", "789", "bytes 7-9/10"),
        ("bytes=5-99", "56789", "bytes 5-9/10"),
    ] {
        let got = bench.client.get_object().bucket(&bench.bucket).key("page");
        let got = got.range(range).send().await.unwrap();
        assert_eq!(got.content_range(), Some(told));
        assert_eq!(got.body.collect().await.unwrap().to_vec(), part.as_bytes());
    }
    let got = bench.client.get_object().bucket(&bench.bucket).key("page");
    assert_eq!(status(&got.range("bytes=10-").send().await), 416);
}

#[tokio::test]
async fn headers_and_metadata_come_back_as_they_were_given() {
    let bench = Bench::new().await;
    bench
        .put("page", "x")
        .content_type("text/html; charset=utf-8")
        .cache_control("max-age=60")
        .content_encoding("br")
        .metadata("status", "301")
        .metadata("location", "/zwgk/")
        .send()
        .await
        .unwrap();
    let metadata =
        HashMap::from([("status".to_owned(), "301".to_owned()), ("location".to_owned(), "/zwgk/".to_owned())]);
    let head = bench.client.head_object().bucket(&bench.bucket).key("page");
    let head = head.send().await.unwrap();
    assert_eq!(head.content_type(), Some("text/html; charset=utf-8"));
    assert_eq!(head.cache_control(), Some("max-age=60"));
    assert_eq!(head.content_encoding(), Some("br"));
    assert_eq!(head.content_length(), Some(1));
    assert_eq!(head.metadata(), Some(&metadata));
    let get = bench.client.get_object().bucket(&bench.bucket).key("page");
    let get = get.send().await.unwrap();
    assert_eq!(get.metadata(), Some(&metadata));
    assert_eq!(get.cache_control(), Some("max-age=60"));

    // An overwrite keeps nothing of what was there.
    bench.stored("page", "y").await;
    let head = bench.client.head_object().bucket(&bench.bucket).key("page");
    let head = head.send().await.unwrap();
    assert_eq!(head.cache_control(), None);
    assert_eq!(head.metadata().map_or(0, HashMap::len), 0);
}

#[tokio::test]
async fn an_empty_and_a_large_body_come_back_whole() {
    let bench = Bench::new().await;
    assert_eq!(bench.stored("empty", "").await, "\"d41d8cd98f00b204e9800998ecf8427e\"");
    assert_eq!(bench.bytes("empty").await, b"");
    let large: Vec<u8> = (0..5_000_000_u32).map(|n| (n % 251) as u8).collect();
    bench.stored("large", large.clone()).await;
    assert_eq!(bench.bytes("large").await, large);
}

#[tokio::test]
async fn keys_may_be_long_and_chinese_and_hold_any_sign() {
    let bench = Bench::new().await;
    for key in [
        "a".repeat(1024),
        "www/政务公开/通知公告/关于印发 2026 年工作要点的通知.html".to_owned(),
        "www/a+b c%20d&e=f?g#h'(i)*~.html".to_owned(),
        "www//double//".to_owned(),
    ] {
        bench.stored(&key, key.clone()).await;
        assert_eq!(bench.bytes(&key).await, key.clone().into_bytes());
        assert_eq!(bench.keys(&key).await, [key]);
    }
}

#[tokio::test]
async fn keys_are_listed_in_the_order_of_their_bytes_page_by_page() {
    let bench = Bench::new().await;
    let mut keys = vec!["Z", "a", "a!", "a-b", "a/", "a/b", "aa", "b", "é", "政", "😀", "\u{ffee}"];
    for key in &keys {
        bench.stored(key, "x").await;
    }
    keys.sort_unstable_by_key(|key| key.as_bytes());
    assert_eq!(bench.keys("").await, keys);

    let mut paged = Vec::new();
    let mut token = None;
    loop {
        let page = bench.client.list_objects_v2().bucket(&bench.bucket).max_keys(5);
        let page = page.set_continuation_token(token).send().await.unwrap();
        assert!(page.contents().len() <= 5);
        paged.extend(page.contents().iter().map(|one| one.key().unwrap().to_owned()));
        token = page.next_continuation_token().map(str::to_owned);
        assert_eq!(page.is_truncated(), Some(token.is_some()));
        if token.is_none() {
            break;
        }
    }
    assert_eq!(paged, keys);

    let after = bench.client.list_objects_v2().bucket(&bench.bucket).start_after("aa");
    let after = after.send().await.unwrap();
    assert_eq!(after.contents()[0].key(), Some("b"));
}

#[tokio::test]
async fn a_delimiter_folds_keys_into_prefixes_also_over_pages() {
    let bench = Bench::new().await;
    for key in ["p/a", "p/b/1", "p/b/2", "p/c", "p/d/1", "p/d/e/2", "q/1"] {
        bench.stored(key, "x").await;
    }
    let (mut keys, mut prefixes, mut token) = (Vec::new(), Vec::new(), None);
    loop {
        let page = bench.client.list_objects_v2().bucket(&bench.bucket);
        let page = page.prefix("p/").delimiter("/").max_keys(1);
        let page = page.set_continuation_token(token).send().await.unwrap();
        assert_eq!(page.key_count(), Some(1));
        keys.extend(page.contents().iter().map(|one| one.key().unwrap().to_owned()));
        prefixes.extend(page.common_prefixes().iter().map(|one| one.prefix().unwrap().to_owned()));
        token = page.next_continuation_token().map(str::to_owned);
        if token.is_none() {
            break;
        }
    }
    assert_eq!(keys, ["p/a", "p/c"]);
    assert_eq!(prefixes, ["p/b/", "p/d/"]);
}

#[tokio::test]
async fn deleting_is_idempotent_and_many_go_at_once() {
    let bench = Bench::new().await;
    for key in ["a", "b", "c"] {
        bench.stored(key, "x").await;
    }
    let delete = || bench.client.delete_object().bucket(&bench.bucket).key("a");
    assert_eq!(status(&delete().send().await), 200);
    assert_eq!(status(&delete().send().await), 200);
    let named = ["b", "none"].map(|key| ObjectIdentifier::builder().key(key).build().unwrap());
    let gone = bench
        .client
        .delete_objects()
        .bucket(&bench.bucket)
        .delete(Delete::builder().set_objects(Some(named.to_vec())).build().unwrap());
    assert_eq!(gone.send().await.unwrap().deleted().len(), 2);
    assert_eq!(bench.keys("").await, ["c"]);
    let get = bench.client.get_object().bucket(&bench.bucket).key("b");
    let error = get.send().await.unwrap_err().into_service_error();
    assert_eq!(error.code(), Some("NoSuchKey"));
    let head = bench.client.head_object().bucket(&bench.bucket).key("b");
    assert_eq!(status(&head.send().await), 404);
}

#[tokio::test]
async fn buckets_are_listed_found_and_missed() {
    let bench = Bench::new().await;
    let all = bench.client.list_buckets().send().await.unwrap();
    assert!(all.buckets().iter().any(|one| one.name() == Some(&bench.bucket)));
    let head = |name: &str| bench.client.head_bucket().bucket(name).send();
    assert_eq!(status(&head(&bench.bucket).await), 200);
    assert_eq!(status(&head("no-such-bucket").await), 404);
    let put = bench.client.put_object().bucket("no-such-bucket").key("x");
    let error = put.send().await.unwrap_err().into_service_error();
    assert_eq!(error.code(), Some("NoSuchBucket"));
}
