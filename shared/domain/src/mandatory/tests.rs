//! Given what a department published, filled in and declared, when a category is looked at, then how it stands.

use std::collections::BTreeSet;

use super::*;

#[test]
fn there_are_fifteen_categories_with_names_of_their_own_in_the_order_of_the_regulation() {
    let codes: BTreeSet<&str> = Category::ALL.map(Category::code).into();
    let names: BTreeSet<&str> = Category::ALL.map(Category::chinese).into();
    let wordings: BTreeSet<&str> = Category::ALL.map(Category::wording).into();
    assert_eq!([codes.len(), names.len(), wordings.len()], [15; 3]);
    assert!(Category::ALL.is_sorted());
    let items: String = Category::ALL.map(Category::item).concat();
    assert_eq!(
        items,
        "（一）（二）（三）（四）（五）（六）（七）（八）（九）（十）（十一）（十二）（十三）（十四）（十五）"
    );
    for category in Category::ALL {
        assert_eq!(serde_json::to_value(category).unwrap(), category.code());
        assert_eq!(Category::of(category.code()), Some(category));
    }
    assert_eq!(Category::of("secrets"), None);
}

#[test]
fn a_category_is_covered_by_a_document_and_lacking_without_one() {
    let none = Evidence::default();
    let one = Evidence { has_documents: true, ..none };
    for category in Category::ALL {
        assert_eq!((none.standing(category), one.standing(category)), (Standing::Lacking, Standing::Covered));
    }
}

#[test]
fn what_is_declared_not_to_concern_a_department_is_never_covered() {
    let declared = Evidence { has_documents: true, is_told_by_profile: true, is_declared: true };
    for category in Category::ALL.into_iter().filter(|category| !category.concerns_all()) {
        assert_eq!(declared.standing(category), Standing::NotConcerned, "{category:?}");
    }
}

#[test]
fn a_profile_covers_the_organisation_and_nothing_else_and_concerns_everybody() {
    let told = Evidence { is_told_by_profile: true, ..Evidence::default() };
    let covered: Vec<Category> =
        Category::ALL.into_iter().filter(|category| told.standing(*category) == Standing::Covered).collect();
    assert_eq!(covered, [Category::Organisation]);
    let declared = Evidence { is_declared: true, ..told };
    assert_eq!(declared.standing(Category::Organisation), Standing::Covered, "it concerns every department");
}

#[test]
fn a_profile_tells_all_that_is_asked_for_or_says_what_it_lacks() {
    let leaders = ["局长 许知行".to_owned()];
    let whole = Institution {
        duties: "管理教育。",
        address: "学府路18号",
        office_hours: "周一至周五",
        telephone: "0598-8213013",
        leaders: &leaders,
    };
    assert_eq!(whole.untold(), []);
    assert_eq!(Institution { office_hours: " \n", ..whole }.untold(), [Part::OfficeHours]);
    let blank = [String::new()];
    assert_eq!(Institution { address: "", leaders: &blank, ..whole }.untold(), [Part::Address, Part::Leaders]);
    assert_eq!(Institution::default().untold().len(), 5);
}

#[test]
fn a_tally_counts_each_standing() {
    let tally: Tally =
        [Standing::Covered, Standing::Lacking, Standing::Covered, Standing::NotConcerned].into_iter().collect();
    assert_eq!(tally, Tally { covered: 2, lacking: 1, not_concerned: 1 });
}
