//! Hits, checked against the views.

use std::{sync::Arc, time::Instant};

use domain::document::RelationKind;
use futures::{StreamExt, TryStreamExt, stream};
use search::{Answer, AskError, Force, Hit, Known, Marked, Piece, Query, Reader, Validity};
use thiserror::Error;
use tokio::task::spawn_blocking;
use views::{
    Prefix, Read, Row, ViewError,
    city::{EntryRow, RelatedRow, slice},
};

use crate::{asked::Asked, counted::count, current::NoIndex, names::Named, state::QueryState};

/// Hits whose reasons are read at once.
const CONCURRENT: usize = 8;

/// A question has no answer now.
#[derive(Debug, Error)]
pub(crate) enum NoAnswer {
    /// There is no index.
    #[error(transparent)]
    Index(#[from] NoIndex),
    /// The views cannot be read.
    #[error(transparent)]
    View(#[from] ViewError),
    /// The text asks for too much.
    #[error("the text asks for too much")]
    TooMuch,
    /// The answer would take too long.
    #[error("the answer would take too long")]
    OutOfTime,
    /// The index failed.
    #[error("the index failed: {0}")]
    Failed(String),
}

/// An answer, its hits as they are now.
pub(crate) struct Found {
    /// What the index says.
    pub(crate) answer: Answer,
    /// Which generation of the index said so.
    pub(crate) generation: u64,
    /// The hits that are public now.
    pub(crate) shown: Vec<Shown>,
    /// What sites and departments are called.
    pub(crate) names: Arc<Named>,
}

/// A hit as it is shown.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) id: String,
    /// What lists tell of it now.
    pub(crate) line: EntryRow,
    /// Its title, marked where the index knows this version of it.
    pub(crate) title: Marked,
    /// A part of its text; empty where the index knows another version.
    pub(crate) snippet: Marked,
    /// When it was in force.
    pub(crate) force: Force,
    /// Whether it was in force on the day asked for.
    pub(crate) on_day: Option<Known>,
    /// The document that ended or amended it, if one did.
    pub(crate) changed_by: Option<RelatedRow>,
}

/// Answers `query`, by which `asked` is asked of the index; what somebody typed into a field, on the site `own` or anywhere, is counted.
///
/// # Errors
/// There is no answer now, or the text asks for too much.
pub(crate) async fn find(
    state: &QueryState,
    asked: &Asked,
    own: Option<&str>,
    query: Query,
) -> Result<Found, NoAnswer> {
    let newest = state.current.index().await?;
    let deadline = Instant::now() + state.patience;
    let kept = match &query.after {
        Some(cursor) => state.current.of(&newest, cursor).await,
        None => None,
    };
    let generation = newest.generation;
    let answer = match kept {
        None => answered(newest.reader, query, deadline).await?,
        // How many there are, and of what, the newest index tells: an older one knows what was withdrawn since.
        Some(kept) => {
            let counted = Query { after: None, limit: 1, ..query.clone() };
            let answers = (answered(kept.reader, query, deadline), answered(newest.reader, counted, deadline));
            let (answer, counted) = tokio::try_join!(answers.0, answers.1)?;
            Answer { total: counted.total, facets: counted.facets, ..answer }
        }
    };
    // A city whose views have no registry has no document.
    let prefix = Prefix(state.views.registry().await?.map(|registry| registry.active).unwrap_or_default());
    let ids: Vec<String> = answer.hits.iter().map(|hit| hit.id.clone()).collect();
    let read = async { tokio::try_join!(state.views.entries(&prefix, &ids), state.names.now(&prefix)) };
    let (read, ()) = tokio::join!(read, count(state, asked, own, &answer));
    let (entries, names) = read?;
    let public = answer.hits.iter().filter_map(|hit| {
        let row = entries.get(&hit.id)?;
        Some((hit.clone(), row.version, row.content::<EntryRow>()?))
    });
    let shown = stream::iter(public.collect::<Vec<_>>())
        .map(|(hit, version, line)| shown(state, &prefix, hit, version, line))
        .buffered(CONCURRENT)
        .try_collect()
        .await?;
    Ok(Found { answer, generation, shown, names })
}

/// A hit beside its row as it is now: what the index knows of another version is not shown.
async fn shown(
    state: &QueryState,
    prefix: &Prefix,
    hit: Hit,
    version: u64,
    line: EntryRow,
) -> Result<Shown, ViewError> {
    let Hit { id, version: indexed, title, snippet, force, in_force } = hit;
    let is_same = indexed == version;
    // What the index knows of another version says nothing of this one.
    let (force, in_force) =
        if is_same { (force, in_force) } else { (Force::default(), in_force.map(|_| Known::Unknown)) };
    let title = if is_same { title } else { unmarked(&line.title) };
    let snippet = if is_same { snippet } else { unmarked(&line.summary) };
    let changed_by = match force.validity {
        Validity::Repealed | Validity::Amended => changed_by(state, prefix, &id, force.validity).await?,
        Validity::InForce | Validity::Expired | Validity::Unknown => None,
    };
    Ok(Shown { id, line, title, snippet, force, on_day: in_force, changed_by })
}

/// The document by which this one was repealed or amended: the one that the others follow.
async fn changed_by(
    state: &QueryState,
    prefix: &Prefix,
    id: &str,
    validity: Validity,
) -> Result<Option<RelatedRow>, ViewError> {
    let wanted = if validity == Validity::Repealed { RelationKind::Repeals } else { RelationKind::Amends };
    let read = Read::Range { slice: slice::related(id), prefix: slice::RELATED_BY.to_owned() };
    let rows = state.views.read(prefix, &read).await?;
    let changing = rows.iter().filter_map(Row::content::<RelatedRow>).filter(|row| row.kind == wanted);
    Ok(changing.min_by_key(|row| (row.dated.and_then(|dated| dated.day()), row.public_at)))
}

/// Asks the index, on a thread that may wait for the store.
async fn answered(reader: Arc<Reader>, query: Query, deadline: Instant) -> Result<Answer, NoAnswer> {
    let answer = spawn_blocking(move || reader.answer_before(&deadline, &query)).await;
    match answer.map_err(|error| NoAnswer::Failed(error.to_string()))? {
        Ok(answer) => Ok(answer),
        Err(AskError::TooLong { .. } | AskError::TooManyWords { .. } | AskError::TooManyHits { .. }) => {
            Err(NoAnswer::TooMuch)
        }
        Err(AskError::OutOfTime) => Err(NoAnswer::OutOfTime),
        Err(error) => Err(NoAnswer::Failed(error.to_string())),
    }
}

fn unmarked(text: &str) -> Marked {
    Marked(vec![Piece { text: text.to_owned(), marked: false }])
}
