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

    /// The lengths, as a database takes an array.
    pub(crate) fn lengths(&self) -> Vec<i32> {
        self.lengths.iter().map(|&length| i32::try_from(length).unwrap_or(i32::MAX)).collect()
    }
}

/// One of `streams`, by Zipf's law with exponent ½: the n-th is chosen in proportion to 1/√n.
///
/// With the exponent 1 a twelfth of all commits would lie in one stream, and no document of a city has eight thousand revisions.
pub(crate) fn skewed(streams: u32, random: &mut impl Rng) -> u32 {
    let uniform: f64 = random.random();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below `streams`, which is a u32")]
    let chosen = (f64::from(streams) * uniform * uniform) as u32;
    chosen.min(streams.saturating_sub(1))
}
