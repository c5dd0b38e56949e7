//! Public answers to error reports: on the site whose page was reported, for as long as they stand.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use domain::{
    CaseId, CommitId, StreamId,
    aggregate::{Context, Fact},
    calendar::CalendarHistory,
    case::{CaseFile, CaseNumber, Channel, Kind, Occurrence, Opening, Shown, settle},
    column::Archive,
    correction::{self, Correction, CorrectionRefusal, Fault, Finding, Reply, Report, ReportedPage},
    deadline::Moment,
    sealed::Sealed,
    text::{Line, Prose},
};
use views::{Cause, Copies, Outcome as Looked, PageKey, Status};

use super::town::{Outcome, Town};

pub(crate) type Decided = Result<Vec<Occurrence<Correction>>, CorrectionRefusal>;

impl Town {
    /// The case that `name` stands for in this town.
    pub(crate) fn case(name: &str) -> CaseId {
        CaseId::derive(&CommitId::derive(&"citizen:web".parse().unwrap(), "report", "new", 0, name))
    }

    /// The stream of the error report `name`.
    pub(crate) fn reported(name: &str) -> StreamId {
        Self::case(name).stream(Correction::CATEGORY).unwrap()
    }

    pub(crate) async fn on_report(
        &self,
        name: &str,
        decide: impl Fn(&CaseFile<Correction>, Moment<'_>) -> Decided,
    ) -> Outcome {
        let calendars = CalendarHistory::default();
        self.execute::<CaseFile<Correction>, _>(&Self::reported(name), "handler", |case, context: &Context| {
            let fact = Fact { commit: 0, at: context.now, actor: context.actor.clone() };
            let settled = settle(case, &calendars, &fact);
            let decided = decide(&settled.case, settled.now)?;
            Ok::<_, CorrectionRefusal>(settled.then(decided))
        })
        .await
    }

    /// A reader reports an error from `www`, on a page of `site` if on one of ours.
    pub(crate) async fn report(&self, name: &str, site: Option<&str>) -> Outcome {
        let page = site.map(|site| ReportedPage { site: site.parse().unwrap(), path: "/tzgg/".parse().unwrap() });
        let limits: correction::CorrectionLimits = serde_json::from_str(correction::NATIONAL).unwrap();
        let shown = Shown { name: Line::new("correction").unwrap(), version: 1 };
        self.on_report(name, |case, now| {
            let opening = Opening {
                number: CaseNumber::derive(Correction::PREFIX, &Self::case(name), now.at, 0),
                channel: Channel::Web,
                site: "www".parse().unwrap(),
                form: shown.clone(),
                notice: shown.clone(),
                kept_for: limits.kept_for,
                department: "zf".parse().unwrap(),
                code_key: 1,
                identity: None,
                content: Sealed::new(b"sealed".to_vec()).unwrap(),
                files: Vec::new(),
            };
            let report = Report { page: page.clone(), fault: Fault::Content };
            correction::report(case, opening, report, limits.answer.clone(), now)
        })
        .await
    }

    /// Answers the report in public.
    pub(crate) async fn answer(&self, name: &str, subject: &str) -> Outcome {
        let reply = Reply {
            finding: Finding::Corrected,
            subject: Line::new(subject).unwrap(),
            text: Prose::new("日期已更正。\n感谢您的指正。").unwrap(),
        };
        self.on_report(name, |case, now| correction::answer(case, reply.clone(), now)).await
    }

    /// Takes the answer from the public.
    pub(crate) async fn withdraw_answer(&self, name: &str) -> Outcome {
        self.on_report(name, |case, now| {
            let limits: correction::CorrectionLimits = serde_json::from_str(correction::NATIONAL).unwrap();
            correction::withdraw_answer(case, Line::new("含有电话号码").unwrap(), limits.answer, now)
        })
        .await
    }

    async fn answered(&self, name: &str, site: Option<&str>) {
        self.report(name, site).await.unwrap();
        self.answer(name, name).await.unwrap();
    }
}

/// Keys of pages whose bytes hold `words`.
async fn showing(town: &Town, words: &str) -> BTreeSet<String> {
    let pages = town.pages().await.into_iter();
    pages.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(words)).map(|(key, _)| key).collect()
}

/// Where an answer that `site` gave in a month is shown.
fn of(site: &str, month: &str) -> BTreeSet<String> {
    let names = ["index.html", "index.json", "feed.xml", &format!("{month}.html"), &format!("{month}.json")];
    names.iter().map(|name| format!("{site}/zhaocuo/{name}")).collect()
}

#[tokio::test]
async fn an_answer_stands_on_the_site_whose_page_was_reported_and_no_word_of_the_report_does() {
    let town = Town::found().await;
    town.report("date", Some("jyj")).await.unwrap();
    town.settle(1).await;
    let before = town.pages().await;
    let none = String::from_utf8_lossy(&before["jyj/zhaocuo/index.html"]).into_owned();
    assert!(none.contains("暂无公布的答复"), "{none}");
    town.answer("date", "停水通知的日期").await.unwrap();
    town.settle(1).await;
    assert_eq!(showing(&town, "停水通知的日期").await, of("jyj", "2026-11"));
    assert_eq!(showing(&town, "http://jyj.localhost:8080/tzgg/</dd>").await.len(), 2, "the page, told and not linked");
    let changed: BTreeSet<String> = town
        .pages()
        .await
        .into_iter()
        .filter(|(key, bytes)| before.get(key) != Some(bytes))
        .map(|(key, _)| key)
        .collect();
    let (statistics, told): (BTreeSet<String>, BTreeSet<String>) =
        changed.into_iter().partition(|key| key.contains("/tongji/"));
    assert_eq!(told, of("jyj", "2026-11"), "nothing else was written");
    assert!(statistics.iter().all(|key| key.starts_with("www/")) && statistics.len() == 5, "{statistics:?}");
    town.answered("elsewhere", None).await;
    town.settle(1).await;
    assert_eq!(showing(&town, ">elsewhere<").await.len(), 3, "HTML and feed of the site it was sent from");
    assert_eq!(showing(&town, "elsewhere").await, of("www", "2026-11"));
    assert_eq!(showing(&town, "sealed").await, BTreeSet::new());
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_withdrawn_answer_is_nowhere_its_copies_are_purged_and_its_month_says_so() {
    let town = Town::found().await;
    let projector = town.projector(1);
    town.answered("date", Some("www")).await;
    town.settle(1).await;
    town.withdraw_answer("date").await.unwrap();
    let stream = Town::reported("date");
    let report = projector.worker().batch(&BTreeSet::from([stream])).await.unwrap();
    assert!(report.failed.is_empty() && report.parked.is_empty());
    let number =
        CaseNumber::derive(Correction::PREFIX, &Town::case("date"), "2026-11-23T01:00:00Z".parse().unwrap(), 0);
    assert_eq!(showing(&town, number.as_str()).await, BTreeSet::new());
    let month = projector.worker().objects().get("www/zhaocuo/2026-11.html").await.unwrap().unwrap().object;
    assert_eq!(month.status, Status::Ok);
    assert!(String::from_utf8(month.bytes).unwrap().contains("本月没有公布的答复"));
    let purges = projector.worker().views().purges(1000).await.unwrap();
    let gone = purges.into_iter().filter(|row| row.cause == Cause::Withdrawn).filter_map(|row| match row.copies {
        Copies::Page { site, path } => Some(format!("{site}{path}")),
        Copies::All => None,
    });
    let gone: BTreeSet<String> = gone.collect();
    for key in of("www", "2026-11") {
        assert!(gone.contains(key.trim_end_matches("index.html")), "{key} in {gone:?}");
    }
    // Another answer is one of its own day; the month of the first keeps its page.
    town.app.clock.pass(Duration::from_hours(24 * 9));
    town.answer("date", "停水日期").await.unwrap();
    town.settle(1).await;
    assert_eq!(showing(&town, "停水日期").await, of("www", "2026-12"));
    let head = town.pages().await["www/zhaocuo/index.html"].clone();
    let head = String::from_utf8_lossy(&head).into_owned();
    let months = ["/zhaocuo/2026-12.html", "/zhaocuo/2026-11.html"].map(|month| head.rfind(month));
    assert!(months.iter().all(Option::is_some) && months.is_sorted(), "newest first: {months:?}");
    assert_eq!(town.differences(1).await, []);
    let before = town.pages().await;
    assert_eq!(town.rebuild(1).await.written, 0);
    assert_eq!(town.pages().await, before);
}

#[tokio::test]
async fn the_newest_page_shows_so_many_live_answers_and_reaches_below_those_that_are_gone() {
    let town = Town::found().await;
    for at in 0..24 {
        town.answered(&format!("r{at:02}"), Some("www")).await;
    }
    for at in 20..23 {
        town.withdraw_answer(&format!("r{at:02}")).await.unwrap();
    }
    town.settle(1).await;
    let head = town.pages().await["www/zhaocuo/index.html"].clone();
    let head = String::from_utf8_lossy(&head).into_owned();
    let shown: Vec<String> =
        (0..24).rev().map(|at| format!("r{at:02}")).filter(|name| head.contains(&format!("<h2>{name}<"))).collect();
    let expected: Vec<String> = [23].into_iter().chain((1..20).rev()).map(|at| format!("r{at:02}")).collect();
    assert_eq!(shown, expected);
    assert_eq!(town.differences(1).await, []);
}

/// Objects that a report, its answer, the withdrawal and another answer write.
async fn written_per_act(town: &Town) -> [usize; 4] {
    let projector = town.projector(1);
    let stream = BTreeSet::from([Town::reported("probe")]);
    let after = async |outcome: Outcome| {
        outcome.unwrap();
        let report = projector.worker().batch(&stream).await.unwrap();
        let written: BTreeMap<&PageKey, _> =
            report.pages.iter().filter(|(_, outcome)| **outcome == Looked::Written).collect();
        assert!(written.keys().all(|page| page.site == "www" && page.path.starts_with("/zhaocuo/")), "{written:?}");
        written.len()
    };
    let reported = after(town.report("probe", Some("www")).await).await;
    let answered = after(town.answer("probe", "停水日期").await).await;
    let withdrawn = after(town.withdraw_answer("probe").await).await;
    let again = after(town.answer("probe", "停水的日期").await).await;
    [reported, answered, withdrawn, again]
}

#[tokio::test]
async fn an_answer_writes_the_newest_its_month_the_feed_and_their_json_however_many_there_are() {
    for answers in [1, 30] {
        let town = Town::found().await;
        town.published("water", "www.zwgk.tzgg", Archive::Month).await;
        for at in 0..answers {
            town.answered(&format!("r{at}"), Some("www")).await;
        }
        town.settle(1).await;
        assert_eq!(written_per_act(&town).await, [0, 5, 5, 5], "{answers} answers");
        // Statistics follow in bulk.
        town.settle(1).await;
        assert_eq!(town.differences(1).await, []);
    }
}
