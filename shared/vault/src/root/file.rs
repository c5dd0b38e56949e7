//! A key file: several keys by id; the newest wraps, any unwraps.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{RootError, Wrapped};
use crate::key::Key;

/// The keys of one machine, as they stand in their file: `{"keys": [{"id", "key"}]}`, oldest first, each of 256 bits in base64url.
///
/// Whoever reads the file can open everything beside it, so it is its owner's alone (mode 0600) and nothing else is ever told of it.
pub struct KeyFile {
    keys: Vec<(String, Key)>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    keys: Vec<StoredKey>,
}

#[derive(Serialize, Deserialize)]
struct StoredKey {
    id: String,
    key: Zeroizing<String>,
}

impl KeyFile {
    /// Makes a file with one new key where there is none; leaves one that is there.
    ///
    /// # Errors
    /// It cannot be written, is exposed, or no key file.
    pub fn create(path: &Path) -> Result<(), RootError> {
        let failed = |source| RootError::File { file: path.to_owned(), source };
        if path.try_exists().map_err(failed)? {
            return Self::read(path).map(drop);
        }
        let beside = beside(path);
        write(&beside, &Self { keys: vec![fresh()] })?;
        // Under its name it is whole: a crash leaves no half of one, and of two that are made at once the first stands.
        let named = fs::hard_link(&beside, path).and_then(|()| press_name(path));
        fs::remove_file(&beside).map_err(failed)?;
        match named {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::read(path).map(drop),
            named => named.map_err(failed),
        }
    }

    /// Adds a key that wraps from now on; what the others wrapped, they unwrap.
    ///
    /// The new file takes the place of the old one at once; a process that runs goes on wrapping with the key it knows.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn rotate(path: &Path) -> Result<(), RootError> {
        let mut file = Self::read(path)?;
        file.keys.push(fresh());
        let beside = beside(path);
        let failed = |source| RootError::File { file: path.to_owned(), source };
        write(&beside, &file)?;
        fs::rename(&beside, path).and_then(|()| press_name(path)).map_err(failed)
    }

    fn read(path: &Path) -> Result<Self, RootError> {
        let not_keys = |reason| RootError::NotAKeyFile { file: path.to_owned(), reason };
        keep_private(path)?;
        let text = fs::read(path).map_err(|source| RootError::File { file: path.to_owned(), source });
        let text = Zeroizing::new(text?);
        let stored: Stored = serde_json::from_slice(&text).map_err(|_| not_keys("it is not the JSON of one"))?;
        let mut keys: Vec<(String, Key)> = Vec::new();
        for StoredKey { id, key } in stored.keys {
            let bytes = BASE64URL_NOPAD.decode(key.as_bytes()).map(Zeroizing::new);
            let key = bytes.ok().and_then(|bytes| Key::from_bytes(&bytes));
            let key = key.ok_or_else(|| not_keys("a key is not 256 bits in base64url"))?;
            if keys.iter().any(|(known, _)| *known == id) {
                return Err(not_keys("two keys have one id"));
            }
            keys.push((id, key));
        }
        if keys.is_empty() { Err(not_keys("it holds no key")) } else { Ok(Self { keys }) }
    }
}

/// A key file in use.
pub(super) struct Kept {
    path: PathBuf,
    file: RwLock<KeyFile>,
}

impl Kept {
    pub(super) fn open(path: &Path) -> Result<Self, RootError> {
        Ok(Self { path: path.to_owned(), file: RwLock::new(KeyFile::read(path)?) })
    }

    pub(super) fn wrap(&self, name: &str, key: &Key) -> Result<Wrapped, RootError> {
        let file = self.file.read().unwrap_or_else(PoisonError::into_inner);
        let unopened = || RootError::Unopened { name: name.to_owned() };
        let (id, root) = file.keys.last().ok_or_else(unopened)?;
        let bytes = root.seal(&place(name), key.expose()).map_err(|_| unopened())?;
        Ok(Wrapped { by: format!("file:{id}"), bytes })
    }

    pub(super) fn unwrap(&self, name: &str, wrapped: &Wrapped) -> Result<Key, RootError> {
        let unknown = || RootError::Unknown { name: name.to_owned(), by: wrapped.by.clone() };
        let id = wrapped.by.strip_prefix("file:").ok_or_else(unknown)?;
        let root = match self.key(id) {
            Some(key) => key,
            None => {
                // Another process has rotated since.
                *self.file.write().unwrap_or_else(PoisonError::into_inner) = KeyFile::read(&self.path)?;
                self.key(id).ok_or_else(unknown)?
            }
        };
        let bytes = root.open(&place(name), &wrapped.bytes).ok();
        bytes.and_then(|bytes| Key::from_bytes(&bytes)).ok_or_else(|| RootError::Unopened { name: name.to_owned() })
    }

    fn key(&self, id: &str) -> Option<Key> {
        let file = self.file.read().unwrap_or_else(PoisonError::into_inner);
        file.keys.iter().find(|(known, _)| known == id).map(|(_, key)| key.clone())
    }
}

/// What a wrapped key is bound to: it opens as the key of this name only.
fn place(name: &str) -> [&[u8]; 2] {
    [b"root", name.as_bytes()]
}

fn fresh() -> (String, Key) {
    (HEXLOWER.encode(&rand::random::<[u8; 8]>()), Key::random())
}

/// A name of this write's own beside the file.
fn beside(path: &Path) -> PathBuf {
    path.with_extension(format!("{}.new", HEXLOWER.encode(&rand::random::<[u8; 4]>())))
}

/// Writes a file that only its owner may read, where none is; on the disk when this returns.
fn write(path: &Path, file: &KeyFile) -> Result<(), RootError> {
    let failed = |source| RootError::File { file: path.to_owned(), source };
    let stored = |(id, key): &(String, Key)| StoredKey {
        id: id.clone(),
        key: Zeroizing::new(BASE64URL_NOPAD.encode(key.expose())),
    };
    let stored = Stored { keys: file.keys.iter().map(stored).collect() };
    let text = Zeroizing::new(serde_json::to_vec(&stored).map_err(|error| failed(error.into()))?);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut handle = options.open(path).map_err(failed)?;
    handle.write_all(&text).and_then(|()| handle.sync_all()).and_then(|()| press_name(path)).map_err(failed)
}

/// Presses the file's name onto the disk: a key must not vanish that has wrapped something.
#[cfg(unix)]
fn press_name(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn press_name(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn keep_private(path: &Path) -> Result<(), RootError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = fs::metadata(path).map_err(|source| RootError::File { file: path.to_owned(), source })?;
    if metadata.permissions().mode() & 0o077 == 0 { Ok(()) } else { Err(RootError::Exposed { file: path.to_owned() }) }
}

#[cfg(not(unix))]
fn keep_private(_: &Path) -> Result<(), RootError> {
    Ok(())
}

#[cfg(test)]
mod tests;
