//! Zips, and what is one inside: Office Open XML, OFD.

mod entry;
mod office;

use std::io::{Cursor, Read};

use domain::file::FileKind;
use zip::{
    CompressionMethod, ZipArchive,
    read::{ArchiveOffset, Config},
};

use self::entry::{ends_as_program, leads_out, name};
use crate::{limits::Limits, refusal::Refusal, shown::shown};

/// What each entry has in the archive's directory.
const LISTED: &[u8] = b"PK\x01\x02";

/// An archive whose directory is sound.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Names of its entries in their order.
    names: Vec<String>,
    /// Bytes of the archive.
    size: u64,
}

impl<'a> Archive<'a> {
    /// Reads the directory, nothing more.
    ///
    /// # Errors
    /// It is broken, or tells of too much, of locked entries or of some that lead out of it.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        // Counted before the library sets up something for each; those of archives within, not compressed, count along.
        let listed = bytes.windows(LISTED.len()).filter(|window| *window == LISTED).count() as u64;
        if listed > limits.archive_entries {
            return Err(Refusal::TooManyEntries { entries: listed, limit: limits.archive_entries });
        }
        // Begins with the first byte: what has a program before it is one.
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let mut zip = ZipArchive::with_config(config, Cursor::new(bytes)).map_err(|_| DAMAGED)?;
        if zip.is_empty() {
            return Err(Refusal::Empty);
        }
        // Programs differ in which of two entries of a name they unpack; entries that share bytes are how bombs are built.
        if zip.has_duplicate_names() || zip.has_overlapping_entries().map_err(|_| DAMAGED)? {
            return Err(DAMAGED);
        }
        let mut archive = Self { zip, names: Vec::new(), size: bytes.len() as u64 };
        archive.look_at_directory(limits)?;
        Ok(archive)
    }

    fn look_at_directory(&mut self, limits: &Limits) -> Result<(), Refusal> {
        let mut expanded: u64 = 0;
        for place in 0..self.zip.len() {
            let entry = self.zip.by_index_data(place).map_err(|_| DAMAGED)?;
            let name = name(entry.name_raw());
            if entry.encrypted() {
                return Err(Refusal::Encrypted { found: FileKind::Zip.extension() });
            }
            if entry.is_symlink() || leads_out(&name) {
                return Err(Refusal::LeadsOut { entry: shown(&name) });
            }
            if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
                return Err(Refusal::Unreadable { entry: shown(&name) });
            }
            expanded = expanded.saturating_add(entry.size());
            self.names.push(name);
        }
        check_expanded(expanded, self.size, limits)
    }

    /// What kind of archive it is, by its entries.
    ///
    /// # Errors
    /// It holds macros: then the name does not matter, least of all one that admits them.
    pub(crate) fn kind(&mut self) -> Result<FileKind, Refusal> {
        let Some(types) = self.place(office::TYPES) else {
            return Ok(if self.place("ofd.xml").is_some() { FileKind::Ofd } else { FileKind::Zip });
        };
        let Some(kind) = office::kind(&self.names) else { return Ok(FileKind::Zip) };
        let types = self.text(types)?;
        office::check(kind, &self.names, &types)?;
        for place in 0..self.names.len() {
            if self.names.get(place).is_some_and(|name| name.to_ascii_lowercase().ends_with(office::RELATIONS)) {
                office::check_relations(&self.text(place)?)?;
            }
        }
        Ok(kind)
    }

    /// Expands all of it into nothing, counting: the directory is not believed what it says of sizes.
    ///
    /// # Errors
    /// It is too much, broken, or a program.
    pub(crate) fn check(&mut self, kind: FileKind, limits: &Limits) -> Result<(), Refusal> {
        let carries = matches!(kind, FileKind::Zip | FileKind::Ofd);
        let program = self.names.iter().find(|name| carries && ends_as_program(name));
        if let Some(name) = program {
            return Err(Refusal::Program { entry: shown(name) });
        }
        let damaged = || Refusal::Damaged { found: kind.extension() };
        let mut expanded: u64 = 0;
        let mut buffer = vec![0; 64 << 10];
        for place in 0..self.zip.len() {
            let mut entry = self.zip.by_index(place).map_err(|_| damaged())?;
            loop {
                let read = entry.read(&mut buffer).map_err(|_| damaged())?;
                if read == 0 {
                    break;
                }
                expanded = expanded.saturating_add(read as u64);
                check_expanded(expanded, self.size, limits)?;
            }
        }
        Ok(())
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known.eq_ignore_ascii_case(name))
    }

    /// The bytes of an entry that is read as text, without the zeros that UTF-16 has.
    fn text(&mut self, place: usize) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let entry = self.zip.by_index(place).map_err(|_| DAMAGED)?;
        // No program writes a longer one, and what lay beyond would not be looked at.
        let read = entry.take(office::LONGEST + 1).read_to_end(&mut bytes).map_err(|_| DAMAGED)?;
        if read as u64 > office::LONGEST {
            return Err(DAMAGED);
        }
        bytes.retain(|byte| *byte != 0);
        Ok(bytes)
    }
}

const DAMAGED: Refusal = Refusal::Damaged { found: "zip" };

fn check_expanded(expanded: u64, size: u64, limits: &Limits) -> Result<(), Refusal> {
    if expanded > limits.archive_expanded {
        return Err(Refusal::ExpandsTooFar { limit: limits.archive_expanded });
    }
    if expanded > size.saturating_mul(limits.archive_ratio) {
        return Err(Refusal::TooDense { limit: limits.archive_ratio });
    }
    Ok(())
}
