//! Columns are read once for each segment, whatever heads come.

use super::{damage::text, *};
use crate::manifest::CHUNK;

/// Documents whose ids alone fill chunks: their columns are most of the index.
fn part(part: usize) -> impl Iterator<Item = Entry> {
    (0..150).map(move |at| entry(&text(part * 1_000 + at, 2_400), "城市道路管理", ""))
}

pub(super) fn city(parts: usize) -> City {
    let mut city = City::new();
    (0..parts).for_each(|at| drop(city.build(part(at))));
    city.cache = Arc::default();
    city
}

/// What an index that is opened now fetches until everything is counted: requests and bytes.
fn fetched(city: &City, total: u64) -> (u64, u64) {
    let before = (city.cache.requests(), city.cache.bytes());
    assert_eq!(city.answer(&Query { limit: 1, ..Query::of("") }).total, total);
    (city.cache.requests() - before.0, city.cache.bytes() - before.1)
}

/// The objects that hold columns.
fn objects(manifest: &Manifest) -> Vec<Arc<str>> {
    let columns = manifest.files.iter().filter(|(name, _)| name.ends_with(".fast"));
    columns.map(|(_, file)| Arc::from(file.key.as_str())).collect()
}

#[test]
fn a_new_head_fetches_columns_of_new_segments_only() {
    let mut city = city(3);
    let (requests, bytes) = fetched(&city, 450);
    assert!(requests > 6 && bytes > 6 * CHUNK as u64, "{requests} {bytes}");
    assert_eq!(fetched(&city, 450), (0, 0), "the same head once more");
    let before = objects(&city.manifest);
    city.build([entry("new", "新的", "")]);
    let new: Vec<_> = objects(&city.manifest).into_iter().filter(|key| !before.contains(key)).collect();
    let [new] = new.as_slice() else { panic!("{new:?}") };
    let length = city.manifest.objects[new.as_ref()].length;
    assert_eq!(fetched(&city, 451), (1, length), "one small object more");
    // What is deleted of a segment lies beside it: its columns stay what they are.
    let gone = part(0).next().unwrap().id;
    let report = city.build([Change::Remove { id: gone.clone(), version: 2 }]);
    assert_eq!((report.removed, report.merged), (1, 0));
    let (_, bytes) = fetched(&city, 450);
    assert!(bytes < 1_000, "{bytes}");
    assert!(!city.ids("城市道路").contains(&gone));
}

#[test]
fn chunks_of_columns_are_not_kept_beside_the_columns() {
    let city = city(1);
    fetched(&city, 150);
    let [key] = objects(&city.manifest).try_into().unwrap();
    let file = city.manifest.files.iter().find(|(name, _)| name.ends_with(".fast")).unwrap().1;
    let chunks = file.offset.div_ceil(CHUNK as u64)..(file.offset + file.length) / CHUNK as u64;
    assert!(chunks.clone().count() > 1);
    assert!(chunks.into_iter().all(|chunk| city.cache.get(&key, chunk as usize).is_none()));
    assert!(city.cache.columns(&key).is_some());
}

#[test]
fn so_many_columns_are_kept_as_there_is_room_for() {
    let mut city = city(5);
    fetched(&city, 750);
    let keys = objects(&city.manifest);
    let of_one = city.cache.columns(&keys[0]).unwrap().bytes();
    let right = city.answer(&Query::of("道路"));
    city.cache = Arc::new(Cache::new(of_one * 22 / 5));
    assert_eq!(city.answer(&Query::of("道路")), right);
    let kept = keys.iter().filter(|key| city.cache.columns(key).is_some()).count();
    assert_eq!(kept, 3, "three quarters are for columns, each about as large as another");
}
