//! What is not what it was is refused.

use super::*;
use crate::manifest::CHUNK;

/// Made-up text of Han characters, another for each seed.
pub(crate) fn text(seed: usize, length: usize) -> String {
    let mut state = seed as u64 + 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32
    };
    let common = |number: u32| char::from_u32(0x4E00 + number * number % 3_000).unwrap();
    (0..length).map(|at| if at % 17 == 16 { '，' } else { common(next() % 800) }).collect()
}

/// More than one chunk, in two segments, with deletes.
fn city() -> City {
    let made = |at: usize| entry(&format!("{at:04}"), &text(at, 20), &text(at + 10_000, 700));
    let mut city = City::of((0..300).map(made));
    city.build((300..320).map(made));
    city.build([Change::Remove { id: "0007".to_owned(), version: 2 }]);
    city
}

fn questions() -> [Query; 3] {
    let quoted = text(10_005, 700).chars().skip(100).take(6).collect::<String>();
    [Query::of(""), Query::of(format!("“{quoted}”")), Query::of(text(3, 20))]
}

/// What a fresh process answers.
fn answers(city: &mut City) -> Result<Vec<Answer>, String> {
    city.cache = Arc::default();
    let reader = city.try_reader().map_err(|error| format!("{error:?}"))?;
    questions().iter().map(|query| reader.answer(query).map_err(|error| format!("{error:?}"))).collect()
}

#[test]
fn a_damaged_object_is_an_error_and_never_a_wrong_answer() {
    let mut city = city();
    let right = answers(&mut city).unwrap();
    assert_eq!((right[0].total, right[1].total), (319, 1));
    let mut refused = 0;
    let keys = city.shelf.keys();
    assert!(keys.iter().any(|key| key.ends_with(".del")));
    for key in &keys {
        let whole = city.shelf.remove(key).unwrap();
        let missing = answers(&mut city);
        assert!(missing.is_err(), "{key} is missing");
        let places = (0..whole.len()).step_by(CHUNK / 2).chain([whole.len() - 1]);
        for place in places {
            let mut flipped = whole.clone();
            flipped[place] ^= 0x10;
            let mut longer = whole.clone();
            longer.insert(place, 0);
            for damaged in [whole[..place].to_vec(), flipped, longer] {
                city.shelf.put(key, damaged);
                match answers(&mut city) {
                    Ok(answers) => assert_eq!(answers, right),
                    Err(_) => refused += 1,
                }
            }
        }
        city.shelf.put(key, whole);
    }
    assert!(refused > keys.len() * 3, "{refused}");
    assert_eq!(answers(&mut city).unwrap(), right);
}

#[test]
fn damage_is_told_by_name() {
    let mut city = city();
    let key = city.shelf.keys().remove(0);
    let bytes = city.shelf.remove(&key).unwrap();
    city.shelf.put(key.clone(), vec![0; bytes.len()]);
    city.cache = Arc::default();
    let error = city.try_reader().unwrap_err();
    assert!(format!("{error:?}").contains(&key), "{error:?}");
}

#[test]
fn a_small_cache_answers_like_a_large_one() {
    let mut city = city();
    let right = answers(&mut city).unwrap();
    city.cache = Arc::new(Cache::new(CHUNK * 4));
    let reader = city.reader();
    for (query, right) in questions().iter().zip(&right) {
        assert_eq!(&reader.answer(query).unwrap(), right);
    }
}

#[test]
fn a_damaged_shelf_builds_nothing() {
    let city = city();
    for key in city.shelf.keys() {
        let bytes = city.shelf.remove(&key).unwrap();
        city.shelf.put(key, vec![0; bytes.len()]);
    }
    let fresh = City { cache: Arc::default(), ..city };
    let folder = tempfile::tempdir().unwrap();
    let changes = vec![entry("0001", "新", "").into()];
    assert!(matches!(fresh.writer(folder.path(), "a", changes), Err(BuildError::Index(_))));
}

/// Fails once, at one of its reads.
struct Failing {
    shelf: Arc<MemoryShelf>,
    at: u64,
    reads: std::sync::atomic::AtomicU64,
}

impl Shelf for Failing {
    fn read(&self, key: &str, range: std::ops::Range<u64>) -> Result<Vec<u8>, ShelfError> {
        if self.reads.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == self.at {
            return Err(ShelfError::Failed { key: key.to_owned(), source: "busy".into() });
        }
        self.shelf.read(key, range)
    }
}

#[test]
fn a_shelf_that_fails_in_between_is_an_error_and_the_next_answer_is_right() {
    let mut city = city();
    let right = answers(&mut city).unwrap();
    // Every one of the first, then ever fewer: the last of an answer are as good as those before.
    for at in (0..16).chain(std::iter::successors(Some(16), |at| Some(at + at / 4))) {
        let failing = Arc::new(Failing { shelf: city.shelf.clone(), at, reads: 0.into() });
        let shelf: Arc<dyn Shelf> = failing.clone();
        // So small that chunks are read again and again, late in an answer too.
        let cache = Arc::new(Cache::new(CHUNK * 4));
        let mut failed = 0;
        if let Ok(reader) = Reader::open(&city.manifest, &shelf, &cache) {
            for (query, right) in questions().iter().zip(&right) {
                match reader.answer(query) {
                    Ok(answer) => assert_eq!(&answer, right),
                    Err(error) => {
                        assert!(matches!(error, AskError::Unreadable(_)));
                        assert_eq!(&reader.answer(query).unwrap(), right);
                        failed += 1;
                    }
                }
            }
            if failing.reads.load(std::sync::atomic::Ordering::SeqCst) <= at {
                assert!(at > 16);
                return;
            }
            assert_eq!(failed, 1, "read {at}");
        }
    }
}
