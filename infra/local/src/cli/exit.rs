//! Exit codes: stable, told in the crate's README.

use std::process::ExitCode;

use gateway::ConfigError;
use thiserror::Error;

use crate::{
    cloud::CloudError,
    serve::{ServeError, keys::KeyError},
};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, and all is well.
    Done = 0,
    /// Failed for a reason without a code of its own.
    Failed = 1,
    // 2 is clap's: the command line is wrong.
    /// Another process serves the folder and cannot be asked.
    Served = 3,
    /// `verify`: something is behind; time alone mends it.
    Behind = 4,
    /// `verify` or `rebuild`: something differs from the ledger or could not be made.
    Different = 5,
    /// The folder cannot be used, or something in it is damaged.
    Folder = 6,
    /// The address is taken.
    Address = 7,
    /// `doctor` found something that keeps the city from being served.
    Unwell = 8,
    /// `import`: some rows were rejected; all others are in.
    Rejected = 9,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug, Error)]
pub enum Failure {
    /// The machine.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The environment does not say which city on AWS.
    #[error("{0}; --aws takes the environment of the functions: see docs/OPERATIONS.md")]
    Environment(#[from] ConfigError),
    /// There is no city in the folder.
    #[error("there is no city in `{}`; start one with: taihu serve --data {}", .0.display(), .0.display())]
    NoCity(std::path::PathBuf),
    /// The folder is served by a process that cannot be asked.
    #[error("{served}; it could not be asked to do this ({reason}), so stop it first")]
    CannotAsk {
        /// Who serves it.
        served: String,
        /// Why it could not be asked.
        reason: String,
    },
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    /// A failure without a code of its own.
    pub fn other(error: &dyn std::fmt::Display) -> Self {
        Self::Other(error.to_string())
    }

    /// The exit code it ends with.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::CannotAsk { .. } | Self::Serve(ServeError::Cloud(CloudError::Served { .. })) => Exit::Served,
            Self::Serve(ServeError::Listen { .. } | ServeError::Cloud(CloudError::Listen { .. })) => Exit::Address,
            Self::NoCity(_)
            | Self::Serve(
                ServeError::Cloud(CloudError::Folder { .. } | CloudError::Damaged { .. })
                | ServeError::Key(KeyError::File { .. } | KeyError::NotAKey { .. } | KeyError::Exposed { .. })
                | ServeError::File { .. }
                | ServeError::KeyFileGone { .. },
            ) => Exit::Folder,
            Self::Serve(ServeError::Rebuild(views::RebuildError::Parked(_))) => Exit::Different,
            Self::Serve(_) | Self::Environment(_) | Self::Other(_) => Exit::Failed,
        }
    }
}
