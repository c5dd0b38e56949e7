//! A sign-in under way: kept by the provider and the browser, and by nobody here.
//!
//! The browser has a cookie that only the desk can have made. The `state` that goes to the provider and comes back tells where to go then and until when, sealed together
//! with that cookie; nonce and PKCE verifier follow from both. So a browser can have begun any number of sign-ins, and none counts in another browser.

use jiff::Timestamp;

use crate::seal::Seal;

/// How long somebody may take to sign in, in seconds.
pub(crate) const PATIENCE: i64 = 600;

const BROWSER: &str = "browser";

/// A sign-in that has begun.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    /// Where to go then.
    pub(crate) to: String,
}

impl Attempt {
    /// The cookie of a browser that has none yet; `salt` is what nobody can guess.
    pub(crate) fn browser(seal: &Seal, salt: &str) -> String {
        seal.sealed(BROWSER, salt)
    }

    /// Whether a cookie is such a one.
    pub(crate) fn knows(seal: &Seal, browser: &str) -> bool {
        seal.opened(BROWSER, browser).is_some()
    }

    /// Begins one in this browser.
    pub(crate) fn begin(seal: &Seal, browser: &str, salt: &str, to: &str, now: Timestamp) -> Self {
        let until = now.as_second().saturating_add(PATIENCE);
        Self::of(seal, browser, seal.sealed(&Self::purpose(browser), &format!("{until} {salt} {to}")), to)
    }

    /// The one that came back with `state`, if it began in this browser a while ago.
    pub(crate) fn back(seal: &Seal, browser: &str, state: &str, now: Timestamp) -> Option<Self> {
        if !Self::knows(seal, browser) {
            return None;
        }
        let told = seal.opened(&Self::purpose(browser), state)?;
        let (until, rest) = told.split_once(' ')?;
        let (_, to) = rest.split_once(' ')?;
        (now.as_second() < until.parse().ok()?).then(|| Self::of(seal, browser, state.to_owned(), to))
    }

    fn of(seal: &Seal, browser: &str, state: String, to: &str) -> Self {
        let derived = |purpose: &str| seal.tag(purpose, &[browser, &state]);
        Self { nonce: derived("nonce"), verifier: derived("verifier"), to: to.to_owned(), state }
    }

    fn purpose(browser: &str) -> String {
        format!("state {browser}")
    }
}

#[cfg(test)]
mod tests {
    use gateway::Secret;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_browser_can_have_begun_many_and_each_comes_back_as_itself() {
        let seal = Seal::new(Secret::new("secret"));
        let browser = Attempt::browser(&seal, "b");
        let one = Attempt::begin(&seal, &browser, "1", "/api/desk/a", at(0));
        let two = Attempt::begin(&seal, &browser, "2", "/api/desk/b?x=1", at(0));
        assert_ne!((&one.state, &one.nonce, &one.verifier), (&two.state, &two.nonce, &two.verifier));
        // RFC 7636, 4.1.
        assert!((43..=128).contains(&one.verifier.len()));
        for attempt in [one, two] {
            assert_eq!(Attempt::back(&seal, &browser, &attempt.state, at(599)), Some(attempt));
        }
    }

    #[test]
    fn none_comes_back_late_or_elsewhere_or_changed() {
        let seal = Seal::new(Secret::new("secret"));
        let browser = Attempt::browser(&seal, "b");
        let state = Attempt::begin(&seal, &browser, "1", "/api/desk/", at(0)).state;
        assert_eq!(Attempt::back(&seal, &browser, &state, at(600)), None);
        let other = Attempt::browser(&seal, "other");
        for (browser, state) in
            [(&*other, &*state), ("forged", &state), (&browser, ""), (&browser, &state.to_uppercase())]
        {
            assert_eq!(Attempt::back(&seal, browser, state, at(1)), None);
        }
        let forged = Seal::new(Secret::new("not ours"));
        let browser = Attempt::browser(&forged, "b");
        let state = Attempt::begin(&forged, &browser, "1", "/api/desk/", at(0)).state;
        assert_eq!(Attempt::back(&seal, &browser, &state, at(1)), None);
    }
}
