//! The Lambda function `desk`.

use std::sync::Arc;

use desk::{DeskState, Oidc, Parts, SystemRandomness};
use disclosure::DisclosureState;
use gateway::{Clients, Config};
use ledger::SystemClock;
use letter::LetterState;
use publish::PublishState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    gateway::logs::start();
    let config = Config::from_env()?;
    let clients = Clients::connect(&config).await;
    let parts = Parts {
        api: publish::router(PublishState::new(&config, &clients, Arc::new(SystemClock))?),
        letter: letter::router(LetterState::new(&config, &clients, Arc::new(SystemClock))?),
        disclosure: disclosure::router(DisclosureState::new(&config, &clients, Arc::new(SystemClock))?),
        messages: react::router(react::ReactState::new(&config, &clients, Arc::new(SystemClock))?),
        secret: config.desk()?.secret.clone(),
        sign_in: Arc::new(Oidc::new(config.desk()?.clone(), &config.city)?),
        city: config.city.clone(),
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        origin_secret: config.origin_secret.clone(),
    };
    lambda_http::run(gateway::to_the_byte(desk::router(DeskState::new(parts)))).await
}
