//! What one stream's news mean for rows and pages: pure.

use std::collections::BTreeSet;

use domain::StreamId;
use ledger::Commit;

use crate::{
    page::PageKey,
    projection::{FoldFailure, Projection},
    row::{LARGEST_ROW, Row, RowKey},
    work::{Cause, Scope},
};

/// The work that a stream's commits past its checkpoint make.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Plan {
    /// The stream's head: where the checkpoint moves when all is done.
    pub head: u64,
    /// Rows whose own version is past the checkpoint; to be written if newer.
    pub rows: Vec<Row>,
    /// Pages of those rows, to be rendered with this batch; after a withdrawal the pages of every row the stream ever had.
    pub pages: BTreeSet<PageKey>,
    /// Scopes of those rows, to be left as dirty rows.
    pub scopes: BTreeSet<Scope>,
    /// Documents that the search index has to look at for those rows.
    pub searched: BTreeSet<String>,
    /// Why copies of those pages are old: a withdrawal if any commit past the checkpoint is one, whatever followed it.
    pub cause: Cause,
}

/// Plans the work of `stream`, folded from commit 1.
///
/// A constant's version says nothing of when this stream first wrote it, so constants are always written again; they are few and equal.
///
/// A page that showed the item before a move is touched by no news, but a copy of it may lie in the CDN for a day: a withdrawal touches them all, and
/// its scopes carry the cause to the pages that are found by walking them.
///
/// # Errors
/// The stream cannot be folded by this code.
pub fn plan<P: Projection>(
    projection: &P,
    stream: &StreamId,
    commits: &[Commit],
    checkpoint: u64,
) -> Result<Plan, FoldFailure> {
    let mut plan = Plan { head: commits.last().map_or(0, |commit| commit.number), ..Plan::default() };
    if plan.head <= checkpoint {
        return Ok(plan);
    }
    if commits.iter().any(|commit| commit.number > checkpoint && projection.withdraws(commit)) {
        plan.cause = Cause::Withdrawn;
    }
    let rows = projection.fold(stream, commits)?;
    if rows.iter().any(|row| row.version > checkpoint && projection.takes_away(row)) {
        plan.cause = Cause::Withdrawn;
    }
    for row in rows {
        if row.bytes() > LARGEST_ROW {
            let RowKey { slice, key } = row.at.clone();
            return Err(FoldFailure::TooLarge { slice, key, bytes: row.bytes() });
        }
        if row.version > checkpoint || plan.cause == Cause::Withdrawn {
            plan.scopes.extend(projection.wide(&row).into_iter().map(|scope| scope.for_cause(plan.cause)));
            plan.pages.extend(projection.touched(&row));
            plan.searched.extend(projection.searched(&row));
        }
        if row.version > checkpoint || row.version == 1 {
            plan.rows.push(row);
        }
    }
    Ok(plan)
}
