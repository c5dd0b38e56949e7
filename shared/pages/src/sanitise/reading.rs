//! HTML through the tokenizer into the builder.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::{
    builder::Builder,
    danger,
    report::{Finding, Report},
};
use crate::characters;

/// Elements whose content is never text for readers.
const RAW: &[&str] = &["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"];

/// What was read.
pub(super) struct Reading {
    /// Known elements only, each where it may stand; empty if there were too many.
    pub(super) html: String,
    pub(super) report: Report,
}

/// Reads `html`; more than `limit` elements are not read.
pub(super) fn read(html: &str, limit: usize) -> Reading {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(characters::clean(html)));
    let sink = Sink { builder: RefCell::new(Builder::new()), skipping: Cell::new(false), limit };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // The answer asks a browser to run a script or change the encoding; neither concerns a fragment that is only read.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut builder = tokenizer.sink.builder.into_inner();
    if builder.made > limit {
        builder.report.find(Finding::TooManyElements { limit });
        return Reading { html: String::new(), report: builder.report };
    }
    let (root, report) = builder.finish();
    let mut html = String::new();
    root.write_children(&mut html);
    Reading { html, report }
}

/// Receives tokens.
struct Sink {
    builder: RefCell<Builder>,
    skipping: Cell<bool>,
    limit: usize,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.builder.borrow_mut();
        if builder.made > self.limit {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(tag) => return self.tag(&mut builder, &tag),
            Token::CharacterTokens(text) if !self.skipping.get() => builder.text(&text),
            Token::CommentToken(text) => match danger::of_comment(&text) {
                Some(what) => builder.report.find(Finding::Unsafe { what }),
                None => builder.report.remove("comment", None),
            },
            Token::DoctypeToken(_) => builder.report.remove("doctype", None),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Sink {
    fn tag(&self, builder: &mut Builder, tag: &Tag) -> TokenSinkResult<()> {
        match tag.kind {
            TagKind::StartTag => {
                builder.start(tag);
                if RAW.contains(&&*tag.name) {
                    self.skipping.set(true);
                    return TokenSinkResult::RawData(RawKind::Rawtext);
                }
            }
            // In a raw-text element the tokenizer reports no other end tag than its own.
            TagKind::EndTag if self.skipping.get() => self.skipping.set(false),
            TagKind::EndTag => builder.end(tag),
        }
        TokenSinkResult::Continue
    }
}
