mod inspection;
mod mending;

use super::{
    ELEMENT_LIMIT, Finding, inspect, sanitise,
    vocabulary::{WORDS, known},
};

/// Disguises of scripts: scheme tricks, handlers, foreign content, raw text, mutation, entities, control characters.
const DISGUISES: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script><!--<script></script>alert(1)//--></script>",
    "<img src=x onerror=alert(1)>",
    "<img src='x'onerror='alert(1)'>",
    "<img/src=`x`/onerror=alert(1)>",
    "<IMG SRC=javascript:alert(1)>",
    "<img src=\"data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+\">",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\" \u{1}javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"java&#10;script:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;vascript&colon;alert(1)\">x</a>",
    "<a href=\"java\0script:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=x onclick=alert(1) style=position:fixed class=a id=b>x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate href=#x attributeName=href values=javascript:alert(1) /></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">",
    "<style>@import '//evil.example';</style>",
    "<style><!--</style><script>alert(1)//--></script>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<title><p title=\"</title><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)></object><embed src=//evil.example>",
    "<base href=//evil.example><link rel=stylesheet href=//evil.example><meta http-equiv=refresh content=0;url=javascript:1>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button><input autofocus onfocus=alert(1)></form>",
    "<plaintext><script>alert(1)</script>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<p title=\"--><script>alert(1)</script>\">x</p>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<?xml version=\"1.0\"?><?php echo 1 ?><![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>\0<scr\0ipt>alert(1)</scr\0ipt>\u{1b}[31m\u{202e}</p>",
    "<p>&#0;&#x1b;&#x202e;&#xfffe;</p>",
    "<table><td><a href=javascript:alert(1)>x<table><script>alert(1)</script>",
    "<select><option><img src=x onerror=alert(1)></select>",
    "<a href=\"https://a.example\"><table><a href=\"javascript:alert(1)\">x",
    "<b><p><i></b></p></i><a><p></a>",
    "<pre>\n\n\n文</pre>",
    "<pre><script>x</script>\n\n文</pre>",
    "</p></br><p></h2></p><li>a<li>b<td>c",
    "<a href=\"http://[\">x</a><a href=\"https:\\\\evil.example\">x</a>",
    "<",
    "<a",
    "<a href=",
    "<a href=\"",
    "&",
    "&#",
    "&#x110000;&#xd800;",
];

/// Every tag and attribute of a sanitised text, as `tag attribute=value`.
fn markup(html: &str) -> Vec<String> {
    html.split('<').skip(1).map(|piece| piece.split('>').next().unwrap().to_owned()).collect()
}

#[test]
fn no_disguise_gets_through() {
    for disguise in DISGUISES {
        let clean = sanitise(disguise);
        for tag in markup(&clean) {
            let name = tag.trim_start_matches('/').split(' ').next().unwrap();
            let word = known(name).unwrap_or_else(|| panic!("{disguise}\n{clean}"));
            for attribute in tag.split(' ').skip(1).filter(|word| word.contains('=')) {
                let (attribute, value) = attribute.split_once('=').unwrap();
                assert!(word.attributes.contains(&attribute), "{disguise}\n{clean}");
                let value = value.trim_matches('"').to_ascii_lowercase();
                for scheme in ["javascript:", "vbscript:", "data:"] {
                    assert!(!value.starts_with(scheme), "{disguise}\n{clean}");
                }
            }
        }
        assert!(!clean.chars().any(crate::characters::is_forbidden), "{disguise}\n{clean}");
    }
}

#[test]
fn cleaning_twice_changes_nothing_more() {
    for disguise in DISGUISES {
        let once = sanitise(disguise);
        assert_eq!(sanitise(&once), once, "{disguise}");
    }
    // Every pair, since a disguise may open what another closes.
    for first in DISGUISES {
        for second in DISGUISES {
            let once = sanitise(&format!("{first}{second}"));
            assert_eq!(sanitise(&once), once, "{first}{second}");
        }
    }
}

#[test]
fn random_tag_soup_is_cleaned_once_and_for_all() {
    const PIECES: &[&str] = &[
        "<a href=/x>",
        "</a>",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<ul>",
        "<li>",
        "</ul>",
        "<h2>",
        "</h2>",
        "<pre>",
        "</pre>",
        "\n",
        "文",
        "<svg>",
        "</svg>",
        "<style>",
        "</style>",
        "<math>",
        "<mtext>",
        "<i>",
        "</i>",
        "<blockquote>",
        "</blockquote>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<br>",
        "<caption>",
        "<col>",
        "<colgroup>",
        "<!--",
        "-->",
        "<template>",
        "</template>",
        "<figure>",
        "<figcaption>",
        "<s>",
        "<u>",
        "<em>",
        "</em>",
        "\"",
        "'",
        "<select>",
        "<option>",
        "&nbsp;",
    ];
    let mut state = 20_261_123_u64;
    for _ in 0..4_000 {
        let mut soup = String::new();
        for _ in 0..14 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let index = usize::try_from(state >> 33).unwrap() % PIECES.len();
            soup.push_str(PIECES[index]);
        }
        let once = sanitise(&soup);
        assert_eq!(sanitise(&once), once, "{soup}");
    }
}

#[test]
fn what_an_editor_writes_stays_as_it_is() {
    let html = "<h2>一、总体要求</h2><p>按照<strong>依法</strong>、<em>便民</em>的原则，H<sub>2</sub>O 与 m<sup>2</sup>。</p>\
        <ul><li>其一</li><li>其二</li></ul><ol start=\"3\"><li>其三</li></ol>\
        <table><caption>表1</caption><thead><tr><th scope=\"col\">项目</th><th scope=\"col\">金额</th></tr></thead>\
        <tbody><tr><td colspan=\"2\" rowspan=\"1\">合计</td></tr></tbody></table>\
        <figure><img src=\"/a.png\" alt=\"示意图\" width=\"600\" height=\"400\"><figcaption>图1</figcaption></figure>\
        <dl><dt>术语</dt><dd>释义</dd></dl><blockquote><p>引文</p></blockquote><pre><code>x &lt; 1 &amp;&amp; y</code></pre>\
        <p><a href=\"/zwgk/\">站内</a>、<a href=\"https://example.org/\" rel=\"noopener\">站外</a>、<a href=\"tel:12345\" rel=\"noopener\">12345</a></p>";
    assert_eq!(sanitise(html), html);
}

#[test]
fn pictures_get_a_description_and_links_abroad_no_opener() {
    assert_eq!(sanitise("<img src=/a.png width=100% height=0>"), "<img src=\"/a.png\" alt=\"\">");
    assert_eq!(
        sanitise("<a href=//b.example target=_blank rel=opener>x</a>"),
        "<a href=\"//b.example\" rel=\"noopener\">x</a>"
    );
    assert_eq!(sanitise("<a href=/b rel=opener>x</a>"), "<a href=\"/b\">x</a>");
}

/// Unclosed formatting, which a browser opens again in every paragraph that follows: 2.7 million elements out of a megabyte.
fn carried_formatting(paragraphs: usize) -> String {
    let mut html = "<p>".to_owned();
    for name in ["b", "i", "u", "s", "em", "strong", "code", "sup", "sub"] {
        html.push_str(&format!("<{name}>").repeat(3));
    }
    html.push_str(&"<p>x</p>".repeat(paragraphs));
    html
}

#[test]
fn hostile_size_and_depth_stay_linear() {
    let deep = [
        "<ul>",
        "<b>",
        "<a href=/x><p>",
        "<table><td>",
        "<svg><g>",
        "<i><p>",
        "<font><b><i><u><p>",
        "<table>x",
        "<b>x</b><i>",
    ];
    let mut hostile: Vec<String> = deep.iter().map(|piece| piece.repeat(60_000 / piece.len())).collect();
    // Around all paragraphs, within the first, and in an order that turns the outermost off each time.
    hostile.push(carried_formatting(12_000));
    hostile.push(carried_formatting(12_000).replacen("<p>", "", 1));
    hostile.push(format!("<b><i><u><s><em><strong><code>{}", "x</b><b>y</i><i>".repeat(4_000)));
    for html in hostile {
        let clean = sanitise(&html);
        assert_eq!(sanitise(&clean), clean);
        let (given, made) = (html.matches('<').count(), clean.matches('<').count());
        assert!(made < 8 * given + 30_000, "{given} tags became {made}: {}", &html[..60]);
    }
}

#[test]
fn more_elements_than_a_page_may_have_are_not_even_built() {
    assert!(carried_formatting(120_000).len() < 1_000_000);
    for html in [carried_formatting(120_000), "<p>".repeat(ELEMENT_LIMIT + 1), "<table><td>".repeat(60_000)] {
        let inspection = inspect(&html);
        assert_eq!(inspection.html, "");
        assert_eq!(inspection.findings, [Finding::TooManyElements { limit: ELEMENT_LIMIT }]);
    }
    let most = format!("<p>{}</p>", "<br>".repeat(ELEMENT_LIMIT - 1));
    assert_eq!(inspect(&most).findings, []);
}

#[test]
fn every_word_has_attributes_that_the_builder_knows() {
    for word in WORDS {
        for attribute in word.attributes {
            let known = ["href", "rel", "src", "alt", "width", "height", "start", "colspan", "rowspan", "scope"];
            assert!(known.contains(attribute), "{attribute}");
        }
    }
}
