//! Which documents a round takes: what is pending, and the next slice of a walk over all.

use std::collections::BTreeSet;

use search::{Head, Walk};
use views::{Pending, Prefix, Read, ViewError, Views, city::slice};

/// Pending rows of one round.
const PENDING: i32 = 500;

/// Documents of a walk in one round.
const WALKED: usize = 500;

/// What a round looks at.
#[derive(Debug)]
pub(crate) struct Slice {
    /// The pending rows, to be deleted when the round is done.
    pub(crate) pending: Vec<Pending>,
    /// Every document of it, once.
    pub(crate) documents: BTreeSet<String>,
    /// How far the walk is afterwards; none where none is under way.
    pub(crate) walk: Option<Walk>,
    /// The prefix that the walk is through with then.
    pub(crate) walked: Option<String>,
}

impl Slice {
    /// Reads what the generation of `head` has to look at next, by the prefix that pages are rendered from.
    ///
    /// A walk over a prefix that is active no more begins anew: rows of the next one may tell of commits that nobody was told.
    pub(crate) async fn read(views: &Views, generation: u64, prefix: &Prefix, head: &Head) -> Result<Self, ViewError> {
        let pending = views.pending(generation, PENDING).await?;
        let mut documents: BTreeSet<String> = pending.iter().map(|row| row.document.clone()).collect();
        let begun = head.walk.clone().filter(|walk| walk.prefix == prefix.0);
        // Whoever began to walk another prefix may have written what its rows say over what this one's do.
        let strayed = head.walk.as_ref().is_some_and(|walk| walk.prefix != prefix.0);
        let wanted = strayed || head.walked.as_deref() != Some(prefix.0.as_str());
        let fresh = || Walk { prefix: prefix.0.clone(), site: None, after: None };
        let (walk, walked) = match begun.or_else(|| wanted.then(fresh)) {
            None => (None, head.walked.clone()),
            Some(walk) => match next(views, prefix, walk, &mut documents).await? {
                Some(walk) => (Some(walk), head.walked.clone()),
                None => (None, Some(prefix.0.clone())),
            },
        };
        Ok(Self { pending, documents, walk, walked })
    }

    /// Whether there is nothing to do.
    pub(crate) fn is_nothing(&self, head: &Head) -> bool {
        self.documents.is_empty() && self.walk == head.walk && self.walked == head.walked
    }
}

/// Walks on, and adds the documents it comes by; none at the end of the last site.
async fn next(
    views: &Views,
    prefix: &Prefix,
    mut walk: Walk,
    documents: &mut BTreeSet<String>,
) -> Result<Option<Walk>, ViewError> {
    let mut room = WALKED;
    // Sites are few, and one that is opened meanwhile brings nothing that is not left to the index.
    let mut sites: Vec<String> =
        views.read(prefix, &Read::all(slice::SITES)).await?.into_iter().map(|row| row.at.key).collect();
    sites.sort_unstable();
    while let Some(site) = sites.iter().find(|site| walk.site.as_deref().is_none_or(|at| at <= site.as_str())).cloned()
    {
        if walk.site.as_deref() != Some(site.as_str()) {
            walk.site = Some(site.clone());
            walk.after = None;
        }
        let found = views.documents_of(prefix, &site, walk.after.as_deref(), room).await?;
        let is_last = found.len() < room;
        room = room.saturating_sub(found.len());
        if let Some((key, _)) = found.last() {
            walk.after = Some(key.clone());
        }
        documents.extend(found.into_iter().map(|(_, document)| document));
        if !is_last {
            return Ok(Some(walk));
        }
        sites.retain(|other| other > &site);
        walk.site = sites.first().cloned();
        walk.after = None;
        if walk.site.is_none() {
            return Ok(None);
        }
    }
    Ok(None)
}
