//! Where a rebuild's time went.

use std::time::Duration;

/// Wall time of a rebuild by what it waited for or worked at; the parts add up to all but the bookkeeping between them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Waiting for the scan of the ledger.
    pub scan: Duration,
    /// Folding streams into rows.
    pub fold: Duration,
    /// Waiting until rows are stored.
    pub rows: Duration,
    /// Passes over the heads of all streams, and the wait for older workers.
    pub catch_up: Duration,
    /// Listing stored pages and reading the new prefix.
    pub list: Duration,
    /// The page pass, by what its hands did: reading bodies.
    pub bodies: Duration,
    /// Composing and rendering.
    pub render: Duration,
    /// Putting pages, where they differ.
    pub put: Duration,
    /// Dropping the old prefix.
    pub drop: Duration,
}

impl Spent {
    /// Splits the wall time of the page pass by what its hands spent on bodies, rendering and putting.
    pub(super) fn share(&mut self, wall: Duration, hands: [Duration; 3]) {
        let all = hands.iter().sum::<Duration>().as_secs_f64().max(f64::MIN_POSITIVE);
        let [bodies, render, put] = hands.map(|part| wall.mul_f64(part.as_secs_f64() / all));
        (self.bodies, self.render, self.put) = (bodies, render, put);
    }

    /// Every part with its name, in the order of the work.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, Duration); 9] {
        [
            ("scan", self.scan),
            ("fold", self.fold),
            ("rows", self.rows),
            ("catch_up", self.catch_up),
            ("list", self.list),
            ("bodies", self.bodies),
            ("render", self.render),
            ("put", self.put),
            ("drop", self.drop),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_pass_is_split_by_what_its_hands_spent() {
        let mut spent = Spent::default();
        spent.share(Duration::from_secs(8), [1, 2, 5].map(|part| Duration::from_secs(part * 10)));
        assert_eq!([spent.bodies, spent.render, spent.put].map(|part| part.as_millis()), [1_000, 2_000, 5_000]);
        spent.share(Duration::ZERO, [Duration::ZERO; 3]);
        assert_eq!(spent.put, Duration::ZERO);
    }
}
