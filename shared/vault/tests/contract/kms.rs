//! AWS KMS as a root: what is sent to it, and what its refusals mean.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use aws_sdk_kms::config::{
    BehaviorVersion, Credentials, Region, RuntimeComponents,
    http::{HttpRequest, HttpResponse},
    retry::RetryConfig,
};
use aws_smithy_runtime_api::{
    client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
    shared::IntoShared,
};
use aws_smithy_types::body::SdkBody;
use vault::{Closed, Root, RootError, ServerKey, VaultError};

use crate::support::{Bench, field, opening};

/// A KMS with one key, which binds what it wraps to the context, as AWS's does.
#[derive(Debug, Clone, Default)]
struct Kms(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    calls: Vec<(String, serde_json::Value)>,
    wrapped: HashMap<String, (String, String)>,
    refusal: Option<(&'static str, u16)>,
}

impl Kms {
    fn root(&self) -> Root {
        let config = aws_sdk_kms::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("cn-north-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "local"))
            .retry_config(RetryConfig::disabled())
            .http_client(self.clone())
            .build();
        Root::kms_by(aws_sdk_kms::Client::from_conf(config), "alias/taihu-vault")
    }

    fn refuse(&self, code: Option<(&'static str, u16)>) {
        self.0.lock().unwrap().refusal = code;
    }

    fn calls(&self, operation: &str) -> Vec<serde_json::Value> {
        let state = self.0.lock().unwrap();
        state.calls.iter().filter(|(named, _)| named == operation).map(|(_, body)| body.clone()).collect()
    }

    fn answer(&self, operation: &str, body: &serde_json::Value) -> (u16, serde_json::Value) {
        let mut state = self.0.lock().unwrap();
        state.calls.push((operation.to_owned(), body.clone()));
        if let Some((code, status)) = state.refusal {
            return (status, serde_json::json!({ "__type": code, "message": "no" }));
        }
        let context = body["EncryptionContext"].to_string();
        assert_eq!(body["KeyId"], "alias/taihu-vault");
        match operation {
            "Encrypt" => {
                let wrapped = data_encoding::BASE64.encode(format!("wrap {}", state.wrapped.len()).as_bytes());
                let plaintext = body["Plaintext"].as_str().unwrap().to_owned();
                state.wrapped.insert(wrapped.clone(), (context, plaintext));
                (200, serde_json::json!({ "CiphertextBlob": wrapped, "KeyId": "key" }))
            }
            _ => match state.wrapped.get(body["CiphertextBlob"].as_str().unwrap()) {
                Some((bound, plaintext)) if *bound == context => {
                    (200, serde_json::json!({ "Plaintext": plaintext, "KeyId": "key" }))
                }
                _ => (400, serde_json::json!({ "__type": "InvalidCiphertextException" })),
            },
        }
    }
}

impl HttpClient for Kms {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.clone().into_shared()
    }
}

impl HttpConnector for Kms {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        let (status, answer) = self.answer(&operation, &body);
        let response = http::Response::builder().status(status).header("content-type", "application/x-amz-json-1.1");
        let response = response.body(SdkBody::from(answer.to_string())).unwrap();
        HttpConnectorFuture::ready(Ok(HttpResponse::try_from(response).unwrap()))
    }
}

#[tokio::test]
async fn a_departments_key_is_wrapped_by_kms_under_its_name_and_unwrapped_once() {
    let kms = Kms::default();
    let bench = Bench::on(kms.root()).await;
    let case = bench.case("jyj", "路灯坏了").await;
    let (name, sealed) = (field("text"), bench.sealed(&case).await);
    for _ in 0..3 {
        let opened = bench.vault.open(&opening(&case, "jyj"), &[Closed::Text(&name, &sealed)]).await.unwrap();
        assert_eq!(opened.text(&name), Some("路灯坏了"));
    }
    let contexts = |operation| -> Vec<_> {
        kms.calls(operation)
            .iter()
            .map(|body| body["EncryptionContext"]["taihu-vault"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(contexts("Encrypt"), ["server#people", "department#jyj"]);
    assert_eq!(contexts("Decrypt"), ["server#people", "department#jyj"], "once per process");
}

#[tokio::test]
async fn a_key_that_was_moved_to_another_name_does_not_open() {
    let kms = Kms::default();
    let bench = Bench::on(kms.root()).await;
    bench.vault.server_keys(ServerKey::QueryCode).await.unwrap();
    let mut moved = bench.items("keys").await.remove(0);
    moved.insert("pk".to_owned(), aws_sdk_dynamodb::types::AttributeValue::S("server#form-token".to_owned()));
    bench.dynamo.put_item().table_name("keys").set_item(Some(moved)).send().await.unwrap();
    let refused = bench.vault.server_keys(ServerKey::FormToken).await;
    assert!(matches!(refused, Err(VaultError::Root(RootError::Unopened { .. }))), "{refused:?}");
}

#[tokio::test]
async fn refusals_for_good_and_for_now_are_told_apart_and_leave_nothing() {
    let kms = Kms::default();
    let bench = Bench::on(kms.root()).await;
    for code in ["AccessDeniedException", "DisabledException", "KMSInvalidStateException", "NotFoundException"] {
        kms.refuse(Some((code, 400)));
        let refused = bench.vault.server_keys(ServerKey::QueryCode).await;
        assert!(
            matches!(&refused, Err(VaultError::Root(RootError::Refused { reason })) if reason.starts_with(code)),
            "{refused:?}"
        );
    }
    for (code, status) in [("ThrottlingException", 400), ("LimitExceededException", 400), ("KMSInternalException", 500)]
    {
        kms.refuse(Some((code, status)));
        let refused = bench.vault.server_keys(ServerKey::QueryCode).await;
        assert!(matches!(refused, Err(VaultError::Root(RootError::Store(_)))), "{refused:?}");
    }
    assert!(bench.items("keys").await.is_empty());
    kms.refuse(None);
    bench.vault.server_keys(ServerKey::QueryCode).await.unwrap();
}
