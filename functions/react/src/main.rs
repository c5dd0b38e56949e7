//! The Lambda function behind the ledger's stream, the clock that looks again, and the API of messages.

use std::sync::Arc;

use gateway::{Clients, Config};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use ledger::SystemClock;
use react::{React, ReactState, channels};
use serde_json::Value;

#[tokio::main]
async fn main() -> Result<(), Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::connect(&config).await;
    let state = ReactState::new(&config, &clients, Arc::new(SystemClock))?;
    let react = React::new(state, channels::of(&config.notices, &clients));
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| {
        let react = react.clone();
        async move { react.handle(event.payload).await.map_err(Error::from) }
    }))
    .await
}
