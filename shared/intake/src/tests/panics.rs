//! Whatever comes in, an answer comes out.

use proptest::{collection::vec, prelude::*, sample::Index};

use super::{samples::EXTENSIONS, *};

/// Small ones: what is tried is whether the checks stand, not how long they last.
const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    picture_side: 400,
    picture_pixels: 40_000,
    archive_entries: 20,
    archive_expanded: 1 << 20,
    archive_ratio: 200,
};

fn try_all(bytes: &[u8]) {
    for extension in EXTENSIONS {
        let _ = take_in(&Offered { name: &format!("a.{extension}"), bytes }, &LIMITS);
    }
}

/// One name is enough where the kind is what it was.
fn try_one(bytes: &[u8], extension: &str) {
    let _ = take_in(&Offered { name: &format!("a.{extension}"), bytes }, &LIMITS);
}

#[test]
fn files_that_end_anywhere_are_answered() {
    for sample in Sample::all() {
        let step = sample.bytes.len() / 400 + 1;
        for length in (0..sample.bytes.len()).step_by(step) {
            try_one(sample.bytes.get(..length).unwrap(), sample.extension);
        }
    }
}

#[test]
fn files_with_any_byte_changed_are_answered() {
    for sample in Sample::all() {
        let step = sample.bytes.len() / 300 + 1;
        let mut bytes = sample.bytes.clone();
        for place in (0..bytes.len()).step_by(step) {
            for changed in [0x00, 0x7f, 0xff] {
                let was = std::mem::replace(bytes.get_mut(place).unwrap(), changed);
                try_one(&bytes, sample.extension);
                *bytes.get_mut(place).unwrap() = was;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn files_changed_in_many_places_are_answered(
        which in any::<Index>(),
        changes in vec((any::<Index>(), any::<u8>()), 1..24),
        cut in proptest::option::weighted(0.2, any::<Index>()),
    ) {
        let samples = Sample::all();
        let sample = which.get(&samples);
        let mut bytes = sample.bytes.clone();
        for (place, changed) in changes {
            *place.get_mut(&mut bytes) = changed;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        try_one(&bytes, sample.extension);
    }

    #[test]
    fn any_bytes_are_answered(bytes in vec(any::<u8>(), 0..600), which in any::<Index>()) {
        try_all(&bytes);
        // Behind a beginning that leads deeper.
        let samples = Sample::all();
        let sample = which.get(&samples);
        let front = sample.bytes.get(..sample.bytes.len().min(48)).unwrap();
        try_one(&[front, &bytes].concat(), sample.extension);
    }

    #[test]
    fn any_name_is_answered(name in any::<String>()) {
        let _ = take_in(&Offered { name: &name, bytes: b"text" }, &LIMITS);
    }

    #[test]
    fn any_text_is_answered_as_a_table(text in any::<String>()) {
        try_one(text.as_bytes(), "csv");
    }
}
