//! Invented numbers: made here by the rules that they obey.

use proptest::prelude::*;

use super::*;

fn found(text: &str) -> Vec<(Rule, &str)> {
    numbers(text).into_iter().map(|number| (number.rule, text.get(number.start..number.end).unwrap())).collect()
}

fn id_card(region: &str, born: &str, serial: &str) -> String {
    let body = format!("{region}{born}{serial}");
    let check = "0123456789X".chars().find(|check| is_id_card(&body, *check)).unwrap();
    format!("{body}{check}")
}

fn bank_card(begins: &str, length: usize) -> String {
    let body: String = begins.chars().chain("0123456789012345678".chars()).take(length - 1).collect();
    let check = (0..10).find(|check| luhn(&format!("{body}{check}"))).unwrap();
    format!("{body}{check}")
}

#[test]
fn an_identity_card_is_told_by_region_birthday_and_check_digit() {
    let card = id_card("320202", "19900307", "123");
    assert_eq!(found(&format!("身份证{card}。")), [(Rule::IdCard, card.as_str())]);
    let (body, check) = card.split_at(17);
    let wrong = if check == "1" { "2" } else { "1" };
    assert_eq!(found(&format!("{body}{wrong}")), []);
    assert_eq!(found(&id_card("320202", "19900307", "123").replace("19900307", "19901307")), []);
    let grouped = format!("{} {} {}", &card[..6], &card[6..14], &card[14..]);
    assert_eq!(found(&grouped), [(Rule::IdCard, grouped.as_str())]);
}

#[test]
fn an_x_belongs_to_the_card_and_not_to_the_next_word() {
    let with_x = (100..999)
        .map(|serial| id_card("320202", "19900307", &serial.to_string()))
        .find(|card| card.ends_with('X'))
        .unwrap();
    for written in [with_x.clone(), with_x.to_lowercase()] {
        let text = format!("证件号{written}，");
        assert_eq!(found(&text), [(Rule::IdCard, written.as_str())]);
    }
    assert_eq!(found(&format!("{with_x}Y12")), []);
    let (body, _) = with_x.split_at(17);
    for apart in [format!("{body} X"), format!("{body}-X"), format!("{body}×")] {
        assert_eq!(found(&format!("证件{apart}。")), [(Rule::IdCard, apart.as_str())]);
    }
}

#[test]
fn a_mobile_number_is_told_in_all_its_dresses() {
    for dressed in [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138—0013—8000",
        "138 00138000",
        "138) 0013-8000",
        "138_0013_8000",
        "138（0013）8000",
        "(138)00138000",
        "138/0013/8000",
        "138 00 13 80 00",
        "1 3 8 0 0 1 3 8 0 0 0",
        "138 - 0013 - 8000",
        "13800 138000",
        "138\u{2003}0013\u{2003}8000",
        "138\u{FE0F}00138000",
        "壹叁捌零零壹叁捌零零零",
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎",
        "138零零一三8000",
        "138】0013-8000",
        "138，0013，8000",
        "013800138000",
        "0138 0013 8000",
        "１３８００１３８０００",
        "8613800138000",
        "86 138 0013 8000",
        "0086-13800138000",
        "一三八零零一三八零零零",
        "幺三八〇〇幺三八〇〇〇",
    ] {
        let text = format!("电话：{dressed}，张先生");
        let bare = dressed.trim_start_matches('(');
        assert_eq!(found(&text), [(Rule::Mobile, bare)], "{dressed}");
    }
    assert_eq!(found("+8613800138000"), [(Rule::Mobile, "8613800138000")]);
    assert_eq!(found("微信wx13800138000"), [(Rule::Mobile, "13800138000")]);
    assert_eq!(found("电话13800138000公司13900139000个人").len(), 2);
    let two = "13800138000 13900139000";
    assert_eq!(found(two), [(Rule::Mobile, "13800138000"), (Rule::Mobile, "13900139000")]);
}

#[test]
fn other_long_numbers_are_no_alarm() {
    for harmless in [
        "010-12345678",
        "0510-82723333",
        "400-820-8820",
        "12345",
        "2019-04-08 08:37:20",
        "二〇二六年十一月二十九日",
        "订单号138001380001",
        "编号12800138000",
        "511Z07001006-511602000000-000-11511301008778183N-1-00",
        "000014349/2018-00222",
        "http://www.example.cn/t2026112912345678901.html",
        "1380013800",
        "11620622013933539B/2021-03844",
        "人口 13 800 138 000 人次",
        "投资1391234.5678万元",
        "合同金额13912345678元",
        "2026/11/29 13:00",
        "13800138000.00元",
        "档号152-20240101",
        "补助收入 158 0000 0000 元",
        "债券 13800000000 元",
        "1998 2003 123",
    ] {
        assert_eq!(found(harmless), [], "{harmless}");
    }
}

#[test]
fn a_bank_card_is_told_by_issuer_and_check_digit() {
    for (begins, length) in [
        ("955880", 19),
        ("436742", 19),
        ("601382", 19),
        ("622848", 19),
        ("621700", 19),
        ("625", 16),
        ("4", 16),
        ("52", 16),
        ("622202", 18),
    ] {
        let card = bank_card(begins, length);
        assert_eq!(found(&format!("卡号{card}")), [(Rule::BankCard, card.as_str())], "{card}");
        let fours: Vec<String> =
            card.as_bytes().chunks(4).map(|four| String::from_utf8(four.to_vec()).unwrap()).collect();
        let fours = fours.join(" ");
        assert_eq!(found(&fours), [(Rule::BankCard, fours.as_str())], "{fours}");
    }
    let card = bank_card("622848", 19);
    let wrong = card.replace(&card[18..], if card.ends_with('1') { "2" } else { "1" });
    assert_eq!(found(&wrong), []);
}

#[test]
fn a_number_plate_is_told_by_its_shape() {
    for plate in [
        "苏B12345",
        "苏B·12345",
        "苏 B 12345",
        "京A1B2C3",
        "苏BD12345",
        "粤B12345D",
        "苏B1234警",
        "苏b12345",
        "苏Ｂ１２３４５",
    ] {
        let text = format!("车牌{plate}的车");
        assert_eq!(found(&text), [(Rule::Plate, plate)], "{plate}");
    }
    for harmless in ["新G20高速", "云A级景区", "苏B123456789", "苏BIO12345", "京ICP备00000001号", "晋A1", "晋B20260元"]
    {
        assert_eq!(found(harmless), [], "{harmless}");
    }
}

#[test]
fn what_is_shown_of_a_number_is_its_beginning_and_end() {
    assert_eq!(masked("13800138000"), "138******00");
    assert_eq!(masked("苏B12345"), "苏B****5");
    assert_eq!(masked("12"), "12");
}

proptest! {
    #[test]
    fn every_planted_number_is_found(
        before in "[\u{4e00}-\u{9fa5}，。：]{0,20}",
        after in "[，。；\u{4f00}-\u{9fa5}]{0,20}",
        middle in 0_u32..100_000_000,
        second in 3_u32..10,
        serial in 100_u32..1000,
        year in 1930_u32..2020,
        month in 1_u32..13,
        day in 1_u32..29,
        province in prop::sample::select(vec!["苏", "浙", "沪", "京", "粤"]),
        office in prop::sample::select(vec!["A", "B", "C", "E"]),
    ) {
        // Chinese digits right before or behind are digits of another number: they do not belong to the plan.
        let plain = |text: &str| {
            text.chars().filter(|c| chinese_digit(*c).is_none() && !UNITS.contains(*c)).collect::<String>()
        };
        let (before, after) = (plain(&before), plain(&after));
        let mobile = format!("1{second}{middle:09}");
        let card = id_card("320202", &format!("{year}{month:02}{day:02}"), &serial.to_string());
        let bank = bank_card(&format!("62{middle:08}"), 19);
        for (rule, number) in [(Rule::Mobile, mobile), (Rule::IdCard, card), (Rule::BankCard, bank)] {
            let text = format!("{before}{number}{after}");
            let told: Vec<_> = found(&text).into_iter().filter(|(told, _)| *told != Rule::Plate).collect();
            prop_assert_eq!(told, vec![(rule, number.as_str())], "{}", text);
        }
        let plate = format!("{province}{office}{:05}", middle % 100_000);
        let text = format!("{before}{plate}{after}");
        prop_assert!(found(&text).contains(&(Rule::Plate, plate.as_str())), "{}", text);
    }

    #[test]
    fn any_text_is_read_to_its_end(text in "\\PC{0,200}") {
        for number in numbers(&text) {
            prop_assert!(text.get(number.start..number.end).is_some());
        }
    }
}
