//! Proof of work instead of a picture puzzle: a machine spends a second, nobody has to see, hear or know anything (QUALITY.md §6).
//!
//! ALTCHA, version 2 of its protocol. A challenge belongs to one form token: it is good as long as the token is, and used up with it.

use std::collections::BTreeMap;

use altcha::{ChallengeParameters, HmacAlgorithm, Payload, VerifySolutionOptions, sign_challenge, verify_solution};
use data_encoding::{BASE64, HEXLOWER};

use crate::{keys::Keys, token::Token};

/// How a key is derived from each number that is tried; what browsers compute by themselves.
const ALGORITHM: &str = "PBKDF2/SHA-256";

/// Rounds of each try: about two milliseconds of a telephone, and of ours when it is checked.
const ROUNDS: u32 = 2_000;

/// What a found key begins with: one in 256 does.
const PREFIX: &str = "00";

/// Length of a payload at most: a challenge and its solution are about 600 characters.
const LONGEST: usize = 4_096;

/// Name of the token's id in a challenge.
const TOKEN: &str = "token";

/// Whether somebody's machine has worked for a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// It has.
    Done,
    /// It has not, or nobody can tell: script is off, too old, or the proof is another form's.
    None,
}

/// The challenge of a form as JSON, for the script to solve; none if it cannot be made, and then the slower way is open.
#[must_use]
pub(crate) fn challenge(token: &Token, keys: &Keys, chance: [u8; 32]) -> Option<String> {
    let (nonce, salt) = chance.split_at(16);
    let mut parameters = ChallengeParameters {
        algorithm: ALGORITHM.to_owned(),
        cost: ROUNDS,
        data: Some(BTreeMap::from([(TOKEN.to_owned(), token.id.clone().into())])),
        // The token's own end counts, by our clock.
        expires_at: None,
        key_length: 32,
        key_prefix: PREFIX.to_owned(),
        key_signature: None,
        memory_cost: None,
        nonce: HEXLOWER.encode(nonce),
        parallelism: None,
        salt: HEXLOWER.encode(salt),
    };
    let secret = secret(keys.newest());
    let signed = sign_challenge(&HmacAlgorithm::Sha256, &mut parameters, None, &secret, None).ok()?;
    serde_json::to_string(&signed).ok()
}

/// Whether `payload`, Base64 of a challenge with its solution, proves work for this token.
#[must_use]
pub(crate) fn check(payload: &str, token: &Token, keys: &Keys) -> Work {
    if payload.is_empty() || payload.len() > LONGEST {
        return Work::None;
    }
    let Some(Payload { challenge, solution }) =
        BASE64.decode(payload.as_bytes()).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
    else {
        return Work::None;
    };
    let of_token = challenge.parameters.data.as_ref().and_then(|data| data.get(TOKEN)).and_then(|id| id.as_str());
    // The signature vouches for these; without a look at them a stranger's parameters would be computed before it fails.
    let ours = challenge.parameters.algorithm == ALGORITHM && challenge.parameters.cost <= ROUNDS;
    if of_token != Some(&token.id) || !ours {
        return Work::None;
    }
    let keys = std::iter::once(keys.newest()).chain(keys.former());
    let verified = keys.into_iter().any(|key| {
        let options = VerifySolutionOptions::new(&challenge, &solution, secret(key));
        verify_solution(options).is_ok_and(|result| result.verified)
    });
    if verified { Work::Done } else { Work::None }
}

fn secret(key: &crate::keys::Key) -> String {
    HEXLOWER.encode(&key.derived("proof of work"))
}

#[cfg(test)]
mod tests {
    use altcha::{Challenge, SolveChallengeOptions, solve_challenge};

    use super::*;
    use crate::keys::Key;

    fn token(id: &str) -> Token {
        let at = "2026-11-30T01:00:00Z".parse().unwrap();
        Token { form: "correction".to_owned(), version: 1, site: "www".to_owned(), at, id: id.to_owned() }
    }

    fn keys(secret: u8) -> Keys {
        Keys::new(Key::new("a", vec![secret; 32]).unwrap(), Vec::new())
    }

    fn solved(token: &Token, keys: &Keys) -> String {
        let challenge: Challenge = serde_json::from_str(&challenge(token, keys, [3; 32]).unwrap()).unwrap();
        let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
        BASE64.encode(&serde_json::to_vec(&Payload { challenge, solution }).unwrap())
    }

    #[test]
    fn work_done_for_a_token_counts_for_it_and_for_no_other() {
        let payload = solved(&token("one"), &keys(7));
        assert_eq!(check(&payload, &token("one"), &keys(7)), Work::Done);
        assert_eq!(check(&payload, &token("two"), &keys(7)), Work::None);
        assert_eq!(check(&payload, &token("one"), &keys(8)), Work::None);
    }

    /// What `shared/pages/static/proof.js` finds (`tests/browser/test/proof.test.mjs`) for the token `one`.
    const AGREED: &str = include_str!("../../../tests/browser/test/proof.json");

    #[test]
    fn what_the_script_finds_is_accepted() {
        let agreed: Payload = serde_json::from_str(AGREED).unwrap();
        let made: Challenge = serde_json::from_str(&challenge(&token("one"), &keys(7), [3; 32]).unwrap()).unwrap();
        assert_eq!(made.signature, agreed.challenge.signature);
        let payload = BASE64.encode(&serde_json::to_vec(&agreed).unwrap());
        assert_eq!(check(&payload, &token("one"), &keys(7)), Work::Done);
    }

    #[test]
    fn nothing_but_work_counts() {
        let signed: Challenge = serde_json::from_str(&challenge(&token("one"), &keys(7), [3; 32]).unwrap()).unwrap();
        let solution = altcha::Solution { counter: 0, derived_key: "00".repeat(32), time: None };
        let idle = BASE64.encode(&serde_json::to_vec(&Payload { challenge: signed, solution }).unwrap());
        let long = "A".repeat(1_000_000);
        for payload in ["", "x", "AAAA", "e30=", &idle, &long] {
            assert_eq!(check(payload, &token("one"), &keys(7)), Work::None);
        }
    }

    #[test]
    fn a_challenge_made_easier_is_not_ours() {
        let mut challenge: Challenge =
            serde_json::from_str(&challenge(&token("one"), &keys(7), [3; 32]).unwrap()).unwrap();
        challenge.parameters.key_prefix = String::new();
        let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
        let payload = BASE64.encode(&serde_json::to_vec(&Payload { challenge, solution }).unwrap());
        assert_eq!(check(&payload, &token("one"), &keys(7)), Work::None);
    }
}
