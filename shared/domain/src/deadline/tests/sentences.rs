//! The account as a sentence, for the person whose case it is.

use super::*;

fn sentence(term: &Term, calendars: &CalendarHistory) -> String {
    term.account(calendars.newest()).sentence()
}

#[test]
fn working_days_over_a_holiday_with_a_make_up_day() {
    let term = Term::new(working_days(5), at("2026-09-28T10:00"));
    assert_eq!(
        sentence(&term, &national()),
        "答复期限5个工作日（《政府信息公开条例》第三十三条）：自2026年9月28日次日起算，10月1日至7日国庆节放假不计，10月10日调休上班计入，\
         第5个工作日为2026年10月10日，当日24时届满（依工作日历第1版）。"
    );
}

#[test]
fn a_receipt_on_a_day_off_with_a_stop_an_extension_and_the_close_of_business() {
    let limit = Limit { starts: Starts::Receipt, ends: Ends::CloseOfBusiness, ..working_days(3) };
    let mut term = Term::new(limit, at("2026-11-07T10:00"));
    term.stop(at("2026-11-11T10:00"), line("征求第三方意见"));
    term.resume(at("2026-11-13T10:00"));
    term.extensions.push(Extension { by: count(2), reason: line("案情复杂"), rule: None });
    assert_eq!(
        sentence(&term, &national()),
        "答复期限3个工作日（《政府信息公开条例》第三十三条），延长2个工作日（案情复杂）：2026年11月7日收到，当日为周六，以2026年11月9日为收到之日，\
         自次日起算，周六、周日不计，11月11日至12日中止计时不计（征求第三方意见），第5个工作日为2026年11月18日，当日17时30分下班时届满（依工作日历第1版）。"
    );
}

#[test]
fn calendar_days_that_roll_over_a_holiday() {
    let term = Term::new(limit(3, Unit::CalendarDay), at("2026-09-28T10:00"));
    assert_eq!(
        sentence(&term, &national()),
        "答复期限3日（《政府信息公开条例》第三十三条）：自2026年9月28日次日起算，第3日2026年10月1日为国庆节放假，顺延至2026年10月8日，当日24时届满（依工作日历第1版）。"
    );
}

#[test]
fn a_year_that_is_not_announced_is_told_as_such() {
    let term = Term::new(working_days(5), at("2026-12-29T10:00"));
    assert_eq!(
        sentence(&term, &national()),
        "答复期限5个工作日（《政府信息公开条例》第三十三条）：自2026年12月29日次日起算，周六、周日不计，第5个工作日为2027年1月5日，当日24时届满；\
         2027年放假安排尚未公布，按普通工作日暂计（依工作日历第1版）。"
    );
    assert!(sentence(&term, &CalendarHistory::default()).ends_with(
        "2026年放假安排尚未公布，按普通工作日暂计；2027年放假安排尚未公布，按普通工作日暂计（尚未采用工作日历）。"
    ));
}

#[test]
fn a_clock_that_stands_tells_what_is_left() {
    let mut term = Term::new(working_days(5), at("2026-11-02T10:00"));
    term.stop(at("2026-11-05T10:00"), line("征求第三方意见"));
    assert!(sentence(&term, &national()).contains(
        "自2026年11月2日次日起算，自2026年11月5日起中止计时（征求第三方意见），已计2个工作日，尚余3个工作日（"
    ));
    let mut term = Term::new(limit(2, Unit::OfficeHour), at("2026-11-02T10:15"));
    term.stop(at("2026-11-02T10:30"), line("征求第三方意见"));
    assert!(sentence(&term, &national()).contains(
        "自2026年11月2日10时15分起按办公时间计算，自2026年11月2日起中止计时（征求第三方意见），已计15分钟，尚余105分钟（"
    ));
}

#[test]
fn office_hours_end_at_a_minute() {
    let term = Term::new(limit(2, Unit::OfficeHour), at("2026-09-30T17:00"));
    assert_eq!(
        sentence(&term, &national()),
        "答复期限2个办公小时（《政府信息公开条例》第三十三条）：自2026年9月30日17时起按办公时间计算，10月1日至7日国庆节放假不计，\
         满2个办公小时为2026年10月8日10时30分，届时届满（依工作日历第1版）。"
    );
}

#[test]
fn days_of_another_year_are_told_with_their_year() {
    let mut calendars = national();
    adopted(&mut calendars, vec![year(2027, &[("01-01", "01-03")], &["01-09"])], at("2026-11-05T09:00"));
    let mut term = Term::new(working_days(8), at("2026-12-29T10:00"));
    term.stop(at("2026-12-31T10:00"), line("征求意见"));
    term.resume(at("2027-01-05T10:00"));
    assert!(sentence(&term, &calendars).contains(
        "自2026年12月29日次日起算，周六、周日不计，12月31日至2027年1月4日中止计时不计（征求意见），2027年1月9日调休上班计入，第8个工作日为2027年1月12日"
    ));
}

#[test]
fn a_day_that_had_passed_when_its_calendar_came_is_explained() {
    let mut calendars = national();
    adopted(&mut calendars, vec![year(2027, &[("01-01", "01-05")], &[])], at("2026-12-01T09:00"));
    let mut history = owing(working_days(5), "2026-12-29T10:00", &calendars);
    adopted(&mut calendars, vec![year(2027, &[("01-01", "01-01")], &["01-02", "01-03"])], at("2027-01-07T09:00"));
    history.tick(&calendars, at("2027-01-07T10:00"));
    let deadline = history.case.deadlines.get(Owed::Reply).unwrap();
    let told = deadline.sentence(calendars.newest());
    assert!(told.contains("第5个工作日为2027年1月4日，当日24时届满（依工作日历第3版）。"), "{told}");
    assert!(told.ends_with("该时刻早于工作日历第3版采用之时，故以采用之时2027年1月7日9时为届满之时。"), "{told}");
}
