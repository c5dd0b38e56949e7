//! B6: from exec to the first question for work, as Lambda starts a function.

mod runtime;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result};
use journeys::tokens;
use tempfile::TempDir;
use xtask::process;

use crate::table::{ABSENT, Side, Table};
use runtime::Runtime;

/// Starts of each program.
const RUNS: u32 = 50;

/// The same question asked in languages that Lambda runs, without any library beyond their own.
const NODE: &str = include_str!("../peers/next.js");
const PYTHON: &str = include_str!("../peers/next.py");

/// A program that asks the runtime API for work.
struct Program {
    name: String,
    command: Command,
    times: Side,
    /// Most memory of one run, in KB.
    resident: u64,
    /// Bytes of the binary and of its zip, where it is ours.
    sizes: Option<(u64, u64)>,
}

/// Runs the benchmark and prints its table.
///
/// # Errors
/// The build fails, or a function does not ask for work.
pub async fn run() -> Result<()> {
    let root = xtask::tree::root()?;
    let folder = tempfile::tempdir()?;
    let runtime = Runtime::start().await?;
    let mut missing = Vec::new();
    let mut programs = functions(&root, &folder)?;
    for (name, program, arguments) in [("node", "node", ["-e", NODE]), ("python", "python3", ["-c", PYTHON])] {
        if process::answers(program, &["--version"]) {
            let version = process::read(&root, program, &["--version"])?;
            let mut command = Command::new(program);
            command.args(arguments);
            programs.push(Program::new(format!("{name}, bare ({version})"), command));
        } else {
            missing.push(format!("{name} is not here and is not measured."));
        }
    }
    programs.iter_mut().for_each(|program| runtime.prepare(&mut program.command));
    // The first start reads the files from disk; it is not counted.
    for run in 0..=RUNS {
        for program in &mut programs {
            let name = &program.name;
            let (time, resident) = runtime.first_question(&mut program.command).await.with_context(|| name.clone())?;
            if run > 0 {
                program.times.push(time);
                program.resident = program.resident.max(resident);
            }
        }
    }
    report(&programs, missing);
    Ok(())
}

impl Program {
    fn new(name: String, command: Command) -> Self {
        Self { name, command, times: Side::default(), resident: 0, sizes: None }
    }
}

/// Builds the functions as they are deployed and packs them as Lambda wants them.
fn functions(root: &Path, folder: &TempDir) -> Result<Vec<Program>> {
    let names = names(&root.join("functions"))?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--profile", "lambda", "--bins"]).current_dir(root);
    process::run_command(build.args(names.iter().flat_map(|name| ["--package", name])))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |target| root.join(target));
    let jwks = tokens::jwks()?;
    names.iter().map(|name| function(name, &target.join("lambda").join(name), &jwks, folder.path())).collect()
}

/// The functions there are: their folders, packages and binaries have one name.
fn names(functions: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for folder in fs::read_dir(functions)? {
        names.push(folder?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn function(name: &str, binary: &Path, jwks: &str, folder: &Path) -> Result<Program> {
    let zip = zipped(name, binary, folder)?;
    let mut command = Command::new(binary);
    command.env_clear().envs([
        ("TAIHU_LEDGER_TABLE", "ledger"),
        ("TAIHU_GUARDS_TABLE", "guards"),
        ("TAIHU_VIEWS_TABLE", "views"),
        ("TAIHU_ATTEMPTS_TABLE", "attempts"),
        ("TAIHU_OUTBOX_TABLE", "outbox"),
        ("TAIHU_KEYS_TABLE", "keys"),
        ("TAIHU_VAULT_TABLE", "vault"),
        ("TAIHU_KMS_KEY", "alias/taihu"),
        ("TAIHU_BODIES_BUCKET", "bodies"),
        ("TAIHU_QUARANTINE_BUCKET", "quarantine"),
        ("TAIHU_PAGES_BUCKET", "pages"),
        ("TAIHU_INDEX_BUCKET", "index"),
        ("TAIHU_GENERATION", "1"),
        ("TAIHU_CITY_DOMAIN", "city.example"),
        ("TAIHU_SCHEME", "https"),
        ("TAIHU_PORTAL", "www"),
        ("TAIHU_ISSUER", tokens::ISSUER),
        ("TAIHU_AUDIENCE", tokens::AUDIENCE),
        ("TAIHU_JWKS", jwks),
        ("TAIHU_ORIGIN_SECRET", "secret"),
        ("TAIHU_OIDC_AUTHORIZE", "https://login.example/authorize"),
        ("TAIHU_OIDC_TOKEN", "https://login.example/token"),
        ("TAIHU_OIDC_CLIENT", "desk"),
        ("TAIHU_DESK_SECRET", "secret"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_SESSION_TOKEN", "token"),
    ]);
    let sizes = Some((fs::metadata(binary)?.len(), fs::metadata(zip)?.len()));
    Ok(Program { sizes, ..Program::new(format!("`{name}`"), command) })
}

/// The deployment package: the binary under the name that Lambda starts.
fn zipped(name: &str, binary: &Path, folder: &Path) -> Result<PathBuf> {
    let bootstrap = folder.join("bootstrap");
    fs::copy(binary, &bootstrap).with_context(|| format!("`{name}` was not built"))?;
    let zip = folder.join(format!("{name}.zip"));
    process::read(folder, "python3", &["-m", "zipfile", "-c", &zip.display().to_string(), "bootstrap"])?;
    Ok(zip)
}

fn report(programs: &[Program], missing: Vec<String>) {
    let head = ["program", "exec → first `next`, median ms", "p95 ms", "most memory, MB", "binary, MB", "zip, MB"];
    let mut table = Table::new("cold (B6)", &head);
    for program in programs {
        let milliseconds = |seconds: f64| format!("{:.1}", seconds * 1000.0);
        let megabytes = |bytes: u64| format!("{:.1}", Duration::from_micros(bytes).as_secs_f64());
        let (binary, zip) = program
            .sizes
            .map_or((ABSENT.to_owned(), ABSENT.to_owned()), |(binary, zip)| (megabytes(binary), megabytes(zip)));
        table.row([
            program.name.clone(),
            milliseconds(program.times.median()),
            milliseconds(program.times.below(95)),
            megabytes(program.resident * 1024),
            binary,
            zip,
        ]);
    }
    table.note(format!(
        "Binaries of the profile `lambda`, SDK clients built, against a stub of the runtime API on loopback; {RUNS} starts each, interleaved, files in \
         the page cache. Memory is the high-water mark of the resident set (VmHWM) at that instant, the most of all starts."
    ));
    table.note("Bars for each function: at most 20 ms, 30 MB resident, 6 MB zipped.");
    table.note("node and python ask the same question with their standard library alone: no SDK, no framework.");
    missing.into_iter().for_each(|sentence| table.note(sentence));
    table.print();
}
