//! The pages of the front door, as fixed data: a form, its check, its receipt, a case.

use pages::{
    Countdown, CountedDay, Frame, Link, RenderError, Rendered,
    front::{
        self, ActForm, ActPage, AddedFile, AnswerNote, AskedNote, CheckPage, ChoiceOption, Control, ErrorNote, Field,
        GivenFile, Happening, Hidden, Keyboard, Many, NextNote, NoticeNote, QuestionPage, ReceiptPage, StatusEntryPage,
        StatusPage, ToldPage,
    },
};

use super::city::{self, HOSTILE, at};

const FORM: &str = "政府信息公开申请";
const ACTION: &str = "/form/disclosure/information-request";

fn frame(path: &str) -> Frame {
    let mut frame = city::frame(path, &[("首页", "/")]);
    frame.data = None;
    frame.provenance.stream = "form:information-request".to_owned();
    frame.provenance.version = 1;
    frame
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn line(id: &str, label: &str, help: Option<&str>, purpose: Option<&str>, value: &str, keys: Keyboard) -> Field {
    Field {
        id: text(id),
        label: text(label),
        help: help.map(text),
        optional: false,
        autocomplete: purpose.map(text),
        control: Control::Line { value: text(value), keys },
    }
}

fn option(value: &str, label: &str, help: Option<&str>) -> ChoiceOption {
    ChoiceOption { value: text(value), label: text(label), help: help.map(text), chosen: false }
}

fn notice() -> NoticeNote {
    NoticeNote {
        version: 1,
        paragraphs: vec![
            text("我们收集的个人信息只用于办理本次申请：核对申请人、与您确认申请、请您补正和向您答复。"),
            text("您填写的文字、证件号码和联系方式加密保存，只有办理本次申请的工作人员可以查看，每次查看都有记录。"),
        ],
        rule: text("《中华人民共和国政府信息公开条例》（国务院令第711号）第二十九条"),
    }
}

fn hidden(pairs: &[(&str, &str)]) -> Vec<Hidden> {
    pairs.iter().map(|(name, value)| Hidden { name: text(name), value: text(value) }).collect()
}

/// The first page: a choice, and what the form is for.
pub(crate) fn first() -> QuestionPage {
    let options = vec![
        option("citizen", "公民", Some("以个人名义申请。")),
        option("organisation", "法人或者其他组织", Some("以企业、社会团体、村（居）民委员会等的名义申请。")),
    ];
    let applicant = Field {
        id: text("applicant"),
        label: text("申请人是"),
        help: None,
        optional: false,
        autocomplete: None,
        control: Control::Choice { many: Many::One, options },
    };
    QuestionPage {
        form: text(FORM),
        action: text(ACTION),
        title: text("谁来申请"),
        number: 1,
        lead: Some(text(
            "公民、法人和其他组织可以申请获取本机关制作或者保存、尚未公开的政府信息。申请不需要说明理由或者用途，不收取费用。",
        )),
        help: None,
        note: None,
        errors: Vec::new(),
        fields: vec![applicant],
        hidden: hidden(&[("_token", "1.k1.information-request.1.www.0.id.tag"), ("_at", "applicant")]),
        goes_back: false,
        takes_files: false,
        notice: notice(),
    }
}

/// A page that was answered wrongly, of a form that was open too long.
pub(crate) fn wrong() -> QuestionPage {
    let error = |field: &str, code: &str, sentence: &str| ErrorNote {
        field: Some(text(field)),
        code: text(code),
        text: text(sentence),
    };
    let description = Field {
        id: text("description"),
        label: text("信息的名称，或者便于查找的特征"),
        help: Some(text("例如：“澄湖市2025年老旧小区改造项目清单”。")),
        optional: true,
        autocomplete: None,
        control: Control::Text { value: text("\n第一行\n第二行"), limit: 2_000 },
    };
    let ways =
        vec![option("paper", "纸质", None), ChoiceOption { chosen: true, ..option("electronic", "电子数据", None) }];
    let media = Field {
        id: text("media"),
        label: text("提供信息的形式"),
        help: Some(text("可以选几种。")),
        optional: true,
        autocomplete: None,
        control: Control::Choice { many: Many::Any, options: ways },
    };
    QuestionPage {
        title: text("怎样与您联系"),
        number: 6,
        lead: None,
        help: Some(text("通过互联网提交的申请，以双方确认之日为收到申请之日（条例第三十一条）。")),
        note: Some(text("这份表单打开已超过 24 小时。我们为您换了一份新的，您填写的内容都还在。")),
        errors: vec![
            error("phone", "not-a-phone", "“联系电话”请填写 11 位手机号码，或者带区号的固定电话，例如 0519-81000001"),
            error("media", "missing", "请选择“提供信息的形式”"),
        ],
        fields: vec![
            line(
                "phone",
                "联系电话",
                Some("手机号码，或者带区号的固定电话。"),
                Some("tel"),
                "1380013",
                Keyboard::Telephone,
            ),
            line("email", "电子邮箱", None, Some("email"), "", Keyboard::Email),
            line("page", "网页的地址", None, None, "/zwgk/", Keyboard::Web),
            line("day", "日期", None, None, "2026-11-30", Keyboard::Date),
            description,
            media,
        ],
        hidden: hidden(&[
            ("_token", "1.k1.information-request.1.www.0.id.tag"),
            ("_at", "contact"),
            ("_returning", "1"),
            ("name", "王明"),
        ]),
        goes_back: true,
        ..first()
    }
}

/// A field with two files; it is sent to `to` where the form goes elsewhere.
fn enclosures(to: Option<String>) -> Field {
    let file =
        |place: &str, name: &str, about: &str| AddedFile { place: text(place), name: text(name), about: text(about) };
    Field {
        id: text("enclosures"),
        label: text("身份证明或者说明材料"),
        help: Some(text("例如：身份证件的照片、单位的介绍信。")),
        optional: true,
        autocomplete: None,
        control: Control::Files {
            added: vec![
                file("2026-11-30_a", "身份证正面.jpg", "图片，482 KB"),
                file("2026-11-30_b", "介绍信.pdf", "PDF 文档，1.2 MB"),
            ],
            accept: text(".jpg,.jpeg,.png,.pdf"),
            limits: text("最多 5 个，每个不超过 4 MB：jpg、png、pdf。一次添加一个。"),
            is_full: false,
            to,
        },
    }
}

/// A page that files are added on, one of them in vain.
pub(crate) fn files() -> QuestionPage {
    let wrong = ErrorNote {
        field: Some(text("enclosures")),
        code: text("file-kind"),
        text: text("“身份证明或者说明材料”只接收 jpg、png、pdf 文件，请另存为其中一种"),
    };
    QuestionPage {
        title: text("有要附上的文件吗"),
        number: 5,
        lead: None,
        help: Some(text("没有的，直接按“继续”。")),
        action: format!("{ACTION}/files"),
        takes_files: true,
        errors: vec![wrong],
        fields: vec![enclosures(None)],
        hidden: hidden(&[("_token", "1.k1.information-request.1.www.0.id.tag"), ("_at", "enclosures")]),
        goes_back: true,
        ..first()
    }
}

/// The same with as many as there may be.
fn files_full() -> QuestionPage {
    let mut page = QuestionPage { errors: Vec::new(), ..files() };
    for field in &mut page.fields {
        if let Control::Files { is_full, .. } = &mut field.control {
            *is_full = true;
        }
    }
    page
}

pub(crate) fn check() -> CheckPage {
    let answer = |label: &str, lines: &[&str], page: &str| AnswerNote {
        label: text(label),
        lines: lines.iter().map(|line| text(line)).collect(),
        page: text(page),
    };
    CheckPage {
        form: text(FORM),
        action: text(ACTION),
        note: None,
        errors: Vec::new(),
        answers: vec![
            answer("申请人是", &["公民"], "applicant"),
            answer("姓名", &["王明"], "citizen"),
            answer("居民身份证号码", &["11010519491231002X"], "document"),
            answer(
                "信息的名称，或者便于查找的特征",
                &["澄湖市2025年老旧小区改造项目清单", "包括临水区各街道"],
                "information",
            ),
            answer("文号", &[], "information"),
            answer("联系电话", &["13800138000"], "contact"),
        ],
        hidden: hidden(&[("_token", "1.k1.information-request.1.www.0.id.tag"), ("_at", "check"), ("name", "王明")]),
        notice: notice(),
        challenge: Some(text(r#"{"parameters":{"algorithm":"PBKDF2/SHA-256","cost":2000},"signature":"00"}"#)),
        without_script: text("您的浏览器没有运行脚本，不影响提交。这样提交的，同一网络每小时最多 3 件。"),
    }
}

/// The check when it could not be sent.
pub(crate) fn refused() -> CheckPage {
    let sentence = "从您所在的网络提交得太多，请在 3 分钟后再按“提交”。填写的内容都还在，还没有提交。";
    CheckPage { errors: vec![ErrorNote { field: None, code: text("too-many"), text: text(sentence) }], ..check() }
}

pub(crate) fn receipt() -> ReceiptPage {
    let next = |sentence: &str, due: Option<&str>| NextNote {
        text: text(sentence),
        due: due.and_then(|day| day.parse().ok()),
    };
    ReceiptPage {
        form: text(FORM),
        number: text("GK20261130-0001"),
        code: text("K7QM-4T2X-WPNA-9RDC"),
        next: vec![
            next("我们与您确认申请，确认之日为收到申请之日。", None),
            next("申请内容不明确的，请您补正一次。", Some("2026-12-09")),
            next("作出答复；需要延长的，提前告知您。", Some("2026-12-28")),
        ],
        status: text("/form/disclosure/status"),
    }
}

pub(crate) fn entry() -> StatusEntryPage {
    let wrong = ErrorNote {
        field: Some(text("number")),
        code: text("no-such-case"),
        text: text("受理编号或者查询码不对。请对照提交成功的页面核对后再试"),
    };
    StatusEntryPage { action: text("/form/disclosure/status"), number: text("GK20261130-0001"), errors: vec![wrong] }
}

fn given(file: &str, name: &str, about: &str) -> GivenFile {
    GivenFile { file: text(file), name: text(name), about: text(about) }
}

/// What files of the answer are asked for with.
pub(crate) fn asking() -> ActForm {
    ActForm {
        action: text("/form/disclosure/file"),
        title: text("答复的附件"),
        lead: text("为防止他人取走，下载前请再填写一次查询码。"),
        is_awaited: false,
        fields: vec![line("file-code", "查询码", None, None, "", Keyboard::Text)],
        hidden: vec![Hidden { name: text("number"), value: text("GK20261130-0001") }],
    }
}

pub(crate) fn case() -> StatusPage {
    let day = |day: &str, shown: &str, why: &str| CountedDay { day: text(day), shown: text(shown), why: text(why) };
    let happening = |instant: &str, title: &str, by: Option<&str>, more: Option<&str>| Happening {
        at: at(instant),
        title: text(title),
        by: by.map(text),
        text: more.map(text),
        link: None,
    };
    StatusPage {
        number: text("GK20261130-0001"),
        title: text(FORM),
        state: text("办理中"),
        holder: Some(text("澄湖市住房和城乡建设局")),
        countdown: Some(Countdown {
            title: text("答复期限"),
            left: text("还有 6 个工作日（至 12月28日）"),
            sentence: text(
                "答复期限20个工作日（《政府信息公开条例》第三十三条）：2026年11月30日收到，自次日起算，周六、周日不计，第20个工作日为2026年12月28日，当日24时届满（依工作日历第3版）。",
            ),
            days: vec![
                day("2026-11-30", "11月30日（周一）", "起算日，不计"),
                day("2026-12-01", "12月1日（周二）", "第 1 个工作日"),
                day("2026-12-05", "12月5日（周六）", "周末，不计"),
            ],
        }),
        asked: Vec::new(),
        answer: vec![
            text("您申请获取的信息已经公开，请查阅本网站“政府信息公开”栏目。"),
            text("不服本答复的，可以自收到之日起六十日内申请行政复议。"),
        ],
        files: vec![
            given("file-k5qw2m7xa3dlt", "2025年改造清单.xlsx", "Excel 表格，38 KB"),
            given("file-2bnw6q4yzr3ka", "实施方案（已遮盖第三人信息）.pdf", "PDF 文件，1.2 MB"),
        ],
        happenings: vec![
            happening(
                "2026-12-18T06:30:00Z",
                "转由住房和城乡建设局办理",
                Some("市人民政府办公室"),
                Some("申请的信息由该局制作。"),
            ),
            happening("2026-11-30T02:00:00Z", "已与申请人确认，收到申请", None, None),
            happening("2026-11-30T01:00:00Z", "已提交", None, None),
        ],
    }
}

/// A case that waits for its citizen.
fn waiting() -> StatusPage {
    let asked = AskedNote { title: text("请补正"), paragraphs: vec![text("请写明是哪一年的清单。")] };
    StatusPage { state: text("等待补正"), asked: vec![asked], answer: Vec::new(), files: Vec::new(), ..case() }
}

fn act(name: &str, title: &str, value: Option<&str>) -> ActForm {
    let code = line(&format!("{name}-code"), "查询码", Some("请再填写一次。"), None, "", Keyboard::Text);
    let written = value.map(|value| Field {
        id: format!("{name}-text"),
        label: text("补正的内容"),
        help: Some(text("请逐项说明。")),
        optional: false,
        autocomplete: None,
        control: Control::Text { value: text(value), limit: 2_000 },
    });
    ActForm {
        action: text("/form/disclosure/act"),
        title: text(title),
        lead: text("答复期限自收到补正之日起重新计算（条例第三十条）。"),
        is_awaited: value.is_some(),
        fields: written.into_iter().chain([code]).collect(),
        hidden: vec![Hidden { name: text("act"), value: text(name) }],
    }
}

fn acts() -> [ActForm; 2] {
    let mut complete = act("complete", "提交补正", Some(""));
    let files = Field { id: text("complete-files"), ..enclosures(Some(text("/form/disclosure/act/files"))) };
    complete.fields.insert(1, files);
    [complete, act("withdraw", "撤回申请", None)]
}

/// An act with a wrong code.
fn act_again(value: &str) -> ActPage {
    let wrong = ErrorNote {
        field: Some(text("complete-code")),
        code: text("no-such-case"),
        text: text("查询码不对，请对照提交成功的页面核对后再试"),
    };
    ActPage {
        form: act("complete", "提交补正", Some(value)),
        number: text("GK20261130-0001"),
        note: Some(text("这份表单打开已超过 24 小时。")),
        errors: vec![wrong],
        status: text("/form/disclosure/status"),
    }
}

pub(crate) fn told() -> ToldPage {
    let links = [("回到首页", "/"), ("查看站点地图", "/map.html")];
    ToldPage {
        title: text("没有提交"),
        sentences: vec![text("这份表单不是从本网站的页面发出的，什么都没有提交。请从本网站重新打开表单。")],
        links: links.map(|(name, url)| Link { name: text(name), url: text(url) }).to_vec(),
    }
}

type Page = (&'static str, Result<Rendered, RenderError>);

pub(crate) fn pages() -> Vec<Page> {
    vec![
        ("front-questions.html", front::questions(&frame(ACTION), &first())),
        ("front-wrong.html", front::questions(&frame(ACTION), &wrong())),
        ("front-files.html", front::questions(&frame(ACTION), &files())),
        ("front-files-full.html", front::questions(&frame(ACTION), &files_full())),
        ("front-check.html", front::check(&frame(ACTION), &check())),
        ("front-refused.html", front::check(&frame(ACTION), &refused())),
        ("front-receipt.html", front::receipt(&frame(ACTION), &receipt())),
        ("front-entry.html", front::status_entry(&frame("/form/disclosure/status"), &entry())),
        ("front-case.html", front::status(&frame("/form/disclosure/status"), &case(), &[], &asking(), None)),
        (
            "front-case-waiting.html",
            front::status(&frame("/form/disclosure/status"), &waiting(), &acts(), &asking(), Some("已提交。")),
        ),
        ("front-act.html", front::act(&frame("/form/disclosure/act"), &act_again("2025年的清单。"))),
        ("front-told.html", front::told(&frame(ACTION), &told())),
    ]
}

/// What a hostile or careless hand types into every field that is shown again.
pub(crate) fn hostile() -> Vec<Page> {
    let h = || text(HOSTILE);
    let mut questions = wrong();
    questions.note = Some(h());
    for field in &mut questions.fields {
        match &mut field.control {
            Control::Line { value, .. } | Control::Text { value, .. } => *value = h(),
            Control::Choice { options, .. } => options.iter_mut().for_each(|option| option.label = h()),
            Control::Files { .. } => {}
        }
    }
    let mut files = files();
    for field in &mut files.fields {
        if let Control::Files { added, .. } = &mut field.control {
            added.iter_mut().for_each(|file| (file.name, file.place) = (h(), h()));
        }
    }
    questions.hidden.push(Hidden { name: text("name"), value: h() });
    for error in &mut questions.errors {
        error.text = h();
    }
    let mut check = check();
    check.answers.iter_mut().for_each(|answer| answer.lines = vec![h()]);
    check.challenge = Some(h());
    let receipt = ReceiptPage { number: h(), code: h(), ..receipt() };
    let entry = StatusEntryPage { number: h(), ..entry() };
    let mut case = waiting();
    (case.number, case.holder, case.answer) = (h(), Some(h()), vec![h()]);
    for happening in &mut case.happenings {
        happening.text = Some(h());
    }
    case.asked = vec![AskedNote { title: h(), paragraphs: vec![h()] }];
    case.files = vec![GivenFile { file: h(), name: h(), about: h() }];
    let mut again = act_again(HOSTILE);
    (again.number, again.note) = (h(), Some(h()));
    again.form.hidden.push(Hidden { name: text("number"), value: h() });
    vec![
        ("hostile-front-questions.html", front::questions(&frame(ACTION), &questions)),
        ("hostile-front-files.html", front::questions(&frame(ACTION), &files)),
        ("hostile-front-check.html", front::check(&frame(ACTION), &check)),
        ("hostile-front-receipt.html", front::receipt(&frame(ACTION), &receipt)),
        ("hostile-front-entry.html", front::status_entry(&frame(ACTION), &entry)),
        ("hostile-front-case.html", front::status(&frame(ACTION), &case, &acts(), &asking(), Some(HOSTILE))),
        ("hostile-front-act.html", front::act(&frame(ACTION), &again)),
    ]
}
