//! `taihu assets`: the static files of this build, in the pages bucket of a deployment.

use gateway::{Clients, Endpoints, Patience};
use serde_json::json;

use super::{
    args::{AssetsArgs, Output},
    exit::{Exit, Failure},
};
use crate::aws::assets::{self, Placed, Run, Standing};

/// Runs `taihu assets`.
///
/// # Errors
/// The bucket cannot be read or written.
pub async fn run(args: AssetsArgs, output: Output) -> Result<Exit, Failure> {
    let clients = Clients::with(&Endpoints::from_env(), None, Patience::Task).await;
    let run = if args.dry_run { Run::Dry } else { Run::Real };
    let placed = assets::place(&clients.s3, &args.bucket, run).await.map_err(|error| Failure::other(&error))?;
    match output {
        Output::Text => placed.iter().for_each(|file| println!("{}", line(file))),
        Output::Json => println!("{}", json!({ "bucket": args.bucket, "dry_run": args.dry_run, "files": placed })),
    }
    let different = placed.iter().any(|file| matches!(file.standing, Standing::Different { .. }));
    Ok(if different { Exit::Different } else { Exit::Done })
}

fn line(file: &Placed) -> String {
    let Placed { key, bytes, standing } = file;
    match standing {
        Standing::Put => format!("put        {key} ({bytes} bytes)"),
        Standing::There => format!("there      {key}"),
        Standing::Missing => format!("missing    {key} ({bytes} bytes)"),
        Standing::Different { what } => format!("different  {key}: {what}"),
    }
}
