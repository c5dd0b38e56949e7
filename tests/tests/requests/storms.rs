//! Whatever is done to an application, in a city whose store fails, whose clock comes by not at all, late or twice at once and whose clerks send everything again: it stands in the end where it stands in a
//! city without failures whose clock is dead.

use anyhow::{Context, Result, ensure};
use domain::{StreamId, shanghai};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use journeys::app::{Answer, TestApp};
use ledger::Clock;
use local::cloud::faults::{Faults, Rates};
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use super::{
    follower::Follower,
    town::{Case, text},
};

/// How often a request is sent again before the test gives up.
const TRIES: usize = 60;

/// What is tried, and by whom.
struct Act {
    verb: &'static str,
    role: &'static str,
    body: Value,
    /// How often the clock comes by meanwhile.
    ticks: u8,
    /// How long after the act before.
    after: SignedDuration,
}

fn act(rng: &mut StdRng, now: Timestamp) -> Act {
    let after = SignedDuration::from_hours(if rng.random_bool(0.5) {
        rng.random_range(0..30)
    } else {
        rng.random_range(0..400)
    });
    let today = shanghai::local(now + after).date();
    let ago = |rng: &mut StdRng| (today - jiff::Span::new().days(rng.random_range(0..20))).to_string();
    let letter = |rng: &mut StdRng| rng.random_range(1..4);
    let of = if rng.random_bool(0.5) { "third-party" } else { "other-body" };
    let (verb, body) = match rng.random_range(0..16) {
        0 => ("confirm", json!({})),
        1 => ("ask-completion", text("请写明年度。")),
        2 => ("record-completion", json!({ "text": "2025年度的", "received_on": ago(rng) })),
        3 => ("reopen", json!({ "reason": "因故未能按期补正" })),
        4 => ("extend", json!({ "days": rng.random_range(1..25), "reason": "需要汇总资料" })),
        5 | 6 => ("seek-opinion", json!({ "of": of, "text": "请提出意见。" })),
        7 => (
            "seek-opinion",
            json!({ "of": of, "text": "请提出意见。", "delivered_on": ago(rng), "reason": "另有一方" }),
        ),
        8 => ("record-delivery", json!({ "letter": letter(rng), "delivered_on": ago(rng) })),
        9 | 10 => {
            let stance = if rng.random_bool(0.5) { "agrees" } else { "objects" };
            (
                "record-opinion",
                json!({ "letter": letter(rng), "stance": stance, "text": "意见。", "received_on": ago(rng) }),
            )
        }
        11 => ("draft-reply", json!({ "outcome": { "kind": "does-not-exist" }, "text": "经检索没有。" })),
        12 => ("approve-reply", json!({})),
        13 => ("return-reply", text("请补充依据。")),
        14 => ("withdraw", json!({ "reason": "不再需要", "shown_by": "call" })),
        _ => ("archive", json!({ "file": "2026-YSQ-0031" })),
    };
    let role = if verb == "draft-reply" { "handler" } else { "supervisor" };
    Act { verb, role, body, ticks: rng.random_range(0..3), after }
}

/// One city, and an application in it.
struct City<'a> {
    app: &'a TestApp,
    follower: Follower<'a>,
    case: Case<'a>,
    faults: Faults,
}

impl<'a> City<'a> {
    async fn of(app: &'a TestApp, faults: Faults) -> Result<Self> {
        let follower = Follower::of(app).await?;
        let case = Case::filed(app).await?;
        Ok(Self { app, follower, case, faults })
    }

    /// The clock comes by; what fails of it is done when it comes by again.
    async fn tick(&self) {
        if self.follower.catch_up().await.is_ok() {
            let _failed = disclosure::keep_time(&self.app.requests).await;
        }
    }

    async fn view(&self) -> Result<Answer> {
        for _ in 0..TRIES {
            let view = self.case.view().await?;
            if !view.status.is_server_error() {
                return Ok(view);
            }
        }
        anyhow::bail!("nobody answers")
    }

    /// Sends an act until it is answered for good, then once more; tells status and code.
    async fn insist(&self, act: &Act, key: &str) -> Result<(u16, String)> {
        for _ in 0..TRIES {
            let version = self.view().await?.field("version").as_u64().context("a version")?;
            let path = format!("/requests/{}/{}", self.case.id, act.verb);
            let send = async || {
                let call = self.app.disclosure(http::Method::POST, &path).staff(act.role, "jyj");
                call.key(&format!("{key}-{version}")).if_match(version).json(&act.body).send().await
            };
            let mut answer = send().await?;
            for _ in 0..TRIES {
                // A failure, or somebody else at the same instant: the same once more.
                if !answer.status.is_server_error() && answer.code() != "conflict" {
                    break;
                }
                answer = send().await?;
            }
            if answer.status == StatusCode::PRECONDITION_FAILED {
                // The clock came first: look again.
                continue;
            }
            if answer.status.is_success() {
                let resent = loop {
                    let resent = send().await?;
                    if !resent.status.is_server_error() {
                        break resent;
                    }
                };
                ensure!(resent.body == answer.body, "{}: {} then {}", act.verb, answer.text(), resent.text());
            }
            return Ok(answer.told());
        }
        anyhow::bail!("{} was never answered", act.verb)
    }

    /// The case as it is seen, without what two cities name differently.
    async fn stands(&self) -> Result<Value> {
        let mut view = self.view().await?.json();
        let fields = view.as_object_mut().context("a case")?;
        for name in ["stream", "number", "version"] {
            fields.remove(name);
        }
        Ok(view)
    }

    /// Acts of people that were committed, by id.
    async fn acts(&self) -> Result<usize> {
        let stream: StreamId = self.case.stream().parse()?;
        let commits = self.app.ledger.load(&stream).await?;
        let ids: std::collections::BTreeSet<_> = commits.iter().map(|commit| commit.id.clone()).collect();
        ensure!(ids.len() == commits.len(), "a command was carried out twice");
        Ok(commits.iter().filter(|commit| !commit.actor.as_str().starts_with("system:")).count())
    }
}

async fn story(seed: u64) -> Result<()> {
    let rates = Rates { throttle: 0.005, internal_error: 0.005, conflict: 0.01, lose_reply: 0.03, ..Rates::default() };
    let faults = Faults::seeded(seed, rates);
    faults.pause();
    let stormy = TestApp::start_with(faults.clone()).await?;
    stormy.found_town().await?;
    let calm = TestApp::town().await?;
    let (stormy, calm) = (City::of(&stormy, faults).await?, City::of(&calm, Faults::none()).await?);
    let mut rng = StdRng::seed_from_u64(seed);
    let mut accepted = 0;
    for place in 0..12 {
        let act = act(&mut rng, calm.app.clock.now());
        let now = calm.app.clock.now() + act.after;
        stormy.app.clock.set(now);
        calm.app.clock.set(now);
        let key = format!("act-{place}");
        stormy.faults.resume();
        let told = match act.ticks {
            0 => stormy.insist(&act, &key).await?,
            1 => {
                stormy.tick().await;
                stormy.insist(&act, &key).await?
            }
            _ => tokio::join!(stormy.insist(&act, &key), stormy.tick(), stormy.tick()).0?,
        };
        stormy.faults.pause();
        let expected = calm.insist(&act, &key).await?;
        ensure!(told == expected, "seed {seed}, {place}: {} is {told:?}, without failures {expected:?}", act.verb);
        accepted += usize::from(expected.0 == 200);
        ensure!(stormy.stands().await? == calm.stands().await?, "seed {seed}, {place}: after {}", act.verb);
    }
    // A year later the clock has come to the end of all there was to do, and finds nothing more.
    let end = calm.app.clock.now() + SignedDuration::from_hours(24 * 400);
    stormy.app.clock.set(end);
    calm.app.clock.set(end);
    for _ in 0..6 {
        stormy.tick().await;
    }
    ensure!(disclosure::keep_time(&stormy.app.requests).await?.woken == 0, "seed {seed}: the clock finds no end");
    let (one, other) = (stormy.stands().await?, calm.stands().await?);
    ensure!(one == other, "seed {seed}: in the end\n{one}\nwithout failures\n{other}");
    // The form was sent, then each act that was accepted, once.
    ensure!((stormy.acts().await?, calm.acts().await?) == (accepted + 1, accepted + 1), "seed {seed}: {accepted} acts");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_comes_through_failures_resends_and_clocks_as_if_there_were_none() -> Result<()> {
    for seed in 1..=2 {
        story(seed).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the slow lane: cargo xtask test --slow"]
async fn slow_many_applications_come_through_failures_resends_and_clocks() -> Result<()> {
    for seed in 100..=150 {
        story(seed).await?;
    }
    Ok(())
}
