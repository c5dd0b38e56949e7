//! Filling a fresh folder with the sample city, in one go or after an interruption.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs, io,
    path::Path,
    sync::Arc,
    time::Duration,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use views::Prefix;

use super::{
    act::{Act, Standing, Step},
    cases,
    clock::SampleClock,
    sample::{FILES, Sample},
    schedule,
};
use crate::{
    cloud::{
        dynamo::{Doorbell, EventName},
        tables,
    },
    serve::{
        Machine, ServeError,
        api::{Api, Receipt},
        staff::ADMINISTRATOR,
    },
};

/// Tries of one act before the filling stops: the stores may be busy with pages.
const TRIES: u32 = 5;

/// The sample's memory in the data folder: a second run must dream the same past.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Memory {
    /// The instant the simulated ninety days end at.
    present: Timestamp,
    /// Whether every act was done.
    filled: bool,
}

/// How far the filling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filling {
    /// Acts done.
    pub done: usize,
    /// Acts in all.
    pub of: usize,
    /// Doorbells and dirty work whose pages are still to come.
    pub waiting: usize,
}

/// How the filling ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// It had been filled before.
    Before,
    /// Every act is in the ledger and every page was made.
    Now {
        /// Acts done, or found done.
        acts: usize,
    },
}

/// Fills the machine's city; safe to be called at every start.
///
/// # Errors
/// A file of the folder cannot be used, or the API refused an act.
pub async fn fill(
    machine: &Machine,
    data: &Path,
    on_step: impl Fn(Filling) + Send + Sync,
) -> Result<Filled, ServeError> {
    let file = data.join("sample.json");
    let memory = remember(&file)?;
    if memory.filled {
        machine.past.end();
        return Ok(Filled::Before);
    }
    let failed = |error: &dyn std::fmt::Display| ServeError::City(error.to_string());
    let sample = Sample::read().map_err(|error| failed(&error))?;
    let files = take_in(machine).await.map_err(ServeError::City)?;
    let acts = schedule::acts(&sample, &files, memory.present).map_err(|error| failed(&error))?;
    let of = acts.len() + sample.cases.len();
    let streams = perform(machine, &acts, &files, |done| on_step(step(machine, done, of))).await?;
    for (number, entry) in sample.cases.iter().enumerate() {
        cases::bring_in(machine, entry, memory.present).await.map_err(ServeError::City)?;
        on_step(step(machine, acts.len() + number + 1, of));
    }
    machine.past.end();
    // A bell lost at an interruption would be found only by a repair that looks at days of the simulated past.
    for stream in streams {
        machine.bell.ring(Doorbell {
            table: tables::LEDGER.to_owned(),
            keys: json!({"pk": {"S": stream}, "sk": {"N": "1"}}),
            new_image: None,
            event_name: EventName::Insert,
        });
    }
    while let waiting = machine.bell.counts().waiting() + dirty(machine).await?
        && waiting > 0
    {
        on_step(Filling { done: of, of, waiting });
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    write(&file, Memory { filled: true, ..memory })?;
    Ok(Filled::Now { acts: of })
}

fn step(machine: &Machine, done: usize, of: usize) -> Filling {
    Filling { done, of, waiting: machine.bell.counts().waiting() }
}

/// Rows of dirty work that the clock has not swept yet: pages that a site's or a column's opening touched.
pub(crate) async fn dirty(machine: &Machine) -> Result<usize, ServeError> {
    let views = machine.projector.worker().views();
    let Some(registry) = views.registry().await? else { return Ok(0) };
    Ok(views.dirty(&Prefix(registry.active), 1).await?.len())
}

/// Has the API look at every file of the sample, and tells how it named each.
///
/// No editor is enrolled yet: the first administrator asks what their names will be.
async fn take_in(machine: &Machine) -> Result<BTreeMap<&'static str, String>, String> {
    let api = Api::now(machine).map_err(|error| error.to_string())?;
    let mut files = BTreeMap::new();
    for (name, bytes) in FILES {
        files.insert(name, api.take_in(ADMINISTRATOR, name, bytes).await?);
    }
    Ok(files)
}

async fn perform(
    machine: &Machine,
    acts: &[Act],
    files: &BTreeMap<&'static str, String>,
    on_step: impl Fn(usize) + Send,
) -> Result<BTreeSet<String>, ServeError> {
    let Some(first) = acts.first() else { return Ok(BTreeSet::new()) };
    let clock = Arc::new(SampleClock::at(first.at));
    let mut api = Api::in_process(machine, Arc::clone(&clock) as Arc<dyn ledger::Clock>)?;
    let mut documents: HashMap<&str, Standing> = HashMap::new();
    let mut streams = BTreeSet::new();
    for (number, act) in acts.iter().enumerate() {
        clock.advance(act.at);
        let standing = act.document().and_then(|document| documents.get(document)).cloned().unwrap_or_default();
        if let Step::Draft { body } = &act.step {
            own_files(&api, act, body, files).await.map_err(ServeError::City)?;
        }
        let receipt = insist(&mut api, act, &standing).await.map_err(ServeError::City)?;
        if let Some(document) = act.document() {
            let revision = receipt.revision.unwrap_or(standing.revision);
            documents.insert(document, Standing { id: receipt.id, version: receipt.version, revision });
        }
        streams.insert(receipt.stream);
        on_step(number + 1);
    }
    Ok(streams)
}

/// Has the editor of a draft take in what it names himself: nobody attaches what another took in.
async fn own_files(
    api: &Api<'_>,
    act: &Act,
    body: &Value,
    files: &BTreeMap<&'static str, String>,
) -> Result<(), String> {
    let attachments = body.pointer("/content/attachments").and_then(Value::as_array);
    for named in attachments.into_iter().flatten().filter_map(|attachment| attachment.get("file")?.as_str()) {
        for (name, bytes) in FILES.iter().filter(|(name, _)| files.get(name).is_some_and(|hash| hash == named)) {
            api.take_in(&format!("{}.editor", act.department), name, bytes).await?;
        }
    }
    Ok(())
}

/// Sends an act until it is taken: under its key, a resend is no second act.
async fn insist(api: &mut Api<'_>, act: &Act, standing: &Standing) -> Result<Receipt, String> {
    let request = act.request(standing);
    let mut tries = 1;
    loop {
        match api.send(&act.key, &request).await {
            Err(said) if tries < TRIES && (said.contains(": 5") || said.contains(": 409")) => {
                tracing::debug!(said, tries, "the sample tries again");
                tokio::time::sleep(Duration::from_millis(200 << tries)).await;
                tries += 1;
            }
            ended => return ended.map_err(|said| format!("{} ({})", said, act.key)),
        }
    }
}

fn remember(file: &Path) -> Result<Memory, ServeError> {
    let failed = |source| ServeError::File { file: file.to_owned(), source };
    match fs::read_to_string(file) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| failed(io::Error::other(error))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let memory = Memory { present: Timestamp::now(), filled: false };
            write(file, memory)?;
            Ok(memory)
        }
        Err(error) => Err(failed(error)),
    }
}

fn write(file: &Path, memory: Memory) -> Result<(), ServeError> {
    let failed = |source| ServeError::File { file: file.to_owned(), source };
    let text = serde_json::to_string(&memory).map_err(|error| failed(io::Error::other(error)))?;
    fs::write(file, text + "\n").map_err(failed)
}

/// Whether a folder was begun with the sample: it has its memory.
#[must_use]
pub fn is_sample(data: &Path) -> bool {
    data.join("sample.json").exists()
}
