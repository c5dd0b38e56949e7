//! The columns of a segment.

mod places;

use std::io;

use tantivy::{
    DocId, SegmentReader,
    columnar::{Column, StrColumn},
};

pub(crate) use places::Places;

use crate::{
    document::day,
    facet::Facet,
    force::{Force, Validity},
    known::Known,
};

/// The columns of a segment that questions are answered from. None where no document of the segment has a value.
///
/// What is looked at for every document that has the words lies open, an element for each; what is looked at for the few that are shown
/// stays packed.
pub(crate) struct Columns {
    ids: Option<StrColumn>,
    versions: Option<Column<u64>>,
    instants: Option<Column<i64>>,
    from: Option<Column<i64>>,
    until: Option<Column<i64>>,
    /// In the order of [`Facet::ALL`].
    pub(crate) facets: Vec<Places>,
    /// By their place in the facet's names.
    validities: Vec<Validity>,
    /// What the score of each document is multiplied by.
    standings: Vec<f32>,
    bytes: usize,
}

impl Columns {
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let (columns, documents) = (segment.fast_fields(), segment.max_doc());
        let mut facets = Vec::with_capacity(Facet::ALL.len());
        for facet in Facet::ALL {
            facets.push(Places::read(columns.str(facet.name())?, documents)?);
        }
        let named = Facet::ALL.iter().zip(&facets).find(|(facet, _)| **facet == Facet::Validity);
        let named = named.map(|(_, places)| places.names()).unwrap_or_default();
        let mut opened = Self {
            ids: columns.str("id")?,
            versions: columns.column_opt("version")?,
            instants: columns.column_opt("instant")?,
            from: columns.column_opt("from")?,
            until: columns.column_opt("until")?,
            validities: named.iter().map(|name| Validity::named(name)).collect(),
            facets,
            standings: Vec::new(),
            bytes: 0,
        };
        opened.standings = (0..documents).map(|doc| opened.standing_of(doc)).collect();
        opened.bytes = opened.facets.iter().map(Places::bytes).sum::<usize>() + 4 * opened.standings.len();
        for packed in ["id", "version", "instant", "from", "until"] {
            let bytes = columns.column_num_bytes(packed)?.get_bytes();
            opened.bytes += usize::try_from(bytes).unwrap_or(usize::MAX);
        }
        Ok(opened)
    }

    /// Bytes of memory, but for a few.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn version(&self, doc: DocId) -> Option<u64> {
        self.versions.as_ref()?.first(doc)
    }

    pub(crate) fn instant(&self, doc: DocId) -> i64 {
        self.instants.as_ref().and_then(|instants| instants.first(doc)).unwrap_or(i64::MIN)
    }

    /// The place of its id among all ids of the segment: they have the same order.
    pub(crate) fn id(&self, doc: DocId) -> u64 {
        self.ids.as_ref().and_then(|ids| ids.ords().first(doc)).unwrap_or_default()
    }

    /// The ids at `ords`, which are sorted.
    pub(crate) fn ids(&self, ords: &[u64]) -> io::Result<Vec<String>> {
        let mut ids = Vec::with_capacity(ords.len());
        if let Some(column) = &self.ids {
            names(column, ords, |id| ids.push(id.to_owned()))?;
        }
        Ok(ids)
    }

    /// How many ids are not greater than `id`.
    pub(crate) fn ids_up_to(&self, id: &str) -> io::Result<u64> {
        let Some(column) = &self.ids else { return Ok(0) };
        let (mut low, mut high) = (0, column.dictionary().num_terms() as u64);
        let mut read = String::new();
        while low < high {
            let middle = low + (high - low) / 2;
            column.ord_to_str(middle, &mut read)?;
            if read.as_str() <= id { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }

    fn validity(&self, doc: DocId) -> Validity {
        let at = Facet::ALL.iter().position(|facet| *facet == Facet::Validity);
        let mut validity = Validity::default();
        if let Some(places) = at.and_then(|at| self.facets.get(at)) {
            places.of(doc, |place| validity = self.validities.get(place).copied().unwrap_or_default());
        }
        validity
    }

    /// When a document was in force, as its entry said.
    pub(crate) fn force(&self, doc: DocId) -> Force {
        let day = |column: &Option<Column<i64>>| column.as_ref().and_then(|column| column.first(doc)).and_then(day);
        Force { validity: self.validity(doc), from: day(&self.from), until: day(&self.until) }
    }

    /// [`Force::on`](crate::Force::on), from the columns.
    pub(crate) fn in_force(&self, doc: DocId, day: i64) -> Known {
        let first = |column: &Option<Column<i64>>| column.as_ref().and_then(|column| column.first(doc));
        crate::force::in_force(self.validity(doc), first(&self.from), first(&self.until), &day)
    }

    /// What its score is multiplied by, between 0.9 and 1.21: what is in force comes before what is not, what is newer before what is older,
    /// as long as both fit about equally well.
    ///
    /// In force 1.1, unknown 1.05, repealed or expired 0.9; times 1 for the year 2000 and before to 1.1 for 2040 and after. An absolute
    /// measure: what a page shows does not depend on the day it is asked for.
    pub(crate) fn standing(&self, doc: DocId) -> f32 {
        self.standings.get(doc as usize).copied().unwrap_or(1.0)
    }

    fn standing_of(&self, doc: DocId) -> f32 {
        const YEAR: f32 = 365.25 * 86_400_000.0;
        let standing = match self.validity(doc) {
            Validity::InForce | Validity::Amended => 1.1,
            Validity::Unknown => 1.05,
            Validity::Repealed | Validity::Expired => 0.9,
        };
        let years = self.instant(doc) as f32 / YEAR - 30.0;
        standing * (1.0 + 0.1 * (years / 40.0).clamp(0.0, 1.0))
    }
}

/// The names at `ords`, which are sorted.
fn names(column: &StrColumn, ords: &[u64], mut each: impl FnMut(&str)) -> io::Result<()> {
    let all = column.dictionary().sorted_ords_to_term_cb(ords, |name| each(&String::from_utf8_lossy(name)))?;
    if all { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}
