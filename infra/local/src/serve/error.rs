//! Why a machine could not be started or asked.

use std::{io, net::SocketAddr, path::PathBuf};

use thiserror::Error;

use super::keys::KeyError;
use crate::cloud::CloudError;

/// A failure the operator can read and mend.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The stores.
    #[error(transparent)]
    Cloud(#[from] CloudError),
    /// Keys and secrets.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A function that takes cases.
    #[error(transparent)]
    Cases(#[from] letter::StartError),
    /// The function of messages.
    #[error(transparent)]
    React(#[from] react::StartError),
    /// The search index.
    #[error(transparent)]
    Index(#[from] index::IndexerError),
    /// A function of the search.
    #[error(transparent)]
    Search(#[from] gateway::ConfigError),
    /// The table of messages.
    #[error("the outbox cannot be read: {0}")]
    Outbox(#[source] ledger::StoreError),
    /// The key file of the vault.
    #[error(transparent)]
    Root(#[from] vault::RootError),
    /// Whether anything is wrapped by the vault's keys.
    #[error("the table of keys cannot be read: {0}")]
    Keys(Box<dyn std::error::Error + Send + Sync>),
    /// The key file is gone, and what it opened is here.
    #[error(
        "the key file `{}` is gone, and this folder holds cases that nothing else opens; put it back from its backup, or serve another folder with --data",
        file.display()
    )]
    KeyFileGone {
        /// Where it was.
        file: PathBuf,
    },
    /// The public door's address.
    #[error("cannot listen on {address}: {source}; choose another port with --port")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// The publish function.
    #[error("the publish function cannot start: {0}")]
    Publish(#[from] publish::StartError),
    /// A worker.
    #[error(transparent)]
    Worker(#[from] views::WorkerError),
    /// The views.
    #[error(transparent)]
    Views(#[from] views::ViewError),
    /// A file of the data folder.
    #[error("cannot use `{}`: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The static files.
    #[error("the static files cannot be stored: {0}")]
    Assets(String),
    /// The control socket.
    #[error("the process that serves this folder cannot be asked: {0}")]
    Control(String),
    /// A rebuild.
    #[error(transparent)]
    Rebuild(#[from] views::RebuildError),
    /// The machine's own staff.
    #[error("the machine's own staff could not be enrolled: {0}")]
    Staff(String),
    /// Work ended without a result: it panicked, or the process is stopping.
    #[error("the work ended without a result: {0}")]
    Lost(#[from] tokio::task::JoinError),
    /// A rebuild while functions run in processes that this one cannot wait for.
    #[error(
        "the functions run elsewhere (--lambda), so a rebuild cannot wait for them; stop this process and rebuild then, or serve without --lambda"
    )]
    WorkersElsewhere,
    /// The sample city.
    #[error("the sample city could not be filled in: {0}")]
    City(String),
}
