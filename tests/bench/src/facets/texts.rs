//! Made-up records that read like official documents, as many as are wanted; the same number gives the same record on any machine that has the same texts.
//!
//! Words follow each other as they do in real texts: those of the folder of records where there is one, else those of the invented archive.

use std::{collections::HashMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use domain::{DocumentId, SystemCode};
use journeys::corpus::Corpus;
use rand::{Rng, SeedableRng, rngs::StdRng};
use search::{Entry, Force, Validity, indexed_words};
use serde_json::Value;

/// Characters of real texts that words are learned from.
const LEARNED: usize = 4_000_000;
/// Texts of the invented archive that words are learned from where there are no real ones.
const INVENTED: u32 = 3_000;

const SITES: usize = 117;
const DEPARTMENTS: usize = 83;
const COLUMNS: usize = 9;
const TERMS: usize = 3_000;
const GENRES: [&str; 12] = [
    "notice",
    "opinion",
    "decision",
    "announcement",
    "reply",
    "plan",
    "measure",
    "rule",
    "report",
    "letter",
    "order",
    "minutes",
];
const CLASSES: [&str; 5] = ["policy", "plan", "statistics", "personnel", "budget"];
const SUBJECTS: [&str; 15] = [
    "综合政务",
    "国民经济管理",
    "财政",
    "国土资源",
    "农业",
    "工业",
    "城乡建设",
    "科技",
    "教育",
    "卫生",
    "民政",
    "公安",
    "劳动",
    "市场监管",
    "其他",
];
const FORMS: [&str; 7] = ["article", "article", "article", "article", "question", "file", "pictures"];

/// Words and what follows each, as texts had them.
#[derive(Debug)]
pub(super) struct Texts {
    /// Each word once.
    pub(super) words: Vec<String>,
    /// The texts, one after the other, as places of words.
    said: Vec<u32>,
    /// Of each word where it stands in the texts.
    at: Vec<Vec<u32>>,
    /// What the texts were.
    pub(super) learned: &'static str,
    system: SystemCode,
}

impl Texts {
    /// Learns from the records in `folder`, or from the invented archive.
    ///
    /// # Errors
    /// A record cannot be read.
    pub(super) fn learn(folder: &Path) -> Result<Self> {
        let regulations = folder.join("regulations.jsonl");
        let (texts, learned) = if regulations.is_file() {
            (real(&regulations)?, "real regulations")
        } else {
            (invented(), "the invented archive")
        };
        let (mut words, mut places): (Vec<String>, HashMap<String, u32>) = (Vec::new(), HashMap::new());
        let (mut said, mut at): (Vec<u32>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
        for sentence in texts.iter().flat_map(|text| text.split(['。', '；', '\n'])) {
            let cut = parts(sentence);
            for word in cut.iter().chain([&"。".to_owned()]) {
                let place = match places.get(word) {
                    Some(place) => *place,
                    None => {
                        let place = u32::try_from(words.len())?;
                        words.push(word.clone());
                        at.push(Vec::new());
                        places.insert(word.clone(), place);
                        place
                    }
                };
                at.get_mut(place as usize).context("a place")?.push(u32::try_from(said.len())?);
                said.push(place);
            }
        }
        ensure!(words.len() > 500, "only {} words were learned", words.len());
        Ok(Self { words, said, at, learned, system: "made-up".parse()? })
    }

    /// How often `word` stands among a hundred thousand words.
    pub(super) fn share(&self, word: usize) -> f64 {
        self.at.get(word).map_or(0.0, |at| at.len() as f64) * 1e5 / self.said.len() as f64
    }

    /// Rows of two words, each with how often they stand among a hundred thousand.
    pub(super) fn rows(&self) -> HashMap<(usize, usize), f64> {
        let mut rows: HashMap<(usize, usize), f64> = HashMap::new();
        for (first, second) in self.said.iter().zip(self.said.iter().skip(1)) {
            *rows.entry((*first as usize, *second as usize)).or_default() += 1e5 / self.said.len() as f64;
        }
        rows
    }

    /// Record number `number`.
    pub(super) fn record(&self, number: u32) -> Entry {
        let mut random = StdRng::seed_from_u64(u64::from(number) ^ 0x7461_6968_7520_4235);
        let (title, summary, body) = (10..24, 30..50, 150..300);
        let title = self.text(&mut random, title).replace('。', "");
        let (summary, body) = (self.text(&mut random, summary), self.text(&mut random, body));
        let year = i16::try_from(2008 + skewed(19, &mut random)).map_or(2026, |age| 4034 - age);
        let (month, of_month) = (random.random_range(1..=12), random.random_range(1..=28));
        let day = jiff::civil::date(year, month, of_month);
        let since = domain::shanghai::midnight(day).as_millisecond();
        let site = skewed(SITES, &mut random);
        let validity = Validity::ALL.get(skewed(Validity::ALL.len(), &mut random)).copied().unwrap_or_default();
        let subject = pick(&SUBJECTS, &mut random);
        let some =
            |of_hundred, value: String, random: &mut StdRng| random.random_ratio(of_hundred, 100).then_some(value);
        let genre = pick(&GENRES, &mut random).to_owned();
        let class = pick(&CLASSES, &mut random).to_owned();
        let terms = (0..random.random_range(0..4)).map(|_| format!("词{}", skewed(TERMS, &mut random))).collect();
        Entry {
            id: DocumentId::migrated(&self.system, &number.to_string()).stream().to_string().replace("document:", ""),
            version: u64::from(number) * 3 + 7,
            stamp: format!("{number}"),
            site: format!("site{site:03}"),
            column: format!("site{site:03}.c{}", skewed(COLUMNS, &mut random)),
            department: format!("department{:02}", skewed(DEPARTMENTS, &mut random)),
            title,
            summary,
            body,
            document_number: some(30, format!("澄政发〔{year}〕{}号", number % 400), &mut random),
            index_number: Some(format!("014006438/{year}-{number:05}")),
            class: some(60, class, &mut random),
            subject: some(70, format!("{subject}\\{subject}之{}", random.random_range(1..5)), &mut random),
            genre: some(80, genre, &mut random),
            terms,
            form: pick(&FORMS, &mut random).to_owned(),
            day: Some(day),
            instant: since + i64::from(random.random_range(0..28_800)) * 1_000,
            force: Force { validity, from: some(20, String::new(), &mut random).map(|_| day), until: None },
        }
    }

    /// A text of about so many characters.
    fn text(&self, random: &mut StdRng, characters: std::ops::Range<usize>) -> String {
        let most = random.random_range(characters);
        let mut text = String::new();
        let (mut length, mut at) = (0, random.random_range(0..self.said.len()));
        while length < most {
            let place = self.said.get(at).copied().unwrap_or_default() as usize;
            let word = self.words.get(place).map(String::as_str).unwrap_or_default();
            text.push_str(word);
            length += word.chars().count();
            // What followed this word somewhere.
            let places = self.at.get(place).map(Vec::as_slice).unwrap_or_default();
            at = places.get(random.random_range(0..places.len().max(1))).map_or(0, |at| *at as usize + 1)
                % self.said.len();
        }
        text
    }
}

/// The text as rows of words and of what stands between them.
fn parts(sentence: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for run in sentence.split_inclusive(['，', '、', '：', '《', '》', '（', '）', ' ']) {
        let written = run.trim_end_matches(|shown: char| !shown.is_alphanumeric());
        let mut words = indexed_words(written);
        // Long words come after the words they are made of: only what stands one after the other is wanted.
        let mut rest = written;
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        while let Some(first) = rest.chars().next() {
            let word = words.iter().find(|word| rest.starts_with(word.as_str()));
            let length = word.map_or(first.len_utf8(), String::len);
            let (part, behind) = rest.split_at(length);
            parts.push(part.to_owned());
            rest = behind;
        }
        parts.extend(run.get(written.len()..).filter(|mark| !mark.trim().is_empty()).map(str::to_owned));
    }
    parts
}

fn real(file: &Path) -> Result<Vec<String>> {
    let rows = fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let (mut texts, mut characters) = (Vec::new(), 0);
    for line in rows.lines() {
        let row: Value = serde_json::from_str(line)?;
        let text = row.get("body_markdown").and_then(Value::as_str).unwrap_or_default();
        let text: String = text.chars().filter(|shown| !matches!(shown, '#' | '*' | '　' | '\t' | '\r')).collect();
        characters += text.chars().count();
        texts.push(text);
        if characters > LEARNED {
            break;
        }
    }
    Ok(texts)
}

fn invented() -> Vec<String> {
    let corpus = Corpus::new(INVENTED, jiff::Timestamp::UNIX_EPOCH);
    let text = |html: &str| {
        let parts = html.split(['<', '>']).enumerate().filter(|(at, _)| at % 2 == 0).map(|(_, text)| text);
        parts.collect::<String>()
    };
    corpus.texts().map(|record| format!("{}\n{}", record.title, text(&record.body))).collect()
}

/// One of `of`, the first most often.
fn skewed(of: usize, random: &mut StdRng) -> usize {
    let uniform: f64 = random.random();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below `of`, which is small")]
    let chosen = (of as f64 * uniform * uniform) as usize;
    chosen.min(of.saturating_sub(1))
}

fn pick<'a>(from: &[&'a str], random: &mut StdRng) -> &'a str {
    from.get(random.random_range(0..from.len().max(1))).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gives_the_same_record_and_lengths_follow_official_documents() {
        let texts = Texts::learn(Path::new("no such folder")).unwrap();
        assert_eq!(texts.record(7), texts.record(7));
        for number in 0..50 {
            let record = texts.record(number);
            let length = record.body.chars().count();
            assert!((150..340).contains(&length) && record.id.len() == 26, "{record:?}");
            assert!((2008..=2026).contains(&record.day.unwrap().year()));
        }
    }

    #[test]
    fn what_stands_one_after_the_other_is_the_sentence() {
        let sentence = "住房公积金管理，应当依照《住房公积金管理条例》执行";
        assert_eq!(parts(sentence).concat(), sentence);
    }
}
