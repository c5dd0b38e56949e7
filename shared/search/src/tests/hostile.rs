//! Texts that nobody means.

use proptest::prelude::*;

use super::*;

#[test]
fn hostile_texts_are_answered_or_refused() {
    let hostile = "*?:^~()[]{}\\/<>&|!+-=@#$%;'`";
    let city = City::of([
        entry("01", "<script>alert(1)</script>", hostile),
        entry("02", "\u{202E}反向\u{2066}文字", "NUL\u{0}字 \u{FEFF}👨‍👩‍👧‍👦 e\u{301}\u{301}\u{301}"),
        entry("03", &"长".repeat(70_000), &"a".repeat(70_000)),
        entry("04", "", ""),
    ]);
    let reader = city.reader();
    let long = |text: &str| text.repeat(Query::LONGEST / text.chars().count());
    for text in [
        hostile.to_owned(),
        "\"".to_owned(),
        "\"\"\"".to_owned(),
        "“「『\"".to_owned(),
        "\"a”b「c".to_owned(),
        "\u{0}\u{1}\u{1b}".to_owned(),
        "\u{202E}\u{2066}\u{200B}".to_owned(),
        "👨‍👩‍👧‍👦😀".to_owned(),
        "title_pairs:公积金 AND (NOT id:*)".to_owned(),
        long("\""),
        long("哈"),
        long("1号第"),
        long("a"),
        long("ﷺ"),
        long("e\u{301}"),
        long("2024-"),
    ] {
        match reader.answer(&Query::of(text.as_str())) {
            Ok(_) | Err(AskError::TooManyWords { .. }) => {}
            Err(error) => panic!("{text:?}: {error:?}"),
        }
    }
    assert!(matches!(reader.answer(&Query::of("公".repeat(10_240))), Err(AskError::TooLong { .. })));
    assert!(reader.answer(&Query::of(long("一甲 "))).is_ok());
    let many: String = (0..40u32).map(|at| format!("{} ", char::from_u32(0x4E00 + at * 7).unwrap())).collect();
    assert!(matches!(reader.answer(&Query::of(many)), Err(AskError::TooManyWords { most: 32 })));
    let limit = Query::LARGEST + 1;
    assert!(matches!(reader.answer(&Query { limit, ..Query::of("") }), Err(AskError::TooManyHits { .. })));
    assert_eq!(reader.answer(&Query { limit: 0, ..Query::of("") }).unwrap().total, 4);
}

#[test]
fn nothing_is_markup_and_nothing_is_lost() {
    let city = City::of([entry("01", "<script>公积金</script>", "")]);
    let hit = &city.answer(&Query::of("公积金")).hits[0];
    assert_eq!(hit.title.plain(), "<script>公积金</script>");
    assert_eq!(hit.title.0[1], Piece { text: "公积金".to_owned(), marked: true });
}

#[test]
fn any_text_is_answered() {
    let city = City::of([entry("01", "住房公积金提取办法", "第1条，2024年。"), entry("02", "WiFi", "“引用”")]);
    let reader = city.reader();
    proptest!(ProptestConfig::with_cases(300), |(text in "[\\s\\S]{0,40}|[公积金提取\"“”「」a-z0-9 ，-]{0,60}")| {
        let answer = reader.answer(&Query::of(text));
        prop_assert!(matches!(answer, Ok(_) | Err(AskError::TooManyWords { .. })), "{:?}", answer);
    });
}
