//! What comes first.

use super::*;

fn dated(id: &str, title: &str, year: i16) -> Entry {
    let day = jiff::civil::date(year, 6, 1);
    let instant = (i64::from(year) - 1970) * 365 * 86_400_000;
    Entry { day: Some(day), instant, ..entry(id, title, "") }
}

#[test]
fn title_comes_before_terms_before_summary_before_body() {
    let filler = |id| entry(id, "城市绿化养护工作安排", "园林部门负责城市绿化的日常养护。");
    let mut terms = filler("02");
    terms.terms = vec!["公积金".to_owned()];
    let mut summary = filler("03");
    summary.summary = "公积金".to_owned();
    let city = City::of([
        entry("04", "城市绿化养护工作安排", "园林部门负责公积金的日常养护。"),
        summary,
        terms,
        entry("01", "公积金绿化养护工作安排", "园林部门负责城市绿化的日常养护。"),
        filler("05"),
    ]);
    assert_eq!(city.ids("公积金"), ["01", "02", "03", "04"]);
}

#[test]
fn what_is_in_force_and_newer_comes_first_among_equals() {
    let forced = |id, validity, year| Entry {
        force: Force { validity, from: None, until: None },
        ..dated(id, "道路管理办法", year)
    };
    let city = City::of([
        forced("01", Validity::Repealed, 2024),
        forced("02", Validity::InForce, 2010),
        forced("03", Validity::Unknown, 2024),
        forced("04", Validity::InForce, 2024),
        forced("05", Validity::InForce, 2024),
    ]);
    assert_eq!(city.ids("道路管理"), ["04", "05", "02", "03", "01"]);
    assert_eq!(city.ids(""), ["04", "05", "02", "03", "01"]);
    let newest = Query { order: Order::Newest, ..Query::of("道路") };
    let ids: Vec<_> = city.answer(&newest).hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(ids, ["01", "03", "04", "05", "02"]);
}

#[test]
fn what_nobody_dated_comes_last_by_date() {
    let undated = Entry { day: None, instant: i64::MIN, ..entry("01", "道路", "") };
    let city = City::of([undated, dated("02", "道路", 1970), dated("03", "道路", 1949)]);
    let answer = city.answer(&Query { order: Order::Newest, ..Query::of("") });
    assert_eq!(answer.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["02", "03", "01"]);
    assert_eq!(answer.facets[&Facet::Year].len(), 2);
}

#[test]
fn a_number_finds_its_document_first_wherever_it_stands() {
    let number = "锡政办发〔2024〕15号";
    let mut it = entry("01", "市政府办公室关于印发方案的通知", "现印发给你们。");
    it.document_number = Some(number.to_owned());
    it.index_number = Some("014006438/2024-00123".to_owned());
    let mut other = entry("02", "锡政办发2024年15号文件解读", &format!("{number}文件解读。{number}。").repeat(20));
    other.document_number = Some("锡政办发〔2024〕150号".to_owned());
    let city = City::of([it, other, entry("03", "无关", "无关")]);
    for typed in [
        number,
        "锡政办发(2024)15",
        "锡政办发2024年第15号",
        "014006438/2024-00123",
        "请问 锡政办发〔2024〕15号 文件解读",
    ] {
        assert_eq!(city.ids(typed).first().map(String::as_str), Some("01"), "{typed}");
    }
    let answer = city.answer(&Query::of("锡政办发[2024]15号"));
    assert_eq!(answer.reading.kind, ReadingKind::Number);
    assert_eq!(answer.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["01", "02"]);
    assert!(answer.hits[1].snippet.0.iter().any(|piece| piece.marked && piece.text.contains(number)));
    assert_eq!(city.answer(&Query::of("锡政办发〔2024〕16号")).total, 0);
    // Words with a year and digits are words, until a document has them as its number.
    assert_eq!(city.answer(&Query::of("文件解读 2024 15")).reading.kind, ReadingKind::AllWords);
    assert_eq!(city.answer(&Query::of("锡政办发 2024 15")).reading.kind, ReadingKind::Number);
}

#[test]
fn digits_with_a_space_between_each_are_found() {
    let mut it = entry("01", "市政府办公室关于印发方案的通知", "现印发给你们。");
    it.document_number = Some("锡政办发〔2024〕15号".to_owned());
    it.index_number = Some("014006438/2024-00123".to_owned());
    let mut dashed = entry("02", "关于公布目录的通知", "目录见附件。");
    dashed.index_number = Some("JSWXA01-2024-0001".to_owned());
    let city = City::of([
        it,
        dashed,
        entry("03", "便民服务", "咨询电话：0510-82701234。"),
        entry("04", "抽奖结果", "中奖号码 7 7 3 7"),
        entry("05", "各年情况：0 1 2 3 4 5 7 8", "第 1 期、第 2 期"),
    ]);
    for (typed, id) in [
        ("锡 政 办 发 〔 2 0 2 4 〕 1 5 号", "01"),
        ("锡政办发[2 0 2 4]1 5", "01"),
        ("锡政办发 ２ ０ ２ ４ 年 第 １ ５ 号", "01"),
        ("请问 锡 政 办 发 〔 2 0 2 4 〕 1 5 号 在哪里", "01"),
        ("0 1 4 0 0 6 4 3 8 / 2 0 2 4 - 0 0 1 2 3", "01"),
        ("J S W X A 0 1 - 2 0 2 4 - 0 0 0 1", "02"),
        ("0 5 1 0 - 8 2 7 0 1 2 3 4", "03"),
        ("8 2 7 0 1 2 3 4", "03"),
        ("7 7 3 7", "04"),
        ("8 7 5 4", "05"),
    ] {
        assert_eq!(city.ids(typed).first().map(String::as_str), Some(id), "{typed}");
    }
    assert_eq!(city.answer(&Query::of("锡 政 办 发 〔 2 0 2 4 〕 1 6 号")).total, 0);
    let answer = city.answer(&Query::of("0 5 1 0 - 8 2 7 0 1 2 3 4"));
    assert!(answer.hits[0].snippet.0.iter().any(|piece| piece.marked && piece.text.contains("82701234")));
}

#[test]
fn a_number_half_spaced_is_no_shorter_number() {
    let numbered = |id: &str, number: &str| {
        let mut it = entry(id, "市政府办公室关于印发方案的通知", "现印发给你们。");
        it.document_number = Some(number.to_owned());
        it
    };
    let city = City::of([numbered("01", "锡政办发〔2024〕1号"), numbered("15", "锡政办发〔2024〕15号")]);
    for typed in ["锡政办发〔2024〕1 5号", "锡政办发 2024 1 5", "请问 锡政办发〔2024〕1 5号 在哪里"]
    {
        assert_eq!(city.ids(typed), ["15"], "{typed}");
    }
    assert_eq!(city.ids("锡政办发〔2024〕1号"), ["01"]);
    // Where no document has it closed up, it is what was typed.
    let city = City::of([numbered("01", "锡政办发〔2024〕1号")]);
    assert_eq!(city.ids("锡政办发〔2024〕1 5号"), ["01"]);
}

#[test]
fn synonyms_widen_a_word_behind_itself() {
    let city = City::of([
        entry("01", "医疗保险参保办法", "参保人员的医疗保险待遇。"),
        entry("02", "医保参保办法", "参保人员的医保待遇。"),
        entry("03", "绿化办法", "绿化"),
    ]);
    let answer = city.answer(&Query::of("医保"));
    assert_eq!(answer.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["02", "01"]);
    assert_eq!(answer.reading.synonyms.len(), 1);
    assert!(answer.reading.synonyms[0].1.contains(&"医疗保险".to_owned()));
    assert_eq!(answer.hits[1].title.0[0], Piece { text: "医疗保险".to_owned(), marked: true });
    // Inside a longer text as well.
    assert_eq!(city.ids("医保参保办法在哪里").len(), 2);
}

#[test]
fn where_nothing_has_all_words_some_will_do() {
    let city = City::of([entry("01", "住房公积金提取", ""), entry("02", "住房公积金", ""), entry("03", "绿化", "")]);
    let answer = city.answer(&Query::of("公积金 提取 火星"));
    assert_eq!(answer.reading.kind, ReadingKind::SomeWords);
    assert_eq!(answer.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["01", "02"]);
    assert!(answer.did_you_mean.is_empty());
    // A filter that leaves nothing over is no reason to look for something else.
    let filters = Filters::from_iter([(Facet::Site, "别处")]);
    let narrowed = city.answer(&Query { filters, ..Query::of("公积金 提取") });
    assert_eq!((narrowed.total, narrowed.reading.kind), (0, ReadingKind::AllWords));
}

#[test]
fn first_letters_and_single_characters_find() {
    let city = City::of([entry("01", "住房公积金提取", ""), entry("02", "绿化养护，税", "gjj")]);
    assert_eq!(city.ids("GJJ"), ["01", "02"]);
    assert_eq!(city.ids("zfgjj tq"), ["01"]);
    assert_eq!(city.ids("积"), ["01"]);
    assert_eq!(city.ids("税"), ["02"]);
}

#[test]
fn what_was_meant_is_suggested() {
    let city = City::of([
        entry("01", "住房公积金提取办法", ""),
        entry("02", "城市道路管理条例", ""),
        entry("03", "居民身份证办理", ""),
    ]);
    for (typed, meant) in [
        ("工积金", "公积金"),
        ("公鸡金", "公积金"),
        ("身份正", "身份证"),
        ("公积斤 提取", "公积金 提取"),
        ("城市到路", "城市道路"),
    ] {
        let answer = city.answer(&Query::of(typed));
        let nothing = answer.total == 0 && answer.did_you_mean.first().is_some_and(|first| first == meant);
        assert!(nothing || answer.reading.kind == ReadingKind::SomeWords, "{typed}: {answer:?}");
    }
    assert!(city.answer(&Query::of("火星")).did_you_mean.is_empty());
    assert!(city.answer(&Query::of("")).did_you_mean.is_empty());
}

#[test]
fn no_dictionary_is_opened_for_everything_or_a_number() {
    use std::sync::atomic::Ordering;
    let mut it = entry("01", "通知", "");
    it.document_number = Some("苏政发〔2023〕1号".to_owned());
    let city = City::of([it]);
    let uses = || crate::words::tests::USES.load(Ordering::Relaxed);
    let before = uses();
    for text in ["", "，", "苏政发〔2023〕1号", "苏政发〔2023〕2号", "014006438/2024-00123", "gjj", "“通知”"]
    {
        city.ids(text);
    }
    assert_eq!(uses(), before);
    city.ids("通知公告");
    assert!(uses() > before);
}

#[test]
fn what_was_not_in_force_is_left_out_and_the_rest_says_so() {
    let forced = |id: &str, from: Option<&str>, until: Option<&str>| {
        let day = |text: &str| text.parse().unwrap();
        let force = Force { validity: Validity::InForce, from: from.map(day), until: until.map(day) };
        Entry { force, ..entry(id, "办法", "") }
    };
    let mut repealed = forced("05", Some("2024-01-01"), Some("2099-01-01"));
    repealed.force.validity = Validity::Repealed;
    let city = City::of([
        forced("01", Some("2020-01-01"), None),
        forced("02", Some("2020-01-01"), Some("2022-01-01")),
        forced("03", None, None),
        forced("04", Some("2023-01-01"), None),
        // Its repeal is public, and lies ahead.
        repealed,
    ]);
    let on = |day: &str| {
        let answer = city.answer(&Query { in_force_on: Some(day.parse().unwrap()), ..Query::of("办法") });
        assert_eq!(answer.total as usize, answer.hits.len());
        answer.hits.into_iter().map(|hit| (hit.id, hit.in_force.unwrap())).collect::<Vec<_>>()
    };
    let known = |hits: &[(&str, Known)]| hits.iter().map(|(id, known)| ((*id).to_owned(), *known)).collect::<Vec<_>>();
    assert_eq!(on("2021-06-01"), known(&[("01", Known::Yes), ("02", Known::Yes), ("03", Known::Unknown)]));
    assert_eq!(on("2022-01-01"), known(&[("01", Known::Yes), ("03", Known::Unknown)]));
    // The same index answers for days that have not come.
    let ahead = |day| on(day).into_iter().find(|(id, _)| id == "05").map(|(_, known)| known);
    assert_eq!([ahead("2098-12-31"), ahead("2099-01-01")], [Some(Known::Yes), None]);
    assert_eq!(city.answer(&Query::of("办法")).hits[0].in_force, None);
}
