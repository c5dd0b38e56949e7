//! Random lives of documents under indexers that die between any two of their steps, two at once, on stores that fail.

use std::{
    collections::BTreeSet,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use domain::{column::Archive, document::RelationKind};
use index::Task;
use local::cloud::faults::{Faults, Rates};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{
    town::{COLUMNS, Town},
    world::World,
};

const DOCUMENTS: usize = 4;

#[derive(Debug, Clone)]
enum Step {
    Draft(usize, usize),
    Revise(usize, u8),
    Relate(usize, RelationKind, usize),
    Review(usize),
    Publish(usize),
    Correct(usize),
    Relocate(usize, usize),
    Withdraw(usize),
    /// Rows and pages follow.
    Project,
    /// An indexer that is dropped after so many steps.
    Index(usize),
    /// Two at once, one of which is dropped.
    Two(usize),
    /// A fresh generation, whose first rounds are dropped.
    Rebuild(usize),
    /// The views are built anew.
    RebuildViews,
}

fn step() -> impl Strategy<Value = Step> {
    let document = 0..DOCUMENTS;
    let kind = prop_oneof![Just(RelationKind::Repeals), Just(RelationKind::Amends), Just(RelationKind::Interprets)];
    prop_oneof![
        3 => (document.clone(), 0..COLUMNS.len()).prop_map(|(document, column)| Step::Draft(document, column)),
        2 => (document.clone(), any::<u8>()).prop_map(|(document, text)| Step::Revise(document, text)),
        2 => (document.clone(), kind, document.clone()).prop_map(|(one, kind, other)| Step::Relate(one, kind, other)),
        5 => document.clone().prop_map(Step::Review),
        5 => document.clone().prop_map(Step::Publish),
        3 => document.clone().prop_map(Step::Correct),
        2 => (document.clone(), 0..COLUMNS.len()).prop_map(|(document, column)| Step::Relocate(document, column)),
        2 => document.prop_map(Step::Withdraw),
        4 => Just(Step::Project),
        4 => (0usize..200).prop_map(Step::Index),
        2 => (0usize..200).prop_map(Step::Two),
        1 => (0usize..400).prop_map(Step::Rebuild),
        1 => Just(Step::RebuildViews),
    ]
}

/// A future that is dropped after so many polls.
struct Dying<F>(Pin<Box<F>>, usize);

impl<F: Future> Future for Dying<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.1 == 0 {
            return Poll::Ready(None);
        }
        self.1 -= 1;
        self.0.as_mut().poll(context).map(Some)
    }
}

fn name(document: usize) -> String {
    format!("document-{document}")
}

async fn take(world: &World, step: &Step) {
    let town = &world.town;
    // What the rules refuse changes nothing.
    match *step {
        Step::Draft(document, column) => {
            let (column, _) = COLUMNS[column];
            let department = ["zf", "jyj"][document % 2];
            drop(town.draft_for(department, &name(document), column, &format!("第{document}号通知")).await);
        }
        Step::Revise(document, text) => {
            let html = format!("<p>第{text}稿，自{}年{}月1日起施行。</p>", 2000 + u16::from(text) % 25, text % 12 + 1);
            drop(town.rewrite(&name(document), &format!("第{document}号通知第{text}稿"), &html).await);
        }
        Step::Relate(one, kind, other) => drop(town.relate(&name(one), &[(kind, &name(other))]).await),
        Step::Review(document) => drop(town.review(&name(document)).await),
        Step::Publish(document) => drop(town.publish(&name(document), Archive::Month).await),
        Step::Correct(document) => drop(town.correct(&name(document)).await),
        Step::Relocate(document, column) => {
            let (column, archive) = COLUMNS[column];
            drop(town.relocate(&name(document), column, archive).await);
        }
        Step::Withdraw(document) => drop(town.withdraw(&name(document)).await),
        Step::Project => project(world).await,
        Step::Index(polls) => drop(Dying(Box::pin(world.indexer.run(Task::Tick)), polls).await),
        Step::Two(polls) => {
            let dying = Dying(Box::pin(world.indexer.run(Task::Tick)), polls);
            let (_, _) = tokio::join!(dying, world.indexer.run(Task::Tick));
        }
        Step::Rebuild(polls) => drop(Dying(Box::pin(world.indexer.run(Task::Rebuild)), polls).await),
        Step::RebuildViews => {
            let faults = &world.town.app.cloud.faults;
            faults.pause();
            world.town.rebuild(1).await;
            faults.resume();
        }
    }
    town.app.clock.pass(Duration::from_secs(60));
}

/// One batch of every document, which may fail.
async fn project(world: &World) {
    let streams: BTreeSet<_> = (0..DOCUMENTS).map(|document| Town::document(&name(document)).stream()).collect();
    drop(world.town.projector(1).worker().batch(&streams).await);
}

async fn live(steps: &[Step], faults: Faults) {
    let world = World::found_with(faults.clone()).await;
    for step in steps {
        take(&world, step).await;
    }
    faults.pause();
    world.settle().await;
    let index = world.everything().await;
    assert_eq!(world.built_anew().await, index, "the index is the one that is built from nothing");
}

fn lives(cases: u32, faults: impl Fn(u64) -> Faults) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 30, ..ProptestConfig::default() };
    let mut runner = TestRunner::new(config);
    let strategy = (prop::collection::vec(step(), 10..40), any::<u64>());
    runner
        .run(&strategy, |(steps, seed)| {
            runtime.block_on(live(&steps, faults(seed)));
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_index_is_the_one_built_from_nothing_whenever_indexers_die() {
    lives(6, |_| Faults::none());
}

#[test]
fn the_index_is_the_one_built_from_nothing_on_stores_that_fail() {
    let rates = Rates {
        throttle: 0.01,
        internal_error: 0.01,
        lose_reply: 0.02,
        truncate_body: 0.01,
        unprocessed: 0.1,
        ..Rates::default()
    };
    lives(4, move |seed| Faults::seeded(seed, rates));
}

#[test]
#[ignore = "the slow lane: many more lives"]
fn many_lives_of_an_index() {
    lives(60, |_| Faults::none());
}
