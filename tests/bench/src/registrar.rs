//! Who opens a city that is served in this process, and reads how its bulk work goes.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use http::Method;
use jiff::Timestamp;
use local::serve::{
    api::Api,
    running::Running,
    staff::{self, Person, Stands},
};
use serde_json::{Value, json};

use crate::{
    client::{Client, Order},
    editor::{LOOK, PATIENCE},
};

/// The one department of the city.
pub(crate) const DEPARTMENT: &str = "zf";

/// A registrar of the whole city.
pub(crate) struct Registrar {
    pub(crate) client: Client,
    token: String,
}

impl Registrar {
    /// Somebody who may open sites.
    pub(crate) async fn of(running: &Running) -> Result<Self> {
        let token = token(running, "registrar").await?;
        Ok(Self { client: Client::new(running.address()), token })
    }

    /// Registers the department that does everything.
    pub(crate) async fn department(&self) -> Result<Value> {
        let profile = json!({ "name": "人民政府办公室", "organisation_code": "014006400" });
        self.found(DEPARTMENT, "departments", json!({ "code": DEPARTMENT, "profile": profile })).await
    }

    /// Opens a site of that department.
    pub(crate) async fn site(&self, label: &str, name: &str) -> Result<Value> {
        let profile = json!({ "name": name, "identification_code": "3299010001", "sponsor": "办公室",
            "contact": "0599-1234567", "icp": "澄ICP备00000001号" });
        self.found(label, "sites", json!({ "label": label, "department": DEPARTMENT, "profile": profile })).await
    }

    /// Opens a column of notices.
    pub(crate) async fn column(&self, id: &str, name: &str) -> Result<Value> {
        let body =
            json!({ "column": id, "department": DEPARTMENT, "kind": "notices", "profile": json!({ "name": name }) });
        self.found(id, "columns", body).await
    }

    async fn found(&self, key: &str, path: &str, body: Value) -> Result<Value> {
        let key = format!("found-{key}");
        self.client.order(Order { method: Method::POST, path, token: &self.token, key, version: None, body }).await
    }

    /// Replaces what is at `path`, seen at `version`.
    pub(crate) async fn put(&self, path: &str, version: u64, body: Value) -> Result<Value> {
        let (key, version) = (format!("bench-{path}-{version}"), Some(version));
        self.client.order(Order { method: Method::PUT, path, token: &self.token, key, version, body }).await
    }

    /// Waits until no wide change waits.
    pub(crate) async fn settled(&self) -> Result<()> {
        let begun = Instant::now();
        loop {
            let told = self.client.read("wide-changes", &self.token).await?;
            if told.get("waiting").and_then(Value::as_array).is_some_and(Vec::is_empty) {
                return Ok(());
            }
            ensure!(begun.elapsed() < PATIENCE * 10, "wide changes do not come to rest");
            tokio::time::sleep(LOOK * 50).await;
        }
    }
}

/// A token of somebody who holds `role` for the whole city.
pub(crate) async fn token(running: &Running, role: &str) -> Result<String> {
    let machine = &running.machine;
    let role = domain::staff::Role::named(role).context("a role")?;
    let person = Person::within(&[role], DEPARTMENT, &[domain::staff::Scope::CITY])?;
    let stands = staff::ensure(&mut Api::now(machine)?, &person).await.map_err(anyhow::Error::msg)?;
    ensure!(stands == Stands::Ready, "{} is {stands:?}", person.subject);
    Ok(machine.issuer.token(person.subject.as_str(), Timestamp::now(), 12)?)
}
