//! The catalogue of the fictional city, as fixed data.

use domain::document::{Genre, SUBJECTS};
use pages::{
    CatalogueClassLink, CatalogueEntry, CatalogueGroup, CatalogueList, CatalogueListPage, CataloguePage,
    CataloguePartPage, CatalogueWay, Dated, Link,
};

use super::{HOSTILE, at, link, links};

fn overview_link() -> Link {
    link("政府信息公开目录", "/gkml/")
}

/// The ways in: some classes have nothing yet.
pub(crate) fn overview() -> CataloguePage {
    let subject = |(at, name): (usize, &&str)| {
        let code = format!("{:02}", at + 1);
        let url = [2, 4, 10, 11].contains(&(at + 1)).then(|| format!("/gkml/zt/{code}/"));
        CatalogueClassLink { code, name: (*name).to_owned(), url }
    };
    let genre = |genre: Genre| {
        let url = matches!(genre, Genre::PublicNotice | Genre::Opinion | Genre::Notice);
        let url = url.then(|| format!("/gkml/tc/{}/", genre.code()));
        CatalogueClassLink { code: genre.code().to_owned(), name: genre.chinese().to_owned(), url }
    };
    CataloguePage {
        departments: links(&[
            ("市发展和改革委员会", "/gkml/bm/fgw/"),
            ("市教育局", "/gkml/bm/jyj/"),
            ("市政府办公室", "/gkml/bm/zfb/"),
        ]),
        subjects: SUBJECTS.iter().enumerate().map(subject).collect(),
        genres: Genre::ALL.into_iter().map(genre).collect(),
        years: links(&[("2026年", "/gkml/nf/2026/"), ("2025年", "/gkml/nf/2025/"), ("日期不详", "/gkml/nf/0000/")]),
        guide: link("政府信息公开指南", "/gkzn/"),
        coverage: link("法定公开内容覆盖情况", "/gkfg/"),
    }
}

/// A city in which nothing is filed.
pub(crate) fn nothing_yet() -> CataloguePage {
    let bare = |class: CatalogueClassLink| CatalogueClassLink { url: None, ..class };
    let CataloguePage { subjects, genres, guide, coverage, .. } = overview();
    CataloguePage {
        departments: Vec::new(),
        subjects: subjects.into_iter().map(bare).collect(),
        genres: genres.into_iter().map(bare).collect(),
        years: Vec::new(),
        guide,
        coverage,
    }
}

fn entries() -> Vec<CatalogueEntry> {
    let whole = CatalogueEntry {
        index_number: "014000329/2026-00412".to_owned(),
        title: "市政府办公室关于印发《澄湖市公共数据开放管理办法》的通知".to_owned(),
        url: "/zwgk/zcwj/2026/11/18/sjkf.html".to_owned(),
        summary: "明确公共数据开放的范围、程序、安全和监督，公共数据以开放为常态、不开放为例外，市民和企业可以免费获取和利用。"
            .to_owned(),
        written_on: "2026-11-12".parse().ok(),
        dated: at("2026-11-18T01:00:00Z").into(),
        document_number: Some("澄政办发〔2026〕41号".to_owned()),
        department: Some(link("市政府办公室", "/bm/zfb/")),
        subject: Some("综合政务\\政务公开".to_owned()),
        genre: Some("通知".to_owned()),
        class: Some("法规文件及解读".to_owned()),
        validity: None,
    };
    let over = CatalogueEntry {
        index_number: "014000329/2026-00377".to_owned(),
        title: "市政府办公室关于做好2026年高温津贴发放工作的通知".to_owned(),
        url: "http://rsj.localhost:8080/tzgg/2026/11/11/gaowen.html".to_owned(),
        summary: String::new(),
        written_on: None,
        dated: at("2026-11-11T02:00:00Z").into(),
        document_number: None,
        department: Some(link("市人力资源和社会保障局", "/bm/rsj/")),
        subject: Some("综合政务".to_owned()),
        genre: None,
        class: None,
        validity: Some("失效".to_owned()),
    };
    // As an older system left it: without a number, a day or a class.
    let bare = CatalogueEntry {
        index_number: String::new(),
        title: "澄湖市人民政府公报（合订本）".to_owned(),
        url: "/zwgk/gb/0000/00/00/hedingben.html".to_owned(),
        summary: String::new(),
        written_on: None,
        dated: Dated::Unknown,
        document_number: None,
        department: None,
        subject: Some("综合政务\\其他".to_owned()),
        genre: None,
        class: None,
        validity: None,
    };
    vec![whole, over, bare]
}

fn of_subject() -> CatalogueList {
    CatalogueList {
        way: CatalogueWay::Subject,
        code: "02".to_owned(),
        link: link("综合政务", "/gkml/zt/02/"),
        catalogue: overview_link(),
    }
}

fn of_department() -> CatalogueList {
    CatalogueList {
        way: CatalogueWay::Department,
        code: "zfb".to_owned(),
        link: link("市政府办公室", "/gkml/bm/zfb/"),
        catalogue: overview_link(),
    }
}

fn group(title: &str, parts: &[(&str, &str)]) -> CatalogueGroup {
    CatalogueGroup { title: title.to_owned(), parts: links(parts) }
}

pub(crate) fn subject() -> CatalogueListPage {
    let groups = vec![
        group(
            "2026年",
            &[("2026年11月中旬", "/gkml/zt/02/2026-11-11.html"), ("2026年10月下旬", "/gkml/zt/02/2026-10-21.html")],
        ),
        group("2025年", &[("2025年12月上旬", "/gkml/zt/02/2025-12-01.html")]),
        group(
            "日期不详",
            &[("日期不详（17）", "/gkml/zt/02/0000-00-017.html"), ("日期不详（3）", "/gkml/zt/02/0000-00-003.html")],
        ),
    ];
    CatalogueListPage { list: of_subject(), entries: entries(), groups }
}

/// A list whose entries were all withdrawn or filed elsewhere.
pub(crate) fn emptied() -> CatalogueListPage {
    let groups = vec![group("2026年", &[("2026年11月", "/gkml/bm/zfb/2026-11.html")])];
    CatalogueListPage { list: of_department(), entries: Vec::new(), groups }
}

pub(crate) fn part() -> CataloguePartPage {
    CataloguePartPage {
        list: of_subject(),
        part: "2026-11-11".to_owned(),
        title: "2026年11月中旬".to_owned(),
        entries: entries().into_iter().take(2).collect(),
    }
}

/// A month of a department, which its entries need not name.
pub(crate) fn month() -> CataloguePartPage {
    CataloguePartPage {
        list: of_department(),
        part: "2026-11".to_owned(),
        title: "2026年11月".to_owned(),
        entries: entries().into_iter().take(1).collect(),
    }
}

/// Hostile text in every field.
pub(crate) fn hostile() -> (CataloguePage, CatalogueListPage, CataloguePartPage) {
    let text = || HOSTILE.to_owned();
    let here = || link(HOSTILE, "/x/");
    let entry = CatalogueEntry {
        index_number: text(),
        title: text(),
        summary: text(),
        document_number: Some(text()),
        department: Some(here()),
        subject: Some(text()),
        genre: Some(text()),
        class: Some(text()),
        validity: Some(text()),
        ..entries().remove(0)
    };
    let list = CatalogueList { way: CatalogueWay::Year, code: text(), link: here(), catalogue: here() };
    let class = CatalogueClassLink { code: text(), name: text(), url: None };
    let classes = || vec![class.clone(), CatalogueClassLink { url: Some("/x/".to_owned()), ..class.clone() }];
    let group = || CatalogueGroup { title: text(), parts: vec![here()] };
    let overview = CataloguePage {
        departments: vec![here()],
        subjects: classes(),
        genres: classes(),
        years: vec![here()],
        guide: here(),
        coverage: here(),
    };
    let head = CatalogueListPage { list: list.clone(), entries: vec![entry.clone()], groups: vec![group(), group()] };
    (overview, head, CataloguePartPage { list, part: text(), title: text(), entries: vec![entry] })
}
