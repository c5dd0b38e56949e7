//! The checks before publication, in megabytes of text a second, beside what one would write with a regular expression.

use std::{collections::BTreeMap, fs, path::Path, time::Instant};

use anyhow::{Context, Result, ensure};
use domain::{
    column::ColumnKind,
    document::{BodyHash, Content},
    text::Line,
    vetting::Strictness,
};
use jiff::{Timestamp, civil::Date};
use journeys::corpus::Corpus;
use regex::Regex;
use serde_json::Value;
use vetting::{Examiner, Search, Text, Word, built_in};

use crate::{
    Options,
    table::{Side, Table},
};

/// Rounds of each side.
const ROUNDS: usize = 9;

/// Words of the large list.
const WORDS: usize = 20_000;

/// The bar, in megabytes of text a second.
const BAR: f64 = 10.0;

/// Runs the benchmark and prints its rows; with `--texts`, what the checks find in the texts of that file.
///
/// # Errors
/// A list cannot be searched, a planted number is missed, or an identity card is seen in the texts of that file.
pub fn bench(options: &Options) -> Result<()> {
    let bodies: Vec<String> = Corpus::new(options.documents, Timestamp::now()).texts().map(|text| text.body).collect();
    let bytes: usize = bodies.iter().map(String::len).sum();
    let house = examiner(Vec::new())?;
    let large = examiner((0..WORDS).map(|number| listed(&format!("某词{number:05}"))).collect::<Result<_>>()?)?;
    let patterns = patterns()?;
    let (mut ours, mut with_large, mut peer) = (Side::default(), Side::default(), Side::default());
    let mut found = [0_usize; 3];
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        found[0] = bodies.iter().map(|body| look(&house, body)).sum::<Result<usize>>()?;
        ours.push(begun.elapsed());
        let begun = Instant::now();
        found[1] = bodies.iter().map(|body| look(&large, body)).sum::<Result<usize>>()?;
        with_large.push(begun.elapsed());
        let begun = Instant::now();
        found[2] = bodies
            .iter()
            .map(|body| patterns.iter().map(|pattern| pattern.find_iter(body).count()).sum::<usize>())
            .sum();
        peer.push(begun.elapsed());
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate of megabytes")]
    let megabytes = bytes as f64 / 1e6;
    let rate = |side: &Side| format!("{:.1} ({:.1})", megabytes / side.median(), megabytes / side.least());
    let mut table = Table::new(
        "vetting",
        &[
            "text, MB",
            "all checks, MB/s",
            "with a list of 20,000 words, MB/s",
            "patterns alone, MB/s",
            "time ÷ patterns",
        ],
    );
    table.row([format!("{megabytes:.1}"), rate(&ours), rate(&with_large), rate(&peer), ours.over(&peer)]);
    table.note(format!(
        "{ROUNDS} interleaved rounds, medians with the best in brackets, one thread. Bar: {BAR} MB of text a second."
    ));
    table.note(format!(
        "All checks: HTML read, personal numbers, the lists of the house, pictures, headings, links; {} findings. Patterns: `regex` over the HTML with one expression for \
         each kind of number and one for each list of the house, without check digits, other dress or places; {} matches.",
        found[0], found[2]
    ));
    planted(&house)?;
    table.note("1,000 numbers of each kind, planted into texts of the corpus in five dresses: each was found.");
    if let Some(file) = &options.texts {
        table.note(alarms(&house, file)?);
    }
    table.print();
    Ok(())
}

/// The rules of the house with its lists, and one more list of `words`.
fn examiner(words: Vec<Word>) -> Result<Examiner> {
    let mut lists = Vec::new();
    for list in built_in() {
        lists.push(Search::new(list.name, list.title, list.level, list.words)?);
    }
    if !words.is_empty() {
        lists.push(Search::new("large".parse()?, "大词库", domain::vetting::Level::Block, words)?);
    }
    Ok(Examiner::new(Strictness::default(), lists))
}

fn listed(word: &str) -> Result<Word> {
    Ok(Word { word: Line::new(word)?, instead: None, unless: Vec::new() })
}

fn look(examiner: &Examiner, html: &str) -> Result<usize> {
    Ok(rules_broken(examiner, html)?.values().sum())
}

/// How often each rule is broken in `html`.
fn rules_broken(examiner: &Examiner, html: &str) -> Result<BTreeMap<&'static str, usize>> {
    let content = Content::new(Line::new("标题")?, BodyHash::of(html.as_bytes()));
    let today = Date::constant(2026, 11, 29);
    let text = Text { content: &content, body_html: html, column: ColumnKind::Notices, told: &[], today };
    let mut broken = BTreeMap::new();
    for finding in examiner.examine(&text).into_findings() {
        *broken.entry(finding.broken.code()).or_default() += 1;
    }
    Ok(broken)
}

/// What one would write without the checks: an expression for each kind of number, one for each list.
fn patterns() -> Result<Vec<Regex>> {
    let mut patterns = Vec::new();
    for pattern in [r"[0-9]{17}[0-9Xx]", r"1[3-9][0-9]{9}", r"62[0-9]{14,17}", r"[京沪苏浙粤鲁][A-Z][0-9A-Z]{5,6}"]
    {
        patterns.push(Regex::new(pattern)?);
    }
    for list in built_in() {
        let words: Vec<String> = list.words.iter().map(|word| regex::escape(word.word.as_str())).collect();
        patterns.push(Regex::new(&words.join("|"))?);
    }
    Ok(patterns)
}

/// Plants numbers, made here by their own rules, and looks for each.
fn planted(examiner: &Examiner) -> Result<()> {
    for number in 0..1_000_u64 {
        let mobile = format!("1{}{:09}", 3 + number % 7, number * 7_919_771 % 1_000_000_000);
        let card = with_check_digit(&format!(
            "32020219{:02}{:02}{:02}{:03}",
            40 + number % 60,
            1 + number % 12,
            1 + number % 28,
            number % 1_000
        ));
        let bank = with_luhn(&format!("62{:016}", number * 104_729_577_111 % 10_000_000_000_000_000));
        for (code, plain) in [("mobile", &mobile), ("id-card", &card), ("bank-card", &bank)] {
            let wide: String = plain.chars().map(full_width).collect();
            let (front, back) = plain.split_at(plain.len() / 2);
            let dresses =
                [plain.clone(), wide, format!("{front}<b>{back}</b>"), grouped(plain, " "), grouped(plain, "-")];
            is_found(examiner, code, &dresses)?;
        }
        is_found(examiner, "plate", &plates(number))?;
    }
    Ok(())
}

/// Whether a number is found in each of its dresses.
fn is_found(examiner: &Examiner, code: &str, dresses: &[String]) -> Result<()> {
    for dressed in dresses {
        let html = format!("<p>为做好供水工作，请联系：{dressed}，工作日办理。</p>");
        let broken = rules_broken(examiner, &html)?;
        ensure!(broken.get(code) == Some(&1), "{code} {dressed}: {broken:?}");
    }
    Ok(())
}

/// A number plate in its dresses: province and office, then five signs.
fn plates(number: u64) -> [String; 5] {
    let provinces = ['苏', '浙', '沪', '京', '粤', '鲁', '皖'];
    let offices = ['A', 'B', 'C', 'E', 'K'];
    let of = |choices: &[char]| usize::try_from(number).ok().and_then(|at| choices.get(at % choices.len()).copied());
    let (province, office) = (of(&provinces).unwrap_or('苏'), of(&offices).unwrap_or('A'));
    let signs = format!("{:05}", number * 7_919 % 100_000);
    let wide = |text: &str| text.chars().map(full_width).collect::<String>();
    [
        format!("{province}{office}{signs}"),
        format!("{province}{}{}", full_width(office), wide(&signs)),
        format!("{province}{office}<b>{signs}</b>"),
        format!("{province}{office}·{signs}"),
        format!("{province} {office} {signs}"),
    ]
}

/// As people group them: telephone numbers by three and four, all others by four; an identity card by region, birthday and rest.
fn grouped(number: &str, separator: &str) -> String {
    let lengths: &[usize] = match number.len() {
        11 => &[3, 4, 4],
        18 => &[6, 8, 4],
        _ => &[4, 4, 4, 4, 3],
    };
    let mut rest = number;
    let mut groups = Vec::new();
    for length in lengths {
        let (group, behind) = rest.split_at(*length);
        groups.push(group);
        rest = behind;
    }
    groups.join(separator)
}

fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)
}

/// ISO 7064 MOD 11-2, by its definition: the sum of powers of two.
fn with_check_digit(body: &str) -> String {
    let sum = body.chars().filter_map(|digit| digit.to_digit(10)).fold(0, |sum, digit| (sum + digit) * 2 % 11);
    let check = (12 - sum) % 11;
    if check == 10 { format!("{body}X") } else { format!("{body}{check}") }
}

/// ISO/IEC 7812.
fn with_luhn(body: &str) -> String {
    let doubled =
        |place: usize, digit: u32| if place.is_multiple_of(2) { digit * 2 / 10 + digit * 2 % 10 } else { digit };
    let sum: u32 = body
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .enumerate()
        .map(|(place, digit)| doubled(place, digit))
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// What the checks find in real texts: all strings of a file of JSON lines.
fn alarms(examiner: &Examiner, file: &Path) -> Result<String> {
    let (mut texts, mut bytes, mut all) = (0, 0, BTreeMap::<&str, usize>::new());
    for line in fs::read_to_string(file)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        for text in record.as_object().context("an object")?.values().filter_map(Value::as_str) {
            let html = format!("<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "</p><p>"));
            texts += 1;
            bytes += text.len();
            for (code, count) in rules_broken(examiner, &html)? {
                *all.entry(code).or_default() += count;
            }
        }
    }
    ensure!(!all.contains_key("id-card"), "identity cards are seen where there are none: {all:?}");
    Ok(format!("{texts} texts of the file given, {bytes} bytes: {all:?}."))
}
