//! The Lambda function behind the schedules.

use std::sync::Arc;

use clock::Clockwork;
use gateway::{Clients, Config};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use ledger::{Clock, SystemClock};
use project::Projector;
use serde_json::Value;

#[tokio::main]
async fn main() -> Result<(), Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::connect(&config).await;
    let purger = clock::purger_of(&config, &clients);
    let clockwork = Clockwork::new(Projector::new(&config, &clients, Arc::new(SystemClock), Some(purger)));
    let generation = config.generation;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| {
        let clockwork = clockwork.clone();
        async move { clockwork.handle(&event.payload, SystemClock.now(), generation).await.map_err(Error::from) }
    }))
    .await
}
