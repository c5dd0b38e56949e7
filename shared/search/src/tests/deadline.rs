//! Nobody waits forever.

use std::sync::atomic::{AtomicU64, Ordering};

use super::*;

/// A clock that is over after some looks at it.
struct Looks {
    taken: AtomicU64,
    most: u64,
}

impl Looks {
    fn of(most: u64) -> Self {
        Self { taken: AtomicU64::new(0), most }
    }
}

impl Deadline for Looks {
    fn is_over(&self) -> bool {
        self.taken.fetch_add(1, Ordering::Relaxed) >= self.most
    }
}

/// An index that nobody has opened yet.
fn anew(city: &mut City) -> Reader {
    city.cache = Arc::default();
    city.reader()
}

/// How often the clock is looked at until the whole answer is there; with fewer looks there is none.
fn looks(reader: &Reader, query: &Query) -> u64 {
    let right = reader.answer(query).unwrap();
    let patient = Looks::of(u64::MAX);
    assert_eq!(reader.answer_before(&patient, query).unwrap(), right);
    let needed = patient.taken.load(Ordering::Relaxed);
    for most in 0..needed {
        let answer = reader.answer_before(&Looks::of(most), query);
        assert!(matches!(answer, Err(AskError::OutOfTime)), "{most} of {needed}: {answer:?}");
    }
    assert_eq!(reader.answer_before(&Looks::of(needed), query).unwrap(), right);
    needed
}

#[test]
fn an_answer_is_whole_or_none_whenever_time_is_over() {
    let city = City::of([
        entry("01", "住房公积金提取办法", "职工可以提取本人住房公积金。"),
        entry("02", "城市道路管理条例", "道路"),
        entry("03", "城市绿化", "绿化"),
    ]);
    let reader = city.reader();
    for text in ["", "公积金", "“住房公积金”", "工积金", "火星 公积金", "锡政办发〔2024〕15号", "一 丁 七 万 丈 三"]
    {
        let needed = looks(&reader, &Query::of(text));
        assert!(needed >= 2, "{text}: {needed}");
    }
}

#[test]
fn the_clock_is_looked_at_for_documents_and_for_hits() {
    let city = City::of((0..3_000).map(|at| entry(&format!("{at:04}"), "道路", "")));
    let reader = city.reader();
    let needed = |limit| looks(&reader, &Query { limit, ..Query::of("道路") });
    let (few, many) = (needed(1), needed(60));
    assert!(few >= 5, "{few}");
    assert_eq!(many - few, 59, "once for each hit");
}

#[test]
fn the_clock_is_looked_at_while_words_are_guessed() {
    // More words than are looked through between two looks: none of them is meant.
    let han = |at: u32| char::from_u32(0x4E00 + at).unwrap();
    let terms = (0..5_000).map(|at| format!("{}{}号", han(at), han(at + 7))).collect();
    let city = City::of([Entry { terms, ..entry("01", "通知", "") }]);
    let reader = city.reader();
    let (found, lost) = (looks(&reader, &Query::of("通知")), looks(&reader, &Query::of("龘靐齉")));
    assert!(lost >= found + 4, "{found} {lost}");
}

#[test]
fn the_clock_is_looked_at_before_each_segment_whose_columns_load() {
    let (mut city, query) = (columns::city(3), Query::of(""));
    let right = city.answer(&query);
    let loaded = looks(&city.reader(), &query);
    let patient = Looks::of(u64::MAX);
    assert_eq!(anew(&mut city).answer_before(&patient, &query).unwrap(), right);
    let needed = patient.taken.load(Ordering::Relaxed);
    assert_eq!(needed - loaded, 4, "once before they are fetched, and for each of three");
    for most in 0..needed {
        let reader = anew(&mut city);
        let answer = reader.answer_before(&Looks::of(most), &query);
        assert!(matches!(answer, Err(AskError::OutOfTime)), "{most} of {needed}: {answer:?}");
        assert_eq!(reader.answer(&query).unwrap(), right, "{most} of {needed}");
    }
}

#[test]
fn columns_that_were_opened_in_time_stay_open() {
    let (mut city, query) = (columns::city(3), Query::of(""));
    let loaded = looks(&city.reader(), &query);
    let reader = anew(&mut city);
    // Time to begin, to fetch, and to open one.
    for _ in 0..3 {
        assert!(matches!(reader.answer_before(&Looks::of(3), &query), Err(AskError::OutOfTime)));
    }
    let patient = Looks::of(u64::MAX);
    reader.answer_before(&patient, &query).unwrap();
    assert_eq!(patient.taken.load(Ordering::Relaxed), loaded, "none was left to open");
}
