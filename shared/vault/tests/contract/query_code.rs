//! Query codes: repeatable, stored nowhere, made with the key that the case names.

use vault::{ServerKey, VaultError};

use crate::support::Bench;

#[tokio::test]
async fn a_code_fits_its_case_and_no_other_however_it_is_typed() {
    let bench = Bench::new().await;
    let (case, other) = (bench.case("jyj", "路灯坏了").await, bench.case("jyj", "井盖没了").await);
    let key = bench.vault.query_code_key().await.unwrap();
    let code = bench.vault.query_code(&case, key).await.unwrap();
    let groups: Vec<&str> = code.expose().split('-').collect();
    assert!(groups.len() == 4 && groups.iter().all(|group| group.len() == 4), "{}", code.expose());
    let again = bench.another().query_code(&case, key).await.unwrap();
    assert_eq!(again.expose(), code.expose());
    let fits = async |case, typed: &str| bench.vault.fits_query_code(case, typed).await.unwrap();
    assert!(fits(Some((&case, key)), code.expose()).await);
    assert!(fits(Some((&case, key)), &code.expose().to_lowercase().replace('-', " ").replace('0', "o")).await);
    assert!(!fits(Some((&other, key)), code.expose()).await);
    assert!(!fits(None, code.expose()).await, "an unknown number");
    for wrong in ["", "0000-0000-0000-0000", "查询码", &code.expose()[..14]] {
        assert!(!fits(Some((&case, key)), wrong).await, "{wrong}");
        assert!(!fits(None, wrong).await);
    }
}

#[tokio::test]
async fn what_is_no_case_fits_nothing_not_even_its_own_code() {
    let bench = Bench::new().await;
    let key = bench.vault.query_code_key().await.unwrap();
    let code = bench.vault.query_code(&"nobody:nobody".parse().unwrap(), key).await.unwrap();
    assert!(!bench.vault.fits_query_code(None, code.expose()).await.unwrap());
}

#[tokio::test]
async fn an_older_code_fits_after_a_rotation_and_an_unknown_key_is_an_alarm() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let older = bench.vault.query_code_key().await.unwrap();
    let code = bench.vault.query_code(&case, older).await.unwrap();
    let newer = bench.vault.rotate_server_key(ServerKey::QueryCode).await.unwrap();
    assert_eq!(bench.another().query_code_key().await.unwrap(), newer);
    assert!(bench.vault.fits_query_code(Some((&case, older)), code.expose()).await.unwrap());
    assert!(!bench.vault.fits_query_code(Some((&case, newer)), code.expose()).await.unwrap());
    let unknown = bench.vault.fits_query_code(Some((&case, newer + 1)), code.expose()).await;
    assert!(matches!(unknown, Err(VaultError::KeyMissing { .. })), "{unknown:?}");
}
