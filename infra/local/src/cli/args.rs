//! The command line's grammar.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use http::Uri;

use super::task::LONGEST_FUNCTION;
use crate::serve::{Beginning, Options};

/// A city's government websites on one machine.
///
/// Without a command, `taihu` serves the folder `.taihu` on port 8080 and fills in a sample city the first time.
#[derive(Debug, Parser)]
#[command(name = "taihu", version, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct CommandLine {
    /// What to do; serve if nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to serve.
    #[command(flatten)]
    pub serve: ServeArgs,
    /// Print data as JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl CommandLine {
    /// How data is to be printed.
    #[must_use]
    pub fn output(&self) -> Output {
        if self.json { Output::Json } else { Output::Text }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve a city: its websites, its API, its stores.
    Serve(ServeArgs),
    /// Make guards, views and every page once more from the ledger.
    Rebuild(RebuildArgs),
    /// Make the search index once more, beside the one that answers.
    Reindex(CityArgs),
    /// Compare guards, views and every page with the ledger.
    Verify(CityArgs),
    /// Take away texts and files that no commit names: what was erased, and what was never saved.
    Sweep(SweepArgs),
    /// Put the static files of this build into the pages bucket of a deployment.
    ///
    /// Credentials and region are found as the AWS SDK finds them.
    Assets(AssetsArgs),
    /// Enrol somebody with roles, if he is not yet, and print his token for the API.
    Token(TokenArgs),
    /// Bring in records of an older system.
    Import(ImportArgs),
    /// Look whether this machine can serve, and whether the folder is whole.
    Doctor(DoctorArgs),
}

/// The data folder.
#[derive(Debug, Clone, Args)]
pub struct FolderArgs {
    /// Folder with the city's data.
    #[arg(long, value_name = "DIR", default_value = ".taihu", env = "TAIHU_DATA")]
    pub data: PathBuf,
}

/// How to serve.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Where the city's data lie.
    #[command(flatten)]
    pub folder: FolderArgs,
    /// Port of the websites and the API; the stores take the two ports after it. 0 takes any.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
    /// Address to listen on; the stores stay on loopback.
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub addr: IpAddr,
    /// Begin a new folder without the sample city.
    #[arg(long)]
    pub empty: bool,
    /// Invoke the functions at this address (`cargo lambda watch`) instead of in this process.
    #[arg(long, value_name = "URL")]
    pub lambda: Option<Uri>,
}

impl From<ServeArgs> for Options {
    fn from(args: ServeArgs) -> Self {
        Self {
            data: args.folder.data,
            addr: args.addr,
            port: args.port,
            beginning: if args.empty { Beginning::Empty } else { Beginning::Sample },
            lambda: args.lambda,
        }
    }
}

/// Which city.
#[derive(Debug, Clone, Args)]
pub struct CityArgs {
    /// Where the city's data lie.
    #[command(flatten)]
    pub folder: FolderArgs,
    /// Instead of a folder, the city on AWS whose tables and buckets the environment names, as it does for the functions.
    #[arg(long, conflicts_with = "data")]
    pub aws: bool,
}

/// How to rebuild.
#[derive(Debug, Clone, Args)]
pub struct RebuildArgs {
    /// Which city.
    #[command(flatten)]
    pub city: CityArgs,
    /// Go on when streams cannot be folded: they are parked and listed.
    #[arg(long)]
    pub park: bool,
    /// With --aws: seconds to wait, after the switch, for functions that began before it; their longest timeout.
    #[arg(long, value_name = "SECONDS", default_value_t = LONGEST_FUNCTION.as_secs(), requires = "aws")]
    pub wait: u64,
}

/// What is taken away.
#[derive(Debug, Clone, Args)]
pub struct SweepArgs {
    /// Which city.
    #[command(flatten)]
    pub city: CityArgs,
    /// How many days a text or a file may lie without a commit that names it; what was erased goes at once.
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    pub days: u16,
    /// Only tell what would be done.
    #[arg(long)]
    pub dry_run: bool,
}

/// Where static files go.
#[derive(Debug, Clone, Args)]
pub struct AssetsArgs {
    /// The pages bucket; `AWS_ENDPOINT_URL_S3` names another S3 than AWS's.
    #[arg(long, value_name = "NAME", env = "TAIHU_PAGES_BUCKET")]
    pub bucket: String,
    /// Only tell what is missing; nothing is written.
    #[arg(long)]
    pub dry_run: bool,
}

/// Whose token.
#[derive(Debug, Clone, Args)]
pub struct TokenArgs {
    /// Where the city's data lie.
    #[command(flatten)]
    pub folder: FolderArgs,
    /// What the holder may do: one role, or several with commas between.
    #[arg(long, value_enum, value_name = "R", value_delimiter = ',', required = true)]
    pub role: Vec<Role>,
    /// Code of the holder's department.
    #[arg(long, value_name = "D")]
    pub department: String,
    /// The roles count in the whole city.
    #[arg(long, conflicts_with = "sites")]
    pub city: bool,
    /// Who the holder is, in every commit; by default made of department, roles and sites.
    #[arg(long, value_name = "S")]
    pub sub: Option<String>,
    /// Labels of the only sites the roles count on.
    #[arg(long, value_name = "LABEL", value_delimiter = ',')]
    pub sites: Option<Vec<String>>,
    /// How long the token is good for.
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=720))]
    pub hours: u32,
}

/// What to bring in.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// What the records are.
    #[command(subcommand)]
    pub what: Imported,
}

/// What the records are.
#[derive(Debug, Clone, Subcommand)]
pub enum Imported {
    /// Documents, read from JSON lines through a mapping.
    ///
    /// The same import again writes nothing. Rows that cannot be brought in go to a file of rejects with line and reason; all others go in.
    Documents(ImportDocumentsArgs),
}

/// Which documents go where.
#[derive(Debug, Clone, Args)]
pub struct ImportDocumentsArgs {
    /// The records: a JSON object a line.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where each field of a document is found, in TOML.
    #[arg(long, value_name = "MAP")]
    pub mapping: PathBuf,
    /// Where the city's data lie; an empty folder begins a city of what the mapping creates.
    #[command(flatten)]
    pub folder: FolderArgs,
    /// Port of the city, while this command serves its folder; by default the one it was last served on, 8080 for a new one.
    #[arg(long, value_name = "N", conflicts_with = "url")]
    pub port: Option<u16>,
    /// Instead of a folder, the address of a city's portal.
    #[arg(long, value_name = "URL", conflicts_with = "data", requires = "token")]
    pub url: Option<Uri>,
    /// With --url: the token of a migrator, who is registrar too where something is to be created.
    #[arg(long, value_name = "T", env = "TAIHU_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Where rejected rows are told of, a JSON object a line; by default beside the current folder's files, after the file's name.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Only read the records and tell what would be sent; nothing is written, no city is needed.
    #[arg(long)]
    pub dry_run: bool,
    /// Documents under way at a time.
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub jobs: u16,
}

/// A role of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// 编辑.
    Editor,
    /// 审核.
    Reviewer,
    /// 发布.
    Publisher,
    /// 登记.
    Registrar,
    /// 审计.
    Auditor,
    /// 管理, with every other role.
    Administrator,
    /// 迁移.
    Migrator,
    /// 承办.
    Handler,
    /// 督办.
    Supervisor,
}

impl From<Role> for domain::staff::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Editor => Self::Editor,
            Role::Reviewer => Self::Reviewer,
            Role::Publisher => Self::Publisher,
            Role::Registrar => Self::Registrar,
            Role::Auditor => Self::Auditor,
            Role::Administrator => Self::Administrator,
            Role::Migrator => Self::Migrator,
            Role::Handler => Self::Handler,
            Role::Supervisor => Self::Supervisor,
        }
    }
}

/// What to look at.
#[derive(Debug, Clone, Args)]
pub struct DoctorArgs {
    /// Where the city's data lie.
    #[command(flatten)]
    pub folder: FolderArgs,
    /// Port that would be served on.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn no_arguments_mean_serve_the_usual_folder() {
        let line = CommandLine::parse_from(["taihu"]);
        assert!(line.command.is_none());
        assert_eq!((line.serve.port, line.serve.addr.is_loopback(), line.serve.empty), (8080, true, false));
        let line = CommandLine::parse_from(["taihu", "--port", "9000", "--json"]);
        assert_eq!((line.serve.port, line.output()), (9000, Output::Json));
    }

    #[test]
    fn every_role_there_is_can_be_asked_for_by_its_own_name() {
        let known = Role::value_variants().iter().map(|role| {
            let name = role.to_possible_value().map(|value| value.get_name().to_owned());
            assert_eq!(name.as_deref(), Some(domain::staff::Role::from(*role).as_str()));
            domain::staff::Role::from(*role)
        });
        assert_eq!(known.collect::<Vec<_>>(), domain::staff::Role::ALL);
    }
}
