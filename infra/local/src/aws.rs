//! The operator's commands on a city that runs on AWS: with the SDK's own credentials and region, on the names that the functions have.

pub mod assets;
