//! The Lambda function behind the timetable's schedule.

use std::sync::Arc;

use disclosure::DisclosureState;
use gateway::{Clients, Config};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use ledger::SystemClock;
use letter::LetterState;
use publish::PublishState;
use serde_json::Value;
use timetable::keep_time;

#[tokio::main]
async fn main() -> Result<(), Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::connect(&config).await;
    let publish = PublishState::new(&config, &clients, Arc::new(SystemClock))?;
    let letters = LetterState::new(&config, &clients, Arc::new(SystemClock))?;
    let requests = DisclosureState::new(&config, &clients, Arc::new(SystemClock))?;
    lambda_runtime::run(service_fn(move |_: LambdaEvent<Value>| {
        let (publish, letters, requests) = (publish.clone(), letters.clone(), requests.clone());
        async move { keep_time(&publish, &letters, &requests).await.map_err(Error::from) }
    }))
    .await
}
