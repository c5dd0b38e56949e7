//! All cases of a person, found by what he gave.

use vault::FoundBy;

use crate::support::{Bench, command};

#[tokio::test]
async fn every_case_of_a_person_is_found_and_none_of_another() {
    let bench = Bench::new().await;
    let mut his = Vec::new();
    for _ in 0..3 {
        his.push(bench.case("jyj", "路灯坏了").await);
    }
    let (request, other) = (command(), bench.parties(&["jyj"], "李四", "13900000000").await);
    bench.begin(&request, &other, "井盖没了").await.unwrap();
    his.sort();
    assert_eq!(bench.vault.cases_of(&bench.mark("+86 138 1234 5678").await).await.unwrap(), his);
    assert_eq!(bench.vault.cases_of(&bench.mark("13900000000").await).await.unwrap(), [request.stream]);
    assert!(bench.vault.cases_of(&bench.mark("13700000000").await).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_the_bringer_of_a_case_is_found_by_leads_back_to_it() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let marks = bench.vault.found_by(&case).await.unwrap();
    // His telephone, and the number of his document.
    assert!(marks.len() == 2 && marks.contains(&bench.mark("13812345678").await), "{marks:?}");
    for mark in &marks {
        assert!(bench.vault.cases_of(mark).await.unwrap().contains(&case));
    }
    let nobody = "correction:aaaaaaaaaaaaaaaaaaaaaaaaaa".parse().unwrap();
    assert_eq!(bench.vault.found_by(&nobody).await.unwrap(), []);
}

#[tokio::test]
async fn every_process_marks_alike_and_a_phone_is_no_id_number() {
    let bench = Bench::new().await;
    let phone = FoundBy::phone("13812345678").unwrap();
    let here = bench.vault.mark(&phone).await.unwrap();
    assert_eq!(bench.another().mark(&phone).await.unwrap(), here);
    assert_ne!(bench.vault.mark(&FoundBy::id_number("13812345678").unwrap()).await.unwrap(), here);
    assert_eq!(here.to_string().len(), 26);
}
