//! The contract of the event store, written once.
//!
//! It runs against an emulator in this process. Pointed at real tables by environment variables it runs against those: `TAIHU_TEST_DYNAMODB_ENDPOINT`
//! (a URL, or `aws` for the region's own), `TAIHU_TEST_LEDGER_TABLE`, `TAIHU_TEST_GUARDS_TABLE`, `AWS_REGION` and the usual key variables. The tables must
//! exist; every test writes to streams of its own and removes nothing.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails; the helpers of tests are tests"
)]

mod appending;
mod claims;
mod clocks;
mod companions;
mod damage;
mod racing;
mod reading;
mod resending;
mod support;
mod unproven;
