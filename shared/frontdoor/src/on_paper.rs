//! A form that was filled in on paper: staff give all answers at once, under the rules of the form itself.

use jiff::Timestamp;

use crate::{
    answers::Answers,
    flaw::{Flaw, flaws},
    form::Form,
    place::Place,
    posted::Posted,
    submission::Submission,
    token::Token,
};

/// What `answers` say to the questions of `form`, received under `key`: complete, checked and sorted as what a citizen sends by himself is.
///
/// An answer to a question that is not asked, because of another one, is dropped; a name that is no question is dropped too, and so is what stands for a file: a file is what a form page
/// signed for, and nobody did here.
///
/// # Errors
/// All that is wrong with them, in the order of the form.
pub fn on_paper<'a>(
    form: &Form,
    answers: impl Iterator<Item = (&'a str, &'a str)>,
    place: &Place,
    key: &str,
    at: Timestamp,
) -> Result<Submission, Vec<Flaw>> {
    let mut answers = Answers::of(form, &Posted::of(answers));
    form.file_questions().for_each(|question| answers.retain(&question.id, |_| false));
    let wrong: Vec<Flaw> = form.pages.iter().flat_map(|page| flaws(form, page, &answers, place)).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let (name, version, site, id) = (form.id.clone(), form.version, place.site.clone(), key.to_owned());
    Ok(Submission::of(form, &Token { form: name, version, site, at, id }, &answers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{attachment::Attachment, forms, submission::Personal};

    const ANSWERS: [(&str, &str); 9] = [
        ("applicant", "citizen"),
        ("name", "王小明"),
        ("document", "identity-card"),
        ("card-number", "11010519491231002x"),
        ("description", "老旧小区改造项目清单"),
        ("medium", "paper"),
        ("way", "post"),
        ("phone", "13800138000"),
        ("address-for-delivery", "澄湖市人民路1号"),
    ];

    fn read(answers: &[(&str, &str)]) -> Result<Submission, Vec<Flaw>> {
        read_as(2, answers)
    }

    fn read_as(version: u32, answers: &[(&str, &str)]) -> Result<Submission, Vec<Flaw>> {
        let form = forms::get("information-request", version).unwrap();
        let place = Place { site: "jyj".to_owned(), domain: "cheng.example".to_owned(), scheme: "https".to_owned() };
        on_paper(form, answers.iter().copied(), &place, "key-1", "2026-11-30T01:00:00Z".parse().unwrap())
    }

    #[test]
    fn what_stands_on_paper_becomes_what_the_form_makes_of_it() {
        let sent = read(&[&ANSWERS[..], &[("credit-code", "dropped"), ("evil", "1")]].concat()).unwrap();
        assert_eq!((sent.chosen("way"), sent.site.as_str(), sent.key.as_str()), (Some("post"), "jyj", "key-1"));
        assert_eq!((sent.form.as_str(), sent.version), ("information-request", 2));
        assert_eq!(sent.identity.id_number.as_ref().map(Personal::expose), Some("11010519491231002X"));
        assert!(sent.identity.organisation.is_none() && sent.text("evil").is_none());
    }

    /// Place and key as the page of a form carries them, which only a signature makes a file of that form.
    #[test]
    fn a_file_does_not_come_on_paper() {
        let place = "2026-11-30_abcdefghijklmnopqrstuvwxyz";
        let file = format!("1.k1.{place}.c2VjcmV0.pdf.482131.5paH5Lu2.AAAA");
        assert!(Attachment::read(&file).is_some(), "what is dropped would be a file");
        let sent = read_as(3, &[&ANSWERS[..], &[("enclosures", &file)]].concat()).unwrap();
        assert!(sent.files.is_empty() && sent.text("enclosures").is_none());
    }

    #[test]
    fn all_that_is_wrong_on_any_page_is_told_at_once() {
        let codes = |answers: &[(&str, &str)]| {
            let wrong = read(answers).err().unwrap();
            wrong.into_iter().map(|flaw| (flaw.question, flaw.code)).collect::<Vec<_>>()
        };
        let told =
            codes(&[("applicant", "citizen"), ("document", "identity-card"), ("card-number", "1"), ("way", "?")]);
        let told: Vec<_> = told.iter().map(|(question, code)| (question.as_str(), *code)).collect();
        assert_eq!(
            told,
            [
                ("name", "missing"),
                ("card-number", "not-an-identity-card"),
                ("description", "missing"),
                ("medium", "missing"),
                ("way", "not-a-choice"),
                ("phone", "missing"),
            ]
        );
        assert_eq!(codes(&[])[0], ("applicant".to_owned(), "missing"));
    }
}
