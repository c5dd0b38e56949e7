//! All checks over one content, as strict as the city wants them.

use domain::{
    column::ColumnKind,
    document::{Content, Form},
    vetting::{Level, Part, Rule, Spot, Strictness},
};
use jiff::civil::Date;

use crate::{
    finding::{Broken, Finding, Place, Says},
    markup,
    passage::{self, Linked, Picture, Reading},
    personal::numbers,
    record,
    shown::{Ruler, Shown},
    spelling::spell,
    words::Search,
};

/// Findings that are kept: a text with more is mended before anybody reads on. What warns never takes the place of what blocks.
const WARNINGS: usize = 2_000;
const BLOCKING: usize = 5_000;

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
    /// What the command tells the public beside it, each with its pointer: a change note, the last part of a path.
    pub told: &'a [(&'static str, String)],
    /// Today, in the city.
    pub today: Date,
}

/// What was found, and where the text links to.
#[derive(Debug)]
pub struct Examined<'a> {
    notes: Notes<'a>,
    /// The links of the body.
    pub links: Vec<Linked>,
    /// The pictures of the body.
    pub pictures: Vec<Picture>,
}

/// Findings as they are noted, each as strict as its rule.
#[derive(Debug)]
pub(crate) struct Notes<'a> {
    strictness: &'a Strictness,
    findings: Vec<Finding>,
    /// How many warn and how many block, those that were not kept included.
    warnings: usize,
    blocking: usize,
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
        let Text { content, body_html, column, told, today } = *text;
        let mut notes = Notes { strictness: &self.strictness, findings: Vec::new(), warnings: 0, blocking: 0 };
        for (place, said) in fields(content) {
            self.prose(&place, said, &mut notes);
        }
        for (at, (pointer, said)) in told.iter().enumerate() {
            self.prose(&Place::field(Part::Command, *pointer, at + 1), said, &mut notes);
        }
        let reading = passage::read(body_html);
        for passage in &reading.passages {
            self.prose(&Place::body(passage.number), &passage.text, &mut notes);
        }
        self.alternatives(&reading, &mut notes);
        addresses(&reading, &mut notes);
        markup::check(&reading, &mut notes);
        record::required(content, self.strictness.required_of(column), column.chinese(), &mut notes);
        record::dated(content, today, &mut notes);
        Examined { notes, links: reading.links, pictures: reading.pictures }
    }

    /// Looks at one line that the public is told, at `pointer` of a command.
    #[must_use]
    pub fn examine_line(&self, pointer: &'static str, line: &str) -> Vec<Finding> {
        let mut notes = Notes { strictness: &self.strictness, findings: Vec::new(), warnings: 0, blocking: 0 };
        self.prose(&Place::field(Part::Command, pointer, 1), line, &mut notes);
        notes.findings
    }

    /// Alternative texts are text: who does not see the picture hears them.
    fn alternatives(&self, reading: &Reading, notes: &mut Notes<'_>) {
        for (place, picture) in reading.pictures.iter().enumerate() {
            self.prose(&Place::picture(place + 1, picture.passage), &picture.alternative, notes);
        }
    }

    fn prose(&self, place: &Place, text: &str, notes: &mut Notes<'_>) {
        let shown = notes.personal(place, text);
        if self.lists.is_empty() {
            return;
        }
        let spelling = spell(text);
        for list in &self.lists {
            let mut ruler = Ruler::of(text);
            for hit in list.hits(text, &spelling) {
                let span = ruler.span(hit.start, hit.end);
                let found = shown.part(span);
                let instead = hit.word.instead.as_ref().map(|word| word.as_str().to_owned());
                let (advice, advice_en) = match &instead {
                    Some(instead) => (format!("建议改为“{instead}”"), format!("write `{instead}`")),
                    None => ("请改写".to_owned(), "write something else".to_owned()),
                };
                let says = Says {
                    excerpt: shown.excerpt(span),
                    zh: format!("“{found}”见词库“{}”：{advice}。", list.title),
                    en: format!("`{found}` stands in the word list `{}`: {advice_en}.", list.name),
                    instead,
                };
                let broken = Broken::List { name: list.name.clone(), title: list.title.clone() };
                notes.note(broken, list.level, place, Spot::from(span), says);
            }
        }
    }
}

/// An address as its reader's browser understands it: `%31` is a 1.
fn decoded(address: &str) -> std::borrow::Cow<'_, str> {
    percent_encoding::percent_decode_str(address).decode_utf8_lossy()
}

/// Addresses are read by machines, and by whoever looks at where a link leads.
fn addresses(reading: &Reading, notes: &mut Notes<'_>) {
    for (at, link) in reading.links.iter().enumerate() {
        notes.personal(&Place::link(at + 1, link.passage), &decoded(&link.address));
    }
    for (at, picture) in reading.pictures.iter().enumerate() {
        notes.personal(&Place::file(at + 1, picture.passage), &decoded(&picture.address));
    }
}

impl Notes<'_> {
    /// Notes the personal numbers of a text, and gives it as it may be shown.
    fn personal(&mut self, place: &Place, text: &str) -> Shown {
        let personal = numbers(text);
        let shown = Shown::without(text, &personal);
        let mut ruler = Ruler::of(text);
        for number in &personal {
            let span = ruler.span(number.start, number.end);
            let found = shown.part(span);
            let name = number.rule.chinese();
            let (advice, advice_en) = match self.strictness.level(number.rule) {
                Level::Block if place.part == Part::Command => ("请删去或改写", "take it out or write it differently"),
                Level::Block => (
                    "请删去或遮盖；确需公开的，注明理由后放行",
                    "take it out or mask it; if it is meant for the public, say why and override",
                ),
                Level::Warn | Level::Off => ("请核对是否应当公开", "make sure that it is meant for the public"),
            };
            let says = Says {
                excerpt: shown.excerpt(span),
                zh: format!("疑似{name}“{found}”：{advice}。"),
                en: format!("`{found}` looks like a personal number ({}): {advice_en}.", number.rule.name()),
                instead: Some(found),
            };
            self.rule(number.rule, place, Spot::from(span), says);
        }
        shown
    }

    /// Notes a finding of `rule`, if the rule is on.
    pub(crate) fn rule(&mut self, rule: Rule, place: &Place, spot: Spot, says: Says) {
        self.note(Broken::Rule(rule), self.strictness.level(rule), place, spot, says);
    }

    fn note(&mut self, broken: Broken, level: Level, place: &Place, spot: Spot, says: Says) {
        let (count, most) = match level {
            Level::Off => return,
            Level::Warn => (&mut self.warnings, WARNINGS),
            Level::Block => (&mut self.blocking, BLOCKING),
        };
        *count += 1;
        if *count <= most {
            self.findings.push(Finding::new(broken, level, place, spot, says));
        }
    }
}

impl Examined<'_> {
    /// What a finding of `rule` means: what nobody asks for need not be looked up.
    #[must_use]
    pub fn level(&self, rule: Rule) -> Level {
        self.notes.strictness.level(rule)
    }

    /// How many findings there are beyond those that are kept.
    #[must_use]
    pub fn more(&self) -> usize {
        (self.notes.warnings + self.notes.blocking).saturating_sub(self.notes.findings.len())
    }

    /// Adds a link of the city's own that leads nowhere, and what is there instead.
    pub fn dead_link(&mut self, link: &Linked, answer: u16) {
        self.dead(&Place::body(link.passage), Spot::Thing(link.nth), &link.text, &link.address, answer);
    }

    /// Adds the `nth` picture (from 1), which is not there, and what is there instead.
    pub fn dead_picture(&mut self, picture: &Picture, nth: usize, answer: u16) {
        self.dead(&Place::file(nth, picture.passage), Spot::Whole, &picture.alternative, &picture.address, answer);
    }

    /// Adds the page that the document is a link to, which is one of the city's own and not there.
    pub fn dead_form(&mut self, address: &str, answer: u16) {
        self.dead(&Place::field(Part::Form, "/content/form/address", 1), Spot::Whole, address, address, answer);
    }

    fn dead(&mut self, place: &Place, spot: Spot, text: &str, address: &str, answer: u16) {
        let there = match answer {
            410 => "该页面已撤下",
            _ => "该页面不存在",
        };
        let (text, address) = (Shown::of(text).line(), Shown::of(address).line());
        let says = Says {
            excerpt: text.clone(),
            zh: format!("“{text}”指向 {address}：{there}（{answer}）。请改正或删去。"),
            en: format!("`{text}` leads to {address}, which answers {answer}: correct it or take it out."),
            instead: None,
        };
        self.notes.rule(Rule::DeadLink, place, spot, says);
    }

    /// Adds what is found about the document's relations: `rule`, about the `nth` of them (from 1), or none.
    pub fn of_relations(&mut self, rule: Rule, nth: Option<usize>, zh: String, en: String) {
        let pointer =
            nth.map_or_else(|| "/content/relations".to_owned(), |nth| format!("/content/relations/{}", nth - 1));
        let says = Says { excerpt: String::new(), zh, en, instead: None };
        let spot = nth.map_or(Spot::Whole, Spot::Thing);
        self.notes.rule(rule, &Place::field(Part::Relations, pointer, 1), spot, says);
    }

    /// Everything that was found: what blocks first, each in the order of the text.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.notes.findings;
        findings.sort_by_key(|finding| finding.order);
        findings
    }
}

/// The texts of a content beside its body, each in its place.
fn fields(content: &Content) -> Vec<(Place, &str)> {
    let whole = |part, pointer: &str, text| (Place::field(part, pointer, 1), text);
    let mut fields = vec![
        whole(Part::Title, "/content/title", content.title.as_str()),
        whole(Part::Summary, "/content/summary", content.summary.as_str()),
        whole(Part::Source, "/content/source", content.source.as_str()),
    ];
    if let Some(office) = &content.catalogue.office {
        fields.push(whole(Part::Office, "/content/catalogue/office", office.as_str()));
    }
    let keywords = content.keywords.iter().enumerate();
    fields.extend(keywords.map(|(at, keyword)| {
        (Place::field(Part::Keywords, format!("/content/keywords/{at}"), at + 1), keyword.as_str())
    }));
    let behind = content.keywords.len() + 1;
    let terms = content.catalogue.terms.iter().enumerate();
    fields.extend(terms.map(|(at, term)| {
        (Place::field(Part::Keywords, format!("/content/catalogue/terms/{at}"), behind + at), term.as_str())
    }));
    if let Some(subject) = &content.catalogue.subject {
        fields.push((Place::field(Part::Record, "/content/catalogue/subject", 2), subject.as_str()));
    }
    if let Some(number) = &content.document_number {
        fields.push(whole(Part::Record, "/content/document_number", number.as_str()));
    }
    let attachments = content.attachments.iter().enumerate();
    fields.extend(attachments.map(|(at, attachment)| {
        let pointer = format!("/content/attachments/{at}/title");
        (Place::field(Part::Attachments, pointer, at + 1), attachment.title.as_str())
    }));
    if let Form::Link { address } = &content.form {
        fields.push(whole(Part::Form, "/content/form/address", address.as_str()));
    }
    if let Form::Leader { post, duties } = &content.form {
        fields.push((Place::field(Part::Form, "/content/form/post", 1), post.as_str()));
        fields.push((Place::field(Part::Form, "/content/form/duties", 2), duties.as_str()));
    }
    fields
}
