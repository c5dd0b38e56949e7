//! The columns of a segment.

use std::io;

use tantivy::{
    DocId, SegmentReader,
    columnar::{Column, StrColumn},
};

use crate::{
    document::day,
    facet::Facet,
    force::{Force, Validity},
    known::Known,
};

/// The columns of a segment that questions are answered from. None where no document of the segment has a value.
pub(crate) struct Columns {
    ids: Option<StrColumn>,
    versions: Option<Column<u64>>,
    instants: Option<Column<i64>>,
    from: Option<Column<i64>>,
    until: Option<Column<i64>>,
    /// In the order of [`Facet::ALL`].
    pub(crate) facets: Vec<Option<StrColumn>>,
    /// By their place in the facet's dictionary.
    validities: Vec<Validity>,
}

impl Columns {
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let facets = Facet::ALL.map(|facet| columns.str(facet.name())).into_iter().collect::<Result<Vec<_>, _>>()?;
        let mut validities = Vec::new();
        if let Some(column) = columns.str(Facet::Validity.name())? {
            let ords: Vec<u64> = (0..column.dictionary().num_terms() as u64).collect();
            names(&column, &ords, |name| validities.push(Validity::named(name)))?;
        }
        Ok(Self {
            ids: columns.str("id")?,
            versions: columns.column_opt("version")?,
            instants: columns.column_opt("instant")?,
            from: columns.column_opt("from")?,
            until: columns.column_opt("until")?,
            facets,
            validities,
        })
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
        let column = at.and_then(|at| self.facets.get(at)).and_then(Option::as_ref);
        let ord = column.and_then(|column| column.ords().first(doc));
        ord.and_then(|ord| self.validities.get(usize::try_from(ord).ok()?)).copied().unwrap_or_default()
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

    /// What a score is multiplied by, between 0.9 and 1.21: what is in force comes before what is not, what is newer before what is older,
    /// as long as both fit about equally well.
    ///
    /// In force 1.1, unknown 1.05, repealed or expired 0.9; times 1 for the year 2000 and before to 1.1 for 2040 and after. An absolute
    /// measure: what a page shows does not depend on the day it is asked for.
    pub(crate) fn standing(&self, doc: DocId) -> f32 {
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
pub(crate) fn names(column: &StrColumn, ords: &[u64], mut each: impl FnMut(&str)) -> io::Result<()> {
    let all = column.dictionary().sorted_ords_to_term_cb(ords, |name| each(&String::from_utf8_lossy(name)))?;
    if all { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}
