//! The catalogue of events: every stored shape has a schema and golden samples that still decode.

use std::collections::BTreeSet;

use domain::{
    aggregate::Event,
    appearance::AppearanceEvent,
    calendar::CalendarEvent,
    case::Occurrence,
    catalogue::{EVENT_TYPES, EventType},
    column::ColumnEvent,
    correction::Correction,
    department::DepartmentEvent,
    document::DocumentEvent,
    reading::ReadingEvent,
    request::Request,
    sharing::SharingEvent,
    site::SiteEvent,
    staff::StaffEvent,
    vetting::VettingEvent,
};
use serde_json::Value;

use crate::{finding::Finding, tree::Tree};

const RULE: &str = "events";

/// Sample Lambda payloads lie here too; they are no events of ours.
const NOT_EVENTS: &str = "events/lambda/";

/// Every event type without schema or samples, every sample that does not hold, every file without an event type.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Finding> {
    of_types(tree, EVENT_TYPES)
}

fn of_types(tree: &Tree, types: &[EventType]) -> Vec<Finding> {
    let mut known = BTreeSet::new();
    let mut findings = Vec::new();
    for event in types {
        for version in 1..=event.version {
            let folder = format!("events/{}/{}/v{version}", event.category, event.name);
            let schema = format!("{folder}.schema.json");
            let samples: Vec<&str> = tree.paths().filter(|path| in_folder(path, &folder)).collect();
            findings.extend(of_shape(tree, event, version, &schema, &samples));
            known.extend(samples.into_iter().map(str::to_owned));
            known.insert(schema);
        }
    }
    let strays = tree.paths().filter(|path| path.starts_with("events/") && path.ends_with(".json"));
    let strays = strays.filter(|path| !path.starts_with(NOT_EVENTS) && !known.contains(*path));
    findings
        .extend(strays.map(|path| Finding::failure(RULE, path, 1, "no event type of the catalogue has this version")));
    findings
}

fn in_folder(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|name| name.ends_with(".json") && !name.contains('/'))
}

/// One stored shape: its schema compiles, it has samples, each sample fits the schema and, if written today, the domain.
fn of_shape(tree: &Tree, event: &EventType, version: u16, schema: &str, samples: &[&str]) -> Vec<Finding> {
    let failure = |file: &str, sentence: String| Finding::failure(RULE, file, 1, sentence);
    let Some(text) = tree.text(schema) else {
        return vec![failure(schema, format!("`{}` version {version} has no schema", event.name))];
    };
    let value = serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
    let validator =
        match value.and_then(|value| jsonschema::draft202012::new(&value).map_err(|error| error.to_string())) {
            Ok(validator) => validator,
            Err(error) => return vec![failure(schema, format!("the schema cannot be read: {error}"))],
        };
    if samples.is_empty() {
        return vec![failure(schema, format!("`{}` version {version} has no golden sample", event.name))];
    }
    let checked = samples.iter().filter_map(|path| {
        let sentence = match serde_json::from_str::<Value>(tree.text(path).unwrap_or_default()) {
            Err(error) => format!("the sample is not JSON: {error}"),
            Ok(sample) => match validator.iter_errors(&sample).next() {
                Some(error) => format!("the sample does not fit its schema at `{}`: {error}", error.instance_path()),
                None if version == event.version => stored_again(event, &sample).err()?,
                None => return None,
            },
        };
        Some(failure(path, sentence))
    });
    checked.collect()
}

/// Decodes what is stored and stores it again: nothing may be lost or changed.
///
/// # Errors
/// A sentence that says what the domain does with the sample.
pub fn stored_again(event: &EventType, sample: &Value) -> Result<(), String> {
    let again = match event.category {
        "department" => again::<DepartmentEvent>(sample),
        "site" => again::<SiteEvent>(sample),
        "appearance" => again::<AppearanceEvent>(sample),
        "column" => again::<ColumnEvent>(sample),
        "document" => again::<DocumentEvent>(sample),
        "sharing" => again::<SharingEvent>(sample),
        "reading" => again::<ReadingEvent>(sample),
        "staff" => again::<StaffEvent>(sample),
        "calendar" => again::<CalendarEvent>(sample),
        "vetting" => again::<VettingEvent>(sample),
        "correction" => again::<Occurrence<Correction>>(sample),
        "request" => again::<Occurrence<Request>>(sample),
        other => Err(format!("xtask does not know the events of `{other}`: add them to tidy/catalogue.rs")),
    }?;
    if again.get("type").and_then(Value::as_str) != Some(event.name) {
        return Err(format!("the sample is not a `{}`", event.name));
    }
    if again == *sample { Ok(()) } else { Err(format!("the domain would store it differently: {again}")) }
}

fn again<E: Event>(sample: &Value) -> Result<Value, String> {
    let event: E = serde_json::from_value(sample.clone())
        .map_err(|error| format!("the domain cannot decode the sample: {error}"))?;
    let mut again =
        serde_json::to_value(&event).map_err(|error| format!("the domain cannot store the sample: {error}"))?;
    if let Some(object) = again.as_object_mut() {
        object.insert("version".to_owned(), event.version().into());
    }
    Ok(again)
}

#[cfg(test)]
mod tests;
