use super::*;

fn cleaned(html: &str) -> String {
    clean(html, None, &mut Notes::default())
}

#[test]
fn given_looks_then_the_text_stays_in_paragraphs() {
    let html = "<tbody><tr><td id='c'><p style='text-indent:2em'><span style='font-size:18pt'>　　为了&nbsp;&nbsp;供水，</span><o:p></o:p></p>\n\
        <p align=''><br> </p><div>制定本办法。<br></div>尾</td></tr></tbody>";
    assert_eq!(cleaned(html), "<p>为了 供水，</p><p>制定本办法。</p><p>尾</p>");
}

#[test]
fn given_marks_then_plain_emphasis_stays_and_empty_marks_go() {
    assert_eq!(
        cleaned("<p><b><font color=red>一、</font></b>总则<b> </b><i>注</i></p>"),
        "<p><strong>一、</strong>总则<em>注</em></p>"
    );
    assert_eq!(cleaned("<b><p>甲</p><p>乙</p></b>"), "<p><strong>甲</strong></p><p><strong>乙</strong></p>");
    assert_eq!(cleaned("<p>H<sub>2</sub>O &lt; 5 &amp; 6</p>"), "<p>H<sub>2</sub>O &lt; 5 &amp; 6</p>");
}

#[test]
fn given_headings_then_the_highest_is_the_second_level() {
    assert_eq!(cleaned("<h3>第一章　总则</h3><p>甲</p><h4>节</h4>"), "<h2>第一章　总则</h2><p>甲</p><h3>节</h3>");
    assert_eq!(cleaned("<h1> </h1><h2>章</h2>"), "<h3>章</h3>");
}

#[test]
fn given_lists_and_tables_then_they_stay_and_a_frame_of_one_cell_goes() {
    assert_eq!(cleaned("<ul class=x><li><span>甲</span></li></ul>"), "<ul><li><p>甲</p></li></ul>");
    let table = "<table border=1><tbody><tr><td rowspan=\"2\" style='x'><p>指标</p></td><td colspan=1>值</td></tr><tr><th>甲</th></tr></table>";
    assert_eq!(cleaned(table), "<table><tr><td rowspan=\"2\">指标</td><td>值</td></tr><tr><th>甲</th></tr></table>");
    assert_eq!(cleaned("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>"), "<p>甲</p><p>乙</p>");
}

#[test]
fn given_what_runs_or_loads_then_nothing_of_it_stays() {
    let mut notes = Notes::default();
    let html = "<p onclick='x()'>甲<script>alert(1)</script><img src='http://a.example/b.png'><a href='javascript:x()'>乙</a></p><style>p{}</style>";
    assert_eq!(clean(html, None, &mut notes), "<p>甲乙</p>");
    assert!(notes.0.contains(PICTURES));
    assert_eq!(
        cleaned("<p><a href='http://a.example/?b=1&amp;c=2' onclick=x>见附件</a><a href='/old/1.html'>旧文</a></p>"),
        "<p><a href=\"http://a.example/?b=1&amp;c=2\">见附件</a>旧文</p>"
    );
}

#[test]
fn given_hidden_and_private_characters_then_none_is_passed_on() {
    let mut notes = Notes::default();
    assert_eq!(clean("<p>甲\u{200B}乙\u{202E}\u{E5F9}丙</p>", None, &mut notes), "<p>甲乙〓丙</p>");
    assert!(notes.0.contains(PRIVATE));
}

#[test]
fn given_a_selector_then_what_it_selects_is_left_out() {
    let selector = Selector::parse(".share, #nav").unwrap();
    let html = "<div id=nav><p>导航</p></div><p>正文<span class=share>分享</span></p>";
    assert_eq!(clean(html, Some(&selector), &mut Notes::default()), "<p>正文</p>");
}

#[test]
fn what_is_cleaned_is_not_changed_by_the_sanitiser_of_the_house() {
    for html in
        ["<p>甲<b>乙</b></p><ul><li>丙</li></ul>", "<h3>章</h3><p>文</p><h4>节</h4><p>文</p>", "<b><p>甲</p></b>尾"]
    {
        let clean = cleaned(html);
        let sanitised = pages::sanitise(&clean);
        assert_eq!(cleaned(&sanitised), cleaned(&clean), "{html}");
    }
}
