//! The clock comes by, once, twice, late or never.

use anyhow::Result;
use domain::calendar::NATIONAL;
use journeys::{app::TestApp, cases::Receipt, tokens::ADMINISTRATOR};
use serde_json::{Value, json};

use super::{
    follower::Follower,
    town::{answer, only_case, queue, reported, status, town, version},
};

async fn tick(app: &TestApp) -> Result<casework::WakeReport> {
    Follower::of(app).await?;
    Ok(letter::keep_time(&app.letters).await?)
}

#[tokio::test]
async fn handlers_are_reminded_when_the_last_day_begins_and_lateness_is_told() -> Result<()> {
    let app = town().await?;
    let Receipt { number, code, .. } = reported(&app).await?;
    assert_eq!(tick(&app).await?.woken, 0, "nothing is due");
    app.clock.set("2026-11-26T00:30:00Z".parse()?);
    assert_eq!(tick(&app).await?.woken, 1);
    assert_eq!(tick(&app).await?.woken, 0, "once");
    assert_eq!(queue(&app, "jyj").await?[0]["pressure"], "soon");
    app.clock.set("2026-11-27T01:00:00Z".parse()?);
    // Nobody came by yet: the reader sees what the law says.
    assert!(status(&app, &number, &code).await?.text().contains("逾期"));
    assert_eq!(tick(&app).await?.woken, 1);
    let waiting = queue(&app, "jyj").await?;
    assert_eq!((&waiting[0]["pressure"], &waiting[0]["late_since"]), (&"late".into(), &"2026-11-26T16:00:00Z".into()));
    assert_eq!(tick(&app).await?.woken, 0);
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_late_says_so_whether_or_not_the_clock_came_by() -> Result<()> {
    let mut told = Vec::new();
    for ticks in [0, 2] {
        let app = town().await?;
        let Receipt { number, code, .. } = reported(&app).await?;
        let id = only_case(&app, "jyj").await?;
        app.clock.set("2026-11-30T01:00:00Z".parse()?);
        for _ in 0..ticks {
            tick(&app).await?;
        }
        let version = version(&app, &id).await?;
        let answered = answer(&app, &id, version).staff("handler", "jyj").send().await?;
        assert_eq!(answered.status, 200, "{}", answered.text());
        let page = status(&app, &number, &code).await?.text();
        assert!(page.contains("答复期限已届满") && page.contains("已答复"), "{page}");
        told.push(page.matches("已届满").count());
    }
    assert_eq!(told[0], told[1], "it fell due once");
    Ok(())
}

/// PROTOCOLS.md "Time": after an adoption the clock counts anew whatever an earlier calendar counted, before anything is due.
#[tokio::test]
async fn a_new_calendar_moves_every_open_deadline_though_nobody_acts() -> Result<()> {
    let app = town().await?;
    let national: Value = serde_json::from_str(NATIONAL)?;
    let begun = app.post("/calendar").subject(ADMINISTRATOR).key("first").json(&national).send().await?;
    assert_eq!(begun.status, 201, "{}", begun.text());
    app.clock.set("2026-12-29T02:00:00Z".parse()?);
    reported(&app).await?;
    // 30, 31 December, and a Friday that no notice has made a holiday yet.
    assert_eq!(queue(&app, "jyj").await?[0]["due"], "2027-01-01T16:00:00Z");
    assert_eq!(tick(&app).await?.woken, 0, "it is counted by the calendar in force");
    let year = json!({ "year": 2027, "notice": "国办发明电〔2026〕9号", "make_up": [],
        "holidays": [{ "name": "元旦", "first": "2027-01-01", "last": "2027-01-03" }] });
    let body = json!({ "years": [year], "reason": "依国办发明电〔2026〕9号" });
    let adopted = app.put("/calendar").subject(ADMINISTRATOR).key("2027").if_match(1).json(&body).send().await?;
    assert_eq!(adopted.status, 200, "{}", adopted.text());
    assert_eq!(tick(&app).await?.woken, 1);
    assert_eq!(queue(&app, "jyj").await?[0]["due"], "2027-01-04T16:00:00Z", "30, 31 December, 4 January");
    assert_eq!(tick(&app).await?.woken, 0, "once");
    Ok(())
}
