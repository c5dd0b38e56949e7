//! What changed from one public version of a text to the next.

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use crate::model::{Changes, Span, SpanKind};
use crate::plain::{Addresses, lines};
use crate::sanitise;

/// How closely two texts are looked at.
#[derive(Debug, Clone, Copy)]
struct Look {
    /// Changed lines that are shown; the rest are counted.
    shown: usize,
    /// Changed lines that are compared character by character, which takes a hundred times as long as the rest.
    within: usize,
    /// What is not compared so is shown up to here; whole if there is no such limit.
    cut: Option<usize>,
}

/// A reader of a page learns what kind of change it was.
const PAGE: Look = Look { shown: 60, within: 60, cut: Some(CHARACTERS) };

/// Who approves a text has to see what he approves.
const EDITOR: Look = Look { shown: 1000, within: 200, cut: None };

/// Lines of both versions together beyond which they are not compared: the time of a comparison grows with lines times changes.
const LINES: usize = 4000;

/// Characters of a line beyond which it is shown as taken out and put in, as far as these go.
const CHARACTERS: usize = 600;

/// Compares two versions, each a title and a body as HTML, line by line and then character by character.
///
/// The same versions always give the same answer: nothing here looks at a clock.
#[must_use]
pub fn changes(earlier: (&str, &str), later: (&str, &str)) -> Changes {
    let told = |(title, body): (&str, &str)| -> Vec<String> {
        std::iter::once(title.to_owned()).chain(lines(&sanitise(body), Addresses::Untold)).collect()
    };
    compare(&told(earlier), &told(later), PAGE)
}

/// As [`changes`], of two bodies and for their editors: it tells where links lead and pictures lie, too, and shows more.
#[must_use]
pub fn body_changes(earlier: &str, later: &str) -> Changes {
    let told = |body: &str| lines(&sanitise(body), Addresses::Told);
    compare(&told(earlier), &told(later), EDITOR)
}

fn compare(old: &[String], new: &[String], look: Look) -> Changes {
    if old.len() + new.len() > LINES {
        return Changes { lines: Vec::new(), more: 0, too_long: true };
    }
    let mut changed = Changed { look, lines: Vec::new(), more: 0 };
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        let (before, after) =
            (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
        let pairs = before.len().min(after.len());
        for (before, after) in before.iter().zip(after) {
            changed.add(|closely| if closely { line(before, after, look) } else { apart(before, after, look) });
        }
        for text in before.iter().skip(pairs) {
            changed.add(|_| vec![whole(SpanKind::Removed, text, look)]);
        }
        for text in after.iter().skip(pairs) {
            changed.add(|_| vec![whole(SpanKind::Added, text, look)]);
        }
    }
    Changes { lines: changed.lines, more: changed.more, too_long: false }
}

/// Changed lines: the first ones are worked out, the rest counted.
struct Changed {
    look: Look,
    lines: Vec<Vec<Span>>,
    more: usize,
}

impl Changed {
    /// `line` is told whether to look closely.
    fn add(&mut self, line: impl FnOnce(bool) -> Vec<Span>) {
        if self.lines.len() < self.look.shown {
            self.lines.push(line(self.lines.len() < self.look.within));
        } else {
            self.more += 1;
        }
    }
}

/// One line that became another; where little is common, the one is taken out and the other put in.
fn line(before: &str, after: &str, look: Look) -> Vec<Span> {
    if before.chars().count() > CHARACTERS || after.chars().count() > CHARACTERS {
        return apart(before, after, look);
    }
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).diff_chars(before, after);
    if diff.ratio() < 0.4 {
        return vec![whole(SpanKind::Removed, before, look), whole(SpanKind::Added, after, look)];
    }
    let mut spans: Vec<Span> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => SpanKind::Kept,
            ChangeTag::Delete => SpanKind::Removed,
            ChangeTag::Insert => SpanKind::Added,
        };
        match spans.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => spans.push(span(kind, change.value())),
        }
    }
    spans
}

/// One line that became another, not compared character by character: in whole lines, what both begin and end with is told apart.
fn apart(before: &str, after: &str, look: Look) -> Vec<Span> {
    if look.cut.is_some() {
        return vec![whole(SpanKind::Removed, before, look), whole(SpanKind::Added, after, look)];
    }
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let bytes = |pair: (char, char)| pair.0.len_utf8();
    let front: usize = before.chars().zip(after.chars()).take_while(same).map(bytes).sum();
    let (begin, old) = before.split_at(front);
    let (_, new) = after.split_at(front);
    let back: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(bytes).sum();
    let (old, end) = old.split_at(old.len() - back);
    let (new, _) = new.split_at(new.len() - back);
    let parts = [(SpanKind::Kept, begin), (SpanKind::Removed, old), (SpanKind::Added, new), (SpanKind::Kept, end)];
    parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(kind, text)| span(kind, text)).collect()
}

/// A whole line, as far as it is shown.
fn whole(kind: SpanKind, text: &str, look: Look) -> Span {
    let end = look.cut.and_then(|cut| text.char_indices().nth(cut));
    match end.and_then(|(end, _)| text.get(..end)) {
        Some(beginning) => span(kind, &format!("{beginning}……")),
        None => span(kind, text),
    }
}

fn span(kind: SpanKind, text: &str) -> Span {
    Span { kind, text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(changes: &Changes) -> Vec<String> {
        let mark = |span: &Span| match span.kind {
            SpanKind::Kept => span.text.clone(),
            SpanKind::Removed => format!("[-{}-]", span.text),
            SpanKind::Added => format!("[+{}+]", span.text),
        };
        changes.lines.iter().map(|line| line.iter().map(mark).collect()).collect()
    }

    #[test]
    fn a_changed_word_is_shown_within_its_line_and_equal_lines_are_not() {
        let earlier = ("停水通知", "<p>各用户：</p><p>滨湖路段将于11月25日停水，请提前储水。</p>");
        let later = ("停水通知", "<p>各用户：</p><p>滨湖路段将于11月26日停水，请提前储水。</p>");
        assert_eq!(told(&changes(earlier, later)), ["滨湖路段将于11月2[-5-][+6+]日停水，请提前储水。"]);
    }

    #[test]
    fn lines_that_came_and_went_are_shown_whole_and_so_is_the_title() {
        let earlier = ("停水通知", "<p>甲段停水，原因是更换阀门。</p><p>联系电话见公告栏。</p>");
        let later =
            ("停水公告", "<p>甲段停水，原因是更换阀门。</p><ul><li>送水车停在东门。</li><li>每日两次。</li></ul>");
        let told = told(&changes(earlier, later));
        assert_eq!(told.first().map(String::as_str), Some("停水[-通知-][+公告+]"));
        assert!(told.contains(&"[+每日两次。+]".to_owned()), "{told:?}");
        assert_eq!(changes(earlier, earlier).lines, Vec::<Vec<Span>>::new());
    }

    #[test]
    fn editors_are_shown_a_link_that_leads_elsewhere_and_no_title() {
        let body = |address: &str| format!("<p>详见<a href=\"{address}\">办理指南</a>。</p><p>其余不变。</p>");
        let (old, new) = (body("/zn/1.html"), body("/zn/2.html"));
        assert_eq!(told(&body_changes(&old, &new)), ["详见办理指南［链接：/zn/[-1-][+2+].html］。"]);
        assert_eq!(changes(("题", &old), ("题", &new)), Changes::default(), "a reader sees no change");
        assert_eq!(body_changes(&new, &new), Changes::default());
    }

    #[test]
    fn what_is_too_much_to_show_is_counted_and_what_is_too_long_is_said_to_be() {
        let body = |word: &str, lines: usize| (0..lines).map(|n| format!("<p>{word}{n}</p>")).collect::<String>();
        let (old, new) = (body("甲", 100), body("乙", 100));
        let compared = changes(("题", &old), ("题", &new));
        assert_eq!((compared.lines.len(), compared.more, compared.too_long), (60, 40, false));
        let (old, new) = (body("甲", 2500), body("乙", 2500));
        assert!(changes(("题", &old), ("题", &new)).too_long);
    }

    #[test]
    fn a_line_without_end_is_shown_as_far_as_a_reader_compares() {
        let body = |last: &str| format!("<p>{}{last}</p>", "长".repeat(100_000));
        let changes = changes(("题", &body("甲")), ("题", &body("乙")));
        let shown: usize = changes.lines.iter().flatten().map(|span| span.text.chars().count()).sum();
        assert_eq!(shown, 2 * (CHARACTERS + 2));
    }

    #[test]
    fn editors_are_shown_what_changed_in_a_line_without_end() {
        let body = |word: &str| format!("<p>{}{word}日{}</p>", "长".repeat(100_000), "尾".repeat(9));
        let told = told(&body_changes(&body("5"), &body("26")));
        let end = "日尾尾尾尾尾尾尾尾尾";
        assert_eq!(told, [format!("{}[-5-][+26+]{end}", "长".repeat(100_000))]);
    }

    #[test]
    fn editors_are_shown_more_lines_of_which_the_later_ones_are_compared_at_their_ends() {
        let body = |word: &str| (0..300).map(|n| format!("<p>第{n}条{word}款{word}项</p>")).collect::<String>();
        let compared = body_changes(&body("甲"), &body("乙"));
        assert_eq!((compared.lines.len(), compared.more), (300, 0));
        let told = told(&compared);
        assert_eq!(
            (told[199].as_str(), told[200].as_str()),
            ("第199条[-甲-][+乙+]款[-甲-][+乙+]项", "第200条[-甲款甲-][+乙款乙+]项")
        );
    }

    #[test]
    fn ends_that_overlap_are_told_once() {
        for (before, after, expected) in [
            ("aa", "aaa", "aa[+a+]"),
            ("aaa", "aa", "aa[-a-]"),
            ("甲乙", "甲丙", "甲[-乙-][+丙+]"),
            ("", "新", "[+新+]"),
        ] {
            let changes = Changes { lines: vec![apart(before, after, EDITOR)], more: 0, too_long: false };
            assert_eq!(told(&changes), [expected]);
        }
    }
}
