//! Who holds a case: added before the event, set after it, never nobody.

use std::collections::BTreeSet;

use domain::{DepartmentCode, StreamId};
use vault::{Closed, VaultError};

use crate::support::{Bench, department, field, opening};

fn only(codes: &[&str]) -> BTreeSet<DepartmentCode> {
    codes.iter().map(|code| department(code)).collect()
}

async fn opens(bench: &Bench, case: &StreamId, by: &str) -> Result<String, VaultError> {
    let (name, sealed) = (field("text"), bench.sealed(case).await);
    let opened = bench.another().open(&opening(case, by), &[Closed::Text(&name, &sealed)]).await?;
    Ok(opened.text(&name).unwrap().to_owned())
}

#[tokio::test]
async fn a_case_that_is_handed_over_is_open_to_both_in_between_and_to_the_new_one_after() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    bench.vault.add_holder(&case, &department("zjj")).await.unwrap();
    for by in ["jyj", "zjj"] {
        assert_eq!(opens(&bench, &case, by).await.unwrap(), "路灯坏了");
    }
    bench.vault.set_holders(&case, &only(&["zjj"]), 2).await.unwrap();
    assert_eq!(opens(&bench, &case, "zjj").await.unwrap(), "路灯坏了");
    assert!(matches!(opens(&bench, &case, "jyj").await, Err(VaultError::NotHeld { .. })));
    assert_eq!(bench.vault.holders(&case).await.unwrap(), only(&["zjj"]));
}

#[tokio::test]
async fn a_set_of_holders_takes_in_whom_nobody_added_and_is_repeated_without_effect() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    for _ in 0..2 {
        bench.vault.set_holders(&case, &only(&["gaj", "zjj"]), 3).await.unwrap();
    }
    for by in ["gaj", "zjj"] {
        assert_eq!(opens(&bench, &case, by).await.unwrap(), "路灯坏了");
    }
    bench.wire.reset();
    bench.vault.set_holders(&case, &only(&["gaj", "zjj"]), 3).await.unwrap();
    assert_eq!(bench.wire.counts(), [("GetItem".to_owned(), 1)]);
}

#[tokio::test]
async fn what_follows_from_an_earlier_commit_never_undoes_what_follows_from_a_later_one() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    bench.vault.set_holders(&case, &only(&["zjj"]), 5).await.unwrap();
    bench.vault.set_holders(&case, &only(&["jyj"]), 4).await.unwrap();
    assert_eq!(bench.vault.holders(&case).await.unwrap(), only(&["zjj"]));
}

#[tokio::test]
async fn a_case_is_never_held_by_nobody() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let refused = bench.vault.set_holders(&case, &BTreeSet::new(), 2).await;
    assert!(matches!(refused, Err(VaultError::HeldByNobody { .. })), "{refused:?}");
    assert_eq!(opens(&bench, &case, "jyj").await.unwrap(), "路灯坏了");
}

#[tokio::test]
async fn a_key_is_wrapped_anew_by_the_departments_current_key_where_it_holds_the_case() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    bench.vault.rotate_department_key(&department("jyj")).await.unwrap();
    bench.vault.rewrap(&case, &department("jyj")).await.unwrap();
    let keys = bench.keys_of(&case).await.unwrap();
    assert_eq!(keys["wraps"].as_m().unwrap()["jyj"].as_m().unwrap()["key"].as_n().unwrap(), "2");
    assert_eq!(opens(&bench, &case, "jyj").await.unwrap(), "路灯坏了");
    let refused = bench.vault.rewrap(&case, &department("zjj")).await;
    assert!(matches!(refused, Err(VaultError::NotHeld { .. })), "{refused:?}");
}

#[tokio::test]
async fn nothing_gives_keys_to_an_erased_case_or_to_one_that_has_none() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let before = bench.keys_of(&case).await.unwrap();
    bench.vault.erase(&case).await.unwrap();
    let none: StreamId = "letter:none".parse().unwrap();
    for (case, code) in [(&case, "erased"), (&none, "missing")] {
        let tried = [
            bench.vault.add_holder(case, &department("zjj")).await,
            bench.vault.set_holders(case, &only(&["zjj"]), 9).await,
            bench.vault.rewrap(case, &department("jyj")).await,
        ];
        for refused in tried {
            match refused {
                Err(VaultError::Erased { .. }) => assert_eq!(code, "erased"),
                Err(VaultError::KeyMissing { .. }) => assert_eq!(code, "missing"),
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(bench.keys_of(&none).await, None);
    // Even a write that left before the erasure and arrives after it: its condition is that wraps stand.
    let late = bench
        .dynamo
        .update_item()
        .table_name("keys")
        .key("pk", before["pk"].clone())
        .update_expression("SET #wraps.#department = :wrap")
        .condition_expression("attribute_exists(#wraps)")
        .expression_attribute_names("#wraps", "wraps")
        .expression_attribute_names("#department", "zjj")
        .expression_attribute_values(":wrap", before["wraps"].as_m().unwrap()["jyj"].clone())
        .send()
        .await;
    assert!(late.unwrap_err().into_service_error().is_conditional_check_failed_exception());
    let mut left: Vec<_> = bench.keys_of(&case).await.unwrap().into_keys().collect();
    left.sort();
    assert_eq!(left, ["erased_at", "pk"]);
}
