//! `CreateInvalidation` of CloudFront's API, version 2020-05-31: the one call of it that is made.
//!
//! Built on the SDK's own runtime (signing, retries, timeouts, connections) without the SDK crate of the service, which is a quarter of a
//! million lines for some hundred and seventy operations.

use aws_config::{BehaviorVersion, SdkConfig, retry::RetryConfig};
use aws_runtime::auth::{
    SigV4OperationSigningConfig,
    sigv4::{self, SigV4AuthScheme},
};
use aws_smithy_runtime::client::{
    orchestrator::operation::Operation,
    retries::classifiers::{HttpStatusCodeClassifier, TransientErrorClassifier},
};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        auth::{
            AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
            static_resolver::StaticAuthSchemeOptionResolver,
        },
        identity::SharedIdentityResolver,
        orchestrator::{HttpRequest, HttpResponse, OrchestratorError},
        result::SdkError,
        runtime_components::RuntimeComponentsBuilder,
        runtime_plugin::StaticRuntimePlugin,
    },
};
use aws_smithy_types::{body::SdkBody, config_bag::Layer, error::display::DisplayErrorContext};
use aws_types::{SigningName, region::SigningRegion};
use http::{Method, Request, header};
use quick_xml::{Reader, escape::escape, events::Event};
use thiserror::Error;
use views::PurgeError;

use super::Invalidation;

/// Where CloudFront's API is, for all regions.
const ENDPOINT: &str = "https://cloudfront.amazonaws.com";
/// The region its requests are signed for.
const REGION: &str = "us-east-1";
/// Tries of one call; after them the rows wait for the next tick.
const ATTEMPTS: u32 = 3;

/// CloudFront refused, and why: `TooManyInvalidationsInProgress`, `AccessDenied`, …
#[derive(Debug, Error)]
#[error("CloudFront answered {status} `{code}`")]
struct Refused {
    status: u16,
    code: String,
}

/// The call, for one distribution.
#[derive(Debug)]
pub(super) struct CreateInvalidation {
    operation: Operation<Invalidation, String, Refused>,
}

impl CreateInvalidation {
    pub(super) fn new(shared: &SdkConfig, distribution: &str, endpoint: Option<&str>) -> Self {
        let path = format!("/2020-05-31/distribution/{distribution}/invalidation");
        let mut operation = Operation::builder()
            .service_name("cloudfront")
            .operation_name("CreateInvalidation")
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(endpoint.unwrap_or(ENDPOINT))
            .standard_retry(&RetryConfig::standard().with_max_attempts(ATTEMPTS))
            .retry_classifier(HttpStatusCodeClassifier::default())
            .retry_classifier(TransientErrorClassifier::<Refused>::new())
            .runtime_plugin(signing(shared));
        if let Some(timeouts) = shared.timeout_config() {
            operation = operation.timeout_config(timeouts.clone());
        }
        if let Some(client) = shared.http_client() {
            operation = operation.http_client(client);
        }
        let operation =
            operation.serializer(move |invalidation| request(&path, &invalidation)).deserializer(answer).build();
        Self { operation }
    }

    /// Sends it and gives CloudFront's id of the invalidation.
    pub(super) async fn send(&self, invalidation: Invalidation) -> Result<String, PurgeError> {
        let sent = self.operation.invoke(invalidation).await;
        sent.map_err(|error| match error {
            SdkError::ServiceError(refused) => PurgeError(refused.err().to_string()),
            error => PurgeError(DisplayErrorContext(error).to_string()),
        })
    }
}

/// Signature version 4 with the process's own keys.
fn signing(shared: &SdkConfig) -> StaticRuntimePlugin {
    let mut config = Layer::new("cloudfront");
    config.store_put(AuthSchemeOptionResolverParams::new(()));
    config.store_put(SigV4OperationSigningConfig {
        region: Some(SigningRegion::from_static(REGION)),
        name: Some(SigningName::from_static("cloudfront")),
        ..SigV4OperationSigningConfig::default()
    });
    let mut components = RuntimeComponentsBuilder::new("cloudfront")
        .with_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()))
        .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(
            StaticAuthSchemeOptionResolver::new(vec![sigv4::SCHEME_ID]),
        )))
        .with_identity_cache(shared.identity_cache());
    if let Some(keys) = shared.credentials_provider() {
        components = components.with_identity_resolver(sigv4::SCHEME_ID, SharedIdentityResolver::new(keys));
    }
    StaticRuntimePlugin::new().with_config(config.freeze()).with_runtime_components(components)
}

fn request(path: &str, invalidation: &Invalidation) -> Result<HttpRequest, BoxError> {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/xml")
        .body(SdkBody::from(document(invalidation)))?;
    Ok(request.try_into()?)
}

fn document(invalidation: &Invalidation) -> String {
    let Invalidation { paths, reference } = invalidation;
    let items: String = paths.iter().map(|path| format!("<Path>{}</Path>", escape(path.as_str()))).collect();
    format!(
        r#"<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Paths><Quantity>{}</Quantity><Items>{items}</Items></Paths><CallerReference>{reference}</CallerReference></InvalidationBatch>"#,
        paths.len()
    )
}

fn answer(response: &HttpResponse) -> Result<String, OrchestratorError<Refused>> {
    let status = response.status();
    let body = String::from_utf8_lossy(response.body().bytes().unwrap_or_default());
    match status.is_success() {
        true => Ok(first_text(&body, "Id")),
        false => {
            Err(OrchestratorError::operation(Refused { status: status.as_u16(), code: first_text(&body, "Code") }))
        }
    }
}

/// The text of the first element of this name; empty where there is none: it is for the log.
fn first_text(document: &str, name: &str) -> String {
    let mut reader = Reader::from_str(document);
    let mut inside = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => inside = element.local_name().as_ref() == name,
            Ok(Event::Text(text)) if inside => return text.to_string(),
            Ok(Event::Eof) | Err(_) => return String::new(),
            Ok(_) => {}
        }
    }
}
