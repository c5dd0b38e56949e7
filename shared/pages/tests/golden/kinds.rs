//! Documents of every kind of content, as fixed data for golden tests.
#![expect(clippy::expect_used, reason = "fixed data: a wrong day must stop the test")]

use domain::file::FileKind;
use jiff::civil::Date;
use pages::{
    CatalogueNote, ColumnPage, Dated, DocumentLink, DocumentPage, Entry, FileNote, FormNote, HistoryPage, PictureNote,
    PublicVersion, Relations, RenderError, Rendered, SmallerPicture,
};

use crate::city::{HOSTILE, at, column, document, entry, frame, news_item};

fn day(text: &str) -> Date {
    text.parse().expect("a fixed day")
}

fn to(title: &str, url: &str, on: &str) -> DocumentLink {
    DocumentLink { title: title.to_owned(), url: url.to_owned(), dated: Dated::Published(day(on)) }
}

/// A policy that is filed in full, repeals one document and is explained by another.
pub(crate) fn policy() -> DocumentPage {
    let interpretation = DocumentLink {
        dated: at("2026-11-18T02:00:00Z").into(),
        ..to("《澄湖市公共数据开放管理办法》解读", "/zwgk/zcjd/2026/11/18/sjkf.html", "2026-11-18")
    };
    DocumentPage {
        catalogue: CatalogueNote {
            subject: Some("综合政务\\政务公开".to_owned()),
            genre: Some("通知".to_owned()),
            class: Some("法规文件及解读".to_owned()),
            terms: vec!["数据".to_owned(), "开放".to_owned()],
            validity: Some("有效".to_owned()),
            expires_on: Some(day("2031-12-31")),
            office: Some("电子政务科".to_owned()),
        },
        relations: Relations {
            repeals: vec![to("澄湖市政务数据管理暂行办法", "/zwgk/zcwj/2019/03/02/zwsj.html", "2019-03-02")],
            based_on: vec![to("中华人民共和国数据安全法", "/zwgk/gz/2021/06/10/sjaq.html", "2021-06-10")],
            interpreted_by: vec![interpretation],
            ..Relations::default()
        },
        ..document()
    }
}

/// The document that the policy repeals: in force by its own account.
fn repealed() -> DocumentPage {
    DocumentPage {
        relations: Relations {
            repealed_by: vec![to("澄湖市公共数据开放管理办法", "/zwgk/zcwj/2026/11/18/sjkf.html", "2026-11-18")],
            ..Relations::default()
        },
        ..policy()
    }
}

fn interpretation() -> DocumentPage {
    DocumentPage {
        title: "《澄湖市公共数据开放管理办法》解读".to_owned(),
        relations: Relations {
            interprets: vec![to("澄湖市公共数据开放管理办法", "/zwgk/zcwj/2026/11/18/sjkf.html", "2026-11-18")],
            ..Relations::default()
        },
        ..news_item()
    }
}

pub(crate) fn question() -> FormNote {
    FormNote::Question {
        answer: "凭居住证到居住地学校登记，每年 6 月 1 日至 10 日办理。".to_owned(),
        reviewed_on: day("2026-11-20"),
    }
}

pub(crate) fn leader() -> FormNote {
    FormNote::Leader { post: "局长".to_owned(), duties: "主持全面工作，\n分管人事、财务。".to_owned() }
}

pub(crate) fn away() -> FormNote {
    FormNote::Link { address: "https://www.example.cn/edu/?from=a&to=b".to_owned(), host: "www.example.cn".to_owned() }
}

const PICTURE: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A file under `name`; a picture in three sizes if it is one.
fn file(title: &str, kind: FileKind, name: &str, bytes: u64) -> FileNote {
    let url =
        |name: &str| format!("http://files.localhost:8080/qi2bfupkzntzkyra4uzjlhybaq/4/{name}.{}", kind.extension());
    let smaller = |width| SmallerPicture { url: url(&format!("{name}-{width}")), width, height: width * 2 / 3 };
    let picture = PictureNote { width: 1800, height: 1200, smaller: [960, 480].map(smaller).to_vec() };
    FileNote {
        hash: PICTURE.to_owned(),
        title: title.to_owned(),
        url: url(name),
        kind,
        bytes,
        picture: kind.is_picture().then_some(picture),
    }
}

/// A notice with a picture in its text and files below it.
fn with_files() -> DocumentPage {
    let hash = PICTURE.replace('0', "f");
    let form = FileNote { hash: hash.clone(), ..file("报名表", FileKind::Xlsx, "b", 23_800) };
    let body = format!(
        "<p>报名点分布如下：</p><figure><img src=\"/_files/{PICTURE}\" alt=\"澄湖南岸三个报名点的位置\"><figcaption>报名点分布</figcaption></figure>\
         <p>请填写<a href=\"/_files/{hash}\">报名表</a>。</p>"
    );
    DocumentPage {
        title: "关于秋季报名的通知".to_owned(),
        body_html: body,
        files: vec![
            file("报名点分布图", FileKind::Jpeg, "a", 412_000),
            form,
            FileNote { hash: PICTURE.replace('1', "e"), ..file("招生简章", FileKind::Pdf, "c", 3_460_300) },
        ],
        ..news_item()
    }
}

fn with(form: FormNote, files: Vec<FileNote>) -> DocumentPage {
    DocumentPage { form, files, ..news_item() }
}

pub(crate) fn of_form(title: &str, form: FormNote) -> DocumentPage {
    DocumentPage { title: title.to_owned(), form, ..news_item() }
}

fn entries() -> Vec<Entry> {
    [("随迁子女怎样登记入学？", question()), ("周文澜", leader()), ("国家智慧教育公共服务平台", away())]
        .into_iter()
        .map(|(title, form)| Entry { form, ..entry(title, "/zwgk/a.html", "2026-11-20T01:30:00Z", None, None) })
        .collect()
}

/// A page of every kind, and a column that lists all of them.
pub(crate) fn pages() -> Vec<(&'static str, Result<Rendered, RenderError>)> {
    let frame = frame("/zwgk/zcwj/", &[("首页", "/"), ("政务公开", "/zwgk/")]);
    let head = ColumnPage { name: "综合".to_owned(), entries: entries(), ..column() };
    let corrected = DocumentPage { history: Some("/zwgk/zcwj/2026/11/18/sjkf.history.html".to_owned()), ..document() };
    vec![
        ("kind-policy.html", pages::document(&frame, &policy())),
        ("kind-repealed.html", pages::document(&frame, &repealed())),
        ("kind-interpretation.html", pages::document(&frame, &interpretation())),
        ("kind-question.html", pages::document(&frame, &of_form("随迁子女怎样登记入学？", question()))),
        ("kind-leader.html", pages::document(&frame, &of_form("周文澜", leader()))),
        ("kind-link.html", pages::document(&frame, &of_form("国家智慧教育公共服务平台", away()))),
        ("kind-with-files.html", pages::document(&frame, &with_files())),
        (
            "kind-file.html",
            pages::document(&frame, &with(FormNote::File, vec![file("办事指南", FileKind::Ofd, "d", 900)])),
        ),
        (
            "kind-pictures.html",
            pages::document(
                &frame,
                &with(
                    FormNote::Pictures,
                    vec![
                        file("环湖绿道望湖亭段", FileKind::Jpeg, "e", 1),
                        file("航拍图数据", FileKind::Zip, "f", 2_000),
                    ],
                ),
            ),
        ),
        (
            "kind-film.html",
            pages::document(
                &frame,
                &with(
                    FormNote::Film,
                    vec![
                        file("绿道一日", FileKind::Mp4, "g", 9_000_000),
                        file("封面", FileKind::Png, "h", 1),
                        file("同期声", FileKind::Mp3, "i", 800_000),
                        file("拍摄脚本", FileKind::Docx, "j", 30_000),
                    ],
                ),
            ),
        ),
        ("column-of-kinds.html", pages::column(&frame, &head)),
        ("history.html", pages::history(&frame, &versions())),
        ("corrected.html", pages::document(&frame, &corrected)),
    ]
}

/// A document that was corrected twice: in its text, then in a number.
pub(crate) fn versions() -> HistoryPage {
    let version = |number, day: &str, note: Option<&str>, changes| PublicVersion {
        number,
        dated: at(&format!("{day}T02:30:00Z")).into(),
        note: note.map(str::to_owned),
        changes,
    };
    let before = "<p>第九条　市数据局应当在十五个工作日内答复。</p><p>第二十条　本办法自印发之日起施行。</p>";
    let after = "<p>第九条　市数据局应当在十个工作日内答复。</p><p>第二十条　本办法自2027年1月1日起施行。</p><p>解释权归市数据局。</p>";
    let changed = pages::changes(("管理办法", before), ("管理办法", after));
    let unchanged = pages::changes(("管理办法", after), ("管理办法", after));
    HistoryPage {
        title: document().title,
        document: pages::Link { name: document().title, url: "/zwgk/zcwj/2026/11/18/sjkf.html".to_owned() },
        versions: vec![
            version(3, "2026-11-21", Some("更正发文字号。"), Some(unchanged)),
            version(2, "2026-11-19", Some("更正第九条笔误。"), Some(changed)),
            version(1, "2026-11-18", None, None),
        ],
    }
}

/// Every field of every kind as a hostile or careless hand would fill it.
pub(crate) fn hostile() -> Vec<(&'static str, Result<Rendered, RenderError>)> {
    let text = || HOSTILE.to_owned();
    let frame = frame("/zwgk/zcwj/", &[("首页", "/")]);
    let link = || vec![DocumentLink { title: text(), url: "/zwgk/a.html".to_owned(), dated: Dated::Unknown }];
    let policy = DocumentPage {
        catalogue: CatalogueNote {
            subject: Some(text()),
            genre: Some(text()),
            class: Some(text()),
            terms: vec![text()],
            validity: Some(text()),
            expires_on: None,
            office: Some(text()),
        },
        relations: Relations {
            interprets: link(),
            interpreted_by: link(),
            amends: link(),
            amended_by: link(),
            repeals: link(),
            repealed_by: link(),
            based_on: link(),
            basis_of: link(),
        },
        ..document()
    };
    let question = FormNote::Question { answer: text(), reviewed_on: day("2026-11-20") };
    let leader = FormNote::Leader { post: text(), duties: text() };
    let away = FormNote::Link { address: "https://www.example.cn/".to_owned(), host: text() };
    let (old, new) = (format!("<p>{HOSTILE}</p>"), format!("<p>甲{HOSTILE}乙</p><p>{HOSTILE}</p>"));
    let changes = pages::changes((HOSTILE, &old), ("题", &new));
    let version = PublicVersion { number: 2, dated: Dated::Unknown, note: Some(text()), changes: Some(changes) };
    let link = pages::Link { name: text(), url: "/zwgk/a.html".to_owned() };
    let history = HistoryPage { title: text(), document: link, versions: vec![version] };
    vec![
        ("hostile-history.html", pages::history(&frame, &history)),
        ("hostile-policy.html", pages::document(&frame, &policy)),
        ("hostile-question.html", pages::document(&frame, &of_form("问", question))),
        ("hostile-leader.html", pages::document(&frame, &of_form("人", leader))),
        ("hostile-link.html", pages::document(&frame, &of_form("去", away))),
    ]
}

/// A link whose address would run something.
pub(crate) fn of_an_unsafe_address() -> Result<Rendered, RenderError> {
    let away = FormNote::Link { address: "javascript:alert(1)".to_owned(), host: "www.example.cn".to_owned() };
    pages::document(&frame("/zwgk/", &[("首页", "/")]), &of_form("去", away))
}
