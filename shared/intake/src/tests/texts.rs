//! Text and tables.

use encoding_rs::GB18030;

use super::*;

#[test]
fn text_in_gb18030_comes_out_as_utf_8() {
    let (written, ..) = GB18030.encode("停水通知：㐀区，明日。\r\n");
    let taken = offer("通知.txt", &written).unwrap();
    assert_eq!(String::from_utf8(taken.bytes).unwrap(), "停水通知：㐀区，明日。\r\n");
}

#[test]
fn a_table_in_gb18030_comes_out_as_utf_8_that_says_so() {
    let (written, ..) = GB18030.encode("街道,数量\r\n城东,-12\r\n");
    let taken = offer("表.csv", &written).unwrap();
    assert_eq!(taken.kind, FileKind::Csv);
    assert_eq!(String::from_utf8(taken.bytes).unwrap(), "\u{feff}街道,数量\r\n城东,-12\r\n");
}

#[test]
fn a_mark_of_byte_order_is_kept_once_in_a_table_and_not_in_a_text() {
    assert_eq!(offer("a.csv", "\u{feff}甲".as_bytes()).unwrap().bytes, "\u{feff}甲".as_bytes());
    assert_eq!(offer("a.txt", "\u{feff}甲".as_bytes()).unwrap().bytes, "甲".as_bytes());
    assert_eq!(offer("a.txt", b"\x84\x31\x95\x33\xbc\xd7").unwrap().bytes, "甲".as_bytes());
}

#[test]
fn text_in_other_encodings_is_refused() {
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("停水 today".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(refusal("a.txt", &wide), Refusal::UnknownKind { found: Some("utf-16") });
    assert_eq!(refusal("a.txt", b"abc \xff\xff"), Refusal::UnknownKind { found: None });
}

#[test]
fn characters_that_do_not_show_are_refused_with_their_line() {
    for character in ['\u{b}', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}'] {
        let text = format!("甲\n乙{character}");
        assert_eq!(refusal("a.txt", text.as_bytes()), Refusal::Hidden { line: 2, character });
    }
    assert_eq!(refusal("a.txt", b"a\0b"), Refusal::UnknownKind { found: None });
    assert!(offer("a.txt", b"a\tb\r\nc").is_ok());
}

#[test]
fn words_that_are_signatures_elsewhere_are_text() {
    for text in ["BM25 算法", "MZ", "ID3 决策树", "GIF89a 格式", "%!PS", "II*", "7z", "fLaC"] {
        assert_eq!(offer("a.txt", text.as_bytes()).map(|taken| taken.kind), Ok(FileKind::Text), "{text}");
    }
}

#[test]
fn markup_is_refused_in_plain_dress() {
    let refused = [
        ("<HTML>", "html"),
        ("\u{feff}  <p>a", "html"),
        ("<!-- a -->", "html"),
        ("note\n<script>alert(1)</script>", "html"),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "svg"),
        ("<?xml version=\"1.0\"?><a/>", "xml"),
        ("<?php echo 1;", "script"),
        ("#!/bin/sh\nls", "script"),
    ];
    for (text, found) in refused {
        assert_eq!(refusal("a.txt", text.as_bytes()), Refusal::UnknownKind { found: Some(found) }, "{text}");
        assert_eq!(refusal("a.csv", text.as_bytes()), Refusal::UnknownKind { found: Some(found) }, "{text}");
    }
    for text in ["< 5 件", "<3", "a < b > c", "#1 名"] {
        assert!(offer("a.txt", text.as_bytes()).is_ok(), "{text}");
    }
}

#[test]
fn a_cell_that_is_a_formula_is_refused_with_its_line() {
    let formulas = [
        "=1+1",
        "＝1+1",
        "@SUM(A1)",
        "-A1",
        "- 备注",
        "+cmd|' /C calc'!A0",
        "-1+cmd|' /C calc'!A0",
        "+1+HYPERLINK(\"http://example.org\")",
        "  =1",
        "\"=1\"",
        "\" \"\"=1\"",
    ];
    for formula in formulas {
        for before in ["", "b,", "b;", "b\t", "\"b\","] {
            let refused = refusal("a.csv", format!("甲,乙\n{before}{formula}\n").as_bytes());
            assert!(matches!(refused, Refusal::Formula { line: 2, .. }), "{before}{formula}: {refused:?}");
        }
        assert!(offer("a.txt", formula.as_bytes()).is_ok());
    }
}

#[test]
fn numbers_and_what_stands_for_none_are_no_formulas() {
    for cell in
        ["-12", "-1.5e-3", "+86 510-8272 3333", "-", "--", "－", "+5%", "-3元", "a=b", "a@b.cn", "=", "\"-5,000\""]
    {
        assert!(offer("a.csv", format!("甲,乙\n{cell},{cell}\n").as_bytes()).is_ok(), "{cell}");
    }
}
