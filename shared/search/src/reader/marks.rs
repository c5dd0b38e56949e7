//! Marks what was searched for.

use std::collections::BTreeSet;

use crate::{
    initials::initials,
    marked::Marked,
    normal::{Normal, is_written},
};

/// Characters of a snippet.
const WINDOW: usize = 120;
/// Characters of a snippet before the first that is marked.
const BEFORE: usize = 20;
/// What stands where a snippet was cut.
const CUT: &str = "…";

/// What was searched for, as it is compared.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    needles: BTreeSet<Vec<char>>,
    /// Found by the first letters of pinyin, in titles only.
    initials: BTreeSet<Vec<char>>,
}

/// Where a needle was found: from, to before, which one.
type Spot = (usize, usize, usize);

impl Marks {
    /// Also looks for `chars`.
    pub(crate) fn needle(&mut self, chars: &[char]) {
        if chars.iter().any(|shown| is_written(*shown)) {
            self.needles.insert(chars.to_vec());
        }
    }

    /// Also looks for what has these first letters.
    pub(crate) fn initials(&mut self, letters: &[char]) {
        self.initials.insert(letters.to_vec());
    }

    /// All of a title.
    pub(crate) fn title(&self, text: &str) -> Marked {
        let normal = Normal::of(text);
        let mut spots = found(normal.chars(), &self.needles);
        spots.extend(found(&initials(normal.chars()), &self.initials));
        spots.sort_unstable();
        marked(text, &normal, &spots, 0..text.len())
    }

    /// The place of the summary or the body where most different needles stand together.
    pub(crate) fn snippet(&self, summary: &str, body: &str) -> Marked {
        let (in_summary, in_body) = (Excerpt::of(summary, self), Excerpt::of(body, self));
        let best = if in_body.different > in_summary.different || summary.is_empty() { in_body } else { in_summary };
        best.marked()
    }
}

/// The best place of a text.
struct Excerpt<'a> {
    text: &'a str,
    normal: Normal,
    spots: Vec<Spot>,
    /// Characters of the normalised text.
    from: usize,
    different: usize,
}

impl<'a> Excerpt<'a> {
    fn of(text: &'a str, marks: &Marks) -> Self {
        let normal = Normal::of(text);
        let spots = found(normal.chars(), &marks.needles);
        let (mut from, mut different) = (0, 0);
        for (at, (start, ..)) in spots.iter().enumerate() {
            let together = spots.iter().skip(at).take_while(|(_, end, _)| end - start <= WINDOW - BEFORE);
            let seen = together.map(|(_, _, needle)| needle).collect::<BTreeSet<_>>().len();
            if seen > different {
                (from, different) = (start.saturating_sub(BEFORE), seen);
            }
        }
        Self { text, normal, spots, from, different }
    }

    fn marked(self) -> Marked {
        let to = (self.from + WINDOW).min(self.normal.chars().len());
        let Some((start, end)) = self.normal.origin(self.from, to) else { return Marked::default() };
        let mut whole = Marked::default();
        whole.push(if self.from > 0 { CUT } else { "" }, false);
        for piece in marked(self.text, &self.normal, &self.spots, start..end).0 {
            whole.push(&piece.text, piece.marked);
        }
        whole.push(if to < self.normal.chars().len() { CUT } else { "" }, false);
        whole
    }
}

/// Every place of every needle, in the order of the text.
fn found(chars: &[char], needles: &BTreeSet<Vec<char>>) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (number, needle) in needles.iter().enumerate() {
        for (at, window) in chars.windows(needle.len().max(1)).enumerate() {
            if window == needle.as_slice() {
                spots.push((at, at + needle.len(), number));
            }
        }
    }
    spots.sort_unstable();
    spots
}

/// The bytes `shown` of a text, with the spots marked.
fn marked(text: &str, normal: &Normal, spots: &[Spot], shown: std::ops::Range<usize>) -> Marked {
    let mut marked = Marked::default();
    let mut done = shown.start;
    for (start, end) in spots.iter().filter_map(|(from, to, _)| normal.origin(*from, *to)) {
        let (start, end) = (start.clamp(done, shown.end), end.clamp(done, shown.end));
        marked.push(text.get(done..start).unwrap_or_default(), false);
        marked.push(text.get(start..end).unwrap_or_default(), true);
        done = end;
    }
    marked.push(text.get(done..shown.end).unwrap_or_default(), false);
    marked
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marks(needles: &[&str]) -> Marks {
        let mut marks = Marks::default();
        needles.iter().for_each(|needle| marks.needle(&needle.chars().collect::<Vec<_>>()));
        marks
    }

    /// Marked pieces in brackets.
    fn shown(marked: &Marked) -> String {
        marked
            .0
            .iter()
            .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn what_was_searched_for_is_marked_as_it_was_written() {
        let marks = marks(&["abc", "公积金", "积金提"]);
        assert_eq!(shown(&marks.title("ＡＢＣ公积金提取<b>")), "[ＡＢＣ公积金提]取<b>");
        assert_eq!(shown(&marks.title("公\u{200b}积金")), "[公\u{200b}积金]");
    }

    #[test]
    fn first_letters_mark_their_characters() {
        let mut marks = Marks::default();
        marks.initials(&['g', 'j', 'j']);
        assert_eq!(shown(&marks.title("住房公积金办法")), "住房[公积金]办法");
    }

    #[test]
    fn a_snippet_is_where_most_stands_together() {
        let far = "填充".repeat(200);
        let body = format!("提取。{far}公积金的提取。{far}");
        let snippet = shown(&marks(&["公积金", "提取"]).snippet("", &body));
        assert!(
            snippet.starts_with('…') && snippet.ends_with('…') && snippet.contains("[公积金]的[提取]"),
            "{snippet}"
        );
        assert_eq!(shown(&marks(&["没有"]).snippet("摘要", "正文")), "摘要");
        assert_eq!(shown(&marks(&["正文"]).snippet("摘要", "正文")), "[正文]");
        assert_eq!(shown(&marks(&[]).snippet("", "")), "");
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in "[\\s\\S]{0,60}", needle in "[a-c公积金]{1,2}") {
            prop_assert_eq!(marks(&[&needle]).title(&text).plain(), text);
        }
    }
}
