//! Zips, and what is one inside.

use encoding_rs::GB18030;

use super::{
    samples::{office, patch, zip, zip_with_link},
    *,
};

fn within(limits: Limits, bytes: &[u8]) -> Result<Taken, Refusal> {
    take_in(&Offered { name: "a.zip", bytes }, &limits)
}

#[test]
fn a_document_with_macros_is_refused_under_any_name() {
    let with_project = office("word", "", &[("word/vbaProject.bin", b"")]);
    let with_type = office("word", "application/vnd.ms-word.document.macroEnabled.main+xml", &[]);
    let with_renamed = office("xl", "application/vnd.ms-office.vbaProject", &[("xl/other.bin", b"")]);
    let with_sheet = office("xl", "application/vnd.ms-excel.macrosheet+xml", &[]);
    let with_hidden = office("word", "application/vnd.ms-word.document.macro&#69;nabled.main+xml", &[]);
    for name in ["a.docx", "a.docm", "a.zip"] {
        assert_eq!(refusal(name, &with_project), Refusal::Macros { found: "docx" });
        assert_eq!(refusal(name, &with_type), Refusal::Macros { found: "docx" });
        assert_eq!(refusal(name, &with_hidden), Refusal::Macros { found: "docx" });
        assert_eq!(refusal(name, &with_renamed), Refusal::Macros { found: "xlsx" });
        assert_eq!(refusal(name, &with_sheet), Refusal::Macros { found: "xlsx" });
    }
}

#[test]
fn content_types_in_sixteen_bits_are_read_as_well() {
    let types: Vec<u8> =
        "<Types ContentType=\"x.macroEnabled.main+xml\"/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let document = zip(&[("[Content_Types].xml", &types), ("word/document.xml", b"<a/>")]);
    assert_eq!(refusal("a.docx", &document), Refusal::Macros { found: "docx" });
}

#[test]
fn a_document_with_controls_is_refused() {
    let document = office("word", "", &[("word/activeX/activeX1.xml", b"")]);
    assert_eq!(refusal("a.docx", &document), Refusal::Active { what: "ActiveX" });
}

#[test]
fn entries_that_lead_out_are_refused() {
    for name in ["../a.txt", "a/../../b.txt", "/etc/a.txt", "a\\b.txt", "C:a.txt", "a/.. /b.txt"] {
        let refused = Refusal::LeadsOut { entry: name.to_owned() };
        assert_eq!(refusal("a.zip", &zip(&[(name, b"a")])), refused);
    }
    assert_eq!(refusal("a.zip", &zip_with_link()), Refusal::LeadsOut { entry: "link".to_owned() });
    assert!(offer("a.zip", &zip(&[("a..b/c...txt", b"a")])).is_ok());
}

#[test]
fn programs_are_refused_by_name_in_an_archive() {
    for name in ["a.exe", "下载/安装.EXE", "a.pdf.js", "a.exe. ", "a.docm", "b/index.html", "a.svg", "a.lnk"] {
        assert_eq!(
            refusal("a.zip", &zip(&[("b.txt", b"a"), (name, b"a")])),
            Refusal::Program { entry: name.to_owned() }
        );
    }
    assert!(offer("a.zip", &zip(&[("exe", b"a"), ("a.exe/b.txt", b"a"), ("com.txt", b"a")])).is_ok());
}

#[test]
fn names_in_gb18030_are_read_as_such() {
    // The second byte of the last character is a backslash.
    let (written, ..) = GB18030.encode("附件乗.exe");
    assert!(written.contains(&b'\\'));
    let placed = "x".repeat(written.len());
    let archive = patch(&zip(&[(&placed, b"a")]), placed.as_bytes(), &written);
    assert_eq!(refusal("a.zip", &archive), Refusal::Program { entry: "附件乗.exe".to_owned() });
}

#[test]
fn an_archive_that_expands_too_far_is_refused() {
    let zeros = vec![0; 4 << 20];
    let archive = zip(&[("a.bin", &zeros)]);
    assert_eq!(within(Limits::default(), &archive), Err(Refusal::TooDense { limit: 200 }));
    let limits = Limits { archive_expanded: 1 << 20, archive_ratio: 100_000, ..Limits::default() };
    assert_eq!(within(limits, &archive), Err(Refusal::ExpandsTooFar { limit: 1 << 20 }));
    // Office documents are no better.
    assert_eq!(
        refusal("a.docx", &office("word", "", &[("word/media/a.bin", &zeros)])),
        Refusal::TooDense { limit: 200 }
    );
}

#[test]
fn what_an_archive_says_of_its_size_is_not_believed() {
    let size: usize = 4 << 20;
    let archive = zip(&[("a.bin", &vec![0; size])]);
    let lying = patch(&archive, &u32::try_from(size).unwrap().to_le_bytes(), &9_u32.to_le_bytes());
    assert_ne!(lying, archive);
    assert_eq!(refusal("a.zip", &lying), Refusal::Damaged { found: "zip" });
}

#[test]
fn entries_that_share_bytes_are_refused() {
    let archive = zip(&[("a.txt", b"aaaa"), ("b.txt", b"aaaa")]);
    let directory = archive.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    let mut shared = archive;
    shared.get_mut(directory + 42..directory + 46).unwrap().fill(0);
    assert_eq!(refusal("a.zip", &shared), Refusal::Damaged { found: "zip" });
}

#[test]
fn too_many_entries_are_refused() {
    let archive = zip(&[("a", b"a"), ("b", b"b"), ("c", b"c")]);
    let limits = |archive_entries| Limits { archive_entries, ..Limits::default() };
    assert!(within(limits(3), &archive).is_ok());
    assert_eq!(within(limits(2), &archive), Err(Refusal::TooManyEntries { entries: 3, limit: 2 }));
}

#[test]
fn a_locked_archive_is_refused() {
    let mut archive = zip(&[("a.txt", b"aaaa")]);
    let directory = archive.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    *archive.get_mut(6).unwrap() |= 1;
    *archive.get_mut(directory + 8).unwrap() |= 1;
    assert_eq!(refusal("a.zip", &archive), Refusal::Encrypted { found: "zip" });
}

#[test]
fn an_entry_packed_in_another_way_is_refused() {
    let mut archive = zip(&[("a.txt", b"aaaa")]);
    let directory = archive.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    *archive.get_mut(8).unwrap() = 12;
    *archive.get_mut(directory + 10).unwrap() = 12;
    assert_eq!(refusal("a.zip", &archive), Refusal::Unreadable { entry: "a.txt".to_owned() });
}

#[test]
fn a_broken_archive_is_damaged() {
    let archive = zip(&[("a.txt", &b"abcdefgh".repeat(40))]);
    let damaged = Refusal::Damaged { found: "zip" };
    assert_eq!(refusal("a.zip", archive.get(..archive.len() - 30).unwrap()), damaged);
    let mut bent = archive.clone();
    *bent.get_mut(38).unwrap() ^= 0x55;
    assert_eq!(refusal("a.zip", &bent), damaged);
    let mut behind = archive;
    behind.splice(0..0, *b"PK\x03\x04 not the beginning");
    assert_eq!(refusal("a.zip", &behind), damaged);
}

#[test]
fn an_archive_of_documents_is_an_archive() {
    let archive = zip(&[("a/[Content_Types].xml", b"<a/>"), ("a/word/document.xml", b"<a/>")]);
    assert_eq!(offer("a.zip", &archive).map(|taken| taken.kind), Ok(FileKind::Zip));
}
