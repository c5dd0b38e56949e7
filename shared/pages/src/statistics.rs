//! The words in which statistics of cases are told, the same on pages, in JSON and in tables.

use domain::statistics::{Duration, MinimumSample, PerMille, Timeliness};

use crate::model::{KindStatistics, StatisticsMonthPage};

/// What these pages are called.
pub(crate) const NAME: &str = "办理统计";

/// What a reader is to expect.
pub(crate) const ABOUT: &str = "公众通过网站提交的诉求和申请，各部门收到多少、办结多少、是否按时、用了多久，按月公布。";

/// Why something is not told: `样本少于5件，不计算`.
pub(crate) fn too_few(minimum: MinimumSample) -> String {
    format!("样本少于{}件，不计算", minimum.get())
}

/// `95.6%`, or `100%`: rounded down to a tenth.
pub(crate) fn percent(share: PerMille) -> String {
    let (whole, tenth) = (share.get() / 10, share.get() % 10);
    if tenth == 0 { format!("{whole}%") } else { format!("{whole}.{tenth}%") }
}

/// The name of a month's page: `2026年11月办理统计`.
pub(crate) fn title(month: &StatisticsMonthPage) -> String {
    format!("{}{NAME}", month.title)
}

/// How many came in and how many came to their end, of all kinds.
pub(crate) fn totals(month: &StatisticsMonthPage) -> (u64, u64) {
    let sum = |of: fn(&KindStatistics) -> u64| month.kinds.iter().map(of).sum();
    (sum(|kind| kind.summary.received), sum(|kind| kind.summary.closed))
}

/// What a month comes to, in sentences.
pub(crate) fn finding(month: &StatisticsMonthPage) -> String {
    if month.kinds.is_empty() {
        return format!("{}没有办理记录。", month.title);
    }
    let (received, closed) = totals(month);
    let mut sentences = format!("{}共收到 {received} 件，办结 {closed} 件。", month.title);
    for kind in &month.kinds {
        sentences.push_str(&format!("{}：{}。", kind.name, of_kind(kind, month.minimum)));
    }
    sentences
}

fn of_kind(kind: &KindStatistics, minimum: MinimumSample) -> String {
    let timely = kind.summary.timeliness.told().map(|timeliness| timely(&timeliness));
    let quick = kind.summary.duration.told().map(|duration| quick(&duration));
    match (timely, quick) {
        (None, None) => too_few(minimum),
        (Some(timely), Some(quick)) => format!("{timely}，{quick}"),
        (Some(timely), None) => format!("{timely}，用时{}", too_few(minimum)),
        (None, Some(quick)) => format!("{quick}，按时率{}", too_few(minimum)),
    }
}

fn timely(timeliness: &Timeliness) -> String {
    format!("按时率 {}", percent(timeliness.share()))
}

fn quick(duration: &Duration) -> String {
    let days = duration.working_days;
    format!("半数在 {} 个工作日内办结，九成在 {} 个工作日内办结", days.median, days.ninetieth)
}

/// By which calendar working days are counted.
pub(crate) fn calendar(month: &StatisticsMonthPage) -> String {
    let version = match month.calendar {
        0 => "工作日历尚未采用".to_owned(),
        number => format!("按工作日历第 {number} 版"),
    };
    let years: Vec<String> = month.provisional.iter().map(|year| format!("{year}年")).collect();
    if years.is_empty() {
        version
    } else {
        format!("{version}；{}的放假安排尚未公布，暂以周一至周五为工作日", years.join("、"))
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        calendar::Calendar,
        statistics::{Contribution, Punctuality, Summary},
    };

    use super::*;

    fn share(in_time: usize, late: usize) -> String {
        let decided = |punctuality| Contribution { punctuality: Some(punctuality), ..Contribution::default() };
        let mut cases = vec![decided(Punctuality::InTime); in_time];
        cases.extend(vec![decided(Punctuality::Late); late]);
        let summary = Summary::of(&cases, &Calendar::default(), MinimumSample::HOUSE);
        percent(summary.timeliness.told().unwrap().share())
    }

    #[test]
    fn a_share_has_a_tenth_where_it_needs_one() {
        let told = [share(5, 0), share(9, 1), share(22, 1), share(0, 5), share(1, 1999)];
        assert_eq!(told, ["100%", "90%", "95.6%", "0%", "0%"]);
    }
}
