//! The local CDN: hosts to sites, objects to pages, `/api/` to functions.
//!
//! Its rules are those of the CDN functions in `infra/cdn`; one table of cases holds both to them.

pub mod address;
pub mod api;
pub mod cache;
pub mod compress;
pub mod headers;
pub mod origin;
pub mod purge;
pub mod server;
pub mod service;
pub mod stored;
