//! A deployment's environment, read.

use std::collections::BTreeMap;

use super::*;

fn environment() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("TAIHU_LEDGER_TABLE", "ledger"),
        ("TAIHU_GUARDS_TABLE", "guards"),
        ("TAIHU_VIEWS_TABLE", "views"),
        ("TAIHU_BODIES_BUCKET", "bodies"),
        ("TAIHU_QUARANTINE_BUCKET", "quarantine"),
        ("TAIHU_PAGES_BUCKET", "pages"),
        ("TAIHU_GENERATION", "7"),
        ("TAIHU_CITY_DOMAIN", "localhost:8080"),
        ("TAIHU_SCHEME", "http"),
        ("TAIHU_PORTAL", "www"),
    ])
}

fn read(environment: &BTreeMap<&str, &str>) -> Result<Config, ConfigError> {
    Config::from_lookup(|name| environment.get(name).map(|value| (*value).to_owned()))
}

#[test]
fn reads_a_deployment_without_callers() {
    let config = read(&environment()).unwrap();
    assert_eq!(config.generation, 7);
    assert_eq!(config.city.url("jyj", "/xw/"), "http://jyj.localhost:8080/xw/");
    assert!(config.tokens.is_none() && config.purge.is_none());
    assert!(config.tokens().is_err());
}

#[test]
fn names_each_variable_that_is_missing() {
    for missing in environment().keys() {
        let mut less = environment();
        less.remove(missing);
        match read(&less) {
            Err(ConfigError::Missing { variable }) => assert_eq!(variable, *missing),
            other => panic!("{missing}: {other:?}"),
        }
    }
}

#[test]
fn refuses_values_of_another_shape() {
    let wrong = [("TAIHU_SCHEME", "ftp"), ("TAIHU_GENERATION", "seven"), ("TAIHU_CDN_DISTRIBUTION", "E1/../../x")];
    for (variable, value) in wrong {
        let mut wrong = environment();
        wrong.insert(variable, value);
        assert!(matches!(read(&wrong), Err(ConfigError::Malformed { variable: named, .. }) if named == variable));
    }
}

#[test]
fn limits_of_rectifications_are_the_deployments_or_none() {
    assert_eq!(read(&environment()).unwrap().rectification, Rectification::default());
    let mut own = environment();
    own.insert("TAIHU_RECTIFICATION_DAYS", "30");
    own.insert("TAIHU_RECTIFICATIONS_A_YEAR", "2");
    let expected = Rectification { days: Some(30), times_a_year: Some(2) };
    assert_eq!(read(&own).unwrap().rectification, expected);
    own.insert("TAIHU_RECTIFICATION_DAYS", "sixty");
    assert!(matches!(read(&own), Err(ConfigError::Malformed { variable: "TAIHU_RECTIFICATION_DAYS", .. })));
}

#[test]
fn a_function_that_citizens_write_to_has_a_table_of_tries_and_limits_of_the_deployment_or_none() {
    let without = read(&environment()).unwrap();
    assert_eq!(without.form_limits, FormLimits::default());
    assert!(matches!(without.attempts(), Err(ConfigError::Missing { variable: "TAIHU_ATTEMPTS_TABLE" })));
    let mut own = environment();
    own.insert("TAIHU_ATTEMPTS_TABLE", "attempts");
    own.insert("TAIHU_CODE_TRIES", "3");
    own.insert("TAIHU_PLAIN_SUBMISSIONS_AN_HOUR", "1");
    let config = read(&own).unwrap();
    assert_eq!(config.attempts().unwrap(), "attempts");
    let expected = FormLimits { tries: Some(3), submissions: None, plain_submissions: Some(1) };
    assert_eq!(config.form_limits, expected);
    own.insert("TAIHU_CODE_TRIES", "some");
    assert!(matches!(read(&own), Err(ConfigError::Malformed { variable: "TAIHU_CODE_TRIES", .. })));
}

#[test]
fn token_checks_are_whole_or_absent() {
    let mut some = environment();
    some.insert("TAIHU_ISSUER", "https://login.example");
    some.insert("TAIHU_JWKS", r#"{"keys":[]}"#);
    assert!(matches!(read(&some), Err(ConfigError::Missing { variable: "TAIHU_AUDIENCE" })));
    some.insert("TAIHU_AUDIENCE", "taihu");
    assert_eq!(read(&some).unwrap().tokens().unwrap().jwks, r#"{"keys":[]}"#);
    some.insert("TAIHU_JWKS", "no/such/file.json");
    assert!(matches!(read(&some), Err(ConfigError::File { .. })));
}

#[test]
fn the_desk_is_whole_or_absent() {
    assert!(read(&environment()).unwrap().desk().is_err());
    let mut some = environment();
    for (variable, value) in [
        ("TAIHU_OIDC_AUTHORIZE", "https://login.example/authorize"),
        ("TAIHU_OIDC_CLIENT", "desk"),
        ("TAIHU_DESK_SECRET", "hidden"),
    ] {
        some.insert(variable, value);
        assert!(matches!(
            read(&some),
            Err(ConfigError::Missing { variable: "TAIHU_OIDC_TOKEN" | "TAIHU_OIDC_CLIENT" | "TAIHU_DESK_SECRET" })
        ));
    }
    some.insert("TAIHU_OIDC_TOKEN", "https://login.example/token");
    let config = read(&some).unwrap();
    let desk = config.desk().unwrap();
    assert_eq!((desk.client.as_str(), desk.client_secret.is_none()), ("desk", true));
}

#[test]
fn where_personal_data_lies_is_said_whole_and_with_one_root() {
    assert!(read(&environment()).unwrap().personal().is_err());
    let mut some = environment();
    some.insert("TAIHU_KEYS_TABLE", "keys");
    assert!(matches!(read(&some), Err(ConfigError::Missing { variable: "TAIHU_VAULT_TABLE" })));
    some.insert("TAIHU_VAULT_TABLE", "vault");
    assert!(matches!(read(&some), Err(ConfigError::Missing { variable: "TAIHU_KMS_KEY" })));
    some.insert("TAIHU_KEY_FILE", "data/keys/vault.json");
    let config = read(&some).unwrap();
    assert_eq!(config.personal().unwrap().root, RootKey::File("data/keys/vault.json".into()));
    some.insert("TAIHU_KMS_KEY", "alias/taihu-vault");
    assert!(matches!(read(&some), Err(ConfigError::Malformed { variable: "TAIHU_KEY_FILE", .. })));
    some.remove("TAIHU_KEY_FILE");
    let config = read(&some).unwrap();
    let personal = config.personal().unwrap();
    assert_eq!((personal.keys_table.as_str(), personal.vault_table.as_str()), ("keys", "vault"));
    some.remove("TAIHU_KEYS_TABLE");
    assert!(matches!(read(&some), Err(ConfigError::Missing { variable: "TAIHU_KEYS_TABLE" })));
}

#[test]
fn a_secret_does_not_show_itself() {
    assert_eq!(format!("{:?}", Secret::new("hidden")), "Secret(…)");
}
