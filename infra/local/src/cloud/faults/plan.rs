//! Which request fails how: never, by lot, or by a written script.

use std::time::Duration;

use sha2::{Digest, Sha256};

use super::Fault;

/// How often each fault strikes an operation that can show it, from 0 to 1.
///
/// The default is never; the sum for one operation should stay below 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rates {
    /// Rate of [`Fault::Throttle`].
    pub throttle: f64,
    /// Rate of [`Fault::RequestLimit`].
    pub request_limit: f64,
    /// Rate of [`Fault::InternalError`].
    pub internal_error: f64,
    /// Rate of [`Fault::Conflict`].
    pub conflict: f64,
    /// Rate of [`Fault::LoseReply`].
    pub lose_reply: f64,
    /// Rate of [`Fault::Delay`].
    pub delay: f64,
    /// How long a delayed request waits.
    pub delay_by: Duration,
    /// Rate of [`Fault::TruncateBody`].
    pub truncate_body: f64,
    /// Rate of [`Fault::PreconditionFailed`].
    pub precondition_failed: f64,
    /// Rate of [`Fault::ConditionalConflict`].
    pub conditional_conflict: f64,
    /// Rate of [`Fault::Unprocessed`].
    pub unprocessed: f64,
}

impl Rates {
    fn each(&self) -> [(Fault, f64); 10] {
        [
            (Fault::Throttle, self.throttle),
            (Fault::RequestLimit, self.request_limit),
            (Fault::InternalError, self.internal_error),
            (Fault::Conflict, self.conflict),
            (Fault::LoseReply, self.lose_reply),
            (Fault::Delay(self.delay_by), self.delay),
            (Fault::TruncateBody, self.truncate_body),
            (Fault::PreconditionFailed, self.precondition_failed),
            (Fault::ConditionalConflict, self.conditional_conflict),
            (Fault::Unprocessed, self.unprocessed),
        ]
    }
}

#[derive(Debug)]
pub(super) enum Plan {
    Never,
    Seeded { seed: u64, rates: Rates },
    Script(Vec<(String, u64, Fault)>),
}

impl Plan {
    /// The fate of the `nth` request (from 1) of an operation.
    pub(super) fn fate(&self, operation: &str, nth: u64) -> Option<Fault> {
        match self {
            Self::Never => None,
            Self::Script(lines) => {
                lines.iter().find(|(named, at, _)| named == operation && *at == nth).map(|(_, _, fault)| *fault)
            }
            Self::Seeded { seed, rates } => {
                let mut lot = lot(*seed, operation, nth);
                rates
                    .each()
                    .into_iter()
                    .filter(|(fault, _)| fault.fits(operation))
                    .find(|(_, rate)| {
                        lot -= rate;
                        lot < 0.0
                    })
                    .map(|(fault, _)| fault)
            }
        }
    }
}

// A hash, not a generator with a state: the lot of a request depends on nothing that ran before it.
fn lot(seed: u64, operation: &str, nth: u64) -> f64 {
    let hash = Sha256::new()
        .chain_update(seed.to_le_bytes())
        .chain_update(nth.to_le_bytes())
        .chain_update(operation)
        .finalize();
    let mut first = [0; 4];
    for (byte, hashed) in first.iter_mut().zip(hash.iter()) {
        *byte = *hashed;
    }
    f64::from(u32::from_le_bytes(first)) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: Rates = Rates {
        throttle: 0.25,
        truncate_body: 0.25,
        delay: 0.0,
        delay_by: Duration::ZERO,
        request_limit: 0.0,
        internal_error: 0.0,
        conflict: 0.0,
        lose_reply: 0.0,
        precondition_failed: 0.0,
        conditional_conflict: 0.0,
        unprocessed: 0.0,
    };

    #[test]
    fn a_seed_gives_the_same_fates_again_and_about_the_asked_rate() {
        let plan = Plan::Seeded { seed: 7, rates: HALF };
        let fates = |operation| (1..=4000).map(|nth| plan.fate(operation, nth)).collect::<Vec<_>>();
        assert_eq!(fates("GetObject"), fates("GetObject"));
        let struck = |fates: Vec<Option<Fault>>, fault| fates.into_iter().filter(|fate| *fate == Some(fault)).count();
        assert!((900..1100).contains(&struck(fates("GetObject"), Fault::TruncateBody)));
        assert!((900..1100).contains(&struck(fates("GetObject"), Fault::Throttle)));
        assert_eq!(struck(fates("PutItem"), Fault::TruncateBody), 0);
    }

    #[test]
    fn a_script_strikes_the_request_it_names_and_no_other() {
        let plan = Plan::Script(vec![("PutItem".to_owned(), 2, Fault::LoseReply)]);
        assert_eq!(plan.fate("PutItem", 1), None);
        assert_eq!(plan.fate("PutItem", 2), Some(Fault::LoseReply));
        assert_eq!(plan.fate("Query", 2), None);
    }
}
