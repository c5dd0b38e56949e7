//! The key file: whose it is, what it wraps, how it is rotated.

use super::*;

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.json");
    (folder, path)
}

#[test]
fn what_an_older_key_wrapped_it_unwraps_and_the_newest_wraps() {
    let (_folder, path) = folder();
    KeyFile::create(&path).unwrap();
    let running = Kept::open(&path).unwrap();
    let key = Key::random();
    let before = running.wrap("department#jyj", &key).unwrap();
    KeyFile::rotate(&path).unwrap();
    let restarted = Kept::open(&path).unwrap();
    let after = restarted.wrap("department#jyj", &key).unwrap();
    assert_ne!(before.by, after.by);
    for kept in [&running, &restarted] {
        for wrapped in [&before, &after] {
            assert_eq!(kept.unwrap("department#jyj", wrapped).unwrap().expose(), key.expose());
        }
    }
}

#[test]
fn a_wrap_opens_under_its_name_and_with_its_key_only() {
    let (_folder, path) = folder();
    KeyFile::create(&path).unwrap();
    let kept = Kept::open(&path).unwrap();
    let wrapped = kept.wrap("department#jyj", &Key::random()).unwrap();
    assert!(matches!(kept.unwrap("department#gaj", &wrapped), Err(RootError::Unopened { .. })));
    let foreign = Wrapped { by: "file:0000000000000000".to_owned(), ..wrapped.clone() };
    assert!(matches!(kept.unwrap("department#jyj", &foreign), Err(RootError::Unknown { .. })));
    let kms = Wrapped { by: "kms".to_owned(), ..wrapped };
    assert!(matches!(kept.unwrap("department#jyj", &kms), Err(RootError::Unknown { .. })));
}

#[test]
fn a_file_that_is_there_is_left_as_it_is() {
    let (_folder, path) = folder();
    KeyFile::create(&path).unwrap();
    let before = fs::read(&path).unwrap();
    KeyFile::create(&path).unwrap();
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_it_after_a_rotation_too() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = folder();
    KeyFile::create(&path).unwrap();
    KeyFile::rotate(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(Kept::open(&path), Err(RootError::Exposed { .. })));
    assert!(matches!(KeyFile::create(&path), Err(RootError::Exposed { .. })));
}

#[test]
fn a_rotation_that_was_interrupted_is_begun_again() {
    let (_folder, path) = folder();
    KeyFile::create(&path).unwrap();
    fs::write(path.with_extension("new"), "half").unwrap();
    KeyFile::rotate(&path).unwrap();
    assert_eq!(KeyFile::read(&path).unwrap().keys.len(), 2);
}

#[test]
fn what_is_no_key_file_is_refused_and_never_quoted() {
    let (_folder, path) = folder();
    let short = r#"{"keys":[{"id":"a","key":"c2hvcnQ"}]}"#;
    let twice = format!(r#"{{"keys":[{0},{0}]}}"#, format_args!(r#"{{"id":"a","key":"{}"}}"#, "A".repeat(43)));
    for text in ["", "{}", "[]", r#"{"keys":[]}"#, short, &twice] {
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).unwrap().write_all(text.as_bytes()).unwrap();
        let Err(refused @ RootError::NotAKeyFile { .. }) = Kept::open(&path) else { panic!("{text}") };
        assert!(!refused.to_string().contains("c2hvcnQ"));
    }
    assert!(matches!(Kept::open(&path.with_extension("none")), Err(RootError::File { .. })));
}
