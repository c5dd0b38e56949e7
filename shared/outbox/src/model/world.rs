//! One case, what rings for it, and what works on it.

mod mail;

use std::collections::{BTreeMap, BTreeSet};

use domain::{MessageId, case::Notice};
use jiff::{SignedDuration, Timestamp};
use ledger::Commit;
use serde_json::json;

use super::Shortcut;
use crate::{
    message::{Medium, Message, Recipient},
    reaction::{self, Reaction},
    row::{Delivery, Row, Standing},
    rules::{Asked, Starts, wanted},
    sending::{self, Sending},
};
use mail::{Round, is_sent, round};

/// Two attempts at each message.
const PAUSES: &[SignedDuration] = &[SignedDuration::from_mins(1), SignedDuration::from_mins(1)];

/// Since when rules count: the second commit is the first that is not too old.
const START: i64 = 200;

/// What happens in a world, at most.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    /// Commits of the case: one that is too old, one that was brought in from elsewhere, then usual ones.
    pub(super) commits: u64,
    /// Whether they stand from the beginning, with their rows.
    pub(super) known: bool,
    pub(super) reactors: usize,
    pub(super) senders: usize,
    /// Doorbells that ring twice, and returned letters that are told of twice.
    pub(super) doubles: u8,
    pub(super) deaths: u8,
    pub(super) rebuilds: u8,
    /// Attempts that fail.
    pub(super) failures: u8,
    /// Whether they fail for good.
    pub(super) refusals: bool,
    /// Attempts that find that what they were to tell is not so any more.
    pub(super) overtaken: u8,
    /// Letters that come back.
    pub(super) returns: u8,
    /// Dead messages that are raised.
    pub(super) raises: u8,
}

/// What a worker is about to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::large_enum_variant, reason = "a world has a handful of them")]
enum Doing {
    /// Wait for a doorbell.
    Listen,
    React(Reaction, reaction::Next),
    Send(Sending, sending::Next),
    /// A write is in the air; its answer is awaited.
    Wait(Box<Doing>),
    Ended,
    Dead,
}

/// A write on its way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Write {
    Put(Box<Message>),
    Move(u64),
    Swap(Box<Row>, Box<Row>),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    head: u64,
    /// Doorbells that nobody heard yet.
    bells: u8,
    checkpoint: u64,
    rows: BTreeMap<MessageId, Row>,
    made: BTreeMap<MessageId, u8>,
    sends: BTreeMap<Round, u8>,
    told: BTreeSet<Round>,
    /// What was ever marked as sent.
    marked: BTreeSet<Round>,
    /// Whose letters came back.
    returned: BTreeSet<Round>,
    /// What the queue tells of them still.
    queue: BTreeSet<Round>,
    workers: Vec<Doing>,
    air: Vec<(usize, Write)>,
    doubles: u8,
    deaths: u8,
    rebuilds: u8,
    failures: u8,
    overtaken: u8,
    returns: u8,
    raises: u8,
}

fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

/// Commit `number` of the case: 1 is too old, 2 was brought in from elsewhere.
fn commit(number: u64) -> Commit {
    let name = if number == 2 { "CaseMigrated" } else { "ErrorAnswered" };
    Commit {
        stream: "correction:b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap(),
        number,
        id: "b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap(),
        at: instant(i64::try_from(number).unwrap() * 100 + 50),
        actor: "clerk".parse().unwrap(),
        fingerprint: None,
        events: vec![serde_json::from_value(json!({"type": name, "version": 1, "data": {}})).unwrap()],
        hash: [0; 32],
    }
}

/// What the commits past `after` and up to `head` ask for.
fn messages(after: u64, head: u64, shortcut: Shortcut) -> Vec<Message> {
    let start = if shortcut == Shortcut::NoStarts { 0 } else { START };
    let starts = Starts(Notice::ALL.map(|notice| (notice, instant(start))).into());
    let asked = || vec![Asked { notice: Notice::Answered, recipient: Recipient::Citizen }];
    let of = |number| {
        let mut commit = commit(number);
        if shortcut == Shortcut::MigratedCounts {
            commit.events.clear();
        }
        wanted(&commit, 0, asked(), &"jyj".parse().unwrap(), &starts)
    };
    (after + 1..=head).flat_map(of).collect()
}

impl State {
    pub(super) fn new(setting: &Setting) -> Self {
        let Setting { reactors, senders, doubles, deaths, rebuilds, failures, overtaken, returns, raises, .. } =
            *setting;
        let known = if setting.known { messages(0, setting.commits, Shortcut::None) } else { Vec::new() };
        let mut workers = vec![Doing::Listen; reactors];
        workers.extend((0..senders).map(|_| {
            let (sending, next) = Sending::begin();
            Doing::Send(sending, next)
        }));
        Self {
            head: if setting.known { setting.commits } else { 0 },
            bells: 0,
            checkpoint: if setting.known { setting.commits } else { 0 },
            made: known.iter().map(|message| (message.id.clone(), 1)).collect(),
            rows: known.into_iter().map(|message| (message.id.clone(), Row::new(message, instant(0)))).collect(),
            sends: BTreeMap::new(),
            told: BTreeSet::new(),
            marked: BTreeSet::new(),
            returned: BTreeSet::new(),
            queue: BTreeSet::new(),
            workers,
            air: Vec::new(),
            doubles,
            deaths,
            rebuilds,
            failures,
            overtaken,
            returns,
            raises,
        }
    }

    fn wanted(&self) -> Vec<Message> {
        messages(0, self.head, Shortcut::None)
    }

    /// What must hold in every state.
    pub(super) fn check(&self) -> Result<(), String> {
        if let Some((id, made)) = self.made.iter().find(|(_, made)| **made > 1) {
            return Err(format!("{id} was made {made} times"));
        }
        let wanted = self.wanted();
        if let Some(id) = self.rows.keys().find(|id| !wanted.iter().any(|message| message.id == **id)) {
            return Err(format!("no rule asks for {id}"));
        }
        if let Some(lost) =
            wanted.iter().find(|message| message.number <= self.checkpoint && !self.rows.contains_key(&message.id))
        {
            return Err(format!("the checkpoint is past commit {}, and its message has no row", lost.number));
        }
        for (id, row) in &self.rows {
            let of_row = round(row);
            let sent = self.sends.get(&of_row).copied().unwrap_or_default();
            if usize::from(sent) > PAUSES.len() {
                return Err(format!("{id} was sent {sent} times"));
            }
            let told = self.told.contains(&of_row);
            if !is_sent(row) && self.marked.contains(&of_row) && !self.returned.contains(&of_row) {
                return Err(format!("{id} was sent and did not come back, and it is {row:?}"));
            }
            match row.standing {
                Standing::Sent { .. } if sent == 0 => return Err(format!("{id} is marked as sent, and was not")),
                Standing::Dead { .. } if !told => return Err(format!("{id} is dead, and its case does not tell so")),
                Standing::Waiting { .. }
                | Standing::Sent { .. }
                | Standing::NoAddress { .. }
                | Standing::Overtaken { .. }
                    if told =>
                {
                    return Err(format!("its case tells that {id} could not be delivered, and it is {row:?}"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What must hold when nothing moves any more: after one round of the clock nothing is left to do.
    pub(super) fn check_end(&self, setting: &Setting, shortcut: Shortcut) -> Result<(), String> {
        let still = self.clone();
        let mut round = Self { deaths: 0, failures: 0, overtaken: 0, rebuilds: 0, workers: Vec::new(), ..still };
        if shortcut != Shortcut::NobodyLooksAgain {
            let (reaction, next) = Reaction::begin();
            round = round.alone(Doing::React(reaction, next), setting, shortcut)?;
        }
        // Before and after the queue brings again what it told too early.
        for _ in 0..2 {
            // Once for every attempt there may still be, and once for what is given up.
            for _ in 0..PAUSES.len() + 2 {
                let (sending, next) = Sending::begin();
                round = round.alone(Doing::Send(sending, next), setting, shortcut)?;
            }
            for of in round.queue.clone() {
                round.hear(&of, shortcut);
            }
        }
        if let Some(row) = round.rows.values().find(|row| is_sent(row) && round.returned.contains(&self::round(row))) {
            return Err(format!("its letter came back, and it is {row:?}"));
        }
        for message in round.wanted() {
            let row = round.rows.get(&message.id);
            match row.map(|row| row.standing) {
                Some(
                    Standing::Sent { .. }
                    | Standing::Dead { .. }
                    | Standing::NoAddress { .. }
                    | Standing::Overtaken { .. },
                ) => {}
                _ => return Err(format!("the clock has been there, and of commit {} stands {row:?}", message.number)),
            }
        }
        Ok(())
    }

    /// What comes of a worker that is alone.
    fn alone(mut self, doing: Doing, setting: &Setting, shortcut: Shortcut) -> Result<Self, String> {
        self.workers = vec![doing];
        while let Some((_, next)) = self.worked(0, setting, shortcut).pop().or_else(|| self.arrivals(shortcut).pop()) {
            next.check()?;
            self = next;
        }
        Ok(self)
    }

    /// Every state that one step leads to.
    pub(super) fn steps(&self, setting: &Setting, shortcut: Shortcut) -> Vec<(String, Self)> {
        let mut steps = self.weather(setting, shortcut);
        for at in 0..self.workers.len() {
            steps.extend(self.worked(at, setting, shortcut));
            if self.deaths > 0 && !matches!(self.workers[at], Doing::Listen | Doing::Ended | Doing::Dead) {
                let mut after = self.clone();
                (after.workers[at], after.deaths) = (Doing::Dead, self.deaths - 1);
                steps.push((format!("{at} dies"), after));
            }
        }
        steps.extend(self.arrivals(shortcut));
        steps
    }

    /// What nobody does: commits, doorbells that are lost, a rebuild.
    fn weather(&self, setting: &Setting, shortcut: Shortcut) -> Vec<(String, Self)> {
        let mut steps = Vec::new();
        if self.head < setting.commits {
            let after = Self { head: self.head + 1, bells: self.bells + 1, ..self.clone() };
            steps.push((format!("commit {}", after.head), after));
        }
        if self.bells > 0 {
            steps.push(("a doorbell is lost".to_owned(), Self { bells: self.bells - 1, ..self.clone() }));
        }
        if self.rebuilds > 0 {
            let mut after = Self { rebuilds: self.rebuilds - 1, ..self.clone() };
            if shortcut == Shortcut::OutboxIsAView {
                (after.rows, after.checkpoint) = (BTreeMap::new(), 0);
            }
            steps.push(("a rebuild".to_owned(), after));
        }
        steps.extend(self.mail(shortcut));
        steps
    }

    /// The states after the next step of a worker.
    fn worked(&self, at: usize, setting: &Setting, shortcut: Shortcut) -> Vec<(String, Self)> {
        let Some(doing) = self.workers.get(at).cloned() else { return Vec::new() };
        let what = format!("{at}: {doing:?}");
        match doing {
            Doing::Wait(_) | Doing::Ended | Doing::Dead => Vec::new(),
            Doing::Listen if self.bells == 0 => Vec::new(),
            Doing::Listen => {
                let (reaction, next) = Reaction::begin();
                let mut heard = Self { bells: self.bells - 1, ..self.clone() };
                heard.workers[at] = Doing::React(reaction, next);
                let mut steps = vec![(format!("{at} hears"), heard.clone())];
                if self.doubles > 0 {
                    (heard.bells, heard.doubles) = (self.bells, self.doubles - 1);
                    steps.push((format!("{at} hears, and it will ring again"), heard));
                }
                steps
            }
            Doing::React(reaction, next) => vec![(what, self.reacted(at, reaction, next, shortcut))],
            Doing::Send(sending, sending::Next::Deliver(row)) => self.delivered(at, &sending, &row, setting, shortcut),
            Doing::Send(sending, next) => vec![(what, self.sent(at, sending, next, shortcut))],
        }
    }

    fn reacted(&self, at: usize, mut reaction: Reaction, next: reaction::Next, shortcut: Shortcut) -> Self {
        let mut after = self.clone();
        after.workers[at] = match next {
            reaction::Next::Checkpoint => {
                let next = reaction.stands_at(self.checkpoint);
                Doing::React(reaction, next)
            }
            reaction::Next::Load => {
                let asked = messages(reaction.checkpoint, self.head, shortcut);
                let first = reaction.loaded(self.head, asked);
                if shortcut == Shortcut::CheckpointFirst && self.head > reaction.checkpoint {
                    after.checkpoint = self.head;
                }
                Doing::React(reaction, first)
            }
            reaction::Next::Put(message) => {
                after.air.push((at, Write::Put(message.clone())));
                Doing::Wait(Box::new(Doing::React(reaction, reaction::Next::Put(message))))
            }
            reaction::Next::Move(number) => {
                after.air.push((at, Write::Move(number)));
                Doing::Wait(Box::new(Doing::React(reaction, reaction::Next::Move(number))))
            }
            reaction::Next::Done => Doing::Listen,
        };
        after
    }

    fn sent(&self, at: usize, mut sending: Sending, next: sending::Next, shortcut: Shortcut) -> Self {
        let mut after = self.clone();
        after.workers[at] = match next {
            sending::Next::Read => {
                let row = self.rows.values().find(|row| is_open(row)).or_else(|| self.rows.values().next()).cloned();
                // Whatever keeps others away may be over.
                let now = row.as_ref().map_or(instant(1000), |row| row.standing.at().max(instant(1000)));
                if let (Shortcut::Unclaimed, Some(row)) = (shortcut, &row)
                    && is_open(row)
                {
                    let (mut fresh, _) = Sending::begin();
                    fresh.read(Some(row.clone()), now, PAUSES);
                    let next = fresh.swapped(true);
                    after.workers[at] = Doing::Send(fresh, next);
                    return after;
                }
                let next = sending.read(row, now, PAUSES);
                Doing::Send(sending, next)
            }
            sending::Next::Swap(seen, next) => {
                let next = match next.standing {
                    Standing::GivenUp { at } if shortcut == Shortcut::DeadBeforeTold => {
                        Box::new(Row { standing: Standing::Dead { at }, ..*next })
                    }
                    _ => next,
                };
                if shortcut == Shortcut::ToldBeforeGivenUp && matches!(next.standing, Standing::GivenUp { .. }) {
                    after.told.insert(round(&next));
                }
                after.air.push((at, Write::Swap(seen.clone(), next.clone())));
                Doing::Wait(Box::new(Doing::Send(sending, sending::Next::Swap(seen, next))))
            }
            sending::Next::Tell(row) => {
                after.told.insert(round(&row));
                let next = sending.told(*row, instant(2000));
                Doing::Send(sending, next)
            }
            sending::Next::Deliver(_) | sending::Next::Done => Doing::Ended,
        };
        after
    }

    /// It goes out, or it does not.
    fn delivered(
        &self,
        at: usize,
        sending: &Sending,
        row: &Row,
        setting: &Setting,
        shortcut: Shortcut,
    ) -> Vec<(String, Self)> {
        let id = &row.message.id;
        let with = |delivery: Delivery, what: &str, mut after: Self| {
            let mut sending = sending.clone();
            let now = row.standing.at().max(instant(1000));
            let next = sending.delivered(delivery, now, PAUSES);
            after.workers[at] = Doing::Send(sending, next);
            (format!("{at}: {what} {id}"), after)
        };
        let mut out = self.clone();
        *out.sends.entry(round(row)).or_default() += 1;
        if shortcut == Shortcut::MarkedBeforeSent {
            // The mark first: who dies after it has sent nothing.
            let mut marked = self.clone();
            if let Some(stands) = marked.rows.get_mut(id) {
                stands.standing = Standing::Sent { at: instant(1000), by: Medium::Email };
            }
            marked.workers[at] = Doing::Ended;
            return vec![(format!("{at} marks {id}"), marked)];
        }
        let mut steps = vec![with(Delivery::Sent(Medium::Email), "sends", out)];
        if self.failures > 0 {
            // A failure that was none: who carries it took it and did not say so.
            let mut unclear = Self { failures: self.failures - 1, ..self.clone() };
            *unclear.sends.entry(round(row)).or_default() += 1;
            let failed = match setting.refusals {
                true => Delivery::Refused("refused".to_owned()),
                false => Delivery::Failed("failed".to_owned()),
            };
            steps.push(with(failed, "cannot send", unclear));
        }
        if self.overtaken > 0 {
            let silent = Self { overtaken: self.overtaken - 1, ..self.clone() };
            steps.push(with(Delivery::Overtaken, "need not tell", silent));
        }
        steps
    }

    /// The states after a write arrives.
    fn arrivals(&self, shortcut: Shortcut) -> Vec<(String, Self)> {
        let mut steps = Vec::new();
        for (place, (worker, write)) in self.air.iter().enumerate() {
            let mut after = self.clone();
            after.air.remove(place);
            let applied = after.apply(write, shortcut);
            if let Some(Doing::Wait(doing)) = after.workers.get(*worker).cloned() {
                after.workers[*worker] = answered(*doing, applied);
            }
            steps.push((format!("{worker}'s {write:?} arrives: {applied}"), after));
        }
        steps
    }

    /// What the store does with a write, all at once; whether its condition held.
    fn apply(&mut self, write: &Write, shortcut: Shortcut) -> bool {
        match write {
            Write::Put(message) if self.rows.contains_key(&message.id) && shortcut != Shortcut::PutsOverwrite => false,
            Write::Put(message) => {
                *self.made.entry(message.id.clone()).or_default() += 1;
                self.rows.insert(message.id.clone(), Row::new((**message).clone(), instant(0)));
                true
            }
            Write::Move(number) => {
                let forward = *number > self.checkpoint;
                self.checkpoint = self.checkpoint.max(*number);
                forward
            }
            Write::Swap(seen, next) => {
                let id = &seen.message.id;
                let stands = self.rows.get(id).is_some_and(|row| version(row) == version(seen));
                if stands {
                    self.rows.insert(id.clone(), (**next).clone());
                    self.marked.extend(is_sent(next).then(|| round(next)));
                }
                stands
            }
        }
    }
}

fn is_open(row: &Row) -> bool {
    matches!(row.standing, Standing::Waiting { .. } | Standing::GivenUp { .. })
}

/// What the store compares.
fn version(row: &Row) -> (&'static str, u32, u32) {
    (row.standing.as_str(), row.attempts, row.round)
}

/// What a worker does with the answer to its write.
fn answered(doing: Doing, applied: bool) -> Doing {
    match doing {
        Doing::React(mut reaction, reaction::Next::Put(_)) => {
            let next = reaction.put();
            Doing::React(reaction, next)
        }
        Doing::React(..) => Doing::Listen,
        Doing::Send(mut sending, _) => {
            let next = sending.swapped(applied);
            Doing::Send(sending, next)
        }
        other => other,
    }
}
