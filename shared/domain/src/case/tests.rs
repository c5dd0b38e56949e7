//! What all cases have in common, beside what `correction` and `request` prove of it.

use super::*;

#[test]
fn nothing_is_kept_for_no_time_or_for_ever() {
    assert!([0, 101].into_iter().all(|number| Years::try_from(number).is_err()));
    assert_eq!(Years::try_from(30).unwrap().get(), 30);
}
