//! The services, reached with the house's timeouts.

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_dynamodb::config::Credentials;

use crate::config::Config;

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
    /// Builds both clients; nothing is sent.
    ///
    /// A request stops trying after ten seconds, so one operation, with the SDK's three attempts, gives up after nine.
    pub async fn connect(config: &Config) -> Self {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_attempt_timeout(Duration::from_secs(3))
            .operation_timeout(Duration::from_secs(9))
            .build();
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .timeout_config(timeouts)
            .retry_config(RetryConfig::standard().with_max_attempts(3));
        if let Some(keys) = &config.keys {
            let secret = keys.secret_key.expose();
            loader = loader.region(Region::new(keys.region.clone())).credentials_provider(Credentials::new(
                &keys.access_key,
                secret,
                None,
                None,
                "taihu",
            ));
        }
        let shared = loader.load().await;
        let mut dynamodb = aws_sdk_dynamodb::config::Builder::from(&shared);
        if let Some(endpoint) = &config.endpoints.dynamodb {
            dynamodb = dynamodb.endpoint_url(endpoint);
        }
        let mut s3 = aws_sdk_s3::config::Builder::from(&shared);
        if let Some(endpoint) = &config.endpoints.s3 {
            s3 = s3.endpoint_url(endpoint).force_path_style(true);
        }
        Self {
            dynamodb: aws_sdk_dynamodb::Client::from_conf(dynamodb.build()),
            s3: aws_sdk_s3::Client::from_conf(s3.build()),
            shared,
        }
    }
}
