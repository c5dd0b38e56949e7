//! Nothing that stands in a text is missed.

use std::collections::BTreeSet;

use super::*;
use crate::normal::{Normal, is_written};

const TEXTS: [(&str, &str); 9] = [
    (
        "关于进一步优化营商环境的若干措施",
        "为深入贯彻《优化营商环境条例》，经市政府第12次常务会议通过，自2024年7月1日起施行。",
    ),
    (
        "无锡市住房公积金提取管理办法",
        "第一条 职工购买、建造、翻建、大修自住住房的，可以提取本人住房公积金账户内的存储余额。",
    ),
    ("锡政办发〔2024〕15号文件解读", "“免申即享”是什么？企业无需申报，由系统自动比对后兑现，咨询电话：0510-12345。"),
    ("ＷｉＦｉ６全覆盖：市民中心", "一楼大厅提供Wi-Fi 6与5G网络，密码见服务台；A座3F设自助区。😀"),
    ("民生民生民生", "民生无小事，枝叶总关情。民生民生，民之所生。"),
    ("2025年度部门预算（草案）", "一般公共预算收入1,234.56亿元，增长3.5%；其中：税收收入占比80.2％。"),
    ("太湖  蓝藻\n打捞", "太湖\t流域水环境综合治理　总体方案\r\n附件：1.任务表；2.责任清单。"),
    ("𠮷野家食品安全抽检通报", "抽检𠮷野家门店3家，合格率100%。"),
    ("一", "二"),
];

fn city() -> City {
    City::of(TEXTS.iter().enumerate().map(|(at, (title, body))| entry(&at.to_string(), title, body)))
}

/// The documents in which `part` stands.
fn holding(part: &str) -> BTreeSet<String> {
    let holds = |text: &str| Normal::of(text).text().contains(part);
    let texts = TEXTS.iter().enumerate().filter(|(_, (title, body))| holds(title) || holds(body));
    texts.map(|(at, _)| at.to_string()).collect()
}

/// Every part of any text of `lengths` characters.
fn parts(lengths: std::ops::RangeInclusive<usize>) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for text in TEXTS.iter().flat_map(|(title, body)| [title, body]) {
        let normal = Normal::of(text);
        for length in lengths.clone() {
            parts.extend(normal.chars().windows(length).map(|part| part.iter().collect::<String>()));
        }
    }
    parts
}

fn found(reader: &Reader, text: String) -> BTreeSet<String> {
    let query = Query { limit: 100, order: Order::Newest, ..Query::of(text) };
    reader.answer(&query).unwrap().hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn every_part_of_a_text_finds_it() {
    let reader = city().reader();
    let parts = parts(1..=4);
    assert!(parts.len() > 800);
    for part in parts {
        let found = found(&reader, part.clone());
        assert!(found.is_superset(&holding(&part)), "`{part}` misses some of {:?}: {found:?}", holding(&part));
    }
}

#[test]
fn every_quoted_phrase_finds_its_texts_and_no_others() {
    let reader = city().reader();
    for phrase in parts(2..=12) {
        let (found, holding) = (found(&reader, format!("\"{phrase}\"")), holding(&phrase));
        assert!(found.is_superset(&holding), "`{phrase}` misses some of {holding:?}: {found:?}");
        // Which break stands between two words is not indexed.
        if phrase.chars().all(is_written) {
            assert_eq!(found, holding, "{phrase}");
        }
    }
}

#[test]
fn a_text_without_letters_and_digits_means_everything() {
    let city = city();
    let answer = city.answer(&Query::of("，。“”"));
    assert_eq!((answer.total, answer.reading.kind), (TEXTS.len() as u64, ReadingKind::Everything));
}
