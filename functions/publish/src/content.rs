//! A document's content on its way in: checked, sanitised, its body stored.

use command::Checks;
use domain::{
    StaffId,
    document::{BodyHash, Content, Document, DocumentNumber, Relation, Written},
    text::{Line, Prose},
};
use gateway::Sentence;
use pages::Finding;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    attachments::{AttachmentInput, Named},
    catalogue::CatalogueInput,
    form::FormInput,
    refusal::Refusal,
    relations::{RelationInput, relations},
    state::PublishState,
};

/// Most bytes the HTML of a body may have.
const HTML_LIMIT: usize = 1_000_000;

/// Media type that bodies are stored with.
const HTML: &str = "text/html; charset=utf-8";

/// What an editor writes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContentInput {
    /// Title (名称), 1–200 characters in one line.
    #[schema(example = "关于滨湖路段停水的通知", max_length = 200, min_length = 1)]
    title: String,
    /// Body as HTML. What could run, load or imitate something is refused (`html-unsafe`), and so is what a person has to mend; other markup that no page has is left out, its text stays, and the answer lists it as `removed`.
    #[schema(example = "<p>因管网检修，滨湖路段将于 11 月 25 日停水。</p>", min_length = 1)]
    body_html: String,
    /// Summary (内容概述), at most 500 characters.
    #[serde(default)]
    #[schema(max_length = 500)]
    summary: String,
    /// Document number (发文字号); other brackets become 〔〕.
    #[serde(default)]
    #[schema(example = "澄水发〔2026〕5号")]
    document_number: Option<String>,
    /// Day the document was signed (成文日期).
    #[serde(default)]
    #[schema(example = "2026-11-20", format = "date")]
    written_on: Option<String>,
    /// Where the text comes from (来源), at most 60 characters; empty for the department itself.
    #[serde(default)]
    #[schema(max_length = 60)]
    source: String,
    /// Keywords (关键词), at most 20 of at most 20 characters.
    #[serde(default)]
    #[schema(max_items = 20)]
    keywords: Vec<String>,
    /// How the catalogue of government information (政府信息公开目录) files it.
    #[serde(default)]
    catalogue: CatalogueInput,
    /// What it is beside a text; if absent, a text and nothing else.
    #[serde(default)]
    form: FormInput,
    /// What it is to other documents, at most 10. Who says so must be allowed to revise both.
    #[serde(default)]
    #[schema(max_items = 10)]
    relations: Vec<RelationInput>,
    /// Files beside it or in it, in the order of reading, at most 50.
    #[serde(default)]
    #[schema(max_items = 50)]
    attachments: Vec<AttachmentInput>,
}

/// Content that passed every check of its own; its files are not looked up and its body is not stored yet.
#[derive(Debug, Clone)]
pub(crate) struct CheckedContent {
    written: Written,
    html: String,
    attachments: Named,
}

/// HTML as it will be stored, and what was left out of it.
struct CheckedHtml {
    html: String,
    removed: Vec<Line<80>>,
}

impl ContentInput {
    /// Checks every field; `/content` stands before each pointer.
    pub(crate) fn checked(&self, checks: &mut Checks) -> Option<CheckedContent> {
        let title: Option<Line<200>> = checks.line("/content/title", &self.title);
        let html = html(checks, &self.body_html);
        let summary: Option<Prose<500>> = checks.prose("/content/summary", &self.summary);
        let number = self.document_number.as_deref().map(|text| {
            let line: Line<60> = checks.line("/content/document_number", text)?;
            checks.converted::<DocumentNumber>("/content/document_number", line.as_str())
        });
        let written_on = self.written_on.as_deref();
        let written_on = written_on.map(|text| checks.day("/content/written_on", text));
        let source: Option<Prose<60>> = checks.prose("/content/source", &self.source);
        let keywords = checks.lines::<20>("/content/keywords", &self.keywords, 20);
        let catalogue = self.catalogue.checked(checks);
        let form = self.form.checked(checks);
        let relations = relations(&self.relations, checks);
        let attachments = Named::checked(&self.attachments, checks);
        let CheckedHtml { html, removed } = html?;
        let content = Content {
            title: title?,
            body: BodyHash::of(html.as_bytes()),
            summary: summary?,
            document_number: number.flatten(),
            written_on: written_on.flatten(),
            source: source?,
            keywords: keywords?,
            catalogue: catalogue?,
            form: form?,
            relations: relations?,
            attachments: Vec::new(),
        };
        let written = Written { content, removed };
        Some(CheckedContent { written, html, attachments: attachments? }).filter(|_| checks.passed())
    }
}

impl CheckedContent {
    /// The text without its files; its body is not stored yet.
    pub(crate) fn written(&self) -> &Written {
        &self.written
    }

    /// What it is to other documents.
    pub(crate) fn relations(&self) -> &[Relation] {
        &self.written.content.relations
    }

    /// Looks its files up, as `staff` may use them for the document as it stands, stores the body, and gives the text that names both.
    ///
    /// The body goes first: a commit never names what is not there. A body that no commit comes to name lies there until a sweep, a month
    /// later at least, takes it away (ADR 038).
    pub(crate) async fn store(
        self,
        state: &PublishState,
        staff: &StaffId,
        standing: &Document,
    ) -> Result<Written, Refusal> {
        let Self { mut written, html, attachments } = self;
        let attachments = attachments.looked_up(state, staff, standing, &html, &written.content.form).await?;
        written.content.attachments = attachments;
        state.ledger.put_body(html.as_bytes(), HTML).await?;
        Ok(written)
    }
}

/// Where the HTML stands in the request.
const POINTER: &str = "/content/body_html";

/// Harmless, well-formed HTML with something to read in it.
fn html(checks: &mut Checks, given: &str) -> Option<CheckedHtml> {
    if given.len() > HTML_LIMIT {
        checks.add(
            POINTER,
            "html-too-long",
            Sentence::new(
                format!("正文有 {} 字节，最多 {HTML_LIMIT} 字节。", given.len()),
                format!("The body has {} bytes, at most {HTML_LIMIT} are allowed.", given.len()),
            ),
        );
        return None;
    }
    // Tabs and lone carriage returns are white space to HTML; all other control characters are refused.
    let given = given.replace(['\t', '\r'], " ");
    let _readable: Prose<HTML_LIMIT> = checks.prose(POINTER, &given)?;
    let inspection = pages::inspect(&given);
    for finding in &inspection.findings {
        let (code, sentence) = told(finding);
        checks.add(POINTER, code, sentence);
    }
    if !inspection.findings.is_empty() {
        return None;
    }
    // Once more: a character reference can spell what may not stand there.
    let clean: Prose<HTML_LIMIT> = checks.prose(POINTER, &inspection.html)?;
    if is_blank(clean.as_str()) {
        checks.add(
            POINTER,
            "html-empty",
            Sentence::new("正文没有任何可读内容。", "There is nothing to read in the body."),
        );
        return None;
    }
    let removed = inspection.removed.iter().filter_map(|name| Line::new(name).ok()).collect();
    Some(CheckedHtml { html: clean.as_str().to_owned(), removed })
}

/// A finding's stable code, and what an editor can do about it.
fn told(finding: &Finding) -> (&'static str, Sentence) {
    match finding {
        Finding::Unsafe { what } => (
            "html-unsafe",
            Sentence::new(
                format!("含有可能运行、加载或冒充其他内容的代码：{what}。请删去后重发。"),
                format!("It holds {what}, which could run, load or imitate something. Take it out and send it again."),
            ),
        ),
        Finding::TooManyElements { limit } => (
            "html-too-many-elements",
            Sentence::new(
                format!("标签过多，最多 {limit} 个元素；请简化格式或拆成几个文件。"),
                format!("It has more than {limit} elements; simplify it or make several documents of it."),
            ),
        ),
        Finding::ImageForeign { address } => (
            "html-image-foreign",
            Sentence::new(
                format!("图片“{address}”不在本站，页面不会加载；请先上传，再用以 / 开头的地址。"),
                format!(
                    "The picture `{address}` is not on this site, and no page loads it; upload it and use an address that begins with /."
                ),
            ),
        ),
        Finding::ImageWithoutAlternative { address } => (
            "html-image-without-alternative",
            Sentence::new(
                format!("图片“{address}”没有替代文字；请用 alt 说明图片内容，纯装饰图片写 alt=\"\"。"),
                format!("The picture `{address}` has no alt; say what it shows, or alt=\"\" if it is decoration."),
            ),
        ),
        Finding::LinkWithoutName { address } => (
            "html-link-without-name",
            Sentence::new(
                format!("指向“{address}”的链接没有文字；请写明链接文字或图片的替代文字，或删去链接。"),
                format!("The link to `{address}` has no text; write some, describe its picture, or take the link out."),
            ),
        ),
        Finding::LinkAddress { address } => (
            "html-link-address",
            Sentence::new(
                format!("链接地址“{address}”无效；可用站内地址，或 http、https、mailto、tel 地址。"),
                format!(
                    "`{address}` is no address a link may have; use one of the site, or http, https, mailto or tel."
                ),
            ),
        ),
        Finding::HeadingEmpty => (
            "html-heading-empty",
            Sentence::new(
                "有一个标题只有图片，没有文字；请写明标题文字或图片的替代文字。",
                "A heading holds a picture and nothing to read; write its text or describe the picture.",
            ),
        ),
    }
}

/// Whether sanitised HTML shows a reader nothing: no text, no picture.
fn is_blank(html: &str) -> bool {
    let mut quoted = false;
    let mut within = false;
    let text: String = html
        .chars()
        .filter(|c| {
            match c {
                '"' if within => quoted = !quoted,
                '<' if !quoted => within = true,
                '>' if !quoted && within => {
                    within = false;
                    return false;
                }
                _ => {}
            }
            !within
        })
        .collect();
    !html.contains("<img ") && text.replace("&nbsp;", " ").trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<String, Vec<String>> {
        let mut checks = Checks::default();
        html(&mut checks, text).map(|checked| checked.html).ok_or_else(|| {
            let problem = serde_json::to_value(checks.problem()).unwrap();
            let errors = problem["errors"].as_array().unwrap().clone();
            errors.iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
        })
    }

    #[test]
    fn markup_without_anything_to_read_is_blank() {
        for blank in ["", "<p></p>", "<p> \n</p>", "<p>&nbsp;</p>", "<p><a href=\"a>b\"></a></p>"] {
            assert!(is_blank(blank), "{blank}");
        }
        for full in ["a", "<p>停</p>", "<img src=\"/a.png\" alt=\"\">"] {
            assert!(!is_blank(full), "{full}");
        }
    }

    #[test]
    fn a_body_with_nothing_to_read_is_refused() {
        for blank in ["<p> </p>", "<p>&nbsp;</p>", "<font></font>", "<!-- x -->", ""] {
            assert_eq!(check(blank), Err(vec!["html-empty".to_owned()]), "{blank}");
        }
    }

    #[test]
    fn every_finding_has_its_code_and_says_what_to_do() {
        for (html, code) in [
            ("<p>正</p><script>alert(1)</script>", "html-unsafe"),
            ("<p onclick=alert(1)>正</p>", "html-unsafe"),
            ("<img src=https://a.example/b.png alt=图>", "html-image-foreign"),
            ("<img src=/b.png>", "html-image-without-alternative"),
            ("正<a href=/x></a>", "html-link-without-name"),
            ("<a href='ftp://a.example'>正</a>", "html-link-address"),
            ("<h2><img src=/b.png alt=''></h2>", "html-heading-empty"),
            (&"<br>".repeat(pages::ELEMENT_LIMIT + 1), "html-too-many-elements"),
        ] {
            assert_eq!(check(html), Err(vec![code.to_owned()]), "{html:.60}");
        }
        let all = check("<img src=/a.png><a href=/x></a><script></script>").unwrap_err();
        assert_eq!(all, ["html-image-without-alternative", "html-link-without-name", "html-unsafe"]);
    }

    #[test]
    fn harmless_markup_is_left_out_and_listed() {
        let checked = html(&mut Checks::default(), "<p style='color:red'><span>正</span></p>").unwrap();
        assert_eq!(checked.html, "<p>正</p>");
        let removed: Vec<&str> = checked.removed.iter().map(Line::as_str).collect();
        assert_eq!(removed, ["p[style]", "span"]);
    }

    #[test]
    fn forbidden_characters_are_refused() {
        for hostile in ["<p>a\0b</p>", "<p>a\u{202E}b</p>", "<p>a\u{2066}b</p>", "<p>a\u{200B}</p>"] {
            assert_eq!(check(hostile), Err(vec!["text-forbidden-character".to_owned()]), "{hostile}");
        }
    }

    #[test]
    fn forbidden_characters_do_not_come_in_as_references() {
        for hostile in ["<p>a&#x202E;b</p>", "<p>a&#8238;b</p>", "<p>a&#0;b</p>", "<p>a&#x1;b</p>"] {
            if let Ok(stored) = check(hostile) {
                assert!(Prose::<100>::new(&stored).is_ok(), "{stored:?}");
                assert!(!stored.contains("&#"), "{stored:?}");
            }
        }
    }

    #[test]
    fn tabs_and_line_ends_are_white_space() {
        assert!(check("<p>甲\t乙</p>\r\n<p>丙</p>").is_ok());
    }

    #[test]
    fn a_body_over_its_limit_is_refused() {
        assert_eq!(check(&"a".repeat(HTML_LIMIT + 1)), Err(vec!["html-too-long".to_owned()]));
    }
}
