//! Streams and how long each is before the first round.

use rand::{Rng, SeedableRng, rngs::StdRng};

/// Lengths of the streams 0, 1, 2, …
#[derive(Debug, Clone)]
pub(crate) struct Corpus {
    lengths: Vec<u32>,
}

impl Corpus {
    /// `streams` streams of `length` commits each.
    pub(crate) fn even(streams: u32, length: u32) -> Self {
        Self { lengths: (0..streams).map(|_| length).collect() }
    }

    /// `commits` commits over `streams` streams, chosen as [`skewed`] does.
    pub(crate) fn skewed(streams: u32, commits: u32) -> Self {
        let mut lengths = vec![0; usize::try_from(streams).unwrap_or(usize::MAX)];
        let mut random = StdRng::seed_from_u64(0);
        for _ in 0..commits {
            let chosen = usize::try_from(skewed(streams, &mut random)).unwrap_or_default();
            if let Some(length) = lengths.get_mut(chosen) {
                *length += 1;
            }
        }
        Self { lengths }
    }

    /// Commits in all.
    pub(crate) fn commits(&self) -> u64 {
        self.lengths.iter().copied().map(u64::from).sum()
    }

    /// Every stream with its length.
    pub(crate) fn streams(&self) -> impl Iterator<Item = (u32, u32)> {
        (0..).zip(self.lengths.iter().copied())
    }

    /// Commits of the longest stream.
    pub(crate) fn longest(&self) -> u32 {
        self.lengths.iter().copied().max().unwrap_or_default()
    }
}

/// Which streams the clients of a round write to; no two clients share one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Workload {
    /// Clients at once.
    pub(super) clients: u32,
    /// Commands of each client in one round.
    pub(super) each: u32,
    streams: u32,
    choice: Choice,
}

#[derive(Debug, Clone, Copy)]
enum Choice {
    Skewed,
    InTurn,
}

impl Workload {
    /// `clients` clients with `each` commands on some of `streams` streams, chosen as [`Corpus::skewed`] does.
    pub(crate) fn skewed(clients: u32, each: u32, streams: u32) -> Self {
        Self { clients, each, streams, choice: Choice::Skewed }
    }

    /// One client that writes to each of `streams` streams once.
    pub(crate) fn in_turn(streams: u32) -> Self {
        Self { clients: 1, each: streams, streams, choice: Choice::InTurn }
    }

    /// Commands of one round.
    pub(super) fn commands(&self) -> u32 {
        self.clients * self.each
    }

    /// Each client's streams in round `round`.
    pub(super) fn plan(&self, round: u32) -> Vec<Vec<u32>> {
        let mut random = StdRng::seed_from_u64(u64::from(round) << 32 | u64::from(self.clients));
        let mut chosen = |client, turn| match self.choice {
            Choice::Skewed => skewed(self.streams / self.clients, &mut random) * self.clients + client,
            Choice::InTurn => turn,
        };
        (0..self.clients).map(|client| (0..self.each).map(|turn| chosen(client, turn)).collect()).collect()
    }

    /// The same choice in pgbench's language; it has no loops, so that turns become chance.
    pub(super) fn pgbench(&self) -> String {
        let Self { clients, streams, .. } = self;
        match self.choice {
            Choice::Skewed => {
                let own = streams / clients;
                format!(
                    "\\set uniform random(0, 999999)\n\\set stream int(:uniform * :uniform / 1000000000000.0 * {own}) * {clients} + :client_id\n"
                )
            }
            Choice::InTurn => format!("\\set stream random(0, {})\n", streams - 1),
        }
    }
}

/// One of `streams`, by Zipf's law with exponent ½: the n-th is chosen in proportion to 1/√n.
///
/// With the exponent 1 a twelfth of all commits would lie in one stream, and no document of a city has eight thousand revisions.
fn skewed(streams: u32, random: &mut impl Rng) -> u32 {
    let uniform: f64 = random.random();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below `streams`, which is a u32")]
    let chosen = (f64::from(streams) * uniform * uniform) as u32;
    chosen.min(streams.saturating_sub(1))
}
