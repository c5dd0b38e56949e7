//! How a draft becomes public: by hand, before its review, or on time. What each asks is the domain's; what all need is looked up here.

use command::{
    Accepted, Order, execute,
    problems::{CONFLICT, DEPARTMENT_UNKNOWN, not_executed, unknown},
};
use domain::{
    Guard,
    aggregate::Context,
    column::{Opened, Review},
    document::{self, Document, DocumentEvent, DocumentRefusal, Override, Publish, Related, Release},
    index_number::IndexNumber,
    path::Slug,
    shanghai,
    text::Line,
};
use gateway::Problem;
use ledger::ExecuteError;

use crate::{
    findings::{self, Examination, Told},
    refusal::Refusal,
    register, relations,
    state::PublishState,
};

/// Index numbers that are tried, should others take them first.
const NUMBERS: u32 = 50;

/// How a draft becomes public.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    /// By hand, for the first time or again after a withdrawal.
    Publish {
        /// Last part of its path.
        slug: Option<Slug>,
    },
    /// By hand, in place of the public text.
    Correct {
        /// What changed, for the public.
        note: Line<300>,
    },
    /// By hand, before its review; a correction where the document is public.
    Urgently {
        /// Last part of its path, for a document that is not public.
        slug: Option<Slug>,
        /// What changed, for the public: of a document that is public.
        note: Option<Line<300>>,
        /// Why it cannot wait.
        reason: Line<300>,
    },
    /// Because commit `commit` scheduled it.
    OnTime {
        /// The commit.
        commit: u64,
    },
}

impl Way {
    /// What it tells the public beside the text.
    fn told(&self, standing: &Document) -> Told {
        match self {
            Self::Publish { slug } => told(None, slug.as_ref()),
            Self::Correct { note } => told(Some(note), None),
            Self::Urgently { slug, note, .. } => told(note.as_ref(), slug.as_ref()),
            Self::OnTime { .. } => standing
                .scheduled()
                .map_or_else(Told::new, |scheduled| told(scheduled.note.as_ref(), scheduled.slug.as_ref())),
        }
    }
}

/// What a command tells the public beside the text, each with its pointer.
pub(crate) fn told(note: Option<&Line<300>>, slug: Option<&Slug>) -> Told {
    let note = note.map(|note| ("/note", note.as_str().to_owned()));
    let slug = slug.map(|slug| ("/slug", slug.as_str().to_owned()));
    note.into_iter().chain(slug).collect()
}

/// Makes the draft of the order's document public in this way, if the checks find nothing that nobody answers for; `permit` is asked with what the
/// document's column asks of its review.
pub(crate) async fn release(
    state: &PublishState,
    order: &Order,
    way: &Way,
    overriding: Option<&Override>,
    permit: impl Fn(&Document, &Review) -> Result<(), Refusal> + Send + Sync,
) -> Result<Accepted<DocumentEvent>, Refusal> {
    let (standing, version, _) = state.ledger.read::<Document>(&order.stream).await?;
    if let Way::OnTime { commit } = way {
        stands(&standing, *commit)?;
    }
    let column = register::column_of(state, &standing).await?;
    let permit = |standing: &Document| permit(standing, &column.profile.review);
    permit(&standing)?;
    let first = match way {
        Way::Publish { .. } => true,
        Way::Correct { .. } => false,
        Way::Urgently { .. } | Way::OnTime { .. } => standing.live.is_none(),
    };
    if first {
        register::takes_new(state, &column.column.site()).await?;
    }
    let related = relations::looked_up(state, &standing).await?;
    let (read, told) = ((&standing, version), way.told(&standing));
    let examination = findings::examine(state, order, read, &column, told, overriding).await?;
    let act = Act { state, order, way, column: &column, related: &related, examination: &examination };
    match &standing.index_number {
        None if first => act.with_next_number(&standing, permit).await,
        number => {
            let attempted = act.attempt(number.as_ref(), permit).await;
            attempted.map_err(|error| not_executed(state, order, error))
        }
    }
}

/// Refuses a schedule that stands no more, before anything is looked up for it.
fn stands(standing: &Document, named: u64) -> Result<(), DocumentRefusal> {
    let stands = standing.scheduled().is_some_and(|scheduled| scheduled.commit == named);
    if stands { Ok(()) } else { Err(DocumentRefusal::NotScheduled) }
}

/// An act and all that was looked up for it.
struct Act<'a> {
    state: &'a PublishState,
    order: &'a Order,
    way: &'a Way,
    column: &'a Opened,
    related: &'a [Related],
    /// What the checks found, and what whoever gives the command answers for.
    examination: &'a Examination,
}

impl Act<'_> {
    /// Takes the series' next number; where others are faster, the one after it.
    ///
    /// The number is claimed in the publishing transaction, so none is given twice, and none is lost to a refusal (索引号, RULES.md A4).
    async fn with_next_number(
        &self,
        standing: &Document,
        permit: impl Fn(&Document) -> Result<(), Refusal> + Send + Sync,
    ) -> Result<Accepted<DocumentEvent>, Refusal> {
        let state = self.state;
        let series = series(state, standing).await?;
        let scope = Guard::index_scope(&series);
        let latest = state.ledger.latest_claim(&scope).await?;
        let latest: u32 = latest.and_then(|claim| claim.parse().ok()).unwrap_or(0);
        let mut serial = latest.saturating_add(1);
        let mut left = NUMBERS;
        loop {
            let number = state.index_scheme.number(&series, serial).map_err(DocumentRefusal::from)?;
            left = left.saturating_sub(1);
            match self.attempt(Some(&number), &permit).await {
                Ok(accepted) => return Ok(accepted),
                Err(ExecuteError::ClaimTaken { guard, .. }) if guard.scope == scope && left > 0 => {
                    serial = serial.saturating_add(1);
                }
                Err(error) => return Err(not_executed(state, self.order, error)),
            }
        }
    }

    async fn attempt(
        &self,
        number: Option<&IndexNumber>,
        permit: impl Fn(&Document) -> Result<(), Refusal> + Send + Sync,
    ) -> Result<Accepted<DocumentEvent>, ExecuteError<Refusal>> {
        let levels = &self.column.profile.review.levels;
        execute(self.state, self.order, permit, |standing: &Document, context| {
            let related = self.related.to_vec();
            let decision = match self.way {
                Way::Publish { slug } => {
                    let first = self.first(standing, slug.as_ref(), number, context)?;
                    document::publish(standing, first, levels, context)
                }
                Way::Correct { note } => document::correct(standing, note.clone(), related, levels, context),
                Way::Urgently { slug, note, reason } => {
                    let release = self.either(standing, slug.as_ref(), note.as_ref(), number, context)?;
                    document::publish_urgently(standing, release, reason.clone(), levels, context)
                }
                Way::OnTime { commit } => {
                    let scheduled = standing.scheduled().ok_or(DocumentRefusal::NotScheduled)?;
                    let (slug, note) = (scheduled.slug.as_ref(), scheduled.note.as_ref());
                    let release = self.either(standing, slug, note, number, context)?;
                    document::publish_on_time(standing, *commit, release, levels, context)
                }
            };
            self.examination.let_pass(standing, decision)
        })
        .await
    }

    /// A first publication, or a correction where the document is public.
    fn either(
        &self,
        standing: &Document,
        slug: Option<&Slug>,
        note: Option<&Line<300>>,
        number: Option<&IndexNumber>,
        context: &Context,
    ) -> Result<Release, Refusal> {
        match (&standing.live, note, slug) {
            (None, None, slug) => Ok(Release::First(self.first(standing, slug, number, context)?)),
            (None, Some(_), _) => Err(DocumentRefusal::NoteUnwanted.into()),
            (Some(_), _, Some(_)) => Err(DocumentRefusal::SlugUnwanted.into()),
            (Some(_), None, None) => Err(DocumentRefusal::NoteMissing.into()),
            (Some(_), Some(note), None) => {
                Ok(Release::Correction { note: note.clone(), related: self.related.to_vec() })
            }
        }
    }

    fn first(
        &self,
        standing: &Document,
        slug: Option<&Slug>,
        number: Option<&IndexNumber>,
        context: &Context,
    ) -> Result<Publish, Refusal> {
        // The year turned between the series and the decision, or the document was withdrawn meanwhile: the next try finds it as it is now.
        let moved = || Refusal::from(Problem::plain(&CONFLICT).with_retry_after(std::time::Duration::from_secs(1)));
        let number = standing.index_number.as_ref().or(number).ok_or_else(moved)?;
        let of_this_year = format!("/{:04}", shanghai::local(context.now).year());
        if standing.index_number.is_none() && !number.series.ends_with(&of_this_year) {
            return Err(moved());
        }
        let (archive, related) = (self.column.archive, self.related.to_vec());
        Ok(Publish { slug: slug.cloned(), archive, index_number: number.clone(), related })
    }
}

/// The series of the department's index numbers this year.
async fn series(state: &PublishState, standing: &Document) -> Result<String, Refusal> {
    let code = standing.department.as_ref().ok_or(DocumentRefusal::NotDrafted)?;
    let found = register::department(state, code).await?;
    let found = found.ok_or_else(|| unknown(&DEPARTMENT_UNKNOWN, "", code.as_str()))?;
    let year = shanghai::local(state.clock.now()).year();
    let series =
        state.index_scheme.series(found.thing.organisation_code.as_str(), year).map_err(DocumentRefusal::from)?;
    Ok(series)
}
