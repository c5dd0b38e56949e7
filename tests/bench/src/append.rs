//! Load, decide, append: the ledger beside the bare SDK calls on the same store.

use std::{
    convert::Infallible,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use aws_sdk_dynamodb::{
    primitives::Blob,
    types::{AttributeValue, ReturnConsumedCapacity},
};
use domain::{
    ActorId, CommitId, DepartmentCode,
    department::{Department, DepartmentEvent, Profile},
    text::{Line, Prose},
};
use journeys::app::TestApp;
use ledger::Command;

use crate::table::{Side, print};

/// Rounds of each side.
const ROUNDS: usize = 9;

/// Streams a round appends to, each once.
const STREAMS: u32 = 100;

/// Commits a stream has before the first round.
const LENGTH: u32 = 20;

/// Runs the benchmark and prints its row.
///
/// # Errors
/// The store cannot start or refuses.
pub async fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let app = TestApp::durable(folder.path()).await?;
    for number in 0..LENGTH {
        ours(&app, number).await?;
        bare(&app, number).await?;
    }
    let (mut our_side, mut bare_side) = (Side::default(), Side::default());
    for round in 0..ROUNDS {
        let number = LENGTH + u32::try_from(round)?;
        our_side.push(ours(&app, number).await?);
        bare_side.push(bare(&app, number).await?);
    }
    print("append, one at a time, streams of 20 commits", STREAMS, &our_side, &bare_side);
    Ok(())
}

/// Appends commit `number` to every stream through the ledger.
async fn ours(app: &TestApp, number: u32) -> Result<Duration> {
    let actor: ActorId = "bench".parse()?;
    let started = Instant::now();
    for stream in 0..STREAMS {
        let code: DepartmentCode = format!("d{stream}").parse()?;
        let command = Command {
            stream: code.stream(),
            id: CommitId::derive(&actor, "bench", code.as_str(), 0, &number.to_string()),
            actor: actor.clone(),
            fingerprint: None,
            expected: None,
            holds: Vec::new(),
            started: Instant::now(),
        };
        let profile = profile(number)?;
        let decide = |_: &Department, _: &domain::Context| {
            Ok::<_, Infallible>(vec![DepartmentEvent::DepartmentProfileChanged { profile: profile.clone() }])
        };
        app.ledger.execute(&command, decide).await?;
    }
    Ok(started.elapsed())
}

/// The same reads and writes by hand: one consistent Query, one conditional Put of an item as large.
async fn bare(app: &TestApp, number: u32) -> Result<Duration> {
    let text = |text: String| AttributeValue::S(text);
    let started = Instant::now();
    for stream in 0..STREAMS {
        let name = format!("bare:d{stream}");
        let read = app.clients.dynamodb.query().table_name(&app.config.tables.ledger).consistent_read(true);
        let read = read.key_condition_expression("pk = :pk").expression_attribute_values(":pk", text(name.clone()));
        let found = read.return_consumed_capacity(ReturnConsumedCapacity::None).send().await?;
        let next = found.count() + 1;
        let put = app.clients.dynamodb.put_item().table_name(&app.config.tables.ledger);
        put.item("pk", text(name))
            .item("sk", AttributeValue::N(next.to_string()))
            .item("id", text("a".repeat(26)))
            .item("at", AttributeValue::N("1795395600000".to_owned()))
            .item("bytes", AttributeValue::B(Blob::new(vec![b'x'; 620])))
            .item("hash", AttributeValue::B(Blob::new([0; 32])))
            .item("day", text("2026-11-23.0".to_owned()))
            .condition_expression("attribute_not_exists(pk)")
            .send()
            .await
            .with_context(|| format!("commit {number}"))?;
    }
    Ok(started.elapsed())
}

fn profile(number: u32) -> Result<Profile> {
    Ok(Profile {
        name: Line::new("教育局")?,
        organisation_code: Line::new("014006438")?,
        duties: Prose::new(&format!("负责全市教育工作的统筹规划和综合管理，第{number}次修订。"))?,
        address: Prose::new("澄湖市湖滨路一号")?,
        telephone: Prose::new("0510-88001234")?,
        office_hours: Prose::new("工作日上午九时至下午五时")?,
        leaders: Vec::new(),
    })
}
