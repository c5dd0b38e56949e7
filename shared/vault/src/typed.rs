//! What people type where a number or a code is asked for.

use zeroize::Zeroizing;

/// Full width to half, without what separates groups: blanks, dashes, brackets, dots.
pub(crate) fn narrow(typed: &str) -> Zeroizing<String> {
    let narrowed = typed.chars().map(|c| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    });
    let separates =
        |c: &char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '_' | '(' | ')' | '·' | '.');
    narrowed.filter(|c| !separates(c)).collect::<String>().into()
}
