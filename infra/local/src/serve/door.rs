//! The public door of a machine: its functions behind its CDN.

use std::{path::Path, sync::Arc};

use desk::{DeskState, Parts, SignIn, SystemRandomness};
use disclosure::DisclosureState;
use domain::site::DESK_HOST;
use gateway::{Personal, RootKey, Secret};
use http::{HeaderValue, Uri};
use ledger::{Clock, SystemClock};
use letter::LetterState;
use publish::PublishState;
use query::QueryState;
use react::{React, ReactState};
use serde_json::Value;
use tokio::net::TcpListener;

use super::{
    error::ServeError,
    functions::{EventFunction, Functions, HttpFunction},
    keys::{KeyError, write_private},
    machine::Machine,
    provider::{self, Provider},
    remote::RemoteFunction,
    store_origin::StoreOrigin,
};
use crate::{
    cdn::{
        address::{Edge, FORMS},
        api::ApiSettings,
        cache::Cache,
        headers,
        server::{self, Listening},
        service::Cdn,
    },
    cloud::credentials,
};

/// The machine's functions: in this process, or all at `lambda`. Staff sign in at `provider`.
///
/// # Errors
/// The publish function cannot start.
pub fn functions(machine: &Machine, lambda: Option<&Uri>, provider: &Arc<Provider>) -> Result<Functions, ServeError> {
    if let Some(base) = lambda {
        let remote = |name| Arc::new(RemoteFunction::new(name, base));
        return Ok([
            "publish",
            "desk",
            "letter",
            "disclosure",
            "project",
            "clock",
            "timetable",
            "react",
            "query",
            "index",
        ]
        .into_iter()
        .fold(Functions::default(), |all, name| all.with(name, remote(name))));
    }
    let state = PublishState::new(&machine.config, &machine.clients, Arc::new(SystemClock))?;
    let publish = HttpFunction::new("publish", publish::router(state.clone()));
    let letters = LetterState::new(&machine.config, &machine.clients, Arc::new(SystemClock))?;
    let requests = DisclosureState::new(&machine.config, &machine.clients, Arc::new(SystemClock))?;
    let reactions = ReactState::new(&machine.config, &machine.clients, Arc::new(SystemClock))?;
    let desk = HttpFunction::new(
        "desk",
        desk::router(DeskState::new(Parts {
            api: publish::router(state.clone()),
            letter: letter::router(letters.clone()),
            disclosure: disclosure::router(requests.clone()),
            messages: react::router(reactions.clone()),
            sign_in: Arc::clone(provider) as Arc<dyn SignIn>,
            secret: Secret::new(machine.secrets.desk()),
            city: machine.config.city.clone(),
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            origin_secret: machine.config.origin_secret.clone(),
        })),
    );
    let projector = machine.projector.clone();
    let project = EventFunction::new("project", move |event: Value| {
        let projector = projector.clone();
        async move {
            let event = serde_json::from_value(event).map_err(|error| error.to_string())?;
            let answer = alone(async move { projector.handle(event).await }).await?;
            serde_json::to_value(answer).map_err(|error| error.to_string())
        }
    });
    let (clockwork, generation) = (machine.clockwork.clone(), machine.config.generation);
    let clock = EventFunction::new("clock", move |event: Value| {
        let clockwork = clockwork.clone();
        async move {
            let report = alone(async move { clockwork.handle(&event, SystemClock.now(), generation).await }).await?;
            serde_json::to_value(report).map_err(|error| error.to_string())
        }
    });
    let letter = HttpFunction::new("letter", letter::router(letters.clone()));
    let disclosure = HttpFunction::new("disclosure", disclosure::router(requests.clone()));
    let timetable = EventFunction::new("timetable", move |_: Value| {
        let (state, letters, requests) = (state.clone(), letters.clone(), requests.clone());
        async move {
            let report = alone(async move { timetable::keep_time(&state, &letters, &requests).await }).await?;
            serde_json::to_value(report).map_err(|error| error.to_string())
        }
    });
    let reacting = React::new(reactions, react::channels::of(&machine.config.notices, &machine.clients));
    let react = EventFunction::new("react", move |event: Value| {
        let reacting = reacting.clone();
        alone(async move { reacting.handle(event).await })
    });
    let query = HttpFunction::new("query", query::router(QueryState::new(&machine.config, &machine.clients)?));
    let indexer = machine.indexer.clone();
    let index = EventFunction::new("index", move |event: Value| {
        let indexer = indexer.clone();
        async move {
            let round = alone(async move { indexer.handle(&event).await }).await?;
            serde_json::to_value(round).map_err(|error| error.to_string())
        }
    });
    Ok(Functions::default()
        .with("query", Arc::new(query))
        .with("index", Arc::new(index))
        .with("react", Arc::new(react))
        .with("publish", Arc::new(publish))
        .with("desk", Arc::new(desk))
        .with("letter", Arc::new(letter))
        .with("disclosure", Arc::new(disclosure))
        .with("project", Arc::new(project))
        .with("clock", Arc::new(clock))
        .with("timetable", Arc::new(timetable)))
}

/// Runs an invocation on a task of its own, as on Lambda it has a process of its own: a panic ends it alone.
async fn alone<T, E>(work: impl Future<Output = Result<T, E>> + Send + 'static) -> Result<T, String>
where
    T: Send + 'static,
    E: std::fmt::Display + Send + 'static,
{
    let ended = tokio::spawn(work).await.map_err(|error| format!("it ended without a result: {error}"))?;
    ended.map_err(|error| error.to_string())
}

/// The provider that this machine's staff sign in at.
///
/// # Errors
/// The publish function, through which it enrols people, cannot start.
pub fn provider(machine: &Machine) -> Result<Arc<Provider>, ServeError> {
    let state = PublishState::new(&machine.config, &machine.clients, Arc::new(SystemClock))?;
    let (api, origin) = (publish::router(state), machine.secrets.origin.clone());
    Ok(Arc::new(Provider::new(api, origin, Arc::clone(&machine.issuer), &machine.config.city)))
}

/// Opens the door on `listener`.
///
/// # Errors
/// The listener has no address, or the secrets are no header values.
pub fn open(
    machine: &Machine,
    functions: Functions,
    provider: Arc<Provider>,
    listener: TcpListener,
) -> Result<Listening, ServeError> {
    let city = &machine.config.city;
    let secret = HeaderValue::from_str(&machine.secrets.origin);
    let edge = Edge {
        city_domain: city.domain.clone(),
        scheme: city.scheme.as_str().to_owned(),
        portal: city.portal.clone(),
        forms: FORMS,
    };
    let cdn = Cdn {
        page_policy: headers::page_policy(&edge).map_err(|error| KeyError::Sign(error.to_string()))?,
        desk_policy: headers::desk_policy(&edge, &machine.cloud.s3_url)
            .map_err(|error| KeyError::Sign(error.to_string()))?,
        edge,
        origin: Arc::new(StoreOrigin(machine.cloud.objects.clone())),
        cache: Cache::default(),
        functions,
        api: ApiSettings { origin_secret: secret.map_err(|error| KeyError::Sign(error.to_string()))? },
        purge_secret: machine.secrets.purge.clone(),
        provider: Some(provider),
    };
    let address = listener.local_addr();
    server::serve(Arc::new(cdn), listener).map_err(|source| ServeError::Listen {
        address: address.unwrap_or_else(|_| ([127, 0, 0, 1], 0).into()),
        source,
    })
}

/// Writes the environment of functions that run elsewhere to `<data>/functions.env`, readable by its owner only.
///
/// For `cargo lambda watch --env-file`; rewritten at every start, since ports and generation may differ. No origin secret stands in it: `cargo lambda
/// invoke` asks a function past the CDN.
///
/// # Errors
/// The file cannot be written.
pub fn write_environment(machine: &Machine, data: &Path) -> Result<(), ServeError> {
    let file = data.join("functions.env");
    let config = &machine.config;
    let jwks = machine.issuer.jwks().to_string();
    let (keys_table, vault_table, key_file) = match &config.personal {
        Some(Personal { keys_table, vault_table, root: RootKey::File(file) }) => {
            (keys_table.as_str(), vault_table.as_str(), absolute(file))
        }
        _ => ("", "", String::new()),
    };
    let outbox_folder = config.notices.folder.as_deref().map(absolute).unwrap_or_default();
    let variables = [
        ("TAIHU_LEDGER_TABLE", config.tables.ledger.as_str()),
        ("TAIHU_GUARDS_TABLE", &config.tables.guards),
        ("TAIHU_VIEWS_TABLE", &config.tables.views),
        ("TAIHU_ATTEMPTS_TABLE", config.tables.attempts.as_deref().unwrap_or_default()),
        ("TAIHU_OUTBOX_TABLE", config.tables.outbox.as_deref().unwrap_or_default()),
        ("TAIHU_TERMS_TABLE", config.tables.terms.as_deref().unwrap_or_default()),
        ("TAIHU_OUTBOX_FOLDER", &outbox_folder),
        ("TAIHU_STAFF_MAIL_DOMAIN", config.notices.staff_domain.as_deref().unwrap_or_default()),
        ("TAIHU_KEYS_TABLE", keys_table),
        ("TAIHU_VAULT_TABLE", vault_table),
        ("TAIHU_KEY_FILE", &key_file),
        ("TAIHU_BODIES_BUCKET", &config.buckets.bodies),
        ("TAIHU_QUARANTINE_BUCKET", &config.buckets.quarantine),
        ("TAIHU_PAGES_BUCKET", &config.buckets.pages),
        ("TAIHU_INDEX_BUCKET", config.buckets.index.as_deref().unwrap_or_default()),
        ("TAIHU_GENERATION", &config.generation.to_string()),
        ("TAIHU_CITY_DOMAIN", &config.city.domain),
        ("TAIHU_SCHEME", config.city.scheme.as_str()),
        ("TAIHU_PORTAL", &config.city.portal),
        ("TAIHU_ISSUER", super::keys::ISSUER),
        ("TAIHU_AUDIENCE", super::keys::AUDIENCE),
        ("TAIHU_JWKS", &jwks),
        ("TAIHU_ADMINISTRATOR", config.administrator.as_deref().unwrap_or_default()),
        ("TAIHU_OIDC_AUTHORIZE", &config.city.url(DESK_HOST, "/login/authorize")),
        // By number: not every system leads names under localhost to itself.
        (
            "TAIHU_OIDC_TOKEN",
            &config.purge.as_ref().map_or(String::new(), |door| door.url.replace("/_purge", "/login/token")),
        ),
        ("TAIHU_OIDC_CLIENT", provider::CLIENT),
        ("TAIHU_DESK_SECRET", &machine.secrets.desk()),
        ("TAIHU_PURGE_URL", config.purge.as_ref().map_or("", |door| &door.url)),
        ("TAIHU_PURGE_SECRET", &machine.secrets.purge),
        ("AWS_ENDPOINT_URL_DYNAMODB", &machine.cloud.dynamo_url),
        ("AWS_ENDPOINT_URL_S3", &machine.cloud.s3_url),
        ("AWS_REGION", credentials::REGION),
        ("AWS_ACCESS_KEY_ID", credentials::ACCESS_KEY),
        ("AWS_SECRET_ACCESS_KEY", credentials::SECRET_KEY),
    ];
    // In quotes: cargo-lambda takes no bare JSON.
    let text: String = variables.iter().map(|(name, value)| format!("{name}='{value}'\n")).collect();
    let replaced = match std::fs::remove_file(&file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => write_private(&file, &text),
    };
    replaced.map_err(|source| ServeError::File { file, source })
}

/// A path for functions that run elsewhere, in a folder of their own.
fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}
