//! Rows of a document.

use domain::{
    ColumnId,
    column::Archive,
    document::{Arrival, ChangeNote, Document, DocumentNumber, Live, Origin, OriginalDate, Related, Version},
    shanghai,
};
use jiff::{Timestamp, civil::Date};

use super::{
    CityPlan, catalogue, coverage, file,
    kind::Kind,
    open, report,
    rows::{ArrivalRow, DocumentPage, EntryRow, Note, PageRow, PublishedRow, RelatedRow, Standing, VersionRow},
    slice,
};
use crate::{fold::RowSet, row::RowKey};

/// Rows of the state: what stands at every path the document ever had, and its entries while it is public.
pub(super) fn rows(plan: &CityPlan, state: &Document) -> RowSet {
    let mut rows = RowSet::default();
    for (site, path) in &state.places {
        let Some(standing) = standing(state, site.as_str(), path.as_str()) else { continue };
        let page = PageRow { standing: Some(standing), ..PageRow::of(Kind::Document, "") };
        rows.own(RowKey::new(slice::pages(site.as_str()), path.as_str()), &page);
        if state.notes.is_empty() {
            continue;
        }
        if let Some(history) = history_path(path.as_str()) {
            let page = PageRow::of(Kind::History, path.as_str());
            // Its own: a constant would be of version 1, and no batch would write the page of a place that was left before the first correction.
            rows.own(RowKey::new(slice::pages(site.as_str()), history), &page);
        }
    }
    if let (Some(live), Some(id)) = (&state.live, &state.id) {
        entries(&mut rows, state, live, id.as_str());
        catalogue::add(&mut rows, plan, state, live, id.as_str());
        coverage::add(&mut rows, plan, state, live, id.as_str());
        report::of_document(&mut rows, plan, state, live, id.as_str());
    }
    if let Some(id) = &state.id {
        relations(&mut rows, state, id.as_str());
        file::rows(&mut rows, state, id.as_str());
        open::rows(&mut rows, state, id.as_str());
    }
    rows
}

/// Where the public versions of the document at `path` are told: `/a/t.history.html` for `/a/t.html`.
#[must_use]
pub fn history_path(path: &str) -> Option<String> {
    path.strip_suffix(".html").map(|stem| format!("{stem}.history.html"))
}

/// The newest versions of a document that has more than one.
fn newest_versions(live: &Live) -> Vec<VersionRow> {
    let row = |version: &Version| VersionRow {
        number: version.number,
        at: version.at,
        dated: version.dated,
        title: version.title.to_string(),
        body: version.body.to_string(),
        note: version.note.as_ref().map(ToString::to_string),
    };
    match live.versions.as_slice() {
        [] | [_] => Vec::new(),
        more => more.iter().skip(more.len().saturating_sub(VERSIONS)).map(row).collect(),
    }
}

/// Versions of a history page: as many as a reader compares; the ledger keeps all.
const VERSIONS: usize = 20;

/// Rows of relations: what this one relates to learns of it while it is public, and what relates to this one learns where it went.
fn relations(rows: &mut RowSet, state: &Document, id: &str) {
    for Related { kind, document, site, path, .. } in state.related() {
        let Some(live) = &state.live else { continue };
        let row = RelatedRow {
            kind,
            site: live.column.site().to_string(),
            path: live.path.to_string(),
            title: live.content.title.to_string(),
            public_at: live.public_at,
            dated: live.dated,
        };
        let key = slice::related_by(site.as_str(), path.as_str(), kind.name(), id);
        rows.own(RowKey::new(slice::related(document.as_str()), key), &row);
    }
    if state.places.len() > 1 {
        for (site, path) in &state.places {
            rows.own(RowKey::new(slice::related(id), slice::related_at(site.as_str(), path.as_str())), &true);
        }
    }
}

fn arrived(arrival: &Arrival) -> ArrivalRow {
    let Origin { name, url, issuer, subject, validity, history, .. } = &arrival.origin;
    ArrivalRow {
        at: arrival.at,
        name: name.to_string(),
        url: url.as_ref().map(ToString::to_string),
        issuer: issuer.as_ref().map(ToString::to_string),
        subject: subject.as_ref().map(ToString::to_string),
        validity: validity.map(|validity| validity.chinese().to_owned()),
        history: history.iter().map(ToString::to_string).collect(),
    }
}

fn standing(state: &Document, site: &str, path: &str) -> Option<Standing> {
    if let Some(live) = &state.live {
        let here = live.column.site().as_str() == site && live.path.as_str() == path;
        return Some(if here {
            Standing::Here(Box::new(page(state, live)?))
        } else {
            Standing::Moved {
                site: live.column.site().to_string(),
                path: live.path.to_string(),
                title: live.content.title.to_string(),
            }
        });
    }
    state.withdrawn.as_ref().map(|withdrawn| Standing::Gone {
        title: withdrawn.title.to_string(),
        reason: withdrawn.reason.to_string(),
        at: withdrawn.at,
    })
}

fn page(state: &Document, live: &Live) -> Option<DocumentPage> {
    Some(DocumentPage {
        stream: state.id.as_ref()?.stream().to_string(),
        version: live.commit,
        column: live.column.to_string(),
        department: state.department.as_ref()?.to_string(),
        title: live.content.title.to_string(),
        body: live.content.body.to_string(),
        summary: live.content.summary.to_string(),
        document_number: live.content.document_number.as_ref().map(|number| number.as_str().to_owned()),
        written_on: live.content.written_on,
        source: live.content.source.to_string(),
        keywords: live.content.keywords.iter().map(ToString::to_string).collect(),
        index_number: number(state),
        public_at: live.public_at,
        changed_at: live.changed_at,
        notes: newest_notes(&state.notes, live.versions.first().map_or(0, |version| version.number)),
        dated: live.dated,
        arrival: state.arrival.as_ref().map(arrived),
        catalogue: live.content.catalogue.clone(),
        form: live.content.form.clone(),
        related: state.related(),
        files: file::attachments(state),
        versions: newest_versions(live),
    })
}

/// Only what came from an older system may have no index number.
pub(super) fn number(state: &Document) -> String {
    state.index_number.as_ref().map(|number| number.text.clone()).unwrap_or_default()
}

/// How a document sorts among others, and which part of a list it lies in.
pub(super) struct Place {
    /// `2026-11-23T08:00:00.123`: sorts as time does.
    pub(super) instant: String,
    /// The day it goes by.
    pub(super) day: Option<Date>,
}

impl Place {
    /// What nobody knows the day of lies before all others, in a part of its own.
    pub(super) fn of(public_at: Timestamp, dated: Option<OriginalDate>) -> Self {
        match dated {
            None => Self { instant: shanghai::sortable(public_at), day: Some(shanghai::local(public_at).date()) },
            Some(OriginalDate::Published { day } | OriginalDate::Version { day }) => Self {
                instant: format!("{:04}-{:02}-{:02}T00:00:00.000", day.year(), day.month(), day.day()),
                day: Some(day),
            },
            Some(OriginalDate::Unknown) => Self { instant: "0000-00-00T00:00:00.000".to_owned(), day: None },
        }
    }

    /// The part of a list that is cut so.
    pub(super) fn part(&self, cut: Archive) -> String {
        self.day.map_or_else(|| slice::UNDATED.to_owned(), |day| cut.slice_of_day(day))
    }
}

/// A row has a bound, a document's corrections have none: the page shows the newest notes, the ledger keeps all.
///
/// A note of a life that ended by a withdrawal is not shown again by a later publication.
fn newest_notes(notes: &[ChangeNote], first: u64) -> Vec<Note> {
    let of_this_life = notes.iter().skip_while(|note| note.number < first);
    let newest = of_this_life.clone().skip(of_this_life.count().saturating_sub(NOTES));
    newest.map(|n| Note { at: n.at, note: n.note.to_string(), version: n.number }).collect()
}

/// Notes of a page: of the longest kind they are 200 KB, half of what a row may hold.
const NOTES: usize = 200;

fn entries(rows: &mut RowSet, state: &Document, live: &Live, id: &str) {
    let Some(department) = &state.department else { return };
    let (column, site) = (live.column.as_str(), live.column.site());
    let place = Place::of(live.public_at, live.dated);
    let (archive, month) = (place.part(live.archive), place.part(Archive::Month));
    let instant = place.instant;
    let entry = EntryRow {
        site: site.to_string(),
        path: live.path.to_string(),
        title: live.content.title.to_string(),
        summary: live.content.summary.to_string(),
        document_number: live.content.document_number.as_ref().map(DocumentNumber::as_str).map(str::to_owned),
        index_number: number(state),
        department: department.to_string(),
        public_at: live.public_at,
        changed_at: live.changed_at,
        dated: live.dated,
        form: live.content.form.clone(),
        keywords: live.content.keywords.iter().map(ToString::to_string).collect(),
        archive: archive.clone(),
        source: live.content.source.to_string(),
    };
    rows.own(RowKey::new(slice::list(column), format!("{archive}/{instant}/{id}")), &entry);
    rows.own(RowKey::new(slice::issued(department.as_str()), format!("{instant}/{id}")), &entry);
    rows.own(RowKey::new(slice::document(id), slice::ENTRY), &entry);
    archive_rows(rows, &live.column, &archive);
    let published = PublishedRow { path: entry.path, changed_at: entry.changed_at };
    rows.own(RowKey::new(slice::published(site.as_str()), format!("{month}/{instant}/{id}")), &published);

    let sitemap_path = format!("/sitemap-{month}.xml");
    rows.constant(RowKey::new(slice::months(site.as_str()), month.as_str()), &month);
    let sitemap_page = PageRow::of(Kind::Sitemap, month);
    rows.constant(RowKey::new(slice::pages(site.as_str()), sitemap_path), &sitemap_page);
}

/// That a slice of a column's archive has a page: for good, whoever was listed there first.
pub(super) fn archive_rows(rows: &mut RowSet, column: &ColumnId, archive: &str) {
    let path = format!("{}{archive}.html", column.path());
    rows.constant(RowKey::new(slice::archive(column.as_str()), archive), &archive);
    let page = PageRow::of(Kind::Archive, format!("{column}/{archive}"));
    rows.constant(RowKey::new(slice::pages(column.site().as_str()), path), &page);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_the_newest_notes_however_many_corrections_there_were() {
        let longest = "更".repeat(300);
        let note = |number| ChangeNote {
            at: jiff::Timestamp::UNIX_EPOCH,
            number,
            note: domain::text::Line::new(longest.as_str()).unwrap(),
        };
        let all: Vec<ChangeNote> = (1..=450).map(note).collect();
        assert_eq!(newest_notes(&all, 449).iter().map(|note| note.version).collect::<Vec<_>>(), [449, 450]);
        let notes = newest_notes(&all, 1);
        assert_eq!((notes.len(), notes[0].version, notes[199].version), (200, 251, 450));
        let bytes = serde_json::to_string(&notes).unwrap().len();
        assert!(bytes < crate::row::LARGEST_ROW * 2 / 3, "{bytes} bytes");
    }
}
