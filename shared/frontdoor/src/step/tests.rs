//! The way through both forms, and ways that no page of ours leads.

use super::*;
use crate::forms;

fn place() -> Place {
    Place { site: "www".to_owned(), domain: "cheng.example".to_owned(), scheme: "https".to_owned() }
}

fn posted(fields: &[(&str, &str)]) -> Posted {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    Posted::parse(body.as_bytes()).unwrap()
}

/// Where one comes to, in short: a page with the codes of its flaws, `check`, or `send`.
fn led(form: &str, fields: &[(&str, &str)]) -> String {
    let form = forms::newest(form).unwrap();
    told(form, &next(form, &posted(fields), &place()))
}

fn told(form: &Form, step: &Step) -> String {
    match step {
        Step::Ask(asked) => {
            let codes: Vec<_> = asked.flaws.iter().map(|flaw| format!(" {}:{}", flaw.question, flaw.code)).collect();
            format!("{}{}{}", form.pages[asked.place].id, if asked.returning { "*" } else { "" }, codes.concat())
        }
        Step::Check(_) => CHECK.to_owned(),
        Step::Send(_) => "send".to_owned(),
    }
}

const WHERE: [(&str, &str); 2] = [("page", "/zwgk/a.html"), ("mistake", "typo")];
const WHAT: [(&str, &str); 1] = [("text-place", "第二段“公开”写成“公升”")];

fn and<'a>(parts: &[&[(&'a str, &'a str)]]) -> Vec<(&'a str, &'a str)> {
    parts.iter().flat_map(|part| part.iter().copied()).collect()
}

#[test]
fn page_by_page_one_comes_to_the_check_and_sends() {
    let go = |at: &'static str| [("_at", at), ("_go", "next")];
    assert_eq!(led("correction", &and(&[&go("where"), &WHERE])), "what");
    assert_eq!(led("correction", &and(&[&go("what"), &WHERE, &WHAT])), "pictures");
    assert_eq!(led("correction", &and(&[&go("pictures"), &WHERE, &WHAT])), "contact");
    assert_eq!(led("correction", &and(&[&go("contact"), &WHERE, &WHAT])), CHECK);
    assert_eq!(led("correction", &and(&[&[("_at", CHECK), ("_go", "send")], &WHERE, &WHAT])), "send");
}

#[test]
fn a_page_that_is_answered_wrongly_comes_again_with_what_is_wrong() {
    let at = [("_at", "where")];
    assert_eq!(led("correction", &at), "where page:missing mistake:missing");
    let wrong = [("page", "https://evil.example/"), ("mistake", "nothing")];
    assert_eq!(led("correction", &and(&[&at, &wrong])), "where page:not-our-page mistake:not-a-choice");
    let contact = [("_at", "contact"), ("phone", "123"), ("email", "x")];
    assert_eq!(led("correction", &and(&[&contact, &WHERE, &WHAT])), "contact phone:not-a-phone email:not-an-email");
}

#[test]
fn what_was_typed_wrongly_is_still_there() {
    let form = forms::newest("correction").unwrap();
    let fields = and(&[&[("_at", "contact"), ("phone", "123"), ("name", "王明")], &WHERE, &WHAT]);
    let Step::Ask(asked) = next(form, &posted(&fields), &place()) else { panic!("no page") };
    assert_eq!((asked.answers.one("phone"), asked.answers.one("name")), ("123", "王明"));
    assert_eq!(asked.answers.one("text-place"), WHAT[0].1);
}

#[test]
fn whoever_skips_a_page_is_led_back_to_it() {
    assert_eq!(led("correction", &[("_at", "contact")]), "where page:missing mistake:missing");
    assert_eq!(led("correction", &and(&[&[("_at", "contact")], &WHERE])), "what text-place:missing");
    assert_eq!(led("correction", &[("_at", CHECK), ("_go", "send")]), "where* page:missing mistake:missing");
    let send = and(&[&[("_at", "where"), ("_go", "send")], &WHERE, &WHAT]);
    assert_eq!(led("correction", &send), "what", "nothing is sent but from the check");
}

#[test]
fn an_unknown_page_or_button_leads_to_the_beginning_and_never_further() {
    assert_eq!(led("correction", &[("_at", "nowhere"), ("_go", "next")]), "where");
    assert_eq!(led("correction", &[]), "where");
    assert_eq!(led("correction", &and(&[&[("_go", "change:nowhere")], &WHERE, &WHAT])), CHECK);
    assert_eq!(led("correction", &[("_go", "change:nowhere")]), "where*");
}

#[test]
fn back_leads_to_the_page_before_and_asks_nothing() {
    assert_eq!(led("correction", &[("_at", "contact"), ("_go", "back"), ("mistake", "typo")]), "pictures");
    assert_eq!(led("correction", &[("_at", "pictures"), ("_go", "back"), ("mistake", "typo")]), "what");
    assert_eq!(led("correction", &[("_at", "where"), ("_go", "back")]), "where");
    assert_eq!(led("correction", &and(&[&[("_at", CHECK), ("_go", "back")], &WHERE])), "contact");
}

#[test]
fn what_is_changed_leads_back_to_the_check() {
    let change = and(&[&[("_at", CHECK), ("_go", "change:contact")], &WHERE, &WHAT]);
    assert_eq!(led("correction", &change), "contact*");
    let changed = and(&[&[("_at", "contact"), ("_returning", "1"), ("name", "王明")], &WHERE, &WHAT]);
    assert_eq!(led("correction", &changed), CHECK);
}

#[test]
fn a_change_that_leads_to_new_questions_asks_them_before_the_check() {
    let fields = [("_at", "where"), ("_returning", "1"), ("page", "/a.html"), ("mistake", "broken-link"), WHAT[0]];
    assert_eq!(led("correction", &fields), "what*");
}

#[test]
fn an_application_of_a_citizen_asks_for_his_document_and_one_of_an_organisation_for_its_code() {
    let citizen = [("applicant", "citizen")];
    assert_eq!(led("information-request", &and(&[&[("_at", "applicant")], &citizen])), "citizen");
    let named = [("name", "王明"), ("document", "identity-card")];
    assert_eq!(led("information-request", &and(&[&[("_at", "citizen")], &citizen, &named])), "document");
    let wrong = [("_at", "document"), ("card-number", "110105194912310021")];
    assert_eq!(
        led("information-request", &and(&[&wrong, &citizen, &named])),
        "document card-number:wrong-identity-card"
    );
    assert_eq!(led("information-request", &[("_at", "applicant"), ("applicant", "organisation")]), "organisation");
}

#[test]
fn by_post_one_needs_an_address_and_by_mail_a_mailbox() {
    let before = [
        ("applicant", "organisation"),
        ("organisation", "澄湖市某公司"),
        ("credit-code", "91320400MA1N0ABC1X"),
        ("agent", "王明"),
        ("description", "老旧小区改造项目清单"),
        ("medium", "paper"),
        ("_at", "contact"),
        ("phone", "13800138000"),
    ];
    let by = |way: &'static str| led("information-request", &and(&[&before, &[("way", way)]]));
    assert_eq!(by("post"), "contact address-for-delivery:missing");
    assert_eq!(by("email"), "contact email-for-delivery:missing");
    assert_eq!(by("online"), CHECK);
}

#[test]
fn a_million_characters_are_too_many_and_nothing_breaks() {
    let long = "字".repeat(300_000);
    let fields = and(&[&[("_at", "what"), ("text-place", long.as_str())], &WHERE]);
    assert_eq!(led("correction", &fields), "what text-place:too-long");
    assert_eq!(
        led("correction", &and(&[&[("_at", "where"), ("page", long.as_str())], &WHERE[1..]])),
        "where page:too-long"
    );
}

#[test]
fn a_link_answers_only_which_page_it_stands_on() {
    let form = forms::newest("correction").unwrap();
    let given = [("page".to_owned(), "/zwgk/\u{202e}a.html".to_owned()), ("name".to_owned(), "王明".to_owned())];
    let Step::Ask(asked) = first(form, &given) else { panic!("no page") };
    assert_eq!((asked.answers.one("page"), asked.answers.one("name"), asked.flaws.len()), ("/zwgk/a.html", "", 0));
}
