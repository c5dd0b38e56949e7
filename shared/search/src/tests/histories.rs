//! Whatever happened, an index says what one built from nothing would say.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// A step in the life of an index.
#[derive(Debug, Clone)]
enum Step {
    /// Changes are built and the swap is won.
    Win(Vec<Wish>),
    /// Changes are built and the swap is lost.
    Lose(Vec<Wish>),
}

/// A change before its version is known: of which document, to which text (none: removed), and how late it comes.
#[derive(Debug, Clone)]
struct Wish {
    document: u8,
    text: Option<u8>,
    late: u64,
}

fn wish() -> impl Strategy<Value = Wish> {
    (0..12_u8, prop::option::weighted(0.75, 0..30_u8), prop_oneof![4 => Just(0), 1 => 1..40_u64])
        .prop_map(|(document, text, late)| Wish { document, text, late })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let wishes = || prop::collection::vec(wish(), 0..5);
    let step = prop_oneof![5 => wishes().prop_map(Step::Win), 1 => wishes().prop_map(Step::Lose)];
    prop::collection::vec(step, 1..22)
}

fn made(id: &str, version: u64, text: u8) -> Entry {
    const WORDS: [&str; 5] = ["公积金", "绿化养护", "城市道路", "税收", "WiFi"];
    let word = |shift: u8| WORDS[(text / shift) as usize % WORDS.len()];
    Entry {
        version,
        stamp: text.to_string(),
        site: format!("站{}", text % 3),
        terms: vec![word(2).to_owned()],
        instant: i64::from(text % 4),
        ..entry(id, &format!("{}{}", word(1), word(3)), &format!("{}，{}。", word(5), word(7)).repeat(3))
    }
}

/// The changes of a step at `now`, in which versions grow from step to step.
fn changes(wishes: &[Wish], now: u64) -> Vec<Change> {
    let change = |wish: &Wish| {
        let (id, version) = (format!("{:02}", wish.document), (now * 2).saturating_sub(wish.late).max(1));
        match wish.text {
            Some(text) => made(&id, version, text).into(),
            None => Change::Remove { id, version },
        }
    };
    wishes.iter().map(change).collect()
}

/// What the rules say is indexed after the changes.
fn expected(indexed: &mut BTreeMap<String, Entry>, changes: Vec<Change>) {
    let mut highest: BTreeMap<String, Change> = BTreeMap::new();
    for change in changes {
        if highest.get(change.id()).is_none_or(|known| known.version() <= change.version()) {
            highest.insert(change.id().to_owned(), change);
        }
    }
    for (id, change) in highest {
        let known = indexed.get(&id);
        if known.is_some_and(|known| known.version > change.version()) {
            continue;
        }
        match change {
            Change::Upsert(entry) if known.is_none_or(|known| known.stamp != entry.stamp) => {
                indexed.insert(id, *entry);
            }
            Change::Upsert(_) => {}
            Change::Remove { .. } => {
                indexed.remove(&id);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_happened_an_index_says_what_one_built_from_nothing_says(steps in steps()) {
        let mut city = City::new();
        let mut indexed = BTreeMap::new();
        for (now, step) in (1..).zip(steps) {
            match step {
                Step::Win(wishes) => {
                    city.build(changes(&wishes, now));
                    expected(&mut indexed, changes(&wishes, now));
                }
                Step::Lose(wishes) => city.lose(changes(&wishes, now)),
            }
        }
        let anew = City::of(indexed.values().cloned());
        prop_assert_eq!(city.manifest.documents, indexed.len() as u64);
        for text in ["", "公积金", "养护", "wifi", "道路 税收", "“化养”", "gjj", "公积金城市道路办法"] {
            for site in [None, Some("站1")] {
                let filters = site.map(|site| (Facet::Site, site)).into_iter().collect();
                let query = Query { filters, order: Order::Newest, limit: 100, ..Query::of(text) };
                let (lived, fresh) = (city.answer(&query), anew.answer(&query));
                prop_assert_eq!(lived.hits, fresh.hits);
                prop_assert_eq!((lived.total, lived.facets, lived.reading), (fresh.total, fresh.facets, fresh.reading));
                let ids = |city: &City| {
                    let hits = city.answer(&Query { order: Order::Relevance, ..query.clone() }).hits;
                    hits.into_iter().map(|hit| hit.id).collect::<BTreeSet<_>>()
                };
                prop_assert_eq!(ids(&city), ids(&anew));
            }
        }
    }
}
