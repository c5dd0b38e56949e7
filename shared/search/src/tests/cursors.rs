//! Page by page.

use std::collections::BTreeSet;

use super::*;

fn city(documents: u32) -> City {
    let mut city = City::new();
    // Several segments, and many that share an instant: ties are parted by id, across segments too.
    for part in 0..3 {
        let entries = (0..documents).filter(|at| at % 3 == part).map(|at| Entry {
            instant: i64::from(at / 7) * 86_400_000,
            ..entry(&format!("{at:04}"), "城市道路管理", &"道路".repeat(at as usize % 5 + 1))
        });
        city.build(entries);
    }
    city
}

/// All pages, each of `limit` hits, from the reader that `at` gives for it.
fn pages<'a>(query: &Query, limit: usize, mut at: impl FnMut(Option<&Cursor>) -> &'a Reader) -> Vec<String> {
    let mut query = Query { limit, ..query.clone() };
    let mut ids = Vec::new();
    loop {
        let answer = at(query.after.as_ref()).answer(&query).unwrap();
        ids.extend(answer.hits.into_iter().map(|hit| hit.id));
        let Some(next) = answer.next else { return ids };
        query.after = Some(next.to_string().parse().unwrap());
    }
}

#[test]
fn all_pages_together_are_the_whole_answer() {
    let reader = city(60).reader();
    for (text, order) in
        [("道路", Order::Relevance), ("道路", Order::Newest), ("", Order::Relevance), ("", Order::Newest)]
    {
        let query = Query { order, limit: 100, ..Query::of(text) };
        let whole: Vec<String> = reader.answer(&query).unwrap().hits.into_iter().map(|hit| hit.id).collect();
        assert_eq!(whole.len(), 60);
        for limit in [1, 7, 20, 59, 60, 100] {
            assert_eq!(pages(&query, limit, |_| &reader), whole, "{text} {order:?} {limit}");
        }
    }
}

#[test]
fn an_index_that_is_kept_gives_the_same_pages_whatever_happens_meanwhile() {
    let mut city = city(40);
    let query = Query::of("道路");
    let before = city.reader();
    let whole = pages(&query, 7, |_| &before);
    let mut readers = vec![before];
    city.build([Change::Remove { id: "0003".to_owned(), version: 2 }]);
    city.build([Entry { version: 2, ..entry("0099", "道路道路", "道路") }]);
    readers.push(city.reader());
    let kept = |cursor: Option<&Cursor>| {
        let counter = cursor.map_or(readers[0].counter(), Cursor::counter);
        readers.iter().find(|reader| reader.counter() == counter).unwrap()
    };
    assert_eq!(pages(&query, 7, kept), whole);
}

#[test]
fn a_newer_index_goes_on_behind_the_same_place() {
    let mut city = city(40);
    let query = Query { order: Order::Newest, limit: 10, ..Query::of("") };
    let first = city.answer(&query);
    let seen: BTreeSet<String> = first.hits.iter().map(|hit| hit.id.clone()).collect();
    // The last that was seen goes away, and something newer than all comes.
    city.build([Change::Remove { id: first.hits[9].id.clone(), version: 2 }]);
    city.build([Entry { instant: i64::MAX, ..entry("9999", "新", "") }]);
    let after = Query { after: first.next.clone(), limit: 100, ..query };
    let rest: Vec<String> = city.answer(&after).hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(rest.len(), 30);
    assert!(rest.iter().all(|id| !seen.contains(id) && id != "9999"));
}
