//! Tables as text.
//!
//! A spreadsheet program runs a cell that begins as a formula, without asking, whoever wrote it. Which character parts the cells depends on the program and its
//! language, and whether quotes hold depends on that: so quotes are not believed, and every comma, semicolon and tab begins a cell. What is refused too much is a
//! quoted text with a formula's beginning right behind such a character; its writer is told the line.

use crate::{refusal::Refusal, shown::shown};

/// The table as it is stored: UTF-8 that says so, for spreadsheet programs take it for something else otherwise.
///
/// # Errors
/// A cell is a formula.
pub(crate) fn take(text: &str) -> Result<Vec<u8>, Refusal> {
    // `sep=|` in the first line makes that character part the cells.
    if let Some(line) = text.split('\n').next().filter(|line| bare(line).to_ascii_lowercase().starts_with("sep=")) {
        return Err(Refusal::Formula { line: 1, cell: shown(line) });
    }
    for (line, text) in text.split('\n').enumerate() {
        let cell = text.split([',', ';', '\t', '\r']).map(bare).find(|cell| is_formula(cell));
        if let Some(cell) = cell {
            return Err(Refusal::Formula { line: line + 1, cell: shown(cell) });
        }
    }
    Ok(format!("\u{feff}{text}").into_bytes())
}

/// A cell without what does not show, and the quotes, before it.
fn bare(cell: &str) -> &str {
    cell.trim_start_matches(|c: char| {
        c.is_whitespace() || c == '"' || ('\u{200b}'..='\u{200f}').contains(&c) || c == '\u{feff}'
    })
}

/// Whether a program would reckon: `=` and `@` always, a sign unless a number or a telephone number follows.
///
/// The wide characters count as well: programs in Chinese and Japanese read them as the narrow ones.
fn is_formula(cell: &str) -> bool {
    let mut characters = cell.chars();
    let first = characters.next();
    let rest = characters.as_str().trim_end_matches('"').trim_end();
    match first {
        Some('=' | '＝' | '@' | '＠') => !rest.is_empty(),
        Some('+' | '＋' | '-' | '－') => {
            let behind = rest.trim_start_matches([' ', '+', '＋', '-', '－']);
            behind.starts_with(char::is_alphabetic) || rest.contains(['(', '|', '!', '=', '@', '＝', '＠'])
        }
        _ => false,
    }
}
