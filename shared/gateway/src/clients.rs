//! The services, reached with the house's timeouts.

use std::time::Duration;

use aws_config::{
    BehaviorVersion, Region, SdkConfig, retry::RetryConfig, stalled_stream_protection::StalledStreamProtectionConfig,
    timeout::TimeoutConfig,
};
use aws_sdk_dynamodb::config::{Credentials, HttpClient, IntoShared, SharedHttpClient};
use aws_sdk_s3::config::{RequestChecksumCalculation, ResponseChecksumValidation};

use crate::config::{Config, Endpoints, Keys};

/// How long the one attempt of a request may take that is not repeated.
const ONCE: Duration = Duration::from_secs(10);

/// How long a client goes on trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// As long as a request may: it stops trying after ten seconds, so one operation, with three attempts, gives up after nine.
    Request,
    /// As long as an operator's task may: ten attempts within two minutes wait out throttling.
    Task,
}

/// Clients of the services; cheap to clone.
#[derive(Debug, Clone)]
pub struct Clients {
    /// What clients of further services are made from: region, keys, timeouts.
    pub shared: SdkConfig,
    /// DynamoDB.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// S3.
    pub s3: aws_sdk_s3::Client,
}

impl Clients {
    /// Builds a function's clients; nothing is sent.
    pub async fn connect(config: &Config) -> Self {
        Self::with(&config.endpoints, config.keys.as_ref(), Patience::Request).await
    }

    /// As [`connect`](Self::connect), where `http` carries the requests instead of the SDK's own connections.
    pub async fn connect_by(config: &Config, http: impl HttpClient + 'static) -> Self {
        let http = Some(http.into_shared());
        Self::build(&config.endpoints, config.keys.as_ref(), Patience::Request, http).await
    }

    /// Builds clients for services at `endpoints`, with `keys` or those the SDK finds; nothing is sent.
    pub async fn with(endpoints: &Endpoints, keys: Option<&Keys>, patience: Patience) -> Self {
        Self::build(endpoints, keys, patience, None).await
    }

    /// What clients are made from whose requests must not be repeated: one attempt, with as long as an answer may take. Who asks repeats it himself, later.
    #[must_use]
    pub fn once(&self) -> SdkConfig {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_attempt_timeout(ONCE)
            .operation_timeout(ONCE)
            .build();
        self.shared.to_builder().timeout_config(timeouts).retry_config(RetryConfig::disabled()).build()
    }

    async fn build(
        endpoints: &Endpoints,
        keys: Option<&Keys>,
        patience: Patience,
        http: Option<SharedHttpClient>,
    ) -> Self {
        let (connect, attempt, operation, attempts) = match patience {
            Patience::Request => (1, 3, 9, 3),
            Patience::Task => (3, 20, 120, 10),
        };
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(connect))
            .operation_attempt_timeout(Duration::from_secs(attempt))
            .operation_timeout(Duration::from_secs(operation))
            .build();
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .timeout_config(timeouts)
            .retry_config(RetryConfig::standard().with_max_attempts(attempts));
        if let Some(keys) = keys {
            let secret = keys.secret_key.expose();
            loader = loader.region(Region::new(keys.region.clone())).credentials_provider(Credentials::new(
                &keys.access_key,
                secret,
                None,
                None,
                "taihu",
            ));
        }
        if let Some(http) = http {
            // Nothing travels: no stream can stall, and the signature covers the bytes already.
            loader = loader
                .http_client(http)
                .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
                .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
                .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
        }
        let shared = loader.load().await;
        let mut dynamodb = aws_sdk_dynamodb::config::Builder::from(&shared);
        if let Some(endpoint) = &endpoints.dynamodb {
            dynamodb = dynamodb.endpoint_url(endpoint);
        }
        let mut s3 = aws_sdk_s3::config::Builder::from(&shared);
        if let Some(endpoint) = &endpoints.s3 {
            s3 = s3.endpoint_url(endpoint).force_path_style(true);
        }
        Self {
            dynamodb: aws_sdk_dynamodb::Client::from_conf(dynamodb.build()),
            s3: aws_sdk_s3::Client::from_conf(s3.build()),
            shared,
        }
    }
}
