//! What may have been meant.

use std::{cmp::Reverse, collections::HashMap};

use super::{
    Reader,
    error::{AskError, in_time},
    question::{Asked, Question},
};
use crate::{deadline::Deadline, initials::spoken, schema::Fields};

/// Suggestions that are told.
const MOST: usize = 3;
/// Candidates that are tried.
const TRIED: usize = 8;
/// Pieces whose words are looked through: each is a pass over all words of titles and terms.
const PASSES: usize = 2;
/// Words that are looked through between two looks at the clock.
const WORDS: usize = 1_000;
/// Characters of a word that may be meant.
const LONGEST: usize = 8;

/// Ways in which a part of the text may be wrong, each with its place in the text: characters from, and how many.
#[derive(Default)]
struct Wrong {
    /// By how it is spoken.
    spoken: HashMap<String, (usize, usize)>,
    /// With one character left open.
    open: HashMap<Vec<char>, (usize, usize)>,
}

/// A word of the index that may be meant: how many characters it replaces, whether it is spoken alike, in how many documents it stands.
type Rank = (usize, bool, u64);

impl Reader {
    /// Texts that may have been meant: a part of a piece is replaced by a word of the titles and terms that is spoken alike, or in which one
    /// of three characters or more is another. Only what finds something is told.
    pub(super) fn suggestions(&self, question: &Question, deadline: &dyn Deadline) -> Result<Vec<String>, AskError> {
        let (mut suggestions, mut passes) = (Vec::new(), 0);
        for (number, piece) in question.pieces.iter().enumerate() {
            let (Asked::Plain(chars) | Asked::Short(chars) | Asked::Long(chars)) = piece else { continue };
            if passes == PASSES || suggestions.len() == MOST {
                break;
            }
            let text = String::from_iter(chars);
            if self.finds(&text, deadline)? {
                continue;
            }
            passes += 1;
            for meant in self.meant(chars, deadline)?.into_iter().take(TRIED) {
                let pieces = question.pieces.iter().enumerate();
                let whole: Vec<String> =
                    pieces.map(|(at, piece)| if at == number { meant.clone() } else { piece.written() }).collect();
                let whole = whole.join(" ");
                if suggestions.len() < MOST && !suggestions.contains(&whole) && self.finds(&whole, deadline)? {
                    suggestions.push(whole);
                }
            }
        }
        Ok(suggestions)
    }

    /// The piece with a part of it replaced, the likeliest first.
    fn meant(&self, chars: &[char], deadline: &dyn Deadline) -> Result<Vec<String>, AskError> {
        let wrong = Wrong::of(chars);
        let mut found: HashMap<String, (Rank, usize)> = HashMap::new();
        let mut seen = 0;
        for segment in self.searcher.segment_readers() {
            for field in [Fields::get().title_words, Fields::get().term_words] {
                let index = segment.inverted_index(field)?;
                let mut terms = index.terms().stream()?;
                while let Some((word, info)) = terms.next() {
                    seen += 1;
                    if seen % WORDS == 0 {
                        in_time(deadline)?;
                    }
                    let Ok(word) = std::str::from_utf8(word) else { continue };
                    let Some((from, length, alike)) = wrong.by(word) else { continue };
                    let original = chars.get(from..from + length).unwrap_or_default();
                    if word.chars().eq(original.iter().copied()) {
                        continue;
                    }
                    let (front, back) = (chars.iter().take(from), chars.iter().skip(from + length));
                    let whole: String = front.copied().chain(word.chars()).chain(back.copied()).collect();
                    let ((_, _, documents), _) = found.entry(whole).or_insert(((length, alike, 0), from));
                    *documents += u64::from(info.doc_freq);
                }
            }
        }
        // What replaces more explains more: a part of a word sounds like many things.
        let longest = found.values().map(|((length, ..), _)| *length).max();
        let mut found: Vec<(String, (Rank, usize))> =
            found.into_iter().filter(|(_, ((length, ..), _))| Some(*length) == longest).collect();
        found.sort_by(|(text, rank), (other, than)| (Reverse(rank), text).cmp(&(Reverse(than), other)));
        Ok(found.into_iter().map(|(text, _)| text).collect())
    }
}

impl Wrong {
    fn of(chars: &[char]) -> Self {
        let mut wrong = Self::default();
        for length in 2..=LONGEST.min(chars.len()) {
            for (from, part) in chars.windows(length).enumerate() {
                wrong.spoken.extend(spoken(&String::from_iter(part)).map(|spoken| (spoken, (from, length))));
                // Of two characters, one alone says too little.
                if length > 2 {
                    wrong.open.extend(opened(part).map(|open| (open, (from, length))));
                }
            }
        }
        wrong
    }

    /// The part that `word` may replace, and whether it is spoken like it.
    fn by(&self, word: &str) -> Option<(usize, usize, bool)> {
        let chars: Vec<char> = word.chars().take(LONGEST + 1).collect();
        if !(2..=LONGEST).contains(&chars.len()) {
            return None;
        }
        let alike =
            spoken(word).and_then(|spoken| self.spoken.get(&spoken)).filter(|(_, length)| *length == chars.len());
        if let Some((from, length)) = alike {
            return Some((*from, *length, true));
        }
        opened(&chars).find_map(|open| self.open.get(&open)).map(|(from, length)| (*from, *length, false))
    }
}

/// A word with each of its characters left open in turn.
fn opened(chars: &[char]) -> impl Iterator<Item = Vec<char>> {
    (0..chars.len()).map(|at| {
        let open = |(place, shown): (usize, &char)| if place == at { '\u{0}' } else { *shown };
        chars.iter().enumerate().map(open).collect()
    })
}

impl Asked {
    /// As it is typed.
    fn written(&self) -> String {
        match self {
            Self::Exact(chars) => format!("“{}”", chars.iter().collect::<String>()),
            Self::Plain(chars) | Self::Short(chars) | Self::Long(chars) | Self::Spaced(chars) => chars.iter().collect(),
        }
    }
}
