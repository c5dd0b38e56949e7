//! Annual reports of the fictional city, as fixed data.

use domain::{
    annual::{Applied, Handling, Matrix, Paid},
    mandatory::Category,
    request::Applicant,
};
use pages::{Link, RenderError, Rendered, ReportBody, ReportPage, ReportsOfYear, ReportsPage, json};

use super::{HOSTILE, frame, link};

const HOME: (&str, &str) = ("首页", "/");
const REPORTS: (&str, &str) = ("政府信息公开工作年度报告", "/gknb/");

fn reports_link() -> Link {
    link(REPORTS.0, REPORTS.1)
}

fn applied(received: i16, applicant: Applicant, handled: Option<(i16, Handling)>) -> Applied {
    Applied { received, applicant, handled, paid: None }
}

/// Three were open when the year began, and two when it ended.
fn applications() -> Vec<Applied> {
    use Applicant::{Citizen, Organisation};
    use Handling::{Disclosed, NotHeld, Otherwise, Partial, Petition, Repeat, Uncompleted, Withheld};
    let fee = Some(Paid { year: 2026, fen: 20_050 });
    vec![
        applied(2025, Citizen, Some((2025, Disclosed))),
        applied(2025, Citizen, Some((2026, Disclosed))),
        applied(2025, Organisation, Some((2026, Partial))),
        applied(2025, Citizen, None),
        Applied { paid: fee, ..applied(2026, Organisation, Some((2026, Disclosed))) },
        applied(2026, Citizen, Some((2026, Withheld))),
        applied(2026, Citizen, Some((2026, NotHeld))),
        applied(2026, Citizen, Some((2026, Petition))),
        applied(2026, Citizen, Some((2026, Repeat))),
        applied(2026, Citizen, Some((2026, Uncompleted))),
        applied(2026, Citizen, Some((2026, Otherwise))),
        applied(2026, Organisation, None),
    ]
}

fn by_category() -> Vec<(Category, u64)> {
    Category::ALL.into_iter().zip([12, 0, 3, 1, 0, 0, 4, 0, 0, 2, 31, 5, 0, 1, 40]).collect()
}

pub(crate) fn of_department() -> ReportPage {
    ReportPage {
        year: 2026,
        body: ReportBody::Department { code: "jyj".to_owned(), department: link("市教育局", "/bm/jyj/") },
        table: "/gknb/2026/jyj/report.csv".to_owned(),
        reports: reports_link(),
        guide: link("政府信息公开指南", "/gkzn/"),
        coverage: link("法定公开内容覆盖情况", "/gkfg/"),
        made_public: 97,
        by_category: by_category(),
        matrix: Matrix::of(2026, &applications()),
    }
}

/// A year in which nobody applied and nothing was published.
pub(crate) fn of_the_city() -> ReportPage {
    ReportPage {
        year: 2025,
        body: ReportBody::City {
            name: "澄湖市人民政府".to_owned(),
            departments: vec![link("市教育局", "/gknb/2025/jyj/"), link("市政府办公室", "/gknb/2025/zfb/")],
        },
        table: "/gknb/2025/report.csv".to_owned(),
        made_public: 0,
        by_category: Category::ALL.map(|category| (category, 0)).into(),
        matrix: Matrix::of(2025, &[]),
        ..of_department()
    }
}

fn list() -> ReportsPage {
    let year = |year: &str, departments: Vec<Link>| ReportsOfYear {
        city: link(&format!("{year}年"), &format!("/gknb/{year}/")),
        departments,
    };
    let departments = vec![link("市教育局", "/gknb/2026/jyj/"), link("市政府办公室", "/gknb/2026/zfb/")];
    ReportsPage { years: vec![year("2026", departments), year("2025", Vec::new())] }
}

/// The pages under a file name each.
pub(crate) fn pages() -> Vec<(&'static str, Result<Rendered, RenderError>)> {
    vec![
        ("reports.html", pages::reports(&frame("/gknb/", &[HOME]), &list())),
        ("reports-none.html", pages::reports(&frame("/gknb/", &[HOME]), &ReportsPage { years: Vec::new() })),
        (
            "report-of-department.html",
            pages::report(&frame("/gknb/2026/jyj/", &[HOME, REPORTS, ("2026年", "/gknb/2026/")]), &of_department()),
        ),
        ("report.html", pages::report(&frame("/gknb/2025/", &[HOME, REPORTS]), &of_the_city())),
    ]
}

/// The JSON beside them.
pub(crate) fn written() -> Vec<(&'static str, Result<Rendered, RenderError>)> {
    vec![
        ("reports.json", json::reports(&frame("/gknb/", &[HOME]), &list())),
        ("report-of-department.json", json::report(&frame("/gknb/2026/jyj/", &[HOME, REPORTS]), &of_department())),
        ("report.json", json::report(&frame("/gknb/2025/", &[HOME, REPORTS]), &of_the_city())),
    ]
}

/// Hostile text in every field.
pub(crate) fn hostile() -> (ReportsPage, ReportPage) {
    let here = || link(HOSTILE, "/x/");
    let report = ReportPage {
        body: ReportBody::Department { code: HOSTILE.to_owned(), department: here() },
        reports: here(),
        guide: here(),
        coverage: here(),
        ..of_department()
    };
    (ReportsPage { years: vec![ReportsOfYear { city: here(), departments: vec![here()] }] }, report)
}
