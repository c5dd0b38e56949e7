//! A document's content on its way in: checked, sanitised, its body stored.

use domain::{
    document::{BodyHash, Content, DocumentNumber},
    text::{Line, Prose},
};
use gateway::Sentence;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{checks::Checks, refusal::Refusal, state::PublishState};

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
    /// Body as HTML; what could harm a reader is taken out before it is stored.
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
}

/// Content that passed every check; its body is not stored yet.
#[derive(Debug, Clone)]
pub(crate) struct CheckedContent {
    content: Content,
    html: String,
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
        let html = html?;
        Some(CheckedContent {
            content: Content {
                title: title?,
                body: BodyHash::of(html.as_bytes()),
                summary: summary?,
                document_number: number.flatten(),
                written_on: written_on.flatten(),
                source: source?,
                keywords: keywords?,
            },
            html,
        })
        .filter(|_| checks.passed())
    }
}

impl CheckedContent {
    /// Stores the body, and gives the content that names it.
    ///
    /// The body goes first: a commit never names what is not there. A body that no commit comes to name is swept later.
    pub(crate) async fn store(self, state: &PublishState) -> Result<Content, Refusal> {
        state.ledger.put_body(self.html.as_bytes(), HTML).await?;
        Ok(self.content)
    }
}

/// Harmless HTML with something to read in it.
fn html(checks: &mut Checks, given: &str) -> Option<String> {
    const POINTER: &str = "/content/body_html";
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
    let clean = pages::sanitise(&given);
    // Once more: a character reference can spell what may not stand there.
    let clean: Prose<HTML_LIMIT> = checks.prose(POINTER, &clean)?;
    if is_blank(clean.as_str()) {
        checks.add(
            POINTER,
            "html-empty",
            Sentence::new(
                "去除不安全内容后，正文没有任何可读内容。",
                "Nothing to read is left of the body once what is unsafe is taken out.",
            ),
        );
        return None;
    }
    Some(clean.as_str().to_owned())
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
        html(&mut checks, text).ok_or_else(|| {
            let problem = serde_json::to_value(checks.refusal().problem()).unwrap();
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
    fn a_body_of_nothing_but_script_is_refused() {
        for hostile in ["<script>alert(1)</script>", "<style>p{}</style>", "<p> </p>", ""] {
            assert_eq!(check(hostile), Err(vec!["html-empty".to_owned()]), "{hostile}");
        }
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
