//! Bodies made at random, as the sanitiser leaves them: all are said in markup, and read back as they were.

use proptest::prelude::*;

use super::super::*;

/// Text with all that could be taken for something else.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "甲",
        "乙丙",
        "，",
        "。",
        "（",
        "）",
        "“",
        "”",
        "　",
        " ",
        "a",
        "B",
        "1. ",
        "1.",
        "12) ",
        "# ",
        "##",
        "- ",
        "+ ",
        "---",
        "> ",
        "*",
        "**",
        "***",
        "_",
        "__",
        "~",
        "`",
        "```",
        "|",
        "[",
        "]",
        "](",
        "(",
        ")",
        "!",
        "![",
        "\\",
        "\\\\",
        "&lt;",
        "&gt;",
        "&amp;",
        "&amp;amp;",
        "&nbsp;",
        "&lt;b&gt;",
        "&lt;table&gt;",
        "&lt;/p&gt;",
        "&quot;",
        "'",
        "=",
        "://",
        ":",
        "〔2026〕",
        "$",
        "{{",
        "%",
    ]);
    prop::collection::vec(pieces, 1..8).prop_map(|pieces| pieces.concat())
}

fn address() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "/x",
        "/a(b)",
        "/a*b",
        "/a_b_c",
        "/_files/0123",
        "https://a.example/?a=1&amp;b=2",
        "https://a.example/%E7%94%B2",
        "mailto:a@b.example",
        "tel:12345",
        "/a[1]",
        "/甲",
        "https://a.example/it's",
    ])
    .prop_map(str::to_owned)
}

/// What stands within a line.
fn line() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => text(),
        1 => Just("<br>".to_owned()),
        1 => (address(), text()).prop_map(|(at, alt)| format!("<img src=\"{at}\" alt=\"{alt}\">")),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let within = prop::collection::vec(inner, 1..4).prop_map(|parts| parts.concat());
        prop_oneof![
            3 => (within.clone(), prop::sample::select(vec!["strong", "em", "u", "b", "sub", "code", "s"])).prop_map(|(inner, name)| format!("<{name}>{inner}</{name}>")),
            1 => (address(), within.clone()).prop_map(|(at, inner)| format!("<a href=\"{at}\">{inner}</a>")),
            2 => within,
        ]
    })
}

/// A block.
fn block() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => line().prop_map(|line| format!("<p>{line}</p>")),
        1 => (2..5, line()).prop_map(|(level, line)| format!("<h{level}>{line}</h{level}>")),
        1 => Just("<hr>".to_owned()),
        1 => line().prop_map(|line| format!("<pre><code>{line}\n\n  {line}</code></pre>")),
        1 => prop::collection::vec(line(), 1..4).prop_map(|cells| {
            format!("<table><tbody><tr>{}</tr></tbody></table>", cells.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>())
        }),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let blocks = prop::collection::vec(inner, 1..3).prop_map(|blocks| blocks.concat());
        let item =
            prop_oneof![line(), blocks.clone(), (line(), blocks.clone()).prop_map(|(line, blocks)| line + &blocks)];
        let items = prop::collection::vec(item, 1..4)
            .prop_map(|items| items.iter().map(|item| format!("<li>{item}</li>")).collect::<String>());
        prop_oneof![
            2 => blocks.prop_map(|blocks| format!("<blockquote>{blocks}</blockquote>")),
            3 => items.clone().prop_map(|items| format!("<ul>{items}</ul>")),
            2 => (items, 1..40_u32).prop_map(|(items, start)| format!("<ol start=\"{start}\">{items}</ol>")),
        ]
    })
}

fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(block(), 1..6).prop_map(|blocks| pages::sanitise(&blocks.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_body_is_said_and_read_back_as_it_was(html in body()) {
        let normal = Tree::read(&html).unwrap().normal().html();
        let has_bare_text = Tree::read(&html).unwrap().normal().0.iter().any(tree::Node::is_inline);
        match to_markup(&html) {
            Some(markup) => prop_assert_eq!(pages::sanitise(&to_html(&markup)), normal),
            None => prop_assert!(has_bare_text, "{}", html),
        }
    }

    #[test]
    fn whatever_is_typed_is_markup(typed in "[*\\[\\]()!<>&#\\-+0-9. \\\\\na-c甲/\"=p]{0,60}") {
        let once = pages::sanitise(&to_html(&typed));
        prop_assert_eq!(pages::sanitise(&once), once);
    }
}
