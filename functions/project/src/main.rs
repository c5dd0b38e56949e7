//! The Lambda function behind the ledger's stream.

use std::sync::Arc;

use aws_lambda_events::dynamodb::Event;
use gateway::{Clients, Config};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use ledger::SystemClock;
use project::{Projector, purge_door};

#[tokio::main]
async fn main() -> Result<(), Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::connect(&config).await;
    let purger = purge_door::purger_of(config.purge.as_ref());
    let projector = Projector::new(&config, &clients, Arc::new(SystemClock), purger);
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Event>| {
        let projector = projector.clone();
        async move { projector.handle(event.payload).await.map_err(Error::from) }
    }))
    .await
}
