//! Objects that each act writes, in a small archive and in a large one: the numbers must be equal.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use journeys::corpus::{COLUMNS, ColumnPlace, Corpus, Text};
use local::serve::running::Running;
use serde_json::json;

use crate::{editor::Editor, rebuild, table::Table};

/// Documents of the archives.
const SIZES: [u32; 2] = [1_000, 100_000];

/// Where the document stands first, and where it is moved to.
const PLACES: [&str; 2] = ["jyj.tzgg", "jyj.zcwj"];

/// Publish, correct, move, withdraw.
type Written = [usize; 4];

/// Runs the benchmark and prints its rows.
///
/// # Errors
/// A command is refused, or an act writes more in the large archive than in the small one.
pub async fn bench() -> Result<()> {
    let head = ["documents", "publish", "correct", "move", "withdraw"];
    let mut table = Table::new("objects written per act", &head);
    let mut seen: Option<Written> = None;
    for documents in SIZES {
        let folder = tempfile::tempdir()?;
        let written = measure(documents, folder.path()).await?;
        table.row([documents.to_string()].into_iter().chain(written.map(|objects| objects.to_string())));
        ensure!(
            seen.is_none_or(|small| small == written),
            "the large archive writes {written:?}, the small one {seen:?}"
        );
        seen = Some(written);
    }
    table.note("Pages written from an act until the projector rests. Bar: equal.");
    table.print();
    Ok(())
}

async fn measure(documents: u32, data: &Path) -> Result<Written> {
    let now = Timestamp::now();
    let door = rebuild::found(data, &Corpus::new(documents, now)).await?;
    rebuild::rebuild(data)?;
    let running = Running::start(&local::serve::Options { port: door.port(), ..rebuild::options(data) }).await?;
    running.machine.projector.send_purges(usize::MAX).await?;
    let mut editor = Editor::of(&running);
    let [from, to] = places()?;
    let mut texts = Corpus::new(documents + 3, now).texts().skip(documents as usize);
    let mut next = |column| texts.next().map(|text| Text { column, public_at: now, ..text }).context("a text");
    // The first document of a day opens pages of its own; the one that is measured is not the first.
    for text in [next(from)?, next(to)?] {
        let (id, version) = editor.approved(&text).await?;
        editor.act(&text, "publisher", &id, "publish", version, json!({ "slug": text.slug })).await?;
    }
    let text = next(from)?;
    let (id, version) = editor.approved(&text).await?;
    let published = written(&mut editor, &text, &id, version, "publish", json!({ "slug": text.slug })).await?;
    let version =
        editor.revised(&Text { title: format!("{}（更正）", text.title), ..text.clone() }, &id, version + 1).await?;
    let corrected = written(&mut editor, &text, &id, version, "correct", json!({ "note": "更正标题" })).await?;
    let moved = written(&mut editor, &text, &id, version + 1, "move", json!({ "column": to.id })).await?;
    let withdrawn = written(&mut editor, &text, &id, version + 2, "withdraw", json!({ "reason": "内容有误" })).await?;
    running.stop().await;
    Ok([published, corrected, moved, withdrawn])
}

/// Objects written from an act until nothing is left to do.
async fn written(
    editor: &mut Editor<'_>,
    text: &Text,
    id: &str,
    version: u64,
    act: &str,
    body: serde_json::Value,
) -> Result<usize> {
    editor.quiet().await?;
    // What was written before is older by a millisecond at least.
    tokio::time::sleep(Duration::from_millis(5)).await;
    let since = Timestamp::now();
    editor.act(text, "publisher", id, act, version, body).await?;
    editor.quiet().await?;
    editor.written_since(since).await
}

fn places() -> Result<[&'static ColumnPlace; 2]> {
    let place = |id| COLUMNS.iter().copied().find(|column| column.id == id).context("a column of the corpus");
    Ok([place(PLACES[0])?, place(PLACES[1])?])
}
