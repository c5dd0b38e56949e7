//! The vault on tables of an emulator, with a key file or a KMS that a test plays.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails; the helpers of tests are tests"
)]

mod begin;
mod erase;
mod holders;
mod kms;
mod open;
mod people;
mod query_code;
mod rings;
mod support;
