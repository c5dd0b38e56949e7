//! Whoever opens something is recorded first.

use domain::{ActorId, IdentityId, reading::ReadingRefusal};
use ledger::ExecuteError;
use vault::{Closed, Opening, VaultError};

use crate::support::{Bench, department, field, opening};

#[tokio::test]
async fn what_is_opened_is_recorded_with_who_when_by_whose_key_and_why() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let (name, sealed) = (field("text"), bench.sealed(&case).await);
    let identity = identity_of(&bench).await;
    let closed = [Closed::Text(&name, &sealed), Closed::Identity(&identity)];
    let opened = bench.vault.open(&opening(&case, "jyj"), &closed).await.unwrap();
    assert_eq!(opened.text(&name), Some("路灯坏了"));
    assert_eq!(opened.identity().and_then(|identity| identity.get("name")), Some("王小明"));
    let [reading] = bench.readings(&case).await.try_into().unwrap();
    let fields: Vec<_> = reading.fields.iter().map(ToString::to_string).collect();
    assert_eq!(fields, ["text", "identity"]);
    assert_eq!(
        (reading.actor.as_str(), reading.department.as_str(), reading.why.as_str()),
        ("clerk", "jyj", "办理来信")
    );
}

#[tokio::test]
async fn every_opening_is_a_record_of_its_own() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let (name, sealed) = (field("text"), bench.sealed(&case).await);
    for _ in 0..3 {
        bench.vault.open(&opening(&case, "jyj"), &[Closed::Text(&name, &sealed)]).await.unwrap();
    }
    assert_eq!(bench.readings(&case).await.len(), 3);
}

#[tokio::test]
async fn a_citizen_who_opens_his_own_case_is_recorded_too() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let (name, sealed) = (field("text"), bench.sealed(&case).await);
    let own = |day: &str| Opening::citizen(&case, "凭查询码查看".to_owned().try_into().unwrap(), day.parse().unwrap());
    for _ in 0..3 {
        let opened = bench.vault.open(&own("2026-11-30"), &[Closed::Text(&name, &sealed)]).await.unwrap();
        assert_eq!(opened.text(&name), Some("路灯坏了"));
    }
    let readings = bench.readings(&case).await;
    assert_eq!((readings.len(), &readings[0].actor), (1, &ActorId::citizen(&case)), "once a day");
    bench.vault.open(&own("2026-12-01"), &[Closed::Text(&name, &sealed)]).await.unwrap();
    assert_eq!(bench.readings(&case).await.len(), 2);
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_opened() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let (name, sealed) = (field("text"), bench.sealed(&case).await);
    for nth in 1..9 {
        bench.wire.refuse("PutItem", nth);
    }
    let refused = bench.vault.open(&opening(&case, "jyj"), &[Closed::Text(&name, &sealed)]).await;
    assert!(matches!(refused.err(), Some(VaultError::NotRecorded(_))));
    assert!(bench.readings(&case).await.is_empty());
    bench.wire.reset();
    let nothing = bench.vault.open(&opening(&case, "jyj"), &[]).await.err();
    let Some(VaultError::NotRecorded(error)) = nothing else { panic!("{nothing:?}") };
    assert!(matches!(*error, ExecuteError::Refused(ReadingRefusal::Nothing)));
}

#[tokio::test]
async fn a_department_that_does_not_hold_the_case_opens_nothing_and_leaves_no_record() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    // It has keys of its own, of other cases.
    bench.case("gaj", "井盖没了").await;
    let (name, sealed) = (field("text"), bench.sealed(&case).await);
    let refused = bench.vault.open(&opening(&case, "gaj"), &[Closed::Text(&name, &sealed)]).await.err();
    assert!(
        matches!(&refused, Some(VaultError::NotHeld { department, .. }) if department.as_str() == "gaj"),
        "{refused:?}"
    );
    assert!(bench.readings(&case).await.is_empty());
}

#[tokio::test]
async fn a_ciphertext_of_another_case_or_field_does_not_open() {
    let bench = Bench::new().await;
    let (case, other) = (bench.case("jyj", "路灯坏了").await, bench.case("jyj", "井盖没了").await);
    let (text, reply) = (field("text"), field("reply"));
    let (sealed, foreign) = (bench.sealed(&case).await, bench.sealed(&other).await);
    for closed in [Closed::Text(&text, &foreign), Closed::Text(&reply, &sealed)] {
        let refused = bench.vault.open(&opening(&case, "jyj"), &[closed]).await.err();
        assert!(matches!(refused, Some(VaultError::Damaged { .. })), "{refused:?}");
    }
    let nobody = IdentityId::from_bits([7; 16]);
    let refused = bench.vault.open(&opening(&case, "jyj"), &[Closed::Identity(&nobody)]).await.err();
    assert!(matches!(refused, Some(VaultError::Damaged { .. })), "{refused:?}");
}

#[tokio::test]
async fn what_is_added_to_a_case_is_sealed_with_its_key_and_files_are_too() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let key = bench.another().case_key(&case, Some(&department("jyj"))).await.unwrap();
    let (reply, photo) = (field("reply"), field("file-1"));
    let sealed = key.seal(&reply, "已派人修理").unwrap();
    let file = key.seal_file(&photo, &[0xFF; 5_000]).unwrap();
    let closed = [Closed::Text(&reply, &sealed), Closed::File(&photo, &file)];
    let opened = bench.vault.open(&opening(&case, "jyj"), &closed).await.unwrap();
    assert_eq!((opened.text(&reply), opened.file(&photo)), (Some("已派人修理"), Some([0xFF; 5_000].as_slice())));
    assert_eq!(opened.text(&field("text")), None);
}

#[tokio::test]
async fn nothing_that_lies_in_a_table_tells_who_or_what() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let (name, sealed) = (field("text"), bench.sealed(&case).await);
    bench.vault.open(&opening(&case, "jyj"), &[Closed::Text(&name, &sealed)]).await.unwrap();
    for table in ["ledger", "guards", "keys", "vault"] {
        let shown = format!("{:?}", bench.items(table).await);
        for canary in ["王小明", "13812345678", "32020019900101123X", "路灯坏了"] {
            let bytes = format!("{:?}", canary.as_bytes());
            assert!(!shown.contains(canary) && !shown.contains(bytes.trim_matches(['[', ']'])), "{canary} in {table}");
        }
    }
}

async fn identity_of(bench: &Bench) -> IdentityId {
    let rows = bench.items("vault").await;
    let ids = rows.iter().filter_map(|item| item["sk"].as_s().unwrap().strip_prefix("identity#"));
    ids.map(|id| id.parse().unwrap()).next().unwrap()
}
