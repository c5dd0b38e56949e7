//! Under which name readers are given each file, and when no more.

use super::*;

/// A document with files, each change of which goes the whole way to the public.
#[derive(Default)]
struct Filed(History);

impl Filed {
    fn show(&mut self, attachments: Vec<Attachment>) {
        let content = Content { attachments, ..content("招生办法") };
        let revision = content.revision();
        let History { state, .. } = &self.0;
        let (fresh, live) = (state.id.is_none(), state.live.is_some());
        if fresh {
            let written = content.clone();
            self.0.take(EDITOR, |s, c| draft(s, id(), column("www.tzgg"), "jyj".parse().unwrap(), written, c)).unwrap();
        } else {
            self.0.take(EDITOR, |s, c| revise(s, content.clone(), c)).unwrap();
        }
        self.0.take(EDITOR, submit).unwrap();
        self.0.take(REVIEWER, |s, c| approve(s, revision, &one(), c)).unwrap();
        if live {
            let note = Line::new("更换附件").unwrap();
            self.0.take("publisher", |s, c| correct(s, note, Vec::new(), &one(), c)).unwrap();
        } else {
            let slug = Some("zs".parse().unwrap()).filter(|_| self.0.state.places.is_empty());
            let command = Publish { slug, archive: Archive::Month, index_number: number(), related: Vec::new() };
            self.0.take("publisher", |s, c| publish(s, command, &one(), c)).unwrap();
        }
    }

    fn withdraw(&mut self) {
        self.0.take("publisher", |s, c| withdraw(s, Prose::new("有误").unwrap(), c)).unwrap();
    }

    /// Title, commit that made it public, whether readers are given it still.
    fn files(&self) -> Vec<(&str, u64, bool)> {
        let files = self.0.state.files.iter();
        files.map(|file| (file.attachment.title.as_str(), file.commit, file.gone.is_none())).collect()
    }
}

#[test]
fn a_draft_gives_nobody_its_files_and_a_publication_does_under_its_own_number() {
    let mut filed = Filed::default();
    let content = Content { attachments: vec![attached("报名表", "a")], ..content("招生办法") };
    filed.0.take(EDITOR, |s, c| draft(s, id(), column("www.tzgg"), "jyj".parse().unwrap(), content, c)).unwrap();
    assert_eq!(filed.files(), []);

    let mut filed = Filed::default();
    filed.show(vec![attached("报名表", "a"), attached("地图", "b")]);
    assert_eq!(filed.files(), [("报名表", 4, true), ("地图", 4, true)]);
}

#[test]
fn a_correction_keeps_the_names_of_what_stays_and_takes_back_what_goes() {
    let mut filed = Filed::default();
    filed.show(vec![attached("报名表", "a"), attached("地图", "b")]);
    filed.show(vec![attached("地图", "b"), attached("说明", "c")]);
    assert_eq!(filed.files(), [("报名表", 4, false), ("地图", 4, true), ("说明", 8, true)]);
    // Another order is no other file.
    filed.show(vec![attached("说明", "c"), attached("地图", "b")]);
    assert_eq!(filed.files(), [("报名表", 4, false), ("地图", 4, true), ("说明", 8, true)]);
}

#[test]
fn a_file_that_comes_back_or_is_called_otherwise_gets_another_name() {
    let mut filed = Filed::default();
    filed.show(vec![attached("报名表", "a")]);
    filed.show(vec![attached("申请表", "a")]);
    filed.show(vec![attached("报名表", "a")]);
    assert_eq!(filed.files(), [("报名表", 4, false), ("申请表", 8, false), ("报名表", 12, true)]);
}

#[test]
fn a_withdrawal_takes_every_file_back_and_a_republication_gives_them_anew() {
    let mut filed = Filed::default();
    filed.show(vec![attached("报名表", "a")]);
    filed.withdraw();
    assert_eq!(filed.files(), [("报名表", 4, false)]);
    let gone = filed.0.state.files.iter().map(|file| file.gone).collect::<Vec<_>>();
    assert_eq!(gone, [filed.0.state.withdrawn.as_ref().map(|withdrawn| withdrawn.at)]);
    filed.show(vec![attached("报名表", "a")]);
    assert_eq!(filed.files(), [("报名表", 4, false), ("报名表", 9, true)]);
}

#[test]
fn a_document_gives_its_readers_at_most_five_hundred_files() {
    let mut filed = Filed::default();
    for round in 0..10 {
        let names: Vec<String> = (0..50).map(|file| format!("{round}-{file}")).collect();
        filed.show(names.iter().map(|name| attached(name, name)).collect());
    }
    let kept = filed.0.state.live.as_ref().unwrap().content.attachments.clone();
    let one_more = [kept.clone(), vec![attached("说明", "x")]].concat();
    for (attachments, done) in [(one_more, false), (kept[1..].to_vec(), true)] {
        let content = Content { attachments, ..content("招生办法") };
        let revision = content.revision();
        filed.0.take(EDITOR, |s, c| revise(s, content.clone(), c)).unwrap();
        filed.0.take(EDITOR, submit).unwrap();
        filed.0.take(REVIEWER, |s, c| approve(s, revision, &one(), c)).unwrap();
        let note = Line::new("更换附件").unwrap();
        let corrected = filed.0.take("publisher", |s, c| correct(s, note, Vec::new(), &one(), c));
        assert_eq!(corrected, if done { Ok(()) } else { Err(DocumentRefusal::TooManyFiles { files: 500 }) });
    }
}

#[test]
fn the_same_bytes_are_not_attached_twice() {
    let twice = [attached("报名表", "a"), attached("地图", "b"), attached("申请表", "a")];
    assert_eq!(named_twice(&twice), Some(&BodyHash::of(b"a")));
    assert_eq!(named_twice(&twice[..2]), None);
}

#[test]
fn a_form_is_whole_with_the_files_it_is_about() {
    let of = |kind| {
        let mut attachment = attached("附件", "a");
        attachment.file.kind = kind;
        vec![attachment]
    };
    for (form, whole, lacking) in [
        (Form::File, FileKind::Zip, None),
        (Form::Pictures, FileKind::Png, Some(FileKind::Pdf)),
        (Form::Film, FileKind::Mp4, Some(FileKind::Jpeg)),
    ] {
        assert!(form.is_whole_with(&of(whole)), "{form:?}");
        assert!(!form.is_whole_with(&lacking.map(of).unwrap_or_default()), "{form:?}");
    }
    assert!(Form::Article.is_whole_with(&[]));
}
