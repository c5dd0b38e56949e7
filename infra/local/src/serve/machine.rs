//! The parts of one machine, put together: stores, functions, workers.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use clock::Clockwork;
use gateway::{
    Buckets, City, Clients, Config, Endpoints, FormLimits, Keys, Notices, Personal, PurgeDoor, Rectification, RootKey,
    Scheme, Secret, Tables, Tokens,
};
use index::Indexer;
use ledger::{Clock, SystemClock};
use outbox::Outbox;
use project::{Projector, purge_door};
use serde_json::Value;
use sha2::{Digest, Sha256};
use vault::KeyFile;
use views::{PageObjects, Views};

use super::{
    doorbell::{self, Bell, Stream},
    error::ServeError,
    keys::{AUDIENCE, ISSUER, LocalIssuer},
    options::{Options, PORTAL},
    own_pages::OwnPages,
    schedule::Past,
    secrets::EdgeSecrets,
    staff::ADMINISTRATOR,
    task::Hands,
    wiping::Wiping,
};
use crate::cloud::{
    self, ANY_PORT, Cloud, CloudError, Place, credentials,
    dynamo::{Doorbell, Doorbells, OnWrite},
    objects::{Condition, Headers, StoreError},
    tables,
};

/// Where the keys of the vault's keys lie in a data folder.
const KEY_FILE: &str = "keys/vault.json";

/// Where messages are written instead of being sent, in a data folder.
const OUTBOX_FOLDER: &str = "outbox";

/// Domain of the mailboxes that staff would have: nothing is ever sent there.
const STAFF_DOMAIN: &str = "localhost";

/// The streams of both bells, to be given to [`doorbell::deliver`].
pub struct Streams {
    /// What the projector hears.
    pub projections: Stream,
    /// What the reactor hears.
    pub reactions: Stream,
}

/// A machine whose stores run; its public door is opened by [`super::door`].
pub struct Machine {
    /// Both stores.
    pub cloud: Cloud,
    /// What every function is configured with.
    pub config: Config,
    /// Clients of both stores.
    pub clients: Clients,
    /// Signs staff tokens.
    pub issuer: Arc<LocalIssuer>,
    /// What CDN and functions tell each other by.
    pub secrets: EdgeSecrets,
    /// The projector, for batches and for the operator's commands.
    pub projector: Projector,
    /// What brings documents into the search index.
    pub indexer: Indexer,
    /// Scheduled work.
    pub clockwork: Clockwork,
    /// Rung by every commit, for the projector.
    pub bell: Bell,
    /// Rung by every commit of a case, for the reactor.
    pub reactions: Bell,
    /// Makes the disk forget what was erased.
    pub wiping: Wiping,
    /// Whether the sample's past is still being lived through.
    pub past: Past,
}

impl Machine {
    /// Starts the stores of `options.data` and builds the rest on them; a city whose pages are of other templates gets a new generation.
    ///
    /// `door` is the address of the public door, already taken, since the city's domain carries its port. Gives the streams of doorbells, too.
    ///
    /// # Errors
    /// The folder is served already, cannot be used, or holds something damaged.
    pub async fn start(options: &Options, door: SocketAddr) -> Result<(Self, Streams), ServeError> {
        let (machine, fingerprint, streams) = Self::assemble(options, door).await?;
        store_assets(&machine.cloud).await?;
        machine.projector.found(machine.config.generation, &fingerprint).await?;
        // The folder is this process's alone: whatever rebuild it was left by is over.
        machine.projector.worker().give_up_rebuild().await?;
        // Before the first put: the next start must not give this number to other templates.
        machine.projector.worker().begin_generation(&fingerprint, SystemClock.now(), 0).await?;
        // Before the first case: rules count from the first start that has them.
        let outbox = Outbox::new(machine.clients.dynamodb.clone(), tables::OUTBOX);
        outbox.starts(SystemClock.now()).await.map_err(ServeError::Outbox)?;
        Ok((machine, streams))
    }

    /// As [`start`](Self::start), to look and to write nothing; none where the pages are not of this program's templates and addresses.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub async fn look(options: &Options, door: SocketAddr) -> Result<Option<Self>, ServeError> {
        let (machine, fingerprint, _) = Self::assemble(options, door).await?;
        let registry = machine.projector.worker().views().registry().await.map_err(views::WorkerError::View)?;
        Ok(registry.is_none_or(|registry| registry.fingerprint == fingerprint).then_some(machine))
    }

    /// Who does the operator's long tasks.
    #[must_use]
    pub fn hands(&self) -> Hands {
        Hands { projector: self.projector.clone(), indexer: self.indexer.clone() }
    }

    async fn assemble(options: &Options, door: SocketAddr) -> Result<(Self, String, Streams), ServeError> {
        let (bell, projections) = doorbell::bell();
        let (reactions, reacting) = doorbell::bell();
        let streams = Streams { projections, reactions: reacting };
        let wiping = Wiping::of(&options.data)?;
        let doorbells = Doorbells::on([tables::LEDGER, tables::KEYS, tables::VAULT], hook(&bell, &reactions, &wiping));
        let cloud = start_cloud(options, door, doorbells).await?;
        let issuer = Arc::new(LocalIssuer::open(&options.data)?);
        let secrets = EdgeSecrets::open(&options.data)?;
        let mut config = config(&cloud, door, &issuer, &secrets);
        let clients = Clients::connect_by(&config, cloud.direct()).await;
        let key_file = key_file(options.data.join(KEY_FILE), &clients).await?;
        config.personal = Some(Personal {
            keys_table: tables::KEYS.to_owned(),
            vault_table: tables::VAULT.to_owned(),
            root: RootKey::File(key_file),
        });
        config.notices = Notices {
            folder: Some(options.data.join(OUTBOX_FOLDER)),
            staff_domain: Some(STAFF_DOMAIN.to_owned()),
            ..Notices::default()
        };
        let fingerprint = fingerprint(&config.city);
        config.generation = generation(&clients, &fingerprint).await?;
        let purger = purge_door::purger_of(config.purge.as_ref());
        let own_pages = PageObjects::of(Arc::new(OwnPages::of(&cloud)));
        let projector = Projector::new(&config, &clients, Arc::new(SystemClock), purger).with_pages(own_pages);
        let indexer = Indexer::new(&config, &clients, Arc::new(SystemClock))?;
        let clockwork = Clockwork::alone(projector.clone(), &fingerprint);
        let past = Past::default();
        let machine = Self {
            cloud,
            config,
            clients,
            issuer,
            secrets,
            projector,
            indexer,
            clockwork,
            bell,
            reactions,
            wiping,
            past,
        };
        Ok((machine, fingerprint, streams))
    }
}

/// The file of the keys that all others are wrapped by; made where no key was ever wrapped.
///
/// # Errors
/// It is gone and what it opened is here, cannot be made, or is exposed.
async fn key_file(file: PathBuf, clients: &Clients) -> Result<PathBuf, ServeError> {
    if !file.try_exists().map_err(|source| ServeError::File { file: file.clone(), source })? {
        let wrapped = clients.dynamodb.scan().table_name(tables::KEYS).limit(1).send().await;
        let wrapped = wrapped.map_err(|error| ServeError::Keys(Box::new(error)))?;
        // A new key would open nothing of what is here, and nobody would be told before a case is opened.
        if wrapped.count() > 0 {
            return Err(ServeError::KeyFileGone { file });
        }
    }
    KeyFile::create(&file)?;
    Ok(file)
}

/// Commits ring the projector, those of cases the reactor too; erasures are remembered until the disk has forgotten.
fn hook(bell: &Bell, reactions: &Bell, wiping: &Wiping) -> OnWrite {
    let (project, react, wiping) = (bell.hook(), reactions.hook(), wiping.clone());
    Arc::new(move |doorbell| match doorbell.table.as_str() {
        tables::LEDGER => {
            if is_of_a_case(&doorbell) {
                react(doorbell.clone());
            }
            project(doorbell);
        }
        _ => wiping.saw(&doorbell),
    })
}

/// What the filter of the reactor's mapping lets through on AWS.
fn is_of_a_case(doorbell: &Doorbell) -> bool {
    let stream = doorbell.keys.pointer("/pk/S").and_then(Value::as_str).and_then(|stream| stream.parse().ok());
    stream.is_some_and(|stream| outbox::rules::concerns(&stream))
}

/// The stores stand on the two ports after the door's, so that a functions process started before finds them again; else on any.
async fn start_cloud(options: &Options, door: SocketAddr, doorbells: Doorbells) -> Result<Cloud, CloudError> {
    let place = Place::Folder(options.data.clone());
    let after = |step| door.port().checked_add(step).filter(|_| options.port != 0);
    let at = |port: Option<u16>| port.map_or(ANY_PORT, |port| SocketAddr::new(ANY_PORT.ip(), port));
    let wanted = cloud::Settings {
        dynamo_addr: at(after(1)),
        s3_addr: at(after(2)),
        doorbells: doorbells.clone(),
        ..cloud::Settings::default()
    };
    match Cloud::start_with(&place, wanted).await {
        Err(CloudError::Listen { address, .. }) => {
            tracing::warn!(%address, "the port is taken; the stores stand on any free ports");
            Cloud::start(&place, doorbells).await
        }
        started => started,
    }
}

fn config(cloud: &Cloud, door: SocketAddr, issuer: &LocalIssuer, secrets: &EdgeSecrets) -> Config {
    let loopback = if door.ip().is_unspecified() { SocketAddr::new(ANY_PORT.ip(), door.port()) } else { door };
    Config {
        tables: Tables {
            ledger: tables::LEDGER.to_owned(),
            guards: tables::GUARDS.to_owned(),
            views: tables::VIEWS.to_owned(),
            attempts: Some(tables::ATTEMPTS.to_owned()),
            outbox: Some(tables::OUTBOX.to_owned()),
            terms: Some(tables::TERMS.to_owned()),
        },
        buckets: Buckets {
            bodies: tables::BODIES.to_owned(),
            quarantine: tables::QUARANTINE.to_owned(),
            pages: tables::PAGES.to_owned(),
            index: Some(tables::INDEX.to_owned()),
        },
        generation: 1,
        city: City { domain: format!("localhost:{}", door.port()), scheme: Scheme::Http, portal: PORTAL.to_owned() },
        index_scheme: None,
        tokens: Some(Tokens {
            issuer: ISSUER.to_owned(),
            audience: AUDIENCE.to_owned(),
            jwks: issuer.jwks().to_string(),
        }),
        administrator: Some(ADMINISTRATOR.to_owned()),
        rectification: Rectification::default(),
        form_limits: FormLimits::default(),
        purge: Some(PurgeDoor { url: format!("http://{loopback}/_purge"), secret: Secret::new(&secrets.purge) }),
        distribution: None,
        desk: None,
        personal: None,
        notices: Notices::default(),
        origin_secret: Some(Secret::new(&secrets.origin)),
        endpoints: Endpoints {
            dynamodb: Some(cloud.dynamo_url.clone()),
            s3: Some(cloud.s3_url.clone()),
            ..Endpoints::default()
        },
        keys: Some(Keys {
            region: credentials::REGION.to_owned(),
            access_key: credentials::ACCESS_KEY.to_owned(),
            secret_key: Secret::new(credentials::SECRET_KEY),
        }),
    }
}

/// Whatever pages are made of beside events: templates, composers, and the addresses that stand in links.
fn fingerprint(city: &City) -> String {
    let parts = [pages::fingerprint(), project::COMPOSERS, city.scheme.as_str(), &city.domain, &city.portal];
    data_encoding::HEXLOWER.encode(&Sha256::digest(parts.join("\n")))
}

/// The generation of this code: the registry's, or one more where templates or addresses changed since.
///
/// On AWS a deployment gives the number; on one machine every start may be a deployment.
async fn generation(clients: &Clients, fingerprint: &str) -> Result<u64, ServeError> {
    let registry = Views::new(clients.dynamodb.clone(), tables::VIEWS).registry().await?;
    Ok(match registry {
        None => 1,
        Some(registry) if registry.fingerprint == fingerprint => registry.generation,
        Some(registry) => registry.generation + 1,
    })
}

/// Static files lie in the bucket before any page names them, as a deployment puts them there.
async fn store_assets(cloud: &Cloud) -> Result<(), ServeError> {
    for asset in pages::assets() {
        let key = format!("_assets/{}", asset.name);
        let headers = Headers {
            content_type: Some(asset.content_type.to_owned()),
            cache_control: Some(pages::ASSET_CACHE_CONTROL.to_owned()),
            ..Headers::default()
        };
        let bytes = asset.bytes.to_vec().into();
        match cloud.objects.put(tables::PAGES, &key, bytes, headers, Condition::Absent).await {
            // The name carries the hash: what is there is the same.
            Ok(_) | Err(StoreError::PreconditionFailed) => {}
            Err(error) => return Err(ServeError::Assets(error.to_string())),
        }
    }
    Ok(())
}
