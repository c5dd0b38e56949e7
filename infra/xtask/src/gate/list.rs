//! The gates, in the order that finds a mistake soonest.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{Gate, Lane, calendar, s3};
use crate::{
    cli,
    process::{self, run},
    product::Product,
    tidy, tools,
};

/// Names the folder for pictures of the pages that were looked at; without it none are made, which is faster.
const PICTURES: &str = "TAIHU_TEST_PICTURES";

/// Every gate there is.
pub const GATES: &[Gate] = &[
    Gate { name: "fmt", about: "every file has the house's format", lane: Lane::Every, run: fmt },
    Gate {
        name: "tidy",
        about: "dependencies, weight, events, documents, files, templates",
        lane: Lane::Every,
        run: tidy,
    },
    Gate { name: "clippy", about: "no lint, no panic, no missing documentation", lane: Lane::Every, run: clippy },
    Gate { name: "tests", about: "unit, contract, journey and fault tests", lane: Lane::Every, run: tests },
    Gate {
        name: "lambda",
        about: "a document's life through functions that cargo-lambda serves",
        lane: Lane::Every,
        run: lambda,
    },
    Gate {
        name: "calendar",
        about: "every day of 2010–2026 against other people's calendars",
        lane: Lane::Every,
        run: calendar::run,
    },
    Gate { name: "s3", about: "what is asked of our S3, asked of another one", lane: Lane::Every, run: s3::run },
    Gate { name: "doctests", about: "examples in documentation compile and hold", lane: Lane::Every, run: doctests },
    Gate { name: "openapi", about: "the API's description has no error", lane: Lane::Every, run: openapi },
    Gate { name: "template", about: "cfn-lint on the AWS template", lane: Lane::Every, run: template },
    Gate { name: "cdn", about: "the CDN's functions on the shared table of cases", lane: Lane::Every, run: cdn },
    Gate {
        name: "browser",
        about: "every kind of page in Chromium, axe, vnu, links, feeds, sitemaps",
        lane: Lane::Every,
        run: browser,
    },
    Gate {
        name: "contract",
        about: "schemathesis against the running API of every function",
        lane: Lane::Every,
        run: contract,
    },
    Gate { name: "slow", about: "hundreds of rounds of kill -9, large corpora", lane: Lane::Slow, run: slow },
];

fn fmt(root: &Path) -> Result<()> {
    tools::components(root)?;
    run(root, "cargo", &["fmt", "--all", "--check"])
}

fn tidy(root: &Path) -> Result<()> {
    tidy::run(root, &cli::subcommands())
}

fn clippy(root: &Path) -> Result<()> {
    tools::components(root)?;
    run(root, "cargo", &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn tests(root: &Path) -> Result<()> {
    tools::nextest(root)?;
    run(root, "cargo", &["nextest", "run", "--workspace", "--profile", "ci", "--cargo-quiet"])
}

fn lambda(root: &Path) -> Result<()> {
    tools::nextest(root)?;
    let program = tools::python(root, tools::CARGO_LAMBDA)?;
    let mut command = Command::new("cargo");
    command.current_dir(root).env("CARGO_LAMBDA", program);
    command.args(["nextest", "run", "--workspace", "--profile", "ci", "--cargo-quiet", "--run-ignored", "only"]);
    process::run_command(command.args(["-E", "test(lambda_watch)"]))
}

fn doctests(root: &Path) -> Result<()> {
    run(root, "cargo", &["test", "--quiet", "--workspace", "--doc"])
}

fn openapi(root: &Path) -> Result<()> {
    let folder = tools::node(root, "tests/browser")?;
    let documents = openapi_documents(root)?;
    let mut command = Command::new("npx");
    command.current_dir(folder).env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    process::run_command(command.args(["--no-install", "redocly", "lint", "--config", "redocly.yaml"]).args(documents))
}

/// Golden OpenAPI documents of all functions, with their whole paths.
fn openapi_documents(root: &Path) -> Result<Vec<PathBuf>> {
    let functions = std::fs::read_dir(root.join("functions")).context("there is no folder functions")?;
    let mut documents: Vec<PathBuf> = functions
        .filter_map(|entry| Some(entry.ok()?.path().join("openapi.json")))
        .filter(|path| path.is_file())
        .collect();
    documents.sort();
    anyhow::ensure!(!documents.is_empty(), "no function has an openapi.json: run `cargo xtask golden`");
    Ok(documents)
}

fn template(root: &Path) -> Result<()> {
    let program = tools::python(root, tools::CFN_LINT)?;
    run(root, program, &["infra/template.yaml"])
}

fn cdn(root: &Path) -> Result<()> {
    tools::bare_node()?;
    run(&root.join("infra/cdn"), "node", &["--test"])
}

fn browser(root: &Path) -> Result<()> {
    tools::browser()?;
    let folder = tools::node(root, "tests/browser")?;
    run(&folder, "node", &["--test", "test/checks.test.mjs", "test/proof.test.mjs"])?;
    let product = Product::start(root, "browser")?;
    let base = product.portal();
    let mut command = Command::new("node");
    command.current_dir(&folder).args(["run.mjs", "--base", &base]);
    if let Some(out) = std::env::var_os(PICTURES) {
        command.arg("--out").arg(root.join(out));
    }
    for role in ["editor", "reviewer", "publisher", "registrar"] {
        command.env(format!("TAIHU_TEST_{}", role.to_uppercase()), product.token(role)?);
    }
    process::run_command(&mut command)
}

fn contract(root: &Path) -> Result<()> {
    let program = tools::python(root, tools::SCHEMATHESIS)?;
    let product = Product::start(root, "contract")?;
    let base = product.portal().replace("www.localhost", "127.0.0.1");
    let host = product.portal().replace("http://", "Host: ");
    let token = format!("Authorization: Bearer {}", product.token_of_all_roles()?);
    let config = root.join("infra/xtask/schemathesis.toml").display().to_string();
    for document in openapi_documents(root)? {
        let function =
            document.parent().and_then(Path::file_name).context("a document lies in its function's folder")?;
        let served = format!("{base}/api/{}/openapi.json", function.to_string_lossy());
        let mut command = Command::new(&program);
        command.current_dir(product.data().with_file_name("")).args(["--config-file", &config, "run", &served]);
        command.args(["--origin", &base, "--header", &host, "--header", &token, "--wait-for-schema", "30"]);
        command.args(["--max-examples", "25", "--generation-deterministic", "--no-color"]);
        process::run_command(&mut command)?;
    }
    Ok(())
}

fn slow(root: &Path) -> Result<()> {
    tools::nextest(root)?;
    let mut command = Command::new("cargo");
    command.current_dir(root);
    command.args(["nextest", "run", "--workspace", "--profile", "slow", "--cargo-quiet", "--run-ignored", "only"]);
    process::run_command(command.args(["-E", "not test(lambda_watch)"]))
}
