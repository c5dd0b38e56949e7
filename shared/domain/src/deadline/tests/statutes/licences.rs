//! Administrative licences (行政许可法, RULES.md A8): days are working days (art. 82).

use super::*;

/// What an application for a licence owes: first to be told what is missing; if nobody tells, it counts as accepted and a decision is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Asked {
    Completion,
    Decision,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
enum LicenceEvent {
    DeadlineChanged(Change<Asked>),
    DeemedAccepted { since: Timestamp },
}

impl Event for LicenceEvent {
    fn version(&self) -> u16 {
        1
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Licence {
    deadlines: Deadlines<Asked>,
    accepted: Option<Timestamp>,
}

impl Aggregate for Licence {
    type Event = LicenceEvent;

    const CATEGORY: &'static str = "licence";

    fn evolve(&mut self, event: LicenceEvent, _: &Fact) {
        match event {
            LicenceEvent::DeadlineChanged(change) => self.deadlines.evolve(change),
            LicenceEvent::DeemedAccepted { since } => self.accepted = Some(since),
        }
    }
}

impl Case for Licence {
    type Deadline = Asked;

    fn deadlines(&self) -> &Deadlines<Asked> {
        &self.deadlines
    }

    fn changed(change: Change<Asked>) -> LicenceEvent {
        LicenceEvent::DeadlineChanged(change)
    }

    /// 逾期不告知的，自收到申请材料之日起即为受理: accepted from receipt, and not from the day on which the silence ended.
    fn fell_due(&self, deadline: Asked, then: Moment<'_>) -> Vec<LicenceEvent> {
        let silent = self.deadlines.get(deadline).filter(|_| deadline == Asked::Completion);
        let Some(since) = silent.map(|silent| silent.term.from) else { return Vec::new() };
        let decision = self.deadlines.start(Asked::Decision, decision(), since, then);
        [LicenceEvent::DeemedAccepted { since }].into_iter().chain(decision.ok().map(Self::changed)).collect()
    }
}

fn completion() -> Limit {
    received(days("《行政许可法》第三十二条第一款第四项", 5))
}

fn decision() -> Limit {
    extended_once(received(days("《行政许可法》第四十二条第一款", 20)), 10)
}

/// An application that came in.
fn applied(from: &str, calendars: &CalendarHistory) -> Licence {
    let mut licence = Licence::default();
    let now = Moment { at: at(from), calendar: calendars.newest() };
    let change = licence.deadlines.start(Asked::Completion, completion(), now.at, now).unwrap();
    licence.evolve(Licence::changed(change), &fact(now.at));
    licence
}

/// Art. 32. Received on Thursday 2026-02-12: Fr 1, Sa (worked) 2; nine days off; Tu 3, We 4, Th 5. Nobody says that anything is missing, so it was accepted on the
/// 12th, and the twenty days of art. 42 began then: to Th 26 February they are five, Fr 6, Sa (worked) 7; Mo to Fr 8-12, Mo to Fr 13-17, Mo 18, Tu 19, We 20.
#[test]
fn article_32_silence_of_five_days_accepts_from_receipt() {
    let calendars = national();
    let licence = applied("2026-02-12T10:00", &calendars);
    let completion = &licence.deadlines.get(Asked::Completion).unwrap().term;
    assert_eq!(told(completion), counts("02-13..02-14 02-24..02-26", "2026-02-27T00:00"));
    let in_time = settle(&licence, &calendars, &fact(at("2026-02-26T23:59:59")));
    assert_eq!((in_time.case.accepted, in_time.events.len()), (None, 0));
    // Whoever looks next does so weeks later.
    let silent = settle(&licence, &calendars, &fact(at("2026-03-10T09:00"))).case;
    assert_eq!(silent.accepted, Some(at("2026-02-12T10:00")));
    let decision = silent.deadlines.get(Asked::Decision).unwrap();
    assert_eq!(
        told(&decision.term),
        counts("02-13..02-14 02-24..02-28 03-02..03-06 03-09..03-13 03-16..03-18", "2026-03-19T00:00")
    );
    assert_eq!(decision.changed_at, at("2026-02-27T00:00"), "nobody knew before");
    let late = settle(&silent, &calendars, &fact(at("2026-03-19T00:00"))).case;
    assert_eq!(late.deadlines.get(Asked::Decision).unwrap().status, Status::FellDue { at: at("2026-03-19T00:00") });
}

/// Art. 32. Received on Monday 2026-09-28, told on Tuesday what is missing. What was missing comes on Saturday 10-03, within the holiday, so it is received on Thursday
/// the 8th: Fr 1, Sa (worked) 2; Mo 3, Tu 4, We 5.
#[test]
fn article_32_what_was_missing_begins_the_five_days_anew() {
    let calendars = national();
    let mut licence = applied("2026-09-28T10:00", &calendars);
    let moment = |now| Moment { at: at(now), calendar: calendars.newest() };
    let told_so = licence.deadlines.stop(Asked::Completion, line("补正"), moment("2026-09-29T10:00")).unwrap();
    licence.evolve(Licence::changed(told_so), &fact(at("2026-09-29T10:00")));
    let waited = settle(&licence, &calendars, &fact(at("2026-10-08T09:00"))).case;
    assert_eq!(waited.accepted, None, "nobody was silent");
    let came =
        licence.deadlines.restart(Asked::Completion, at("2026-10-03T12:00"), moment("2026-10-08T09:00")).unwrap();
    licence.evolve(Licence::changed(came), &fact(at("2026-10-08T09:00")));
    let completion = &licence.deadlines.get(Asked::Completion).unwrap().term;
    assert_eq!(told(completion), counts("10-09..10-10 10-12..10-14", "2026-10-15T00:00"));
}

/// Art. 42 para. 1. Accepted on Monday 2025-12-15: Tu to Fr 1-4, Mo to Fr 5-9, Mo to We 10-12; three days off; Su (worked) 13, Mo to Fr 14-18, Mo 19, Tu 20. Ten
/// more: We to Fr 21-23, Mo to Fr 24-28, Mo 29, Tu 30.
#[test]
fn article_42_twenty_working_days_over_new_year_and_ten_more() {
    let calendars = national();
    let mut history = owing(decision(), "2025-12-15T09:00", &calendars);
    let twenty = "12-16..12-19 12-22..12-26 12-29..12-31 01-04..01-09 01-12..01-13";
    assert_eq!(reply(&history), counts(twenty, "2026-01-14T00:00"));
    history.take(&calendars, at("2026-01-13T17:00"), extend(10)).unwrap();
    let thirty = "12-16..12-19 12-22..12-26 12-29..12-31 01-04..01-09 01-12..01-16 01-19..01-23 01-26..01-27";
    assert_eq!(reply(&history), counts(thirty, "2026-01-28T00:00"));
    let again = history.take(&calendars, at("2026-01-27T17:00"), extend(1));
    assert_eq!(again, Err(DeadlineRefusal::ExtendedTooOften { times: 1 }));
}

/// Art. 42 para. 2. Accepted on Monday 2026-01-05: four days of that week, then three weeks of five to 30 January make 19, two weeks more 29, Sa (worked) 30; nine
/// days off; Tu to Sa 31-35, Mo to Fr 36-40, Mo to Fr 41-45. Fifteen more are the three weeks to Friday 3 April, before the days off of Qingming.
#[test]
fn article_42_forty_five_working_days_for_several_authorities_and_fifteen_more() {
    let calendars = national();
    let joint = extended_once(received(days("《行政许可法》第四十二条第二款", 45)), 15);
    let mut history = owing(joint, "2026-01-05T09:00", &calendars);
    let forty_five = "01-06..01-09 01-12..01-16 01-19..01-23 01-26..01-30 02-02..02-06 02-09..02-14 02-24..02-28 \
                      03-02..03-06 03-09..03-13";
    assert_eq!(reply(&history), counts(forty_five, "2026-03-14T00:00"));
    history.take(&calendars, at("2026-03-13T17:00"), extend(15)).unwrap();
    let sixty = format!("{forty_five} 03-16..03-20 03-23..03-27 03-30..04-03");
    assert_eq!(reply(&history), counts(&sixty, "2026-04-04T00:00"));
}

/// Art. 44. Decided on Tuesday 2025-09-23: We to Fr 1-3, Su (worked) 4, Mo 5, Tu 6; eight days off; Th 7, Fr 8, Sa (worked) 9; Mo 10.
#[test]
fn article_44_delivered_within_ten_working_days_over_the_national_holiday() {
    let limit = days("《行政许可法》第四十四条", 10);
    let told = counts("09-24..09-26 09-28..09-30 10-09..10-11 10-13", "2025-10-14T00:00");
    assert_eq!(owed(limit, "2025-09-23T15:00"), told);
}

/// Art. 47. Told of the right on Friday 2026-04-24: Mo to Th 1-4; five days off; We 5. Asked for on that Wednesday, 05-06: Th 1, Fr 2, Sa (worked) 3; Mo to Fr 4-8,
/// 9-13, 14-18; Mo 19, Tu 20. Art. 82 speaks of the authority's terms; whether the applicant's five days are working days as well, the limit's unit says: by the
/// calendar they would be over with 29 April.
#[test]
fn article_47_a_hearing_is_asked_for_within_five_days_and_held_within_twenty() {
    let asked = received(days("《行政许可法》第四十七条", 5));
    assert_eq!(owed(asked.clone(), "2026-04-24T10:00"), counts("04-27..04-30 05-06", "2026-05-07T00:00"));
    let by_calendar = Limit { unit: Unit::CalendarDay, ..asked };
    assert_eq!(owed(by_calendar, "2026-04-24T10:00"), counts("04-25..04-29", "2026-04-30T00:00"));
    let held = received(days("《行政许可法》第四十七条", 20));
    let told = counts("05-07..05-09 05-11..05-15 05-18..05-22 05-25..05-29 06-01..06-02", "2026-06-03T00:00");
    assert_eq!(owed(held, "2026-05-06T16:00"), told);
}

/// Art. 45: what inspection, expert review or a hearing takes is not counted. Accepted on Monday 2026-04-13: Tu to Fr 1-4, Mo 5, Tu 6. Experts from Wednesday 04-22 to
/// Friday 05-08, which counts: 7, Sa (worked) 8; Mo to Fr 9-13, 14-18; Mo 19, Tu 20. Ten more, granted meanwhile: We to Fr 21-23, Mo to Fr 24-28, Mo 29, Tu 30.
#[test]
fn article_45_an_expert_review_stops_the_clock() {
    let calendars = national();
    let mut history = owing(decision(), "2026-04-13T09:00", &calendars);
    assert_eq!(
        reply(&history),
        counts("04-14..04-17 04-20..04-24 04-27..04-30 05-06..05-09 05-11..05-13", "2026-05-14T00:00"),
        "without"
    );
    let stop = |d: &Deadlines<Owed>, now: Moment<'_>| d.stop(Owed::Reply, line("专家评审"), now);
    history.take(&calendars, at("2026-04-22T09:00"), stop).unwrap();
    let mut longer = history.clone();
    longer.take(&calendars, at("2026-04-30T09:00"), extend(10)).unwrap();
    for history in [&mut history, &mut longer] {
        assert_eq!(history.status(Owed::Reply), Status::Stopped);
        history.take(&calendars, at("2026-05-08T16:00"), |d, now| d.resume(Owed::Reply, now)).unwrap();
    }
    let twenty = "04-14..04-17 04-20..04-21 05-08..05-09 05-11..05-15 05-18..05-22 05-25..05-26";
    assert_eq!(reply(&history), counts(twenty, "2026-05-27T00:00"));
    let thirty =
        "04-14..04-17 04-20..04-21 05-08..05-09 05-11..05-15 05-18..05-22 05-25..05-29 06-01..06-05 06-08..06-09";
    assert_eq!(reply(&longer), counts(thirty, "2026-06-10T00:00"));
}
