//! How the archive came to be: every stream told by the rules of `domain`, command by command.

use std::collections::HashMap;

use anyhow::{Context as _, Result, anyhow};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    ActorId, Aggregate, ColumnId, CommitId, Context, DocumentId, Fact, StreamId,
    aggregate::Event,
    column::{self, Column, ColumnProfile, Levels, Opened, Review},
    department::{self, Department, Profile},
    document::{self, BodyHash, Content, Document, Publish},
    index_number::IndexScheme,
    shanghai,
    site::{self, Languages, Site, SiteProfile, Theme},
    text::{Line, Prose},
};
use jiff::{SignedDuration, Timestamp};
use ledger::{Commit, HeldGuard, bulk};

use super::{ColumnPlace, DepartmentPlace, Text};

/// Of so many public texts one has the draft of a correction that was thrown away, and one a draft that stands.
const DISCARDED: u32 = 41;
const UNFINISHED: u32 = 53;

/// An item as the SDK spells it.
pub(super) type Item = HashMap<String, AttributeValue>;

/// A stream on paper: its state so far, the ledger's items, the claims they make.
pub(super) struct History<A> {
    pub(super) items: Vec<Item>,
    pub(super) guards: Vec<HeldGuard>,
    stream: StreamId,
    state: A,
    previous: [u8; 32],
}

impl<A: Aggregate> History<A> {
    fn of(stream: StreamId) -> Self {
        Self { items: Vec::new(), guards: Vec::new(), stream, state: A::default(), previous: bulk::FIRST }
    }

    /// One command and its commit, as [`ledger::Ledger::execute`] would have written it.
    fn act<R: std::fmt::Debug>(
        &mut self,
        actor: &str,
        at: Timestamp,
        decide: impl FnOnce(&A, &Context) -> Result<Vec<A::Event>, R>,
    ) -> Result<()> {
        let actor: ActorId = actor.parse()?;
        let number = self.items.len() as u64 + 1;
        let id = CommitId::derive(&actor, "corpus", self.stream.as_str(), 0, &number.to_string());
        let context = Context { actor: actor.clone(), now: at };
        let events = decide(&self.state, &context).map_err(|refusal| anyhow!("{}: {refusal:?}", self.stream))?;
        let fact = Fact { commit: number, at, actor: actor.clone() };
        for event in &events {
            self.state.evolve(event.clone(), &fact);
            let claimed = event.guards().into_iter();
            let held = |guard| HeldGuard { guard, stream: self.stream.clone(), number, id: id.clone() };
            self.guards.extend(claimed.map(held));
        }
        let commit = Commit {
            stream: self.stream.clone(),
            number,
            id: id.clone(),
            at,
            actor,
            fingerprint: None,
            events: events.iter().map(bulk::record).collect::<Result<_, _>>()?,
            hash: [0; 32],
        };
        let (item, hash) = bulk::item(&commit, &self.previous)?;
        self.items.push(item);
        self.previous = hash;
        Ok(())
    }
}

/// Id of the archive's document `number`.
pub(super) fn document_id(number: u32) -> Result<DocumentId> {
    let editor: ActorId = "editor".parse()?;
    Ok(DocumentId::derive(&CommitId::derive(&editor, "corpus", "new", 0, &number.to_string())))
}

/// A text on its way through draft and review to its readers; corrected if it was, or with what somebody began to write since.
pub(super) fn document(text: &Text, body: BodyHash, serial: u32) -> Result<History<Document>> {
    let id = document_id(text.number)?;
    let column: ColumnId = text.column.id.parse()?;
    let before = |hours: i64| text.public_at.checked_sub(SignedDuration::from_hours(hours));
    let mut history = History::of(id.stream());
    let content = content(text, body)?;
    history.act("editor", before(50)?, |state: &Document, context| {
        document::draft(state, id.clone(), column, department_code(text)?, content.clone(), context)
            .map_err(anyhow::Error::from)
    })?;
    review(&mut history, before(30)?, before(4)?)?;
    let year = shanghai::local(text.public_at).year();
    let series = IndexScheme::National.series(text.department.organisation, year)?;
    let index_number = IndexScheme::National.number(&series, serial)?;
    let publish =
        Publish { slug: Some(text.slug.parse()?), archive: text.column.archive, index_number, related: Vec::new() };
    history.act("publisher", text.public_at, |state, context| {
        document::publish(state, publish, &Levels::default(), context)
    })?;
    if let Some((at, note)) = &text.correction {
        let earlier = |hours: i64| at.checked_sub(SignedDuration::from_hours(hours));
        let mended = Content { summary: Prose::new(&format!("{}（已更正）", text.summary))?, ..content };
        history.act("editor", earlier(3)?, |state, context| document::revise(state, mended, context))?;
        review(&mut history, earlier(2)?, earlier(1)?)?;
        let note = Line::new(note)?;
        history.act("publisher", *at, |state, context| {
            document::correct(state, note, Vec::new(), &Levels::default(), context)
        })?;
    } else if is_discarded(text.number) || text.number % UNFINISHED == 5 {
        let later = |hours: i64| text.public_at.checked_add(SignedDuration::from_hours(hours));
        let begun = Content { summary: Prose::new(&format!("{}（待更正）", text.summary))?, ..content };
        let revision = begun.revision();
        history.act("editor", later(2)?, |state, context| document::revise(state, begun, context))?;
        if is_discarded(text.number) {
            history.act("editor", later(4)?, |state, context| document::discard(state, revision, context))?;
        }
    }
    Ok(history)
}

fn is_discarded(number: u32) -> bool {
    number % DISCARDED == 9
}

fn review(history: &mut History<Document>, submitted: Timestamp, approved: Timestamp) -> Result<()> {
    history.act("editor", submitted, document::submit)?;
    let draft = history.state.draft.as_ref().context("a draft")?;
    let revision = draft.revision.clone();
    history.act("reviewer", approved, |state, context| document::approve(state, revision, &Levels::default(), context))
}

fn department_code(text: &Text) -> Result<domain::DepartmentCode> {
    Ok(text.department.code.parse()?)
}

fn content(text: &Text, body: BodyHash) -> Result<Content> {
    let document_number = text.document_number.clone().map(TryInto::try_into).transpose()?;
    Ok(Content {
        summary: Prose::new(&text.summary)?,
        written_on: document_number.as_ref().map(|_| shanghai::local(text.public_at).date()),
        document_number,
        keywords: text.keywords.iter().map(|word| Line::new(word)).collect::<Result<_, _>>()?,
        ..Content::new(Line::new(&text.title)?, body)
    })
}

/// A department from its first day.
pub(super) fn department(place: &DepartmentPlace, at: Timestamp) -> Result<History<Department>> {
    let code: domain::DepartmentCode = place.code.parse()?;
    let profile = Profile {
        name: Line::new(place.name)?,
        organisation_code: Line::new(place.organisation)?,
        duties: Prose::new(&format!("负责全市{}职责范围内的统筹规划、综合管理和监督检查。", place.name))?,
        address: Prose::new("澄湖市湖滨路一号")?,
        telephone: Prose::new("0599-8800123")?,
        office_hours: Prose::new("工作日上午九时至十二时，下午二时至五时")?,
        leaders: vec![Line::new("局长 周文澜")?],
        disclosure: None,
    };
    let mut history = History::of(code.stream());
    history.act("registrar", at, |state, context| department::register(state, code, profile, context))?;
    Ok(history)
}

/// A site from its first day.
pub(super) fn site(label: &str, name: &str, department: &DepartmentPlace, at: Timestamp) -> Result<History<Site>> {
    let label: domain::SiteLabel = label.parse()?;
    let profile = SiteProfile {
        name: Line::new(name)?,
        identification_code: "3299010001".to_owned().try_into()?,
        domain: None,
        languages: Languages::default(),
        theme: Theme::default(),
        sponsor: Line::new(&format!("澄湖市{}", department.name))?,
        contact: Line::new("0599-8800123")?,
        icp: Line::new("澄ICP备00000001号")?,
        police: Prose::new("澄公网安备32990102000001号")?,
    };
    let code = department.code.parse()?;
    let mut history = History::of(label.stream());
    history.act("registrar", at, |state, context| site::open(state, label, code, profile, context))?;
    Ok(history)
}

/// A column from its first day.
pub(super) fn column(place: &ColumnPlace, at: Timestamp) -> Result<History<Column>> {
    let column: ColumnId = place.id.parse()?;
    let opened = Opened {
        column: column.clone(),
        department: place.department.map_or("zf", |department| department.code).parse()?,
        kind: place.kind,
        archive: place.archive,
        profile: ColumnProfile {
            name: Line::new(place.name)?,
            description: Prose::new(&format!("{}栏目公开的信息。", place.name))?,
            position: place.position,
            prominence: place.prominence,
            update_duty: None,
            discloses: std::collections::BTreeSet::new(),
            review: Review::default(),
        },
    };
    let mut history = History::of(column.stream());
    history.act("registrar", at, |state, context| column::open(state, opened, context))?;
    Ok(history)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    #[test]
    fn some_texts_have_an_unfinished_draft_and_some_one_that_was_thrown_away() {
        let corpus = Corpus::new(300, "2026-11-21T00:00:00Z".parse().unwrap());
        let told = |text: Text| {
            let history = document(&text, BodyHash::of(text.body.as_bytes()), text.number + 1).unwrap();
            assert!(history.state.live.is_some(), "{}", text.title);
            (history.state.draft.is_some(), history.state.discarded.is_some())
        };
        let told: Vec<(bool, bool)> = corpus.texts().map(told).collect();
        assert!(told.contains(&(true, false)) && told.contains(&(false, true)) && !told.contains(&(true, true)));
        assert!(told.iter().filter(|told| **told == (false, false)).count() > 280, "few");
    }
}
