//! What the lists of open work share: their parameters, checked, and their slices, read (docs/adr/016).

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use command::problems::malformed;
use domain::{
    ColumnId, DocumentId, SiteLabel,
    column::Review,
    staff::{Role, Staff},
};
use futures::{StreamExt, TryStreamExt, stream};
use gateway::Problem;
use jiff::civil::DateTime;
use serde::de::DeserializeOwned;
use views::{Prefix, Row, city::slice};

use crate::{refusal::Refusal, register, slices, state::PublishState};

/// Entries of a page, if nothing else is said, and at most.
const USUAL: usize = 50;
const MOST: usize = 200;
/// Reads at once.
const CONCURRENT: usize = 16;
/// Rows of a slice that are looked at for one page.
pub(super) const LOOKED_AT: usize = 250;

/// Which page of which entries, checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    /// How many entries.
    pub(super) limit: usize,
    /// Behind which place; the first page without.
    pub(super) after: Option<&'a str>,
    site: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// What a request says of its page; a place ends in one of `sides`, or with the document where there are none.
    ///
    /// Refusals: a place, a site or a limit that is none.
    pub(super) fn checked(
        limit: Option<usize>,
        after: Option<&'a str>,
        site: Option<&'a str>,
        sides: &[&str],
    ) -> Result<Self, Problem> {
        let limit = limit.unwrap_or(USUAL);
        if after.is_some_and(|after| !is_place(after, sides)) {
            return Err(malformed("after 应为上一页的 next。", "after is the next of the page before."));
        }
        if site.is_some_and(|site| site.parse::<SiteLabel>().is_err()) {
            return Err(malformed("site 应为站点标识。", "site is the label of a site."));
        }
        if !(1..=MOST).contains(&limit) {
            return Err(malformed(&format!("limit 应为 1 至 {MOST}。"), &format!("limit is between 1 and {MOST}.")));
        }
        Ok(Self { limit, after, site })
    }

    /// Whether what stands in `column` is asked for.
    pub(super) fn covers(&self, column: &str) -> bool {
        self.site.is_none_or(|site| site_of(column) == site)
    }
}

/// The site of a column.
pub(super) fn site_of(column: &str) -> &str {
    column.split('.').next().unwrap_or_default()
}

/// Whether a text is the place of an entry, as `next` tells them: `<instant>/<document>`, and a side if there are any.
fn is_place(text: &str, sides: &[&str]) -> bool {
    let mut parts = text.splitn(3, '/');
    let (instant, document, side) = (parts.next(), parts.next(), parts.next());
    instant.is_some_and(|instant| instant.parse::<DateTime>().is_ok())
        && document.is_some_and(|id| id.parse::<DocumentId>().is_ok())
        && side.map_or(sides.is_empty(), |side| sides.contains(&side))
}

/// The prefix that is read; none before a worker has ever run: nothing is projected then.
pub(super) async fn prefix(state: &PublishState) -> Result<Option<Prefix>, Refusal> {
    Ok(state.views.registry().await?.map(|registry| Prefix(registry.active)))
}

/// For which departments somebody works, by their codes.
#[derive(Debug)]
pub(super) enum Serves {
    /// For all that there are.
    Every(BTreeSet<String>),
    /// For those that his roles name.
    Named(BTreeSet<String>),
}

impl Serves {
    /// The departments that his roles of these kinds are about.
    pub(super) async fn of(state: &PublishState, staff: &Staff, roles: &[Role]) -> Result<Self, Refusal> {
        let scopes = roles.iter().flat_map(|role| staff.scopes(*role));
        let named: Option<BTreeSet<String>> =
            scopes.map(|scope| scope.department.as_ref().map(ToString::to_string)).collect();
        Ok(match named {
            Some(named) => Self::Named(named),
            None => {
                let all = slices::rows::<serde_json::Value>(state, slice::DEPARTMENTS).await?;
                Self::Every(all.into_iter().map(|(code, _)| code).collect())
            }
        })
    }
}

/// From which end of the slices a list tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// What waits longest comes first.
    Oldest,
    /// What came last comes first.
    Newest,
}

/// What was looked at of some slices: rows by their keys, and whether there are more behind them.
#[derive(Debug)]
pub(super) struct LookedAt<T> {
    /// By their keys, as far as all slices were read; a row that lies in several of them once.
    pub(super) rows: BTreeMap<String, T>,
    /// Whether a slice was cut: what is behind the last row may be more.
    pub(super) more: bool,
}

/// The live rows of slices behind the key `after`, as far as all of them were read.
pub(super) async fn look<T: DeserializeOwned>(
    state: &PublishState,
    prefix: &Prefix,
    slices: impl IntoIterator<Item = String> + Send,
    after: Option<&str>,
    end: End,
) -> Result<LookedAt<T>, Refusal> {
    let slices: Vec<String> = slices.into_iter().collect();
    let read: Vec<Vec<Row>> = stream::iter(slices)
        .map(|slice| async move {
            match end {
                End::Oldest => state.views.open(prefix, &slice, after, None, LOOKED_AT + 1).await,
                End::Newest => state.views.open_from_end(prefix, &slice, after, LOOKED_AT + 1).await,
            }
        })
        .buffer_unordered(CONCURRENT)
        .try_collect()
        .await?;
    Ok(LookedAt::of(read, end))
}

impl<T: DeserializeOwned> LookedAt<T> {
    fn of(mut read: Vec<Vec<Row>>, end: End) -> Self {
        // A slice that was cut says nothing of what comes behind its last row; one row more than is looked at tells that it was.
        let cut = read.iter_mut().filter(|rows| rows.len() > LOOKED_AT).filter_map(|rows| {
            rows.truncate(LOOKED_AT);
            rows.last().map(|row| row.at.key.clone())
        });
        let last = match end {
            End::Oldest => cut.min(),
            End::Newest => cut.max(),
        };
        let within = |key: &str| match (last.as_deref(), end) {
            (None, _) => true,
            (Some(last), End::Oldest) => key <= last,
            (Some(last), End::Newest) => key >= last,
        };
        let all = read.into_iter().flatten().filter(|row| within(&row.at.key));
        let rows = all.filter_map(|row| row.content().map(|content| (row.at.key, content))).collect();
        Self { rows, more: last.is_some() }
    }
}

/// What columns ask of a review, as they are now; each is read once.
#[derive(Debug)]
pub(super) struct Reviews<'a> {
    state: &'a PublishState,
    read: BTreeMap<String, Option<Review>>,
}

impl<'a> Reviews<'a> {
    pub(super) fn new(state: &'a PublishState) -> Self {
        Self { state, read: BTreeMap::new() }
    }

    /// What `column` asks; nothing if there is no such column.
    pub(super) async fn of(&mut self, column: &str) -> Result<Option<&Review>, Refusal> {
        Ok(match self.read.entry(column.to_owned()) {
            Entry::Occupied(known) => known.into_mut().as_ref(),
            Entry::Vacant(unread) => {
                let found = match column.parse::<ColumnId>() {
                    Ok(id) => register::column(self.state, &id).await?,
                    Err(_) => None,
                };
                unread.insert(found.map(|found| found.thing.profile.review)).as_ref()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use views::RowKey;

    use super::*;

    fn slice_of(numbers: std::ops::Range<usize>) -> Vec<Row> {
        let row = |number| Row { at: RowKey::new("s", format!("{number:04}")), version: 1, body: Some("true".into()) };
        numbers.map(row).collect()
    }

    #[test]
    fn slices_are_told_as_far_as_all_of_them_were_read() {
        let looked = LookedAt::<bool>::of(vec![slice_of(0..LOOKED_AT + 1), slice_of(100..900)], End::Oldest);
        let last = format!("{:04}", LOOKED_AT - 1);
        assert_eq!((looked.rows.len(), looked.rows.keys().next_back(), looked.more), (LOOKED_AT, Some(&last), true));
        let newest = |numbers| slice_of(numbers).into_iter().rev().collect::<Vec<Row>>();
        let looked = LookedAt::<bool>::of(vec![newest(0..900), newest(880..890)], End::Newest);
        let last = format!("{:04}", 900 - LOOKED_AT);
        assert_eq!((looked.rows.len(), looked.rows.keys().next(), looked.more), (LOOKED_AT, Some(&last), true));
        let whole = LookedAt::<bool>::of(vec![slice_of(0..LOOKED_AT), slice_of(0..3)], End::Oldest);
        assert_eq!((whole.rows.len(), whole.more), (LOOKED_AT, false), "as many as are looked at are all there are");
    }

    #[test]
    fn a_place_is_an_instant_a_document_and_a_side_where_there_are_any() {
        let document = "a".repeat(26);
        let at = format!("2026-11-23T09:00:00.000/{document}");
        assert!(is_place(&at, &[]) && is_place(&format!("{at}/draft"), &["draft", "public"]));
        for wrong in ["", "/", &document, &format!("{at}/"), &format!("{at}/draft"), &format!("2026-13-01/{document}")]
        {
            assert!(!is_place(wrong, &[]), "{wrong}");
        }
        for wrong in [&at, &format!("{at}/"), &format!("{at}/other"), &format!("{at}/draft/x")] {
            assert!(!is_place(wrong, &["draft", "public"]), "{wrong}");
        }
    }
}
