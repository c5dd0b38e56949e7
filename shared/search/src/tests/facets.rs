//! Counts agree with counting by hand.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

const WORDS: [&str; 4] = ["公积金", "绿化", "道路", "税收"];

/// One of a few documents that share values of facets; `seed` says which.
fn made(id: usize, seed: u64) -> Entry {
    let pick = |names: &[&str], shift: u32| names[(seed >> shift) as usize % names.len()].to_owned();
    let some = |names: &[&str], shift: u32| Some(pick(names, shift)).filter(|name| !name.is_empty());
    let year = 2020 + i16::try_from(seed >> 5 & 3).unwrap();
    let validity = Validity::ALL[(seed >> 9) as usize % 5];
    Entry {
        site: pick(&["市政府", "教育局", "卫健委"], 0),
        department: pick(&["办公室", "人社局"], 2),
        class: some(&["", "法规公文", "工作信息"], 4),
        subject: some(&["", "综合政务", "综合政务\\政务公开", "科技、教育\\教育"], 6),
        genre: some(&["", "通知", "意见"], 8),
        terms: vec![pick(&WORDS, 10), pick(&WORDS, 12)],
        form: pick(&["article", "file"], 14),
        day: (seed & 1 << 15 == 0).then(|| jiff::civil::date(year, 1, 1)),
        instant: (seed >> 3 & 7) as i64,
        force: Force { validity, from: None, until: None },
        ..entry(&format!("{id:02}"), &pick(&WORDS, 16), &pick(&WORDS, 18))
    }
}

/// The values an entry has of a facet.
fn values(entry: &Entry, facet: Facet) -> BTreeSet<String> {
    let one = |value: &str| BTreeSet::from([value.to_owned()]);
    match facet {
        Facet::Site => one(&entry.site),
        Facet::Column => one(&entry.column),
        Facet::Department => one(&entry.department),
        Facet::Class => entry.class.iter().cloned().collect(),
        Facet::Subject => entry.subjects().map(str::to_owned).collect(),
        Facet::Genre => entry.genre.iter().cloned().collect(),
        Facet::Term => entry.terms.iter().cloned().collect(),
        Facet::Year => entry.year().into_iter().collect(),
        Facet::Validity => one(entry.force.validity.name()),
        Facet::Form => one(&entry.form),
    }
}

fn passes(entry: &Entry, filters: &Filters, but: Option<Facet>) -> bool {
    Facet::ALL
        .into_iter()
        .filter(|facet| Some(*facet) != but)
        .all(|facet| filters.wanted(facet).is_none_or(|wanted| !wanted.is_disjoint(&values(entry, facet))))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn counts_agree_with_counting_by_hand(
        seeds in prop::collection::vec(any::<u64>(), 1..40),
        wanted in prop::collection::vec((0..Facet::ALL.len(), any::<prop::sample::Index>()), 0..5),
        word in prop::option::of(prop::sample::select(&WORDS[..])),
        split in any::<prop::sample::Index>(),
    ) {
        let entries: Vec<Entry> = seeds.iter().enumerate().map(|(id, seed)| made(id, *seed)).collect();
        let (first, second) = entries.split_at(split.index(entries.len()));
        let mut city = City::of(first.to_vec());
        city.build(second.to_vec());
        let mut filters = Filters::none();
        for (facet, value) in wanted {
            let all: BTreeSet<String> = entries.iter().flat_map(|entry| values(entry, Facet::ALL[facet])).collect();
            let all: Vec<String> = all.into_iter().chain(["没有".to_owned()]).collect();
            filters.want(Facet::ALL[facet], value.get(&all).clone());
        }
        let order = Order::Newest;
        let answer = city.answer(&Query { filters: filters.clone(), limit: 100, order, ..Query::of(word.unwrap_or("")) });

        let has = |entry: &&Entry| word.is_none_or(|word| {
            entry.title.contains(word) || entry.body.contains(word) || entry.terms.iter().any(|term| term == word)
        });
        let matched: Vec<&Entry> = entries.iter().filter(has).collect();
        let mut hits: Vec<&&Entry> = matched.iter().filter(|entry| passes(entry, &filters, None)).collect();
        hits.sort_by_key(|entry| (std::cmp::Reverse(entry.instant), entry.id.clone()));
        prop_assert_eq!(answer.total, hits.len() as u64);
        prop_assert_eq!(
            answer.hits.iter().map(|hit| &hit.id).collect::<Vec<_>>(),
            hits.iter().map(|entry| &entry.id).collect::<Vec<_>>()
        );
        for facet in Facet::ALL {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for entry in matched.iter().filter(|entry| passes(entry, &filters, Some(facet))) {
                for value in values(entry, facet) {
                    *counts.entry(value).or_default() += 1;
                }
            }
            let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
            counts.sort_by(|(name, count), (other, others)| others.cmp(count).then(name.cmp(other)));
            prop_assert_eq!(&answer.facets[&facet], &counts, "{:?}", facet);
        }
    }
}

#[test]
fn the_largest_hundred_are_told_and_those_that_are_asked_for() {
    let mut city = City::new();
    city.build((0..130).map(|at| Entry { site: format!("站{at:03}"), ..entry(&format!("{at:03}"), "通知", "") }));
    let values = |filters| city.answer(&Query { filters, ..Query::of("") }).facets[&Facet::Site].clone();
    assert_eq!(values(Filters::none()).len(), 100);
    let asked = values(Filters::from_iter([(Facet::Site, "站129")]));
    assert_eq!((asked.len(), &asked[100]), (101, &("站129".to_owned(), 1)));
}
