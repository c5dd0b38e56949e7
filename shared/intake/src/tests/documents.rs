//! PDF, and Office up to 2003.

use super::{
    samples::{compound, pdf},
    *,
};

#[test]
fn a_pdf_that_is_cut_off_is_damaged() {
    let whole = pdf("");
    assert_eq!(refusal("a.pdf", whole.get(..whole.len() - 7).unwrap()), Refusal::Damaged { found: "pdf" });
    let mut padded = whole.clone();
    padded.resize(whole.len() + 1_000, b'\n');
    assert!(offer("a.pdf", &padded).is_ok());
    padded.resize(whole.len() + 3_000, b'\n');
    assert_eq!(refusal("a.pdf", &padded), Refusal::Damaged { found: "pdf" });
}

#[test]
fn a_locked_pdf_is_refused() {
    for dress in ["/Encrypt 5 0 R", "/Encrypt<</Filter/Standard>>", "/Encr#79pt\n5 0 R"] {
        assert_eq!(refusal("a.pdf", &pdf(dress)), Refusal::Encrypted { found: "pdf" });
    }
    assert!(offer("a.pdf", &pdf("/EncryptMetadata false")).is_ok());
    assert!(offer("a.pdf", &pdf("(how to use /Encrypt )")).is_ok());
}

#[test]
fn a_pdf_that_acts_is_refused() {
    let acts = [
        ("/S/JavaScript/JS(app.alert\\(1\\))", "JavaScript"),
        ("/S /J#61va#53cript", "JavaScript"),
        ("/S/Launch/F(cmd.exe)", "Launch"),
        ("/Type/EmbeddedFile", "EmbeddedFile"),
        ("/Names<</EmbeddedFiles 3 0 R>>", "EmbeddedFiles"),
        ("/RichMedia", "RichMedia"),
    ];
    for (words, what) in acts {
        assert_eq!(refusal("a.pdf", &pdf(words)), Refusal::Active { what });
    }
    assert!(offer("a.pdf", &pdf("/LaunchPad/JavaScripts/JS#/A##")).is_ok());
}

#[test]
fn what_is_embedded_does_not_tell_what_a_file_is() {
    let taken = offer("a.doc", &compound(&["WordDocument"], &["Workbook"])).unwrap();
    assert_eq!(taken.kind, FileKind::Doc);
    assert_eq!(refusal("a.doc", &compound(&["Other"], &["WordDocument"])), Refusal::UnknownKind { found: None });
    assert_eq!(offer("a.xls", &compound(&["Book"], &[])).unwrap().kind, FileKind::Xls);
}

#[test]
fn macros_of_old_documents_are_found_at_any_depth() {
    for name in ["VBA", "_VBA_PROJECT", "Macros", "_VBA_PROJECT_CUR"] {
        assert_eq!(refusal("a.doc", &compound(&["WordDocument", name], &[])), Refusal::Macros { found: "doc" });
        assert_eq!(refusal("a.xls", &compound(&["Workbook"], &["x", name])), Refusal::Macros { found: "xls" });
    }
}

#[test]
fn macros_of_an_old_presentation_are_found_in_its_record() {
    let mut slides = compound(&["PowerPoint Document"], &[]);
    assert!(offer("a.ppt", &slides).is_ok());
    slides.extend([2, 0, 0, 4, 12, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]);
    assert_eq!(refusal("a.ppt", &slides), Refusal::Macros { found: "ppt" });
}

#[test]
fn a_locked_document_is_refused() {
    let locked = compound(&["EncryptionInfo", "EncryptedPackage"], &[]);
    assert_eq!(refusal("a.docx", &locked), Refusal::Encrypted { found: "office" });
}

#[test]
fn a_compound_file_without_a_directory_is_damaged() {
    let whole = compound(&["WordDocument"], &[]);
    assert_eq!(refusal("a.doc", whole.get(..20).unwrap()), Refusal::Damaged { found: "doc" });
    // Its table of sectors says that the directory follows itself.
    let mut circle = whole;
    circle.get_mut(512 + 4..512 + 8).unwrap().copy_from_slice(&1_u32.to_le_bytes());
    assert!(offer("a.doc", &circle).is_ok());
}
