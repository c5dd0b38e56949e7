//! The Lambda function `query`.

use gateway::{Clients, Config};
use query::QueryState;

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::connect(&config).await;
    let state = QueryState::new(&config, &clients)?;
    lambda_http::run(gateway::to_the_byte(query::router(state))).await
}
