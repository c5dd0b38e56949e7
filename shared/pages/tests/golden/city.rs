//! A fictional city, 澄湖市, as fixed data for golden tests and the gallery.
#![expect(clippy::expect_used, reason = "fixed data: a wrong instant must stop the test")]

#[path = "answers.rs"]
pub(crate) mod answers;
#[path = "catalogue.rs"]
pub(crate) mod catalogue;
#[path = "disclosure.rs"]
pub(crate) mod disclosure;
#[path = "feeds.rs"]
pub(crate) mod feeds;
#[path = "frames.rs"]
mod frames;
#[path = "hostile.rs"]
pub(crate) mod hostile;
#[path = "reports.rs"]
pub(crate) mod reports;
#[path = "statistics.rs"]
pub(crate) mod statistics;

use domain::file::FileKind;
use jiff::Timestamp;
use pages::{
    CatalogueNote, ChangeNote, ColumnPage, ColumnSection, Dated, DepartmentPage, DocumentPage, Entry, FileNote,
    FormNote, Frame, GonePage, HomePage, Link, MapNode, MonthPage, MovedPage, Provenance, Relations, RenderError,
    Rendered, SiteMapPage, SiteNotice, SitemapPart, SitemapUrl,
};

pub(crate) use frames::{archived, department_site, frame, not_live, rectifying, under_banners};

/// What a hostile or careless hand would type into every field.
pub(crate) const HOSTILE: &str = "</title></script><script>alert('甲')</script><img src=x onerror=\"alert(1)\">--> ]]> & \u{202e}乙\0\u{1b}{{ 7*7 }}";

pub(crate) fn link(name: &str, url: &str) -> Link {
    Link { name: name.to_owned(), url: url.to_owned() }
}

fn section(name: &str, url: &str, kind: &str, entries: Vec<Entry>) -> ColumnSection {
    ColumnSection { column: link(name, url), kind: kind.to_owned(), entries }
}

fn links(list: &[(&str, &str)]) -> Vec<Link> {
    list.iter().map(|(name, url)| link(name, url)).collect()
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a fixed instant")
}

pub(crate) fn entry(title: &str, url: &str, published: &str, number: Option<&str>, source: Option<&str>) -> Entry {
    Entry {
        title: title.to_owned(),
        url: url.to_owned(),
        dated: at(published).into(),
        document_number: number.map(str::to_owned),
        source: source.map(str::to_owned),
        form: FormNote::Article,
    }
}

fn instant(entry: &Entry) -> Timestamp {
    if let Dated::At(at) = entry.dated { at } else { Timestamp::UNIX_EPOCH }
}

fn notices() -> Vec<Entry> {
    vec![
        entry(
            "关于公开征求《澄湖市老旧小区加装电梯管理办法（征求意见稿）》意见的公告",
            "/zwgk/tzgg/2026/11/20/jzdt.html",
            "2026-11-20T01:30:00Z",
            None,
            Some("市住房和城乡建设局"),
        ),
        entry(
            "澄湖市人民政府关于2026年冬季清洁取暖保障工作的通告",
            "/zwgk/tzgg/2026/11/16/qjqn.html",
            "2026-11-16T02:00:00Z",
            Some("澄政通〔2026〕12号"),
            Some("市人民政府"),
        ),
        entry(
            "环湖路（南门桥至望湖亭段）夜间封闭施工公告",
            "/zwgk/tzgg/2026/11/09/hhl.html",
            "2026-11-09T08:15:00Z",
            None,
            Some("市交通运输局"),
        ),
        entry(
            "2027年度城乡居民基本医疗保险集中参保缴费公告",
            "/zwgk/tzgg/2026/10/30/ybjf.html",
            "2026-10-30T00:40:00Z",
            None,
            Some("市医疗保障局"),
        ),
        entry(
            "关于第二批“澄湖老字号”认定名单的公示",
            "/zwgk/tzgg/2026/10/22/lzh.html",
            "2026-10-22T06:00:00Z",
            None,
            Some("市商务局"),
        ),
    ]
}

fn policies() -> Vec<Entry> {
    vec![
        entry(
            "市政府办公室关于印发《澄湖市公共数据开放管理办法》的通知",
            "/zwgk/zcwj/2026/11/18/sjkf.html",
            "2026-11-18T01:00:00Z",
            Some("澄政办发〔2026〕41号"),
            Some("市政府办公室"),
        ),
        entry(
            "市政府关于进一步优化营商环境的若干措施",
            "/zwgk/zcwj/2026/11/05/yshj.html",
            "2026-11-05T03:20:00Z",
            Some("澄政发〔2026〕18号"),
            Some("市人民政府"),
        ),
        entry(
            "市政府办公室关于调整小型客车停车收费标准的通知",
            "/zwgk/zcwj/2026/10/19/tcsf.html",
            "2026-10-19T01:10:00Z",
            Some("澄政办发〔2026〕37号"),
            Some("市政府办公室"),
        ),
    ]
}

fn news() -> Vec<Entry> {
    vec![
        entry(
            "环湖绿道全线贯通，五十六公里岸线还给市民",
            "/xwdt/chyw/2026/11/22/lvdao.html",
            "2026-11-22T00:30:00Z",
            None,
            None,
        ),
        entry(
            "市政府常务会议研究冬春蔬菜保供和岁末安全生产工作",
            "/xwdt/chyw/2026/11/19/cwhy.html",
            "2026-11-19T10:05:00Z",
            None,
            None,
        ),
        entry(
            "首批十二个社区助餐点开张，老人午餐八元起",
            "/xwdt/chyw/2026/11/15/zhucan.html",
            "2026-11-15T04:00:00Z",
            None,
            None,
        ),
        entry(
            "澄湖水质连续九个月达到Ⅲ类，冬候鸟提前归来",
            "/xwdt/chyw/2026/11/12/shuizhi.html",
            "2026-11-12T02:45:00Z",
            None,
            None,
        ),
    ]
}

fn departments() -> Vec<Link> {
    links(&[
        ("市发展和改革委员会", "/bm/fgw/"),
        ("市教育局", "/bm/jyj/"),
        ("市公安局", "/bm/gaj/"),
        ("市民政局", "/bm/mzj/"),
        ("市财政局", "/bm/czj/"),
        ("市人力资源和社会保障局", "/bm/rsj/"),
        ("市自然资源和规划局", "/bm/zrzyj/"),
        ("市生态环境局", "/bm/sthjj/"),
        ("市住房和城乡建设局", "/bm/zjj/"),
        ("市交通运输局", "/bm/jtj/"),
        ("市水利局", "/bm/slj/"),
        ("市卫生健康委员会", "/bm/wjw/"),
    ])
}

fn top_columns() -> Vec<Link> {
    links(&[
        ("通知公告", "/zwgk/tzgg/"),
        ("政策文件", "/zwgk/zcwj/"),
        ("政策解读", "/zwgk/zcjd/"),
        ("澄湖要闻", "/xwdt/chyw/"),
        ("财政信息", "/zwgk/czxx/"),
        ("人事信息", "/zwgk/rsxx/"),
        ("规划计划", "/zwgk/ghjh/"),
        ("统计数据", "/zwgk/tjsj/"),
    ])
}

pub(crate) fn home() -> HomePage {
    HomePage {
        sections: vec![
            section("澄湖要闻", "/xwdt/chyw/", "动态要闻", news()),
            section("通知公告", "/zwgk/tzgg/", "通知公告", notices().into_iter().take(4).collect()),
            section("政策文件", "/zwgk/zcwj/", "政策文件", policies()),
            section(
                "政策解读",
                "/zwgk/zcjd/",
                "政策解读",
                vec![
                    entry(
                        "一图读懂《澄湖市公共数据开放管理办法》",
                        "/zwgk/zcjd/2026/11/18/sjkf.html",
                        "2026-11-18T01:00:00Z",
                        None,
                        Some("市数据局"),
                    ),
                    entry(
                        "停车收费怎么变？市发展改革委有关负责人答记者问",
                        "/zwgk/zcjd/2026/10/20/tcsf.html",
                        "2026-10-20T02:00:00Z",
                        None,
                        Some("市发展和改革委员会"),
                    ),
                ],
            ),
        ],
        departments: departments(),
        columns: top_columns(),
        feeds: links(&[("通知公告", "/zwgk/tzgg/feed.xml"), ("澄湖要闻", "/xwdt/chyw/feed.xml")]),
    }
}

pub(crate) fn column() -> ColumnPage {
    ColumnPage {
        name: "通知公告".to_owned(),
        kind: "公告公示".to_owned(),
        description: "市人民政府及各部门面向社会发布的通知、公告、通告和公示。".to_owned(),
        columns: vec![
            section("人事公告", "/zwgk/tzgg/rsgg/", "人事信息", notices()),
            section("招标公告", "/zwgk/tzgg/zbgg/", "通知公告", Vec::new()),
        ],
        entries: notices(),
        months: links(&[
            ("2026年11月", "/zwgk/tzgg/2026/11/"),
            ("2026年10月", "/zwgk/tzgg/2026/10/"),
            ("2026年9月", "/zwgk/tzgg/2026/09/"),
            ("2026年8月", "/zwgk/tzgg/2026/08/"),
        ]),
        feed: "/zwgk/tzgg/feed.xml".to_owned(),
    }
}

pub(crate) fn month() -> MonthPage {
    MonthPage {
        column: link("通知公告", "/zwgk/tzgg/"),
        kind: "通知公告".to_owned(),
        title: "2026年11月".to_owned(),
        entries: notices().into_iter().take(3).collect(),
    }
}

pub(crate) fn document() -> DocumentPage {
    DocumentPage {
        title: "市政府办公室关于印发《澄湖市公共数据开放管理办法》的通知".to_owned(),
        document_number: Some("澄政办发〔2026〕41号".to_owned()),
        index_number: "014000329/2026-00412".to_owned(),
        issuer: link("市政府办公室", "/bm/zfb/"),
        written_on: Some("2026-11-12".parse().expect("a fixed day")),
        dated: at("2026-11-18T01:00:00Z").into(),
        source: "澄湖市人民政府办公室".to_owned(),
        kind: "通知".to_owned(),
        keywords: ["公共数据", "数据开放", "管理办法"].map(str::to_owned).to_vec(),
        summary: "明确公共数据开放的范围、程序、安全和监督，公共数据以开放为常态、不开放为例外，市民和企业可以免费获取和利用。".to_owned(),
        body_html: include_str!("body.html").to_owned(),
        files: Vec::new(),
        column: link("政策文件", "/zwgk/zcwj/"),
        notes: vec![
            ChangeNote { at: at("2026-11-19T02:30:00Z"), note: "更正第九条笔误：“十五个工作日”应为“十个工作日”。".to_owned(), version: 2 },
            ChangeNote { at: at("2026-11-21T07:05:00Z"), note: "补充附表《首批开放数据目录》第三行的更新周期。".to_owned(), version: 3 },
        ],
        canonical: "http://www.localhost:8080/zwgk/zcwj/2026/11/18/sjkf.html".to_owned(),
        history: None,
        origin: None,
        catalogue: CatalogueNote::default(),
        form: FormNote::Article,
        relations: Relations::default(),
    }
}

pub(crate) fn news_item() -> DocumentPage {
    DocumentPage {
        title: "环湖绿道全线贯通，五十六公里岸线还给市民".to_owned(),
        document_number: None,
        index_number: "014000329/2026-00427".to_owned(),
        issuer: link("市政府办公室", "/bm/zfb/"),
        written_on: None,
        dated: at("2026-11-22T00:30:00Z").into(),
        source: "澄湖日报".to_owned(),
        kind: "其他".to_owned(),
        keywords: Vec::new(),
        summary: String::new(),
        body_html: "<p>11月21日清晨，随着望湖亭段最后一座步行桥开放，历时三年的环湖绿道全线贯通。五十六公里岸线第一次可以一口气走完。</p>\
            <p>绿道串起十二个公园、二十三个驿站，全程不设门票。市园林部门在沿线补种池杉、芦苇，给候鸟留出三处不进人的湿地。</p>\
            <blockquote><p>“以前到湖边要绕两公里，现在出小区就是。”家住南门桥的孙阿姨说。</p></blockquote>\
            <p>市交通运输局同步开通四条微循环公交，驿站都有饮水处、无障碍厕所和急救设备。夜间照明在候鸟季调暗。</p>"
            .to_owned(),
        files: Vec::new(),
        column: link("澄湖要闻", "/xwdt/chyw/"),
        notes: Vec::new(),
        canonical: "http://www.localhost:8080/xwdt/chyw/2026/11/22/lvdao.html".to_owned(),
        history: None,
        origin: None,
        catalogue: CatalogueNote::default(),
        form: FormNote::Article,
        relations: Relations::default(),
    }
}

pub(crate) fn department() -> DepartmentPage {
    DepartmentPage {
        name: "澄湖市教育局".to_owned(),
        duties: "贯彻执行国家教育方针政策和法律法规，拟订全市教育改革与发展规划并组织实施。\n统筹管理全市学前教育、义务教育、普通高中教育、职业教育和特殊教育，推进义务教育优质均衡发展。\n指导学校安全、体育、卫生与艺术教育，负责全市教师队伍建设。".to_owned(),
        address: "澄湖市临水区学士街18号".to_owned(),
        telephone: "0519-8100 2100".to_owned(),
        office_hours: "工作日 9:00—12:00，13:30—17:30".to_owned(),
        leaders: ["局长 周文澜", "副局长 沈立群", "副局长 陆知远"].map(str::to_owned).to_vec(),
        entries: vec![
            entry("2027年春季学期中小学校历", "/zwgk/tzgg/2026/11/17/xiaoli.html", "2026-11-17T03:00:00Z", None, None),
            entry("关于做好冬季校园供暖和交通安全工作的通知", "/zwgk/zcwj/2026/11/10/gongnuan.html", "2026-11-10T01:00:00Z", Some("澄教发〔2026〕63号"), None),
            entry("澄湖市第三实验小学东校区建成启用", "/xwdt/chyw/2026/09/01/dongxiaoqu.html", "2026-09-01T00:00:00Z", None, None),
        ],
        catalogue: Some(link("本部门的政府信息公开目录", "/gkml/bm/jyj/")),
        coverage: link("法定公开内容覆盖情况", "/gkfg/jyj/"),
    }
}

pub(crate) fn site_map() -> SiteMapPage {
    let leaf = |name: &str, url: &str| MapNode { link: link(name, url), children: Vec::new() };
    SiteMapPage {
        tree: vec![
            MapNode {
                link: link("政务公开", "/zwgk/"),
                children: vec![
                    leaf("通知公告", "/zwgk/tzgg/"),
                    leaf("政策文件", "/zwgk/zcwj/"),
                    leaf("政策解读", "/zwgk/zcjd/"),
                    MapNode {
                        link: link("财政信息", "/zwgk/czxx/"),
                        children: vec![leaf("预算", "/zwgk/czxx/ys/"), leaf("决算", "/zwgk/czxx/js/")],
                    },
                ],
            },
            MapNode {
                link: link("新闻动态", "/xwdt/"),
                children: vec![leaf("澄湖要闻", "/xwdt/chyw/"), leaf("部门动态", "/xwdt/bmdt/")],
            },
            leaf("走进澄湖", "/zjch/"),
        ],
        disclosure: links(&[("政府信息公开目录", "/gkml/")]),
        interaction: links(&[("纠错反馈", "/zhaocuo/"), ("办理统计", "/tongji/")]),
        departments: departments(),
    }
}

pub(crate) fn gone() -> GonePage {
    GonePage {
        title: "关于2026年度澄湖英才住房补贴拟发放名单的公示".to_owned(),
        withdrawn_at: at("2026-11-20T09:12:00Z"),
        reason: "公示期满。名单含个人信息，依照个人信息保护法的最小必要原则撤回。".to_owned(),
    }
}

pub(crate) fn moved() -> MovedPage {
    MovedPage {
        title: "澄湖市人民政府关于2026年冬季清洁取暖保障工作的通告".to_owned(),
        to: "/zwgk/tzgg/2026/11/16/qjqn.html".to_owned(),
    }
}

/// Every kind of output under a file name.
pub(crate) fn all_pages() -> Vec<(&'static str, Result<Rendered, RenderError>)> {
    const HOME: (&str, &str) = ("首页", "/");
    const OPEN: (&str, &str) = ("政务公开", "/zwgk/");
    const CATALOGUE: (&str, &str) = ("政府信息公开目录", "/gkml/");
    let empty_home = HomePage {
        sections: vec![ColumnSection { entries: Vec::new(), ..home().sections.remove(0) }],
        departments: Vec::new(),
        columns: Vec::new(),
        feeds: Vec::new(),
    };
    let empty_column = ColumnPage {
        columns: Vec::new(),
        entries: Vec::new(),
        months: Vec::new(),
        description: String::new(),
        ..column()
    };
    let document_frame = Frame {
        provenance: Provenance {
            stream: "document:4kq7m2xw6p3dtz5n8c9bhjv1ra".to_owned(),
            version: 3,
            ..frame("/", &[]).provenance
        },
        ..frame("/zwgk/zcwj/2026/11/18/sjkf.html", &[HOME, OPEN, ("政策文件", "/zwgk/zcwj/")])
    };
    let host = "http://www.localhost:8080";
    let parts = [
        SitemapPart { url: format!("{host}/sitemap/zwgk.tzgg.xml") },
        SitemapPart { url: format!("{host}/sitemap/zwgk.zcwj.xml") },
    ];
    let urls: Vec<_> = notices()
        .into_iter()
        .map(|entry| SitemapUrl { url: format!("{host}{}", entry.url), lastmod: instant(&entry) })
        .collect();
    let of_sites = vec![
        ("home.html", pages::home(&frame("/", &[]), &home())),
        ("home-empty.html", pages::home(&frame("/", &[]), &empty_home)),
        ("home-department.html", pages::home(&department_site("/"), &home())),
        ("home-rectifying.html", pages::home(&not_live("/", rectifying()), &home())),
        ("home-banners.html", pages::home(&under_banners("/"), &home())),
        ("column.html", pages::column(&frame("/zwgk/tzgg/", &[HOME, OPEN]), &column())),
        ("column-archived.html", pages::column(&not_live("/zwgk/tzgg/", archived()), &column())),
        ("column-empty.html", pages::column(&frame("/zwgk/tzgg/", &[HOME, OPEN]), &empty_column)),
        (
            "month.html",
            pages::month(&frame("/zwgk/tzgg/2026/11/", &[HOME, OPEN, ("通知公告", "/zwgk/tzgg/")]), &month()),
        ),
        ("document.html", pages::document(&document_frame, &document())),
        (
            "news.html",
            pages::document(
                &frame("/xwdt/chyw/2026/11/22/lvdao.html", &[HOME, ("澄湖要闻", "/xwdt/chyw/")]),
                &news_item(),
            ),
        ),
        ("department.html", pages::department(&frame("/bm/jyj/", &[HOME, ("政府部门", "/bm/")]), &department())),
        ("site-map.html", pages::site_map(&frame("/map/", &[HOME]), &site_map())),
        ("answers.html", pages::answers(&frame("/zhaocuo/", &[HOME]), &answers::newest())),
        ("answers-none.html", pages::answers(&department_site("/zhaocuo/"), &answers::none_yet())),
        (
            "answers-month.html",
            pages::answers_month(
                &frame("/zhaocuo/2026-11.html", &[HOME, ("纠错反馈", "/zhaocuo/")]),
                &answers::month(),
            ),
        ),
        (
            "answers-month-silent.html",
            pages::answers_month(&frame("/zhaocuo/2026-10.html", &[HOME]), &answers::silent_month()),
        ),
        ("statistics.html", pages::statistics(&frame("/tongji/", &[HOME]), &statistics::newest())),
        ("statistics-none.html", pages::statistics(&frame("/tongji/", &[HOME]), &statistics::none_yet())),
        (
            "statistics-month.html",
            pages::statistics_month(
                &frame("/tongji/2026-11.html", &[HOME, ("办理统计", "/tongji/")]),
                &statistics::month(),
            ),
        ),
        (
            "statistics-month-quiet.html",
            pages::statistics_month(&frame("/tongji/2027-01.html", &[HOME]), &statistics::quiet_month()),
        ),
        ("catalogue.html", pages::catalogue(&frame("/gkml/", &[HOME]), &catalogue::overview())),
        ("catalogue-nothing.html", pages::catalogue(&frame("/gkml/", &[HOME]), &catalogue::nothing_yet())),
        (
            "catalogue-subject.html",
            pages::catalogue_list(&frame("/gkml/zt/02/", &[HOME, CATALOGUE]), &catalogue::subject()),
        ),
        (
            "catalogue-emptied.html",
            pages::catalogue_list(&frame("/gkml/bm/zfb/", &[HOME, CATALOGUE]), &catalogue::emptied()),
        ),
        (
            "catalogue-part.html",
            pages::catalogue_part(
                &frame("/gkml/zt/02/2026-11-11.html", &[HOME, CATALOGUE, ("综合政务", "/gkml/zt/02/")]),
                &catalogue::part(),
            ),
        ),
        (
            "catalogue-month.html",
            pages::catalogue_part(&frame("/gkml/bm/zfb/2026-11.html", &[HOME, CATALOGUE]), &catalogue::month()),
        ),
    ];
    let at_the_end = vec![
        ("404.html", pages::not_found(&frame("/404.html", &[HOME]))),
        (
            "410.html",
            pages::gone(
                &frame("/zwgk/tzgg/2026/10/11/yingcai.html", &[HOME, OPEN, ("通知公告", "/zwgk/tzgg/")]),
                &gone(),
            ),
        ),
        ("301.html", pages::moved(&frame("/zwgk/tzgg/2026/11/16/old.html", &[HOME, OPEN]), &moved())),
        ("feed.xml", pages::atom(&frame("/zwgk/tzgg/feed.xml", &[]), &feeds::feed())),
        ("sitemap.xml", pages::sitemap_index(&frame("/sitemap.xml", &[]), &parts)),
        ("sitemap-part.xml", pages::sitemap(&frame("/sitemap/zwgk.tzgg.xml", &[]), &urls)),
        ("robots.txt", pages::robots(&frame("/robots.txt", &[]))),
    ];
    of_sites.into_iter().chain(disclosure::pages()).chain(reports::pages()).chain(at_the_end).collect()
}
