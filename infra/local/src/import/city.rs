//! The city that records are brought into: the folder served here, by another process, or a city elsewhere.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::Path,
    time::Duration,
};

use domain::staff::{Role, Scope};
use futures::{StreamExt, stream};
use http::Uri;
use jiff::Timestamp;
use serde_json::Value;

use crate::{
    city::fill::dirty,
    cloud::CloudError,
    serve::{
        Beginning, Options, ServeError,
        api::{Api, Request},
        keys::LocalIssuer,
        running::Running,
        served::Served,
        staff::{self, Person, Stands},
    },
};

/// Port of a folder that was never served.
const PORT: u16 = 8080;

/// How long pages are waited for at most.
const PATIENCE: Duration = Duration::from_secs(600);

/// How long purges are waited for at most.
const PURGES: Duration = Duration::from_secs(30);

/// Where the city is.
pub enum City {
    /// In a folder that this process serves meanwhile.
    Here(Box<Running>),
    /// In a folder that another process serves.
    Served(Served, LocalIssuer),
    /// Elsewhere.
    Elsewhere(Uri, String),
}

impl City {
    /// Opens the city of a folder: serves it, unless another process does.
    ///
    /// # Errors
    /// The folder cannot be used, or the address is taken.
    pub async fn of_folder(data: &Path, port: Option<u16>) -> Result<Self, ServeError> {
        let last = Served::last(data)?;
        let options = Options {
            data: data.to_owned(),
            addr: last.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |served| served.door.ip()),
            port: port.or(last.map(|served| served.door.port())).unwrap_or(PORT),
            beginning: Beginning::Empty,
            lambda: None,
        };
        match (Running::start(&options).await, last) {
            (Err(ServeError::Cloud(CloudError::Served { .. })), Some(served)) => {
                Ok(Self::Served(served, LocalIssuer::open(data)?))
            }
            (running, _) => Ok(Self::Here(Box::new(running?))),
        }
    }

    /// A client of its API.
    ///
    /// # Errors
    /// The function cannot start, or there are no certificates.
    pub fn api(&self) -> Result<Api<'_>, String> {
        match self {
            Self::Here(running) => Api::now(&running.machine).map_err(|error| error.to_string()),
            Self::Served(served, issuer) => Ok(Api::through(served.door, issuer)),
            Self::Elsewhere(base, token) => Api::over_the_web(base, token.clone()).map_err(|error| error.to_string()),
        }
    }

    /// Who brings records in: on one's own machine a migrator and registrar of all departments, elsewhere the token's subject.
    ///
    /// # Errors
    /// He cannot be enrolled, or an administrator took a role from him.
    pub async fn migrator(&self, api: &mut Api<'_>, department: &str) -> Result<String, ServeError> {
        if let Self::Elsewhere(..) = self {
            return Ok(String::new());
        }
        let failed = |error: &dyn std::fmt::Display| ServeError::Staff(error.to_string());
        let roles = [Role::Registrar, Role::Migrator];
        let person = Person::within(&roles, department, &[Scope::CITY]).map_err(|error| failed(&error))?;
        staff::take_office(api).await.map_err(|error| failed(&error))?;
        match staff::ensure(api, &person).await.map_err(|error| failed(&error))? {
            Stands::Ready => Ok(person.subject.to_string()),
            Stands::Disabled | Stands::Revoked => {
                Err(failed(&format!("{} was disabled, or a role of his revoked", person.subject)))
            }
        }
    }

    /// The instant by the clock that dates commits; knows at once whether the sender is known.
    ///
    /// # Errors
    /// The API cannot be reached or does not know him.
    pub async fn now(&self, api: &Api<'_>, subject: &str) -> Result<Timestamp, String> {
        let request = get("/api/publish/staff/me".to_owned(), subject);
        let answer = api.ask("read", &request).await?;
        if !answer.is_success() {
            return Err(format!("the city does not know the sender: {} {}", answer.status, answer.body));
        }
        let Some(told) = answer.date.filter(|_| matches!(self, Self::Elsewhere(..))) else {
            // One's own clock dates the commits, in whole milliseconds.
            let now = Timestamp::now();
            return Ok(Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now));
        };
        // An answer names the second that it was given in: what was committed before came before the end of it, and nothing of this run does.
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(told + Duration::from_secs(1))
    }

    /// Ends when every page of `commits` is made; false if that takes too long.
    ///
    /// # Errors
    /// The API or a store failed.
    pub async fn pages_made(&self, api: &Api<'_>, subject: &str, commits: &[String]) -> Result<bool, String> {
        let made = async {
            match self {
                Self::Here(running) => {
                    while running.machine.bell.counts().waiting() > 0
                        || dirty(&running.machine).await.map_err(|error| error.to_string())? > 0
                    {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                    Ok(())
                }
                Self::Served(..) | Self::Elsewhere(..) => {
                    let waits = commits.iter().map(|commit| followed(api, subject, commit));
                    let mut waits = stream::iter(waits).buffer_unordered(8);
                    while let Some(ended) = waits.next().await {
                        ended?;
                    }
                    Ok(())
                }
            }
        };
        match tokio::time::timeout(PATIENCE, made).await {
            Ok(made) => made.map(|()| true),
            Err(_) => Ok(false),
        }
    }

    /// Stops what was started for the import, once its purges are taken: what is left is taken when the city is served again.
    pub async fn close(self) {
        let Self::Here(running) = self else { return };
        let views = running.machine.projector.worker().views().clone();
        let taken = async {
            while views.purges(1).await.is_ok_and(|purges| !purges.is_empty()) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        if tokio::time::timeout(PURGES, taken).await.is_err() {
            tracing::debug!("some purges are left to the next start");
        }
        running.stop().await;
    }
}

/// Ends when a commit's pages are written.
async fn followed(api: &Api<'_>, subject: &str, commit: &str) -> Result<(), String> {
    let request = get(format!("/api/publish/commits/{commit}"), subject);
    loop {
        let answer = api.ask("read", &request).await?;
        if !answer.is_success() {
            return Err(format!("{}: {} {}", request.path, answer.status, answer.body));
        }
        let written = |page: &Value| page.get("written").and_then(Value::as_bool).unwrap_or_default();
        let pages = answer.body.get("pages").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let projected = answer.body.get("projected").and_then(Value::as_bool).unwrap_or_default();
        if projected && pages.iter().all(written) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn get(path: String, subject: &str) -> Request {
    Request { method: "GET", path, subject: subject.to_owned(), body: Value::Null, expected: None }
}
