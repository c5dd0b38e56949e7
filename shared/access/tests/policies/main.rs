//! The policies: every role and action once, and random lives of the staff.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

mod matrix;
mod random;
mod support;
