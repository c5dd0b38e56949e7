//! The page of the search, as fixed data: much found, nothing, some, of a day, not readable, not to be had.

use jiff::civil::date;
use pages::search::{
    self, Chip, Choice, DayQuestion, ErrorNote, Facet, FacetKind, FacetOption, Hidden, HitValidity, InForceOn, Outcome,
    Piece, Reading, Reason, Results, SearchHit, SearchPage, ValidityNote, Wanted,
};
use pages::{Dated, Frame, Link, RenderError, Rendered};

use super::city::{self, HOSTILE, at};

fn frame() -> Frame {
    of_search(city::frame(SearchPage::PATH, &[("首页", "/")]))
}

/// The frame of a department's site.
fn of_department() -> Frame {
    Frame { breadcrumb: frame().breadcrumb, ..of_search(city::department_site(SearchPage::PATH)) }
}

fn of_search(mut frame: Frame) -> Frame {
    frame.data = None;
    frame.provenance.stream = "search:www".to_owned();
    frame
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn link(name: &str, url: &str) -> Link {
    Link { name: text(name), url: text(url) }
}

fn hidden(pairs: &[(&str, &str)]) -> Vec<Hidden> {
    pairs.iter().map(|(name, value)| Hidden { name: text(name), value: text(value) }).collect()
}

fn chip(label: &str, value: &str, url: &str) -> Chip {
    Chip { label: text(label), value: text(value), url: text(url) }
}

/// Pieces of a text in which `[…]` was searched for.
fn pieces(marked: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (place, part) in marked.split(['[', ']']).enumerate() {
        if !part.is_empty() {
            pieces.push(Piece { text: text(part), marked: place % 2 == 1 });
        }
    }
    pieces
}

fn option(name: &str, count: u64) -> FacetOption {
    FacetOption { name: text(name), count, url: format!("/search?q=x&v={count}"), chosen: false, narrower: Vec::new() }
}

fn facet(kind: FacetKind, options: &[(&str, u64)]) -> Facet {
    Facet { kind, options: options.iter().map(|(name, count)| option(name, *count)).collect() }
}

/// All facets: one with more than are shown, one chosen among them, one of two levels.
fn facets() -> Vec<Facet> {
    let mut departments = facet(
        FacetKind::Department,
        &[
            ("市住房公积金管理中心", 412),
            ("市政府办公室", 186),
            ("市人力资源和社会保障局", 97),
            ("市住房和城乡建设局", 88),
            ("市财政局", 61),
            ("市司法局", 33),
            ("市税务局", 20),
            ("市审计局", 18),
            ("市统计局", 9),
            ("市教育局", 4),
        ],
    );
    if let Some(last) = departments.options.last_mut() {
        last.chosen = true;
    }
    let mut subjects = facet(FacetKind::Subject, &[("劳动、人事、监察", 301), ("综合政务", 77)]);
    if let Some(first) = subjects.options.first_mut() {
        first.narrower = vec![FacetOption { chosen: true, ..option("社会保障", 254) }, option("人事工作", 47)];
    }
    vec![
        facet(FacetKind::Site, &[("澄湖市人民政府", 640), ("澄湖市住房公积金管理中心", 412), ("澄湖市教育局", 4)]),
        departments,
        subjects,
        facet(FacetKind::Genre, &[("通知", 310), ("意见", 25), ("决定", 6)]),
        facet(FacetKind::Class, &[("规范性文件", 58), ("工作动态", 40)]),
        facet(FacetKind::Term, &[("公积金", 420), ("提取", 133)]),
        facet(FacetKind::Year, &[("2026", 152), ("2025", 230), ("日期不详", 12)]),
        facet(FacetKind::Validity, &[("有效", 301), ("已修改", 12), ("废止", 8), ("失效", 3), ("未知", 732)]),
        facet(FacetKind::Form, &[("文章", 900), ("问答", 120), ("附件下载", 36)]),
    ]
}

fn hit(title: &str, snippet: &str, url: &str) -> SearchHit {
    SearchHit {
        title: pieces(title),
        url: text(url),
        snippet: pieces(snippet),
        site: text("澄湖市人民政府"),
        department: None,
        document_number: None,
        index_number: None,
        dated: at("2026-11-18T01:00:00Z").into(),
        form: None,
        validity: None,
        on_day: None,
    }
}

fn in_force(until: Option<&str>) -> Option<ValidityNote> {
    let until = until.and_then(|day| day.parse().ok());
    Some(ValidityNote { validity: HitValidity::InForce, reason: None, until })
}

fn over(validity: HitValidity, reason: Option<Reason>, until: Option<&str>) -> Option<ValidityNote> {
    Some(ValidityNote { validity, reason, until: until.and_then(|day| day.parse().ok()) })
}

/// One hit of every validity, one that is not of a text, one without a title.
pub(crate) fn hits() -> Vec<SearchHit> {
    let repealing = Reason::Document {
        title: text("市政府关于废止《澄湖市住房公积金提取管理办法》等文件的决定"),
        url: Some(text("/zwgk/zcwj/2024/04/28/fzjd.html")),
    };
    vec![
        SearchHit {
            department: Some(text("市住房公积金管理中心")),
            document_number: Some(text("澄金发〔2026〕11号")),
            index_number: Some(text("014109876/2026-00031")),
            validity: in_force(Some("2031-12-01")),
            ..hit(
                "关于调整住房[公积金][提取]政策的通知",
                "……职工租房[提取]住房[公积金]的，每月限额由1500元调整为2000元；老旧小区加装电梯，可以[提取]本人及配偶账户内的[公积金]……",
                "http://gjj.localhost:8080/zwgk/2026/11/18/tqzc.html",
            )
        },
        SearchHit {
            department: Some(text("市政府办公室")),
            document_number: Some(text("澄政办发〔2018〕62号")),
            dated: Dated::Published(date(2018, 7, 2)),
            validity: over(HitValidity::Repealed, Some(repealing), Some("2024-05-01")),
            ..hit(
                "澄湖市住房[公积金][提取]管理办法",
                "第一条 为规范住房[公积金][提取]管理，维护缴存职工的合法权益……",
                "/zwgk/zcwj/2018/07/02/tqbf.html",
            )
        },
        SearchHit {
            form: Some(text("问答")),
            ..hit("离职以后怎样[提取][公积金]", "封存满半年且没有重新就业的，可以……", "/hdjl/cjwt/2026/11/03/lz.html")
        },
        SearchHit {
            validity: over(HitValidity::Amended, Some(Reason::Words(text("第六条已修改，查阅时以新条文为准"))), None),
            ..hit("[公积金]缴存管理实施细则", "", "/zwgk/zcwj/2020/03/09/jcxz.html")
        },
        SearchHit {
            dated: Dated::Unknown,
            validity: over(HitValidity::Expired, None, Some("2023-01-01")),
            ..hit("[公积金]贷款暂行规定", "……试行五年。", "/zwgk/zcwj/wz/dkgd.html")
        },
        SearchHit {
            validity: over(HitValidity::Unknown, None, None),
            ..hit(" ", "一份没有标题的材料。", "/zwgk/zcwj/wz/1.html")
        },
    ]
}

fn choice(name: &str, url: &str, chosen: bool) -> Choice {
    Choice { name: text(name), url: text(url), chosen }
}

fn reading(wanted: Wanted, synonyms: &[&str]) -> Reading {
    Reading { wanted, synonyms: synonyms.iter().map(|word| text(word)).collect() }
}

fn results() -> Results {
    Results {
        total: 1056,
        first: Some(21),
        reading: reading(Wanted::AllWords, &["住房公积金", "支取"]),
        did_you_mean: Vec::new(),
        orders: vec![
            choice("相关度", "/search?q=%E5%85%AC%E7%A7%AF%E9%87%91", true),
            choice("时间", "/search?q=%E5%85%AC%E7%A7%AF%E9%87%91&order=newest", false),
        ],
        facets: facets(),
        hits: hits(),
        next: Some(text("/search?q=%E5%85%AC%E7%A7%AF%E9%87%91&from=27&after=3.9f.4k")),
        first_page: Some(text("/search?q=%E5%85%AC%E7%A7%AF%E9%87%91")),
        catalogue: Some(link("政府信息公开目录", "/zwgk/")),
    }
}

/// Much was found, and some filters are set.
pub(crate) fn found() -> SearchPage {
    SearchPage {
        text: text("公积金 提取"),
        action: text(SearchPage::PATH),
        kept: hidden(&[("department", "jyj"), ("subject", "劳动、人事、监察\\社会保障")]),
        chips: vec![
            chip(FacetKind::Department.title(), "市教育局", "/search?q=x&subject=y"),
            chip(FacetKind::Subject.title(), "社会保障", "/search?q=x&department=jyj"),
        ],
        without_chips: Some(text("/search?q=x")),
        all_sites: None,
        this_site: None,
        day: DayQuestion {
            typed: String::new(),
            day: None,
            kept: hidden(&[("q", "公积金 提取"), ("department", "jyj"), ("subject", "劳动、人事、监察\\社会保障")]),
        },
        outcome: Outcome::Found(Box::new(results())),
    }
}

/// Nothing was found on a department's own site.
fn nothing() -> SearchPage {
    let results = Results {
        total: 0,
        first: None,
        reading: reading(Wanted::AllWords, &[]),
        did_you_mean: vec![
            link("公积金", "/search?q=%E5%85%AC%E7%A7%AF%E9%87%91&site=jyj"),
            link("工资金", "/search?q=%E5%B7%A5%E8%B5%84%E9%87%91&site=jyj"),
        ],
        facets: Vec::new(),
        hits: Vec::new(),
        next: None,
        first_page: None,
        ..results()
    };
    SearchPage {
        text: text("工积金"),
        kept: hidden(&[("site", "jyj")]),
        chips: vec![chip(FacetKind::Site.title(), "澄湖市教育局", "/search?q=x")],
        without_chips: None,
        all_sites: Some(text("/search?q=x")),
        outcome: Outcome::Found(Box::new(results)),
        ..found()
    }
}

/// Nothing has all words: some of them, on one page; of all sites, asked on a department's.
fn relaxed() -> SearchPage {
    let results = Results {
        total: 2,
        first: Some(1),
        reading: reading(Wanted::SomeWords, &["住房公积金"]),
        did_you_mean: vec![link("公积金 体检", "/search?q=y")],
        facets: vec![facet(FacetKind::Year, &[("2026", 2)])],
        hits: hits().into_iter().skip(2).take(2).collect(),
        next: None,
        first_page: None,
        ..results()
    };
    SearchPage {
        kept: Vec::new(),
        chips: Vec::new(),
        without_chips: None,
        this_site: Some(text("/search?q=x&site=jyj")),
        outcome: Outcome::Found(Box::new(results)),
        ..found()
    }
}

/// Documents in force on a day; of one of them nobody can tell. How many came before is not known.
fn of_a_day() -> SearchPage {
    let mut hits = hits();
    for hit in &mut hits {
        hit.on_day = hit.validity.as_ref().map(|note| match note.validity {
            HitValidity::Unknown => InForceOn::Unknown,
            _ => InForceOn::Yes,
        });
    }
    let reading = reading(Wanted::Number, &[]);
    let results = Results { first: None, reading, hits, next: None, facets: Vec::new(), ..results() };
    SearchPage {
        text: text("澄政办发〔2018〕62号"),
        chips: vec![chip(DayQuestion::TITLE, "2022年5月1日", "/search?q=x")],
        without_chips: None,
        day: DayQuestion { typed: text("2022-05-01"), day: "2022-05-01".parse().ok(), ..found().day },
        outcome: Outcome::Found(Box::new(results)),
        ..found()
    }
}

/// A text that is too long and a day that is none.
fn refused() -> SearchPage {
    let error = |field: Option<&str>, code: &str, sentence: &str| ErrorNote {
        field: field.map(text),
        code: text(code),
        text: text(sentence),
    };
    SearchPage {
        text: "公积金".repeat(200),
        day: DayQuestion { typed: text("2022年5月"), day: None, ..found().day },
        outcome: Outcome::Refused(vec![
            error(Some(SearchPage::TEXT), "text-too-long", "最多 500 个字，现在是 600 个字。请缩短后再搜索"),
            error(Some(SearchPage::DAY), "no-such-day", "请填写日期，例如 2022-05-01"),
            error(None, "no-such-cursor", "翻页的地址不完整，请从第一页重新翻起"),
        ]),
        ..found()
    }
}

fn unavailable() -> SearchPage {
    SearchPage { outcome: Outcome::Unavailable, ..relaxed() }
}

type Page = (&'static str, Result<Rendered, RenderError>);

pub(crate) fn pages() -> Vec<Page> {
    vec![
        ("search-found.html", search::page(&frame(), &found())),
        ("search-nothing.html", search::page(&of_department(), &nothing())),
        ("search-relaxed.html", search::page(&of_department(), &relaxed())),
        ("search-of-a-day.html", search::page(&frame(), &of_a_day())),
        ("search-refused.html", search::page(&frame(), &refused())),
        ("search-unavailable.html", search::page(&frame(), &unavailable())),
    ]
}

/// What browsers read of the search, of the portal and of a site.
pub(crate) fn descriptions() -> Vec<Page> {
    let of = |frame: Frame| search::description(&Frame { path: text(SearchPage::DESCRIPTION_PATH), ..frame });
    vec![("search.xml", of(frame())), ("search-of-a-site.xml", of(of_department()))]
}

/// Hostile text in every field that is shown.
pub(crate) fn hostile() -> Vec<Page> {
    let h = || text(HOSTILE);
    let mut page = nothing();
    page.text = h();
    page.kept = hidden(&[("site", HOSTILE)]);
    page.day.kept = hidden(&[("q", HOSTILE)]);
    page.day.typed = h();
    page.chips = vec![chip(HOSTILE, HOSTILE, "/search")];
    let piece = |marked| Piece { text: h(), marked };
    let found = hits().into_iter().map(|hit| SearchHit {
        title: vec![piece(true), piece(false)],
        snippet: vec![piece(false), piece(true)],
        site: h(),
        department: Some(h()),
        document_number: Some(h()),
        index_number: Some(h()),
        form: Some(h()),
        validity: hit.validity.map(|note| ValidityNote {
            reason: note.reason.map(|_| Reason::Document { title: h(), url: None }),
            ..note
        }),
        ..hit
    });
    let results = Results {
        reading: reading(Wanted::AllWords, &[HOSTILE]),
        did_you_mean: vec![link(HOSTILE, "/search")],
        orders: vec![choice(HOSTILE, "/search", true)],
        facets: vec![facet(FacetKind::Term, &[(HOSTILE, 1)])],
        hits: found.collect(),
        ..results()
    };
    let outcome = Outcome::Found(Box::new(results));
    let wrong = ErrorNote { field: Some(text(SearchPage::TEXT)), code: h(), text: h() };
    let refused = SearchPage { outcome: Outcome::Refused(vec![wrong]), ..page.clone() };
    vec![
        ("hostile-search.html", search::page(&frame(), &SearchPage { outcome, ..page })),
        ("hostile-search-refused.html", search::page(&city::hostile::hostile_frame(), &refused)),
    ]
}
