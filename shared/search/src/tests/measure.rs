//! What an index weighs and how fast it answers.

use std::time::Instant;

use super::{damage::text, *};

/// Prints what `README.md` says: `cargo test --release -p search measure -- --ignored --nocapture`.
#[test]
#[ignore = "measures for a minute; prints, and proves only what does not depend on the machine"]
fn ten_thousand_documents() {
    const DOCUMENTS: usize = 10_000;
    let mut city = City::new();
    let begun = Instant::now();
    for part in 0..8 {
        let made = (0..DOCUMENTS).filter(|at| at % 8 == part).map(|at| Entry {
            site: format!("站{}", at % 117),
            department: format!("部门{}", at % 83),
            terms: vec![format!("词{}", at % 500)],
            instant: at as i64 * 1_000_000,
            ..entry(&format!("01JD{at:022}"), &text(at, 20), &format!("{}公积金", text(at + 100_000, 800)))
        });
        city.build(made);
    }
    println!("build: {:?} a document, one merge of all included", begun.elapsed() / DOCUMENTS as u32);
    println!("index: {} bytes a document", city.manifest.bytes() / DOCUMENTS as u64);
    println!("manifest: {} bytes", serde_json::to_vec(&city.manifest).unwrap().len());
    for (name, query) in [
        ("everything", Query { limit: 0, ..Query::of("") }),
        ("everything, 20 hits", Query::of("")),
        ("a common word", Query::of("公积金")),
        ("a phrase", Query::of(format!("“{}”", text(100_007, 800).chars().take(6).collect::<String>()))),
    ] {
        city.cache = Arc::default();
        let begun = Instant::now();
        let reader = city.reader();
        let opened = (begun.elapsed(), city.cache.requests(), city.cache.bytes());
        let total = reader.answer(&query).unwrap().total;
        let cold = (begun.elapsed(), city.cache.requests(), city.cache.bytes());
        let begun = Instant::now();
        for _ in 0..20 {
            reader.answer(&query).unwrap();
        }
        println!("{name}: {total} found; open {opened:?}; cold {cold:?}; warm {:?}", begun.elapsed() / 20);
        assert!(cold.2 < city.manifest.bytes());
    }
}
