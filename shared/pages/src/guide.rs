//! The words of the guide to disclosure, the same on the page and in its JSON.
//!
//! Terms and fees are those of the limits that applications are counted by; what the regulation itself says is told in its own words.

use domain::{
    deadline::{Limit, Unit},
    request::{FeeSchedule, Fen, RequestLimits},
};
use serde::Serialize;

/// What the page is called.
pub(crate) const NAME: &str = "政府信息公开指南";

/// What a reader is to expect.
pub(crate) const ABOUT: &str = "政府信息怎样分类、怎样查到、怎样申请，向谁申请，不服怎么办。";

/// The ways into the catalogue.
pub(crate) const WAYS: [(&str, &str); 4] = [
    ("按部门", "由哪个部门公开"),
    ("按主题", "国家统一的 22 个主题"),
    ("按体裁", "15 种公文和其他"),
    ("按年份", "哪一年公开"),
];

/// What an application says (art. 29).
pub(crate) const CONTENTS: [&str; 3] = [
    "申请人的姓名或者名称、身份证明、联系方式；",
    "申请公开的政府信息的名称、文号或者便于行政机关查询的其他特征性描述；",
    "申请公开的政府信息的形式要求，包括获取信息的方式、途径。",
];

/// The day from which an application counts, by the way it comes (art. 31).
pub(crate) const RECEIPTS: [(&str, &str); 4] = [
    ("当面提交", "提交之日为收到申请之日"),
    ("邮寄（需要签收）", "行政机关签收之日为收到申请之日"),
    ("平常信函（无需签收）", "行政机关与申请人确认之日为收到申请之日"),
    ("互联网、传真", "双方确认之日为收到申请之日"),
];

/// The seven kinds of reply (art. 36).
pub(crate) const OUTCOMES: [(&str, &str); 7] = [
    ("已经主动公开", "告知获取该政府信息的方式、途径。"),
    (
        "可以公开",
        "提供该政府信息，或者告知获取的方式、途径和时间；含有不应当公开的内容、能够区分处理的，提供可以公开的部分。",
    ),
    ("不予公开", "告知不予公开并说明理由。"),
    ("信息不存在", "经检索没有所申请公开信息的，告知该政府信息不存在。"),
    ("不属于本机关负责公开", "告知并说明理由；能够确定负责公开该信息的行政机关的，告知其名称、联系方式。"),
    ("重复申请", "已就申请作出答复、又申请公开相同信息的，告知不予重复处理。"),
    ("另有特别规定", "属于工商、不动产登记资料等信息，法律、行政法规对获取另有规定的，告知依照规定办理。"),
];

/// What else may become of an application (art. 35, 39).
pub(crate) const OTHERWISE: [&str; 2] = [
    "申请的数量、频次明显超过合理范围的，行政机关可以要求说明理由；理由不合理的，告知不予处理（条例第三十五条）。",
    "以申请政府信息公开的形式信访、投诉、举报的，告知不作为政府信息公开申请处理，并可以告知通过相应渠道提出（条例第三十九条）。",
];

/// What can be done against an authority (art. 51; 行政复议法 art. 20, 23; 行政诉讼法 art. 46).
pub(crate) const REMEDIES: [(&str, &str); 3] = [
    (
        "投诉、举报",
        "认为行政机关不依法履行公开义务、侵犯合法权益的，可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报（条例第五十一条）。",
    ),
    (
        "行政复议",
        "可以自知道或者应当知道该行政行为之日起六十日内申请行政复议。申请公开而不予公开的，应当先申请行政复议（行政复议法第二十条、第二十三条）。",
    ),
    (
        "行政诉讼",
        "对行政复议决定不服的，可以自收到复议决定书之日起十五日内向人民法院起诉；依法可以直接起诉的，自知道或者应当知道之日起六个月内提出（行政诉讼法第四十五条、第四十六条）。",
    ),
];

/// Something and what it means.
#[derive(Serialize)]
pub(crate) struct Told {
    name: &'static str,
    text: &'static str,
}

/// Pairs of a name and what it means.
pub(crate) fn told(pairs: &[(&'static str, &'static str)]) -> Vec<Told> {
    pairs.iter().map(|(name, text)| Told { name, text }).collect()
}

/// A term of the procedure.
#[derive(Serialize)]
pub(crate) struct Term {
    /// For what: `答复期限`.
    pub(crate) title: String,
    /// How long: `20 个工作日`.
    pub(crate) term: String,
    /// How it may be extended, if it may.
    pub(crate) extension: Option<String>,
    /// By which rule.
    pub(crate) rule: String,
}

/// The terms of an application, in the order in which they come.
pub(crate) fn terms(limits: &RequestLimits) -> Vec<Term> {
    let RequestLimits { confirmation, completion_notice, completion, opinion, fee, reply, .. } = limits;
    let term = |limit: &Limit| Term {
        title: limit.title.to_string(),
        term: span(limit.count.get(), limit.unit),
        extension: (limit.extensions.times > 0).then(|| {
            let most = span(limit.extensions.most, limit.unit);
            format!("经批准可以延长 {} 次，合计不超过 {most}，并告知申请人", limit.extensions.times)
        }),
        rule: limit.rule.to_string(),
    };
    [confirmation, completion_notice, completion, opinion, reply, fee].map(term).into()
}

fn span(count: u16, unit: Unit) -> String {
    let unit = match unit {
        Unit::WorkingDay => "个工作日",
        Unit::CalendarDay => "日",
        Unit::OfficeHour => "个办公小时",
    };
    format!("{count} {unit}")
}

/// What an application costs (art. 42; 国办函〔2020〕109号).
pub(crate) fn fees(schedule: FeeSchedule) -> Vec<String> {
    let FeeSchedule { free, first_tier, tier, step } = schedule;
    let step = yuan(step);
    vec![
        format!("提供政府信息不收取费用；同一申请人一个自然月内申请不超过 {free} 件的，不收费。"),
        format!("一个自然月内第 {} 件至第 {first_tier} 件，每件收取信息处理费 {step} 元。", free.saturating_add(1)),
        format!(
            "第 {} 件起，以每 {tier} 件为一档，每增加一档，每件的收费标准提高 {step} 元。",
            first_tier.saturating_add(1)
        ),
    ]
}

/// `100`, `0.5`.
fn yuan(Fen(fen): Fen) -> String {
    let (whole, rest) = (fen / 100, fen % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use domain::request::NATIONAL;

    use super::*;

    #[test]
    fn terms_and_fees_are_those_that_applications_are_counted_by() {
        let limits: RequestLimits = serde_json::from_str(NATIONAL).unwrap();
        let told: Vec<String> =
            terms(&limits).into_iter().map(|term| format!("{} {}", term.title, term.term)).collect();
        assert_eq!(
            told,
            [
                "登记确认期限 1 个工作日",
                "补正告知期限 7 个工作日",
                "补正期限 15 个工作日",
                "征求意见期限 15 个工作日",
                "答复期限 20 个工作日",
                "缴费期限 20 个工作日"
            ]
        );
        let extended: Vec<String> = terms(&limits).into_iter().filter_map(|term| term.extension).collect();
        assert_eq!(extended, ["经批准可以延长 1 次，合计不超过 20 个工作日，并告知申请人"]);
        let [free, first, further] = fees(limits.fees).try_into().unwrap();
        assert!(free.contains("不超过 10 件"), "{free}");
        assert!(first.contains("第 11 件至第 30 件，每件收取信息处理费 100 元"), "{first}");
        assert!(further.contains("第 31 件起，以每 10 件为一档"), "{further}");
    }

    #[test]
    fn an_amount_has_no_more_digits_than_it_needs() {
        assert_eq!([10_000, 50, 5, 123].map(|fen| yuan(Fen(fen))), ["100", "0.5", "0.05", "1.23"]);
    }
}
