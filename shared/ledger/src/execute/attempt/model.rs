//! Every interleaving of a few requests, with the very machine that runs in production.
//!
//! The world is two streams, one path that only one of them may hold, and items that must come with a commit and not otherwise. A send goes into the air and is applied at any later moment, also after its sender
//! gave up waiting; the SDK may send it twice; a reply may be lost; a sender may die or run out of time at any step. Nothing is random: the search visits every state there is.
//!
//! What must hold at the end of every history, with the air empty:
//!
//! 1. No request has two commits; numbers are contiguous.
//! 2. Whoever was answered with a commit has it, at that number.
//! 3. Whoever was refused has no commit, unless another try of the same request was accepted later (then the refusal of *that* try was not the last
//!    word; the API asks `refusal_open_for`). A refusal because the name is taken is final whatever the other tries do.
//! 4. The path is held by the one stream that has a commit claiming it.
//! 5. A companion stands exactly if the commit it was to come with does; whoever is told that one stands without has no commit.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Instant,
};

use domain::{CommitId, Guard, StreamId};
use jiff::Timestamp;

use super::{Attempt, Found, Next, Sent, Write};
use crate::{
    command::{Command, Receipt},
    commit::Commit,
    companion::{Companion, Place},
    error::{ExecuteError, StoreError},
};

/// What a decision does with the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Will {
    /// Claims the path.
    Claim,
    /// Writes and claims nothing.
    Write,
    /// Writes when first asked, and refuses ever after, as when a limit has run out meanwhile.
    Fickle,
    /// Claims nothing when first asked, and the path ever after, as when a day has gone over meanwhile.
    Later,
}

#[derive(Debug, Clone)]
struct Request {
    name: &'static str,
    stream: &'static str,
    id: &'static str,
    fingerprint: &'static str,
    will: Will,
    hold: Option<(&'static str, u64)>,
    brings: Option<&'static str>,
}

impl Request {
    const fn new(name: &'static str, stream: &'static str, id: &'static str, will: Will) -> Self {
        Self { name, stream, id, fingerprint: "f", will, hold: None, brings: None }
    }

    const fn bringing(self, key: &'static str) -> Self {
        Self { brings: Some(key), ..self }
    }
}

/// What lies in the store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct World {
    streams: BTreeMap<&'static str, Vec<(&'static str, &'static str)>>,
    path: Option<(&'static str, &'static str)>,
    /// What stands in the other table, and whose commit it came with, if with any.
    companions: BTreeMap<&'static str, Option<(&'static str, &'static str)>>,
}

/// What a worker is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Doing {
    Load,
    Decide(Vec<Commit>),
    Send(Write),
    Wait(Write),
    Answered(Answer),
    Dead,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Commit { number: u64 },
    Refused(&'static str),
    TryAgain,
}

#[derive(Debug, Clone)]
struct Worker {
    attempt: Attempt,
    doing: Doing,
    asked: u32,
}

/// A send on its way: whose, and what; its reply is still awaited or not.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Airborne {
    worker: usize,
    write: Write,
    awaited: bool,
}

#[derive(Debug, Clone)]
struct State {
    world: World,
    workers: Vec<Worker>,
    air: Vec<Airborne>,
    losses: u32,
    deaths: u32,
    story: Vec<String>,
}

fn id(name: &str) -> CommitId {
    name.repeat(26).parse().unwrap()
}

fn stream(name: &str) -> StreamId {
    format!("document:{name}").parse().unwrap()
}

fn guard() -> Guard {
    Guard { scope: "path:www".to_owned(), claim: "/a.html".to_owned() }
}

fn companion(key: &str) -> Companion {
    let place = Place { table: "keys".to_owned(), pk: key.to_owned(), sk: None };
    Companion::new(place, HashMap::new())
}

fn commits(request: &Request, world: &World) -> Vec<Commit> {
    let written = world.streams.get(request.stream).cloned().unwrap_or_default();
    let numbered = written.iter().zip(1..);
    numbered
        .map(|((by, fingerprint), number)| Commit {
            stream: stream(request.stream),
            number,
            id: id(by),
            at: Timestamp::UNIX_EPOCH,
            actor: "a".parse().unwrap(),
            fingerprint: Some((*fingerprint).to_owned()),
            events: Vec::new(),
            hash: [0; 32],
        })
        .collect()
}

/// What the store does with a send, all at once.
fn apply(request: &Request, write: &Write, world: &mut World) -> Sent {
    let height = |world: &World, name: &str| world.streams.get(name).map_or(0, |commits| commits.len() as u64);
    let standing = commits(request, world).into_iter().find(|commit| commit.number == write.number);
    let claims: Vec<_> =
        write.guards.iter().filter_map(|guard| world.path.map(|(holder, _)| (guard.clone(), stream(holder)))).collect();
    let holds: Vec<_> = request
        .hold
        .iter()
        .filter(|(held, version)| height(world, held) > *version)
        .map(|(held, version)| (stream(held), *version))
        .collect();
    let places = write.companions.iter().map(Companion::place);
    let companions: Vec<_> = places.filter(|place| world.companions.contains_key(place.pk.as_str())).cloned().collect();
    if standing.is_none() && claims.is_empty() && companions.is_empty() && holds.is_empty() {
        assert_eq!(write.number, height(world, request.stream) + 1, "a gap");
        world.streams.entry(request.stream).or_default().push((request.id, request.fingerprint));
        if !write.guards.is_empty() {
            world.path = Some((request.stream, request.id));
        }
        world.companions.extend(request.brings.map(|key| (key, Some((request.stream, request.id)))));
        return Sent::Written;
    }
    Sent::Refused { commit: standing.map(|commit| Some(Found::of(&commit))), claims, companions, holds }
}

fn decide(request: &Request, loaded: &[Commit], world: &World, asked: u32) -> Result<Write, ExecuteError<()>> {
    let number = loaded.len() as u64 + 1;
    // What begins a stream is not decided where it is begun.
    if request.will == Will::Fickle && asked > 1 || request.brings.is_some() && !loaded.is_empty() {
        return Err(ExecuteError::Refused(()));
    }
    // A stream knows its own claims from its commits; the world's record stands in for the events.
    let own = world
        .path
        .is_some_and(|(holder, by)| holder == request.stream && loaded.iter().any(|commit| commit.id == id(by)));
    let claiming = request.will == Will::Claim || request.will == Will::Later && asked > 1;
    let guards = if claiming && !own { vec![guard()] } else { Vec::new() };
    let companions = request.brings.map(companion).into_iter().collect();
    Ok(Write { number, at: Timestamp::UNIX_EPOCH, bytes: Vec::new(), previous: [0; 32], guards, companions })
}

fn follow(next: Next<()>, loaded: &[Commit]) -> Doing {
    match next {
        Next::Load(_) => Doing::Load,
        Next::Decide(_) => Doing::Decide(loaded.to_vec()),
        Next::Send(write) => Doing::Send(write),
        Next::Done(Ok(Receipt { number, .. })) => Doing::Answered(Answer::Commit { number }),
        Next::Done(Err(error)) => Doing::Answered(match error {
            ExecuteError::OutOfTime | ExecuteError::Load(_) => Answer::TryAgain,
            ExecuteError::ClaimTaken { .. } => Answer::Refused("taken"),
            ExecuteError::HoldBroken { .. } => Answer::Refused("broken"),
            ExecuteError::CompanionStands { .. } => Answer::Refused("stands"),
            ExecuteError::KeyReused => Answer::Refused("reused"),
            ExecuteError::Conflict => Answer::Refused("conflict"),
            _ => Answer::Refused("refused"),
        }),
    }
}

impl State {
    fn new(requests: &[Request], losses: u32, deaths: u32) -> Self {
        let worker = |request: &Request| Worker {
            attempt: Attempt::new(Command {
                stream: stream(request.stream),
                id: id(request.id),
                actor: "a".parse().unwrap(),
                fingerprint: Some(request.fingerprint.to_owned()),
                expected: None,
                holds: request.hold.iter().map(|(held, version)| (stream(held), *version)).collect(),
                started: Instant::now(),
            }),
            doing: Doing::Load,
            asked: 0,
        };
        let workers = requests.iter().map(worker).collect();
        Self { world: World::default(), workers, air: Vec::new(), losses, deaths, story: Vec::new() }
    }

    /// Everything but the story and the instants, which decide nothing.
    fn key(&self) -> String {
        let workers: Vec<_> = self
            .workers
            .iter()
            .map(|Worker { attempt, doing, asked }| {
                let Attempt { doubt, verdict, conflicts, troubles, version, .. } = attempt;
                format!("{doubt:?}{verdict:?}{conflicts}{troubles}{version}{asked}{doing:?}")
            })
            .collect();
        format!("{:?}{workers:?}{:?}{}{}", self.world, self.air, self.losses, self.deaths)
    }

    fn then(&self, what: String, change: impl FnOnce(&mut Self)) -> Self {
        let mut after = self.clone();
        after.story.push(what);
        change(&mut after);
        after
    }

    /// Every state that one step leads to.
    fn steps(&self, requests: &[Request]) -> Vec<Self> {
        let mut steps = Vec::new();
        for (at, worker) in self.workers.iter().enumerate() {
            let request = &requests[at];
            let name = request.name;
            match &worker.doing {
                Doing::Answered(_) | Doing::Dead => continue,
                Doing::Load => steps.push(self.then(format!("{name} loads"), |state| {
                    let loaded = commits(request, &state.world);
                    let next = state.workers[at].attempt.loaded(&loaded, Timestamp::UNIX_EPOCH, || Ok(()));
                    state.workers[at].doing = follow(next, &loaded);
                })),
                Doing::Decide(loaded) => steps.push(self.then(format!("{name} decides"), |state| {
                    let Worker { attempt, asked, .. } = &mut state.workers[at];
                    *asked = 2.min(*asked + 1);
                    let next = match decide(request, loaded, &self.world, *asked) {
                        Ok(write) => attempt.decided(write, Timestamp::UNIX_EPOCH),
                        Err(refusal) => attempt.refused(refusal),
                    };
                    state.workers[at].doing = follow(next, loaded);
                })),
                Doing::Send(write) => steps.push(self.then(format!("{name} sends {}", write.number), |state| {
                    state.air.push(Airborne { worker: at, write: write.clone(), awaited: true });
                    state.workers[at].doing = Doing::Wait(write.clone());
                })),
                Doing::Wait(write) if self.losses > 0 => {
                    // The wait ends without a reply, whether the send has been applied or has not.
                    steps.push(self.then(format!("{name} hears nothing"), |state| {
                        state.losses -= 1;
                        state.give_up(at);
                        let lost = Sent::Unclear(StoreError::Throttled);
                        let next = state.workers[at].attempt.sent(write, lost);
                        state.workers[at].doing = follow(next, &[]);
                    }));
                    // The SDK sends the same again and listens only to the second; the first is still on its way.
                    let flies = self.air.iter().any(|flying| flying.worker == at && flying.awaited);
                    if flies {
                        steps.push(self.then(format!("{name}'s SDK sends {} again", write.number), |state| {
                            state.losses -= 1;
                            state.give_up(at);
                            state.air.push(Airborne { worker: at, write: write.clone(), awaited: true });
                        }));
                    }
                }
                Doing::Wait(_) => {}
            }
            if self.deaths > 0 {
                steps.push(self.then(format!("{name} dies or runs out of time"), |state| {
                    state.deaths -= 1;
                    state.give_up(at);
                    state.workers[at].doing = Doing::Dead;
                }));
            }
        }
        for (at, flying) in self.air.iter().enumerate() {
            let request = &requests[flying.worker];
            steps.push(self.then(format!("{}'s send {} arrives", request.name, flying.write.number), |state| {
                let Airborne { worker, write, awaited } = state.air.remove(at);
                let sent = apply(request, &write, &mut state.world);
                if awaited {
                    state.story.push(format!("{} hears {sent:?}", request.name));
                    let next = state.workers[worker].attempt.sent(&write, sent);
                    state.workers[worker].doing = follow(next, &[]);
                }
            }));
            if flying.awaited && self.losses > 0 {
                steps.push(self.then(format!("{}'s reply is lost", request.name), |state| {
                    let Airborne { worker, write, .. } = state.air.remove(at);
                    state.losses -= 1;
                    apply(request, &write, &mut state.world);
                    state.give_up(worker);
                    let lost = Sent::Unclear(StoreError::Throttled);
                    let next = state.workers[worker].attempt.sent(&write, lost);
                    state.workers[worker].doing = follow(next, &[]);
                }));
            }
        }
        steps
    }

    fn give_up(&mut self, worker: usize) {
        for flying in self.air.iter_mut().filter(|flying| flying.worker == worker) {
            flying.awaited = false;
        }
    }

    fn wrong(&self, requests: &[Request]) -> Option<String> {
        for (name, commits) in &self.world.streams {
            let ids: HashSet<_> = commits.iter().map(|(id, _)| id).collect();
            if ids.len() != commits.len() {
                return Some(format!("two effects on {name}: {commits:?}"));
            }
        }
        for (key, by) in &self.world.companions {
            let stands = |(stream, id): &(&str, &str)| {
                self.world.streams.get(stream).is_some_and(|commits| commits.iter().any(|(by, _)| by == id))
            };
            if by.is_some_and(|by| !stands(&by)) {
                return Some(format!("the companion {key} stands without the commit of {by:?}"));
            }
        }
        for (request, worker) in requests.iter().zip(&self.workers) {
            let written = self.world.streams.get(request.stream).cloned().unwrap_or_default();
            let own = written.iter().position(|(by, _)| *by == request.id).map(|at| at as u64 + 1);
            let same = |other: &&Request| other.stream == request.stream && other.id == request.id;
            let alone = requests.iter().filter(same).count() == 1;
            match &worker.doing {
                Doing::Answered(Answer::Commit { .. })
                    if request.brings.is_some_and(|key| {
                        self.world.companions.get(key) != Some(&Some((request.stream, request.id)))
                    }) =>
                {
                    return Some(format!("{} was answered, and what was to come with it does not stand", request.name));
                }
                Doing::Answered(Answer::Commit { number }) if own != Some(*number) => {
                    return Some(format!("{} was answered {number} and has {own:?}", request.name));
                }
                Doing::Answered(Answer::Refused("reused")) if written.contains(&(request.id, request.fingerprint)) => {
                    return Some(format!("{} was told another body has its key, and has not", request.name));
                }
                Doing::Answered(Answer::Refused("reused")) => {}
                Doing::Answered(Answer::Refused(why)) if own.is_some() && (alone || *why == "taken") => {
                    return Some(format!("{} was told `{why}`, yet it was written at {own:?}", request.name));
                }
                _ => {}
            }
        }
        None
    }
}

/// Walks every history; panics with the first wrong one. Gives the number of states and of answers seen.
fn explore(requests: &[Request], losses: u32, deaths: u32) -> (usize, HashSet<String>) {
    explore_from(requests, State::new(requests, losses, deaths))
}

fn explore_from(requests: &[Request], start: State) -> (usize, HashSet<String>) {
    let mut todo = vec![start];
    let (mut seen, mut answers) = (HashSet::new(), HashSet::new());
    while let Some(state) = todo.pop() {
        if !seen.insert(state.key()) {
            continue;
        }
        let steps = state.steps(requests);
        if steps.is_empty() {
            assert!(state.air.is_empty());
            if let Some(wrong) = state.wrong(requests) {
                panic!("{wrong}\n  {}", state.story.join("\n  "));
            }
            for (request, worker) in requests.iter().zip(&state.workers) {
                answers.insert(format!("{} {:?}", request.name, worker.doing));
            }
        }
        todo.extend(steps);
    }
    (seen.len(), answers)
}

fn told(answers: &HashSet<String>, name: &str, what: &str) -> bool {
    answers.iter().any(|answer| answer.starts_with(name) && answer.contains(what))
}

#[test]
fn exhaustive_a_request_its_resend_and_a_stranger_on_one_stream() {
    let requests = [
        Request::new("first", "s", "k", Will::Write),
        Request::new("resend", "s", "k", Will::Write),
        Request::new("stranger", "s", "z", Will::Write),
    ];
    let (states, answers) = explore(&requests, 1, 1);
    eprintln!("{states} states");
    assert!(states > 1_000);
    assert!(told(&answers, "first", "number: 2") && told(&answers, "resend", "number: 1"));
}

#[test]
fn exhaustive_a_claim_its_resend_and_a_rival_stream() {
    let requests = [
        Request::new("first", "s", "k", Will::Claim),
        Request::new("resend", "s", "k", Will::Claim),
        Request::new("rival", "r", "r", Will::Claim),
    ];
    let (states, answers) = explore(&requests, 1, 1);
    eprintln!("{states} states");
    assert!(
        told(&answers, "rival", "taken") && told(&answers, "first", "taken") && told(&answers, "rival", "number: 1")
    );
}

#[test]
fn exhaustive_one_key_on_two_streams_that_claim_one_name() {
    let requests = [
        Request::new("first", "s", "k", Will::Claim),
        Request::new("elsewhere", "r", "k", Will::Claim),
        Request::new("resend", "s", "k", Will::Claim),
    ];
    let (_, answers) = explore(&requests, 2, 0);
    assert!(told(&answers, "elsewhere", "taken") && told(&answers, "elsewhere", "number: 1"));
}

#[test]
fn exhaustive_a_decision_that_changes_its_mind_is_never_refused_in_doubt() {
    let requests = [
        Request::new("fickle", "s", "k", Will::Fickle),
        Request::new("one", "s", "y", Will::Write),
        Request::new("two", "s", "z", Will::Write),
    ];
    let (states, answers) = explore(&requests, 1, 0);
    eprintln!("{states} states");
    assert!(
        told(&answers, "fickle", "refused")
            && told(&answers, "fickle", "TryAgain")
            && told(&answers, "fickle", "number: 3")
    );
}

#[test]
fn exhaustive_a_name_is_not_reported_taken_while_an_earlier_send_that_claimed_nothing_is_in_doubt() {
    let requests = [
        Request::new("later", "s", "k", Will::Later),
        Request::new("rival", "r", "r", Will::Claim),
        Request::new("stranger", "s", "z", Will::Write),
    ];
    let (_, answers) = explore(&requests, 1, 0);
    assert!(
        told(&answers, "later", "taken") && told(&answers, "later", "TryAgain") && told(&answers, "rival", "taken")
    );
}

#[test]
fn exhaustive_a_claim_beside_another_claim_of_the_same_stream() {
    let requests = [
        Request::new("first", "s", "k", Will::Claim),
        Request::new("second", "s", "y", Will::Claim),
        Request::new("rival", "r", "r", Will::Claim),
    ];
    let (_, answers) = explore(&requests, 1, 1);
    assert!(told(&answers, "first", "number: 2") && told(&answers, "second", "number: 2"));
}

#[test]
fn exhaustive_another_body_under_the_same_key() {
    let mut other = Request::new("other", "s", "k", Will::Write);
    other.fingerprint = "g";
    let requests =
        [Request::new("first", "s", "k", Will::Write), other, Request::new("stranger", "s", "z", Will::Write)];
    let (_, answers) = explore(&requests, 1, 1);
    assert!(told(&answers, "first", "reused") && told(&answers, "other", "reused"));
}

#[test]
fn exhaustive_a_stream_that_must_stand_still() {
    let mut holder = Request::new("holder", "s", "k", Will::Write);
    holder.hold = Some(("r", 0));
    let requests =
        [holder, Request::new("mover", "r", "y", Will::Write), Request::new("stranger", "s", "z", Will::Write)];
    let (_, answers) = explore(&requests, 1, 1);
    assert!(told(&answers, "holder", "broken") && told(&answers, "holder", "number: 2"));
}

#[test]
fn exhaustive_a_stream_that_begins_with_its_companion_its_resend_and_a_stranger() {
    let requests = [
        Request::new("first", "s", "k", Will::Write).bringing("s"),
        Request::new("resend", "s", "k", Will::Write).bringing("s"),
        Request::new("stranger", "s", "z", Will::Write),
    ];
    let (states, answers) = explore(&requests, 1, 1);
    eprintln!("{states} states");
    assert!(told(&answers, "first", "number: 1") && told(&answers, "resend", "number: 1"));
    assert!(told(&answers, "first", "refused"), "the stranger began it");
    assert!(!answers.iter().any(|answer| answer.contains("stands")), "what a try of one's own put is no alarm");
}

#[test]
fn exhaustive_two_streams_that_would_begin_with_one_companion() {
    let requests = [
        Request::new("first", "s", "k", Will::Write).bringing("one"),
        Request::new("resend", "s", "k", Will::Write).bringing("one"),
        Request::new("other", "r", "y", Will::Claim).bringing("one"),
    ];
    let (_, answers) = explore(&requests, 2, 1);
    assert!(told(&answers, "other", "stands") && told(&answers, "first", "stands"));
    assert!(told(&answers, "other", "number: 1") && told(&answers, "resend", "number: 1"));
}

#[test]
fn exhaustive_a_companion_that_stands_without_its_commit_is_told_and_nothing_is_written() {
    let requests = [
        Request::new("first", "s", "k", Will::Write).bringing("s"),
        Request::new("resend", "s", "k", Will::Write).bringing("s"),
    ];
    let mut start = State::new(&requests, 2, 1);
    start.world.companions.insert("s", None);
    let (_, answers) = explore_from(&requests, start);
    assert!(told(&answers, "first", "stands") && told(&answers, "first", "TryAgain"));
    assert!(!answers.iter().any(|answer| answer.contains("number")), "{answers:?}");
}
