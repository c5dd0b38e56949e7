//! The texts a document had, and which is compared with which.

use super::*;

/// A document and its texts, folded side by side.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) document: Document,
    pub(super) revisions: Revisions,
    commit: u64,
}

impl Texts {
    /// Decides, at the minute of the next commit; what is refused changes nothing.
    pub(super) fn decide(
        &mut self,
        actor: &str,
        decide: impl FnOnce(&Document, &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal>,
    ) -> Result<Vec<DocumentEvent>, DocumentRefusal> {
        let context = by(actor, self.commit + 1);
        let events = decide(&self.document, &context)?;
        self.commit += 1;
        let fact = Fact { commit: self.commit, at: context.now, actor: context.actor };
        for event in events.clone() {
            self.revisions.evolve(event.clone(), &fact);
            self.document.evolve(event, &fact);
        }
        Ok(events)
    }

    pub(super) fn take(
        &mut self,
        actor: &str,
        decide: impl FnOnce(&Document, &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal>,
    ) {
        self.decide(actor, decide).unwrap();
    }

    /// Drafted as 甲 at minute 1 and revised to 乙 at minute 2.
    fn revised() -> Self {
        let mut texts = Self::default();
        texts.take(EDITOR, |s, c| draft(s, id(), column("www.tzgg"), "jyj".parse().unwrap(), content("甲"), c));
        texts.revise("second", "乙");
        texts
    }

    fn revise(&mut self, actor: &str, title: &str) {
        self.take(actor, |s, c| revise(s, content(title), c));
    }

    /// As [`revised`](Self::revised), then public at minute 5.
    fn published() -> Self {
        let mut texts = Self::revised();
        texts.take(EDITOR, submit);
        texts.take(REVIEWER, |s, c| approve(s, content("乙").revision(), &one(), c));
        let command = Publish { slug: None, archive: Archive::Month, index_number: number(), related: Vec::new() };
        texts.take("publisher", |s, c| publish(s, command, &one(), c));
        texts
    }

    /// Back from review.
    fn returned(&mut self) {
        self.take(EDITOR, submit);
        let revision = self.draft();
        self.take(REVIEWER, |s, c| return_to_editor(s, revision, Line::new("改").unwrap(), c));
    }

    fn discard(&mut self) {
        let revision = self.draft();
        self.take(EDITOR, |s, c| discard(s, revision, c));
    }

    /// Public in place of what is.
    fn correct(&mut self) {
        self.take(EDITOR, submit);
        let revision = self.draft();
        self.take("eyes", |s, c| approve(s, revision, &one(), c));
        self.take("publisher", |s, c| correct(s, Line::new("改").unwrap(), Vec::new(), &one(), c));
    }

    fn draft(&self) -> RevisionHash {
        self.document.draft.as_ref().unwrap().revision.clone()
    }

    /// The text that is looked at where nobody says which.
    fn standing(&self) -> &str {
        self.revisions.standing(&self.document).unwrap().content.title.as_str()
    }

    /// The title of what the text `title` is compared with.
    fn compared_with(&self, title: &str) -> Option<&str> {
        let found = self.revisions.compared_with(&content(title).revision(), &self.document);
        found.map(|revision| revision.content.title.as_str())
    }

    fn before(&self, title: &str) -> Option<&str> {
        let found = self.revisions.before(&content(title).revision());
        found.map(|revision| revision.content.title.as_str())
    }
}

#[test]
fn every_text_is_kept_with_who_wrote_it_and_one_written_again_keeps_its_name() {
    let mut texts = Texts::revised();
    texts.revise("third", "甲");
    let titles: Vec<_> = texts.revisions.written().iter().map(|written| written.content.title.as_str()).collect();
    assert_eq!(titles, ["甲", "乙", "甲"]);
    let first = texts.revisions.named(&content("甲").revision()).unwrap();
    assert_eq!((first.commit, first.actor.as_str(), first.at), (1, EDITOR, at(1)));
    assert_eq!((texts.before("甲"), texts.before("乙"), texts.before("丙")), (Some("乙"), Some("甲"), None));
    assert_eq!(texts.revisions.named(&content("丙").revision()), None);
}

#[test]
fn what_became_public_says_when() {
    let texts = Texts::published();
    let public: Vec<_> = texts.revisions.written().iter().map(|written| written.public_at).collect();
    assert_eq!(public, [None, Some(at(5))]);
}

#[test]
fn a_draft_is_compared_with_what_was_judged_before_it() {
    let mut texts = Texts::revised();
    assert_eq!(texts.compared_with("乙"), None, "nobody but its editors has seen any of it");
    texts.take(EDITOR, submit);
    texts.take(REVIEWER, |s, c| return_to_editor(s, content("乙").revision(), Line::new("改").unwrap(), c));
    assert_eq!(texts.compared_with("乙"), None, "it is what was returned");
    texts.revise(EDITOR, "丙");
    texts.revise(EDITOR, "丁");
    assert_eq!(texts.compared_with("丁"), Some("乙"), "all that changed since it was returned");
    let mut texts = Texts::published();
    assert_eq!(texts.compared_with("乙"), Some("甲"), "there is no draft");
    texts.revise(EDITOR, "丙");
    assert_eq!(texts.compared_with("丙"), Some("乙"));
    texts.revise(EDITOR, "乙");
    assert_eq!(texts.compared_with("乙"), Some("乙"), "the draft says what is public");
}

#[test]
fn the_texts_of_a_draft_that_was_thrown_away_say_so_and_no_others() {
    let mut texts = Texts::published();
    texts.revise(EDITOR, "丙");
    texts.revise("second", "丁");
    texts.discard();
    texts.revise(EDITOR, "戊");
    texts.discard();
    texts.revise(EDITOR, "丙");
    let discarded: Vec<_> = texts.revisions.written().iter().map(|written| written.discarded_at).collect();
    assert_eq!(discarded, [None, None, Some(at(8)), Some(at(8)), Some(at(10)), None]);
}

#[test]
fn what_stands_is_the_draft_or_the_public_text_and_never_what_was_thrown_away_beside_it() {
    let mut texts = Texts::published();
    assert_eq!(texts.standing(), "乙");
    texts.revise(EDITOR, "丙");
    assert_eq!(texts.standing(), "丙");
    texts.discard();
    assert_eq!((texts.standing(), texts.compared_with("乙")), ("乙", Some("甲")));
    assert_eq!(texts.compared_with("丙"), Some("乙"), "who asks for it sees what it would have changed");
    texts.take("publisher", |s, c| withdraw(s, Prose::default(), c));
    assert_eq!(texts.standing(), "乙", "what was public last");
    let mut never = Texts::revised();
    never.discard();
    assert_eq!((never.standing(), never.compared_with("乙")), ("乙", Some("甲")), "there is nothing else");
}

#[test]
fn a_draft_thrown_away_stood_before_nothing_that_came_after() {
    let mut texts = Texts::published();
    texts.revise(EDITOR, "丙");
    texts.discard();
    texts.revise(EDITOR, "丁");
    texts.correct();
    assert_eq!(texts.compared_with("丁"), Some("乙"));
    // The draft goes back to what is public, and is thrown away so.
    texts.revise(EDITOR, "戊");
    texts.revise(EDITOR, "丁");
    texts.discard();
    assert_eq!(texts.compared_with("丁"), Some("乙"), "the public text was not written after 戊");
}

#[test]
fn a_return_of_what_was_thrown_away_is_no_judgement_on_the_next_draft() {
    let mut texts = Texts::revised();
    texts.returned();
    texts.discard();
    texts.revise(EDITOR, "丙");
    assert_eq!(texts.compared_with("丙"), None, "all of it is new to its reviewers");
    texts.revise(EDITOR, "乙");
    assert_eq!(texts.compared_with("乙"), None, "even what they had read");
    texts.returned();
    texts.revise(EDITOR, "丁");
    assert_eq!(texts.compared_with("丁"), Some("乙"), "now they have judged this one");

    let mut texts = Texts::published();
    texts.take("publisher", |s, c| withdraw(s, Prose::default(), c));
    texts.revise(EDITOR, "丙");
    texts.returned();
    texts.discard();
    texts.revise(EDITOR, "丁");
    assert_eq!(texts.compared_with("丁"), Some("乙"), "the last that was public");
}
