//! A file goes in, what is stored of it or a refusal comes out.

mod archives;
mod documents;
mod panics;
mod pictures;
mod samples;
mod sentences;
mod texts;

use domain::file::FileKind;

use self::samples::Sample;
use super::*;

fn offer(name: &str, bytes: &[u8]) -> Result<Taken, Refusal> {
    take_in(&Offered { name, bytes }, &Limits::default())
}

fn refusal(name: &str, bytes: &[u8]) -> Refusal {
    offer(name, bytes).expect_err("taken in")
}

#[test]
fn every_kind_is_taken_in_under_its_own_ending_and_no_other() {
    let samples = Sample::all();
    let kinds: Vec<FileKind> = samples.iter().map(|sample| sample.kind).collect();
    assert!(FileKind::all().all(|kind| kinds.contains(&kind)));
    for sample in &samples {
        for other in &samples {
            let taken = offer(&format!("附件.{}", other.extension), &sample.bytes);
            let texts = ["csv", "txt"];
            if sample.extension == other.extension {
                assert_eq!(taken.map(|taken| taken.kind), Ok(sample.kind), "{}", sample.extension);
            } else if !(texts.contains(&sample.extension) && texts.contains(&other.extension)) {
                let found = if sample.extension == "csv" { "txt" } else { sample.extension };
                assert_eq!(taken, Err(Refusal::KindDiffers { extension: other.extension.to_owned(), found }));
            }
        }
    }
}

#[test]
fn what_is_no_picture_and_no_text_is_stored_as_it_came() {
    for sample in Sample::all() {
        let taken = offer(&format!("a.{}", sample.extension), &sample.bytes).unwrap();
        if taken.picture.is_none() && sample.kind != FileKind::Csv {
            assert_eq!(taken.bytes, sample.bytes, "{}", sample.extension);
        }
    }
}

#[test]
fn the_same_bytes_give_the_same_result() {
    for sample in Sample::all() {
        let name = format!("a.{}", sample.extension);
        assert_eq!(offer(&name, &sample.bytes), offer(&name, &sample.bytes));
    }
}

#[test]
fn nothing_is_refused() {
    assert_eq!(refusal("a.txt", b""), Refusal::Empty);
    assert_eq!(refusal("a.txt", "\u{feff}".as_bytes()), Refusal::Empty);
    assert_eq!(refusal("a.zip", &samples::zip(&[])), Refusal::Empty);
}

#[test]
fn more_than_the_limit_is_refused_with_both_numbers() {
    let limits = Limits { bytes: 3, ..Limits::default() };
    let offered = |bytes| take_in(&Offered { name: "a.txt", bytes }, &limits);
    assert!(offered(b"abc").is_ok());
    assert_eq!(offered(b"abcd"), Err(Refusal::TooLarge { bytes: 4, limit: 3 }));
}

#[test]
fn the_ending_counts_in_any_case_behind_any_path() {
    for name in ["A.PDF", " a.b.Pdf ", "C:\\fakepath\\a.pdf", "../a.pdf"] {
        assert_eq!(offer(name, &samples::pdf("")).map(|taken| taken.kind), Ok(FileKind::Pdf), "{name}");
    }
    let jpeg = samples::jpeg(8, 8);
    assert!(["a.jpg", "a.jpeg", "a.jfif"].iter().all(|name| offer(name, &jpeg).is_ok()));
    for name in ["pdf", ".pdf", "a.", "a.pdf/b", ""] {
        assert_eq!(refusal(name, &samples::pdf("")), Refusal::NoExtension, "{name}");
    }
}

#[test]
fn programs_and_pages_are_refused_whatever_they_are_called() {
    let mut program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec();
    program.resize(512, 0);
    let rar = b"Rar!\x1a\x07\x01\0\0\0\0\0";
    for name in ["a.pdf", "a.txt", "a.exe", "a.html", "a.png", "a"] {
        assert_eq!(refusal(name, &program), Refusal::UnknownKind { found: Some("exe") });
        assert_eq!(refusal(name, b"\n <!DOCTYPE html><p>"), Refusal::UnknownKind { found: Some("html") });
        assert_eq!(refusal(name, rar), Refusal::UnknownKind { found: Some("rar") });
        assert_eq!(refusal(name, b"\0\x01\x02\x03"), Refusal::UnknownKind { found: None });
    }
}
