//! Texts filled up before they are sealed: who sees ciphertexts is not to tell yes from no by their lengths.

use zeroize::Zeroizing;

const LENGTH: usize = 4;
const FINE: usize = 64;
const COARSE: usize = 1024;

/// How many bytes a text of `length` bytes fills: the next multiple of 64 up to 1 KiB, then of 1 KiB.
fn filled(length: usize) -> usize {
    let length = length + LENGTH;
    length.next_multiple_of(if length <= COARSE { FINE } else { COARSE })
}

/// The text behind its length, filled up with zeros.
pub(crate) fn pad(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut padded = Zeroizing::new(Vec::with_capacity(filled(text.len())));
    padded.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
    padded.extend_from_slice(text);
    padded.resize(filled(text.len()), 0);
    padded
}

/// The text that was filled up.
pub(crate) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let (length, text) = padded.split_first_chunk::<LENGTH>()?;
    text.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_of_different_lengths_fill_the_same() {
        for (length, expected) in [(0, 64), (1, 64), (60, 64), (61, 128), (1020, 1024), (1021, 2048), (60_000, 60_416)]
        {
            let text = vec![b'x'; length];
            let padded = pad(&text);
            assert_eq!((padded.len(), unpad(&padded)), (expected, Some(text.as_slice())), "{length}");
        }
    }

    #[test]
    fn what_was_not_filled_up_here_is_nothing() {
        for odd in [b"".as_slice(), b"\0\0\0", b"\0\0\0\x02a", b"\xFF\xFF\xFF\xFF"] {
            assert_eq!(unpad(odd), None);
        }
    }
}
