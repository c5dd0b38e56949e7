//! A rebuild sends nothing to anybody.

use std::sync::Arc;

use anyhow::Result;
use views::Unfoldable;

use super::{
    carrier::{Bag, items},
    follower::Follower,
    town::{answer, only_case, reported, town},
};

#[tokio::test]
async fn a_rebuild_makes_and_sends_no_message_and_leaves_the_table_as_it_was() -> Result<()> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let answered = answer(&app, &id, 1).staff("handler", "jyj").send().await?;
    assert_eq!(answered.status, 200, "{}", answered.text());
    react.tick().await?;
    let mut rules = bag.rules();
    // Rows are worked side by side.
    rules.sort_unstable();
    assert_eq!(rules, ["answered", "received"]);
    let before = items(&app).await?;
    let follower = Follower::of(&app).await?;
    follower.projector.worker().rebuild(Unfoldable::Refuse, async {}, Arc::new(|_| {})).await?;
    assert_eq!(items(&app).await?, before);
    assert_eq!(react.tick().await?, react::TickReport::default());
    assert_eq!(bag.tried(), 2);
    Ok(())
}
