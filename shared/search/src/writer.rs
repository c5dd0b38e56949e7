//! Brings changes into an index.

mod built;
mod bundle;
mod changes;
mod error;
mod merging;

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use tantivy::{
    Index, IndexMeta, IndexWriter, ReloadPolicy, TantivyDocument, Term,
    indexer::{IndexWriterOptions, NoMergePolicy},
};

use self::{
    changes::{Effective, Indexed, Settled},
    merging::{Segment, merging},
};
use crate::{
    cache::Cache,
    change::Change,
    directory::{META, ShelfDirectory},
    document::document,
    manifest::Manifest,
    schema::{Fields, SCHEMA, tokenizers},
    shelf::Shelf,
    workbench::Workbench,
};

pub use built::{Built, Outcome, Report};
pub use error::BuildError;

/// Bytes of new documents that are held in memory before they become a segment.
const MEMORY: usize = 50_000_000;

/// Brings changes into an index. What comes out is put on the shelf first, then the manifest is swapped; if the swap is lost, all of it is
/// thrown away and the changes are built again on the manifest that won.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    /// The index that is changed.
    pub manifest: &'a Manifest,
    /// Where its objects lie; nothing is written there.
    pub shelf: &'a Arc<dyn Shelf>,
    /// Chunks that were fetched.
    pub cache: &'a Arc<Cache>,
    /// Part of the names of all new objects, of letters, digits and `-`: no other build ever had it.
    pub attempt: &'a str,
    /// An empty folder. New objects lie there until they were put on the shelf; the caller removes it.
    pub folder: &'a Path,
}

impl Writer<'_> {
    /// Builds the next index. Of changes of one document the one of the highest version counts, of equal ones the last.
    ///
    /// A change is refused if the index has a higher version, and skipped if the document is indexed under the same stamp.
    ///
    /// # Errors
    /// The index is of another schema or cannot be read, or the folder cannot be written.
    pub fn build(&self, changes: Vec<Change>) -> Result<Outcome, BuildError> {
        if self.manifest.schema != SCHEMA {
            return Err(BuildError::OtherSchema { found: self.manifest.schema, wanted: SCHEMA });
        }
        let shelf = ShelfDirectory::new(self.manifest, self.shelf, self.cache)?;
        let files = self.folder.join("files");
        fs::create_dir(&files)?;
        let mut index = Index::open(Workbench::new(&files, shelf)?)?;
        index.set_tokenizers(tokenizers());
        let searcher = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher();
        let Settled { changes, mut report } = changes::settle(changes, &Indexed::new(&searcher)?)?;
        drop(searcher);
        if changes.is_empty() {
            return Ok(Outcome { report, built: None });
        }
        report.merged = write(&index, &changes)?;
        let meta = index.load_metas()?;
        drop(index);
        let built = self.collect(&files, &meta)?;
        Ok(Outcome { report, built: Some(built) })
    }

    /// The objects of the next index, and its manifest.
    fn collect(&self, files: &Path, meta: &IndexMeta) -> Result<Built, BuildError> {
        let mut manifest = Manifest {
            counter: self.manifest.counter + 1,
            documents: meta.segments.iter().map(|segment| u64::from(segment.num_docs())).sum(),
            meta: Some(serde_json::from_slice(&fs::read(files.join(META))?)?),
            objects: BTreeMap::new(),
            files: BTreeMap::new(),
            ..self.manifest.clone()
        };
        let mut objects = Vec::new();
        for segment in &meta.segments {
            let id = segment.id().uuid_string();
            let deletes = segment.delete_opstamp().map(|opstamp| format!("{id}.{opstamp}.del"));
            let prefix = format!("index/{}/{}-{id}", self.manifest.generation, self.attempt);
            let bundle = bundle::parts(&id).to_vec();
            let of_segment =
                [(format!("{prefix}.bundle"), bundle)].into_iter().chain(deletes.map(|name| {
                    (format!("{prefix}-{}.del", segment.delete_opstamp().unwrap_or_default()), vec![name])
                }));
            for (key, names) in of_segment {
                match bundle::bundle(files, &names, &key, self.folder)? {
                    Some(bundle) => {
                        objects.push((key, bundle.path.clone()));
                        bundle.enter(&mut manifest);
                    }
                    None => self.keep(&names, &mut manifest)?,
                }
            }
        }
        let unreferenced =
            self.manifest.objects.keys().filter(|key| !manifest.objects.contains_key(*key)).cloned().collect();
        Ok(Built { manifest, objects, unreferenced })
    }

    /// Takes over files of the index before.
    fn keep(&self, names: &[String], manifest: &mut Manifest) -> Result<(), BuildError> {
        for name in names {
            let Some(file) = self.manifest.files.get(name) else { continue };
            let object = self.manifest.objects.get(&file.key).ok_or(BuildError::Incomplete)?;
            manifest.objects.insert(file.key.clone(), object.clone());
            manifest.files.insert(name.clone(), file.clone());
        }
        Ok(())
    }
}

/// Writes new segments and deletes; then merges what is to be merged, and says how many segments became one.
fn write(index: &Index, changes: &[Effective]) -> Result<usize, BuildError> {
    let fields = Fields::get();
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .memory_budget_per_thread(MEMORY)
        .num_merge_threads(1)
        .build();
    let mut writer: IndexWriter<TantivyDocument> = index.writer_with_options(options)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for Effective { change, replaces } in changes {
        if *replaces {
            writer.delete_term(Term::from_field_text(fields.id, change.id()));
        }
        if let Change::Upsert(entry) = change {
            writer.add_document(document(entry, fields))?;
        }
    }
    writer.commit()?;
    let segments: Vec<Segment> = index.searchable_segment_metas()?.iter().map(Segment::of).collect();
    let merged = merging(&segments);
    if !merged.is_empty() {
        writer.merge(&merged).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(merged.len())
}

impl std::fmt::Debug for Writer<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (counter, attempt) = (self.manifest.counter, self.attempt);
        formatter.debug_struct("Writer").field("counter", &counter).field("attempt", &attempt).finish_non_exhaustive()
    }
}
