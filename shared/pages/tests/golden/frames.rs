//! What stands around the pages of the fictional city: its portal, a department's site, and what may befall a site.

use pages::{Banner, BannerLevel, Frame, Provenance, SiteNotice, Theme};

use super::{at, link, links};

/// Where the JSON of a page stands.
fn data_of(path: &str) -> Option<String> {
    match path.strip_suffix(".html") {
        Some(stem) => Some(format!("{stem}.json")),
        None => path.ends_with('/').then(|| format!("{path}index.json")),
    }
}

/// The frame of the portal for a page.
pub(crate) fn frame(path: &str, breadcrumb: &[(&str, &str)]) -> Frame {
    Frame {
        scheme_host: "http://www.localhost:8080".to_owned(),
        label: "www".to_owned(),
        name: "澄湖市人民政府".to_owned(),
        identification_code: "3299000001".to_owned(),
        language: "zh-Hans".to_owned(),
        domain: None,
        theme: None,
        notice: None,
        banners: Vec::new(),
        sponsor: "澄湖市人民政府办公室".to_owned(),
        contact: "电话 0519-8100 0001，邮箱 wz@chenghu.example，地址 澄湖市临水区市府大道1号".to_owned(),
        icp: "苏ICP备20260001号".to_owned(),
        police: Some("苏公网安备 32990002000001号".to_owned()),
        portal_host: "http://www.localhost:8080".to_owned(),
        site_map: "/map/".to_owned(),
        nav: links(&[
            ("政务公开", "/zwgk/"),
            ("通知公告", "/zwgk/tzgg/"),
            ("政策文件", "/zwgk/zcwj/"),
            ("澄湖要闻", "/xwdt/chyw/"),
            ("政府部门", "/bm/"),
            ("走进澄湖", "/zjch/"),
        ]),
        path: path.to_owned(),
        data: data_of(path),
        breadcrumb: links(breadcrumb),
        provenance: Provenance {
            stream: "site:www".to_owned(),
            version: 7,
            digest: "9f2c4be1d07a35c86e41f0b9a7d2583c1e6f4a90b8d7c2e53f1a6b04d9e8c7f2".to_owned(),
            generation: 3,
        },
    }
}

/// A department's own site with a theme of its own.
pub(crate) fn department_site(path: &str) -> Frame {
    Frame {
        scheme_host: "http://jyj.localhost:8080".to_owned(),
        label: "jyj".to_owned(),
        name: "澄湖市教育局".to_owned(),
        identification_code: "3299000012".to_owned(),
        domain: Some("jyj.chenghu.gov.cn".to_owned()),
        theme: Some(Theme::Pine),
        sponsor: "澄湖市教育局".to_owned(),
        contact: "电话 0519-8100 2100（工作日）".to_owned(),
        police: None,
        ..frame(path, &[])
    }
}

/// The same site, not live.
pub(crate) fn not_live(path: &str, notice: SiteNotice) -> Frame {
    Frame { notice: Some(notice), ..department_site(path) }
}

pub(crate) fn rectifying() -> SiteNotice {
    let until = "2026-12-31".parse().expect("a fixed day");
    SiteNotice::Rectifying { until, reason: "栏目更新不及时，按检查通报要求整改".to_owned() }
}

pub(crate) fn archived() -> SiteNotice {
    // Still the last of October in Greenwich.
    SiteNotice::Archived {
        at: at("2026-10-31T16:30:00Z"), reason: "机构改革，内容并入市政府门户网站".to_owned()
    }
}

/// The same site under a banner of all sites and one of its own.
pub(crate) fn under_banners(path: &str) -> Frame {
    let storm = Banner {
        level: BannerLevel::Emergency,
        text: "台风红色预警：请留在室内，远离江边和山坡。".to_owned(),
        link: Some(link("查看避险指引", "https://www.chenghu.example/yjgl/")),
    };
    let maintenance = Banner {
        level: BannerLevel::Notice,
        text: "今晚 22 时至次日 6 时系统维护，在线申请暂停受理。".to_owned(),
        link: None,
    };
    Frame { banners: vec![storm, maintenance], ..department_site(path) }
}
