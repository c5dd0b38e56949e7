//! Who is told what, where, and in which words.

use anyhow::{Context, Result};
use journeys::{app::TestApp, cases::Receipt};
use outbox::Medium;
use serde_json::json;

use super::{
    carrier::{Bag, items, pairs, ring, standings},
    follower::Follower,
    town::{PHONE, WROTE, act, answer, fields, only_case, receipt, reported, token, town, version},
};

/// A town that tells people of their cases from now on.
async fn telling() -> Result<(TestApp, Bag)> {
    let app = town().await?;
    let bag = Bag::default();
    bag.react(&app).tick().await?;
    Ok((app, bag))
}

#[tokio::test]
async fn a_reader_is_told_that_his_report_came_in_and_of_the_answer_where_he_left_a_way() -> Result<()> {
    let (app, bag) = telling().await?;
    let Receipt { number, .. } = reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let stream = format!("correction:{id}");
    let react = bag.react(&app);
    assert_eq!(ring(&react, &[&stream]).await?, json!({"batchItemFailures": []}));
    let received = bag.carried().pop().context("a message")?;
    assert_eq!((received.rule, received.medium), ("received", Medium::Text), "he left a telephone and no mailbox");
    assert_eq!(received.to, [format!("+86{PHONE}")]);
    assert!(received.line.contains(&number) && received.line.contains("http://jyj.localhost:8080/form/letter/status"));
    assert!(received.line.starts_with("【澄湖市教育局】"), "{}", received.line);

    let answered = answer(&app, &id, version(&app, &id).await?).staff("handler", "jyj").send().await?;
    assert_eq!(answered.status, 200, "{}", answered.text());
    ring(&react, &[&stream]).await?;
    assert_eq!(bag.rules(), ["received", "answered"]);
    for carried in bag.carried() {
        let all = format!("{}{}{}", carried.subject, carried.letter, carried.line);
        assert!(
            !all.contains(WROTE) && !all.contains("11月25日") && !all.contains("王小明"),
            "no word of the case: {all}"
        );
    }
    assert_eq!(standings(&app).await?, pairs(&[("answered", "sent"), ("received", "sent")]));
    Ok(())
}

#[tokio::test]
async fn nothing_that_is_written_down_tells_where_he_is_reached_and_that_it_was_read_is_recorded() -> Result<()> {
    let (app, bag) = telling().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    ring(&bag.react(&app), &[&format!("correction:{id}")]).await?;
    assert_eq!(bag.carried().len(), 1);
    for (key, item) in items(&app).await? {
        assert!(!item.contains(PHONE) && !item.contains("王小明") && !item.contains(WROTE), "{key}: {item}");
    }
    let readings = app.letter(http::Method::GET, &format!("/corrections/{id}/readings")).staff("auditor", "jyj");
    let told = readings.send().await?.field("readings");
    assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!((&told[0]["by"], &told[0]["fields"]), (&json!("system:react"), &json!(["identity"])));
    Ok(())
}

#[tokio::test]
async fn who_left_a_mailbox_gets_a_letter_and_who_left_nothing_no_message_and_no_noise() -> Result<()> {
    let (app, bag) = telling().await?;
    let token_ = token(&app).await?;
    let mut with_mail = fields(&token_, WROTE);
    with_mail.push(("email", "wang@example.cn"));
    let sent = app.form(http::Method::POST, "jyj", "/form/letter/correction").fields(&with_mail).send().await?;
    receipt(&sent)?;
    let id = only_case(&app, "jyj").await?;
    let react = bag.react(&app);
    ring(&react, &[&format!("correction:{id}")]).await?;
    let letter = bag.carried().pop().context("a letter")?;
    assert_eq!((letter.medium, letter.to.as_slice()), (Medium::Email, ["wang@example.cn".to_owned()].as_slice()));
    assert!(letter.letter.starts_with("您好：") && letter.letter.contains("澄湖市教育局"), "{}", letter.letter);

    let token_ = token(&app).await?;
    let anonymous: Vec<_> =
        fields(&token_, WROTE).into_iter().filter(|(name, _)| !["name", "phone"].contains(name)).collect();
    receipt(&app.form(http::Method::POST, "jyj", "/form/letter/correction").fields(&anonymous).send().await?)?;
    let token_ = token(&app).await?;
    let named: Vec<_> = fields(&token_, WROTE).into_iter().filter(|(name, _)| *name != "phone").collect();
    receipt(&app.form(http::Method::POST, "jyj", "/form/letter/correction").fields(&named).send().await?)?;
    let report = react.tick().await?;
    assert_eq!((report.behind, report.found), (2, 1), "who said nothing asks for nothing");
    assert_eq!(report.messages.no_address, 1);
    assert_eq!(bag.carried().len(), 1);
    assert_eq!(standings(&app).await?, pairs(&[("received", "no-address"), ("received", "sent")]));
    Ok(())
}

#[tokio::test]
async fn staff_are_told_of_last_days_of_lateness_and_of_what_is_handed_over() -> Result<()> {
    let (app, bag) = telling().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let react = bag.react(&app);
    react.tick().await?;
    let told = || bag.carried().pop().map(|carried| (carried.rule, carried.to, carried.subject, carried.letter));

    app.clock.set("2026-11-26T00:30:00Z".parse()?);
    Follower::of(&app).await?;
    letter::keep_time(&app.letters).await?;
    react.tick().await?;
    let (rule, to, subject, text) = told().context("a reminder")?;
    assert_eq!((rule, to), ("reminder", vec!["supervisor.jyj@staff.example".to_owned()]), "nobody took it yet");
    assert!(
        text.contains("最后一天是 2026年11月26日") && text.contains(&format!("/api/desk/corrections/{id}")),
        "{text}"
    );
    assert!(subject.starts_with("到期提醒：ZC-"), "{subject}");

    app.clock.set("2026-11-27T01:00:00Z".parse()?);
    Follower::of(&app).await?;
    letter::keep_time(&app.letters).await?;
    react.tick().await?;
    let (rule, to, _, _) = told().context("lateness")?;
    assert_eq!((rule, to), ("overdue", vec!["supervisor.jyj@staff.example".to_owned()]));

    let at = version(&app, &id).await?;
    let over = json!({ "department": "czj", "reason": "属于财政局职责" });
    let assigned = act(&app, &id, "assign", at, &over).staff("handler", "jyj").send().await?;
    assert_eq!(assigned.status, 200, "{}", assigned.text());
    react.tick().await?;
    let (rule, mut to, _, _) = told().context("a hand-over")?;
    to.sort_unstable();
    let both = ["handler.czj@staff.example".to_owned(), "supervisor.czj@staff.example".to_owned()];
    assert_eq!((rule, to.as_slice()), ("handed-over", both.as_slice()));
    Ok(())
}

#[tokio::test]
async fn a_handler_is_reminded_himself_and_of_an_erased_case_nobody_is_reached() -> Result<()> {
    let (app, bag) = telling().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let taken = act(&app, &id, "take", 1, &json!({})).staff("handler", "jyj").send().await?;
    assert_eq!(taken.status, 200, "{}", taken.text());
    let react = bag.react(&app);
    react.tick().await?;
    app.clock.set("2026-11-26T00:30:00Z".parse()?);
    Follower::of(&app).await?;
    letter::keep_time(&app.letters).await?;
    react.tick().await?;
    let reminded = bag.carried().pop().context("a reminder")?;
    assert_eq!(
        (reminded.rule, reminded.to.as_slice()),
        ("reminder", ["handler.jyj@staff.example".to_owned()].as_slice())
    );

    // Answered and erased before anybody rang for the answer.
    let answered = answer(&app, &id, version(&app, &id).await?).staff("handler", "jyj").send().await?;
    assert_eq!(answered.status, 200, "{}", answered.text());
    let at = version(&app, &id).await?;
    let erased =
        act(&app, &id, "erase", at, &json!({ "reason": "本人申请" })).staff("supervisor", "jyj").send().await?;
    assert_eq!(erased.status, 200, "{}", erased.text());
    react.tick().await?;
    assert_eq!(bag.rules(), ["received", "reminder"]);
    let answered = standings(&app).await?.into_iter().find(|(rule, _)| rule == "answered");
    assert_eq!(answered, pairs(&[("answered", "no-address")]).pop());
    Ok(())
}

#[tokio::test]
async fn what_happened_before_its_rule_began_is_told_to_nobody() -> Result<()> {
    let app = town().await?;
    reported(&app).await?;
    app.clock.set("2026-11-23T02:00:00Z".parse()?);
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    let id = only_case(&app, "jyj").await?;
    ring(&react, &[&format!("correction:{id}")]).await?;
    assert_eq!((bag.tried(), standings(&app).await?), (0, Vec::new()));
    let answered = answer(&app, &id, 1).staff("handler", "jyj").send().await?;
    assert_eq!(answered.status, 200, "{}", answered.text());
    ring(&react, &[&format!("correction:{id}")]).await?;
    assert_eq!(bag.rules(), ["answered"], "what happens since is told");
    Ok(())
}
