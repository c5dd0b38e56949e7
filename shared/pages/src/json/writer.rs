//! How JSON is written: compact, in one line, and without the characters that no page may carry.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use crate::characters::is_forbidden;

/// The bytes of `value`, with a final line feed.
pub(super) fn write(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Clean))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Drops forbidden characters from every text, as the formatter of HTML does.
struct Clean;

impl Formatter for Clean {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut kept = fragment.split(is_forbidden);
        kept.try_for_each(|part| writer.write_all(part.as_bytes()))
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::Quote => writer.write_all(b"\\\""),
            CharEscape::ReverseSolidus => writer.write_all(b"\\\\"),
            CharEscape::Solidus => writer.write_all(b"/"),
            CharEscape::LineFeed => writer.write_all(b"\\n"),
            CharEscape::Tab => writer.write_all(b"\\t"),
            // The other control characters.
            CharEscape::Backspace | CharEscape::FormFeed | CharEscape::CarriageReturn | CharEscape::AsciiControl(_) => {
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_be_read_again_without_what_is_forbidden() {
        let hostile = "甲\"\\/\n\t</script>\0\u{8}\u{c}\r\u{1b}\u{7f}\u{202e}\u{fffe}乙\u{1f600}";
        let bytes = write(&[hostile]).unwrap();
        assert_eq!(bytes.last(), Some(&b'\n'));
        let read: Vec<String> = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(read, ["甲\"\\/\n\t</script>乙\u{1f600}"]);
    }
}
