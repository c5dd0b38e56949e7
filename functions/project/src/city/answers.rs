//! Public answers to error reports: the newest ones, their feed, and those of a month.

use pages::{AnswersMonthPage, AnswersPage, AtomFeed, Dated, FeedEntry, Frame, Link, PublicAnswer};
use views::{
    PageKey, Read, Reads, Row,
    city::{self, AnswerRow, slice},
};

use super::{
    City, Composed, Model,
    column::{archive_title, tag},
    frame, statistics,
};

/// Answers of the head page and of the feed.
const ANSWERS: usize = 20;

/// The name of these pages, and where the newest stand.
pub(super) fn link() -> Link {
    Link { name: "纠错反馈".to_owned(), url: city::ANSWERS_PATH.to_owned() }
}

/// Composes the page of the newest answers and of the months.
pub(super) fn head(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let frame = framed(city, page, reads, vec![frame::home_link()])?;
    let answers = newest(city, page, reads)?;
    let months = reads.rows(Read::all(slice::answered(&page.site)))?.iter().rev();
    let months =
        months.map(|row| Link { name: archive_title(&row.at.key), url: city::answers_month_path(&row.at.key) });
    let head = AnswersPage {
        answers,
        months: months.collect(),
        feed: city::ANSWERS_FEED_PATH.to_owned(),
        statistics: statistics::link(city, &page.site),
    };
    Ok(Model::Answers(frame, head))
}

/// Composes the page of a month: it stays when all its answers are withdrawn.
pub(super) fn month(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let frame = framed(city, page, reads, vec![frame::home_link(), link()])?;
    let month = page.about.as_str();
    let rows = reads.rows(Read::Range { slice: slice::answers(&page.site), prefix: format!("{month}/") })?;
    let answers = rows.iter().rev().filter_map(|row| answer(city, row)).collect();
    Ok(Model::AnswersMonth(frame, AnswersMonthPage { title: archive_title(month), answers, newest: link() }))
}

/// Composes the Atom feed.
pub(super) fn feed(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let frame = framed(city, page, reads, Vec::new())?;
    let host = city.addresses.host(&page.site);
    let sponsor = Link { name: frame.sponsor.clone(), url: "/".to_owned() };
    let entries = newest(city, page, reads)?.into_iter().map(|answer| FeedEntry {
        url: format!("{host}{}", answer.url),
        dated: Dated::At(answer.answered_at),
        updated_at: answer.answered_at,
        summary: format!("{}。{}", answer.finding.chinese(), answer.text),
        author: sponsor.clone(),
        keywords: Vec::new(),
        index_number: String::new(),
        document_number: None,
        id: answer.id,
        title: answer.subject,
    });
    let entries: Vec<FeedEntry> = entries.collect();
    let feed = AtomFeed {
        title: format!("{} - {}", link().name, frame.name),
        self_url: format!("{host}{}", page.path),
        html_url: format!("{host}{}", city::ANSWERS_PATH),
        id: tag(city, "2026-01-01", &format!("answers/{}", page.site)),
        // A feed without entries never changed since the epoch: no clock is read here.
        updated: entries.iter().map(|entry| entry.updated_at).max().unwrap_or_default(),
        entries,
    };
    Ok(Model::Feed(frame, feed))
}

/// A page of the site: its answers are of many streams, and none of them is its own.
fn framed(city: &City, page: &PageKey, reads: &Reads, breadcrumb: Vec<Link>) -> Composed<Frame> {
    Ok(Frame { breadcrumb, ..frame::of(city, page, reads)?.about_site() })
}

fn newest(city: &City, page: &PageKey, reads: &Reads) -> Composed<Vec<PublicAnswer>> {
    let rows = reads.rows(Read::Newest { slice: slice::answers(&page.site), live: ANSWERS })?;
    Ok(rows.iter().filter_map(|row| answer(city, row)).collect())
}

/// What a live row tells. Its id is that of the report: another answer after a withdrawn one takes its place in feeds.
fn answer(city: &City, row: &Row) -> Option<PublicAnswer> {
    let month = row.at.key.split('/').next().unwrap_or_default();
    let AnswerRow { number, finding, subject, answer, page, reported_at, answered_at } = row.content()?;
    Some(PublicAnswer {
        id: tag(city, &domain::shanghai::day(reported_at), &format!("answer/{number}")),
        url: format!("{}#{number}", city::answers_month_path(month)),
        page: page.map(|page| format!("{}{}", city.addresses.host(page.site.as_str()), page.path)),
        number,
        finding,
        subject,
        text: answer,
        reported_at,
        answered_at,
    })
}
