//! Keys of departments and of the server: made once, unwrapped once, rotated.

use vault::{Closed, KeyFile, ServerKey, VaultError};

use crate::support::{Bench, department, field, opening};

#[tokio::test(flavor = "multi_thread")]
async fn of_processes_that_make_a_key_at_once_all_use_the_one_that_stands() {
    let bench = Bench::new().await;
    let mut racers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let vault = bench.another();
        racers.spawn(
            async move { *vault.server_keys(ServerKey::FormToken).await.unwrap().current().unwrap().1.expose() },
        );
    }
    let keys: std::collections::BTreeSet<_> = racers.join_all().await.into_iter().collect();
    assert_eq!(keys.len(), 1);
}

#[tokio::test]
async fn a_rotated_key_of_a_department_opens_what_the_older_one_closed() {
    let bench = Bench::new().await;
    let stale = bench.another();
    let older = bench.case("jyj", "路灯坏了").await;
    let name = field("text");
    let sealed = bench.sealed(&older).await;
    stale.open(&opening(&older, "jyj"), &[Closed::Text(&name, &sealed)]).await.unwrap();
    assert_eq!(bench.vault.rotate_department_key(&department("jyj")).await.unwrap(), 2);
    let newer = bench.case("jyj", "井盖没了").await;
    assert_eq!(wrapped_by(&bench, &newer).await, "2");
    for (case, expected) in [(&older, "路灯坏了"), (&newer, "井盖没了")] {
        let sealed = bench.sealed(case).await;
        // A process that learned the keys before the rotation meets the new number and asks again.
        let opened = stale.open(&opening(case, "jyj"), &[Closed::Text(&name, &sealed)]).await.unwrap();
        assert_eq!(opened.text(&name), Some(expected));
    }
}

#[tokio::test]
async fn what_a_rotated_key_file_wrapped_stays_open() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    KeyFile::rotate(&bench.key_file).unwrap();
    let restarted = bench.another();
    let (name, sealed) = (field("text"), bench.sealed(&case).await);
    let opened = restarted.open(&opening(&case, "jyj"), &[Closed::Text(&name, &sealed)]).await.unwrap();
    assert_eq!(opened.text(&name), Some("路灯坏了"));
    // What is wrapped from now on is wrapped by the new key, which the process that ran before finds in the file.
    restarted.rotate_server_key(ServerKey::FormToken).await.unwrap();
    bench.vault.server_keys(ServerKey::FormToken).await.unwrap();
}

#[tokio::test]
async fn a_department_whose_keys_are_gone_is_an_alarm() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let key = aws_sdk_dynamodb::types::AttributeValue::S("department#jyj".to_owned());
    bench.dynamo.delete_item().table_name("keys").key("pk", key).send().await.unwrap();
    let refused = bench.another().case_key(&case, None).await;
    assert!(matches!(&refused, Err(VaultError::KeyMissing { name }) if name == "department#jyj#1"), "{refused:?}");
}

#[tokio::test]
async fn the_key_that_marks_people_is_not_rotated() {
    let bench = Bench::new().await;
    let refused = bench.vault.rotate_server_key(ServerKey::People).await;
    assert!(matches!(refused, Err(VaultError::Damaged { .. })), "{refused:?}");
}

async fn wrapped_by(bench: &Bench, case: &domain::StreamId) -> String {
    let keys = bench.keys_of(case).await.unwrap();
    keys["wraps"].as_m().unwrap()["jyj"].as_m().unwrap()["key"].as_n().unwrap().clone()
}
