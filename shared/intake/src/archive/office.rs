//! Office Open XML (ECMA-376): which program's it is, and whether it acts.

use domain::file::FileKind;

use crate::refusal::Refusal;

/// The entry that tells what the others are.
pub(super) const TYPES: &str = "[content_types].xml";

/// Longest such entry, in bytes.
pub(super) const LONGEST: u64 = 4 << 20;

/// Words of content types that have macros, lower case; the part's name is its writer's choice, its type is not.
const MACROS: [&str; 3] = ["macroenabled", "vbaproject", "macrosheet"];

/// Ending of the entries that tell what others belong to the document, wherever they lie.
pub(super) const RELATIONS: &str = ".rels";

/// What is fetched or run when the document is opened, if it lies elsewhere: lower case.
const FETCHED: [&str; 4] = ["/attachedtemplate", "/oleobject", "/frame", "/subdocument"];

/// Refuses what is fetched from elsewhere when the document is opened: such a template may bring macros along.
pub(super) fn check_relations(relations: &[u8]) -> Result<(), Refusal> {
    let relations = String::from_utf8_lossy(relations).to_ascii_lowercase();
    let fetched = relations
        .split('<')
        .any(|one| one.contains("external") && (FETCHED.iter().any(|kind| one.contains(kind)) || one.contains("&#")));
    if fetched { Err(Refusal::Active { what: "external template" }) } else { Ok(()) }
}

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
    if named("/embeddings/") && named(".bin") {
        return Err(Refusal::Active { what: "embedded object" });
    }
    if types.contains("activex") || named("/activex/") {
        return Err(Refusal::Active { what: "ActiveX" });
    }
    Ok(())
}
