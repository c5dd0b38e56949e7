//! Public answers of the fictional city, as fixed data.

use domain::correction::Finding;
use pages::{AnswersMonthPage, AnswersPage, PublicAnswer};

use super::{HOSTILE, at, link, links};

fn answer(
    number: &str,
    finding: Finding,
    subject: &str,
    text: &str,
    page: Option<&str>,
    days: (&str, &str),
) -> PublicAnswer {
    PublicAnswer {
        id: format!("tag:www.localhost,{}:answer/{number}", days.0),
        url: format!("/zhaocuo/{}.html#{number}", days.1.get(..7).unwrap_or_default()),
        number: number.to_owned(),
        finding,
        subject: subject.to_owned(),
        text: text.to_owned(),
        page: page.map(|path| format!("http://www.localhost:8080{path}")),
        reported_at: at(&format!("{}T02:05:00Z", days.0)),
        answered_at: at(&format!("{}T07:40:00Z", days.1)),
    }
}

fn all() -> Vec<PublicAnswer> {
    vec![
        answer(
            "ZC-20261127-482133",
            Finding::Corrected,
            "停水通知中的日期写错",
            "感谢您的指正。经核实，通知第二段的“11月31日”应为“11月30日”，已于12月1日更正，更正说明附在原文之后。\n停水时间和范围没有变化。",
            Some("/zwgk/tzgg/2026/11/26/tingshui.html"),
            ("2026-11-27", "2026-12-01"),
        ),
        answer(
            "ZC-20261123-107548",
            Finding::AsIntended,
            "公共数据开放管理办法的施行日期",
            "办法第三十一条规定自2027年1月1日起施行，与页面所载一致。您看到的12月1日是征求意见稿的日期。",
            Some("/zwgk/zcwj/2026/11/18/sjkf.html"),
            ("2026-11-23", "2026-11-25"),
        ),
        answer(
            "ZC-20261119-930016",
            Finding::Elsewhere,
            "公积金网上大厅无法登录",
            "该系统由省住房资金管理中心运行，请拨打12329反映。我们已将您的留言的内容转告该中心。",
            None,
            ("2026-11-19", "2026-11-20"),
        ),
    ]
}

pub(crate) fn newest() -> AnswersPage {
    let months = links(&[("2026年12月", "/zhaocuo/2026-12.html"), ("2026年11月", "/zhaocuo/2026-11.html")]);
    AnswersPage {
        answers: all(),
        months,
        feed: "/zhaocuo/feed.xml".to_owned(),
        statistics: link("办理统计", "/tongji/"),
    }
}

pub(crate) fn none_yet() -> AnswersPage {
    let statistics = link("办理统计", "http://www.localhost:8080/tongji/");
    AnswersPage { answers: Vec::new(), months: Vec::new(), statistics, ..newest() }
}

pub(crate) fn month() -> AnswersMonthPage {
    let answers = all().into_iter().skip(1).collect();
    AnswersMonthPage { title: "2026年11月".to_owned(), answers, newest: link("纠错反馈", "/zhaocuo/") }
}

/// A month whose answers were all withdrawn.
pub(crate) fn silent_month() -> AnswersMonthPage {
    AnswersMonthPage { answers: Vec::new(), ..month() }
}

/// Hostile text in every field.
pub(crate) fn hostile() -> (AnswersPage, AnswersMonthPage) {
    let text = || HOSTILE.to_owned();
    let of =
        |answer: PublicAnswer| PublicAnswer { id: text(), subject: text(), text: text(), page: Some(text()), ..answer };
    let answers: Vec<_> = all().into_iter().map(of).collect();
    let page = AnswersPage { answers: answers.clone(), months: links(&[(HOSTILE, "/x/")]), ..newest() };
    (page, AnswersMonthPage { title: text(), answers, newest: link(HOSTILE, "/x/") })
}
