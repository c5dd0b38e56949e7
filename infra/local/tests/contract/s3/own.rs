//! Promises of our own backend, not of S3 in general.

use std::time::{Duration, Instant};

use aws_sdk_s3::{Client, config::Credentials, error::ProvideErrorMetadata, primitives::ByteStream};
use local::cloud::{
    ANY_PORT, Place, credentials,
    faults::{Fault, Faults},
    objects::{self, BucketRule, Condition, Headers, ObjectStore, StoreError},
};

use super::{Bench, client, serve, status};

#[tokio::test]
async fn a_bucket_may_refuse_every_put_without_a_condition() {
    let (running, store) = serve(Faults::none()).await;
    store.set_bucket("pages", BucketRule::ConditionalPuts).await.unwrap();
    let client = client(&running.url());
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
    let client = client(&running.url());
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
        client(&running.url())
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
    let client = client(&running.url());
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
    let client = client(&running.url());
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
