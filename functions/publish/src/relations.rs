//! What a document is to others: told by who may revise both, looked up when it becomes public.

use access::Action;
use command::{
    Checks, mirrored,
    problems::{unfit, unknown},
};
use domain::{
    DocumentId,
    document::{self, Document, Related, Relation},
    shanghai,
    staff::Staff,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permission::may_on,
    problems::{RELATED_NOT_PUBLIC, RELATED_UNKNOWN},
    refusal::Refusal,
    state::PublishState,
};

mirrored! {
    document:
    /// What a document is to another.
    RelationKind:
    /// It explains it (政策解读).
    Interprets,
    /// It changes part of it, or is a later version of it (修订).
    Amends,
    /// It ends its force (废止).
    Repeals,
    /// It rests on it (依据).
    BasedOn,
}

/// Most relations of one document.
const MOST: usize = 10;

/// What this document is to another.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RelationInput {
    /// What it is to it.
    kind: RelationKind,
    /// Id of the other document. It need not be public yet, but must be before this one is.
    #[schema(example = "qi2bfupkzntzkyra4uzjlhybaq", pattern = "^[a-z2-7]{26}$")]
    document: String,
}

/// What this document is to another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelationView {
    /// What it is to it.
    kind: RelationKind,
    /// Id of the other document.
    document: String,
}

impl From<Relation> for RelationView {
    fn from(relation: Relation) -> Self {
        Self { kind: relation.kind.into(), document: relation.document.into() }
    }
}

/// Checks the shape of what was told; `/content/relations` stands before each pointer.
pub(crate) fn relations(told: &[RelationInput], checks: &mut Checks) -> Option<Vec<Relation>> {
    checks.at_most("/content/relations", told.len(), MOST)?;
    let checked: Vec<_> = told
        .iter()
        .enumerate()
        .map(|(place, relation)| {
            let document = checks.name(&format!("/content/relations/{place}/document"), &relation.document)?;
            Some(Relation { kind: relation.kind.into(), document })
        })
        .collect();
    checked.into_iter().collect()
}

/// Lets pass who may revise every document of which something else is said than `standing` says: what is said of a document shows on its page, and so
/// does what is said no more. What is merely kept was permitted before.
pub(crate) async fn may_relate(
    state: &PublishState,
    staff: &Staff,
    standing: &Document,
    relations: &[Relation],
) -> Result<(), Refusal> {
    let draft = standing.draft.as_ref().map(|draft| &draft.content);
    let content = draft.or(standing.live.as_ref().map(|live| &live.content));
    let said = content.map_or(&[] as &[Relation], |content| &content.relations);
    let new = relations.iter().enumerate().filter(|(_, relation)| !said.contains(relation));
    let new = new.map(|(place, relation)| (format!("/content/relations/{place}/document"), relation));
    let dropped = said.iter().filter(|relation| !relations.contains(relation));
    let dropped = dropped.map(|relation| ("/content/relations".to_owned(), relation));
    for (pointer, relation) in new.chain(dropped) {
        let other = read(state, &relation.document, &pointer).await?;
        may_on(state, staff, Action::Revise, &other)?;
    }
    Ok(())
}

/// The documents that a draft's relations name, as they stand now.
///
/// One that is not public any more stays as the public text names it: its own withdrawal must not keep others from being corrected.
///
/// Read before the commit and not with it: a document withdrawn in the same instant counts as withdrawn after, and its path tells so for good.
pub(crate) async fn looked_up(state: &PublishState, standing: &Document) -> Result<Vec<Related>, Refusal> {
    let Some(draft) = &standing.draft else { return Ok(Vec::new()) };
    let mut related = Vec::new();
    for Relation { kind, document } in draft.content.relations.iter().cloned() {
        // The request names none of them: the draft does.
        let other = read(state, &document, "").await?;
        let Some(live) = other.live else {
            let public = standing.live.iter().flat_map(|live| &live.related);
            let named = public.clone().find(|named| (named.kind, &named.document) == (kind, &document));
            related.push(named.cloned().ok_or_else(|| unfit(&RELATED_NOT_PUBLIC, "", document.as_str()))?);
            continue;
        };
        related.push(Related {
            kind,
            document,
            site: live.column.site(),
            path: live.path,
            title: live.content.title,
            day: match live.dated {
                Some(dated) => dated.day(),
                None => Some(shanghai::local(live.public_at).date()),
            },
        });
    }
    Ok(related)
}

async fn read(state: &PublishState, document: &DocumentId, pointer: &str) -> Result<Document, Refusal> {
    let (other, version, _) = state.ledger.read::<Document>(&document.stream()).await?;
    if version == 0 { Err(unknown(&RELATED_UNKNOWN, pointer, document.as_str()).into()) } else { Ok(other) }
}
