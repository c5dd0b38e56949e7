//! The people of a test's town.

use std::time::Instant;

use anyhow::Result;
use domain::{
    ActorId, CommitId, Context, StaffId,
    staff::{self, Assignment, Role, Scope, Staff, StaffEvent, StaffRefusal},
    text::Line,
};
use ledger::Command;

use crate::{
    app::TestApp,
    tokens::{ADMINISTRATOR, REGISTRAR},
};

/// Why people are enrolled in tests.
const REASON: &str = "测试";

impl TestApp {
    /// Enrols the city's administrator, registrar and auditor, and a person `<role>.<department>` for every role of both departments.
    ///
    /// Straight in the ledger and past the fault plan, so that a test's own requests keep their numbers.
    ///
    /// # Errors
    /// The ledger refuses.
    pub async fn found_staff(&self) -> Result<()> {
        let paused = self.cloud.faults.is_paused();
        self.cloud.faults.pause();
        let reason: Line<300> = Line::new(REASON)?;
        let office = |standing: &Staff, context: &Context| staff::take_office(standing, &reason, context);
        self.decide_staff(ADMINISTRATOR, office).await?;
        self.enrol(REGISTRAR, &[(Role::Registrar, "", "")]).await?;
        for department in ["jyj", "czj"] {
            for role in Role::ALL {
                let scope = if role == Role::Auditor { "" } else { department };
                self.enrol(&format!("{}.{department}", role.as_str()), &[(role, scope, "")]).await?;
            }
        }
        if !paused {
            self.cloud.faults.resume();
        }
        Ok(())
    }

    /// Enrols `subject` with roles; an empty department or site stands for all.
    ///
    /// # Errors
    /// The ledger refuses.
    pub async fn enrol(&self, subject: &str, roles: &[(Role, &str, &str)]) -> Result<()> {
        let (who, reason): (ActorId, Line<300>) = (subject.parse()?, Line::new(REASON)?);
        let assignments: Vec<Assignment> = roles
            .iter()
            .map(|(role, department, site)| {
                let scope = Scope { department: department.parse().ok(), site: site.parse().ok() };
                Assignment { role: *role, scope }
            })
            .collect();
        self.decide_staff(subject, |standing, context| {
            staff::enrol(standing, who.clone(), assignments.clone(), &reason, context)
        })
        .await
    }

    /// Decides about the stream of `subject`: in the name of the administrator, or of himself where that is he.
    async fn decide_staff(
        &self,
        subject: &str,
        decide: impl FnMut(&Staff, &Context) -> Result<Vec<StaffEvent>, StaffRefusal>,
    ) -> Result<()> {
        let stream = StaffId::of(&subject.parse()?).stream();
        let actor: ActorId = ADMINISTRATOR.parse()?;
        let command = Command {
            id: CommitId::derive(&actor, "found", stream.as_str(), 0, subject),
            stream,
            actor,
            fingerprint: None,
            expected: None,
            holds: Vec::new(),
            started: Instant::now(),
        };
        self.ledger.execute(&command, decide).await.map_err(|error| anyhow::anyhow!("{subject}: {error:?}"))?;
        Ok(())
    }
}
