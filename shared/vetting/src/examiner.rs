//! All checks over one content, as strict as the city wants them.

use domain::{
    column::ColumnKind,
    document::{Content, Form},
    vetting::{Level, Part, Rule, Strictness},
};
use jiff::civil::Date;

use crate::{
    finding::{Broken, Finding, Findings, Place, Says},
    markup,
    passage::{self, Linked, Reading},
    personal::{Personal, masked, numbers},
    record,
    spelling::spell,
    words::Search,
};

/// Characters that an excerpt shows on either side.
const AROUND: usize = 12;

/// The rules and the lists, ready to be used on any number of texts.
#[derive(Debug)]
pub struct Examiner {
    strictness: Strictness,
    lists: Vec<Search>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Everything but the body.
    pub content: &'a Content,
    /// The sanitised body.
    pub body_html: &'a str,
    /// The kind of the column it is to stand in.
    pub column: ColumnKind,
    /// Today, in the city.
    pub today: Date,
}

/// What was found, and where the text links to.
#[derive(Debug)]
pub struct Examined<'a> {
    notes: Notes<'a>,
    /// The links of the body.
    pub links: Vec<Linked>,
}

/// Findings as they are noted, each as strict as its rule.
#[derive(Debug)]
pub(crate) struct Notes<'a> {
    strictness: &'a Strictness,
    findings: Findings,
}

impl Examiner {
    /// Rules and lists; a list that is off is not read at all.
    #[must_use]
    pub fn new(strictness: Strictness, lists: Vec<Search>) -> Self {
        Self { strictness, lists: lists.into_iter().filter(|list| list.level != Level::Off).collect() }
    }

    /// Looks at everything that the text alone tells. What others tell of it is added to the answer.
    #[must_use]
    pub fn examine(&self, text: &Text<'_>) -> Examined<'_> {
        let Text { content, body_html, column, today } = *text;
        let mut notes = Notes { strictness: &self.strictness, findings: Findings::default() };
        for (part, pointer, passage, said) in fields(content) {
            self.prose(&Place { part, pointer, passage }, said, &mut notes);
        }
        let reading = passage::read(body_html);
        for passage in &reading.passages {
            self.prose(&Place::body(passage.number), &passage.text, &mut notes);
        }
        self.alternatives(&reading, &mut notes);
        markup::check(&reading, &mut notes);
        record::required(content, self.strictness.required_of(column), column.chinese(), &mut notes);
        record::dated(content, today, &mut notes);
        Examined { notes, links: reading.links }
    }

    /// Alternative texts are text: who does not see the picture hears them.
    fn alternatives(&self, reading: &Reading, notes: &mut Notes<'_>) {
        for picture in &reading.pictures {
            self.prose(&Place::body(picture.passage), &picture.alternative, notes);
        }
    }

    fn prose(&self, place: &Place, text: &str, notes: &mut Notes<'_>) {
        let personal = numbers(text);
        let shown = without(text, &personal);
        for number in &personal {
            let found = masked(text.get(number.start..number.end).unwrap_or_default());
            let name = number.rule.chinese();
            let says = Says {
                excerpt: excerpt(text, &shown, number.start, number.end),
                zh: format!("疑似{name}“{found}”：请删去或遮盖；确需公开的，注明理由后放行。"),
                en: format!(
                    "This looks like a personal number ({}): take it out or mask it; if it is meant for the public, say why and override.",
                    number.rule.name()
                ),
                instead: Some(found),
            };
            notes.rule(number.rule, place, says);
        }
        if self.lists.is_empty() {
            return;
        }
        let spelling = spell(text);
        for list in &self.lists {
            for hit in list.hits(text, &spelling) {
                let found = text.get(hit.start..hit.end).unwrap_or_default();
                let instead = hit.word.instead.as_ref().map(|word| word.as_str().to_owned());
                let (advice, advice_en) = match &instead {
                    Some(instead) => (format!("建议改为“{instead}”"), format!("write `{instead}`")),
                    None => ("请改写".to_owned(), "write something else".to_owned()),
                };
                let says = Says {
                    excerpt: excerpt(text, &shown, hit.start, hit.end),
                    zh: format!("“{found}”见词库“{}”：{advice}。", list.title),
                    en: format!("`{found}` stands in the word list `{}`: {advice_en}.", list.name),
                    instead,
                };
                let broken = Broken::List { name: list.name.clone(), title: list.title.clone() };
                notes.findings.add(broken, list.level, place, says);
            }
        }
    }
}

impl Notes<'_> {
    /// Notes a finding of `rule`, if the rule is on.
    pub(crate) fn rule(&mut self, rule: Rule, place: &Place, says: Says) {
        match self.strictness.level(rule) {
            Level::Off => {}
            level => self.findings.add(Broken::Rule(rule), level, place, says),
        }
    }
}

impl Examined<'_> {
    /// Whether anybody wants to know of `rule`: what is off need not be looked up.
    #[must_use]
    pub fn wants(&self, rule: Rule) -> bool {
        self.notes.strictness.level(rule) != Level::Off
    }

    /// Adds a link of the city's own that leads nowhere, and what is there instead.
    pub fn dead_link(&mut self, link: &Linked, answer: u16) {
        let there = match answer {
            410 => "该页面已撤下",
            _ => "该页面不存在",
        };
        let says = Says {
            excerpt: link.text.clone(),
            zh: format!("链接“{}”指向 {}：{there}（{answer}）。请改正或删去链接。", link.text, link.address),
            en: format!(
                "The link `{}` leads to {}, which answers {answer}: correct it or take it out.",
                link.text, link.address
            ),
            instead: None,
        };
        self.notes.rule(Rule::DeadLink, &Place::body(link.passage), says);
    }

    /// Adds what is found about the document's record: `rule` at the field's pointer.
    pub fn of_record(&mut self, rule: Rule, pointer: &str, zh: String, en: String) {
        let place = Place { part: Part::Record, pointer: pointer.to_owned(), passage: 1 };
        self.notes.rule(rule, &place, Says { excerpt: String::new(), zh, en, instead: None });
    }

    /// Everything that was found.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.notes.findings.into_vec()
    }
}

/// The texts of a content beside its body: part, pointer, passage from 1, text.
fn fields(content: &Content) -> Vec<(Part, String, usize, &str)> {
    let whole = |part, pointer: &str, text| (part, pointer.to_owned(), 1, text);
    let mut fields = vec![
        whole(Part::Title, "/content/title", content.title.as_str()),
        whole(Part::Summary, "/content/summary", content.summary.as_str()),
        whole(Part::Source, "/content/source", content.source.as_str()),
    ];
    if let Some(office) = &content.catalogue.office {
        fields.push(whole(Part::Office, "/content/catalogue/office", office.as_str()));
    }
    for (place, keyword) in content.keywords.iter().enumerate() {
        fields.push((Part::Keywords, format!("/content/keywords/{place}"), place + 1, keyword.as_str()));
    }
    let behind = content.keywords.len();
    for (place, term) in content.catalogue.terms.iter().enumerate() {
        fields.push((Part::Keywords, format!("/content/catalogue/terms/{place}"), behind + place + 1, term.as_str()));
    }
    if let Form::Leader { post, duties } = &content.form {
        fields.push((Part::Form, "/content/form/post".to_owned(), 1, post.as_str()));
        fields.push((Part::Form, "/content/form/duties".to_owned(), 2, duties.as_str()));
    }
    fields
}

/// The text with every personal number masked, character for character.
fn without(text: &str, personal: &[Personal]) -> Vec<char> {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for number in personal {
        shown.push_str(text.get(from..number.start).unwrap_or_default());
        shown.push_str(&masked(text.get(number.start..number.end).unwrap_or_default()));
        from = number.end;
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown.chars().collect()
}

/// What stands at `start..end` of `text`, with a little around it, as `shown` has it.
fn excerpt(text: &str, shown: &[char], start: usize, end: usize) -> String {
    let place = |bytes: usize| text.get(..bytes).map_or(0, |before| before.chars().count());
    let (first, last) = (place(start).saturating_sub(AROUND), place(end).saturating_add(AROUND).min(shown.len()));
    let inner: String = shown.get(first..last).unwrap_or_default().iter().collect();
    let cut = |more: bool| if more { "…" } else { "" };
    let line = format!("{}{inner}{}", cut(first > 0), cut(last < shown.len()));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
