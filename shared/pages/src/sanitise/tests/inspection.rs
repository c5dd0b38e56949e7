//! What is told of HTML on its way in.

use super::*;

/// Disguises of which a tokenizer sees that nothing in them runs: text, or attributes and comments that are left out.
const HARMLESS: &[&str] = &[
    "<p title=\"--><script>alert(1)</script>\">x</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>&#0;&#x1b;&#x202e;&#xfffe;</p>",
    "<b><p><i></b></p></i><a><p></a>",
    "<pre>\n\n\n文</pre>",
    "</p></br><p></h2></p><li>a<li>b<td>c",
    "<",
    "<a",
    "<a href=",
    "<a href=\"",
    "&",
    "&#",
    "&#x110000;&#xd800;",
];

#[test]
fn every_disguise_is_refused_or_harmless() {
    for disguise in DISGUISES {
        let findings = inspect(disguise).findings;
        assert_eq!(findings.is_empty(), HARMLESS.contains(disguise), "{disguise}: {findings:?}");
    }
    for harmless in HARMLESS {
        assert!(DISGUISES.contains(harmless), "{harmless}");
    }
}

/// More of them: what runs is named as an editor would look for it.
#[test]
fn the_first_dangerous_thing_is_named() {
    for (html, expected) in [
        ("<p>正</p><script>alert(1)</script><iframe></iframe>", "<script>"),
        ("<ScRiPt src=//evil.test></sCrIpT>", "<script>"),
        ("</script>", "</script>"),
        ("<scr<script>ipt>alert(1)", "<scr?script>"),
        ("<p onclick=alert(1)>x", "<p onclick>"),
        ("<p ONMOUSEOVER\n=alert(1)>x", "<p onmouseover>"),
        ("<details open ontoggle=alert(1)>d</details>", "<details ontoggle>"),
        ("<x onfocus=alert(1) tabindex=1 autofocus>", "<x onfocus>"),
        ("<marquee onstart=alert(1)>x</marquee>", "<marquee onstart>"),
        ("<body onload=alert(1)>", "<body onload>"),
        ("<a href=\" \u{1}java\tscript:alert(1)\">x</a>", "<a href>"),
        ("<a href=\"&#106;avascript&colon;alert(1)\">x</a>", "<a href>"),
        ("<a href=\"java\u{200b}script:alert(1)\">x</a>", "<a href>"),
        ("<a href=\"feed:javascript:alert(1)\">x</a>", ""),
        ("<a href=\"DATA:text/html;base64,PHNjcmlwdD4=\">x</a>", "<a href>"),
        ("<a href=\"vbscript:msgbox(1)\">x</a>", "<a href>"),
        ("<a xlink:href=\"javascript:alert(1)\">x</a>", "<a xlink:href>"),
        ("<table background=\"javascript:alert(1)\"><tr><td>x</table>", "<table background>"),
        ("<img srcset=\"/a.png 1x, javascript:alert(1) 2x\" src=/a.png alt=x>", "<img srcset>"),
        ("<p style=\"width: e/**/xpression(alert(1))\">x", "<p style>"),
        ("<p style=\"background:u\\rl(java\\script:alert(1))\">x", "<p style>"),
        ("<p style=\"behavior:url(#default#time2)\">x", "<p style>"),
        ("<svg/onload=alert(1)>", "<svg>"),
        ("<math href=javascript:alert(1)>x</math>", "<math>"),
        ("<iframe srcdoc=x></iframe>", "<iframe>"),
        ("<p srcdoc=x>x", "<p srcdoc>"),
        ("<template><b>x</b></template>", "<template>"),
        ("<input autofocus>", "<input>"),
        ("<video src=/a.mp4></video>", "<video>"),
        ("<link rel=stylesheet href=/a.css>", "<link>"),
        ("<meta http-equiv=refresh content=0>", "<meta>"),
        ("<base href=//evil.test>", "<base>"),
        ("<!--[if IE]><script>alert(1)</script><![endif]-->", "<!--[if ie]><scr…-->"),
        ("<![CDATA[<script>alert(1)</script>]]>", "<!--[cdata[<scri…-->"),
        ("<?php echo 1 ?>", "<!--?php echo 1 …-->"),
    ] {
        let first = inspect(html).findings.into_iter().next();
        let what = match first {
            Some(Finding::Unsafe { what }) => what,
            Some(Finding::LinkAddress { .. }) => String::new(),
            other => panic!("{html}: {other:?}"),
        };
        assert_eq!(what, expected, "{html}");
    }
}

#[test]
fn words_that_only_look_dangerous_are_not() {
    for html in [
        "<p>javascript: 的写法</p>",
        "<p><code>&lt;script&gt;</code></p>",
        "<p title=\"javascript:x\">甲</p>",
        "<p style=\"scroll-behavior:smooth;color:red\">甲</p>",
        "<a href=\"/search?q=javascript:1\">甲</a>",
        "<img src=/on.png alt=onclick>",
        "<p>第一条（data:）</p>",
    ] {
        assert_eq!(inspect(html).findings, [], "{html}");
    }
}

#[test]
fn what_needs_a_person_is_found() {
    let address = |text: &str| text.to_owned();
    for (html, expected) in [
        ("<img src=/a.png>", Finding::ImageWithoutAlternative { address: address("/a.png") }),
        (
            "<img src=https://a.example/b.png alt=x>",
            Finding::ImageForeign { address: address("https://a.example/b.png") },
        ),
        ("<img src=//a.example/b.png alt=x>", Finding::ImageForeign { address: address("//a.example/b.png") }),
        (
            "<img src=data:image/png;base64,AAAA alt=x>",
            Finding::ImageForeign { address: address("data:image/png;base64,AAAA") },
        ),
        ("<img alt=x>", Finding::ImageForeign { address: address("") }),
        ("<a href=/x></a>", Finding::LinkWithoutName { address: address("/x") }),
        ("<a href=/x>&nbsp;</a>", Finding::LinkWithoutName { address: address("/x") }),
        ("<a href=/x><img src=/a.png alt=''></a>", Finding::LinkWithoutName { address: address("/x") }),
        ("<p><a href=/x></p>", Finding::LinkWithoutName { address: address("/x") }),
        ("<a href='ftp://a.example'>甲</a>", Finding::LinkAddress { address: address("ftp://a.example") }),
        ("<a href='http://['>甲</a>", Finding::LinkAddress { address: address("http://[") }),
        ("<h2><img src=/a.png alt=''></h2>", Finding::HeadingEmpty),
    ] {
        assert_eq!(inspect(html).findings, [expected], "{html}");
    }
    // A picture beside the words of the same link is decoration.
    for html in [
        "<a href=/x><img src=/a.png alt=''>甲</a>",
        "<a href=/x><img src=/a.png alt=''><h2>甲</h2></a>",
        "<img src=/a.png alt=''>",
    ] {
        assert_eq!(inspect(html).findings, [], "{html}");
    }
}

#[test]
fn harmless_markup_is_left_out_and_told_once() {
    let html = "<div class=a><p style='color:red' class=b><span lang=en>甲</span><font>乙</font><span>丙</span></p></div><!-- x --><p class=c>丁</p>";
    let inspection = inspect(html);
    assert_eq!(inspection.html, "<p>甲乙丙</p><p>丁</p>");
    assert_eq!(inspection.findings, []);
    assert_eq!(inspection.removed, ["div", "p[style]", "p[class]", "span", "font", "comment"]);
    let odd = inspect(
        "<img src=/a.png alt=x width=100% height=9 loading=lazy><a href=//b.example rel=noopener target=_blank>x</a><h2></h2>",
    );
    assert_eq!(odd.removed, ["img[width]", "img[loading]", "a[target]", "h2"]);
    let many: String = (0..40).map(|number| format!("<x{number}>")).collect();
    assert_eq!(inspect(&many).removed.len(), 20);
    assert_eq!(inspect("<x\u{3164}\u{1F600}y>甲").removed, ["x?y"]);
}

#[test]
fn what_was_stored_is_told_nothing_of() {
    let stored = "<p>甲</p><ul><li>乙</li></ul><p><a href=\"https://example.org/\" rel=\"noopener\">丙</a></p>";
    let inspection = inspect(stored);
    assert_eq!((inspection.html.as_str(), inspection.findings, inspection.removed), (stored, vec![], vec![]));
}
