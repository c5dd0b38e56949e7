use jsonwebtoken::{DecodingKey, Validation, jwk::JwkSet};

use super::*;

const SUBJECT: &str = "zhang.wei";

fn check(issuer: &LocalIssuer, token: &str) -> Result<String, jsonwebtoken::errors::Error> {
    let jwks: JwkSet = serde_json::from_value(issuer.jwks()).unwrap();
    let kid = jsonwebtoken::decode_header(token)?.kid.unwrap_or_default();
    let jwk = jwks.find(&kid).ok_or(jsonwebtoken::errors::ErrorKind::InvalidToken)?;
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    let claims = jsonwebtoken::decode::<Value>(token, &DecodingKey::from_jwk(jwk)?, &validation)?.claims;
    Ok(claims["sub"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_token_is_accepted_by_its_own_jwks_and_by_no_other() {
    let issuer = LocalIssuer::from_seed([7; 32]);
    let token = issuer.token(SUBJECT, Timestamp::now(), 12).unwrap();
    assert_eq!(check(&issuer, &token).unwrap(), SUBJECT);
    assert!(check(&LocalIssuer::from_seed([8; 32]), &token).is_err());
}

#[test]
fn an_old_token_is_refused() {
    let issuer = LocalIssuer::from_seed([7; 32]);
    let yesterday = Timestamp::now() - jiff::SignedDuration::from_hours(24);
    let token = issuer.token(SUBJECT, yesterday, 12).unwrap();
    assert!(check(&issuer, &token).is_err());
}

#[test]
fn the_key_stays_the_same_and_private() {
    let folder = tempfile::tempdir().unwrap();
    let first = LocalIssuer::open(folder.path()).unwrap();
    let again = LocalIssuer::open(folder.path()).unwrap();
    assert_eq!(first.jwks(), again.jwks());
    let file = folder.path().join("keys/issuer.key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(LocalIssuer::open(folder.path()), Err(KeyError::Exposed { .. })));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    }
    fs::write(&file, "not a key").unwrap();
    assert!(matches!(LocalIssuer::open(folder.path()), Err(KeyError::NotAKey { .. })));
}
