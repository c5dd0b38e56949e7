//! A small town whose editors never sleep: commands straight to the ledger, pages by the real workers.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Instant,
};

use domain::{
    ActorId, ColumnId, CommitId, DocumentId, StreamId,
    aggregate::Context,
    appearance,
    column::{self, Archive, Column, ColumnKind, ColumnProfile, Levels, Opened, Prominence, Review},
    department::{self, Department},
    document::{
        self, Attachment, Catalogue, Content, Document, DocumentEvent, DocumentRefusal, Genre, Publish, Related,
        Relation, RelationKind,
    },
    file::{FileKind, StoredFile},
    index_number::IndexScheme,
    mandatory::Category,
    shanghai,
    sharing::{self, Sharing},
    site::{self, Languages, Site, SiteProfile, Theme},
    text::{Line, Prose},
};
use journeys::app::TestApp;
use ledger::{Command, ExecuteError, Receipt};
use local::cloud::faults::Faults;
use project::Projector;
use views::{Difference, NoPurge};

/// Departments, sites and columns of every town.
const DEPARTMENTS: [(&str, &str, &str); 2] = [("zf", "人民政府办公室", "014006400"), ("jyj", "教育局", "014006438")];
const SITES: [&str; 2] = ["www", "jyj"];
pub(crate) const COLUMNS: [(&str, Archive); 4] = [
    ("www.zwgk.tzgg", Archive::Month),
    ("www.zwgk", Archive::TenDays),
    ("jyj.xw", Archive::Day),
    ("jyj.tzgg", Archive::Month),
];

pub(crate) struct Town {
    pub(crate) app: TestApp,
    commands: std::sync::atomic::AtomicU64,
    serials: std::sync::atomic::AtomicU32,
}

pub(crate) type Outcome = Result<Receipt, String>;

impl Town {
    pub(crate) async fn found() -> Self {
        Self::found_with(Faults::none()).await
    }

    pub(crate) async fn found_with(faults: Faults) -> Self {
        faults.pause();
        let app = TestApp::start_with(faults.clone()).await.unwrap();
        let town = Self { app, commands: 0.into(), serials: 0.into() };
        town.projector(1).found(1, "").await.unwrap();
        for (code, name, _) in DEPARTMENTS {
            town.register_department(code, name).await.unwrap();
        }
        for label in SITES {
            town.open_site(label).await.unwrap();
        }
        for (column, archive) in COLUMNS {
            town.open_column(column, archive).await.unwrap();
        }
        faults.resume();
        town
    }

    /// The town of the API's own tests, with a portal, whose commands come by the API.
    pub(crate) async fn of_the_api() -> Self {
        let app = TestApp::town().await.unwrap();
        let town = Self { app, commands: 0.into(), serials: 0.into() };
        town.projector(1).found(1, "").await.unwrap();
        town.open_site("www").await.unwrap();
        town
    }

    pub(crate) fn projector(&self, generation: u64) -> Projector {
        let config = gateway::Config { generation, ..self.app.config.clone() };
        Projector::new(&config, &self.app.clients, self.app.clock.clone(), Some(Arc::new(NoPurge)))
    }

    /// Gives one command; the same streams always get fresh keys.
    pub(crate) async fn execute<A: domain::Aggregate, R: std::fmt::Debug>(
        &self,
        stream: &StreamId,
        actor: &str,
        mut decide: impl FnMut(&A, &Context) -> Result<Vec<A::Event>, R>,
    ) -> Outcome {
        let number = self.commands.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let actor: ActorId = actor.parse().unwrap();
        let mut command = Command {
            stream: stream.clone(),
            id: CommitId::derive(&actor, "test", stream.as_str(), 0, &number.to_string()),
            actor,
            fingerprint: None,
            expected: None,
            holds: Vec::new(),
            started: Instant::now(),
        };
        self.app.clock.pass(std::time::Duration::from_secs(1));
        // A caller who got no answer sends the same request again.
        for _ in 0..8 {
            match self.app.ledger.execute(&command, &mut decide).await {
                Err(ExecuteError::Load(_) | ExecuteError::Conflict | ExecuteError::OutOfTime) => {
                    command.started = Instant::now()
                }
                done => return done.map_err(|error: ExecuteError<R>| format!("{error}: {error:?}")),
            }
        }
        Err("no answer".to_owned())
    }

    pub(crate) async fn on_document(
        &self,
        document: &DocumentId,
        actor: &str,
        decide: impl FnMut(&Document, &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal>,
    ) -> Outcome {
        self.execute::<Document, _>(&document.stream(), actor, decide).await
    }

    pub(crate) async fn content(&self, title: &str) -> Content {
        let html = format!("<p>{title}，特此通知。</p>");
        let mut body = self.app.ledger.put_body(html.as_bytes(), "text/html; charset=utf-8").await;
        while body.is_err() {
            body = self.app.ledger.put_body(html.as_bytes(), "text/html; charset=utf-8").await;
        }
        let body = body.unwrap();
        Content { summary: Prose::new("内容概述").unwrap(), ..Content::new(Line::new(title).unwrap(), body) }
    }

    /// A document id that `name` stands for in this town.
    pub(crate) fn document(name: &str) -> DocumentId {
        let actor: ActorId = "editor".parse().unwrap();
        DocumentId::derive(&CommitId::derive(&actor, "draft", "new", 0, name))
    }

    pub(crate) async fn draft(&self, name: &str, column: &str, title: &str) -> Outcome {
        self.draft_for("jyj", name, column, title).await
    }

    /// As [`draft`](Self::draft), of another department.
    pub(crate) async fn draft_for(&self, department: &str, name: &str, column: &str, title: &str) -> Outcome {
        let (id, content) = (Self::document(name), self.content(title).await);
        self.on_document(&id, "editor", |state, context| {
            document::draft(
                state,
                id.clone(),
                column.parse().unwrap(),
                department.parse().unwrap(),
                content.clone(),
                context,
            )
        })
        .await
    }

    pub(crate) async fn revise(&self, name: &str, title: &str) -> Outcome {
        let content = self.content(title).await;
        self.on_document(&Self::document(name), "editor", |state, context| {
            document::revise(state, content.clone(), context)
        })
        .await
    }

    /// As [`revise`](Self::revise), with another body.
    pub(crate) async fn rewrite(&self, name: &str, title: &str, html: &str) -> Outcome {
        let body = self.app.ledger.put_body(html.as_bytes(), "text/html; charset=utf-8").await.unwrap();
        let content = Content { body, ..self.content(title).await };
        self.on_document(&Self::document(name), "editor", |state, context| {
            document::revise(state, content.clone(), context)
        })
        .await
    }

    /// A PDF of these bytes, stored, whose title they are.
    pub(crate) async fn paper(&self, bytes: &str) -> Attachment {
        let hash = loop {
            // Under faults a put is tried until it succeeds.
            if let Ok(hash) = self.app.ledger.put_body(bytes.as_bytes(), "application/pdf").await {
                break hash;
            }
        };
        let file = StoredFile { hash, kind: FileKind::Pdf, bytes: bytes.len() as u64, picture: None };
        Self::attachment(bytes, file)
    }

    pub(crate) fn attachment(title: &str, file: StoredFile) -> Attachment {
        Attachment { title: Line::new(title).unwrap(), file }
    }

    /// Drafts or revises `name` with these PDFs beside it.
    pub(crate) async fn attach(&self, name: &str, column: &str, papers: &[&str]) -> Outcome {
        let mut content = self.content(&format!("{name} 附 {} 件", papers.len())).await;
        for paper in papers {
            content.attachments.push(self.paper(paper).await);
        }
        let id = Self::document(name);
        self.on_document(&id, "editor", |state, context| match state.id {
            Some(_) => document::revise(state, content.clone(), context),
            None => document::draft(
                state,
                id.clone(),
                column.parse().unwrap(),
                "jyj".parse().unwrap(),
                content.clone(),
                context,
            ),
        })
        .await
    }

    /// As [`revise`](Self::revise), saying also what the document is to others.
    pub(crate) async fn relate(&self, name: &str, relations: &[(RelationKind, &str)]) -> Outcome {
        let mut content = self.content(&format!("{name} 与其他文件")).await;
        let relation = |(kind, other): &(RelationKind, &str)| Relation { kind: *kind, document: Self::document(other) };
        content.relations = relations.iter().map(relation).collect();
        self.on_document(&Self::document(name), "editor", |state, context| {
            document::revise(state, content.clone(), context)
        })
        .await
    }

    /// As [`revise`](Self::revise), filing the document in the catalogue.
    pub(crate) async fn file(&self, name: &str, title: &str, subject: Option<&str>, genre: Option<Genre>) -> Outcome {
        let mut content = self.content(title).await;
        let subject = subject.map(|subject| subject.to_owned().try_into().unwrap());
        content.catalogue = Catalogue { subject, genre, ..Catalogue::default() };
        self.on_document(&Self::document(name), "editor", |state, context| {
            document::revise(state, content.clone(), context)
        })
        .await
    }

    /// The documents that the draft of `name` names, as the API looks them up.
    async fn related(&self, name: &str) -> Vec<Related> {
        let Some(draft) = self.standing(&Self::document(name)).await.draft else { return Vec::new() };
        let mut related = Vec::new();
        for Relation { kind, document } in draft.content.relations {
            // What is not public is left out, and the decision refuses what is left.
            let Some(live) = self.standing(&document).await.live else { continue };
            let (site, title) = (live.column.site(), live.content.title);
            let day = Some(shanghai::local(live.public_at).date());
            related.push(Related { kind, document, site, path: live.path, title, day });
        }
        related
    }

    pub(crate) async fn standing(&self, document: &DocumentId) -> Document {
        loop {
            // Under faults a read is tried until it succeeds.
            if let Ok((standing, _, _)) = self.app.ledger.read::<Document>(&document.stream()).await {
                return standing;
            }
        }
    }

    pub(crate) async fn review(&self, name: &str) -> Outcome {
        let id = Self::document(name);
        self.on_document(&id, "editor", document::submit).await?;
        self.on_document(&id, "reviewer", |state, context| {
            let revision = state.draft.as_ref().map(|draft| draft.revision.clone()).ok_or(DocumentRefusal::NoDraft)?;
            document::approve(state, revision, &Levels::default(), context)
        })
        .await
    }

    pub(crate) async fn publish(&self, name: &str, archive: Archive) -> Outcome {
        let serial = self.serials.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
        let index_number = IndexScheme::National.number("014006438/2026", serial).unwrap();
        let related = self.related(name).await;
        self.on_document(&Self::document(name), "publisher", |state, context| {
            let slug = Some(name.parse().unwrap());
            let publish = Publish { slug, archive, index_number: index_number.clone(), related: related.clone() };
            document::publish(state, publish, &Levels::default(), context)
        })
        .await
    }

    pub(crate) async fn published(&self, name: &str, column: &str, archive: Archive) {
        self.draft(name, column, name).await.unwrap();
        self.review(name).await.unwrap();
        self.publish(name, archive).await.unwrap();
    }

    pub(crate) async fn correct(&self, name: &str) -> Outcome {
        let related = self.related(name).await;
        self.on_document(&Self::document(name), "publisher", |state, context| {
            document::correct(state, Line::new("更正日期").unwrap(), related.clone(), &Levels::default(), context)
        })
        .await
    }

    pub(crate) async fn relocate(&self, name: &str, column: &str, archive: Archive) -> Outcome {
        self.on_document(&Self::document(name), "publisher", |state, context| {
            document::relocate(state, column.parse().unwrap(), archive, None, context)
        })
        .await
    }

    pub(crate) async fn withdraw(&self, name: &str) -> Outcome {
        self.on_document(&Self::document(name), "publisher", |state, context| {
            document::withdraw(state, Prose::new("内容有误").unwrap(), context)
        })
        .await
    }

    /// Throws the draft away.
    pub(crate) async fn discard(&self, name: &str) -> Outcome {
        self.on_document(&Self::document(name), "editor", |state, context| {
            let revision = state.draft.as_ref().map(|draft| draft.revision.clone()).ok_or(DocumentRefusal::NoDraft)?;
            document::discard(state, revision, context)
        })
        .await
    }

    pub(crate) async fn open_site(&self, label: &str) -> Outcome {
        let label: domain::SiteLabel = label.parse().unwrap();
        self.execute::<Site, _>(&label.stream(), "registrar", |state, context| {
            site::open(state, label.clone(), "zf".parse().unwrap(), site_profile("澄湖市"), context)
        })
        .await
    }

    /// Whether the site is open, as the API asks before it opens a column there.
    pub(crate) async fn is_open(&self, label: &str) -> bool {
        let label: domain::SiteLabel = label.parse().unwrap();
        self.app.ledger.read::<Site>(&label.stream()).await.unwrap().0.opened.is_some()
    }

    pub(crate) async fn open_column(&self, column: &str, archive: Archive) -> Outcome {
        let column: ColumnId = column.parse().unwrap();
        self.execute::<Column, _>(&column.stream(), "registrar", |state, context| {
            let opened = Opened {
                column: column.clone(),
                department: "zf".parse().unwrap(),
                kind: ColumnKind::Notices,
                archive,
                profile: column_profile("栏目", 1),
            };
            column::open(state, opened, context)
        })
        .await
    }

    pub(crate) async fn rename_column(&self, column: &str, name: &str, position: u16) -> Outcome {
        let column: ColumnId = column.parse().unwrap();
        self.execute::<Column, _>(&column.stream(), "registrar", |state, context| {
            column::change(state, column_profile(name, position), context)
        })
        .await
    }

    /// Says which categories of the regulation a column discloses.
    pub(crate) async fn disclose(&self, column: &str, categories: &[Category]) -> Outcome {
        let column: ColumnId = column.parse().unwrap();
        let discloses = categories.iter().copied().collect();
        let profile = ColumnProfile { discloses, ..column_profile("栏目", 1) };
        self.execute::<Column, _>(&column.stream(), "registrar", |state, context| {
            column::change(state, profile.clone(), context)
        })
        .await
    }

    /// Declares that a category does not concern a department, or, without a reason, withdraws that.
    pub(crate) async fn declare(&self, code: &str, category: Category, reason: Option<&str>) -> Outcome {
        let code: domain::DepartmentCode = code.parse().unwrap();
        self.execute::<Department, _>(&code.stream(), "registrar", |state, context| match reason {
            Some(reason) => department::declare(state, category, Line::new(reason).unwrap(), context),
            None => department::withdraw_declaration(state, category, context),
        })
        .await
    }

    pub(crate) async fn change_site(&self, label: &str, name: &str) -> Outcome {
        let label: domain::SiteLabel = label.parse().unwrap();
        self.execute::<Site, _>(&label.stream(), "registrar", |state, context| {
            site::change(state, site_profile(name), context)
        })
        .await
    }

    /// Lists `name` in another column, as the API does.
    pub(crate) async fn share(&self, name: &str, column: &str, archive: Archive) -> Outcome {
        let (id, column): (DocumentId, ColumnId) = (Self::document(name), column.parse().unwrap());
        let live = self.standing(&id).await.live;
        let source = live.map(|live| sharing::Source {
            document: id.clone(),
            column: live.column,
            department: Line::new("教育局").unwrap(),
            public_at: live.public_at,
        });
        self.execute::<Sharing, _>(&StreamId::sharing(&column, &id), "publisher", |state, context| {
            sharing::share(state, source.as_ref(), column.clone(), archive, context)
        })
        .await
    }

    /// Takes `name` from the list of another column.
    pub(crate) async fn end_sharing(&self, name: &str, column: &str) -> Outcome {
        let stream = StreamId::sharing(&column.parse().unwrap(), &Self::document(name));
        self.execute::<Sharing, _>(&stream, "publisher", |state, context| {
            sharing::end(state, Line::new("内容重复").unwrap(), context)
        })
        .await
    }

    /// Makes the pages of a site, or of all, look so.
    pub(crate) async fn dress(&self, site: Option<&str>, banner: Option<&str>, mourned: Option<&str>) -> Outcome {
        let site: Option<domain::SiteLabel> = site.map(|label| label.parse().unwrap());
        let wanted = appearance::Wanted {
            banner: banner.map(|text| {
                let level = appearance::BannerLevel::Emergency;
                appearance::Banner { level, text: Line::new(text).unwrap(), link: None }
            }),
            greyscale: mourned.map(|reason| Line::new(reason).unwrap()),
        };
        let stream = StreamId::appearance(site.as_ref());
        self.execute::<appearance::Appearance, _>(&stream, "registrar", |state, context| {
            appearance::change(state, site.clone(), wanted.clone(), context)
        })
        .await
    }

    pub(crate) async fn register_department(&self, code: &str, name: &str) -> Outcome {
        let profile = profile(name, organisation(code));
        let code: domain::DepartmentCode = code.parse().unwrap();
        self.execute::<Department, _>(&code.stream(), "registrar", |state, context| {
            department::register(state, code.clone(), profile.clone(), context)
        })
        .await
    }

    pub(crate) async fn change_department(&self, code: &str, name: &str) -> Outcome {
        let profile = profile(name, organisation(code));
        let code: domain::DepartmentCode = code.parse().unwrap();
        self.execute::<Department, _>(&code.stream(), "registrar", |state, context| {
            department::change(state, profile.clone(), context)
        })
        .await
    }

    /// Says which office takes applications for information at a department, or none.
    pub(crate) async fn name_office(&self, code: &str, office: Option<&str>) -> Outcome {
        let office = office.map(|office| department::DisclosureOffice {
            name: Line::new(office).unwrap(),
            address: Prose::default(),
            office_hours: Prose::default(),
            telephone: Prose::new("0598-8213015").unwrap(),
            fax: Prose::default(),
            mailbox: Prose::default(),
        });
        let code: domain::DepartmentCode = code.parse().unwrap();
        self.execute::<Department, _>(&code.stream(), "registrar", |state, context| {
            department::change_disclosure_office(state, office.clone(), context)
        })
        .await
    }

    /// What `clock` does: repair, dirty work, parked work, until nothing waits.
    pub(crate) async fn settle(&self, generation: u64) {
        let projector = self.projector(generation);
        let clockwork = clock::Clockwork::alone(projector.clone(), "");
        for _ in 0..20 {
            use ledger::Clock;
            let report = clockwork.run(clock::Task::CatchUp, self.app.clock.now(), generation).await.unwrap();
            if report.behind == 0 && report.failed == 0 && report.dirty == 0 && report.pages == 0 {
                return;
            }
        }
        panic!("the town does not come to rest");
    }

    /// Everything that is not as the ledger says.
    pub(crate) async fn differences(&self, generation: u64) -> Vec<Difference> {
        self.projector(generation).worker().verify().await.unwrap().differences
    }

    pub(crate) async fn streams(&self) -> BTreeSet<StreamId> {
        self.app.ledger.heads(1).await.unwrap().into_keys().collect()
    }

    /// Key, tag, status and digest of every page.
    pub(crate) async fn pages(&self) -> BTreeMap<String, Vec<u8>> {
        let objects = self.projector(1).worker().objects().clone();
        let mut pages = BTreeMap::new();
        for (key, _) in objects.list("").await.unwrap() {
            let stored = objects.get(&key).await.unwrap().unwrap();
            let mut bytes = format!("{:?} {} ", stored.object.status, stored.object.digest).into_bytes();
            bytes.extend(stored.object.bytes);
            pages.insert(key, bytes);
        }
        pages
    }

    pub(crate) async fn rebuild(&self, generation: u64) -> views::RebuildReport {
        let projector = self.projector(generation);
        projector.worker().rebuild(views::Unfoldable::Refuse, async {}, Arc::new(|_| {})).await.unwrap()
    }
}

/// Its organisation code; one that joins later has one of its own.
fn organisation(code: &str) -> &'static str {
    DEPARTMENTS.iter().find(|(known, ..)| *known == code).map_or("014006446", |(.., organisation)| organisation)
}

fn profile(name: &str, organisation: &str) -> department::Profile {
    department::Profile {
        name: Line::new(name).unwrap(),
        organisation_code: Line::new(organisation).unwrap(),
        duties: Prose::new("负责全市有关工作。").unwrap(),
        address: Prose::default(),
        telephone: Prose::default(),
        office_hours: Prose::default(),
        leaders: Vec::new(),
        disclosure: None,
    }
}

fn site_profile(name: &str) -> SiteProfile {
    SiteProfile {
        name: Line::new(name).unwrap(),
        identification_code: "3202000001".to_owned().try_into().unwrap(),
        domain: None,
        languages: Languages::default(),
        theme: Theme::default(),
        sponsor: Line::new("澄湖市人民政府办公室").unwrap(),
        contact: Line::new("0510-88001234").unwrap(),
        icp: Line::new("澄ICP备00000001号").unwrap(),
        police: Prose::default(),
    }
}

fn column_profile(name: &str, position: u16) -> ColumnProfile {
    ColumnProfile {
        name: Line::new(name).unwrap(),
        description: Prose::default(),
        position,
        prominence: Prominence::Both,
        update_duty: None,
        review: Review::default(),
        discloses: BTreeSet::new(),
    }
}
