//! The Lambda function `index`.

use std::sync::Arc;

use gateway::{Clients, Config, Patience};
use index::Indexer;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use ledger::SystemClock;
use serde_json::Value;

#[tokio::main]
async fn main() -> Result<(), Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::with(&config.endpoints, config.keys.as_ref(), Patience::Task).await;
    let indexer = Indexer::new(&config, &clients, Arc::new(SystemClock))?;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| {
        let indexer = indexer.clone();
        async move { indexer.handle(&event.payload).await.map_err(Error::from) }
    }))
    .await
}
