//! Hotline, letters and petitions (RULES.md A6).

use super::*;

const HOTLINE: &str = "《潍坊市12345政务服务便民热线条例》第二十条";
const BUREAU: &str = "来信来电办理规定：建议、投诉、举报自转办次日起13个工作日";
const PROVINCE: &str = "山东省级热线办理规定（2017）：15个工作日，可延长7个工作日";

/// 潍坊市12345政务服务便民热线条例 art. 20. Called on Wednesday 2026-02-11: Th, Fr, the Saturday that is worked; then the Spring Festival; Tu, We.
#[test]
fn weifang_hotline_article_20_five_working_days_over_the_spring_festival() {
    assert_eq!(owed(days(HOTLINE, 5), "2026-02-11T10:00"), counts("02-12..02-14 02-24..02-25", "2026-02-26T00:00"));
}

/// The same article; the line is open day and night (art. 17). Called on Saturday 2026-10-03, within the holiday: the first day is the 8th where the call itself
/// begins the term, the 9th where it counts as received on the next working day; which of both, the city's limit says.
#[test]
fn weifang_hotline_article_20_a_call_within_the_national_holiday() {
    let (act, receipt) = (days(HOTLINE, 5), received(days(HOTLINE, 5)));
    assert_eq!(owed(act, "2026-10-03T22:00"), counts("10-08..10-10 10-12..10-13", "2026-10-14T00:00"));
    assert_eq!(owed(receipt, "2026-10-03T22:00"), counts("10-09..10-10 10-12..10-14", "2026-10-15T00:00"));
}

/// One bureau's rule, consultations: three working days where it cannot be the same day. Tuesday 2025-09-30: eight days off; Th, Fr, the Saturday that is worked.
#[test]
fn bureau_rule_a_consultation_has_three_working_days() {
    let limit = days("来信来电办理规定：咨询、求助3个工作日", 3);
    assert_eq!(owed(limit, "2025-09-30T16:00"), counts("10-09..10-11", "2025-10-12T00:00"));
}

/// One bureau's rule, suggestions and complaints: thirteen working days counted from the day after the transfer. Transferred on Friday 2026-09-18: Su (worked) 1,
/// Mo to Th 2-5; three days off; Mo to We 6-8; seven days off; Th 9, Fr 10, Sa (worked) 11; Mo 12, Tu 13.
#[test]
fn bureau_rule_thirteen_working_days_from_the_day_after_the_transfer_over_two_holidays() {
    let told = counts("09-20..09-24 09-28..09-30 10-08..10-10 10-12..10-13", "2026-10-14T00:00");
    assert_eq!(owed(days(BUREAU, 13), "2026-09-18T17:00"), told);
    // Whether in the morning or in the night: the day of the transfer does not count.
    assert_eq!(owed(days(BUREAU, 13), "2026-09-18T00:00"), told);
    assert_eq!(owed(days(BUREAU, 13), "2026-09-18T23:59:59"), told);
}

/// The same rule: what is late by five working days is criticised in public. The last day was Tuesday 2026-10-13, so We, Th, Fr, Mo, Tu are late. Such a term
/// begins with the last day, not with the midnight after it, at which the first fell due.
#[test]
fn bureau_rule_late_by_five_working_days_counts_from_the_last_day() {
    let late = days("来信来电办理规定：逾期5个工作日通报批评", 5);
    assert_eq!(owed(late, "2026-10-13T23:59:59"), counts("10-14..10-16 10-19..10-20", "2026-10-21T00:00"));
}

/// 山东省级热线 2017. Accepted on Monday 2026-02-02: Tu to Fr 1-4, Mo to Fr 5-9, Sa (worked) 10; nine days off; Tu to Fr 11-14, Sa (worked) 15. Seven more:
/// Mo to Fr 16-20, Mo 21, Tu 22.
#[test]
fn shandong_hotline_fifteen_working_days_and_seven_more_asked_for_in_time() {
    let calendars = national();
    let mut history = owing(extended_once(days(PROVINCE, 15), 7), "2026-02-02T09:00", &calendars);
    assert_eq!(reply(&history), counts("02-03..02-06 02-09..02-14 02-24..02-28", "2026-03-01T00:00"));
    let mut late = history.clone();
    let too_long = history.take(&calendars, at("2026-02-28T16:00"), extend(8));
    assert_eq!(too_long, Err(DeadlineRefusal::ExtendedTooLong { asked: 8, most: 7 }));
    history.take(&calendars, at("2026-02-28T16:00"), extend(7)).unwrap();
    let whole = "02-03..02-06 02-09..02-14 02-24..02-28 03-02..03-06 03-09..03-10";
    assert_eq!(reply(&history), counts(whole, "2026-03-11T00:00"));
    assert_eq!(history.status(Owed::Reply), Status::Running { due: at("2026-03-11T00:00") });
    let again = history.take(&calendars, at("2026-03-10T16:00"), extend(1));
    assert_eq!(again, Err(DeadlineRefusal::ExtendedTooOften { times: 1 }));
    assert_eq!(late.take(&calendars, at("2026-03-01T00:00"), extend(7)), Err(DeadlineRefusal::NotRunning));
}

/// 信访工作条例 art. 22-23: fifteen days, of the calendar. Received on Wednesday 2026-09-16: the 30th is the 14th day, 1 October the 15th and off; the next day
/// that is worked is Thursday the 8th.
#[test]
fn petitions_article_22_registered_within_fifteen_calendar_days() {
    let limit = calendar_days("《信访工作条例》第二十二条、第二十三条", 15);
    assert_eq!(owed(limit.clone(), "2026-09-16T09:00"), counts("09-17..10-01", "2026-10-09T00:00"));
    // A day earlier, and it is Wednesday 30 September.
    assert_eq!(owed(limit.clone(), "2026-09-15T09:00"), counts("09-16..09-30", "2026-10-01T00:00"));
    // Posted on Saturday 2026-02-21, within the Spring Festival: received on Tuesday the 24th. Four days are left of February, so the 15th is 11 March, a Wednesday.
    assert_eq!(owed(limit, "2026-02-21T09:00"), counts("02-25..03-11", "2026-03-12T00:00"));
}

/// 信访工作条例 art. 23: five working days to object to a transfer. Wednesday 2025-12-31: three days off; the Sunday that is worked, Mo, Tu, We, Th.
#[test]
fn petitions_article_23_objection_within_five_working_days_over_new_year() {
    let limit = received(days("《信访工作条例》第二十三条", 5));
    assert_eq!(owed(limit, "2025-12-31T15:00"), counts("01-04..01-08", "2026-01-09T00:00"));
}

fn concluded() -> Limit {
    extended_once(Limit { starts: Starts::Act, ..calendar_days("《信访工作条例》第三十四条", 60) }, 30)
}

/// 信访工作条例 art. 34. Accepted on Thursday 2025-11-20: ten days of November, 31 of December, 19 of January make 60: Monday the 19th. Thirty more: twelve of
/// January, 18 of February, which is within the Spring Festival: Tuesday the 24th.
#[test]
fn petitions_article_34_sixty_days_over_new_year_and_thirty_more_into_the_spring_festival() {
    let calendars = national();
    assert_eq!(owed(concluded(), "2025-11-20T09:00"), counts("11-21..01-19", "2026-01-20T00:00"));
    let mut term = Term::new(concluded(), at("2025-11-20T09:00"));
    term.extensions.push(Extension { by: count(30), reason: line("情况复杂"), rule: None });
    assert_eq!(term.check(), Ok(()));
    assert_eq!(told(&term), counts("11-21..02-18", "2026-02-25T00:00"));
    let mut history = owing(concluded(), "2025-12-02T09:00", &calendars);
    let too_long = history.take(&calendars, at("2026-01-05T09:00"), extend(31));
    assert_eq!(too_long, Err(DeadlineRefusal::ExtendedTooLong { asked: 31, most: 30 }));
}

/// The same article. Accepted on Thursday 2025-12-18: 13 days of December, 31 of January, 16 of February, which is off, so that Tuesday the 24th is the last day.
/// Thirty more are counted from the 60th day and not from the 24th: twelve of February and 18 of March, a Wednesday.
#[test]
fn petitions_article_34_what_is_added_follows_the_sixtieth_day_and_not_the_day_it_rolled_to() {
    let calendars = national();
    let mut history = owing(concluded(), "2025-12-18T09:00", &calendars);
    assert_eq!(reply(&history), counts("12-19..02-16", "2026-02-25T00:00"));
    history.take(&calendars, at("2026-02-24T09:00"), extend(30)).unwrap();
    assert_eq!(reply(&history), counts("12-19..03-18", "2026-03-19T00:00"));
}

/// 信访工作条例 art. 35. The answer was received on Tuesday 2026-02-24: four days of February and 26 of March, a Thursday. The request was received on Wednesday
/// 03-25: six days of March and 24 of April, a Friday.
#[test]
fn petitions_article_35_thirty_days_to_ask_for_a_second_look_and_thirty_to_answer() {
    let limit = || calendar_days("《信访工作条例》第三十五条", 30);
    assert_eq!(owed(limit(), "2026-02-24T11:00"), counts("02-25..03-26", "2026-03-27T00:00"));
    assert_eq!(owed(limit(), "2026-03-25T11:00"), counts("03-26..04-24", "2026-04-25T00:00"));
}

/// 信访工作条例 art. 36. The second answer was received on Wednesday 2026-04-01: 29 days of April and 1 May, which is off until the 5th: Wednesday the 6th. The
/// request was received on Monday 08-31: Wednesday 30 September. A day later, and it is 1 October: Thursday the 8th.
#[test]
fn petitions_article_36_thirty_days_to_ask_for_a_last_look_and_thirty_to_answer() {
    let limit = || calendar_days("《信访工作条例》第三十六条", 30);
    assert_eq!(owed(limit(), "2026-04-01T11:00"), counts("04-02..05-01", "2026-05-07T00:00"));
    assert_eq!(owed(limit(), "2026-08-31T11:00"), counts("09-01..09-30", "2026-10-01T00:00"));
    assert_eq!(owed(limit(), "2026-09-01T11:00"), counts("09-02..10-01", "2026-10-09T00:00"));
}
