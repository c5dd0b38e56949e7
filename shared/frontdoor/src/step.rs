//! The engine: what was posted so far and the button that was pressed → the page to show. Pure.

use crate::{
    answers::Answers,
    flaw::{self, Flaw},
    form::Form,
    place::Place,
    posted::{AT, CHECK, GO, Posted, RETURNING},
};

/// What comes next.
///
/// No `Debug`: it holds what a citizen typed.
#[derive(Clone, PartialEq, Eq)]
pub enum Step {
    /// A page of questions.
    Ask(Asked),
    /// All answers, to be looked at once more.
    Check(Answers),
    /// Everything is answered rightly, and the button that sends it was pressed.
    Send(Answers),
}

/// A page of questions, as it is to be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its place in the form.
    pub place: usize,
    /// Everything answered so far.
    pub answers: Answers,
    /// What is wrong with the answers of this page; told only of what was sent from it.
    pub flaws: Vec<Flaw>,
    /// Whether whoever answers it was at the check already, and comes back there.
    pub returning: bool,
}

/// The button that was pressed.
enum Button<'a> {
    Next,
    Back,
    Change(&'a str),
    Send,
}

impl<'a> Button<'a> {
    fn of(posted: &'a Posted) -> Self {
        match posted.first(GO) {
            Some("back") => Self::Back,
            Some("send") => Self::Send,
            Some(other) => other.strip_prefix("change:").map_or(Self::Next, Self::Change),
            // Enter in a field, or a browser that names no button.
            None if posted.first(AT) == Some(CHECK) => Self::Send,
            None => Self::Next,
        }
    }
}

/// The first page of a form, answered beforehand as a link may do it.
#[must_use]
pub fn first(form: &Form, given: &[(String, String)]) -> Step {
    let mut answers = Answers::default();
    for (_, question) in form.questions().filter(|(_, question)| question.prefilled) {
        if let Some((_, value)) = given.iter().find(|(name, _)| *name == question.id) {
            let value: String = value.chars().take(question.most()).collect();
            answers.put(question, &value);
        }
    }
    Step::Ask(Asked { place: 0, answers, flaws: Vec::new(), returning: false })
}

/// What comes after this was posted.
#[must_use]
pub fn next(form: &Form, posted: &Posted, place: &Place) -> Step {
    let answers = Answers::of(form, posted);
    let walk = Walk { form, place, pages: answers.pages(form), returning: posted.first(RETURNING).is_some(), answers };
    let at = posted.first(AT).unwrap_or_default();
    match Button::of(posted) {
        Button::Change(page) => match walk.named(page) {
            Some(page) => walk.ask(page, Vec::new(), true),
            None => walk.check(),
        },
        Button::Send if at == CHECK => walk.send(),
        Button::Send | Button::Next => match (walk.named(at), at == CHECK) {
            (Some(page), _) => walk.onward(page),
            (None, true) => walk.check(),
            (None, false) => walk.ask(0, Vec::new(), false),
        },
        Button::Back => {
            let before = match walk.named(at) {
                Some(page) => walk.pages.iter().copied().take_while(|place| *place < page).last(),
                None => walk.pages.last().copied(),
            };
            walk.ask(before.unwrap_or(0), Vec::new(), walk.returning)
        }
    }
}

/// The same answers on the same page: for who has to look at it once more, for a reason that lies elsewhere.
#[must_use]
pub(crate) fn again(form: &Form, posted: &Posted) -> Step {
    let answers = Answers::of(form, posted);
    let at = posted.first(AT).unwrap_or_default();
    let page = form.pages.iter().position(|page| page.id == at).filter(|page| answers.pages(form).contains(page));
    match page {
        _ if at == CHECK => Step::Check(answers),
        page => {
            let returning = posted.first(RETURNING).is_some();
            Step::Ask(Asked { place: page.unwrap_or(0), answers, flaws: Vec::new(), returning })
        }
    }
}

/// Answers on their way through a form.
struct Walk<'a> {
    form: &'a Form,
    place: &'a Place,
    answers: Answers,
    /// Places of the pages on which something is asked.
    pages: Vec<usize>,
    returning: bool,
}

impl Walk<'_> {
    /// The place of a page that is asked.
    fn named(&self, id: &str) -> Option<usize> {
        self.pages.iter().copied().find(|place| self.form.pages.get(*place).is_some_and(|page| page.id == id))
    }

    fn flaws(&self, page: usize) -> Vec<Flaw> {
        self.form
            .pages
            .get(page)
            .map(|page| flaw::flaws(self.form, page, &self.answers, self.place))
            .unwrap_or_default()
    }

    fn ask(&self, place: usize, flaws: Vec<Flaw>, returning: bool) -> Step {
        Step::Ask(Asked { place, answers: self.answers.clone(), flaws, returning })
    }

    /// The first page before `end` that is not answered rightly.
    fn unfinished(&self, end: usize) -> Option<usize> {
        self.pages.iter().copied().find(|page| *page < end && !self.flaws(*page).is_empty())
    }

    /// From a page to the next, if everything up to here is right.
    fn onward(&self, page: usize) -> Step {
        let flaws = self.flaws(page);
        if !flaws.is_empty() {
            return self.ask(page, flaws, self.returning);
        }
        // Somebody came past a page without answering it.
        if let Some(skipped) = self.unfinished(page) {
            return self.ask(skipped, self.flaws(skipped), self.returning);
        }
        if self.returning {
            return self.check();
        }
        match self.pages.iter().copied().find(|place| *place > page) {
            Some(next) => self.ask(next, Vec::new(), false),
            None => self.check(),
        }
    }

    /// The check, or the first page that keeps one from it: what was changed may have led to new questions.
    fn check(&self) -> Step {
        match self.unfinished(usize::MAX) {
            Some(page) => self.ask(page, Vec::new(), true),
            None => Step::Check(self.answers.clone()),
        }
    }

    fn send(&self) -> Step {
        match self.unfinished(usize::MAX) {
            Some(page) => self.ask(page, self.flaws(page), true),
            None => Step::Send(self.answers.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
