//! A city of one banner over all its sites.

use domain::StreamId;
use ledger::Commit;

use super::BANNER;
use crate::{
    fold::{Fold, RowSet},
    page::{PageKey, PageObject, Status},
    projection::{Composition, FoldFailure, Projection, Provenance},
    reads::{Missing, Read, Reads},
    row::{Row, RowKey},
    work::{Lane, Scope},
};

/// A banner, and sites of one page each.
pub(super) struct City;

pub(super) fn page_of(site: &str) -> PageKey {
    PageKey { site: site.into(), path: "/".into(), kind: "home".into(), about: String::new() }
}

fn pages_of(site: &str) -> String {
    format!("pages|{site}")
}

impl Projection for City {
    type Model = Vec<Option<String>>;

    fn fold(&self, stream: &StreamId, commits: &[Commit]) -> Result<Vec<Row>, FoldFailure> {
        let mut fold = Fold::default();
        for commit in commits {
            let mut rows = RowSet::default();
            match stream.key() {
                BANNER => rows.own(RowKey::new(BANNER, "*"), &commit.number),
                site => {
                    rows.own(RowKey::new("sites", site), &"opened");
                    rows.own(RowKey::new(pages_of(site), "/"), &"home");
                }
            }
            fold.advance(rows, commit.number);
        }
        Ok(fold.into_rows())
    }

    fn withdraws(&self, _: &Commit) -> bool {
        false
    }

    fn touched(&self, row: &Row) -> Vec<PageKey> {
        self.pages_of(row)
    }

    fn wide(&self, row: &Row) -> Vec<Scope> {
        if row.at.slice == BANNER { vec![Scope::changed("sites", "", Lane::Ahead)] } else { Vec::new() }
    }

    fn pages_of(&self, row: &Row) -> Vec<PageKey> {
        row.at.slice.strip_prefix("pages|").map(page_of).into_iter().collect()
    }

    fn scopes_of(&self, row: &Row) -> Vec<Scope> {
        match row.at.slice.as_str() {
            "sites" => vec![Scope::changed(pages_of(&row.at.key), "", Lane::Bulk)],
            _ => Vec::new(),
        }
    }

    fn all_pages_of(&self, row: &Row) -> Vec<PageKey> {
        self.pages_of(row)
    }

    fn sites(&self) -> String {
        "sites".into()
    }

    fn pages_of_site(&self, row: &Row) -> Scope {
        Scope::changed(pages_of(&row.at.key), "", Lane::Bulk)
    }

    fn compose(&self, page: &PageKey, reads: &Reads) -> Result<Composition<Self::Model>, Missing> {
        if reads.rows(Read::all(pages_of(&page.site)))?.is_empty() {
            return Ok(Composition::Nothing);
        }
        Ok(Composition::Page(reads.rows(Read::all(BANNER))?.iter().map(|row| row.body.clone()).collect()))
    }

    fn render(&self, _: &PageKey, model: Self::Model, provenance: &Provenance) -> Result<PageObject, String> {
        Ok(PageObject {
            status: Status::Ok,
            content_type: "text/html".into(),
            disposition: None,
            bytes: format!("{model:?} {}", provenance.digest).into_bytes(),
            digest: provenance.digest.clone(),
            generation: provenance.generation,
        })
    }
}
