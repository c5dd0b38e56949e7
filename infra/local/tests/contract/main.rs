//! What the system relies on in AWS's services, asked of the emulated ones through the SDK.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

mod dynamo;
mod s3;
mod support;
