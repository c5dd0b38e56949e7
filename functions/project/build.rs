//! Gathers the sources that decide what pages say, so that a deployment can tell whether its pages would differ.

use std::{env, fs, io, path::Path};

/// Rows, composers, templates' own code: whatever stands between an event and a page's bytes.
const SOURCES: [&str; 8] = [
    "src/city",
    "src/city.rs",
    "../../shared/views/src/city",
    "../../shared/views/src/city.rs",
    "../../shared/domain/src/statistics",
    "../../shared/domain/src/statistics.rs",
    "../../shared/frames/src",
    "../../shared/pages/src",
];

fn main() -> io::Result<()> {
    let mut gathered = String::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        gather(Path::new(source), &mut gathered)?;
    }
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&folder).join("composers.txt"), gathered)
}

/// Appends a file, or a folder's files by name.
fn gather(source: &Path, gathered: &mut String) -> io::Result<()> {
    if source.is_file() {
        gathered.push_str(&fs::read_to_string(source)?);
        return Ok(());
    }
    let mut entries = fs::read_dir(source)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    entries.iter().try_for_each(|entry| gather(entry, gathered))
}
