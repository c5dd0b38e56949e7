//! Tag soup into nested tags, before any tree is built.
//!
//! A tree builder can be made to do quadratic work and to copy elements without end (deep nesting, unclosed formatting). So the
//! tokens are put in order first: only known elements and attributes, every element closed, at most [`DEPTH`] deep, the
//! contents of raw-text elements dropped. What comes out means the same to every parser.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::{ATTRIBUTES, TAGS};
use crate::characters;

/// Deepest nesting that is kept; deeper tags are dropped, their text stays.
const DEPTH: usize = 64;

/// Elements without content.
const VOID: &[&str] = &["br", "col", "hr", "img"];

/// Elements whose content is never text for readers.
const RAW: &[&str] = &["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"];

/// Rewrites `html` as nested known tags; see the module.
pub(super) fn tidy(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(characters::clean(html)));
    let tokenizer = Tokenizer::new(Nester::default(), TokenizerOpts::default());
    // The answer asks a browser to run a script or change the encoding; neither concerns a fragment that is only read.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.finish()
}

/// Receives tokens and writes nested tags.
#[derive(Default)]
struct Nester {
    out: RefCell<String>,
    open: RefCell<Vec<&'static str>>,
    skipping: Cell<bool>,
}

impl TokenSink for Nester {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => return self.tag(&tag),
            Token::CharacterTokens(text) if !self.skipping.get() => self.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Nester {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        match tag.kind {
            TagKind::StartTag if RAW.contains(&name) => {
                self.skipping.set(true);
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            TagKind::StartTag => self.start(tag),
            // In a raw-text element the tokenizer reports no other end tag than its own.
            TagKind::EndTag if self.skipping.get() => self.skipping.set(false),
            TagKind::EndTag => self.end(name),
        }
        TokenSinkResult::Continue
    }

    fn start(&self, tag: &Tag) {
        let Some(name) = TAGS.iter().copied().find(|known| *known == &*tag.name) else {
            return;
        };
        let mut open = self.open.borrow_mut();
        let void = VOID.contains(&name);
        if open.len() >= DEPTH && !void {
            return;
        }
        let attributes = attributes(name, tag);
        if name == "img" && !attributes.iter().any(|(name, _)| *name == "src") {
            return;
        }
        let mut out = self.out.borrow_mut();
        out.push('<');
        out.push_str(name);
        for (attribute, value) in attributes {
            out.push(' ');
            out.push_str(attribute);
            out.push_str("=\"");
            escape(&value, &mut out);
            out.push('"');
        }
        out.push('>');
        if !void {
            open.push(name);
        }
    }

    fn end(&self, name: &str) {
        let mut open = self.open.borrow_mut();
        if !open.contains(&name) {
            return;
        }
        let mut out = self.out.borrow_mut();
        while let Some(inner) = open.pop() {
            close(inner, &mut out);
            if inner == name {
                break;
            }
        }
    }

    fn text(&self, text: &str) {
        let mut out = self.out.borrow_mut();
        // A parser swallows one line feed at the start of a preformatted block, and would swallow another at each reading.
        let text = if out.ends_with("<pre>") { text.trim_start_matches(['\r', '\n']) } else { text };
        escape(&characters::clean(text), &mut out);
    }

    fn finish(self) -> String {
        let mut out = self.out.into_inner();
        for name in self.open.into_inner().into_iter().rev() {
            close(name, &mut out);
        }
        out
    }
}

fn close(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// The attributes of a tag that are known and well formed, in the allow-list's order.
fn attributes(element: &str, tag: &Tag) -> Vec<(&'static str, String)> {
    let Some((_, known)) = ATTRIBUTES.iter().find(|(name, _)| *name == element) else {
        return Vec::new();
    };
    let given = |name: &str| {
        tag.attrs
            .iter()
            .find(|attribute| &*attribute.name.local == name)
            .map(|attribute| characters::clean(&attribute.value))
    };
    known
        .iter()
        .copied()
        .filter_map(|name| {
            let value = match name {
                "rel" => given("href").filter(|href| leaves_the_site(href)).map(|_| "noopener".to_owned()),
                "alt" => Some(given("alt").unwrap_or_default()),
                "href" | "src" => given(name).map(|url| url.trim().to_owned()).filter(|url| is_allowed(url)),
                "scope" => {
                    given(name).filter(|scope| matches!(scope.as_str(), "col" | "row" | "colgroup" | "rowgroup"))
                }
                _ => given(name).filter(|number| is_number(number)),
            };
            value.map(|value| (name, value))
        })
        .collect()
}

/// Whether an address is relative or has a known scheme, seen as a browser sees it: without tabs and line feeds.
fn is_allowed(url: &str) -> bool {
    let seen: String = url.chars().filter(|c| !matches!(c, '\t' | '\n')).collect();
    if seen.is_empty() {
        return false;
    }
    match seen.find([':', '/', '?', '#']) {
        Some(at) if seen.get(at..).is_some_and(|rest| rest.starts_with(':')) => {
            let scheme = seen.get(..at).unwrap_or_default().to_ascii_lowercase();
            super::SCHEMES.contains(&scheme.as_str())
        }
        _ => true,
    }
}

fn leaves_the_site(url: &str) -> bool {
    let url = url.trim();
    is_allowed(url)
        && (url.starts_with("//")
            || url.starts_with("/\\")
            || url.starts_with('\\')
            || url.find([':', '/', '?', '#']).is_some_and(|at| url.get(at..).is_some_and(|rest| rest.starts_with(':'))))
}

/// Up to four digits, not zero: spans, sizes and list starts.
fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}
