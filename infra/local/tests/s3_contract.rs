//! What the system relies on in S3, asked through the SDK.
//!
//! Runs against our own backend, or, when `TAIHU_TEST_S3_ENDPOINT` is set,
//! against the S3 at that URL (with the local keys).

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

use std::{
    collections::HashMap,
    env,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use aws_sdk_s3::{
    Client,
    config::{BehaviorVersion, Credentials, Region, retry::RetryConfig},
    error::{ProvideErrorMetadata, SdkError},
    operation::put_object::builders::PutObjectFluentBuilder,
    primitives::ByteStream,
    types::{Delete, ObjectIdentifier},
};
use local::cloud::{
    ANY_PORT, Place, Running, credentials,
    faults::{Fault, Faults},
    objects::{self, BucketRule, Condition, Headers, ObjectStore, StoreError},
};

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
        let client = client(&url, 1);
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

fn client(url: &str, attempts: u32) -> Client {
    Client::from_conf(
        aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(credentials::REGION))
            .credentials_provider(Credentials::new(
                credentials::ACCESS_KEY,
                credentials::SECRET_KEY,
                None,
                None,
                "local",
            ))
            .retry_config(
                RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(Duration::from_millis(1)),
            )
            .force_path_style(true)
            .endpoint_url(url)
            .build(),
    )
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

// From here on: promises of our own backend, not of S3 in general.

#[tokio::test]
async fn a_bucket_may_refuse_every_put_without_a_condition() {
    let (running, store) = serve(Faults::none()).await;
    store.set_bucket("pages", BucketRule::ConditionalPuts).await.unwrap();
    let client = client(&running.url(), 1);
    let put = || {
        let body = ByteStream::from_static(b"x");
        client.put_object().bucket("pages").key("k").body(body)
    };
    let refused = put().send().await;
    assert_eq!(status(&refused), 403);
    assert_eq!(refused.unwrap_err().into_service_error().code(), Some("AccessDenied"));
    assert_eq!(status(&put().if_none_match("*").send().await), 200);
    assert_eq!(store.get("pages", "k").await.unwrap().unwrap().bytes, "x");
}

#[tokio::test]
async fn a_key_over_1024_bytes_is_refused_as_on_aws() {
    // moto 5.2 takes it.
    let (running, store) = serve(Faults::none()).await;
    store.set_bucket("bodies", BucketRule::Open).await.unwrap();
    let client = client(&running.url(), 1);
    let put = client.put_object().bucket("bodies").key("a".repeat(1025)).send().await;
    assert_eq!(status(&put), 400);
    assert_eq!(put.unwrap_err().into_service_error().code(), Some("KeyTooLongError"));
}

#[tokio::test]
async fn what_is_not_supported_is_refused_and_writes_nothing() {
    let bench = Bench::new().await;
    if bench._local.is_none() {
        return;
    }
    let tagged = bench.put("k", "x").tagging("a=b").send().await;
    assert_eq!(tagged.unwrap_err().into_service_error().code(), Some("NotImplemented"));
    let copied = bench.client.copy_object().bucket(&bench.bucket).key("k");
    let copied = copied.copy_source(format!("{}/j", bench.bucket)).send().await;
    assert_eq!(copied.unwrap_err().into_service_error().code(), Some("NotImplemented"));
    let wrong = bench.put("k", "x").checksum_crc32("AAAAAA==").send().await;
    assert_eq!(wrong.unwrap_err().into_service_error().code(), Some("BadDigest"));
    assert_eq!(bench.keys("").await, [""; 0]);
}

#[tokio::test]
async fn an_unsigned_or_wrongly_signed_request_is_refused() {
    let (running, store) = serve(Faults::none()).await;
    store.set_bucket("bodies", BucketRule::Open).await.unwrap();
    let forged = Client::from_conf(
        client(&running.url(), 1)
            .config()
            .to_builder()
            .credentials_provider(Credentials::new(credentials::ACCESS_KEY, "wrong", None, None, "local"))
            .build(),
    );
    let refused = forged.list_objects_v2().bucket("bodies").send().await;
    assert_eq!(status(&refused), 403);
}

#[tokio::test]
async fn the_store_in_process_keeps_the_same_conditions() {
    let store = ObjectStore::open(&Place::Memory).unwrap();
    let put = |condition| store.put("b", "k", "x".into(), Headers::default(), condition);
    assert_eq!(put(Condition::Absent).await, Err(StoreError::NoSuchBucket("b".to_owned())));
    store.set_bucket("b", BucketRule::Open).await.unwrap();
    let etag = put(Condition::Absent).await.unwrap();
    assert_eq!(put(Condition::Absent).await, Err(StoreError::PreconditionFailed));
    assert_eq!(put(Condition::Match(etag.clone())).await, Ok(etag));
    assert_eq!(store.head("b", "k").await.unwrap().unwrap().size, 1);
    assert_eq!(store.delete("b", "k", Condition::Unconditional).await, Ok(true));
    assert_eq!(store.get("b", "k").await, Ok(None));
}

#[tokio::test]
async fn every_scripted_fault_reads_as_s3s_own() {
    let script = [
        ("PutObject", 1, Fault::Throttle),
        ("PutObject", 2, Fault::InternalError),
        ("PutObject", 3, Fault::ConditionalConflict),
        ("PutObject", 4, Fault::PreconditionFailed),
        ("PutObject", 5, Fault::LoseReply),
        ("GetObject", 1, Fault::TruncateBody),
    ];
    let faults = Faults::script(script).unwrap();
    let (running, store) = serve(faults.clone()).await;
    store.set_bucket("pages", BucketRule::ConditionalPuts).await.unwrap();
    let client = client(&running.url(), 1);
    let put = || {
        let body = ByteStream::from_static(b"0123456789");
        client.put_object().bucket("pages").key("k").body(body).if_none_match("*")
    };
    for code in ["SlowDown", "InternalError", "ConditionalRequestConflict", "PreconditionFailed"] {
        let error = put().send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some(code));
        assert_eq!(store.get("pages", "k").await, Ok(None));
    }
    put().send().await.unwrap_err();
    assert!(store.get("pages", "k").await.unwrap().is_some(), "applied, the reply lost");

    let get = || client.get_object().bucket("pages").key("k").send();
    let cut = get().await.unwrap();
    assert_eq!(cut.content_length(), Some(10));
    assert!(cut.body.collect().await.is_err());
    assert_eq!(get().await.unwrap().body.collect().await.unwrap().to_vec(), b"0123456789");
    assert_eq!(faults.counters().requests(), [("GetObject", 2), ("PutObject", 5)]);
}

/// Prints a rate; run it alone: `cargo nextest run -p taihu --run-ignored only --no-capture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn ten_thousand_pages_by_sixteen_clients() {
    const PAGES: usize = 10_000;
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    let store = ObjectStore::open(&place).unwrap();
    store.set_bucket("pages", BucketRule::ConditionalPuts).await.unwrap();
    let running = objects::start(store.clone(), ANY_PORT, Faults::none()).await.unwrap();
    let client = client(&running.url(), 1);
    let started = Instant::now();
    let clients = (0..16).map(|client_number| {
        let client = client.clone();
        tokio::spawn(async move {
            for page in (client_number..PAGES).step_by(16) {
                let put = client.put_object().bucket("pages");
                let put = put.key(format!("www/zwgk/{page}.html")).if_none_match("*");
                let body = ByteStream::from(vec![b'x'; 4000]);
                put.body(body).send().await.unwrap();
            }
        })
    });
    futures::future::join_all(clients).await;
    let http = started.elapsed();

    let started = Instant::now();
    let puts = (0..PAGES).map(|page| {
        let key = format!("jyj/{page}.html");
        let store = store.clone();
        async move {
            let bytes = vec![b'x'; 4000].into();
            store.put("pages", &key, bytes, Headers::default(), Condition::Absent).await.unwrap()
        }
    });
    futures::future::join_all(puts).await;
    let direct = started.elapsed();
    let rate = |elapsed: Duration| PAGES as f64 / elapsed.as_secs_f64();
    println!("over loopback {:.0} puts/s, in process {:.0} puts/s", rate(http), rate(direct));
}
