//! Why the emulated cloud could not start or answer.

use std::{io, path::PathBuf};

use thiserror::Error;

/// A failure to open, lock or serve the emulated cloud.
#[derive(Debug, Error)]
pub enum CloudError {
    /// The folder cannot be created, read or written.
    #[error("cannot use the folder `{}`: {source}", folder.display())]
    Folder {
        /// The folder asked for.
        folder: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Another process serves this folder.
    #[error("the folder `{}` is already served by another process; stop it first, or name another folder {owner}", folder.display())]
    Served {
        /// The folder asked for.
        folder: PathBuf,
        /// What the other process wrote into its lock file (one line of JSON), possibly empty.
        owner: String,
    },
    /// A database file is not SQLite, is damaged, or is from a newer version.
    #[error("the file `{}` cannot be read as a database: {reason}; restore it from a backup or move it away", file.display())]
    Damaged {
        /// The database file.
        file: PathBuf,
        /// What SQLite said.
        reason: String,
    },
    /// The address could not be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: std::net::SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// The store refused a request made while the cloud was set up.
    #[error("the emulated cloud could not be set up: {0}")]
    Setup(String),
    /// A script names a fault which its operation can never show.
    #[error("operation `{operation}` cannot fail with `{fault}`")]
    Script {
        /// The operation named in the script.
        operation: String,
        /// The fault named in the script.
        fault: &'static str,
    },
}
