//! A term, counted day by day and told in a sentence.

use anyhow::Result;
use journeys::{
    app::{Call, TestApp},
    tokens::ADMINISTRATOR,
};
use serde_json::{Value, json};

use super::calendar::begun;

fn explain<'a>(app: &'a TestApp, query: &str) -> Call<'a> {
    app.get(&format!("/deadlines/explain?{query}")).staff("editor", "jyj")
}

#[tokio::test]
async fn five_working_days_over_the_national_day_are_told_day_by_day_and_in_a_sentence() -> Result<()> {
    let app = TestApp::town().await?;
    begun(&app).await?;
    let asked = "from=2026-09-28T10:00:00%2B08:00&count=5&unit=working-day&title=%E7%AD%94%E5%A4%8D%E6%9C%9F%E9%99%90";
    let told = explain(&app, asked).send().await?;
    assert_eq!(told.status, 200, "{}", told.text());
    let told = told.json();
    assert_eq!((&told["due"], &told["last_day"]), (&json!("2026-10-10T16:00:00Z"), &json!("2026-10-10")));
    assert_eq!((&told["calendar"], &told["provisional"]), (&json!(1), &json!([])));
    assert_eq!(
        told["sentence"],
        "答复期限5个工作日（未指明依据）：自2026年9月28日次日起算，10月1日至7日国庆节放假不计，10月10日调休上班计入，第5个工作日为2026年10月10日，当日24时届满（依工作日历第1版）。"
    );
    let days = told["days"].as_array().unwrap();
    assert_eq!(days.len(), 13);
    assert_eq!(
        days[0],
        json!({ "date": "2026-09-28", "kind": "working-day", "name": "工作日", "provisional": false, "counts": "start" })
    );
    assert_eq!(
        days[3],
        json!({ "date": "2026-10-01", "kind": "holiday", "name": "国庆节", "provisional": false, "counts": "off" })
    );
    assert_eq!(
        days[12],
        json!({ "date": "2026-10-10", "kind": "make-up-day", "name": "调休上班", "provisional": false, "counts": "counted", "number": 5 })
    );
    Ok(())
}

#[tokio::test]
async fn stops_extensions_receipts_and_hours_are_counted() -> Result<()> {
    let app = TestApp::town().await?;
    begun(&app).await?;
    let due = async |query: &str| -> Result<Value> {
        let told = explain(&app, query).send().await?;
        assert_eq!(told.status, 200, "{query}: {}", told.text());
        Ok(told.json()["due"].clone())
    };
    let plain = "from=2026-11-02T02:00:00Z&count=5&unit=working-day";
    assert_eq!(due(plain).await?, "2026-11-09T16:00:00Z");
    assert_eq!(due(&format!("{plain}&stops=2026-11-04T01:00:00Z/2026-11-06T01:00:00Z")).await?, "2026-11-11T16:00:00Z");
    assert_eq!(due(&format!("{plain}&stops=2026-11-04T01:00:00Z/..")).await?, Value::Null);
    assert_eq!(due(&format!("{plain}&extended=7")).await?, "2026-11-18T16:00:00Z");
    assert_eq!(due(&format!("{plain}&ends=close-of-business")).await?, "2026-11-09T09:30:00Z");
    assert_eq!(due("from=2026-10-03T02:00:00Z&count=1&unit=working-day&starts=receipt").await?, "2026-10-09T16:00:00Z");
    assert_eq!(due("from=2026-09-28T02:00:00Z&count=3&unit=calendar-day").await?, "2026-10-08T16:00:00Z");
    assert_eq!(due("from=2026-09-30T09:00:00Z&count=2&unit=office-hour").await?, "2026-10-08T02:30:00Z");
    Ok(())
}

#[tokio::test]
async fn a_year_that_is_not_announced_is_told_and_the_version_that_announces_it_counts_otherwise() -> Result<()> {
    let app = TestApp::town().await?;
    begun(&app).await?;
    let asked = "from=2026-12-29T02:00:00Z&count=5&unit=working-day";
    let told = explain(&app, asked).send().await?.json();
    assert_eq!((&told["due"], &told["provisional"]), (&json!("2027-01-05T16:00:00Z"), &json!([2027])));
    assert!(told["sentence"].as_str().unwrap().contains("2027年放假安排尚未公布，按普通工作日暂计"), "{told}");
    let year = json!({ "year": 2027, "notice": "通知", "make_up": [],
        "holidays": [{ "name": "元旦", "first": "2027-01-01", "last": "2027-01-03" }] });
    let next = app.put("/calendar").subject(ADMINISTRATOR).key("next").if_match(1);
    assert_eq!(next.json(&json!({ "years": [year], "reason": "依通知" })).send().await?.status, 200);
    let told = explain(&app, asked).send().await?.json();
    assert_eq!((&told["due"], &told["provisional"]), (&json!("2027-01-06T16:00:00Z"), &json!([])));
    let old = explain(&app, &format!("{asked}&version=1")).send().await?.json();
    assert_eq!((&old["due"], &old["calendar"]), (&json!("2027-01-05T16:00:00Z"), &json!(1)));
    Ok(())
}

#[tokio::test]
async fn a_question_that_makes_no_sense_is_told_why() -> Result<()> {
    let app = TestApp::town().await?;
    let plain = "from=2026-11-02T02:00:00Z&count=5&unit=working-day";
    let many = vec!["2026-11-04T01:00:00Z/2026-11-04T01:00:00Z"; 21].join(",");
    for wrong in [
        "count=5&unit=working-day".to_owned(),
        "from=2026-11-02&count=5&unit=working-day".to_owned(),
        "from=2026-11-02T10:00:00+08:00&count=5&unit=working-day".to_owned(),
        "from=2026-11-02T02:00:00Z&count=0&unit=working-day".to_owned(),
        "from=2026-11-02T02:00:00Z&count=1001&unit=working-day".to_owned(),
        "from=2026-11-02T02:00:00Z&count=5&unit=moon".to_owned(),
        "from=1989-11-02T02:00:00Z&count=5&unit=working-day".to_owned(),
        format!("{plain}&extended=0"),
        format!("{plain}&stops=2026-11-04T01:00:00Z"),
        format!("{plain}&stops=2026-11-06T01:00:00Z/2026-11-04T01:00:00Z"),
        format!("{plain}&stops=2026-11-04T01:00:00Z/..,2026-11-06T01:00:00Z/.."),
        format!("{plain}&stops=2026-11-01T01:00:00Z/2026-11-04T01:00:00Z"),
        format!("{plain}&stops=2026-11-04T01:00:00Z/2099-11-04T01:00:00Z"),
        format!("{plain}&stops={many}"),
        format!("{plain}&title=%20"),
        format!("{plain}&why=x"),
    ] {
        let answer = explain(&app, &wrong).send().await?;
        assert_eq!(answer.told(), (400, "malformed-parameter".to_owned()), "{wrong}: {}", answer.text());
    }
    assert_eq!(explain(&app, &format!("{plain}&version=7")).send().await?.told().1, "calendar-not-found");
    assert_eq!(
        app.get(&format!("/deadlines/explain?{plain}")).subject("nobody").send().await?.told(),
        (403, "staff-unknown".to_owned())
    );
    Ok(())
}
