//! Annual reports on disclosure: each application is counted once where the national format counts it, in every year that it passes through.

use std::time::Duration;

use domain::{
    CaseId, CommitId, StreamId,
    aggregate::{Context, Fact},
    calendar::CalendarHistory,
    case::{self, CaseFile, CaseNumber, Channel, Kind, Occurrence, Opening, Shown, settle},
    column::Archive,
    deadline::Moment,
    mandatory::Category,
    request::{
        self, Applicant, Application, Delivery, Extent, NATIONAL, Outcome as Replied, Request, RequestLimits,
        RequestRefusal,
    },
    sealed::Sealed,
    text::Line,
};
use serde_json::Value;

use super::town::{Outcome, Town};

type Decided = Result<Vec<Occurrence<Request>>, RequestRefusal>;

const DAY: Duration = Duration::from_hours(24);

fn sealed() -> Sealed {
    Sealed::new(b"sealed".to_vec()).unwrap()
}

impl Town {
    fn application(name: &str) -> CaseId {
        CaseId::derive(&CommitId::derive(&"citizen:web".parse().unwrap(), "apply", "new", 0, name))
    }

    /// The stream of the application `name`.
    pub(crate) fn applied(name: &str) -> StreamId {
        Self::application(name).stream(Request::CATEGORY).unwrap()
    }

    async fn on_application(
        &self,
        name: &str,
        actor: &str,
        decide: impl Fn(&CaseFile<Request>, Moment<'_>) -> Decided,
    ) -> Outcome {
        let calendars = CalendarHistory::default();
        self.execute::<CaseFile<Request>, _>(&Self::applied(name), actor, |case, context: &Context| {
            let fact = Fact { commit: 0, at: context.now, actor: context.actor.clone() };
            let settled = settle(case, &calendars, &fact);
            let decided = decide(&settled.case, settled.now)?;
            Ok::<_, RequestRefusal>(settled.then(decided))
        })
        .await
    }

    /// Somebody applies for information on the portal's site.
    pub(crate) async fn apply(&self, name: &str, applicant: Applicant) -> Outcome {
        let limits: RequestLimits = serde_json::from_str(NATIONAL).unwrap();
        let shown = Shown { name: Line::new("information-request").unwrap(), version: 3 };
        let application =
            Application { applicant, delivery: Delivery::Online, asks_for_relief: false, received_on: None };
        self.on_application(name, "citizen:web", |case, now| {
            let opening = Opening {
                number: CaseNumber::derive(Request::PREFIX, &Self::application(name), now.at, 0),
                channel: Channel::Web,
                site: "www".parse().unwrap(),
                form: shown.clone(),
                notice: shown.clone(),
                kept_for: limits.kept_for,
                department: "zf".parse().unwrap(),
                code_key: 1,
                identity: None,
                content: sealed(),
                files: Vec::new(),
            };
            request::file(case, opening, application.clone(), limits.clone(), now)
        })
        .await
    }

    /// Confirms, drafts a reply of this kind and approves it; what was done before is passed over.
    pub(crate) async fn reply(&self, name: &str, outcome: Replied) -> Outcome {
        let _confirmed = self.on_application(name, "handler", request::confirm).await;
        self.on_application(name, "handler", |case, _| {
            request::draft_reply(case, outcome.clone(), sealed(), Vec::new(), &[])
        })
        .await?;
        let by = domain::StaffId::of(&"supervisor".parse().unwrap());
        self.on_application(name, "supervisor", |case, now| request::approve_reply(case, &by, now)).await
    }

    /// The applicant takes it back.
    pub(crate) async fn take_back(&self, name: &str) -> Outcome {
        self.on_application(name, "citizen:web", request::withdraw).await
    }

    /// Gives the application to another department.
    pub(crate) async fn hand_over(&self, name: &str, department: &str) -> Outcome {
        let department: domain::DepartmentCode = department.parse().unwrap();
        self.on_application(name, "handler", |case, _| {
            let reason = Line::new("属其职责").unwrap();
            case::assign(case, department.clone(), reason).map_err(RequestRefusal::from)
        })
        .await
    }

    /// The report at this address below the list of years, as JSON.
    async fn annual(&self, report: &str) -> Option<Value> {
        let objects = self.projector(1).worker().objects().clone();
        let stored = objects.get(&format!("www/gknb/{report}/index.json")).await.unwrap()?;
        Some(serde_json::from_slice(&stored.object.bytes).unwrap())
    }

    /// What came in, was carried in, handled, and is carried out, of a report.
    async fn counts(&self, report: &str) -> [u64; 4] {
        let told = self.annual(report).await.unwrap_or_else(|| panic!("no report {report}"));
        ["received", "carried_in", "handled", "carried_out"].map(|name| told["applications"][name].as_u64().unwrap())
    }

    /// The sum of a line of part three; none where no event tells it.
    async fn line(&self, report: &str, beginning: &str) -> Option<u64> {
        let told = self.annual(report).await.unwrap();
        let lines = told["applications"]["lines"].as_array().unwrap().clone();
        let line = lines.into_iter().find(|line| line["name"].as_str().unwrap().starts_with(beginning)).unwrap();
        line["numbers"][7].as_u64()
    }

    async fn stays_whole(&self) {
        assert_eq!(self.differences(1).await, []);
        let before = self.pages().await;
        assert_eq!(self.rebuild(1).await.written, 0);
        assert_eq!(self.pages().await, before);
    }
}

fn provided() -> Replied {
    Replied::Provided { extent: Extent::Whole }
}

#[tokio::test]
async fn what_is_open_when_a_year_ends_is_carried_over_and_the_next_begins_with_it() {
    let town = Town::found().await;
    for name in ["a", "b", "c"] {
        town.apply(name, Applicant::Citizen).await.unwrap();
    }
    town.apply("d", Applicant::Organisation).await.unwrap();
    town.reply("a", provided()).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.counts("2026").await, [4, 0, 1, 3]);
    assert_eq!(town.counts("2026/zf").await, [4, 0, 1, 3]);
    assert!(town.annual("2027").await.is_none(), "nothing happened in it");
    town.stays_whole().await;

    // Into the next year; `c` stays open for a year more, and nobody touches it.
    town.app.clock.pass(DAY * 60);
    town.reply("b", Replied::DoesNotExist).await.unwrap();
    town.take_back("d").await.unwrap();
    town.settle(1).await;
    assert_eq!(town.counts("2026").await, [4, 0, 1, 3], "the year before stays as it was");
    assert_eq!(town.counts("2027").await, [0, 3, 2, 1]);
    assert_eq!(town.line("2027", "1、2 合计").await, Some(1));
    assert_eq!(town.line("2027", "3. 其他").await, Some(1));
    town.app.clock.pass(DAY * 400);
    town.apply("e", Applicant::Citizen).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.counts("2028").await, [1, 1, 0, 2], "open since 2026");
    let years = String::from_utf8(town.pages().await["www/gknb/index.html"].clone()).unwrap();
    let found = ["/gknb/2028/", "/gknb/2027/", "/gknb/2026/"].map(|year| years.find(&format!("href=\"{year}\"")));
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "newest first: {found:?}");
    town.stays_whole().await;
}

#[tokio::test]
async fn an_application_that_is_handed_over_counts_for_whom_it_was_given_to() {
    let town = Town::found().await;
    town.apply("a", Applicant::Organisation).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.counts("2026/zf").await, [1, 0, 0, 1]);
    town.hand_over("a", "jyj").await.unwrap();
    town.settle(1).await;
    assert_eq!((town.counts("2026/zf").await, town.counts("2026/jyj").await), ([0; 4], [1, 0, 0, 1]));
    assert_eq!(town.counts("2026").await, [1, 0, 0, 1]);
    let city = town.annual("2026").await.unwrap();
    let lines = city["applications"]["lines"][0]["numbers"].clone();
    assert_eq!(lines, serde_json::json!([0, null, null, null, null, null, 1, 1]), "of which kind is not recorded");
    town.stays_whole().await;
}

#[tokio::test]
async fn a_report_counts_what_became_public_in_its_year_and_is_so_still() {
    let town = Town::found().await;
    town.disclose("www.zwgk.tzgg", &[Category::Welfare]).await.unwrap();
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.published("b", "www.zwgk.tzgg", Archive::Month).await;
    town.published("c", "jyj.xw", Archive::Day).await;
    town.settle(1).await;
    let told = |report: Value| {
        let categories = report["by_category"].as_array().unwrap().clone();
        let welfare = categories.into_iter().find(|one| one["category"] == "welfare").unwrap();
        (report["made_public"].as_u64().unwrap(), welfare["documents"].as_u64().unwrap())
    };
    assert_eq!(told(town.annual("2026/jyj").await.unwrap()), (3, 2));
    assert_eq!(told(town.annual("2026").await.unwrap()), (3, 2));
    town.withdraw("a").await.unwrap();
    town.app.clock.pass(DAY * 60);
    town.published("d", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    assert_eq!(told(town.annual("2026/jyj").await.unwrap()), (2, 1));
    assert_eq!(told(town.annual("2027").await.unwrap()), (1, 1));
    for year in ["2026", "2027"] {
        assert_eq!(town.annual(year).await.unwrap()["departments"][0]["name"], "教育局", "{year}");
    }
    town.change_department("jyj", "教育和体育局").await.unwrap();
    town.settle(1).await;
    assert_eq!(town.annual("2026").await.unwrap()["departments"][0]["name"], "教育和体育局");
    town.stays_whole().await;
}

#[tokio::test]
async fn what_no_event_tells_is_named_on_the_page_and_left_empty_in_the_table() {
    let town = Town::found().await;
    town.apply("a", Applicant::Citizen).await.unwrap();
    let ground = Line::new("依据条例第十五条").unwrap();
    town.reply("a", Replied::NotDisclosable { ground }).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.line("2026", "1. 属于国家秘密").await, None);
    assert_eq!(town.line("2026", "小计").await, Some(1));
    let pages = town.pages().await;
    let page = String::from_utf8(pages["www/gknb/2026/index.html"].clone()).unwrap();
    assert!(page.contains("<th scope=\"row\">行政许可</th><td>尚无事件记录</td>"));
    assert!(!page.contains("sealed") && !page.contains("条例第十五条"));
    let table = String::from_utf8(pages["www/gknb/2026/zf/report.csv"].clone()).unwrap();
    assert!(table.contains(",二,第二十条第（五）项,行政许可：本年处理决定数量,,,,,,,,,尚无事件记录,"), "{table}");
}
