//! Writes every kind of page and all static files into a folder: `cargo run -p pages --example gallery -- FOLDER`.

#[path = "../tests/golden/city.rs"]
mod city;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("usage: gallery FOLDER")?);
    let assets = folder.join("_assets");
    std::fs::create_dir_all(&assets)?;
    for asset in pages::assets() {
        std::fs::write(assets.join(&asset.name), &asset.bytes)?;
    }
    for (name, page) in city::all_pages().into_iter().chain(city::hostile_pages()) {
        std::fs::write(folder.join(name), page?.bytes)?;
    }
    Ok(())
}
