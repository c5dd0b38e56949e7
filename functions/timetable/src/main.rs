//! The Lambda function behind the timetable's schedule.

use std::sync::Arc;

use gateway::{Clients, Config};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use ledger::SystemClock;
use serde_json::Value;
use timetable::{PublishState, keep_time};

#[tokio::main]
async fn main() -> Result<(), Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::connect(&config).await;
    let state = PublishState::new(&config, &clients, Arc::new(SystemClock))?;
    lambda_runtime::run(service_fn(move |_: LambdaEvent<Value>| {
        let state = state.clone();
        async move { keep_time(&state).await.map_err(Error::from) }
    }))
    .await
}
