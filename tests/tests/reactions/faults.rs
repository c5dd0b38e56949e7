//! Lost replies, throttling and errors at every request that reacting and sending make: in the end one row and one message, or a second message and never none.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use journeys::app::TestApp;
use local::cloud::faults::{Fault, Faults, Rates};

use super::{
    carrier::{Bag, pairs, standings},
    follower::Follower,
    town::{only_case, reported},
};

/// Reports, and lets time pass until nothing moves; gives how often something was carried.
async fn told(app: &TestApp, faults: &Faults) -> Result<usize> {
    let bag = Bag::default();
    faults.pause();
    app.found_town().await?;
    Follower::of(app).await?;
    let react = bag.react(app);
    react.tick().await?;
    reported(app).await?;
    only_case(app, "jyj").await?;
    faults.resume();
    let mut now: Timestamp = "2026-11-23T01:00:00Z".parse()?;
    for _ in 0..12 {
        // What fails comes again.
        let _tried = react.tick().await;
        now += SignedDuration::from_mins(20);
        app.clock.set(now);
    }
    faults.pause();
    // Beyond the longest pause that is left.
    for _ in 0..3 {
        now += SignedDuration::from_hours(13);
        app.clock.set(now);
        react.tick().await?;
    }
    assert_eq!(standings(app).await?, pairs(&[("received", "sent")]));
    Ok(bag.carried().len())
}

#[tokio::test]
async fn fault_a_lost_reply_at_any_write_leaves_one_row_and_a_message_that_went_out() -> Result<()> {
    for nth in 1..=8 {
        let faults = Faults::script([("PutItem", nth, Fault::LoseReply)])?;
        let app = TestApp::start_with(faults.clone()).await?;
        let carried = told(&app, &faults).await?;
        assert!((1..=2).contains(&carried), "put {nth}: carried {carried} times");
    }
    Ok(())
}

#[tokio::test]
async fn fault_throttling_errors_and_lost_replies_lose_no_message() -> Result<()> {
    for seed in 1..=3 {
        let rates = Rates { throttle: 0.2, internal_error: 0.1, lose_reply: 0.1, ..Rates::default() };
        let faults = Faults::seeded(seed, rates);
        let app = TestApp::start_with(faults.clone()).await?;
        let carried = told(&app, &faults).await?;
        assert!((1..=3).contains(&carried), "seed {seed}: carried {carried} times");
    }
    Ok(())
}
