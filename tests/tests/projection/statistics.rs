//! Statistics of cases: each adds what it adds once, and a month's pages follow in bulk, however many moved.

use std::{collections::BTreeSet, time::Duration};

use domain::{
    StreamId,
    calendar::{self, Adopt, Arrangement, CalendarHistory},
    case::{self, Kind, Rating, RatingTerm, Satisfaction},
    correction::CorrectionRefusal,
    text::Line,
};
use views::{PageKey, Status};

use super::town::{Outcome, Town};

const DAY: Duration = Duration::from_hours(24);

/// The pages of the month in which every town begins.
const NOVEMBER: [&str; 3] = ["www/tongji/2026-11.csv", "www/tongji/2026-11.html", "www/tongji/2026-11.json"];
const NEWEST: [&str; 2] = ["www/tongji/index.html", "www/tongji/index.json"];

impl Town {
    /// Gives the report to another department.
    pub(crate) async fn assign(&self, name: &str, department: &str) -> Outcome {
        let reason = || Line::new("属其职责").unwrap();
        let department: domain::DepartmentCode = department.parse().unwrap();
        self.on_report(name, |case, _| {
            case::assign(case, department.clone(), reason()).map_err(CorrectionRefusal::from)
        })
        .await
    }

    /// Ends what can be read of a person in the report.
    pub(crate) async fn erase(&self, name: &str) -> Outcome {
        let reason = || Line::new("本人要求").unwrap();
        self.on_report(name, |case, _| case::erase(case, reason()).map_err(CorrectionRefusal::from)).await
    }

    /// Its reader says what he thinks of the answer.
    pub(crate) async fn rate(&self, name: &str, satisfaction: Satisfaction) -> Outcome {
        let term = RatingTerm { days: 30 };
        self.on_report(name, |case, then| {
            let reply = case.own.answered().map_or(0, |answered| answered.commit);
            let rating = Rating { reply, satisfaction, reasons: Vec::new(), text: None };
            case::rate(case, rating, term, then).map_err(CorrectionRefusal::from)
        })
        .await
    }

    /// Adopts a calendar in which these days of 2026 are off.
    pub(crate) async fn adopt_calendar(&self, first: &str, last: &str) -> Outcome {
        let year = serde_json::json!({
            "year": 2026, "notice": "通知", "make_up": [], "holidays": [{ "name": "假日", "first": first, "last": last }],
        });
        let year: Arrangement = serde_json::from_value(year).unwrap();
        self.execute::<CalendarHistory, _>(&StreamId::calendar(), "registrar", |state, context| {
            let reason = Line::new("依通知").unwrap();
            calendar::adopt(state, Adopt { years: vec![year.clone()], office_hours: None, reason }, context)
        })
        .await
    }

    async fn text(&self, key: &str) -> String {
        let objects = self.projector(1).worker().objects().clone();
        let stored = objects.get(key).await.unwrap().unwrap();
        assert_eq!(stored.object.status, Status::Ok, "{key}");
        String::from_utf8(stored.object.bytes).unwrap()
    }

    async fn json(&self, key: &str) -> serde_json::Value {
        serde_json::from_str(&self.text(key).await).unwrap()
    }

    /// Reports and answers on the same day, as many as `names`.
    async fn answered_at_once(&self, names: std::ops::Range<usize>) {
        for at in names {
            self.report(&format!("r{at}"), Some("www")).await.unwrap();
            self.answer(&format!("r{at}"), "日期").await.unwrap();
        }
    }
}

async fn keys_below(town: &Town, folder: &str) -> BTreeSet<String> {
    town.pages().await.into_keys().filter(|key| key.contains(folder)).collect()
}

#[tokio::test]
async fn a_city_without_cases_has_a_page_that_says_so_on_its_portal_and_nowhere_else() {
    let town = Town::found().await;
    town.settle(1).await;
    assert_eq!(keys_below(&town, "/tongji/").await, NEWEST.map(str::to_owned).into());
    assert!(town.text(NEWEST[0]).await.contains("暂无办理记录"));
    assert!(town.text("www/map.html").await.contains("href=\"/tongji/\">办理统计"));
    assert!(!town.text("jyj/map.html").await.contains("/tongji/"));
    assert!(town.text("jyj/zhaocuo/index.html").await.contains("href=\"http://www.localhost:8080/tongji/\">办理统计"));
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_month_is_the_sum_of_what_its_cases_add_and_of_few_only_their_number_is_told() {
    let town = Town::found().await;
    town.answered_at_once(0..4).await;
    town.settle(1).await;
    let all: BTreeSet<String> = NOVEMBER.into_iter().chain(NEWEST).map(str::to_owned).collect();
    assert_eq!(keys_below(&town, "/tongji/").await, all);
    let few = town.json(NOVEMBER[2]).await["kinds"][0].clone();
    assert_eq!((few["received"].clone(), few["closed"].clone()), (4.into(), 4.into()));
    for member in ["in_time", "late", "in_time_share", "working_days", "hours", "redone", "satisfaction"] {
        assert!(few[member].is_null(), "{member}");
    }
    town.answered_at_once(4..5).await;
    town.settle(1).await;
    let month = town.json(NOVEMBER[2]).await;
    let enough = month["kinds"][0].clone();
    assert_eq!(enough["kind"], "correction");
    assert_eq!(
        (enough["received"].clone(), enough["in_time"].clone(), enough["late"].clone()),
        (5.into(), 5.into(), 0.into())
    );
    assert_eq!((enough["in_time_share"].clone(), enough["working_days"]["median"].clone()), (1.0.into(), 0.into()));
    assert_eq!(enough["departments"][0]["department"]["url"], "http://www.localhost:8080/bm/zf/");
    assert!(town.text(NOVEMBER[1]).await.contains("按时率 100%"));
    assert!(town.text(NEWEST[0]).await.contains("按时率 100%"));
    let table = town.text(NOVEMBER[0]).await;
    assert!(
        table.starts_with('\u{feff}')
            && table.contains("\r\n2026-11,correction,网民找错,zf,人民政府办公室,,全部渠道,5,5,5,0,100%,0,0,0,0,0,,,,,空格处样本少于5件，不计算,")
    );
    let objects = town.projector(1).worker().objects().clone();
    let stored = objects.get(NOVEMBER[0]).await.unwrap().unwrap().object;
    assert_eq!(stored.content_type, "text/csv; charset=utf-8");
    assert!(stored.disposition.unwrap().ends_with(".csv"));
    assert_eq!(town.differences(1).await, []);
    let before = town.pages().await;
    assert_eq!(town.rebuild(1).await.written, 0);
    assert_eq!(town.pages().await, before);
}

#[tokio::test]
async fn however_many_cases_move_their_batches_write_no_statistics_and_one_sweep_writes_each_page_once() {
    for cases in [1, 30] {
        let town = Town::found().await;
        town.settle(1).await;
        let worker = town.projector(1).worker().clone();
        for at in 0..cases {
            town.answered_at_once(at..at + 1).await;
            let report = worker.batch(&BTreeSet::from([Town::reported(&format!("r{at}"))])).await.unwrap();
            let told: Vec<&PageKey> = report.pages.keys().filter(|page| page.path.starts_with("/tongji/")).collect();
            assert_eq!(told, [] as [&PageKey; 0]);
        }
        let swept = worker.sweep(1).await.unwrap();
        assert_eq!((swept.pages, swept.failed, swept.dirty), (5, 0, 0), "{cases} cases");
        assert_eq!(town.json(NOVEMBER[2]).await["kinds"][0]["closed"], cases);
        assert_eq!(town.differences(1).await, []);
    }
}

#[tokio::test]
async fn a_late_case_is_late_in_the_month_of_its_last_day_and_closed_in_that_of_its_answer() {
    let town = Town::found().await;
    for at in 0..5 {
        town.report(&format!("r{at}"), Some("www")).await.unwrap();
    }
    town.settle(1).await;
    town.app.clock.pass(DAY * 9);
    for at in 0..5 {
        town.answer(&format!("r{at}"), "日期").await.unwrap();
    }
    town.settle(1).await;
    let november = town.json(NOVEMBER[2]).await["kinds"][0].clone();
    let numbers = ["received", "closed", "in_time", "late"].map(|member| november[member].clone());
    assert_eq!(numbers, [5, 0, 0, 5].map(serde_json::Value::from));
    assert_eq!(november["in_time_share"], 0.0);
    let december = town.json("www/tongji/2026-12.json").await["kinds"][0].clone();
    let numbers = ["received", "closed"].map(|member| december[member].clone());
    assert_eq!(numbers, [0, 5].map(serde_json::Value::from));
    // From Monday to Wednesday of the week after: no calendar is adopted, weekdays count.
    assert_eq!(december["working_days"]["median"], 7);
    let head = town.text(NEWEST[0]).await;
    let months = ["/tongji/2026-12.html", "/tongji/2026-11.html"].map(|month| head.rfind(month));
    assert!(months.iter().all(Option::is_some) && months.is_sorted(), "newest first: {months:?}");
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn an_erased_case_counts_on_and_changes_no_page_of_statistics() {
    let town = Town::found().await;
    town.answered_at_once(0..5).await;
    town.settle(1).await;
    let before = town.pages().await;
    town.erase("r3").await.unwrap();
    town.settle(1).await;
    assert_eq!(town.pages().await, before);
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_case_counts_for_the_department_that_answers_for_it_and_a_second_answer_makes_it_redone() {
    let town = Town::found().await;
    town.report("r0", Some("www")).await.unwrap();
    town.settle(1).await;
    town.assign("r0", "jyj").await.unwrap();
    town.answer("r0", "日期").await.unwrap();
    town.withdraw_answer("r0").await.unwrap();
    town.answer("r0", "日期").await.unwrap();
    town.answered_at_once(1..5).await;
    town.settle(1).await;
    let kind = town.json(NOVEMBER[2]).await["kinds"][0].clone();
    assert_eq!((kind["received"].clone(), kind["redone"].clone()), (5.into(), 1.into()));
    let of =
        |place: usize| (kind["departments"][place]["code"].clone(), kind["departments"][place]["received"].clone());
    assert_eq!([of(0), of(1)], [("jyj".into(), 1.into()), ("zf".into(), 4.into())]);
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn months_follow_a_departments_new_name_and_a_new_calendar() {
    let town = Town::found().await;
    for at in 0..5 {
        town.report(&format!("r{at}"), Some("www")).await.unwrap();
        town.assign(&format!("r{at}"), "jyj").await.unwrap();
    }
    town.app.clock.pass(DAY * 2);
    for at in 0..5 {
        town.answer(&format!("r{at}"), "日期").await.unwrap();
    }
    town.settle(1).await;
    let month = town.json(NOVEMBER[2]).await;
    assert_eq!(month["calendar"], serde_json::json!({ "version": 0, "provisional_years": [2026] }));
    assert_eq!(month["kinds"][0]["working_days"]["median"], 2);
    town.change_department("jyj", "教育体育局").await.unwrap();
    town.adopt_calendar("2026-11-24", "2026-11-24").await.unwrap();
    town.settle(1).await;
    let month = town.json(NOVEMBER[2]).await;
    assert_eq!(month["calendar"], serde_json::json!({ "version": 1, "provisional_years": [] }));
    assert_eq!(month["kinds"][0]["working_days"]["median"], 1);
    assert_eq!(month["kinds"][0]["departments"][0]["department"]["name"], "教育体育局");
    assert!(town.text(NOVEMBER[0]).await.contains("教育体育局"));
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn what_readers_say_of_answers_is_told_once_enough_of_them_said_it_and_each_way_has_its_figures() {
    let town = Town::found().await;
    town.answered_at_once(0..6).await;
    for name in ["r0", "r1", "r2", "r3"] {
        town.rate(name, Satisfaction::Satisfied).await.unwrap();
    }
    town.settle(1).await;
    assert!(town.json(NOVEMBER[2]).await["kinds"][0]["satisfaction"].is_null(), "four said something");
    town.rate("r4", Satisfaction::Basically).await.unwrap();
    town.rate("r5", Satisfaction::Dissatisfied).await.unwrap();
    town.settle(1).await;
    let kind = town.json(NOVEMBER[2]).await["kinds"][0].clone();
    let said = serde_json::json!({ "satisfied": 4, "basically": 1, "dissatisfied": 1, "share": 0.833 });
    assert_eq!(kind["satisfaction"], said);
    assert_eq!((&kind["channels"][0]["channel"], &kind["channels"][0]["satisfaction"]), (&"web".into(), &said));
    assert!(town.text(NOVEMBER[1]).await.contains("83.3%（6 件评价）"));
    assert!(town.text(NOVEMBER[0]).await.contains(",web,网站,6,6,6,0,100%,0,0,0,0,0,4,1,1,83.3%,,"));
    town.erase("r5").await.unwrap();
    town.settle(1).await;
    assert_eq!(town.json(NOVEMBER[2]).await["kinds"][0]["satisfaction"], said, "erasing takes nothing from it");
    assert_eq!(town.differences(1).await, []);
}
