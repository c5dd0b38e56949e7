//! The views of a test's town, brought up to its ledger.

use anyhow::Result;
use clock::{Clockwork, Task};
use journeys::app::TestApp;
use ledger::Clock;
use project::Projector;

/// Projects what a town commits, when it is told to.
pub(crate) struct Follower<'a> {
    app: &'a TestApp,
    pub(crate) projector: Projector,
}

impl<'a> Follower<'a> {
    /// A follower whose views hold all that is in the ledger now.
    pub(crate) async fn of(app: &'a TestApp) -> Result<Self> {
        let projector = Projector::new(&app.config, &app.clients, app.clock.clone(), None);
        projector.found(1, "").await?;
        let follower = Self { app, projector };
        follower.catch_up().await?;
        Ok(follower)
    }

    /// Brings the views to what is in the ledger now.
    pub(crate) async fn catch_up(&self) -> Result<()> {
        let clockwork = Clockwork::alone(self.projector.clone(), "");
        clockwork.run(Task::CatchUp, self.app.clock.now(), 1).await?;
        Ok(())
    }
}
