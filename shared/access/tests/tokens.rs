//! Tokens good and forged.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests stop at the first surprise, as the tests do"
)]

use access::{KeyError, TokenRefusal, Verifier};
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp, jwk::Jwk};
use serde_json::{Value, json};

const ISSUER: &str = "https://login.city.test";
const AUDIENCE: &str = "taihu";

/// PKCS #8 around a seed of one repeated byte.
fn ed25519(seed: u8) -> EncodingKey {
    let mut der = HEXLOWER.decode(b"302e020100300506032b657004220420").unwrap();
    der.extend_from_slice(&[seed; 32]);
    EncodingKey::from_ed_der(&der)
}

/// The key of RFC 7515, appendix A.3.
fn p256() -> EncodingKey {
    let part = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
    let mut der = HEXLOWER.decode(b"308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420").unwrap();
    der.extend(part("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"));
    der.extend(HEXLOWER.decode(b"a14403420004").unwrap());
    der.extend(part("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"));
    der.extend(part("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));
    EncodingKey::from_ec_der(&der)
}

fn rsa() -> EncodingKey {
    let text: String = include_str!("keys/rsa-for-tests-only.base64").split_whitespace().collect();
    EncodingKey::from_rsa_der(&BASE64.decode(text.as_bytes()).unwrap())
}

fn jwk(key: &EncodingKey, algorithm: Algorithm, kid: &str) -> Value {
    let mut jwk = Jwk::from_encoding_key(key, algorithm).unwrap();
    jwk.common.key_id = Some(kid.to_owned());
    serde_json::to_value(jwk).unwrap()
}

fn jwks() -> Value {
    json!({ "keys": [
        jwk(&ed25519(1), Algorithm::EdDSA, "ed"),
        jwk(&p256(), Algorithm::ES256, "ec"),
        jwk(&rsa(), Algorithm::RS256, "rsa"),
    ]})
}

fn verifier() -> Verifier {
    Verifier::new(ISSUER, AUDIENCE, &jwks().to_string()).unwrap()
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "zhang.wei", "name": "张伟", "roles": ["editor"],
        "exp": get_current_timestamp() + 600,
    })
}

fn with(claim: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[claim] = value;
    claims
}

fn sign(algorithm: Algorithm, kid: Option<&str>, key: &EncodingKey, claims: &Value) -> String {
    let mut header = Header::new(algorithm);
    header.kid = kid.map(str::to_owned);
    encode(&header, claims, key).unwrap()
}

fn signed(claims: &Value) -> String {
    sign(Algorithm::EdDSA, Some("ed"), &ed25519(1), claims)
}

#[test]
fn takes_a_token_of_each_allowed_algorithm() {
    let tokens = [
        signed(&claims()),
        sign(Algorithm::ES256, Some("ec"), &p256(), &claims()),
        sign(Algorithm::RS256, Some("rsa"), &rsa(), &claims()),
    ];
    for token in tokens {
        assert_eq!(verifier().verify(&token).unwrap().as_str(), "zhang.wei");
    }
}

#[test]
fn refuses_a_token_without_a_signature() {
    let header = BASE64URL_NOPAD.encode(br#"{"alg":"none","kid":"ed"}"#);
    let payload = BASE64URL_NOPAD.encode(claims().to_string().as_bytes());
    for signature in ["", "AA"] {
        let token = format!("{header}.{payload}.{signature}");
        assert_eq!(verifier().verify(&token), Err(TokenRefusal::Algorithm));
    }
}

#[test]
fn refuses_a_token_signed_with_the_public_key_as_a_secret() {
    let jwks = jwks();
    let public = jwks["keys"][0]["x"].as_str().unwrap();
    let secrets =
        [public.as_bytes().to_vec(), BASE64URL_NOPAD.decode(public.as_bytes()).unwrap(), jwks.to_string().into_bytes()];
    for secret in secrets {
        for kid in ["ed", "ec", "rsa"] {
            let forged = sign(Algorithm::HS256, Some(kid), &EncodingKey::from_secret(&secret), &claims());
            assert_eq!(verifier().verify(&forged), Err(TokenRefusal::Algorithm));
        }
    }
}

#[test]
fn refuses_the_algorithm_of_another_key() {
    let token = sign(Algorithm::ES256, Some("ed"), &p256(), &claims());
    assert_eq!(verifier().verify(&token), Err(TokenRefusal::Algorithm));
    let token = sign(Algorithm::RS512, Some("rsa"), &rsa(), &claims());
    assert_eq!(verifier().verify(&token), Err(TokenRefusal::Algorithm));
}

#[test]
fn refuses_a_token_of_an_unknown_or_unnamed_key() {
    for kid in [None, Some("other"), Some("")] {
        let token = sign(Algorithm::EdDSA, kid, &ed25519(1), &claims());
        assert_eq!(verifier().verify(&token), Err(TokenRefusal::UnknownKey));
    }
}

#[test]
fn refuses_a_signature_of_another_key() {
    let token = sign(Algorithm::EdDSA, Some("ed"), &ed25519(2), &claims());
    assert_eq!(verifier().verify(&token), Err(TokenRefusal::Signature));
}

#[test]
fn refuses_a_payload_that_was_changed() {
    let token = signed(&claims());
    let parts: Vec<&str> = token.split('.').collect();
    let changed = with("roles", json!(["publisher"])).to_string();
    let forged = format!("{}.{}.{}", parts[0], BASE64URL_NOPAD.encode(changed.as_bytes()), parts[2]);
    assert_eq!(verifier().verify(&forged), Err(TokenRefusal::Signature));
}

#[test]
fn refuses_another_issuer_or_audience() {
    let other = |claim| verifier().verify(&signed(&with(claim, json!("other"))));
    assert_eq!(other("iss"), Err(TokenRefusal::Issuer));
    assert_eq!(other("aud"), Err(TokenRefusal::Audience));
    assert!(verifier().verify(&signed(&with("aud", json!(["x", AUDIENCE])))).is_ok());
}

#[test]
fn an_expired_token_still_tells_whose_it_was() {
    let now = get_current_timestamp();
    match verifier().verify(&signed(&with("exp", json!(now - 31)))) {
        Err(TokenRefusal::Expired { actor }) => assert_eq!(actor.as_str(), "zhang.wei"),
        other => panic!("{other:?}"),
    }
    assert!(verifier().verify(&signed(&with("exp", json!(now - 20)))).is_ok());
}

#[test]
fn refuses_a_token_that_is_not_valid_yet() {
    let now = get_current_timestamp();
    let early = signed(&with("nbf", json!(now + 60)));
    assert_eq!(verifier().verify(&early), Err(TokenRefusal::TooEarly));
    assert!(verifier().verify(&signed(&with("nbf", json!(now + 20)))).is_ok());
}

#[test]
fn refuses_a_token_that_lacks_a_claim_or_bends_one() {
    for claim in ["exp", "iss", "aud", "sub"] {
        let mut less = claims();
        less.as_object_mut().unwrap().remove(claim);
        assert!(matches!(verifier().verify(&signed(&less)), Err(TokenRefusal::Claim { .. })), "{claim}");
    }
    let bent = [
        ("sub", json!("system:clock")),
        ("sub", json!("citizen:letter.gq4tmnzzgqztsmzrgq2dqmjsge")),
        ("sub", json!("a b")),
        ("sub", json!(["zhang.wei"])),
        ("sub", json!("a".repeat(121))),
        ("exp", json!("soon")),
    ];
    for (claim, value) in bent {
        assert!(
            matches!(verifier().verify(&signed(&with(claim, value.clone()))), Err(TokenRefusal::Claim { .. })),
            "{claim} {value}"
        );
    }
}

#[test]
fn refuses_what_is_no_token() {
    let long = "a".repeat(9_000);
    for text in ["", "a", "a.b", "a.b.c", "a.b.c.d", "☃.☃.☃", &long] {
        assert!(verifier().verify(text).is_err(), "{text:.20}");
    }
}

#[test]
fn refuses_extensions_that_must_be_understood() {
    let mut header = Header::new(Algorithm::EdDSA);
    header.kid = Some("ed".to_owned());
    header.crit = Some(vec!["b64".to_owned()]);
    let token = encode(&header, &claims(), &ed25519(1)).unwrap();
    assert!(verifier().verify(&token).is_err());
}

/// A token tells who somebody is; what he may do is in the ledger alone.
#[test]
fn claims_about_roles_are_passed_over_whatever_they_say() {
    for (claim, value) in [("roles", json!(["administrator"])), ("scope", json!("city")), ("department", json!("../x"))]
    {
        assert_eq!(verifier().verify(&signed(&with(claim, value))).unwrap().as_str(), "zhang.wei");
    }
}

#[test]
fn refuses_key_sets_that_could_be_misread() {
    let set = |keys: Value| Verifier::new(ISSUER, AUDIENCE, &json!({ "keys": keys }).to_string());
    let ed = jwk(&ed25519(1), Algorithm::EdDSA, "ed");
    let mut nameless = ed.clone();
    nameless.as_object_mut().unwrap().remove("kid");
    let mut free = ed.clone();
    free.as_object_mut().unwrap().remove("alg");
    let secret = jwk(&EncodingKey::from_secret(b"secret"), Algorithm::HS256, "hs");
    let mut crossed = ed.clone();
    crossed["alg"] = json!("RS256");
    let mut short = ed.clone();
    short["x"] = json!("AAAA");
    assert_eq!(set(json!([nameless])).unwrap_err(), KeyError::Nameless { place: 0 });
    assert!(matches!(set(json!([ed, ed])), Err(KeyError::Twice { .. })));
    assert!(matches!(set(json!([free])), Err(KeyError::Algorithm { .. })));
    assert!(matches!(set(json!([secret])), Err(KeyError::Algorithm { .. })));
    assert!(matches!(set(json!([crossed])), Err(KeyError::Material { .. })));
    assert!(matches!(set(json!([short])), Err(KeyError::Material { .. })));
    assert_eq!(set(json!([])).unwrap_err(), KeyError::None);
    assert!(matches!(Verifier::new(ISSUER, AUDIENCE, "{"), Err(KeyError::Unreadable { .. })));
}
