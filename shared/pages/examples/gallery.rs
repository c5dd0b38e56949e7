//! Writes every kind of page and all static files into a folder: `cargo run -p pages --example gallery -- FOLDER`.

#[path = "../tests/golden/city.rs"]
mod city;
#[path = "../tests/golden/front.rs"]
mod front;
#[path = "../tests/golden/kinds.rs"]
mod kinds;
#[path = "../tests/golden/migration.rs"]
mod migration;
#[path = "../tests/golden/search.rs"]
mod search;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("usage: gallery FOLDER")?);
    let assets = folder.join("_assets");
    std::fs::create_dir_all(&assets)?;
    for asset in pages::assets() {
        std::fs::write(assets.join(&asset.name), &asset.bytes)?;
    }
    let agreed = city::all_pages().into_iter().chain(migration::pages()).chain(kinds::pages()).chain(front::pages());
    let agreed = agreed.chain(search::pages()).chain(search::descriptions());
    let agreed = agreed.chain(city::disclosure::written()).chain(city::reports::written());
    let hostile = city::hostile::hostile_pages().into_iter().chain([("hostile-migrated.html", migration::hostile())]);
    let unsafe_address = kinds::of_an_unsafe_address();
    if unsafe_address.is_ok() {
        return Err("an address that could run something became a link".into());
    }
    for (name, page) in agreed.chain(hostile).chain(kinds::hostile()).chain(front::hostile()).chain(search::hostile()) {
        std::fs::write(folder.join(name), page?.bytes)?;
    }
    Ok(())
}
