//! Files of a segment in one object.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use crate::manifest::{self, CHUNK, Digester, Manifest, Object};

/// Files of a segment in one object, the small ones first: their ends, which are read when an index is opened, then share few chunks.
pub(super) struct Bundle {
    key: String,
    pub(super) path: PathBuf,
    object: Object,
    files: Vec<(String, manifest::File)>,
}

/// The files of a segment, but for its deletes.
pub(super) fn parts(segment: &str) -> [String; 6] {
    ["fieldnorm", "fast", "idx", "pos", "store", "term"].map(|part| format!("{segment}.{part}"))
}

/// Moves those of the files `names` that are new into one object; none if none is.
pub(super) fn bundle(from: &Path, names: &[String], key: &str, to: &Path) -> io::Result<Option<Bundle>> {
    let mut sized = Vec::new();
    for name in names {
        match fs::metadata(from.join(name)) {
            Ok(file) => sized.push((file.len(), name)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    if sized.is_empty() {
        return Ok(None);
    }
    sized.sort_unstable();
    let path = to.join(key.rsplit('/').next().unwrap_or(key));
    let mut object = File::create_new(&path)?;
    let mut digester = Digester::default();
    let mut files = Vec::new();
    let mut offset = 0;
    let mut buffer = vec![0; CHUNK];
    for (length, name) in sized {
        let mut file = File::open(from.join(name))?;
        loop {
            let read = file.read(&mut buffer)?;
            let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            digester.update(bytes);
            object.write_all(bytes)?;
        }
        // The folder of a function is small: no file lies there twice longer than it must.
        fs::remove_file(from.join(name))?;
        files.push((name.clone(), manifest::File { key: key.to_owned(), offset, length }));
        offset += length;
    }
    let (length, digests) = digester.finish();
    Ok(Some(Bundle { key: key.to_owned(), path, object: Object { length, digests }, files }))
}

impl Bundle {
    /// Writes it into a manifest.
    pub(super) fn enter(self, manifest: &mut Manifest) {
        manifest.objects.insert(self.key, self.object);
        manifest.files.extend(self.files);
    }
}
