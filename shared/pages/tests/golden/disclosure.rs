//! What the fictional city's departments disclose, and its guide to disclosure, as fixed data.

use domain::{
    mandatory::{Category, Part, Standing},
    request::{NATIONAL, RequestLimits},
};
use pages::{
    CategoryCoverage, ColumnCoverage, CoveragePage, DepartmentCoveragePage, DepartmentStandings, DisclosureContact,
    GuidePage, Link, RenderError, Rendered, json,
};

use super::{HOSTILE, frame, link};

const HOME: (&str, &str) = ("首页", "/");
const COVERAGE: (&str, &str) = ("法定公开内容覆盖情况", "/gkfg/");

fn catalogue() -> Link {
    link("政府信息公开目录", "/gkml/")
}

fn guide_link() -> Link {
    link("政府信息公开指南", "/gkzn/")
}

/// A department to which the categories stand as these characters say: `有`, `缺`, `不`.
fn department(code: &str, name: &str, standings: &str) -> DepartmentStandings {
    let standing = |(category, character)| {
        let standing = match character {
            '有' => Standing::Covered,
            '缺' => Standing::Lacking,
            _ => Standing::NotConcerned,
        };
        (category, standing)
    };
    DepartmentStandings {
        code: code.to_owned(),
        department: link(name, &format!("/gkfg/{code}/")),
        standings: Category::ALL.into_iter().zip(standings.chars()).map(standing).collect(),
    }
}

pub(crate) fn overview() -> CoveragePage {
    CoveragePage {
        departments: vec![
            department("fgw", "市发展和改革委员会", "有有有有缺缺缺缺缺有缺缺缺不有"),
            department("jyj", "市教育局", "有缺缺缺缺缺缺缺缺不有缺缺不缺"),
            department("zfb", "市政府办公室", "有有缺缺缺缺缺不缺缺缺有缺不有"),
        ],
        table: "/gkfg/gkfg.csv".to_owned(),
        catalogue: catalogue(),
        guide: guide_link(),
    }
}

/// A city without departments.
pub(crate) fn nobody() -> CoveragePage {
    CoveragePage { departments: Vec::new(), ..overview() }
}

fn category(category: Category, standing: Standing) -> CategoryCoverage {
    let untold = (category == Category::Organisation).then(Vec::new);
    CategoryCoverage { category, standing, documents: 0, newest: None, columns: Vec::new(), untold, reason: None }
}

fn column(name: &str, url: &str, documents: u64) -> ColumnCoverage {
    ColumnCoverage { column: link(name, url), documents }
}

pub(crate) fn of_department() -> DepartmentCoveragePage {
    let categories = Category::ALL.map(|one| match one {
        Category::Regulations => CategoryCoverage {
            documents: 12,
            newest: "2026-11-18".parse().ok(),
            columns: vec![
                column("政策文件", "http://jyj.localhost:8080/zcwj/", 9),
                column("政策文件", "/zwgk/zcwj/", 3),
            ],
            ..category(one, Standing::Covered)
        },
        Category::Organisation => CategoryCoverage {
            untold: Some(vec![Part::OfficeHours, Part::Leaders]),
            ..category(one, Standing::Lacking)
        },
        Category::Plans => CategoryCoverage {
            columns: vec![column("规划计划", "http://jyj.localhost:8080/ghjh/", 0)],
            ..category(one, Standing::Lacking)
        },
        Category::Projects => CategoryCoverage {
            reason: Some("学校建设项目由发展改革部门批准并公开".to_owned()),
            ..category(one, Standing::NotConcerned)
        },
        _ => category(one, Standing::Lacking),
    });
    DepartmentCoveragePage {
        code: "jyj".to_owned(),
        department: link("市教育局", "/bm/jyj/"),
        overview: link(COVERAGE.0, COVERAGE.1),
        categories: categories.into(),
    }
}

/// A department that lacks nothing: its profile tells all of itself.
pub(crate) fn of_model_department() -> DepartmentCoveragePage {
    let categories = Category::ALL.map(|one| match one {
        Category::Organisation => category(one, Standing::Covered),
        Category::Charges => CategoryCoverage {
            reason: Some("没有行政事业性收费项目".to_owned()),
            ..category(one, Standing::NotConcerned)
        },
        _ => CategoryCoverage {
            documents: 1,
            columns: vec![column("信息公开", "/zwgk/", 1)],
            ..category(one, Standing::Covered)
        },
    });
    DepartmentCoveragePage { categories: categories.into(), ..of_department() }
}

fn contact(code: &str, name: &str) -> DisclosureContact {
    DisclosureContact {
        department: link(name, &format!("/bm/{code}/")),
        office: "办公室（政务公开科）".to_owned(),
        address: "澄湖市湖滨新区观澜路1号市民中心A座".to_owned(),
        telephone: "0519-8100 0001".to_owned(),
        office_hours: "周一至周五 9:00—12:00、14:00—17:30".to_owned(),
        fax: "0519-8100 0002".to_owned(),
        mailbox: format!("{code}-gk@chenghu.example"),
    }
}

pub(crate) fn guide() -> GuidePage {
    let limits: RequestLimits = serde_json::from_str(NATIONAL).expect("the limits of applications");
    let bare = DisclosureContact {
        office: String::new(),
        address: String::new(),
        telephone: String::new(),
        office_hours: String::new(),
        fax: String::new(),
        mailbox: String::new(),
        ..contact("xfb", "市信访办公室")
    };
    GuidePage {
        limits,
        departments: vec![contact("jyj", "市教育局"), bare, contact("zfb", "市政府办公室")],
        supervisor: Some(contact("zfb", "市政府办公室")),
        catalogue: catalogue(),
        coverage: link(COVERAGE.0, COVERAGE.1),
        search: link("搜索政府信息", "/search"),
        form: link("依申请公开", "/form/disclosure/information-request"),
        status: link("查询申请进度", "/form/disclosure/status"),
    }
}

/// The guide of a city that is not set up yet.
pub(crate) fn bare_guide() -> GuidePage {
    GuidePage { departments: Vec::new(), supervisor: None, ..guide() }
}

/// The pages under a file name each.
pub(crate) fn pages() -> Vec<(&'static str, Result<Rendered, RenderError>)> {
    vec![
        ("coverage.html", pages::coverage(&frame("/gkfg/", &[HOME]), &overview())),
        ("coverage-nobody.html", pages::coverage(&frame("/gkfg/", &[HOME]), &nobody())),
        (
            "coverage-of-department.html",
            pages::department_coverage(&frame("/gkfg/jyj/", &[HOME, COVERAGE]), &of_department()),
        ),
        (
            "coverage-whole.html",
            pages::department_coverage(&frame("/gkfg/jyj/", &[HOME, COVERAGE]), &of_model_department()),
        ),
        ("guide.html", pages::guide(&frame("/gkzn/", &[HOME]), &guide())),
        ("guide-bare.html", pages::guide(&frame("/gkzn/", &[HOME]), &bare_guide())),
    ]
}

/// The JSON beside them.
pub(crate) fn written() -> Vec<(&'static str, Result<Rendered, RenderError>)> {
    vec![
        ("coverage.json", json::coverage(&frame("/gkfg/", &[HOME]), &overview())),
        (
            "coverage-of-department.json",
            json::department_coverage(&frame("/gkfg/jyj/", &[HOME, COVERAGE]), &of_department()),
        ),
        ("guide.json", json::guide(&frame("/gkzn/", &[HOME]), &guide())),
    ]
}

/// Hostile text in every field.
pub(crate) fn hostile() -> (CoveragePage, DepartmentCoveragePage, GuidePage) {
    let text = || HOSTILE.to_owned();
    let here = || link(HOSTILE, "/x/");
    let contact = DisclosureContact {
        department: here(),
        office: text(),
        address: text(),
        telephone: text(),
        office_hours: text(),
        fax: text(),
        mailbox: text(),
    };
    let overview = CoveragePage {
        departments: vec![DepartmentStandings {
            code: text(),
            department: here(),
            ..department("x", "x", "有缺不缺缺缺缺缺缺缺缺缺缺缺缺")
        }],
        table: "/x/x.csv".to_owned(),
        catalogue: here(),
        guide: here(),
    };
    let one = CategoryCoverage {
        columns: vec![ColumnCoverage { column: here(), documents: 1 }],
        reason: Some(text()),
        ..category(Category::Charges, Standing::NotConcerned)
    };
    let of_department =
        DepartmentCoveragePage { code: text(), department: here(), overview: here(), categories: vec![one] };
    let guide = GuidePage {
        departments: vec![contact.clone()],
        supervisor: Some(contact),
        catalogue: here(),
        coverage: here(),
        search: here(),
        form: here(),
        status: here(),
        ..guide()
    };
    (overview, of_department, guide)
}
