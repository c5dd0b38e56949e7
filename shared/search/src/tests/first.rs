//! The road from an entry to an answer.

use super::*;

#[test]
fn a_document_is_found_counted_and_marked() {
    let city = City::of([
        entry("01A", "住房公积金提取办法", "职工可以提取住房公积金。"),
        entry("01B", "城市道路管理条例", "道路的养护。"),
    ]);
    let answer = city.answer(&Query::of("公积金"));
    assert_eq!(answer.total, 1);
    assert_eq!(answer.reading.kind, ReadingKind::AllWords);
    assert_eq!(answer.hits[0].id, "01A");
    assert_eq!(answer.facets[&Facet::Year], [("2024".to_owned(), 1)]);
    assert!(answer.hits[0].title.0.iter().any(|piece| piece.marked && piece.text.contains("公积金")));
    assert_eq!(city.answer(&Query::of("")).total, 2);
}
