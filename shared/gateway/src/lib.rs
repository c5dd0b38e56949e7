#![doc = include_str!("../README.md")]

mod body;
mod clients;
mod complete;
mod config;
mod fallback;
mod form_origin;
pub mod kinds;
pub mod logs;
mod octets;
mod origin;
mod path_param;
mod problem;
pub mod problem_pages;
mod query_params;
mod randomness;
mod to_the_byte;

pub use body::{BODY_LIMIT, Body};
pub use clients::{Clients, Patience};
pub use complete::{RequestId, complete, completed};
pub use config::{
    Buckets, City, Config, ConfigError, Desk, Endpoints, FormLimits, Keys, Notices, Personal, PurgeDoor, Rectification,
    RootKey, Scheme, Secret, Tables, Texts, Tokens,
};
pub use fallback::{method_not_allowed, not_found, text_paths};
pub use form_origin::is_from_our_page;
pub use http::StatusCode;
pub use octets::{FILE_LIMIT, OCTETS, Octets};
pub use origin::comes_through_the_cdn;
pub use path_param::{PathParam, PathParams};
pub use problem::{Change, FieldError, MEDIA_TYPE, PROBLEMS_PATH, Problem, ProblemKind, Sentence};
pub use query_params::QueryParams;
pub use randomness::{Randomness, SystemRandomness};
pub use to_the_byte::{ToTheByte, to_the_byte};
