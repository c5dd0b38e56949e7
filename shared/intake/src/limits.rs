//! How much may be taken in.

/// What may be taken in at most; `Default` is the house's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file, and of a picture as it is stored.
    pub bytes: u64,
    /// Pixels of a picture's longer side.
    pub picture_side: u32,
    /// Pixels of a picture in all.
    pub picture_pixels: u64,
    /// Entries of an archive.
    pub archive_entries: u64,
    /// Bytes of an archive's entries together, expanded.
    pub archive_expanded: u64,
    /// Bytes that a byte of an archive may expand to, over all of it.
    pub archive_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            picture_side: 12_000,
            picture_pixels: 50_000_000,
            archive_entries: 10_000,
            archive_expanded: 1 << 30,
            archive_ratio: 200,
        }
    }
}
