//! What changed from one public version of a text to the next.

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use crate::model::{Changes, Span, SpanKind};
use crate::{plain, sanitise};

/// Changed lines that are shown; the rest are counted.
const SHOWN: usize = 60;

/// Lines of both versions together beyond which they are not compared: the time of a comparison grows with lines times changes.
const LINES: usize = 4000;

/// Characters of a line beyond which it is shown as taken out and put in, as far as these go.
const CHARACTERS: usize = 600;

/// Compares two versions, each a title and a body as HTML, line by line and then character by character.
///
/// The same versions always give the same answer: nothing here looks at a clock.
#[must_use]
pub fn changes(earlier: (&str, &str), later: (&str, &str)) -> Changes {
    let lines = |(title, body): (&str, &str)| -> Vec<String> {
        std::iter::once(title.to_owned()).chain(plain::lines(&sanitise(body))).collect()
    };
    let (old, new) = (lines(earlier), lines(later));
    if old.len() + new.len() > LINES {
        return Changes { lines: Vec::new(), more: 0, too_long: true };
    }
    let mut changed = Changed::default();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        let (before, after) =
            (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
        let pairs = before.len().min(after.len());
        for (before, after) in before.iter().zip(after) {
            changed.add(|| line(before, after));
        }
        for text in before.iter().skip(pairs) {
            changed.add(|| vec![whole(SpanKind::Removed, text)]);
        }
        for text in after.iter().skip(pairs) {
            changed.add(|| vec![whole(SpanKind::Added, text)]);
        }
    }
    Changes { lines: changed.lines, more: changed.more, too_long: false }
}

/// Changed lines: the first ones are worked out, the rest counted.
#[derive(Default)]
struct Changed {
    lines: Vec<Vec<Span>>,
    more: usize,
}

impl Changed {
    fn add(&mut self, line: impl FnOnce() -> Vec<Span>) {
        if self.lines.len() < SHOWN {
            self.lines.push(line());
        } else {
            self.more += 1;
        }
    }
}

/// One line that became another; where little is common, the one is taken out and the other put in.
fn line(before: &str, after: &str) -> Vec<Span> {
    let apart = || vec![whole(SpanKind::Removed, before), whole(SpanKind::Added, after)];
    if before.chars().count() > CHARACTERS || after.chars().count() > CHARACTERS {
        return apart();
    }
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).diff_chars(before, after);
    if diff.ratio() < 0.4 {
        return apart();
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

/// A whole line, as far as it is shown.
fn whole(kind: SpanKind, text: &str) -> Span {
    match text.char_indices().nth(CHARACTERS).and_then(|(end, _)| text.get(..end)) {
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
}
