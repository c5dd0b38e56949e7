//! The emulated cloud: a DynamoDB and an S3 on loopback, in this process.
//!
//! The functions speak to it with the very SDK code they use on AWS. Every
//! acknowledged write is on disk before its reply leaves, so a `kill -9` loses
//! nothing that anybody was told.
//!
//! INVARIANT: nothing in here knows an event, a view or a page. It plays the
//! services, not the system.

pub mod credentials;
mod direct;
pub mod dynamo;
pub mod error;
pub mod faults;
pub mod objects;
pub mod place;
mod server;
pub mod tables;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub use direct::Direct;
pub use error::CloudError;
pub use place::{Place, Tenancy};
pub use server::Running;

use dynamo::{Doorbells, Dynamo};
use faults::Faults;
use objects::{BucketRule, ObjectStore};

/// A free port of this machine, chosen at the start.
pub const ANY_PORT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// How a cloud is started.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address of the DynamoDB endpoint.
    pub dynamo_addr: SocketAddr,
    /// Address of the S3 endpoint.
    pub s3_addr: SocketAddr,
    /// Which tables ring, and what.
    pub doorbells: Doorbells,
    /// What fails on purpose; also the meter.
    pub faults: Faults,
}

impl Default for Settings {
    fn default() -> Self {
        Self { dynamo_addr: ANY_PORT, s3_addr: ANY_PORT, doorbells: Doorbells::none(), faults: Faults::none() }
    }
}

/// Both services with the system's tables and buckets; they stop when dropped.
pub struct Cloud {
    /// For `AWS_ENDPOINT_URL_DYNAMODB`.
    pub dynamo_url: String,
    /// For `AWS_ENDPOINT_URL_S3`.
    pub s3_url: String,
    /// The objects, for readers in this process.
    pub objects: ObjectStore,
    /// The fault layer and meter in front of both endpoints.
    pub faults: Faults,
    dynamo: Dynamo,
    s3: Running,
    // Dropped last: the folder is free when nothing uses it any more.
    tenancy: Option<Tenancy>,
}

impl Cloud {
    /// Starts both services on free ports, with what of tables and buckets is missing.
    ///
    /// # Errors
    /// [`CloudError`] when the folder is served already, cannot be written, or holds a damaged file.
    pub async fn start(place: &Place, doorbells: Doorbells) -> Result<Self, CloudError> {
        let settings = Settings { doorbells, ..Settings::default() };
        Self::start_with(place, settings).await
    }

    /// Starts both services as told.
    ///
    /// # Errors
    /// As [`Cloud::start`], and [`CloudError::Listen`] when an address is taken.
    pub async fn start_with(place: &Place, settings: Settings) -> Result<Self, CloudError> {
        let Settings { dynamo_addr, s3_addr, doorbells, faults } = settings;
        let tenancy = match place {
            Place::Memory => None,
            Place::Folder(folder) => Some(Tenancy::take(folder)?),
        };
        let dynamo = dynamo::start(place, dynamo_addr, doorbells, faults.clone()).await?;
        tables::create_missing(dynamo.database())?;
        let objects = ObjectStore::open(place)?;
        for (bucket, rule) in [
            (tables::BODIES, BucketRule::Open),
            (tables::QUARANTINE, BucketRule::Open),
            (tables::INDEX, BucketRule::Open),
            (tables::PAGES, BucketRule::ConditionalPuts),
        ] {
            objects.set_bucket(bucket, rule).await.map_err(|error| CloudError::Setup(error.to_string()))?;
        }
        let s3 = objects::start(objects.clone(), s3_addr, faults.clone()).await?;
        let cloud = Self { dynamo_url: dynamo.running.url(), s3_url: s3.url(), objects, faults, dynamo, s3, tenancy };
        cloud.announce(&serde_json::json!({
            "pid": std::process::id(),
            "dynamo": cloud.dynamo_url,
            "s3": cloud.s3_url,
        }))?;
        Ok(cloud)
    }

    /// Leaves a line of JSON for a second process that finds the folder taken.
    ///
    /// It reads the line in [`CloudError::Served`].
    ///
    /// # Errors
    /// [`CloudError::Folder`] when the lock file cannot be written.
    pub fn announce(&self, owner: &serde_json::Value) -> Result<(), CloudError> {
        match &self.tenancy {
            Some(tenancy) => tenancy.announce(&owner.to_string()),
            None => Ok(()),
        }
    }

    /// The database engine itself, for loaders; writes through it ring nothing.
    #[must_use]
    pub fn database(&self) -> &dynoxide::Database {
        self.dynamo.database()
    }

    /// What takes from the files whatever was removed or written over: an erasure is none while the disk remembers.
    #[must_use]
    pub fn wiper(&self) -> dynamo::Wiper {
        self.dynamo.wiper()
    }

    /// A way to both endpoints without sockets, for SDK clients in this process.
    #[must_use]
    pub fn direct(&self) -> Direct {
        Direct::to([&self.dynamo.running, &self.s3])
    }

    /// Stops accepting, lets running requests finish, then frees the folder.
    pub async fn shutdown(self) {
        let Self { dynamo, s3, tenancy, objects, .. } = self;
        let ((), ()) = tokio::join!(dynamo.running.shutdown(), s3.shutdown());
        drop(objects);
        drop(tenancy);
    }
}
