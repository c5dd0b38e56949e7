//! The Lambda function `publish`.

use std::sync::Arc;

use gateway::{Clients, Config};
use ledger::SystemClock;
use publish::PublishState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::connect(&config).await;
    let state = PublishState::new(&config, &clients, Arc::new(SystemClock))?;
    lambda_http::run(gateway::to_the_byte(publish::router(state))).await
}
