//! What applicants for information are told, and by when they have to act.

use anyhow::{Context, Result};
use journeys::app::TestApp;
use react::channels::Uncarried;
use serde_json::json;

use super::{
    applications::{Case, PHONE, text, town},
    carrier::Bag,
    follower::Follower,
};

/// Lets the clock of applications come by, with its views up to date.
async fn wake(app: &TestApp) -> Result<()> {
    Follower::of(app).await?;
    disclosure::keep_time(&app.requests).await?;
    Ok(())
}

#[tokio::test]
async fn an_applicant_is_told_his_last_day_when_he_is_asked_and_when_it_begins_and_his_handler_is_not() -> Result<()> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    let case = Case::filed(&app).await?;
    // Of two messages that wait together either may go first.
    react.tick().await?;
    case.done("take", &json!({})).await?;
    case.done("confirm", &json!({})).await?;
    app.clock.set("2026-11-24T02:00:00Z".parse()?);
    case.done("ask-completion", &text("请写明是哪一年度的清单。")).await?;
    react.tick().await?;
    let asked = bag.carried().pop().context("a notice")?;
    assert_eq!((asked.rule, asked.to), ("completion-asked", format!("+86{PHONE}")));
    assert!(asked.line.contains("补充的最后一天是 2026年12月15日"), "{}", asked.line);

    // The morning of his last day.
    app.clock.set("2026-12-15T01:00:00Z".parse()?);
    wake(&app).await?;
    react.tick().await?;
    let reminded = bag.carried().pop().context("a reminder")?;
    assert_eq!((reminded.rule, reminded.to), ("reminder", format!("+86{PHONE}")));
    assert!(reminded.line.contains("的补正期限即将届满，最后一天是 2026年12月15日"), "{}", reminded.line);
    assert_eq!(bag.rules(), ["received", "completion-asked", "reminder"], "nobody else is told");
    Ok(())
}

#[tokio::test]
async fn a_right_of_the_department_that_lapses_is_told_to_nobody() -> Result<()> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    let case = Case::filed(&app).await?;
    case.done("take", &json!({})).await?;
    case.done("confirm", &json!({})).await?;
    react.tick().await?;
    // The last day on which a completion may be asked for, and the day after.
    for now in ["2026-12-02T01:00:00Z", "2026-12-03T01:00:00Z"] {
        app.clock.set(now.parse()?);
        wake(&app).await?;
        react.tick().await?;
    }
    assert_eq!(bag.rules(), ["received"]);
    // The last day of the reply.
    app.clock.set("2026-12-21T01:00:00Z".parse()?);
    wake(&app).await?;
    react.tick().await?;
    let reminded = bag.carried().pop().context("a reminder")?;
    assert_eq!((reminded.rule, reminded.to), ("reminder", "supervisor.jyj@staff.example".to_owned()));
    assert!(
        reminded.letter.contains("答复期限即将届满，最后一天是 2026年12月21日，请按期办理。"),
        "{}",
        reminded.letter
    );
    Ok(())
}

#[tokio::test]
async fn nobody_is_asked_again_for_what_he_brought_while_the_message_waited() -> Result<()> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    let case = Case::confirmed(&app).await?;
    react.tick().await?;
    bag.refuse(Some(Uncarried::Failed("Throttling".to_owned())));
    case.done("ask-completion", &text("请写明是哪一年度的清单。")).await?;
    react.tick().await?;
    let completed = case.acts("complete", "是2025年度的清单。").await?;
    assert_eq!(completed.status, 200, "{}", completed.text());
    bag.refuse(None);
    app.clock.set("2026-11-23T01:05:00Z".parse()?);
    assert_eq!(react.tick().await?.messages.overtaken, 1);
    assert_eq!(bag.rules(), ["received"]);
    Ok(())
}
