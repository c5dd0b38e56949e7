//! A document as the API tells it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A document: its draft side and its live side.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) version: u64,
    pub(crate) column: String,
    pub(crate) department: String,
    #[serde(default)]
    pub(crate) index_number: Option<String>,
    #[serde(default)]
    pub(crate) draft: Option<Draft>,
    #[serde(default)]
    pub(crate) discarded: Option<Discarded>,
    #[serde(default)]
    pub(crate) live: Option<Live>,
    #[serde(default)]
    pub(crate) withdrawn: Option<Withdrawn>,
    #[serde(default)]
    pub(crate) expiry: Option<Expiry>,
    #[serde(default)]
    pub(crate) notes: Vec<Note>,
    #[serde(default)]
    pub(crate) places: Vec<String>,
}

/// What no citizen sees.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Draft {
    pub(crate) revision: String,
    pub(crate) stage: Stage,
    #[serde(default)]
    pub(crate) remark: Option<String>,
    pub(crate) approved_by: Vec<String>,
    pub(crate) levels: usize,
    #[serde(default)]
    pub(crate) scheduled: Option<Scheduled>,
    #[serde(default)]
    pub(crate) failed: Option<Failed>,
    #[serde(default)]
    pub(crate) overridden: Vec<Overridden>,
    pub(crate) editors: Vec<String>,
    pub(crate) content: Content,
}

/// What is left of a draft that was thrown away.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Discarded {
    pub(crate) revision: String,
    pub(crate) title: String,
    pub(crate) by: String,
    pub(crate) at: String,
}

/// Where a draft stands in review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    Editing,
    Submitted,
    Returned,
    Approved,
}

/// What citizens read.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Live {
    pub(crate) revision: String,
    pub(crate) column: String,
    pub(crate) url: String,
    pub(crate) public_at: String,
    pub(crate) changed_at: String,
    #[serde(default)]
    pub(crate) unreviewed: Option<Unreviewed>,
    pub(crate) content: Content,
}

/// The review that a public text owes.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Unreviewed {
    pub(crate) reason: String,
    pub(crate) by: String,
    pub(crate) at: String,
    pub(crate) approved_by: Vec<String>,
    #[serde(default)]
    pub(crate) overridden: Vec<Overridden>,
}

/// What somebody answers for.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Overridden {
    pub(crate) findings: Vec<String>,
    pub(crate) reason: String,
    pub(crate) by: String,
    pub(crate) at: String,
}

/// A publication that is scheduled.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Scheduled {
    pub(crate) at: String,
    pub(crate) by: String,
    #[serde(default)]
    pub(crate) note: Option<String>,
}

/// A scheduled publication that did not take place.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Failed {
    pub(crate) scheduled_at: String,
    pub(crate) detail: String,
}

/// When its public life ends.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Expiry {
    pub(crate) at: String,
    pub(crate) reason: String,
    pub(crate) by: String,
}

/// What is left of a withdrawn one.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Withdrawn {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) reason: String,
    pub(crate) at: String,
}

/// What changed, as the public was told.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Note {
    pub(crate) at: String,
    pub(crate) note: String,
}

/// What a document says.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Content {
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) body_html: Option<String>,
    #[serde(default)]
    pub(crate) summary: String,
    #[serde(default)]
    pub(crate) document_number: Option<String>,
    #[serde(default)]
    pub(crate) written_on: Option<String>,
    #[serde(default)]
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) keywords: Vec<String>,
    #[serde(default)]
    pub(crate) catalogue: Catalogue,
    pub(crate) form: Form,
    #[serde(default)]
    pub(crate) relations: Vec<Relation>,
    #[serde(default)]
    pub(crate) attachments: Vec<Attachment>,
}

/// How the catalogue files it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Catalogue {
    #[serde(default)]
    pub(crate) subject: Option<String>,
    #[serde(default)]
    pub(crate) genre: Option<String>,
    #[serde(default)]
    pub(crate) class: Option<String>,
    #[serde(default)]
    pub(crate) terms: Vec<String>,
    #[serde(default)]
    pub(crate) validity: Option<String>,
    #[serde(default)]
    pub(crate) expires_on: Option<String>,
    #[serde(default)]
    pub(crate) office: Option<String>,
}

/// What it is beside a text, with the fields that one kind or another has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Form {
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) reviewed_on: Option<String>,
    #[serde(default)]
    pub(crate) post: Option<String>,
    #[serde(default)]
    pub(crate) duties: Option<String>,
    #[serde(default)]
    pub(crate) address: Option<String>,
}

/// What it is to another document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Relation {
    pub(crate) kind: String,
    pub(crate) document: String,
}

/// A file beside the text, or a picture in it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Attachment {
    pub(crate) file: String,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) bytes: u64,
    #[serde(default)]
    pub(crate) picture: Option<Value>,
}

impl Document {
    /// The text that is worked on, or the public one where nothing is.
    pub(crate) fn content(&self) -> Option<&Content> {
        let draft = self.draft.as_ref().map(|draft| &draft.content);
        draft.or(self.live.as_ref().map(|live| &live.content))
    }

    /// Which text that is.
    pub(crate) fn revision(&self) -> Option<&str> {
        let draft = self.draft.as_ref().map(|draft| &draft.revision);
        draft.or(self.live.as_ref().map(|live| &live.revision)).map(String::as_str)
    }

    /// What a person knows it by.
    pub(crate) fn title(&self) -> &str {
        let withdrawn = || self.withdrawn.as_ref().map(|withdrawn| withdrawn.title.as_str());
        let discarded = || self.discarded.as_ref().map(|discarded| discarded.title.as_str());
        let standing = self.content().map(|content| content.title.as_str());
        standing.or_else(withdrawn).or_else(discarded).unwrap_or(&self.id)
    }
}
