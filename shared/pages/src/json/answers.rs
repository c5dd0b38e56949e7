//! The JSON beside public answers to error reports: JSON Feed 1.1, an answer an item.

use serde::Serialize;

use super::{Named, Site, feed::feed, here, url};
use crate::html::answers::{ABOUT, NAME};
use crate::model::{AnswersMonthPage, AnswersPage, Frame, Provenance, PublicAnswer};
use crate::when::When;
use crate::{RenderError, Rendered};

/// What this platform adds to the feed.
#[derive(Serialize)]
struct OfFeed<'a> {
    #[serde(rename = "type")]
    kind_of_page: &'static str,
    newest: Named<'a>,
    months: Vec<Named<'a>>,
    site: Site<'a>,
    provenance: &'a Provenance,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: String,
    title: &'a str,
    content_text: &'a str,
    date_published: String,
    date_modified: String,
    authors: [Named<'a>; 1],
    tags: [&'static str; 1],
    _taihu: OfItem<'a>,
}

/// What this platform adds to an item.
#[derive(Serialize)]
struct OfItem<'a> {
    number: &'a str,
    finding: domain::correction::Finding,
    page: Option<&'a str>,
    reported_at: String,
}

impl<'a> Item<'a> {
    fn all(frame: &'a Frame, answers: &'a [PublicAnswer]) -> Result<Vec<Self>, RenderError> {
        let item = |answer: &'a PublicAnswer| {
            let answered = When::from(answer.answered_at).machine;
            Ok(Self {
                id: &answer.id,
                url: url(frame, &answer.url)?,
                title: &answer.subject,
                content_text: &answer.text,
                date_published: answered.clone(),
                date_modified: answered,
                authors: [Named { name: &frame.sponsor, url: url(frame, "/")? }],
                tags: [answer.finding.chinese()],
                _taihu: OfItem {
                    number: &answer.number,
                    finding: answer.finding,
                    page: answer.page.as_deref(),
                    reported_at: When::from(answer.reported_at).machine,
                },
            })
        };
        answers.iter().map(item).collect()
    }
}

/// Writes the JSON Feed beside the page of the newest answers.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn answers(frame: &Frame, model: &AnswersPage) -> Result<Rendered, RenderError> {
    let of_feed = OfFeed {
        kind_of_page: "answers",
        newest: Named { name: NAME, url: here(frame)? },
        months: Named::all(frame, &model.months)?,
        site: Site::of(frame)?,
        provenance: &frame.provenance,
    };
    feed(frame, NAME, Some(ABOUT), Item::all(frame, &model.answers)?, of_feed)
}

/// Writes the JSON Feed beside the page of a month.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn answers_month(frame: &Frame, model: &AnswersMonthPage) -> Result<Rendered, RenderError> {
    let of_feed = OfFeed {
        kind_of_page: "answers-month",
        newest: Named::of(frame, &model.newest)?,
        months: Vec::new(),
        site: Site::of(frame)?,
        provenance: &frame.provenance,
    };
    feed(frame, &format!("{NAME} {}", model.title), None, Item::all(frame, &model.answers)?, of_feed)
}
