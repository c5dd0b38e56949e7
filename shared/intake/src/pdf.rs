//! PDF: whole, open to everybody, and without anything that acts.

use crate::refusal::Refusal;

/// Names of what acts or brings other files along.
const ACTIVE: [(&[u8], &str); 9] = [
    (b"JavaScript", "JavaScript"),
    (b"JS", "JavaScript"),
    (b"XFA", "XFA"),
    (b"Rendition", "Rendition"),
    (b"ImportData", "ImportData"),
    (b"Launch", "Launch"),
    (b"EmbeddedFile", "EmbeddedFile"),
    (b"EmbeddedFiles", "EmbeddedFiles"),
    (b"RichMedia", "RichMedia"),
];

/// How far from the end the mark of the end may stand, in bytes: readers look as far.
const TAIL: usize = 1_100;

/// Longest name looked at, in bytes: those looked for are shorter, in whatever dress.
const LONGEST: usize = 64;

/// Refuses what is cut off, locked or acts, as far as it lies in plain sight: compressed streams are not looked into.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        return Err(Refusal::Damaged { found: "pdf" });
    }
    let mut name = Vec::with_capacity(LONGEST);
    let mut rest = bytes;
    while let Some(start) = rest.iter().position(|byte| *byte == b'/') {
        rest = rest.get(start + 1..).unwrap_or_default();
        rest = read_name(rest, &mut name);
        if name == b"Encrypt" && is_value(rest) {
            return Err(Refusal::Encrypted { found: "pdf" });
        }
        if let Some((_, what)) = ACTIVE.iter().find(|(active, _)| *active == name) {
            return Err(Refusal::Active { what });
        }
    }
    Ok(())
}

/// Reads a name as PDF programs do, `#4a` for `J` included; gives what follows it.
fn read_name<'a>(mut rest: &'a [u8], name: &mut Vec<u8>) -> &'a [u8] {
    name.clear();
    while let [first, behind @ ..] = rest {
        if name.len() == LONGEST || first.is_ascii_whitespace() || b"\0()<>[]{}/%".contains(first) {
            break;
        }
        let (byte, behind) = match (first, behind) {
            (b'#', [high, low, behind @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, behind),
                _ => (*first, behind_of(rest)),
            },
            _ => (*first, behind),
        };
        name.push(byte);
        rest = behind;
    }
    rest
}

fn behind_of(rest: &[u8]) -> &[u8] {
    rest.get(1..).unwrap_or_default()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Whether a reference (`12 0 R`) or a dictionary follows: the word alone locks nothing.
fn is_value(rest: &[u8]) -> bool {
    rest.iter()
        .find(|byte| !byte.is_ascii_whitespace() && **byte != 0)
        .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'<')
}
