mod hostile;
mod law;

use super::*;

/// Markup on the left, the body that it says on the right.
fn says(markup: &str, html: &str) {
    assert_eq!(pages::sanitise(&to_html(markup)), html, "{markup}");
}

/// Also, the body is told by the very markup.
fn is_said(markup: &str, html: &str) {
    says(markup, html);
    assert_eq!(to_markup(html).as_deref(), Some(markup), "{html}");
}

#[test]
fn blocks_are_said_in_markup() {
    is_said("甲\n\n乙", "<p>甲</p><p>乙</p>");
    is_said("甲\n乙", "<p>甲<br>乙</p>");
    is_said("## 一、总则\n\n### （一）\n\n#### 1", "<h2>一、总则</h2><h3>（一）</h3><h4>1</h4>");
    is_said("- 甲\n- 乙", "<ul><li>甲</li><li>乙</li></ul>");
    is_said("3. 甲\n4. 乙", "<ol start=\"3\"><li>甲</li><li>乙</li></ol>");
    is_said("- 甲\n  1. 一\n  2. 二\n- 乙", "<ul><li>甲<ol><li>一</li><li>二</li></ol></li><li>乙</li></ul>");
    is_said("- 甲\n\n- 乙", "<ul><li><p>甲</p></li><li><p>乙</p></li></ul>");
    is_said("> 引文\n>\n> - 甲", "<blockquote><p>引文</p><ul><li>甲</li></ul></blockquote>");
    is_said("甲\n\n---\n\n乙", "<p>甲</p><hr><p>乙</p>");
}

#[test]
fn marks_within_a_line_are_said_in_markup() {
    is_said("按照**依法**、*便民*的原则", "<p>按照<strong>依法</strong>、<em>便民</em>的原则</p>");
    is_said("**（说明）**文字", "<p><strong>（说明）</strong>文字</p>");
    is_said("见[附件](/_files/ab)。", "<p>见<a href=\"/_files/ab\">附件</a>。</p>");
    is_said(
        "[站外](https://a.example/?x=1&y=2)",
        "<p><a href=\"https://a.example/?x=1&amp;y=2\" rel=\"noopener\">站外</a></p>",
    );
    is_said("![示意 \\[图\\] 1](/_files/ab)", "<p><img src=\"/_files/ab\" alt=\"示意 [图] 1\"></p>");
    is_said("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>");
    is_said("[甲](</a(1)>)", "<p><a href=\"/a(1)\">甲</a></p>");
}

#[test]
fn text_that_looks_like_markup_stays_text() {
    for (markup, text) in [
        ("1\\. 总则", "1. 总则"),
        ("1.总则", "1.总则"),
        ("\\# 甲", "# 甲"),
        ("#话题#", "#话题#"),
        ("\\- 甲", "- 甲"),
        ("\\> 甲", "&gt; 甲"),
        ("\\---", "---"),
        ("2 \\* 3 \\* 4", "2 * 3 * 4"),
        ("a_b_c", "a_b_c"),
        ("甲|乙|丙", "甲|乙|丙"),
        ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
        ("\\<script>", "&lt;script&gt;"),
        ("\\&amp;", "&amp;amp;"),
        ("甲&nbsp;乙", "甲&nbsp;乙"),
        ("　　首行缩进", "　　首行缩进"),
        ("C:\\目录\\*", "C:\\目录*"),
        ("[2026\\](5)", "[2026](5)"),
        ("〔2026〕5号", "〔2026〕5号"),
    ] {
        is_said(markup, &format!("<p>{text}</p>"));
    }
}

#[test]
fn what_no_mark_says_stands_as_html() {
    let table = "<table>\n<caption>表</caption>\n<tbody>\n<tr><td>甲</td><td>1</td></tr>\n<tr><td>乙</td><td>2</td></tr>\n</tbody>\n</table>";
    is_said(&format!("前\n\n{table}\n\n后"), &format!("<p>前</p>{}<p>后</p>", table.replace('\n', "")));
    let pre = "<pre><code>甲\n\n  乙</code></pre>";
    is_said(pre, pre);
    let mixed = "<ul><li>甲</li><li><p>乙</p></li></ul>";
    is_said(mixed, mixed);
    let two = "<ul><li>甲</li></ul><ul><li>乙</li></ul>";
    is_said("- 甲\n\n<ul><li>乙</li></ul>", two);
}

#[test]
fn a_body_is_the_same_to_readers_without_the_space_between_its_blocks() {
    let html = "<h2>甲</h2>\n<p> 乙\n丙 </p>\n<ul>\n<li>丁</li>\n</ul>\n";
    let markup = to_markup(html).unwrap();
    assert_eq!(markup, "## 甲\n\n乙 丙\n\n- 丁");
    assert!(reads_as(&to_html(&markup), html));
    assert!(!reads_as(&to_html("## 甲\n\n乙丙\n\n- 丁"), html));
}

#[test]
fn text_that_stands_in_no_block_is_left_as_html() {
    for html in ["甲", "甲<p>乙</p>", "<strong>甲</strong>"] {
        assert_eq!(to_markup(html), None, "{html}");
    }
    assert_eq!(to_markup("").as_deref(), Some(""));
}

#[test]
fn what_is_typed_is_taken_as_it_was_meant() {
    says("# 大标题", "<h2>大标题</h2>");
    says("* 甲\n* 乙", "<ul><li>甲</li><li>乙</li></ul>");
    says("1) 甲\n2) 乙", "<ol><li>甲</li><li>乙</li></ol>");
    says("甲\r\n乙", "<p>甲<br>乙</p>");
    says("2 * 3 = 6，**未完", "<p>2 * 3 = 6，**未完</p>");
    says("x<y 且 y>z", "<p>x&lt;y 且 y&gt;z</p>");
    says("- 甲\n接着写", "<ul><li>甲<br>接着写</li></ul>");
    says(
        "<table>\n<tr><td>甲</td></tr>\n\n<tr><td>乙</td></tr>\n</table>\n后",
        "<table><tbody><tr><td>甲</td></tr>\n\n<tr><td>乙</td></tr></tbody></table><p>后</p>",
    );
}
