//! The Lambda function `disclosure`.

use std::sync::Arc;

use disclosure::DisclosureState;
use gateway::{Clients, Config};
use ledger::SystemClock;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::connect(&config).await;
    let state = DisclosureState::new(&config, &clients, Arc::new(SystemClock))?;
    lambda_http::run(gateway::to_the_byte(disclosure::router(state))).await
}
