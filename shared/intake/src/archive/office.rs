//! Office Open XML (ECMA-376): which program's it is, and whether it acts.

use domain::file::FileKind;

use crate::refusal::Refusal;

/// The entry that tells what the others are.
pub(super) const TYPES: &str = "[content_types].xml";

/// Longest such entry, in bytes.
pub(super) const LONGEST: u64 = 4 << 20;

/// Words of content types that have macros, lower case; the part's name is its writer's choice, its type is not.
const MACROS: [&str; 3] = ["macroenabled", "vbaproject", "macrosheet"];

/// The kind, by the folder that its main part lies in.
pub(super) fn kind(names: &[String]) -> Option<FileKind> {
    let folders = [("word/", FileKind::Docx), ("xl/", FileKind::Xlsx), ("ppt/", FileKind::Pptx)];
    let has = |folder: &str| names.iter().any(|name| name.to_ascii_lowercase().starts_with(folder));
    folders.into_iter().find(|(folder, _)| has(folder)).map(|(_, kind)| kind)
}

/// Refuses macros and controls (ActiveX).
pub(super) fn check(kind: FileKind, names: &[String], types: &[u8]) -> Result<(), Refusal> {
    let types = String::from_utf8_lossy(types).to_ascii_lowercase();
    // A type spelled in character references is nobody's who has nothing to hide.
    let told = MACROS.iter().any(|word| types.contains(word)) || types.contains("&#");
    let named = |word: &str| names.iter().any(|name| name.to_ascii_lowercase().contains(word));
    if told || named("vbaproject.bin") {
        return Err(Refusal::Macros { found: kind.extension() });
    }
    if types.contains("activex") || named("/activex/") {
        return Err(Refusal::Active { what: "ActiveX" });
    }
    Ok(())
}
