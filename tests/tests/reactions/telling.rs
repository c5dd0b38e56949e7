//! Who is told what, where, and in which words.

use anyhow::{Context, Result};
use domain::{StaffId, staff::Role};
use journeys::{app::TestApp, cases::Receipt, tokens::ADMINISTRATOR};
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
    assert_eq!(received.to, format!("+86{PHONE}"));
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
    assert_eq!((letter.medium, letter.to.as_str()), (Medium::Email, "wang@example.cn"));
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
async fn an_address_that_is_refused_is_not_the_last_word_where_another_is_known() -> Result<()> {
    let (app, bag) = telling().await?;
    bag.close(Medium::Email);
    let token_ = token(&app).await?;
    let mut both = fields(&token_, WROTE);
    both.push(("email", "nobody@example.cn"));
    receipt(&app.form(http::Method::POST, "jyj", "/form/letter/correction").fields(&both).send().await?)?;
    only_case(&app, "jyj").await?;
    let react = bag.react(&app);
    assert_eq!(react.tick().await?.messages.sent, 1);
    let text = bag.carried().pop().context("a text message")?;
    assert_eq!((text.medium, text.to), (Medium::Text, format!("+86{PHONE}")));
    assert_eq!((bag.tried(), standings(&app).await?), (2, pairs(&[("received", "sent")])));
    Ok(())
}

#[tokio::test]
async fn one_bad_mailbox_keeps_a_notice_from_none_of_the_others_however_many_they_are() -> Result<()> {
    let (app, bag) = telling().await?;
    for number in 1..=60 {
        app.enrol(&format!("clerk{number}"), &[(Role::Handler, "czj", "")]).await?;
    }
    bag.refuse_address("clerk7@staff.example");
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let over = json!({ "department": "czj", "reason": "属于财政局职责" });
    let assigned = act(&app, &id, "assign", 1, &over).staff("handler", "jyj").send().await?;
    assert_eq!(assigned.status, 200, "{}", assigned.text());
    Follower::of(&app).await?;
    bag.react(&app).tick().await?;
    let told = bag.carried().into_iter().filter(|carried| carried.rule == "handed-over").count();
    // The two of the town, and all of the sixty but one.
    assert_eq!(told, 61);
    assert!(standings(&app).await?.contains(&("handed-over".to_owned(), "sent".to_owned())));
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
    assert_eq!((rule, to), ("reminder", "supervisor.jyj@staff.example".to_owned()), "nobody took it yet");
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
    assert_eq!((rule, to), ("overdue", "supervisor.jyj@staff.example".to_owned()));

    let at = version(&app, &id).await?;
    let over = json!({ "department": "czj", "reason": "属于财政局职责" });
    let assigned = act(&app, &id, "assign", at, &over).staff("handler", "jyj").send().await?;
    assert_eq!(assigned.status, 200, "{}", assigned.text());
    react.tick().await?;
    let mut over = bag.carried().into_iter().filter(|carried| carried.rule == "handed-over");
    let mut to: Vec<String> = over.by_ref().map(|carried| carried.to).collect();
    to.sort_unstable();
    assert_eq!(to, ["handler.czj@staff.example", "supervisor.czj@staff.example"], "a letter to each");
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
    assert_eq!((reminded.rule, reminded.to.as_str()), ("reminder", "handler.jyj@staff.example"));

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

/// Brings the clock to the last day of the only report, with its reminder sent.
async fn reminded(app: &TestApp, bag: &Bag) -> Result<()> {
    app.clock.set("2026-11-26T00:30:00Z".parse()?);
    Follower::of(app).await?;
    letter::keep_time(&app.letters).await?;
    bag.react(app).tick().await?;
    Ok(())
}

#[tokio::test]
async fn of_a_handler_who_is_disabled_the_supervisors_are_told() -> Result<()> {
    let (app, bag) = telling().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let taken = act(&app, &id, "take", 1, &json!({})).staff("handler", "jyj").send().await?;
    assert_eq!(taken.status, 200, "{}", taken.text());
    let path = format!("/staff/{}/disable", StaffId::of(&"handler.jyj".parse()?));
    let disable = app.post(&path).subject(ADMINISTRATOR).if_match(1).key("disable");
    let disabled = disable.json(&json!({ "reason": "调离" })).send().await?;
    assert_eq!(disabled.status, 200, "{}", disabled.text());
    reminded(&app, &bag).await?;
    let reminder = bag.carried().into_iter().find(|message| message.rule == "reminder").context("a reminder")?;
    assert_eq!(reminder.to, "supervisor.jyj@staff.example");
    Ok(())
}

#[tokio::test]
async fn a_member_of_staff_without_a_mailbox_is_a_dead_letter_that_is_seen() -> Result<()> {
    let (app, bag) = telling().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    app.enrol("chen(2)", &[(Role::Handler, "jyj", "")]).await?;
    let taken = act(&app, &id, "take", 1, &json!({})).subject("chen(2)").send().await?;
    assert_eq!(taken.status, 200, "{}", taken.text());
    bag.react(&app).tick().await?;
    reminded(&app, &bag).await?;
    assert_eq!(bag.rules(), ["received"]);
    let react = bag.react(&app);
    // A moment after each pause.
    for time in ["00:33", "00:40", "01:00", "02:10", "05:20", "13:30"] {
        app.clock.set(format!("2026-11-26T{time}:00Z").parse()?);
        react.tick().await?;
    }
    let listed = app.messages(http::Method::GET, "/messages?state=dead").staff("supervisor", "jyj").send().await?;
    let dead = listed.field("messages");
    assert_eq!((&dead[0]["rule"], &dead[0]["reason"]), (&json!("reminder"), &json!("no-mailbox")), "{dead}");
    let view = app.letter(http::Method::GET, &format!("/corrections/{id}")).staff("supervisor", "jyj").send().await?;
    let lost = view.field("undelivered");
    assert_eq!((&lost[0]["notice"], &lost[0]["to"]), (&json!("到期提醒"), &json!("承办人")), "{lost}");
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
