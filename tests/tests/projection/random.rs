//! Random lives of documents, and of error reports, under the worst of deliveries.
//!
//! Commands at random; doorbells shuffled, doubled, dropped, batched anyhow; two projectors at once; workers and sweeps dropped between any two of
//! their steps. After `clock` has caught up, guards, rows and pages are those of the ledger, and a rebuild changes not one byte.

use std::{
    collections::BTreeSet,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use domain::{
    StreamId,
    column::Archive,
    document::{Genre, RelationKind},
    mandatory::Category,
    request::{Applicant, Outcome as Replied},
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::town::{COLUMNS, Town};

const DOCUMENTS: usize = 4;
const REPORTS: usize = 3;

/// Documents share their lists in the catalogue, and leave one for another.
const SUBJECTS: [&str; 2] = ["科技、教育\\教育", "其他"];
const GENRES: [Genre; 2] = [Genre::Notice, Genre::Opinion];

/// Who publishes; the last joins for these lives.
const DEPARTMENTS: [&str; 3] = ["zf", "jyj", "swj"];

/// What columns disclose, and what does not concern departments.
const CATEGORIES: [Category; 2] = [Category::Regulations, Category::Welfare];

/// Documents share them: the same bytes under as many names as there are documents.
const FILES: [&str; 4] = ["form", "map", "guide", "list"];

/// A site that opens later, and columns: under a banner that was raised before, perhaps.
const FURTHER_SITE: &str = "czj";
const FURTHER_COLUMNS: [(&str, Archive); 3] =
    [("www.gk", Archive::Month), ("jyj.tzgg.gs", Archive::Day), ("czj.xw", Archive::Month)];

#[derive(Debug, Clone)]
enum Step {
    /// Draft a document in a column, of this of some departments.
    Draft(usize, usize, usize),
    Revise(usize, u8),
    /// Say what a document is to another, or to itself, which is refused.
    Relate(usize, RelationKind, usize),
    /// File it in the catalogue under these of some subjects and genres, or nowhere any more.
    File(usize, Option<usize>, Option<usize>),
    /// Put these of four files beside it.
    Attach(usize, Vec<usize>),
    Review(usize),
    Publish(usize),
    Correct(usize),
    Relocate(usize, usize),
    Withdraw(usize),
    /// List a document in a column, of another or its own, which is refused.
    Share(usize, usize),
    EndSharing(usize, usize),
    Discard(usize),
    /// A reader reports an error, on a page of this site if on one of ours.
    Report(usize, Option<&'static str>),
    Answer(usize, u8),
    WithdrawAnswer(usize),
    /// Give a report to another department, or to its own, which is refused.
    Assign(usize, &'static str),
    Erase(usize),
    /// Somebody applies for information: as a citizen, or for an organisation.
    Apply(usize, bool),
    Reply(usize),
    TakeBack(usize),
    /// Give an application to another department, or to its own, which is refused.
    HandOver(usize, &'static str),
    /// Days go by: months and years change, answers are late.
    Pass(u8),
    /// Adopt a calendar in which a day of November is off; the same again is refused.
    AdoptCalendar(u8),
    OpenSite,
    OpenColumn(usize),
    RenameColumn(usize, u8),
    ChangeSite(u8),
    /// Give this of some departments another name, or, by the number, an office that takes applications, or none.
    ChangeDepartment(usize, u8),
    /// Say which of some categories a column discloses: none, one or both.
    Disclose(usize, u8),
    /// Declare that one of them does not concern a department, or withdraw that.
    Declare(&'static str, usize, bool),
    /// Raise or lower a banner, turn pages grey or give them their colours back: of all sites, or of one.
    Dress(Option<&'static str>, Option<u8>, bool),
    /// Deliver the doorbells at these places of the heap, some twice; both projectors get them; one may die.
    Deliver {
        picks: Vec<prop::sample::Index>,
        both: bool,
        dies_after: Option<u16>,
    },
    /// Lose every doorbell of the heap.
    Lose,
    /// A sweep of some slices; it may die.
    Sweep {
        slices: usize,
        dies_after: Option<u16>,
    },
}

fn relation() -> impl Strategy<Value = RelationKind> {
    use RelationKind::{Amends, BasedOn, Interprets, Repeals};
    prop::sample::select(vec![Interprets, Amends, Repeals, BasedOn])
}

fn step() -> impl Strategy<Value = Step> {
    let doc = 0..DOCUMENTS;
    let column = 0..COLUMNS.len();
    let report = 0..REPORTS;
    let department = 0..DEPARTMENTS.len();
    prop_oneof![
        2 => (doc.clone(), column.clone(), department.clone()).prop_map(|(d, c, of)| Step::Draft(d, c, of)),
        2 => (doc.clone(), any::<u8>()).prop_map(|(d, t)| Step::Revise(d, t)),
        3 => (doc.clone(), relation(), doc.clone()).prop_map(|(d, kind, other)| Step::Relate(d, kind, other)),
        3 => (doc.clone(), prop::option::of(0..SUBJECTS.len()), prop::option::of(0..GENRES.len()))
            .prop_map(|(d, subject, genre)| Step::File(d, subject, genre)),
        2 => (doc.clone(), prop::sample::subsequence(vec![0, 1, 2, 3], 0..4)).prop_map(|(d, f)| Step::Attach(d, f)),
        4 => doc.clone().prop_map(Step::Review),
        4 => doc.clone().prop_map(Step::Publish),
        2 => doc.clone().prop_map(Step::Correct),
        2 => (doc.clone(), column.clone()).prop_map(|(d, c)| Step::Relocate(d, c)),
        3 => (doc.clone(), column.clone()).prop_map(|(d, c)| Step::Share(d, c)),
        1 => (doc.clone(), column.clone()).prop_map(|(d, c)| Step::EndSharing(d, c)),
        2 => doc.clone().prop_map(Step::Withdraw),
        2 => doc.prop_map(Step::Discard),
        3 => (report.clone(), prop::sample::select(vec![None, Some("www"), Some("jyj"), Some(FURTHER_SITE)]))
            .prop_map(|(r, site)| Step::Report(r, site)),
        3 => (report.clone(), any::<u8>()).prop_map(|(r, n)| Step::Answer(r, n)),
        2 => report.clone().prop_map(Step::WithdrawAnswer),
        1 => (report.clone(), prop::sample::select(vec!["zf", "jyj"])).prop_map(|(r, code)| Step::Assign(r, code)),
        1 => report.clone().prop_map(Step::Erase),
        2 => (report.clone(), any::<bool>()).prop_map(|(r, is_citizen)| Step::Apply(r, is_citizen)),
        1 => report.clone().prop_map(Step::Reply),
        1 => report.clone().prop_map(Step::TakeBack),
        1 => (report, prop::sample::select(vec!["zf", "jyj"])).prop_map(|(r, code)| Step::HandOver(r, code)),
        1 => (1_u8..30).prop_map(Step::Pass),
        1 => (23_u8..28).prop_map(Step::AdoptCalendar),
        1 => Just(Step::OpenSite),
        2 => (0..FURTHER_COLUMNS.len()).prop_map(Step::OpenColumn),
        1 => (column.clone(), any::<u8>()).prop_map(|(c, n)| Step::RenameColumn(c, n)),
        2 => (column, 0_u8..4).prop_map(|(c, some)| Step::Disclose(c, some)),
        1 => (prop::sample::select(DEPARTMENTS.to_vec()), 0..CATEGORIES.len(), any::<bool>())
            .prop_map(|(code, category, declares)| Step::Declare(code, category, declares)),
        1 => any::<u8>().prop_map(Step::ChangeSite),
        1 => (department, any::<u8>()).prop_map(|(of, n)| Step::ChangeDepartment(of, n)),
        2 => (prop::sample::select(vec![None, Some("www"), Some("jyj"), Some(FURTHER_SITE)]), prop::option::of(0_u8..3), any::<bool>())
            .prop_map(|(site, banner, grey)| Step::Dress(site, banner, grey)),
        6 => (prop::collection::vec(any::<prop::sample::Index>(), 1..6), any::<bool>(), prop::option::of(0_u16..400))
            .prop_map(|(picks, both, dies_after)| Step::Deliver { picks, both, dies_after }),
        1 => Just(Step::Lose),
        2 => (1_usize..4, prop::option::of(0_u16..400))
            .prop_map(|(slices, dies_after)| Step::Sweep { slices, dies_after }),
    ]
}

/// A future that is dropped after so many polls: a worker that dies there.
pub(crate) struct Dies<F> {
    pub(crate) inner: Pin<Box<F>>,
    pub(crate) left: u16,
}

impl<F: Future> Future for Dies<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

async fn run(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let town = Town::found().await;
    town.register_department(DEPARTMENTS[2], "水务局").await.unwrap();
    let (first, second) = (town.projector(1), town.projector(1));
    // The clock came by once: where days pass later, it knows from which one on.
    first.worker().repair(ledger::Clock::now(&*town.app.clock), 0).await.unwrap();
    let mut heap: Vec<StreamId> = town.streams().await.into_iter().collect();
    let name = |document: usize| format!("d{document}");
    for step in steps {
        let outcome = match step {
            Step::Draft(d, c, of) => town.draft_for(DEPARTMENTS[of], &name(d), COLUMNS[c].0, "初稿").await,
            Step::Revise(d, t) => town.revise(&name(d), &format!("第{t}稿")).await,
            Step::Relate(d, kind, other) => town.relate(&name(d), &[(kind, &name(other))]).await,
            Step::File(d, subject, genre) => {
                town.file(&name(d), "入目录", subject.map(|at| SUBJECTS[at]), genre.map(|at| GENRES[at])).await
            }
            Step::Attach(d, files) => {
                let files: Vec<&str> = files.into_iter().map(|file| FILES[file]).collect();
                town.attach(&name(d), COLUMNS[0].0, &files).await
            }
            Step::Review(d) => town.review(&name(d)).await,
            Step::Publish(d) => town.publish(&name(d), archive_of(&town, d).await).await,
            Step::Correct(d) => town.correct(&name(d)).await,
            Step::Relocate(d, c) => town.relocate(&name(d), COLUMNS[c].0, COLUMNS[c].1).await,
            Step::Withdraw(d) => town.withdraw(&name(d)).await,
            Step::Share(d, c) => town.share(&name(d), COLUMNS[c].0, COLUMNS[c].1).await,
            Step::EndSharing(d, c) => town.end_sharing(&name(d), COLUMNS[c].0).await,
            Step::Discard(d) => town.discard(&name(d)).await,
            // As the reception: whose page it is has to be there.
            Step::Report(_, Some(site)) if !town.is_open(site).await => continue,
            Step::Report(r, site) => town.report(&name(r), site).await,
            Step::Answer(r, n) => town.answer(&name(r), &format!("第{n}答")).await,
            Step::WithdrawAnswer(r) => town.withdraw_answer(&name(r)).await,
            Step::Assign(r, code) => town.assign(&name(r), code).await,
            Step::Erase(r) => town.erase(&name(r)).await,
            Step::Apply(r, is_citizen) => {
                let applicant = if is_citizen { Applicant::Citizen } else { Applicant::Organisation };
                town.apply(&name(r), applicant).await
            }
            Step::Reply(r) => town.reply(&name(r), Replied::DoesNotExist).await,
            Step::TakeBack(r) => town.take_back(&name(r)).await,
            Step::HandOver(r, code) => town.hand_over(&name(r), code).await,
            Step::Pass(days) => {
                town.app.clock.pass(Duration::from_hours(24) * u32::from(days));
                continue;
            }
            Step::AdoptCalendar(day) => {
                let day = format!("2026-11-{day:02}");
                town.adopt_calendar(&day, &day).await
            }
            Step::OpenSite => town.open_site(FURTHER_SITE).await,
            Step::OpenColumn(c) => {
                let (column, archive) = FURTHER_COLUMNS[c];
                if !town.is_open(column.split('.').next().unwrap()).await {
                    continue;
                }
                town.open_column(column, archive).await
            }
            Step::Dress(Some(site), ..) if !town.is_open(site).await => continue,
            Step::RenameColumn(c, n) => town.rename_column(COLUMNS[c].0, &format!("栏目{n}"), u16::from(n % 3)).await,
            Step::ChangeSite(n) => town.change_site("www", &format!("站点{n}")).await,
            Step::ChangeDepartment(of, n) => match n % 4 {
                1 => town.name_office(DEPARTMENTS[of], Some("政务公开科")).await,
                3 => town.name_office(DEPARTMENTS[of], None).await,
                _ => town.change_department(DEPARTMENTS[of], &format!("部门{n}")).await,
            },
            Step::Disclose(c, some) => {
                let discloses = |(at, _): &(usize, Category)| some & (1 << at) != 0;
                let categories: Vec<Category> =
                    CATEGORIES.into_iter().enumerate().filter(discloses).map(|(_, category)| category).collect();
                town.disclose(COLUMNS[c].0, &categories).await
            }
            Step::Declare(code, category, declares) => {
                town.declare(code, CATEGORIES[category], declares.then_some("与其职责无关")).await
            }
            Step::Dress(site, banner, grey) => {
                let banner = banner.map(|n| format!("横幅{n}"));
                town.dress(site, banner.as_deref(), grey.then_some("哀悼")).await
            }
            Step::Deliver { picks, both, dies_after } => {
                if !heap.is_empty() {
                    let batch: BTreeSet<StreamId> = picks.iter().map(|pick| pick.get(&heap).clone()).collect();
                    let dying =
                        Dies { inner: Box::pin(first.worker().batch(&batch)), left: dies_after.unwrap_or(u16::MAX) };
                    if both {
                        let (_, other) = tokio::join!(dying, second.worker().batch(&batch));
                        other.unwrap();
                    } else {
                        dying.await;
                    }
                }
                continue;
            }
            Step::Lose => {
                heap.clear();
                continue;
            }
            Step::Sweep { slices, dies_after } => {
                let inner = Box::pin(second.worker().sweep(slices));
                let swept = Dies { inner, left: dies_after.unwrap_or(u16::MAX) }.await;
                swept.transpose().unwrap();
                continue;
            }
        };
        // A refusal is lawful and changes nothing; an acknowledged commit rings its doorbell.
        heap.extend(outcome.ok().map(|receipt| receipt.stream));
    }
    town.settle(1).await;
    let differences = town.differences(1).await;
    prop_assert!(differences.is_empty(), "{differences:#?}");
    let before = town.pages().await;
    let report = town.rebuild(1).await;
    prop_assert_eq!(report.written, 0, "{:?}", report);
    prop_assert_eq!(town.pages().await, before);
    Ok(())
}

/// How the archive of the document's present column is cut.
async fn archive_of(town: &Town, document: usize) -> Archive {
    let stream = Town::document(&format!("d{document}")).stream();
    let (state, _, _) = town.app.ledger.read::<domain::document::Document>(&stream).await.unwrap();
    let column = state.column.map(|column| column.to_string()).unwrap_or_default();
    COLUMNS.iter().find(|(id, _)| *id == column).map(|(_, archive)| *archive).unwrap_or_default()
}

fn check(cases: u32) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = ProptestConfig { cases, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new(config);
    runner.run(&prop::collection::vec(step(), 5..40), |steps| runtime.block_on(run(steps))).unwrap();
}

#[test]
fn any_life_under_any_delivery_ends_in_the_bytes_of_a_bulk_build() {
    check(6);
}

#[test]
#[ignore = "the slow lane: many more lives"]
fn slow_any_life_under_any_delivery_ends_in_the_bytes_of_a_bulk_build() {
    check(300);
}
