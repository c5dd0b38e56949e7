//! Texts that are made to take long.

use std::time::Instant;

use super::super::*;

#[test]
fn a_megabyte_of_anything_is_markup_soon() {
    let pieces = [
        "*a ",
        "**a ",
        "*",
        "[",
        "[a](",
        "![",
        "]",
        "<a ",
        "<a \"",
        "&",
        "\\",
        "> ",
        "- ",
        "1. ",
        "<p>\n\n",
        "<table>\n",
        "<p>\n</table>\n\n",
        "## ",
        "**b *c** ",
        "*a**b** ",
        "\n",
        "- a\n  ",
        "甲",
        "[a [b](c) ",
    ];
    for piece in pieces {
        let typed = piece.repeat(200_000 / piece.len());
        let (began, html) = (Instant::now(), to_html(&typed));
        assert!(began.elapsed().as_secs() < 5, "{piece:?} took {:?}", began.elapsed());
        assert!(html.len() < 40 * typed.len(), "{piece:?}");
    }
    // Deeper and deeper.
    let deep: String = (0..600).map(|depth| format!("{}- a\n", " ".repeat(2 * depth))).collect();
    assert!(to_html(&deep).len() < 40 * deep.len());
}

#[test]
fn html_that_is_not_what_the_sanitiser_writes_is_not_read() {
    for html in ["<p>", "</p>", "<p></b></p>", "<p>a&copy;</p>", "<P>a</P>", "<p", "<p a=\">", "<!-- x -->", "<br/>"] {
        assert_eq!(to_markup(html), None, "{html}");
    }
    let deep = format!("{}{}", "<blockquote>".repeat(200), "</blockquote>".repeat(200));
    assert_eq!(to_markup(&deep), None);
}
