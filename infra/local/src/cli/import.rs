//! `taihu import documents`: records of an older system, through a mapping and the API.

use std::{fs, path::Path, time::Instant};

use mapping::Mapping;

use super::{
    args::{ImportDocumentsArgs, Output},
    exit::{Exit, Failure},
    progress::ProgressLine,
};
use crate::import::{
    city::City,
    file::{self, Records},
    register,
    report::Report,
    send::{self, Manner, Sent},
};

/// Runs `taihu import documents`.
///
/// # Errors
/// A file cannot be read, the city cannot be opened, or it does not take what is sent.
pub async fn documents(args: ImportDocumentsArgs, output: Output) -> Result<Exit, Failure> {
    let mapping = Mapping::read(&text_of(&args.mapping)?).map_err(|error| Failure::other(&error))?;
    let records = file::records(&mapping, &text_of(&args.file)?);
    let rejects_file = args.rejects.clone().unwrap_or_else(|| file::rejects_beside(&args.file));
    let all = || records.groups.iter().flatten();
    let mut report = Report {
        rows: records.rows,
        imported: all().count(),
        unchanged: 0,
        rejects: records.rejects.clone(),
        rejects_file,
        unlinked: records.unlinked.clone(),
        links: all().filter(|record| record.body.get("amends").is_some()).count(),
        notes: all().flat_map(|record| record.notes.iter().map(|note| (record.line, *note))).collect(),
        created: Vec::new(),
        seconds: 0.0,
        per_second: 0.0,
        dry_run: args.dry_run,
    };
    report.notes.sort_unstable();
    if !args.dry_run {
        let city = match (args.url.clone(), args.token.clone()) {
            (Some(url), Some(token)) => City::Elsewhere(url, token),
            _ => City::of_folder(&args.folder.data, args.port).await?,
        };
        let line = ProgressLine::new("import", output);
        let outcome = bring_in(&city, &mapping, records, &args, &line, &mut report).await;
        line.done();
        city.close().await;
        outcome?;
        file::write_rejects(&report.rejects_file, &report.rejects).map_err(|error| Failure::other(&error))?;
    }
    match output {
        Output::Text => report.lines().iter().for_each(|line| println!("{line}")),
        Output::Json => println!("{}", report.json()),
    }
    Ok(if report.rejects.is_empty() { Exit::Done } else { Exit::Rejected })
}

fn text_of(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::Other(format!("cannot read `{}`: {error}", path.display())))
}

async fn bring_in(
    city: &City,
    mapping: &Mapping,
    records: Records,
    args: &ImportDocumentsArgs,
    line: &ProgressLine,
    report: &mut Report,
) -> Result<(), Failure> {
    let mut api = city.api().map_err(Failure::Other)?;
    let subject = city.migrator(&mut api, &mapping.target.department).await?;
    report.created = register::ensure(&api, &subject, &mapping.create).await.map_err(Failure::Other)?;
    let began = city.now(&api, &subject).await.map_err(Failure::Other)?;
    let started = Instant::now();
    let manner = Manner { subject: &subject, jobs: usize::from(args.jobs), began };
    let step = |sending: send::Sending| line.show_import(sending.done, sending.of, sending.per_second);
    let Sent { commits, unchanged, rejects } =
        send::send(&api, records.groups, manner, step).await.map_err(Failure::Other)?;
    if !city.pages_made(&api, &subject, &commits).await.map_err(Failure::Other)? {
        eprintln!("taihu: the documents are in; their pages are still being made");
    }
    let took = started.elapsed();
    report.imported = commits.len();
    report.unchanged = unchanged;
    report.rejects.extend(rejects);
    report.rejects.sort_by_key(|reject| reject.line);
    report.seconds = took.as_secs_f64();
    report.per_second = send::rate(commits.len(), took);
    Ok(())
}
