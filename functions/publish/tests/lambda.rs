//! The sample payloads of `events/lambda` are what Lambda sends, and the function answers them.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

use std::sync::Arc;

use axum::body::Body;
use gateway::{Clients, Config, Keys, Secret};
use http_body_util::BodyExt;
use ledger::SystemClock;
use publish::PublishState;
use serde_json::Value;
use tower::ServiceExt;

/// A JWKS document with the public key of RFC 8037, appendix A.
const JWKS: &str = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":"k","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;

async fn router() -> axum::Router {
    let mut config = Config::from_lookup(|name| {
        let value = match name {
            "TAIHU_GENERATION" => "1",
            "TAIHU_SCHEME" => "https",
            "TAIHU_JWKS" => JWKS,
            // Nothing listens there: these requests must not reach the store.
            "AWS_ENDPOINT_URL_DYNAMODB" | "AWS_ENDPOINT_URL_S3" => "http://127.0.0.1:9",
            "TAIHU_ORIGIN_SECRET" | "TAIHU_PURGE_URL" | "TAIHU_INDEX_SCHEME" => return None,
            "TAIHU_RECTIFICATION_DAYS" | "TAIHU_RECTIFICATIONS_A_YEAR" => return None,
            "TAIHU_CODE_TRIES" | "TAIHU_SUBMISSIONS_AN_HOUR" | "TAIHU_PLAIN_SUBMISSIONS_AN_HOUR" => return None,
            "TAIHU_KEYS_TABLE" | "TAIHU_VAULT_TABLE" | "TAIHU_KMS_KEY" | "TAIHU_KEY_FILE" => return None,
            "TAIHU_TEXT_MESSAGES" => return None,
            _ => "x",
        };
        Some(value.to_owned())
    })
    .unwrap();
    config.keys =
        Some(Keys { region: "us-east-1".to_owned(), access_key: "a".to_owned(), secret_key: Secret::new("s") });
    let clients = Clients::connect(&config).await;
    publish::router(PublishState::new(&config, &clients, Arc::new(SystemClock)).unwrap())
}

/// Takes a payload through Lambda's own parser to the router.
async fn answered(payload: &str) -> (u16, Value) {
    let request = lambda_http::request::from_str(payload).unwrap();
    let request = request.map(|body| Body::from(body.to_vec()));
    let response = router().await.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn the_health_payload_is_answered() {
    let (status, body) = answered(include_str!("../../../events/lambda/publish-health.json")).await;
    assert_eq!((status, body["status"].as_str()), (200, Some("ok")));
}

#[tokio::test]
async fn the_draft_payload_wants_a_token_first() {
    let payload = include_str!("../../../events/lambda/publish-draft.json");
    let (status, body) = answered(payload).await;
    assert_eq!((status, body["code"].as_str()), (401, Some("token-invalid")));
    let payload: Value = serde_json::from_str(payload).unwrap();
    let draft: Value = serde_json::from_str(payload["body"].as_str().unwrap()).unwrap();
    assert!(draft["content"]["title"].is_string());
}
