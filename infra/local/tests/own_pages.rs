//! The pages of this process and the pages behind S3's protocol are the same to whoever uses them.

#![expect(clippy::unwrap_used, reason = "a helper of tests stops at the first surprise, as the tests do")]

use std::sync::Arc;

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig};
use aws_sdk_s3::config::{Credentials, SharedCredentialsProvider};
use local::{
    cloud::{
        Cloud, Place,
        credentials::{ACCESS_KEY, REGION, SECRET_KEY},
        dynamo::Doorbells,
        tables::PAGES,
    },
    serve::own_pages::OwnPages,
};
use views::{ETag, PageHead, PageKey, PageObject, PageObjects, Put, Status, StoredPage, ViewError};

async fn cloud() -> Cloud {
    Cloud::start(&Place::Memory, Doorbells::none()).await.unwrap()
}

/// The pages of a cloud by the SDK over sockets, as the functions on AWS have them.
fn by_sdk(cloud: &Cloud) -> PageObjects {
    let keys = Credentials::new(ACCESS_KEY, SECRET_KEY, None, None, "local");
    let sdk = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .credentials_provider(SharedCredentialsProvider::new(keys))
        .retry_config(RetryConfig::disabled())
        .build();
    let s3 = aws_sdk_s3::config::Builder::from(&sdk).endpoint_url(&cloud.s3_url).force_path_style(true).build();
    PageObjects::new(aws_sdk_s3::Client::from_conf(s3), PAGES)
}

fn own(cloud: &Cloud) -> PageObjects {
    PageObjects::of(Arc::new(OwnPages::of(cloud)))
}

fn key(path: &str) -> PageKey {
    PageKey { site: "www".to_owned(), path: path.to_owned(), kind: "document".to_owned(), about: String::new() }
}

fn page(text: &str, status: Status) -> PageObject {
    PageObject {
        status,
        content_type: "text/html; charset=utf-8".to_owned(),
        disposition: None,
        bytes: text.as_bytes().to_vec(),
        digest: "d1".to_owned(),
        generation: 12,
    }
}

fn put(object: &PageObject, expected: Option<&ETag>) -> Put {
    Put { object: object.clone(), expected: expected.cloned() }
}

async fn head(pages: &PageObjects, path: &str) -> Option<PageHead> {
    pages.head(&key(path)).await.unwrap()
}

/// What every way to a bucket has to do: `pages` writes, and `others` reads beside it.
async fn hold_to_the_contract(pages: &PageObjects, others: &PageObjects) {
    let news = key("/xw/1.html");
    assert_eq!(head(pages, "/xw/1.html").await, None);
    assert_eq!(pages.get(&news.object_key()).await.unwrap(), None);

    let first = page("第一版", Status::Ok);
    let of_nothing = ETag("\"0123456789abcdef0123456789abcdef\"".to_owned());
    assert!(!pages.put(&news, put(&first, Some(&of_nothing))).await.unwrap(), "over an object that is not there");
    assert!(pages.put(&news, put(&first, None)).await.unwrap());
    assert!(!pages.put(&news, put(&page("另一版", Status::Ok), None)).await.unwrap(), "as if there were none");
    let known = head(pages, "/xw/1.html").await.unwrap();
    assert_eq!((known.digest.as_str(), known.generation, known.status), ("d1", 12, 200));
    assert!(known.etag.is_of(&first.bytes) && known.etag.0.starts_with('"'), "{:?}", known.etag);

    let mut moved = page("已移走", Status::Moved("/xw/2.html".to_owned()));
    moved.disposition = Some("attachment; filename*=UTF-8''%E8%A1%A8.csv".to_owned());
    moved.generation = 13;
    assert!(pages.put(&news, put(&moved, Some(&known.etag))).await.unwrap());
    assert!(!pages.put(&news, put(&first, Some(&known.etag))).await.unwrap(), "over an object that was replaced");
    assert_eq!(head(pages, "/xw/1.html").await.unwrap().status, 301);
    for reader in [pages, others] {
        let StoredPage { etag, object } = reader.get("www/xw/1.html").await.unwrap().unwrap();
        assert_eq!(object, moved);
        assert!(etag.is_of(&moved.bytes));
    }

    assert!(pages.put(&key("/"), put(&first, None)).await.unwrap());
    assert!(pages.put(&key("/xw/"), put(&page("", Status::Gone), None)).await.unwrap());
    let mut static_file = key("/site.css");
    static_file.site = "_assets".to_owned();
    assert!(pages.put(&static_file, put(&first, None)).await.unwrap());
    let listed = pages.list("").await.unwrap();
    assert_eq!(listed, others.list("").await.unwrap());
    let keys: Vec<&str> = listed.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["www/index.html", "www/xw/1.html", "www/xw/index.html"]);
    assert_eq!(pages.list("www/xw/").await.unwrap().len(), 2);
    assert!(pages.list("zjj/").await.unwrap().is_empty());
}

fn is_refused<T>(told: &Result<T, ViewError>) -> bool {
    matches!(told, Err(ViewError::Refused(_)))
}

/// The longest key is taken, a longer one refused; and so is what is told beside the bytes where it is too much or fits no header.
async fn take_what_s3_takes_and_no_more(pages: &PageObjects) {
    let moved = |to: &str| page("", Status::Moved(to.to_owned()));
    let longest = format!("/{}.html", "a".repeat(1_015));
    assert!(pages.put(&key(&longest), put(&moved(&longest), None)).await.unwrap());
    assert_eq!(head(pages, &longest).await.unwrap().status, 301);
    let longer = key(&format!("/a{longest}"));
    assert!(is_refused(&pages.head(&longer).await));
    assert!(is_refused(&pages.get(&longer.object_key()).await));
    assert!(is_refused(&pages.put(&longer, put(&page("一", Status::Ok), None)).await));

    let mut named = page("表", Status::Ok);
    named.disposition = Some("attachment; filename=\"表.csv\"".to_owned());
    for unfit in [named, moved(&"/a".repeat(1_024)), moved("/xw/\n1.html"), moved("/新闻/1.html")] {
        let told = pages.put(&key("/1.html"), put(&unfit, None)).await;
        assert!(is_refused(&told), "{:?}, {:?}: {told:?}", unfit.status, unfit.disposition);
    }
    assert_eq!(head(pages, "/1.html").await, None);
}

#[tokio::test]
async fn pages_of_this_process_are_refused_where_s3_would_refuse_them() {
    take_what_s3_takes_and_no_more(&own(&cloud().await)).await;
}

#[tokio::test]
async fn pages_behind_the_protocol_are_refused_for_good() {
    take_what_s3_takes_and_no_more(&by_sdk(&cloud().await)).await;
}

#[tokio::test]
async fn pages_of_this_process_keep_the_contract() {
    let cloud = cloud().await;
    hold_to_the_contract(&own(&cloud), &by_sdk(&cloud)).await;
}

#[tokio::test]
async fn pages_behind_the_protocol_keep_the_contract() {
    let cloud = cloud().await;
    hold_to_the_contract(&by_sdk(&cloud), &own(&cloud)).await;
}

#[tokio::test]
async fn of_two_that_write_at_once_one_is_told_no() {
    let cloud = cloud().await;
    let (own, by_sdk) = (own(&cloud), by_sdk(&cloud));
    for round in 0..20 {
        let place = key(&format!("/{round}.html"));
        let (ours, theirs) = (page("我们", Status::Ok), page("他们", Status::Ok));
        let (one, other) = tokio::join!(own.put(&place, put(&ours, None)), by_sdk.put(&place, put(&theirs, None)));
        assert!(one.unwrap() ^ other.unwrap(), "round {round}");
    }
}

#[tokio::test]
async fn what_is_asked_stands_on_the_meter() {
    let cloud = cloud().await;
    let pages = own(&cloud);
    cloud.faults.reset_counters();
    pages.put(&key("/"), put(&page("一", Status::Ok), None)).await.unwrap();
    head(&pages, "/").await.unwrap();
    let counted = cloud.faults.counters();
    assert_eq!(counted.requests(), [("HeadObject", 1), ("PutObject", 1)]);
    assert_eq!(counted.of("PutObject").request_bytes, 3);
}
