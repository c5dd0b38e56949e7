//! Given events, when a command, then events or a refusal.

mod discard;
mod erase;
mod files;
mod levels;
mod migration;
mod properties;
mod relations;
mod revision;
mod revisions;
mod timetable;
mod urgent;
mod vetted;

use jiff::Timestamp;

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Event, Fact},
    column::{Archive, Levels},
    file::{FileKind, StoredFile},
    id::{ActorId, ColumnId, CommitId, DocumentId},
    index_number::{IndexNumber, IndexScheme},
    text::{Line, Prose},
};

const EDITOR: &str = "editor";
const REVIEWER: &str = "reviewer";

fn at(minute: u64) -> Timestamp {
    let start: Timestamp = "2026-11-23T01:00:00Z".parse().unwrap();
    start + std::time::Duration::from_secs(60 * minute)
}

fn by(actor: &str, minute: u64) -> Context {
    Context { actor: actor.parse().unwrap(), now: at(minute) }
}

fn content(title: &str) -> Content {
    Content::new(Line::new(title).unwrap(), BodyHash::of(b"<p>text</p>"))
}

/// A PDF of these bytes under this title.
fn attached(title: &str, bytes: &str) -> Attachment {
    let file = StoredFile {
        hash: BodyHash::of(bytes.as_bytes()),
        kind: FileKind::Pdf,
        bytes: bytes.len() as u64,
        picture: None,
    };
    Attachment { title: Line::new(title).unwrap(), file }
}

fn number() -> IndexNumber {
    IndexScheme::National.number("014006438/2026", 7).unwrap()
}

fn id() -> DocumentId {
    let actor: ActorId = EDITOR.parse().unwrap();
    DocumentId::derive(&CommitId::derive(&actor, "draft", "new", 0, "k"))
}

fn column(id: &str) -> ColumnId {
    id.parse().unwrap()
}

/// One level of review: what a column asks for where nothing else is said.
fn one() -> Levels {
    Levels::default()
}

fn missing(approvals: usize, levels: usize) -> DocumentRefusal {
    DocumentRefusal::NotApproved { approvals, levels }
}

/// A document and the number of its last commit; every step is decided by the real functions.
#[derive(Clone, Default)]
struct History {
    state: Document,
    commit: u64,
}

impl History {
    fn take(
        &mut self,
        actor: &str,
        decide: impl FnOnce(&Document, &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal>,
    ) -> Result<(), DocumentRefusal> {
        let context = by(actor, self.commit);
        let events = decide(&self.state, &context)?;
        self.commit += 1;
        let fact = Fact { commit: self.commit, at: context.now, actor: context.actor };
        for event in events {
            self.state.evolve(event, &fact);
        }
        Ok(())
    }

    fn drafted() -> Self {
        let mut history = Self::default();
        history
            .take(EDITOR, |s, c| draft(s, id(), column("www.tzgg"), "jyj".parse().unwrap(), content("停水通知"), c))
            .unwrap();
        history
    }

    fn approved() -> Self {
        let mut history = Self::drafted();
        history.review();
        history
    }

    fn review(&mut self) {
        self.take(EDITOR, submit).unwrap();
        let revision = self.revision();
        self.take(REVIEWER, |s, c| approve(s, revision, &one(), c)).unwrap();
    }

    fn published() -> Self {
        let mut history = Self::approved();
        history.publish().unwrap();
        history
    }

    fn publish(&mut self) -> Result<(), DocumentRefusal> {
        self.publish_after(&one())
    }

    fn publish_after(&mut self, levels: &Levels) -> Result<(), DocumentRefusal> {
        self.take("publisher", |s, c| {
            publish(
                s,
                Publish {
                    slug: Some("water".parse().unwrap()),
                    archive: Archive::Month,
                    index_number: number(),
                    related: Vec::new(),
                },
                levels,
                c,
            )
        })
    }

    fn approve(&mut self, by: &str, levels: &Levels) -> Result<(), DocumentRefusal> {
        let revision = self.revision();
        self.take(by, |s, c| approve(s, revision, levels, c))
    }

    fn relocate(&mut self, to: &str, slug: Option<&str>) -> Result<(), DocumentRefusal> {
        let slug = slug.map(|slug| slug.parse().unwrap());
        self.take("publisher", |s, c| relocate(s, column(to), Archive::Month, slug.as_ref(), c))
    }

    /// Publishes with the next number at hand, as the function does.
    fn publish_again(&mut self, slug: Option<&str>) {
        let slug = slug.map(|slug| slug.parse().unwrap());
        let index_number = IndexScheme::National.number("014006438/2026", 8).unwrap();
        let command = Publish { slug, archive: Archive::Month, index_number, related: Vec::new() };
        self.take("publisher", |s, c| publish(s, command, &one(), c)).unwrap();
    }

    fn revision(&self) -> RevisionHash {
        self.state.draft.as_ref().unwrap().revision.clone()
    }
}

#[test]
fn a_draft_goes_through_review_to_the_public() {
    let history = History::published();
    let live = history.state.live.unwrap();
    assert_eq!(live.path.as_str(), "/tzgg/2026/11/23/water.html");
    assert_eq!(live.public_at, at(3));
    assert_eq!(history.state.index_number, Some(number()));
    assert_eq!(history.state.draft, None);
}

#[test]
fn refuses_to_publish_before_the_approval() {
    let mut history = History::drafted();
    assert_eq!(history.publish(), Err(missing(0, 1)));
    history.take(EDITOR, submit).unwrap();
    assert_eq!(history.publish(), Err(missing(0, 1)));
}

#[test]
fn an_edit_voids_the_approval() {
    let mut history = History::approved();
    history.take(EDITOR, |s, c| revise(s, content("停水通知（更正）"), c)).unwrap();
    assert_eq!(history.publish(), Err(missing(0, 1)));
}

#[test]
fn nobody_approves_what_he_edited() {
    let mut history = History::drafted();
    history.take(REVIEWER, |s, c| revise(s, content("停水通知二"), c)).unwrap();
    history.take(EDITOR, submit).unwrap();
    let revision = history.revision();
    assert_eq!(history.take(REVIEWER, |s, c| approve(s, revision.clone(), &one(), c)), Err(DocumentRefusal::OwnEdit));
    assert_eq!(history.take(EDITOR, |s, c| approve(s, revision.clone(), &one(), c)), Err(DocumentRefusal::OwnEdit));
    assert_eq!(history.take("third", |s, c| approve(s, revision, &one(), c)), Ok(()));
}

#[test]
fn an_approval_names_the_revision_it_saw() {
    let mut history = History::drafted();
    let seen = history.revision();
    history.take(EDITOR, |s, c| revise(s, content("另一标题"), c)).unwrap();
    history.take(EDITOR, submit).unwrap();
    assert!(matches!(
        history.take(REVIEWER, |s, c| approve(s, seen, &one(), c)),
        Err(DocumentRefusal::OtherRevision { .. })
    ));
}

#[test]
fn a_returned_draft_goes_round_again() {
    let mut history = History::drafted();
    history.take(EDITOR, submit).unwrap();
    let revision = history.revision();
    history
        .take(REVIEWER, |s, c| return_to_editor(s, revision.clone(), Line::new("请补充联系电话").unwrap(), c))
        .unwrap();
    assert_eq!(history.take(REVIEWER, |s, c| approve(s, revision, &one(), c)), Err(DocumentRefusal::NotSubmitted));
    history.review();
    assert_eq!(history.publish(), Ok(()));
}

#[test]
fn a_saved_draft_changes_nothing_public() {
    let mut history = History::published();
    let before = history.state.live.clone();
    history.take(EDITOR, |s, c| revise(s, content("新标题"), c)).unwrap();
    assert_eq!(history.state.live, before);
}

#[test]
fn a_correction_is_reviewed_and_tells_what_changed() {
    let mut history = History::published();
    let note = || Line::new("更正停水时间").unwrap();
    assert_eq!(
        history.take("publisher", |s, c| correct(s, note(), Vec::new(), &one(), c)),
        Err(DocumentRefusal::NoDraft)
    );
    history.take(EDITOR, |s, c| revise(s, content("新标题"), c)).unwrap();
    assert_eq!(history.take("publisher", |s, c| correct(s, note(), Vec::new(), &one(), c)), Err(missing(0, 1)));
    history.review();
    assert_eq!(history.publish(), Err(DocumentRefusal::AlreadyPublic));
    history.take("publisher", |s, c| correct(s, note(), Vec::new(), &one(), c)).unwrap();
    let live = history.state.live.unwrap();
    assert_eq!(live.content.title.as_str(), "新标题");
    assert_eq!(live.public_at, at(3));
    assert_eq!(history.state.notes.len(), 1);
}

#[test]
fn a_move_keeps_date_name_and_number_and_remembers_the_old_place() {
    let mut history = History::published();
    history.relocate("jyj.xw", None).unwrap();
    let live = history.state.live.as_ref().unwrap();
    assert_eq!(live.path.as_str(), "/xw/2026/11/23/water.html");
    assert_eq!(history.state.places.len(), 2);
    let again = history.relocate("jyj.xw", None);
    assert_eq!(again, Err(DocumentRefusal::SameColumn { column: column("jyj.xw") }));
    history.relocate("www.tzgg", None).unwrap();
    assert_eq!(history.state.places.len(), 2);
}

#[test]
fn a_move_may_give_another_slug_where_the_place_is_taken() {
    let mut history = History::published();
    history.relocate("jyj.xw", Some("flood")).unwrap();
    let live = history.state.live.as_ref().unwrap();
    assert_eq!(live.path.as_str(), "/xw/2026/11/23/flood.html");
    assert_eq!(history.state.places.len(), 2);
}

#[test]
fn what_is_not_public_is_moved_without_a_slug() {
    let mut history = History::drafted();
    assert_eq!(history.relocate("jyj.xw", Some("flood")), Err(DocumentRefusal::NotPublic));
    assert_eq!(history.relocate("jyj.xw", None), Ok(()));
}

#[test]
fn a_move_of_what_is_not_public_voids_the_approval() {
    let mut history = History::approved();
    history.relocate("jyj.xw", None).unwrap();
    assert_eq!(history.publish(), Err(missing(0, 1)));
    assert_eq!(history.state.draft.as_ref().unwrap().stage, Stage::Editing);
    history.review();
    assert_eq!(history.publish(), Ok(()));
    assert_eq!(history.state.live.unwrap().column, column("jyj.xw"));
}

#[test]
fn a_move_before_the_approval_asks_for_review_again() {
    let mut history = History::drafted();
    history.take(EDITOR, submit).unwrap();
    history.relocate("jyj.xw", None).unwrap();
    let revision = history.revision();
    assert_eq!(history.take(REVIEWER, |s, c| approve(s, revision, &one(), c)), Err(DocumentRefusal::NotSubmitted));
}

#[test]
fn a_move_keeps_what_a_reviewer_asked_for() {
    let mut history = History::drafted();
    history.take(EDITOR, submit).unwrap();
    let (revision, remark) = (history.revision(), Line::new("请补充联系电话").unwrap());
    history.take(REVIEWER, |s, c| return_to_editor(s, revision, remark.clone(), c)).unwrap();
    history.relocate("jyj.xw", None).unwrap();
    assert_eq!(history.state.draft.unwrap().stage, Stage::Returned { remark });
}

/// The other column may ask for other reviewers: its text stays public, the correction of it is reviewed there.
#[test]
fn a_move_of_a_public_text_voids_the_approval_of_its_correction() {
    let mut history = History::published();
    history.take(EDITOR, |s, c| revise(s, content("新标题"), c)).unwrap();
    history.review();
    history.relocate("jyj.xw", None).unwrap();
    let note = || Line::new("更正").unwrap();
    assert_eq!(history.take("publisher", |s, c| correct(s, note(), Vec::new(), &one(), c)), Err(missing(0, 1)));
    history.review();
    assert_eq!(history.take("publisher", |s, c| correct(s, note(), Vec::new(), &one(), c)), Ok(()));
}

#[test]
fn a_withdrawn_document_returns_to_its_place_with_its_number() {
    let mut history = History::published();
    let place = history.state.live.clone().unwrap().path;
    history.take("publisher", |s, c| withdraw(s, Prose::new("内容有误").unwrap(), c)).unwrap();
    assert_eq!(history.state.live, None);
    assert_eq!(history.take("publisher", |s, c| withdraw(s, Prose::default(), c)), Err(DocumentRefusal::NotPublic));
    history.take(EDITOR, |s, c| revise(s, content("停水通知"), c)).unwrap();
    history.review();
    history.publish_again(None);
    let live = history.state.live.clone().unwrap();
    assert_eq!(live.path, place);
    assert!(live.public_at > at(3));
    assert_eq!(history.state.index_number, Some(number()));
}

#[test]
fn a_withdrawn_document_may_return_under_another_slug() {
    let mut history = History::published();
    history.take("publisher", |s, c| withdraw(s, Prose::default(), c)).unwrap();
    history.relocate("jyj.xw", None).unwrap();
    history.take(EDITOR, |s, c| revise(s, content("停水通知"), c)).unwrap();
    history.review();
    history.publish_again(Some("flood"));
    assert_eq!(history.state.live.unwrap().path.as_str(), "/xw/2026/11/23/flood.html");
    assert_eq!(history.state.index_number, Some(number()));
}

#[test]
fn a_path_without_a_slug_is_made_from_the_id() {
    let mut history = History::approved();
    history.publish_again(None);
    let path = history.state.live.unwrap().path;
    assert_eq!(path.as_str(), format!("/tzgg/2026/11/23/{}.html", &id().as_str()[..10]));
}

#[test]
fn a_publication_claims_its_path_and_number() {
    let event = DocumentEvent::DocumentPublished {
        revision: content("a").revision(),
        column: column("www.tzgg"),
        archive: Archive::Month,
        path: "/tzgg/2026/11/23/water.html".parse().unwrap(),
        index_number: number(),
        related: Vec::new(),
    };
    let claims: Vec<String> = event.guards().into_iter().map(|g| format!("{} {}", g.scope, g.claim)).collect();
    assert_eq!(claims, ["path:www /tzgg/2026/11/23/water.html", "index:014006438/2026 00007"]);
}

#[test]
fn a_document_moves_to_fifty_places_and_no_further() {
    let mut history = History::published();
    for place in 1..50 {
        history.relocate(&format!("www.c{place}"), None).unwrap();
    }
    assert_eq!(history.state.places.len(), 50);
    assert_eq!(history.relocate("www.c50", None), Err(DocumentRefusal::MovedTooOften { places: 50 }));
}

#[test]
fn nobody_approves_a_text_of_his_that_somebody_else_brought_back() {
    let mut history = History::drafted();
    history.take("second", |s, c| revise(s, content("另一标题"), c)).unwrap();
    history.review();
    history.publish().unwrap();
    history.take("second", |s, c| revise(s, content("停水通知"), c)).unwrap();
    history.take("second", submit).unwrap();
    assert_eq!(history.approve(EDITOR, &one()), Err(DocumentRefusal::OwnEdit));
    assert_eq!(history.approve("third", &one()), Ok(()));
}

#[test]
fn a_correction_that_changes_nothing_is_none() {
    let mut history = History::published();
    history.take(EDITOR, |s, c| revise(s, content("停水公告"), c)).unwrap();
    history.take(EDITOR, |s, c| revise(s, content("停水通知"), c)).unwrap();
    history.review();
    let note = Line::new("无改动").unwrap();
    assert_eq!(
        history.take("publisher", |s, c| correct(s, note, Vec::new(), &one(), c)),
        Err(DocumentRefusal::Unchanged)
    );
}
