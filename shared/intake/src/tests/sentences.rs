//! What people are told.

use super::*;

fn all() -> Vec<Refusal> {
    let entry = || "a/b".to_owned();
    vec![
        Refusal::Empty,
        Refusal::TooLarge { bytes: 33_554_433, limit: 33_554_432 },
        Refusal::NoExtension,
        Refusal::UnknownKind { found: Some("rar") },
        Refusal::KindDiffers { extension: "pdf".to_owned(), found: "docx" },
        Refusal::Damaged { found: "png" },
        Refusal::Encrypted { found: "pdf" },
        Refusal::Macros { found: "docx" },
        Refusal::Active { what: "JavaScript" },
        Refusal::Moving { found: "gif" },
        Refusal::PictureTooLarge { width: 30_000, height: 1, side: 12_000, pixels: 50_000_000 },
        Refusal::PictureSwells { bytes: 2_000, limit: 1_000 },
        Refusal::TooManyEntries { entries: 10_001, limit: 10_000 },
        Refusal::ExpandsTooFar { limit: 1 << 30 },
        Refusal::TooDense { limit: 200 },
        Refusal::LeadsOut { entry: entry() },
        Refusal::Program { entry: entry() },
        Refusal::Unreadable { entry: entry() },
        Refusal::Hidden { line: 3, character: '\u{202e}' },
        Refusal::Formula { line: 3, cell: "=1".to_owned() },
    ]
}

#[test]
fn every_refusal_has_a_code_of_its_own_and_two_sentences() {
    let mut codes: Vec<&str> = all().iter().map(Refusal::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all().len());
    for refusal in all() {
        assert!(refusal.code().chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        // What is wrong, and what to do.
        assert!(refusal.chinese().contains('：') && refusal.chinese().ends_with('。'), "{}", refusal.chinese());
        assert!(refusal.to_string().contains([';', ',']) && !refusal.to_string().ends_with('.'), "{refusal}");
    }
}

#[test]
fn numbers_are_told_in_groups() {
    let refusal = Refusal::TooLarge { bytes: 33_554_433, limit: 1_000 };
    assert_eq!(
        refusal.to_string(),
        "the file has 33,554,433 bytes, at most 1,000 are taken; make it smaller or split it"
    );
    assert_eq!(refusal.chinese(), "文件有 33,554,433 字节，最多接收 1,000 字节：请压缩或拆分后再上传。");
}

#[test]
fn what_is_not_taken_is_told_what_is() {
    let refusal = Refusal::UnknownKind { found: Some("rar") };
    assert!(refusal.to_string().contains("pack it as zip"));
    assert!(refusal.chinese().contains("请改用 zip 打包"));
    for kind in FileKind::all() {
        let (english, chinese) = (refusal.to_string(), refusal.chinese());
        assert!(english.contains(kind.extension()) && chinese.contains(kind.extension()), "{}", kind.name());
    }
    assert!(Refusal::UnknownKind { found: Some("utf-16") }.chinese().contains("UTF-8"));
}

#[test]
fn names_of_others_do_not_turn_the_sentence_around() {
    let archive = samples::zip(&[("txt.\u{202e}exe", b"a")]);
    assert_eq!(refusal("a.zip", &archive), Refusal::Program { entry: "txt.\u{fffd}exe".to_owned() });
    let Refusal::KindDiffers { extension, .. } = refusal(&format!("a.{}", "x".repeat(500)), b"text") else {
        panic!("another refusal")
    };
    assert_eq!(extension.chars().count(), 81);
}
