//! Fixed keys and region of the emulated cloud.
//!
//! They guard nothing: both endpoints listen on loopback only. They exist
//! because the SDK signs every request and S3 checks the signature.

/// Region every local client names.
pub const REGION: &str = "us-east-1";

/// Access key id every local client signs with.
pub const ACCESS_KEY: &str = "TAIHULOCAL";

/// Secret access key that belongs to [`ACCESS_KEY`].
pub const SECRET_KEY: &str = "taihu-local-secret";
