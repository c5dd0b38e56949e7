//! Which names the documents of a segment have.

use std::{io, sync::Arc};

use tantivy::{
    DocId,
    columnar::{Cardinality, Column, StrColumn},
};

use super::names;

/// Documents whose values are read at once.
const TOGETHER: u32 = 4_096;

/// Which names of a facet the documents of a segment have, so that a million of them are counted in milliseconds.
#[derive(Default)]
pub(crate) struct Places {
    /// In their order. A place is a position here; one behind them all is that of no name.
    names: Vec<Arc<str>>,
    /// Where the values of each document end, where one may have several; else each has one.
    ends: Option<Vec<u32>>,
    values: Values,
}

/// Places, each in as few bytes as hold them all.
enum Values {
    Byte(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
}

impl Default for Values {
    fn default() -> Self {
        Self::Byte(Vec::new())
    }
}

impl Places {
    /// Reads the column of a segment of so many documents.
    pub(super) fn read(column: Option<StrColumn>, documents: u32) -> io::Result<Self> {
        let Some(column) = column else { return Ok(Self::default()) };
        let mut all = Vec::with_capacity(column.num_terms());
        let ords: Vec<u64> = (0..column.num_terms() as u64).collect();
        names(&column, &ords, |name| all.push(Arc::from(name)))?;
        let ords = column.ords();
        let several = ords.get_cardinality() == Cardinality::Multivalued;
        // A document without a value has an empty range, which may stand anywhere.
        let mut last = 0;
        let mut end = |doc| {
            last = ords.index.value_row_ids(doc).end.max(last);
            last
        };
        let ends = several.then(|| (0..documents).map(&mut end).collect());
        let values = match all.len() {
            // The place of no name is one, too.
            ..0xFF => Values::Byte(read(ords, documents, all.len() as u64)),
            0xFF..0xFFFF => Values::Two(read(ords, documents, all.len() as u64)),
            _ => Values::Four(read(ords, documents, all.len() as u64)),
        };
        Ok(Self { names: all, ends, values })
    }

    /// The names, in their order.
    pub(crate) fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// The place of a name; none where no document of the segment has it.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.names.binary_search_by(|known| known.as_ref().cmp(name)).ok()
    }

    /// Does something with each place of a document.
    pub(crate) fn of(&self, doc: DocId, each: impl FnMut(usize)) {
        match &self.values {
            Values::Byte(values) => self.places(values, doc).for_each(each),
            Values::Two(values) => self.places(values, doc).for_each(each),
            Values::Four(values) => self.places(values, doc).for_each(each),
        }
    }

    /// Adds the places of `docs` to `counts`, which has one for each name and one for none.
    pub(crate) fn count(&self, docs: &[DocId], counts: &mut [u64]) {
        match &self.values {
            Values::Byte(values) => self.add(values, docs, counts),
            Values::Two(values) => self.add(values, docs, counts),
            Values::Four(values) => self.add(values, docs, counts),
        }
    }

    fn add<T: Place>(&self, values: &[T], docs: &[DocId], counts: &mut [u64]) {
        for doc in docs {
            for place in self.places(values, *doc) {
                if let Some(count) = counts.get_mut(place) {
                    *count += 1;
                }
            }
        }
    }

    fn places<T: Place>(&self, values: &[T], doc: DocId) -> impl Iterator<Item = usize> {
        let doc = doc as usize;
        let range = match &self.ends {
            None => doc..doc + 1,
            Some(ends) => {
                let end = |doc: usize| ends.get(doc).map_or(0, |end| *end as usize);
                doc.checked_sub(1).map_or(0, end)..end(doc)
            }
        };
        values.get(range).unwrap_or_default().iter().map(|place| place.place())
    }

    /// Bytes of memory, but for a few.
    pub(super) fn bytes(&self) -> usize {
        let values = match &self.values {
            Values::Byte(values) => values.len(),
            Values::Two(values) => 2 * values.len(),
            Values::Four(values) => 4 * values.len(),
        };
        let names: usize = self.names.iter().map(|name| name.len() + size_of::<Arc<str>>()).sum();
        names + values + self.ends.as_ref().map_or(0, |ends| 4 * ends.len())
    }
}

/// A place in a few bytes.
trait Place: Copy {
    fn of(ord: u64) -> Self;
    fn place(self) -> usize;
}

macro_rules! places {
    ($($bytes:ty),*) => {
        $(impl Place for $bytes {
            fn of(ord: u64) -> Self {
                Self::try_from(ord).unwrap_or(Self::MAX)
            }

            fn place(self) -> usize {
                self as usize
            }
        })*
    };
}

places!(u8, u16, u32);

/// All places of a column: document after document, `none` where one has no value.
fn read<T: Place>(ords: &Column<u64>, documents: u32, none: u64) -> Vec<T> {
    let mut values = Vec::new();
    let several = ords.get_cardinality() == Cardinality::Multivalued;
    let most = if several { ords.values.num_vals() } else { documents };
    values.reserve_exact(most as usize);
    for start in (0..most).step_by(TOGETHER as usize) {
        let numbers: Vec<u32> = (start..most.min(start + TOGETHER)).collect();
        if several {
            let mut read = vec![0; numbers.len()];
            ords.values.get_range(u64::from(start), &mut read);
            values.extend(read.into_iter().map(T::of));
        } else {
            let mut read = vec![None; numbers.len()];
            ords.first_vals(&numbers, &mut read);
            values.extend(read.into_iter().map(|ord| T::of(ord.unwrap_or(none))));
        }
    }
    values
}
