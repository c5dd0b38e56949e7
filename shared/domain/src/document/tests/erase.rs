//! A text goes for good, and nothing that anybody is shown goes with it.

use super::{revisions::Texts, *};
use crate::{
    document::erase_text,
    file::{Picture, Rendition},
};

fn body(text: &str) -> BodyHash {
    BodyHash::of(text.as_bytes())
}

fn written(title: &str, text: &str, files: &[&str]) -> Written {
    let mut content = Content::new(Line::new(title).unwrap(), body(text));
    content.attachments = files.iter().map(|file| attached(file, file)).collect();
    Written::from(content)
}

fn drafted(text: &str, files: &[&str]) -> Texts {
    let mut texts = Texts::default();
    let first = written("名单", text, files);
    texts.take(EDITOR, |s, c| draft(s, id(), column("www.tzgg"), "jyj".parse().unwrap(), first, c));
    texts
}

impl Texts {
    fn write(&mut self, text: &str, files: &[&str]) {
        let next = written("名单", text, files);
        self.take(EDITOR, |s, c| revise(s, next, c));
    }

    fn erase(&mut self, text: usize) -> Result<Vec<BodyHash>, DocumentRefusal> {
        let earlier = self.revisions.written()[text].clone();
        let erase = |s: &Document, c: &Context| erase_text(s, &earlier, Line::new("含个人信息").unwrap(), c);
        let events = self.decide("administrator", erase)?;
        let [DocumentEvent::TextErased { revision, bodies, .. }] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!(*revision, earlier.revision);
        Ok(bodies.clone())
    }

    fn approve(&mut self) {
        self.take(EDITOR, submit);
        let revision = self.document.draft.clone().unwrap().revision;
        self.take("reviewer", |s, c| approve(s, revision, &one(), c));
    }
}

#[test]
fn what_stands_in_the_draft_is_not_erased_and_what_stood_there_before_is() {
    let mut texts = drafted("甲", &["表"]);
    assert_eq!(texts.erase(0), Err(DocumentRefusal::InUse));
    texts.write("乙", &["表"]);
    assert_eq!(texts.erase(0), Ok(vec![body("甲")]), "the file stands in the draft");
    assert_eq!(texts.document.erased, [body("甲")].into());
    assert_eq!(texts.erase(0), Err(DocumentRefusal::ErasedBefore));
    texts.write("乙", &[]);
    assert_eq!(texts.erase(0), Ok(vec![body("表")]));
    assert_eq!(texts.erase(1), Err(DocumentRefusal::ErasedBefore), "its text is the draft's, and its file is gone");
}

#[test]
fn a_text_is_erased_once_no_reader_is_shown_it() {
    let mut texts = drafted("甲", &[]);
    texts.approve();
    let first = Publish { slug: None, archive: Archive::Month, index_number: number(), related: Vec::new() };
    texts.take("publisher", |s, c| publish(s, first, &one(), c));
    assert_eq!(texts.erase(0), Err(DocumentRefusal::InUse));
    texts.write("乙", &[]);
    texts.approve();
    texts.take("publisher", |s, c| correct(s, Line::new("更正").unwrap(), Vec::new(), &one(), c));
    assert_eq!(texts.erase(0), Err(DocumentRefusal::InUse), "the history of changes shows it");
    texts.take("publisher", |s, c| withdraw(s, Prose::new("误发").unwrap(), c));
    assert_eq!(texts.erase(0), Ok(vec![body("甲")]));
    assert_eq!(texts.erase(1), Ok(vec![body("乙")]));
}

#[test]
fn what_is_written_again_after_it_was_erased_is_there_again() {
    let mut texts = drafted("甲", &["表"]);
    texts.write("乙", &[]);
    texts.erase(0).unwrap();
    texts.write("甲", &[]);
    assert_eq!(texts.document.erased, [body("表")].into());
}

#[test]
fn a_file_that_was_erased_is_attached_to_no_later_text() {
    let mut texts = drafted("甲", &["表", "图"]);
    texts.write("乙", &["图"]);
    texts.erase(0).unwrap();
    let refused = |texts: &mut Texts, written: Written| texts.decide(EDITOR, |s, c| revise(s, written, c)).unwrap_err();
    let erased = DocumentRefusal::FileErased { file: body("表") };
    assert_eq!(refused(&mut texts, written("名单", "丙", &["图", "表"])), erased);
    assert_eq!(refused(&mut texts, written("名单", "甲", &["表"])), erased, "with its own text as little");
    texts.write("甲", &["图"]);
    assert_eq!(texts.document.erased, [body("表")].into(), "the text was typed again");
    assert_eq!(refused(&mut texts, written("名单", "甲", &["表"])), erased);
}

/// Whoever has the smaller picture has the picture.
#[test]
fn a_picture_that_was_erased_does_not_come_back_smaller() {
    let smaller = Rendition { hash: body("小图"), width: 320, height: 240 };
    let picture = |name: &str| {
        let mut picture = attached("图", name);
        picture.file.picture = Some(Picture { width: 640, height: 480, smaller: vec![smaller.clone()] });
        picture
    };
    let shown = |attachments| {
        let mut content = Content::new(Line::new("名单").unwrap(), body("甲"));
        content.attachments = attachments;
        Written::from(content)
    };
    let mut texts = Texts::default();
    let first = shown(vec![picture("大图")]);
    texts.take(EDITOR, |s, c| draft(s, id(), column("www.tzgg"), "jyj".parse().unwrap(), first, c));
    texts.write("乙", &[]);
    assert_eq!(texts.erase(0).unwrap().len(), 3, "the text, the picture, the picture smaller");
    for attachment in [attached("图", "大图"), attached("图", "小图"), picture("重扫")] {
        let file = attachment.file.hash.clone();
        let refused = texts.decide(EDITOR, |s, c| revise(s, shown(vec![attachment]), c));
        assert_eq!(refused, Err(DocumentRefusal::FileErased { file }));
    }
}
