//! How a test speaks to an emulated service.

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig};
use aws_sdk_s3::config::{Credentials, SharedCredentialsProvider};
use local::cloud::credentials::{ACCESS_KEY, REGION, SECRET_KEY};

/// What a client of the service at `url` is made from; it tries every request `attempts` times, at once.
pub(crate) fn sdk(url: &str, attempts: u32) -> SdkConfig {
    let keys = Credentials::new(ACCESS_KEY, SECRET_KEY, None, None, "local");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .credentials_provider(SharedCredentialsProvider::new(keys))
        .retry_config(
            RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(Duration::from_millis(1)),
        )
        .endpoint_url(url)
        .build()
}
