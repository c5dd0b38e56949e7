//! Walks every state that some interleaving can reach.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

/// A system whose parts move one step at a time.
pub(super) trait System: Clone + Eq + Hash {
    /// Every state one step away, with the step's name.
    fn next(&self) -> Vec<(String, Self)>;

    /// What is wrong with a state where nothing moves any more.
    fn wrong_at_rest(&self) -> Option<String>;
}

/// What a walk found.
pub(super) struct Walk {
    /// States seen.
    pub(super) states: usize,
    /// A wrong end and the steps to it.
    pub(super) wrong: Option<(String, Vec<String>)>,
}

/// Walks depth first from `start`; stops at the first wrong end.
pub(super) fn walk<S: System>(start: S) -> Walk {
    let mut seen = HashSet::new();
    let mut path: Vec<String> = Vec::new();
    let mut stack: Vec<(usize, String, S)> = vec![(0, String::new(), start)];
    while let Some((depth, label, state)) = stack.pop() {
        path.truncate(depth);
        path.push(label);
        if !seen.insert(fingerprint(&state)) {
            continue;
        }
        let next = state.next();
        if next.is_empty() {
            if let Some(wrong) = state.wrong_at_rest() {
                return Walk { states: seen.len(), wrong: Some((wrong, path.split_off(1))) };
            }
            continue;
        }
        stack.extend(next.into_iter().map(|(label, state)| (depth + 1, label, state)));
    }
    Walk { states: seen.len(), wrong: None }
}

/// 128 bits that tell states apart: a few million of them collide with a chance of one in 10^25.
fn fingerprint(state: &impl Hash) -> (u64, u64) {
    let (mut first, mut second) = (DefaultHasher::new(), DefaultHasher::new());
    state.hash(&mut first);
    0x5bd1_e995_u64.hash(&mut second);
    state.hash(&mut second);
    (first.finish(), second.finish())
}
