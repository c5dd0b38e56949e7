//! The calendar: adopted, changed, read, and asked for its days.

use anyhow::Result;
use domain::calendar::NATIONAL;
use journeys::{
    app::{Answer, TestApp},
    tokens::ADMINISTRATOR,
};
use serde_json::{Value, json};

fn national() -> Value {
    serde_json::from_str(NATIONAL).unwrap()
}

/// The first days of 2027, as a notice may announce them.
fn next_year(holidays: &Value) -> Value {
    json!({ "years": [{ "year": 2027, "notice": "国办发明电〔2026〕9号", "holidays": holidays, "make_up": [] }],
        "reason": "依国办发明电〔2026〕9号" })
}

fn new_year() -> Value {
    json!([{ "name": "元旦", "first": "2027-01-01", "last": "2027-01-03" }])
}

pub(crate) async fn begun(app: &TestApp) -> Result<Answer> {
    app.post("/calendar").subject(ADMINISTRATOR).key("first").json(&national()).send().await
}

async fn adopt(app: &TestApp, key: &str, version: u64, body: &Value) -> Result<Answer> {
    app.put("/calendar").subject(ADMINISTRATOR).key(key).if_match(version).json(body).send().await
}

#[tokio::test]
async fn an_administrator_adopts_the_national_calendar_once_and_a_resend_gets_the_first_answer() -> Result<()> {
    let app = TestApp::town().await?;
    assert_eq!(
        app.get("/calendar").subject(ADMINISTRATOR).send().await?.told(),
        (404, "calendar-not-found".to_owned())
    );
    let first = begun(&app).await?;
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(first.headers["location"], "/api/publish/calendar");
    assert_eq!((first.field("stream"), first.field("version")), (json!("calendar:city"), json!(1)));
    assert_eq!(begun(&app).await?.text(), first.text());
    let again = app.post("/calendar").subject(ADMINISTRATOR).key("again").json(&national()).send().await?;
    assert_eq!(again.told(), (409, "calendar-exists".to_owned()));

    let read = app.get("/calendar").staff("editor", "jyj").send().await?;
    assert_eq!(read.headers["etag"], "\"1\"");
    let view = read.json();
    assert_eq!((&view["calendar"], &view["adopted_by"]), (&json!(1), &json!(ADMINISTRATOR)));
    assert_eq!((&view["years"], &view["office_hours"]), (&national()["years"], &national()["office_hours"]));
    let known = app.get("/calendar").staff("editor", "jyj").header("if-none-match", "\"1\"").send().await?;
    assert_eq!(known.status, 304);
    let commit = app.get("/commits/calendar:city:1").staff("editor", "jyj").send().await?.json();
    assert_eq!((&commit["events"], &commit["thing"]), (&json!(["CalendarAdopted"]), &json!("/api/publish/calendar")));
    Ok(())
}

#[tokio::test]
async fn the_next_version_names_what_it_changed_and_leaves_the_other_years_alone() -> Result<()> {
    let app = TestApp::town().await?;
    let early = adopt(&app, "early", 1, &next_year(&new_year())).await?;
    assert_eq!(early.told(), (404, "calendar-not-found".to_owned()));
    begun(&app).await?;
    let announced = adopt(&app, "2027", 1, &next_year(&new_year())).await?;
    assert_eq!(announced.status, 200, "{}", announced.text());
    let longer = json!([{ "name": "元旦", "first": "2027-01-01", "last": "2027-01-04" }]);
    let stale = adopt(&app, "stale", 1, &next_year(&longer)).await?;
    assert_eq!(stale.told(), (412, "stale".to_owned()));
    assert!(stale.json()["detail"].as_str().unwrap().contains("采用了新版工作日历"), "{}", stale.text());
    assert_eq!(adopt(&app, "longer", 2, &next_year(&longer)).await?.status, 200);
    let unchanged = adopt(&app, "unchanged", 3, &next_year(&longer)).await?;
    assert_eq!(unchanged.told(), (409, "unchanged".to_owned()));

    let versions = app.get("/calendar/versions").staff("auditor", "jyj").send().await?.json();
    let versions = versions["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 3);
    assert_eq!(versions[0]["announced"].as_array().map(Vec::len), Some(20));
    assert_eq!((&versions[1]["announced"], &versions[1]["days"]), (&json!([2027]), &json!([])));
    let days = json!([{ "date": "2027-01-04", "was": "工作日", "is": "元旦" }]);
    assert_eq!((&versions[2]["announced"], &versions[2]["days"]), (&json!([]), &days));
    let view = app.get("/calendar").staff("editor", "jyj").send().await?.json();
    assert_eq!(view["years"].as_array().map(Vec::len), Some(21));
    Ok(())
}

#[tokio::test]
async fn only_an_administrator_of_the_whole_city_adopts_and_any_staff_reads() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    for subject in ["administrator.jyj", "registrar", "editor.jyj", "auditor.jyj"] {
        let answer = app.post("/calendar").subject(subject).key("first").json(&national()).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{subject}");
    }
    assert_eq!(app.written().await?, before);
    begun(&app).await?;
    let answer = app.put("/calendar").subject("administrator.jyj").key("next").if_match(1);
    let answer = answer.json(&next_year(&new_year())).send().await?;
    assert_eq!(answer.told(), (403, "forbidden".to_owned()));
    for path in ["/calendar", "/calendar/versions", "/calendar/days?from=2026-10-01&to=2026-10-02"] {
        assert_eq!(app.get(path).subject("nobody").send().await?.told(), (403, "staff-unknown".to_owned()), "{path}");
        assert_eq!(app.get(path).staff("publisher", "czj").send().await?.status, 200, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn what_no_notice_can_mean_is_refused_with_the_day_and_changes_nothing() -> Result<()> {
    let app = TestApp::town().await?;
    begun(&app).await?;
    let before = app.written().await?;
    let holiday = |first: &str, last: &str| json!([{ "name": "元旦", "first": first, "last": last }]);
    let mut worked = next_year(&new_year());
    worked["years"][0]["make_up"] = json!(["2027-01-04"]);
    let mut both = next_year(&new_year());
    both["years"][0]["make_up"] = json!(["2027-01-02"]);
    for (body, told) in [
        (next_year(&json!([])), "2027"),
        (next_year(&holiday("2026-12-31", "2027-01-03")), "2026-12-31"),
        (next_year(&holiday("2027-01-03", "2027-01-01")), "2027-01-03"),
        (next_year(&holiday("2027-01-01", "2027-12-31")), "365"),
        (worked, "2027-01-04"),
        (both, "2027-01-02"),
    ] {
        let answer = adopt(&app, "wrong", 1, &body).await?;
        assert_eq!(answer.told(), (422, "arrangement-unfit".to_owned()), "{body}");
        for detail in ["detail", "detail_en"] {
            assert!(answer.json()[detail].as_str().unwrap().contains(told), "{told}: {}", answer.text());
        }
    }
    let fields = [
        ("/years/0/year", json!({ "years": [{ "year": 1989, "notice": "通知", "holidays": [] }], "reason": "改" })),
        ("/years/0/holidays/0/first", next_year(&holiday("soon", "2027-01-03"))),
        ("/years/0/holidays/0/name", next_year(&json!([{ "name": "", "first": "2027-01-01", "last": "2027-01-01" }]))),
        ("/reason", json!({ "years": [], "reason": " " })),
        ("/office_hours/monday/0", office_hours(&json!(["9-12"]))),
        ("/office_hours/monday", office_hours(&json!(["13:30-17:30", "09:00-12:00"]))),
    ];
    for (pointer, body) in fields {
        let answer = adopt(&app, "wrong", 1, &body).await?;
        assert_eq!(answer.told(), (422, "invalid-field".to_owned()), "{body}: {}", answer.text());
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{}", answer.text());
    }
    assert_eq!(app.written().await?, before);
    Ok(())
}

fn office_hours(monday: &Value) -> Value {
    let mut body = json!({ "office_hours": national()["office_hours"], "reason": "调整办公时间" });
    body["office_hours"]["monday"] = monday.clone();
    body
}

#[tokio::test]
async fn the_days_tell_what_they_are_and_whether_that_is_announced() -> Result<()> {
    let app = TestApp::town().await?;
    let days = |query: &str| app.get(&format!("/calendar/days?{query}")).staff("editor", "jyj");
    let before = days("from=2026-10-01&to=2026-10-01").send().await?.json();
    assert_eq!((&before["calendar"], &before["days"][0]["provisional"]), (&json!(0), &json!(true)));
    begun(&app).await?;
    let october = days("from=2026-10-07&to=2026-10-11").send().await?.json();
    let told: Vec<(&str, &str)> = october["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| (day["kind"].as_str().unwrap(), day["name"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("holiday", "国庆节"),
            ("working-day", "工作日"),
            ("working-day", "工作日"),
            ("make-up-day", "调休上班"),
            ("weekend", "周末"),
        ]
    );
    let next = days("from=2026-12-31&to=2027-01-01").send().await?.json();
    let provisional: Vec<&Value> = next["days"].as_array().unwrap().iter().map(|day| &day["provisional"]).collect();
    assert_eq!(provisional, [&json!(false), &json!(true)]);
    let old = days("from=2026-10-01&to=2026-10-01&version=0").send().await?.json();
    assert_eq!((&old["calendar"], &old["days"][0]["kind"]), (&json!(0), &json!("working-day")));
    assert_eq!(days("from=2026-10-01&to=2026-10-01&version=2").send().await?.told().1, "calendar-not-found");
    assert_eq!(days("from=2026-01-01&to=2027-01-01").send().await?.json()["days"].as_array().map(Vec::len), Some(366));
    for wrong in [
        "from=2026-01-01&to=2027-01-02",
        "from=2026-10-02&to=2026-10-01",
        "from=1989-12-31&to=1990-01-01",
        "from=2026-02-30&to=2026-03-01",
        "from=2026-10-01",
        "from=2026-10-01&to=2026-10-01&until=x",
        "from=2026-10-01&to=2026-10-01&version=-1",
    ] {
        assert_eq!(days(wrong).send().await?.told(), (400, "malformed-parameter".to_owned()), "{wrong}");
    }
    Ok(())
}
