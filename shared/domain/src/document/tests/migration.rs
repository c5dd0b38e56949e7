//! Given a record of an older system, when it is brought in, then it stands under its original date.

use super::*;

fn origin(key: &str) -> Origin {
    Origin {
        system: "old-portal".parse().unwrap(),
        name: Line::new("旧门户网站").unwrap(),
        key: Line::new(key).unwrap(),
        evidence: EvidenceHash::of(key.as_bytes()),
        date: OriginalDate::Published { day: "2019-01-30".parse().unwrap() },
        url: None,
        issuer: None,
        subject: None,
        validity: None,
        history: Vec::new(),
    }
}

pub(super) fn command(key: &str) -> Migrate {
    Migrate {
        column: column("www.zcwj"),
        archive: Archive::Month,
        department: "zfb".parse().unwrap(),
        slug: None,
        written: content("关于供水的通知").into(),
        index_number: Some(IndexScheme::National.given("014006438/2019-00004")),
        origin: origin(key),
        amends: None,
    }
}

fn brought_in(command: Migrate) -> History {
    let mut history = History::default();
    history.take("migrator", |state, context| migrate(state, command, context)).unwrap();
    history
}

#[test]
fn a_migrated_document_is_public_under_its_original_date_and_number() {
    let history = brought_in(command("7"));
    let live = history.state.live.as_ref().unwrap();
    let id = DocumentId::migrated(&"old-portal".parse().unwrap(), "7");
    assert_eq!(history.state.id, Some(id.clone()));
    assert_eq!(live.public_at, "2019-01-29T16:00:00Z".parse().unwrap());
    assert_eq!(live.changed_at, live.public_at);
    assert!(live.path.as_str().starts_with("/zcwj/2019/01/30/"), "{}", live.path);
    assert_eq!(history.state.index_number.as_ref().unwrap().text, "014006438/2019-00004");
    assert_eq!(history.state.arrival.as_ref().unwrap().at, at(0));
    assert!(history.state.draft.is_none());
}

#[test]
fn its_path_and_its_index_number_are_claimed() {
    let events = migrate(&Document::default(), command("7"), &by("migrator", 0)).unwrap();
    let scopes: Vec<String> = events[0].guards().into_iter().map(|guard| guard.scope).collect();
    assert_eq!(scopes, ["path:www", "index:014006438/2019"]);
    let without = Migrate { index_number: None, ..command("7") };
    let events = migrate(&Document::default(), without, &by("migrator", 0)).unwrap();
    assert_eq!(events[0].guards().len(), 1);
}

#[test]
fn the_same_record_changes_nothing_and_another_content_under_its_key_is_refused() {
    let history = brought_in(command("7"));
    let again = |command| migrate(&history.state, command, &by("colleague", 9));
    assert_eq!(again(command("7")), Err(DocumentRefusal::Unchanged));
    let differs = [
        Migrate { written: content("关于停水的通知").into(), ..command("7") },
        Migrate { column: column("www.tzgg"), ..command("7") },
        Migrate { index_number: None, ..command("7") },
        Migrate { origin: Origin { evidence: EvidenceHash::of(b"changed"), ..origin("7") }, ..command("7") },
    ];
    for other in differs {
        assert_eq!(again(other), Err(DocumentRefusal::MigratedOtherwise));
    }
}

#[test]
fn a_document_drafted_here_is_not_overwritten_by_a_record() {
    let history = History::drafted();
    assert_eq!(migrate(&history.state, command("7"), &by("migrator", 9)), Err(DocumentRefusal::MigratedOtherwise));
}

#[test]
fn an_unknown_date_stays_unknown() {
    let unknown = Migrate { origin: Origin { date: OriginalDate::Unknown, ..origin("7") }, ..command("7") };
    let history = brought_in(unknown);
    let live = history.state.live.as_ref().unwrap();
    assert!(live.path.as_str().starts_with("/zcwj/0000/00/00/"), "{}", live.path);
    assert_eq!((live.dated, live.public_at), (Some(OriginalDate::Unknown), at(0)));
}

#[test]
fn a_date_that_cannot_be_is_refused() {
    for day in ["2026-11-24", "0999-12-31"] {
        let date = OriginalDate::Version { day: day.parse().unwrap() };
        let refused = migrate(
            &Document::default(),
            Migrate { origin: Origin { date, ..origin("7") }, ..command("7") },
            &by("migrator", 0),
        );
        assert!(matches!(refused, Err(DocumentRefusal::DateImplausible { .. })), "{day}");
    }
}

fn amended(document: DocumentId) -> Amended {
    Amended {
        document,
        site: "www".parse().unwrap(),
        path: "/zcwj/2010/01/01/a.html".parse().unwrap(),
        title: Line::new("关于供水的通知").unwrap(),
        date: OriginalDate::Unknown,
    }
}

#[test]
fn a_version_amends_another_and_never_itself() {
    let own = DocumentId::migrated(&"old-portal".parse().unwrap(), "7");
    let with = |document| Migrate { amends: Some(amended(document)), ..command("7") };
    let refused = migrate(&Document::default(), with(own), &by("migrator", 0));
    assert_eq!(refused, Err(DocumentRefusal::RelatedToItself));
    let history = brought_in(with(id()));
    let moved = Amended { path: "/xw/2010/01/01/a.html".parse().unwrap(), ..amended(id()) };
    let again = migrate(&history.state, Migrate { amends: Some(moved), ..command("7") }, &by("migrator", 9));
    assert_eq!(again, Err(DocumentRefusal::Unchanged), "where the earlier version went is no change of the record");
}

#[test]
fn a_migrated_document_is_corrected_by_the_usual_road_and_keeps_its_date() {
    let mut history = brought_in(command("7"));
    let written = content("关于供水的通知（更正）");
    let revision = written.revision();
    history.take(EDITOR, |s, c| revise(s, written, c)).unwrap();
    history.take(EDITOR, submit).unwrap();
    history.take(REVIEWER, |s, c| approve(s, revision, &one(), c)).unwrap();
    history.take("publisher", |s, c| correct(s, Line::new("更正标题").unwrap(), Vec::new(), &one(), c)).unwrap();
    let live = history.state.live.as_ref().unwrap();
    assert_eq!(live.dated, Some(origin("7").date));
    assert_eq!((live.changed_at, live.content.title.as_str()), (at(4), "关于供水的通知（更正）"));
    let again = migrate(&history.state, command("7"), &by("migrator", 9));
    assert_eq!(again, Err(DocumentRefusal::Unchanged), "a correction made here is not undone by the old record");
}

#[test]
fn a_migrated_document_that_is_published_again_goes_by_that_instant() {
    let mut history = brought_in(Migrate { index_number: None, ..command("7") });
    let first = history.state.live.clone().unwrap().path;
    history.take("publisher", |s, c| withdraw(s, Prose::default(), c)).unwrap();
    let written = content("关于供水的通知");
    let revision = written.revision();
    history.take(EDITOR, |s, c| revise(s, written, c)).unwrap();
    history.take(EDITOR, submit).unwrap();
    history.take(REVIEWER, |s, c| approve(s, revision, &one(), c)).unwrap();
    let command = Publish { slug: None, archive: Archive::Month, index_number: number(), related: Vec::new() };
    history.take("publisher", |s, c| publish(s, command, &one(), c)).unwrap();
    let live = history.state.live.as_ref().unwrap();
    assert_eq!((live.dated, live.public_at, &live.path), (None, at(5), &first));
    assert_eq!(history.state.index_number, Some(number()));
}
