//! Token buckets at an emulated store: exact whoever else tries at the same instant, and a stranger to other buckets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails; the helpers of tests are tests")]

use std::time::Duration;

use aws_sdk_dynamodb::{
    Client, Config,
    config::{BehaviorVersion, Credentials, Region},
    types::{AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType},
};
use frontdoor::{ADDRESS_HEADER, Attempts, Key, Rate, Rates, Try, Verdict, Visitor};
use http::{HeaderMap, HeaderName};
use jiff::{SignedDuration, Timestamp};

const TABLE: &str = "attempts";

fn noon() -> Timestamp {
    "2026-11-30T04:00:00Z".parse().unwrap()
}

fn after(minutes: i64) -> Timestamp {
    noon() + SignedDuration::from_mins(minutes)
}

fn key() -> Key {
    Key::new("a", vec![7; 32]).unwrap()
}

fn visitor(address: &str) -> Visitor {
    let headers = HeaderMap::from_iter([(HeaderName::from_static(ADDRESS_HEADER), address.parse().unwrap())]);
    Visitor::of(&headers, &key(), noon())
}

async fn table() -> Client {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(dynoxide::server::serve_on(listener, dynoxide::Database::memory().unwrap()));
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .endpoint_url(endpoint)
        .build();
    let client = Client::from_conf(config);
    let pk = AttributeDefinition::builder().attribute_name("pk").attribute_type(ScalarAttributeType::S);
    let hash = KeySchemaElement::builder().attribute_name("pk").key_type(KeyType::Hash);
    client
        .create_table()
        .table_name(TABLE)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(pk.build().unwrap())
        .key_schema(hash.build().unwrap())
        .send()
        .await
        .unwrap();
    client
}

async fn attempts() -> (Attempts, Client) {
    let client = table().await;
    (Attempts::new(client.clone(), TABLE, key(), Rates::default()), client)
}

async fn granted(attempts: &Attempts, attempt: &Try<'_>, now: Timestamp) -> bool {
    attempts.take(attempt, now).await.unwrap() == Verdict::Granted
}

#[tokio::test]
async fn five_tries_are_granted_and_the_sixth_is_told_when() {
    let (attempts, _) = attempts().await;
    for _ in 0..5 {
        assert!(granted(&attempts, &Try::Number("WZ1"), noon()).await);
    }
    assert_eq!(attempts.take(&Try::Number("WZ1"), noon()).await.unwrap(), Verdict::Wait(Duration::from_secs(180)));
    assert_eq!(attempts.take(&Try::Number("WZ1"), after(2)).await.unwrap(), Verdict::Wait(Duration::from_secs(60)));
    assert!(granted(&attempts, &Try::Number("WZ1"), after(3)).await, "one comes back in three minutes");
    assert!(!granted(&attempts, &Try::Number("WZ1"), after(3)).await);
}

#[tokio::test]
async fn after_a_quarter_of_an_hour_all_are_back_and_no_more() {
    let (attempts, _) = attempts().await;
    for _ in 0..5 {
        assert!(granted(&attempts, &Try::Number("WZ1"), noon()).await);
    }
    let mut count = 0;
    while granted(&attempts, &Try::Number("WZ1"), after(600)).await {
        count += 1;
    }
    assert_eq!(count, 5);
}

#[tokio::test]
async fn who_asks_while_he_has_to_wait_waits_no_longer_for_it() {
    let (attempts, _) = attempts().await;
    for _ in 0..50 {
        attempts.take(&Try::Number("WZ1"), noon()).await.unwrap();
    }
    assert!(granted(&attempts, &Try::Number("WZ1"), after(3)).await);
}

#[tokio::test]
async fn of_a_hundred_at_the_same_instant_five_are_granted() {
    let (attempts, _) = attempts().await;
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let attempts = attempts.clone();
            tokio::spawn(async move { granted(&attempts, &Try::Number("WZ1"), noon()).await })
        })
        .collect();
    let mut count = 0;
    for task in tasks {
        count += usize::from(task.await.unwrap());
    }
    assert_eq!(count, 5);
}

#[tokio::test]
async fn ten_thousand_guesses_on_one_number_from_everywhere_are_five_and_others_go_on() {
    let (attempts, _) = attempts().await;
    let guess = |round: u32| {
        let attempts = attempts.clone();
        async move {
            // Each address has a bucket of its own: what stops them is the number's.
            let guesser = visitor(&format!("10.{}.{}.7", round / 256, round % 256));
            let from_here = round >= 300 || granted(&attempts, &Try::Code(&guesser), noon()).await;
            let for_number = granted(&attempts, &Try::Number("WZ1"), noon()).await;
            usize::from(from_here && for_number)
        }
    };
    let tasks: Vec<_> = (0..20_u32)
        .map(|task| {
            let guesses: Vec<_> = (task * 500..(task + 1) * 500).map(guess).collect();
            tokio::spawn(async move {
                let mut tried = 0;
                for guess in guesses {
                    tried += guess.await;
                }
                tried
            })
        })
        .collect();
    let mut tried = 0;
    for task in tasks {
        tried += task.await.unwrap();
    }
    assert_eq!(tried, 5);
    let neighbour = visitor("192.0.2.7");
    assert!(granted(&attempts, &Try::Code(&neighbour), noon()).await);
    assert!(granted(&attempts, &Try::Number("WZ2"), noon()).await);
}

#[tokio::test]
async fn one_address_guesses_five_times_whatever_the_numbers() {
    let (attempts, _) = attempts().await;
    let guesser = visitor("2001:db8:1:2::1");
    let neighbour = visitor("2001:db8:1:2::ffff");
    for _ in 0..5 {
        assert!(granted(&attempts, &Try::Code(&guesser), noon()).await);
    }
    assert!(!granted(&attempts, &Try::Code(&neighbour), noon()).await, "the same connection");
    assert!(granted(&attempts, &Try::Code(&visitor("2001:db8:1:3::1")), noon()).await);
    assert!(granted(&attempts, &Try::Submission(&guesser), noon()).await, "forms are counted by themselves");
}

#[tokio::test]
async fn what_was_right_costs_nothing() {
    let (attempts, _) = attempts().await;
    for _ in 0..40 {
        assert!(granted(&attempts, &Try::Number("WZ1"), noon()).await);
        attempts.give_back(&Try::Number("WZ1"), noon()).await.unwrap();
    }
    // Nothing is given that was not taken.
    for _ in 0..40 {
        attempts.give_back(&Try::Number("WZ1"), after(600)).await.unwrap();
    }
    let mut count = 0;
    while granted(&attempts, &Try::Number("WZ1"), after(600)).await {
        count += 1;
    }
    assert_eq!(count, 5);
}

#[tokio::test]
async fn without_a_proof_of_work_fewer_forms_are_taken() {
    let (attempts, _) = attempts().await;
    let sender = visitor("192.0.2.7");
    let mut plain = 0;
    while granted(&attempts, &Try::PlainSubmission(&sender), noon()).await {
        plain += 1;
    }
    let mut proven = 0;
    while granted(&attempts, &Try::Submission(&sender), noon()).await {
        proven += 1;
    }
    assert_eq!((plain, proven), (3, 30));
}

#[tokio::test]
async fn thirty_files_an_hour_are_added_from_one_address() {
    let (attempts, _) = attempts().await;
    let (sender, neighbour) = (visitor("192.0.2.7"), visitor("192.0.2.8"));
    for _ in 0..30 {
        assert!(granted(&attempts, &Try::Upload(&sender), noon()).await);
    }
    assert!(!granted(&attempts, &Try::Upload(&sender), noon()).await);
    assert!(granted(&attempts, &Try::Upload(&sender), after(2)).await, "one comes back every two minutes");
    assert!(granted(&attempts, &Try::Upload(&neighbour), noon()).await);
    assert!(granted(&attempts, &Try::PlainSubmission(&sender), noon()).await, "forms are counted by themselves");
}

#[tokio::test]
async fn what_is_kept_names_nobody_and_ends_when_it_counts_no_more() {
    let (attempts, client) = attempts().await;
    let sender = visitor("192.0.2.7");
    for attempt in [Try::Number("13800138000"), Try::Code(&sender), Try::Number("13800138000")] {
        attempts.take(&attempt, noon()).await.unwrap();
    }
    let items = client.scan().table_name(TABLE).send().await.unwrap().items.unwrap();
    assert_eq!(items.len(), 2);
    for item in items {
        let number = |name: &str| item[name].as_n().unwrap().parse::<i64>().unwrap();
        assert!(number("ends") * 1_000 >= number("full"), "forgotten before it is full");
        assert!(number("ends") - noon().as_second() <= 15 * 60 + 1);
        assert!(item.keys().all(|name| ["pk", "full", "ends"].contains(&name.as_str())));
        let AttributeValue::S(pk) = &item["pk"] else { panic!("no text") };
        assert!(!pk.contains("138") && !pk.contains("192"), "{pk}");
    }
}

#[tokio::test]
async fn one_try_in_a_while_is_a_rate_too() {
    let client = table().await;
    let one = Rate { tries: 1, minutes: 10 };
    let attempts = Attempts::new(client, TABLE, key(), Rates { number: one, ..Rates::default() });
    assert!(granted(&attempts, &Try::Number("WZ1"), noon()).await);
    assert!(!granted(&attempts, &Try::Number("WZ1"), after(9)).await);
    assert!(granted(&attempts, &Try::Number("WZ1"), after(10)).await);
}

#[tokio::test]
async fn a_store_that_fails_grants_nothing() {
    let client = table().await;
    let attempts = Attempts::new(client, "nowhere", key(), Rates::default());
    assert!(attempts.take(&Try::Number("WZ1"), noon()).await.is_err());
}
