//! Numbers that belong to a person: identity cards, mobile telephones, bank cards, number plates.
//!
//! Digits are read in either width and in Chinese (一三八…), whole or in groups. What has a check digit is told only if it is right: a long number of another kind
//! is no alarm. Identity cards: GB 11643-1999 (region, birthday, ISO 7064 MOD 11-2); bank cards: ISO/IEC 7812 (issuer, Luhn); plates: GA 36-2018.

use domain::vetting::Rule;
use jiff::civil::Date;

use crate::spelling::{half_width, is_ignorable};

/// A number of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Personal {
    pub(crate) rule: Rule,
    /// Bytes of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Digits that follow each other, and what stands around them.
#[derive(Debug, Clone)]
struct Group {
    digits: String,
    start: usize,
    end: usize,
    after_letter: bool,
    before_letter: bool,
    /// Whether a unit stands behind it.
    counts: bool,
    /// An X behind the digits, and where it ends.
    check_letter: Option<usize>,
    /// Whether nothing but a few separators stands between it and the group before.
    joined: bool,
}

/// Most separators between two groups: `138 - 0013`.
const SEPARATORS: usize = 4;

/// Most groups of one number: its digits one by one.
const GROUPS: usize = 19;

/// What is counted: a long number before one of these is an amount.
const UNITS: &str = "元万亿%‰吨亩";

/// A number of a person, as it is told: what it is, and nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonalNumber {
    /// What it is: `手机号`.
    pub name: &'static str,
    /// The code of the rule that finds it: `mobile`.
    pub rule: &'static str,
}

/// The numbers of persons in a text that is not published through review: an answer, a notice; in their order.
#[must_use]
pub fn personal_numbers(text: &str) -> Vec<PersonalNumber> {
    let told = |number: &Personal| PersonalNumber { name: number.rule.chinese(), rule: number.rule.name() };
    numbers(text).iter().map(told).collect()
}

/// The numbers of `text`, in their order; none overlaps another.
pub(crate) fn numbers(text: &str) -> Vec<Personal> {
    let mut found = Vec::new();
    for read in [digit as fn(char) -> Option<char>, chinese_digit, any_digit] {
        let groups = groups(text, read);
        let mut next = 0;
        while let Some(rest) = groups.get(next..).filter(|rest| !rest.is_empty()) {
            match first(rest) {
                Some((rule, count, end)) => {
                    let start = rest.first().map_or(0, |group| group.start);
                    found.push(Personal { rule, start, end });
                    next += count;
                }
                None => next += 1,
            }
        }
    }
    plates(text, &mut found);
    found.sort_by_key(|number| (number.start, number.end));
    let mut until = 0;
    found.retain(|number| {
        let apart = number.start >= until;
        if apart {
            until = number.end;
        }
        apart
    });
    found
}

/// The longest number that begins with the first of `groups`: its rule, of how many groups it is made, and where it ends.
fn first(groups: &[Group]) -> Option<(Rule, usize, usize)> {
    let mut longest = None;
    let mut whole = String::new();
    let mut shape: Vec<usize> = Vec::new();
    let leading = groups.first()?;
    for (place, group) in groups.iter().take(GROUPS).enumerate() {
        if place > 0 && !group.joined {
            break;
        }
        whole.push_str(&group.digits);
        shape.push(group.digits.len());
        if whole.len() > 19 {
            break;
        }
        if let Some(rule) = rule_of(&whole, &shape, leading, group) {
            let end = group.check_letter.filter(|_| rule == Rule::IdCard && whole.len() == 17).unwrap_or(group.end);
            longest = Some((rule, place + 1, end));
        }
    }
    longest
}

fn rule_of(whole: &str, shape: &[usize], leading: &Group, last: &Group) -> Option<Rule> {
    let card = match whole.len() {
        17 if last.check_letter.is_some() => is_id_card(whole, 'X'),
        18 => whole
            .split_at_checked(17)
            .is_some_and(|(body, check)| is_id_card(body, check.chars().next().unwrap_or(' '))),
        _ => false,
    };
    if card {
        return Some(Rule::IdCard);
    }
    if last.counts {
        return None;
    }
    if is_mobile(whole, shape) && !(leading.after_letter && last.before_letter) {
        return Some(Rule::Mobile);
    }
    (!leading.after_letter && !last.before_letter && is_bank_card(whole, shape)).then_some(Rule::BankCard)
}

/// Seventeen digits and the check digit or X.
fn is_id_card(body: &str, check: char) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &str = "10X98765432";
    const REGIONS: [&str; 35] = [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ];
    let region = body.get(..2).is_some_and(|region| REGIONS.contains(&region));
    let number = |from: usize, to: usize| body.get(from..to).and_then(|digits| digits.parse::<i16>().ok());
    let born = number(6, 10).zip(number(10, 12)).zip(number(12, 14)).is_some_and(|((year, month), day)| {
        let (month, day) = (i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0));
        (1900..=2099).contains(&year) && Date::new(year, month, day).is_ok()
    });
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight).sum();
    let right = usize::try_from(sum % 11).ok().and_then(|rest| CHECKS.chars().nth(rest));
    region && born && right == Some(check.to_ascii_uppercase())
}

/// Eleven digits from 13 to 19, perhaps behind the country's code or the 0 of a long-distance call, whole or in the groups in which people say them.
fn is_mobile(whole: &str, shape: &[usize]) -> bool {
    let mut fronts =
        ["", "86", "0086", "0"].into_iter().filter_map(|front| Some((front.len(), whole.strip_prefix(front)?)));
    fronts.any(|(front, own)| {
        let begins = own.len() == 11
            && own.starts_with('1')
            && own.get(1..2).is_some_and(|second| ("3"..="9").contains(&second));
        // 152-20240101 is the number of something.
        let dated = shape == [3, 8] && own.get(3..).is_some_and(is_date);
        begins && is_said(front, shape) && !dated
    })
}

/// Whether eight digits are a day of our time.
fn is_date(digits: &str) -> bool {
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let (year, month, day) = (number(0, 4), number(4, 6), number(6, 8));
    year.is_some_and(|year| (1900..=2099).contains(&year))
        && month.is_some_and(|month| (1..=12).contains(&month))
        && day.is_some_and(|day| (1..=31).contains(&day))
}

/// Whether people say the eleven digits behind a front of `front` digits in these groups.
fn is_said(front: usize, shape: &[usize]) -> bool {
    const SAID: [&[usize]; 6] = [&[11], &[3, 4, 4], &[3, 8], &[3, 3, 5], &[5, 6], &[3, 2, 2, 2, 2]];
    let Some((first, rest)) = shape.split_first() else { return false };
    // The front stands apart, or runs into the first group.
    let apart = *first == front && front > 0 && SAID.contains(&rest);
    let run_in = first.checked_sub(front).is_some_and(|own| {
        let own: Vec<usize> = std::iter::once(own).chain(rest.iter().copied()).collect();
        SAID.contains(&own.as_slice()) || own.iter().all(|length| *length == 1)
    });
    apart || run_in
}

/// Sixteen to nineteen digits of a card's issuer, whole, in fours, or as they are printed (6 and the rest), with Luhn's check digit.
fn is_bank_card(whole: &str, shape: &[usize]) -> bool {
    let fours =
        || shape.split_last().is_some_and(|(last, fours)| *last <= 4 && fours.iter().all(|length| *length == 4));
    let of = |from: &str, to: &str| whole.get(..from.len()).is_some_and(|begins| (from..=to).contains(&begins));
    let issued = match whole.len() {
        16 => {
            of("62", "62")
                || of("4", "4")
                || of("51", "55")
                || of("2221", "2720")
                || of("3528", "3589")
                || of("60", "60")
        }
        // Cards of before UnionPay's own numbers are still in use: 9558…, 4367…, 6013….
        17..=19 => of("62", "62") || of("9558", "9558") || of("436", "456") || of("601", "603") || of("5", "5"),
        _ => false,
    };
    issued && (shape.len() == 1 || fours() || matches!(shape, [6, _])) && luhn(whole)
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Digits of any dress but Chinese: of either width, circled, raised, of other scripts.
fn digit(c: char) -> Option<char> {
    let c = half_width(c);
    if c.is_ascii_digit() {
        return Some(c);
    }
    let value = match u32::from(c) {
        code @ 0x2460..=0x2468 => code - 0x2460 + 1,
        code @ 0x2070..=0x2079 => code - 0x2070,
        code @ 0x2080..=0x2089 => code - 0x2080,
        code @ 0x0660..=0x0669 => code - 0x0660,
        code @ 0x06F0..=0x06F9 => code - 0x06F0,
        code @ 0x1_D7CE..=0x1_D7FF => (code - 0x1_D7CE) % 10,
        0x24EA => 0,
        0xB9 => 1,
        0xB2 => 2,
        0xB3 => 3,
        _ => return None,
    };
    char::from_digit(value, 10)
}

fn any_digit(c: char) -> Option<char> {
    digit(c).or_else(|| chinese_digit(c))
}

fn chinese_digit(c: char) -> Option<char> {
    const DIGITS: [(char, char); 22] = [
        ('〇', '0'),
        ('○', '0'),
        ('零', '0'),
        ('一', '1'),
        ('幺', '1'),
        ('二', '2'),
        ('三', '3'),
        ('四', '4'),
        ('五', '5'),
        ('六', '6'),
        ('七', '7'),
        ('八', '8'),
        ('九', '9'),
        ('壹', '1'),
        ('贰', '2'),
        ('叁', '3'),
        ('肆', '4'),
        ('伍', '5'),
        ('陆', '6'),
        ('柒', '7'),
        ('捌', '8'),
        ('玖', '9'),
    ];
    DIGITS.iter().find(|(chinese, _)| *chinese == c).map(|(_, digit)| *digit)
}

fn is_separator(c: char) -> bool {
    matches!(
        half_width(c),
        '-' | '_'
            | '/'
            | '.'
            | ','
            | ':'
            | '|'
            | '+'
            | '*'
            | '#'
            | '~'
            | '('
            | ')'
            | '['
            | ']'
            | '【'
            | '】'
            | '、'
            | '·'
            | '•'
            | '・'
            | '〜'
            | '\u{2010}'..='\u{2015}' | '\u{2212}'
    ) || c.is_whitespace()
}

fn groups(text: &str, read: fn(char) -> Option<char>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // How many separators, and nothing else, stand between the last group and this place.
    let mut between: Option<usize> = None;
    let mut before: Option<char> = None;
    let mut open = false;
    let mut characters = text.char_indices().filter(|(_, c)| !is_ignorable(*c)).peekable();
    while let Some((place, c)) = characters.next() {
        let (here, end) = (half_width(c), place + c.len_utf8());
        if let Some(digit) = read(c) {
            match groups.last_mut().filter(|_| open) {
                Some(group) => {
                    group.digits.push(digit);
                    group.end = end;
                }
                None => groups.push(Group {
                    digits: digit.to_string(),
                    start: place,
                    end,
                    after_letter: before.is_some_and(|c| c.is_ascii_alphabetic()),
                    before_letter: false,
                    counts: false,
                    check_letter: None,
                    joined: between.is_some_and(|separators| separators <= SEPARATORS),
                }),
            }
            open = true;
        } else {
            let next = characters.peek().map(|(_, c)| half_width(*c));
            if let Some(group) = groups.last_mut() {
                // A check letter stands behind the digits or a separator, and begins no word.
                let near = open || between.is_some_and(|separators| separators <= SEPARATORS);
                if near && matches!(here, 'x' | 'X' | '×') && !next.is_some_and(|c| c.is_ascii_alphanumeric()) {
                    group.check_letter = Some(end);
                }
                if open {
                    group.before_letter = here.is_ascii_alphabetic();
                    // 13800138000.00 is an amount, and so is what a unit follows.
                    group.counts = UNITS.contains(here) || (here == '.' && next.is_some_and(|c| c.is_ascii_digit()));
                }
            }
            // 158 0000 0000 元
            if !open
                && UNITS.contains(here)
                && between.is_some_and(|separators| separators <= SEPARATORS)
                && let Some(group) = groups.last_mut()
            {
                group.counts = true;
            }
            between = match (between, open) {
                (_, true) if is_separator(c) => Some(1),
                (Some(separators), false) if is_separator(c) => Some(separators + 1),
                _ => None,
            };
            open = false;
        }
        before = Some(here);
    }
    groups
}

/// A province, a letter, and five or six letters and digits: 苏B·12345, 苏BD12345, 苏B1234警.
fn plates(text: &str, found: &mut Vec<Personal>) {
    const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    let characters: Vec<(usize, char)> =
        text.char_indices().map(|(place, c)| (place, half_width(c).to_ascii_uppercase())).collect();
    for (at, (start, province)) in characters.iter().enumerate() {
        if !PROVINCES.contains(*province) {
            continue;
        }
        let parted = |c: char| matches!(c, '·' | '•' | '.' | ' ' | '-');
        let Some(rest) = characters.get(at + 1..) else { continue };
        let rest = rest.split_first().filter(|((_, c), _)| parted(*c)).map_or(rest, |(_, behind)| behind);
        let Some(((_, office), rest)) = rest.split_first() else { continue };
        if !office.is_ascii_uppercase() || *office == 'I' {
            continue;
        }
        let rest = rest.split_first().filter(|((_, c), _)| parted(*c)).map_or(rest, |(_, behind)| behind);
        let serial: Vec<(usize, char)> =
            rest.iter().take_while(|(_, c)| c.is_ascii_digit() || c.is_ascii_uppercase()).take(7).copied().collect();
        let marked = rest.get(serial.len()).is_some_and(|(_, c)| "警学挂港澳使领".contains(*c));
        let letters = serial.iter().filter(|(_, c)| c.is_ascii_uppercase()).count();
        let counts = rest.get(serial.len()).is_some_and(|(_, c)| UNITS.contains(*c));
        let ambiguous = serial.iter().any(|(_, c)| matches!(c, 'I' | 'O'));
        let plate = match serial.len() {
            4 => marked && letters <= 1,
            5 => letters <= 2,
            // New energy: a letter before or behind five digits, or two before four.
            6 => {
                let ends = serial.first().zip(serial.last());
                (1..=2).contains(&letters)
                    && ends
                        .is_some_and(|((_, first), (_, last))| first.is_ascii_uppercase() || last.is_ascii_uppercase())
            }
            _ => false,
        };
        let last = rest.get(serial.len().saturating_sub(if marked && serial.len() == 4 { 0 } else { 1 }));
        if let (true, false, Some((end, _))) = (plate, ambiguous || counts, last) {
            let width = text.get(*end..).and_then(|behind| behind.chars().next()).map_or(1, char::len_utf8);
            found.push(Personal { rule: Rule::Plate, start: *start, end: end + width });
        }
    }
}

/// The number as a finding may show it: its beginning and its end, nobody's secret between them.
pub(crate) fn masked(number: &str) -> String {
    let characters: Vec<char> = number.chars().collect();
    let (shown, kept) = if characters.len() > 10 { (3, 2) } else { (2, 1) };
    let hidden = characters.len().saturating_sub(shown + kept);
    let begins: String = characters.iter().take(shown).collect();
    let ends: String = characters.iter().skip(shown + hidden).collect();
    format!("{begins}{}{ends}", "*".repeat(hidden))
}

#[cfg(test)]
mod tests;
