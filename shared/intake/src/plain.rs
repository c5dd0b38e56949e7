//! Plain text: what it must be to be stored as UTF-8.

use std::borrow::Cow;

use encoding_rs::GB18030;

use crate::{refusal::Refusal, shown::turns};

/// Beginnings of markup that a browser could take for a page, lower case.
const MARKUP: [(&str, &str); 9] = [
    ("<!doctype html", "html"),
    ("<html", "html"),
    ("<head", "html"),
    ("<body", "html"),
    ("<script", "html"),
    ("<iframe", "html"),
    ("<svg", "svg"),
    ("<?php", "script"),
    ("<?xml", "xml"),
];

/// How far markup is looked for, in bytes: as far as browsers guess.
const LOOKED_AT: usize = 1_024;

/// The text, if the bytes are any: UTF-8 or, failing that, GB18030, the encoding that spreadsheet programs in Chinese write.
///
/// A mark of byte order is left out.
pub(crate) fn read(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if bytes.contains(&0) {
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes)?,
    };
    Some(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
    })
}

/// Whether the bytes are marked as text of sixteen bits a character.
pub(crate) fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// Refuses what is empty, does not show, or turns the line around.
pub(crate) fn check(text: &str) -> Result<(), Refusal> {
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    for (line, text) in text.split('\n').enumerate() {
        let hidden = text.chars().find(|&c| (c.is_control() && c != '\t' && c != '\r') || turns(c));
        if let Some(character) = hidden {
            return Err(Refusal::Hidden { line: line + 1, character });
        }
    }
    Ok(())
}

/// What a text is that is more than text: its bytes would run or be drawn if a program guessed.
pub(crate) fn markup(text: &str) -> Option<&'static str> {
    let text = text.trim_start();
    if text.starts_with("#!") {
        return Some("script");
    }
    let front: String = text.chars().take(LOOKED_AT).collect::<String>().to_ascii_lowercase();
    let found = MARKUP.iter().find(|(mark, _)| front.contains(mark)).map(|(_, found)| *found);
    found.or_else(|| {
        // `<3` and `< 5` are text, a tag or a comment is not.
        let behind = front.strip_prefix('<')?.chars().next()?;
        (behind.is_ascii_alphabetic() || "!?/".contains(behind)).then_some("html")
    })
}
