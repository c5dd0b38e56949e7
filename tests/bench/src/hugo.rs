//! The peer of the page benches: Hugo, given the very same texts and templates of equal reach.
//!
//! Document pages with head, breadcrumb, outline and JSON-LD, column heads, archive pages, department pages, a home page per site and a site map, each with
//! the JSON beside it, Atom feeds, 404, robots.txt and sitemap; no compression, no minification. Bodies are handed over as HTML, so no Markdown is parsed.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use domain::{column::Prominence, index_number::IndexScheme, shanghai};
use journeys::corpus::{COLUMNS, ColumnPlace, Corpus, SITES, Text};
use serde_json::{Value, json};

use crate::process::{Ran, run};

const CONFIG: &str = include_str!("../hugo/hugo.toml");

/// Templates by their place under `layouts`.
const LAYOUTS: &[(&str, &str)] = &[
    ("baseof.html", include_str!("../hugo/layouts/baseof.html")),
    ("_partials/headlines.html", include_str!("../hugo/layouts/_partials/headlines.html")),
    ("_partials/body.html", include_str!("../hugo/layouts/_partials/body.html")),
    ("_partials/common.html", include_str!("../hugo/layouts/_partials/common.html")),
    ("_partials/entries.html", include_str!("../hugo/layouts/_partials/entries.html")),
    ("_partials/feed.html", include_str!("../hugo/layouts/_partials/feed.html")),
    ("_partials/items.html", include_str!("../hugo/layouts/_partials/items.html")),
    ("_partials/named.html", include_str!("../hugo/layouts/_partials/named.html")),
    ("_partials/site.html", include_str!("../hugo/layouts/_partials/site.html")),
    ("page.html", include_str!("../hugo/layouts/page.html")),
    ("section.html", include_str!("../hugo/layouts/section.html")),
    ("front.html", include_str!("../hugo/layouts/front.html")),
    ("home.html", include_str!("../hugo/layouts/home.html")),
    ("map.html", include_str!("../hugo/layouts/map.html")),
    ("404.html", include_str!("../hugo/layouts/404.html")),
    ("rss.xml", include_str!("../hugo/layouts/rss.xml")),
    ("archives/term.html", include_str!("../hugo/layouts/archives/term.html")),
    ("departments/term.html", include_str!("../hugo/layouts/departments/term.html")),
    ("page.json", include_str!("../hugo/layouts/page.json")),
    ("section.json", include_str!("../hugo/layouts/section.json")),
    ("front.json", include_str!("../hugo/layouts/front.json")),
    ("map.json", include_str!("../hugo/layouts/map.json")),
    ("archives/term.json", include_str!("../hugo/layouts/archives/term.json")),
    ("departments/term.json", include_str!("../hugo/layouts/departments/term.json")),
];

/// A Hugo site on disk.
#[derive(Debug)]
pub(crate) struct Hugo {
    program: PathBuf,
    folder: PathBuf,
}

impl Hugo {
    /// Writes texts and templates into `folder`.
    ///
    /// # Errors
    /// Hugo was not named by `cargo xtask bench`, or a file cannot be written.
    pub(crate) fn prepare(folder: &Path, corpus: &Corpus) -> Result<Self> {
        let program = env::var_os("HUGO").context("the variable HUGO names no program: run `cargo xtask bench`")?;
        let hugo = Self { program: program.into(), folder: folder.to_owned() };
        hugo.write("hugo.toml", CONFIG)?;
        for (name, template) in LAYOUTS {
            hugo.write(&format!("layouts/{name}"), template)?;
        }
        let sites: BTreeMap<&str, Value> = SITES.iter().map(|(label, name, _)| (*label, site(label, name))).collect();
        hugo.write("data/sites.json", &json!(sites).to_string())?;
        hugo.write("content/map.html", &front_matter(&json!({ "title": "站点地图", "layout": "map" }), ""))?;
        for (label, name, _) in SITES {
            let shown = columns_of(label).filter(|column| column.prominence.on_home()).map(|c| c.id.replace('.', "/"));
            let shown: Vec<String> = shown.take(6).collect();
            let front = json!({ "title": name, "layout": "front", "shown": shown, "portal": *label == "www" });
            hugo.write(&format!("content/{label}/_index.html"), &front_matter(&front, ""))?;
        }
        for column in COLUMNS.iter() {
            let front = json!({ "title": column.name, "kind": column.kind.chinese(),
                "description": format!("{}栏目公开的信息。", column.name), "weight": column.position });
            hugo.write(&format!("content/{}/_index.html", column.id.replace('.', "/")), &front_matter(&front, ""))?;
        }
        let mut serials: BTreeMap<(&str, i16), u32> = BTreeMap::new();
        for text in corpus.texts() {
            let year = shanghai::local(text.public_at).year();
            let serial = serials.entry((text.department.code, year)).or_default();
            *serial += 1;
            hugo.add(&text, *serial)?;
        }
        Ok(hugo)
    }

    /// Adds one text.
    pub(crate) fn add(&self, text: &Text, serial: u32) -> Result<()> {
        let year = shanghai::local(text.public_at).year();
        let index = IndexScheme::National.number(&format!("{}/{year}", text.department.organisation), serial)?;
        let archive = text.archive();
        let notes: Vec<Value> =
            text.correction.iter().map(|(at, note)| json!({ "at": local(*at), "note": note })).collect();
        let changed = text.correction.as_ref().map_or(text.public_at, |(at, _)| *at);
        let front = json!({
            "title": text.title,
            "date": local(text.public_at),
            "lastmod": local(changed),
            "description": text.summary,
            "keywords": text.keywords,
            "issuer": text.department.name,
            "departments": [text.department.code],
            "document_number": text.document_number,
            "index_number": index.text,
            "archive": archive,
            "archives": [format!("{}-{archive}", text.column.id.replace('.', "-"))],
            "notes": notes,
        });
        let path = format!("content/{}{}", text.column.site(), text.path());
        self.write(&path, &front_matter(&front, &text.body))
    }

    /// Builds the whole site; what an earlier build left is overwritten.
    ///
    /// # Errors
    /// Hugo does not run or fails.
    pub(crate) fn build(&self) -> Result<Ran> {
        let mut command = Command::new(&self.program);
        command.args(["build", "--quiet", "--noBuildLock", "--destination"]).arg(self.public());
        run(command.arg("--source").arg(&self.folder))
    }

    /// Removes what was built.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub(crate) fn clear(&self) -> Result<()> {
        match fs::remove_dir_all(self.public()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Files of the built site and their bytes.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(crate) fn built(&self) -> Result<(u64, u64)> {
        let (mut folders, mut files, mut bytes) = (vec![self.public()], 0, 0);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    folders.push(entry.path());
                } else {
                    files += 1;
                    bytes += entry.metadata()?.len();
                }
            }
        }
        Ok((files, bytes))
    }

    fn public(&self) -> PathBuf {
        self.folder.join("public")
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let file = self.folder.join(name);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, text).with_context(|| format!("cannot write {name}"))
    }
}

/// An instant on the city's clock.
fn local(instant: jiff::Timestamp) -> String {
    format!("{}+08:00", shanghai::sortable(instant))
}

fn front_matter(front: &Value, body: &str) -> String {
    format!("{front}\n\n{body}\n")
}

fn columns_of(site: &str) -> impl Iterator<Item = &'static ColumnPlace> {
    COLUMNS.iter().copied().filter(move |column| column.site() == site)
}

/// What every page shows of a site: name, sponsor, navigation.
fn site(label: &str, name: &str) -> Value {
    let in_navigation = |column: &&ColumnPlace| matches!(column.prominence, Prominence::Navigation | Prominence::Both);
    let navigation: Vec<Value> = columns_of(label)
        .filter(in_navigation)
        .map(|column| json!({ "name": column.name, "url": format!("/{label}{}", column.path()) }))
        .collect();
    let sponsor = SITES.iter().find(|(known, _, _)| *known == label).map_or("", |(_, _, department)| department.name);
    json!({ "name": name, "sponsor": format!("澄湖市{sponsor}"), "host": format!("http://{label}.localhost:8080"), "nav": navigation })
}
