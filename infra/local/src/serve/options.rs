//! What the operator decides about a machine.

use std::{net::IpAddr, path::PathBuf};

use http::Uri;

/// Label of the portal site.
pub const PORTAL: &str = "www";

/// How a city is served.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data folder.
    pub data: PathBuf,
    /// Address of the public door.
    pub addr: IpAddr,
    /// Port of the public door; 0 takes any that is free.
    pub port: u16,
    /// What a new folder begins with.
    pub beginning: Beginning,
    /// Where the functions run, if not in this process.
    pub lambda: Option<Uri>,
}

/// What a new folder begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// The sample city.
    Sample,
    /// Nothing.
    Empty,
}
