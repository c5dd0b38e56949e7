//! Under which address a folder was last served: its pages' links carry it.

use std::{fs, io, net::SocketAddr, path::Path};

use serde::{Deserialize, Serialize};

use super::error::ServeError;

/// The last serving of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// Address of the public door.
    pub door: SocketAddr,
}

const FILE: &str = "served.json";

impl Served {
    /// Writes it down in the folder.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn remember(&self, data: &Path) -> Result<(), ServeError> {
        let file = data.join(FILE);
        let text = serde_json::to_string(self).map_err(io::Error::other);
        text.and_then(|text| fs::write(&file, text + "\n")).map_err(|source| ServeError::File { file, source })
    }

    /// The last serving, or none if the folder was never served.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn last(data: &Path) -> Result<Option<Self>, ServeError> {
        let file = data.join(FILE);
        match fs::read_to_string(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read
                .and_then(|text| serde_json::from_str(&text).map_err(io::Error::other))
                .map(Some)
                .map_err(|source| ServeError::File { file, source }),
        }
    }
}
