//! Office up to 2003: a file system in a file (MS-CFB), of which only the directory is read.
//!
//! Read by hand, in a few lines that cannot fail: of a whole library for it nothing else would be used, and macros are looked for in more places than a well-behaved
//! reader would find.

use domain::file::FileKind;

use crate::refusal::Refusal;

/// What such files begin with.
pub(crate) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Storages and streams that hold macros.
const MACROS: [&str; 4] = ["VBA", "Macros", "_VBA_PROJECT", "_VBA_PROJECT_CUR"];

/// Sector numbers from here on end a chain or mark a free place.
const LAST_SECTOR: u32 = 0xffff_fffa;

/// Bytes of a directory entry.
const ENTRY: usize = 128;

/// Which program's file it is.
///
/// # Errors
/// It is no file of Word, Excel or PowerPoint, or broken, locked or with macros.
pub(crate) fn kind(bytes: &[u8]) -> Result<FileKind, Refusal> {
    let names = Compound::open(bytes).map(|file| file.top()).ok_or(Refusal::Damaged { found: "doc" })?;
    let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let kind = if has("EncryptedPackage") {
        return Err(Refusal::Encrypted { found: "office" });
    } else if has("WordDocument") {
        FileKind::Doc
    } else if has("Workbook") || has("Book") {
        FileKind::Xls
    } else if has("PowerPoint Document") {
        FileKind::Ppt
    } else {
        return Err(Refusal::UnknownKind { found: None });
    };
    if has_macros(bytes) { Err(Refusal::Macros { found: kind.extension() }) } else { Ok(kind) }
}

/// Looks at every place where a directory entry could lie, whether or not the directory leads there.
fn has_macros(bytes: &[u8]) -> bool {
    let listed = bytes
        .chunks_exact(ENTRY)
        .filter_map(name)
        .any(|name| MACROS.iter().any(|macros| name.eq_ignore_ascii_case(macros)));
    // PowerPoint keeps them elsewhere, compressed, and says so in a record (VbaInfoAtom: 12 bytes, the second four tell that there are macros).
    let told = bytes
        .windows(20)
        .any(|window| window.starts_with(&[2, 0, 0, 4, 12, 0, 0, 0]) && window.ends_with(&[1, 0, 0, 0, 2, 0, 0, 0]));
    listed || told
}

struct Compound<'a> {
    bytes: &'a [u8],
    /// Bytes of a sector.
    size: usize,
    /// Sectors that tell which sector follows which.
    table: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let size = match number16(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let mut file = Self { bytes, size, table: Vec::new() };
        file.table
            .extend((0..109).map_while(|place| number(bytes, 76 + place * 4)).filter(|sector| *sector < LAST_SECTOR));
        let (mut next, per_sector) = (number(bytes, 68)?, size / 4 - 1);
        for _ in 0..file.sectors() {
            let Some(sector) = file.sector(next) else { break };
            let numbers = (0..per_sector).map_while(|place| number(sector, place * 4));
            file.table.extend(numbers.filter(|sector| *sector < LAST_SECTOR));
            next = number(sector, per_sector * 4).unwrap_or(LAST_SECTOR);
        }
        Some(file)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.size
    }

    fn sector(&self, sector: u32) -> Option<&'a [u8]> {
        let start =
            usize::try_from(sector).ok().filter(|_| sector < LAST_SECTOR)?.checked_add(1)?.checked_mul(self.size)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.size).unwrap_or(rest))
    }

    fn next(&self, sector: u32) -> Option<u32> {
        let place = usize::try_from(sector).ok()?;
        let table = self.sector(*self.table.get(place / (self.size / 4))?)?;
        number(table, place % (self.size / 4) * 4)
    }

    /// Entries of the directory, in its order.
    fn entries(&self) -> Vec<&'a [u8]> {
        let mut entries = Vec::new();
        let mut next = number(self.bytes, 48);
        // A chain that bites its tail is followed once around at most.
        for _ in 0..self.sectors() {
            let Some(sector) = next.and_then(|sector| self.sector(sector)) else { break };
            entries.extend(sector.chunks_exact(ENTRY));
            next = next.and_then(|sector| self.next(sector));
        }
        entries
    }

    /// Names of what lies at the top: what is embedded lies deeper and does not tell what the file is.
    fn top(&self) -> Vec<String> {
        let entries = self.entries();
        let at = |place: Option<u32>| entries.get(usize::try_from(place?).ok()?).copied();
        let mut names = Vec::new();
        let mut ahead = vec![entries.first().and_then(|root| number(root, 76))];
        for _ in 0..entries.len() * 2 {
            let Some(place) = ahead.pop() else { break };
            let Some(entry) = at(place) else { continue };
            names.extend(name(entry));
            ahead.extend([number(entry, 68), number(entry, 72)]);
        }
        names
    }
}

/// The name of a storage or a stream, if the bytes are an entry for one.
fn name(entry: &[u8]) -> Option<String> {
    let length = usize::from(number16(entry, 64)?).checked_sub(2).filter(|length| *length <= 62 && length % 2 == 0)?;
    let kind = entry.get(66).filter(|kind| matches!(kind, 1 | 2));
    let units = entry.get(..length).filter(|_| kind.is_some())?;
    String::from_utf16(&units.as_chunks().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect::<Vec<u16>>()).ok()
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}
