//! Digests of the chunks of an object.

use data_encoding::BASE64;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};

/// Bytes that are fetched, checked and kept together.
pub(crate) const CHUNK: usize = 256 * 1024;
/// The first bytes of SHA-256 that are kept: enough against accidents, and a manifest of a gigabyte stays below 50 KB.
const KEPT: usize = 8;

/// The digests of an object's chunks, one after the other; Base64 in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Digests(Vec<u8>);

impl Digests {
    /// Whether `bytes` are the chunk `number`.
    pub(crate) fn agree(&self, number: usize, bytes: &[u8]) -> bool {
        self.0.chunks_exact(KEPT).nth(number).is_some_and(|digest| digest == digest_of(bytes))
    }
}

fn digest_of(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).iter().copied().take(KEPT).collect()
}

impl Serialize for Digests {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Digests {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64.decode(text.as_bytes()).map(Self).map_err(D::Error::custom)
    }
}

/// Takes the digests of bytes that come bit by bit.
#[derive(Debug, Default)]
pub(crate) struct Digester {
    digests: Digests,
    chunk: Vec<u8>,
    length: u64,
}

impl Digester {
    pub(crate) fn update(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.chunk.len()));
            self.chunk.extend_from_slice(now);
            if self.chunk.len() == CHUNK {
                self.close();
            }
            bytes = later;
        }
    }

    fn close(&mut self) {
        self.digests.0.extend(digest_of(&self.chunk));
        self.chunk.clear();
    }

    /// How many bytes there were, and their digests.
    pub(crate) fn finish(mut self) -> (u64, Digests) {
        if !self.chunk.is_empty() {
            self.close();
        }
        (self.length, self.digests)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flipped_bit_is_seen_in_its_chunk() {
        let mut bytes = vec![7; 2 * CHUNK + 3];
        let mut digester = Digester::default();
        bytes.chunks(1_000).for_each(|part| digester.update(part));
        let (length, digests) = digester.finish();
        assert_eq!(length, bytes.len() as u64);
        let read: Digests = serde_json::from_str(&serde_json::to_string(&digests).unwrap()).unwrap();
        let agree =
            |bytes: &[u8]| bytes.chunks(CHUNK).enumerate().map(|(at, chunk)| read.agree(at, chunk)).collect::<Vec<_>>();
        assert_eq!(agree(&bytes), [true, true, true]);
        bytes[CHUNK + 1] ^= 1;
        assert_eq!(agree(&bytes), [true, false, true]);
        assert!(!read.agree(3, &[]));
    }
}
