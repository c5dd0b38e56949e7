//! Rates: so many within so long.

/// So many tries at once, and as many again within a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many; at least one.
    pub tries: u16,
    /// Within how many minutes they come back; at least one.
    pub minutes: u16,
}

impl Rate {
    /// Milliseconds in which one comes back.
    pub(super) fn token(self) -> i64 {
        (i64::from(self.minutes.max(1)) * 60_000 / i64::from(self.tries.max(1))).max(1)
    }

    /// Milliseconds in which all but one come back.
    pub(super) fn ahead(self) -> i64 {
        self.token() * (i64::from(self.tries.max(1)) - 1)
    }
}

/// The rates of the front door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Query codes tried for one number, from anywhere (QUALITY.md §5: 5 in 15 minutes).
    pub number: Rate,
    /// Query codes tried from one address.
    pub code: Rate,
    /// Forms sent from one address with a proof of work: an office, a village or a school may share one.
    pub submission: Rate,
    /// Forms sent from one address without.
    pub plain_submission: Rate,
    /// Files added to forms from one address: each is looked at, and may be the photograph of a whole class. An act that brings files counts as one.
    pub upload: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            number: Rate { tries: 5, minutes: 15 },
            code: Rate { tries: 5, minutes: 15 },
            submission: Rate { tries: 30, minutes: 60 },
            plain_submission: Rate { tries: 3, minutes: 60 },
            upload: Rate { tries: 30, minutes: 60 },
        }
    }
}

impl Rates {
    /// The house's rates with those that a deployment gives instead.
    #[must_use]
    pub fn of(limits: gateway::FormLimits) -> Self {
        let house = Self::default();
        let with = |rate: Rate, tries: Option<u16>| Rate { tries: tries.unwrap_or(rate.tries).max(1), ..rate };
        Self {
            number: with(house.number, limits.tries),
            code: with(house.code, limits.tries),
            submission: with(house.submission, limits.submissions),
            plain_submission: with(house.plain_submission, limits.plain_submissions),
            upload: house.upload,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_in_fifteen_minutes_come_back_one_in_three() {
        let rate = Rate { tries: 5, minutes: 15 };
        assert_eq!((rate.token(), rate.ahead()), (180_000, 720_000));
        let nothing = Rate { tries: 0, minutes: 0 };
        assert_eq!((nothing.token(), nothing.ahead()), (60_000, 0));
    }

    #[test]
    fn a_deployment_gives_what_it_wants_and_never_none() {
        let rates = Rates::of(gateway::FormLimits { tries: None, submissions: Some(100), plain_submissions: Some(0) });
        assert_eq!((rates.number.tries, rates.submission.tries, rates.plain_submission.tries), (5, 100, 1));
    }
}
