//! Which crate may ask for which: functions → casework → command → the other shared crates → domain, one way only.

use super::metadata::{Member, Metadata};
use crate::finding::Finding;

const RULE: &str = "direction";

/// What the pure rules may be built from.
const DOMAIN_MAY_USE: [&str; 5] = ["data-encoding", "jiff", "serde", "sha2", "thiserror"];

/// Crates that play AWS on one machine, and who may ask for them.
const ONE_MACHINE: [&str; 3] = ["dynoxide-rs", "rusqlite", "s3s"];
const ONE_MACHINE_MAY: [&str; 3] = ["taihu", "journeys", "bench"];

/// What the road of a command leads over. It knows no view and no page: a command never writes one.
const COMMAND_MAY_ASK: [&str; 4] = ["access", "domain", "gateway", "ledger"];

/// What `cargo xtask` may know of the house: it must compile in seconds.
const XTASK_MAY_ASK: [&str; 1] = ["domain"];

/// A room of the house, by the folder a crate lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    Domain,
    Shared,
    Command,
    Casework,
    Function,
    Outside,
}

impl Room {
    fn of(member: &Member) -> Self {
        match member.folder.split('/').next() {
            Some("shared") if member.name == "domain" => Self::Domain,
            Some("shared") if member.name == "command" => Self::Command,
            Some("shared") if member.name == "casework" => Self::Casework,
            Some("shared") => Self::Shared,
            Some("functions") => Self::Function,
            _ => Self::Outside,
        }
    }
}

/// Every dependency that points the wrong way.
#[must_use]
pub fn check(metadata: &Metadata) -> Vec<Finding> {
    metadata.members.iter().flat_map(|member| directions(member, metadata).chain(doors(member))).collect()
}

/// Roads between crates of the house, tests included: a test must not turn a direction round either.
fn directions<'a>(member: &'a Member, metadata: &'a Metadata) -> impl Iterator<Item = Finding> + 'a {
    let room = Room::of(member);
    member.asks.iter().filter_map(|name| metadata.member(name)).filter_map(move |asked| {
        let sentence = match (room, Room::of(asked)) {
            (Room::Domain, _) => "the domain depends on no other crate of the house",
            (Room::Shared | Room::Command | Room::Casework, Room::Function | Room::Outside) => {
                "a shared crate never depends on functions or infra"
            }
            (Room::Shared | Room::Command, Room::Casework) => {
                "cases are worked on over the road of a command, not under it"
            }
            (Room::Shared, Room::Command) => "the road of a command leads over the other shared crates, not back",
            (Room::Command, _) if !COMMAND_MAY_ASK.contains(&asked.name.as_str()) => {
                "the road of a command leads over access, ledger and gateway alone"
            }
            (Room::Shared, Room::Shared) if member.name == "gateway" => "the gateway knows none of its neighbours",
            (Room::Function, Room::Outside) => "a function never depends on infra or tests",
            (Room::Outside, _) if member.name == "xtask" && !XTASK_MAY_ASK.contains(&asked.name.as_str()) => {
                "xtask stays light: of the house it knows the domain only"
            }
            _ => return None,
        };
        Some(finding(member, &asked.name, sentence))
    })
}

/// Roads out of the house that only some crates may take.
fn doors(member: &Member) -> impl Iterator<Item = Finding> + '_ {
    let pure = Room::of(member) == Room::Domain;
    let impure = member.uses.iter().filter(move |name| pure && !DOMAIN_MAY_USE.contains(&name.as_str()));
    // Tests may play AWS anywhere: the ledger's contract suite runs on the engine itself.
    let machine = member
        .uses
        .iter()
        .filter(|name| ONE_MACHINE.contains(&name.as_str()) && !ONE_MACHINE_MAY.contains(&member.name.as_str()));
    impure
        .map(|name| {
            finding(
                member,
                name,
                "the domain is pure and depends on nothing but serde, thiserror, a date, a hash and an encoding",
            )
        })
        .chain(machine.map(|name| finding(member, name, "only taihu, journeys and bench may play AWS on one machine")))
}

fn finding(member: &Member, asked: &str, sentence: &str) -> Finding {
    Finding::failure(RULE, &member.manifest(), 1, format!("`{}` asks for `{asked}`: {sentence}", member.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(folder: &str, asks: &[&str]) -> Member {
        let names: std::collections::BTreeSet<String> = asks.iter().map(|name| (*name).to_owned()).collect();
        Member {
            name: folder.rsplit('/').next().unwrap().replace("local", "taihu"),
            folder: folder.to_owned(),
            asks: names.clone(),
            uses: names,
            carries: std::collections::BTreeMap::new(),
        }
    }

    fn sentences(members: &[(&str, &[&str])]) -> Vec<String> {
        let members = members.iter().map(|(folder, asks)| member(folder, asks)).collect();
        check(&Metadata { members, ..Metadata::default() }).into_iter().map(|finding| finding.sentence).collect()
    }

    #[test]
    fn the_roads_of_the_design_are_free() {
        let house: [(&str, &[&str]); 8] = [
            ("shared/domain", &["serde", "jiff"]),
            ("shared/gateway", &["axum"]),
            ("shared/ledger", &["domain"]),
            ("shared/views", &["ledger"]),
            ("shared/command", &["ledger", "gateway", "domain", "axum"]),
            ("functions/publish", &["command", "ledger", "gateway", "domain", "views"]),
            ("infra/local", &["publish", "dynoxide-rs"]),
            ("infra/xtask", &["domain", "clap"]),
        ];
        assert_eq!(sentences(&house), Vec::<String>::new());
    }

    #[test]
    fn every_wrong_direction_is_named() {
        let broken: [(&str, &str); 11] = [
            ("shared/domain", "ledger"),
            ("shared/domain", "tokio"),
            ("shared/ledger", "publish"),
            ("shared/views", "taihu"),
            ("shared/gateway", "ledger"),
            ("shared/views", "command"),
            ("shared/command", "views"),
            ("shared/command", "publish"),
            ("functions/publish", "taihu"),
            ("functions/clock", "rusqlite"),
            ("infra/xtask", "ledger"),
        ];
        for (folder, asked) in broken {
            let house: [(&str, &[&str]); 8] = [
                (folder, &[asked]),
                ("shared/domain", &[]),
                ("shared/ledger", &[]),
                ("shared/views", &[]),
                ("shared/command", &[]),
                ("functions/publish", &[]),
                ("infra/local", &[]),
                ("infra/xtask", &[]),
            ];
            let house: Vec<_> =
                house.into_iter().enumerate().filter(|(i, (f, _))| *i == 0 || *f != folder).map(|(_, h)| h).collect();
            let sentences = sentences(&house);
            assert!(
                sentences.iter().any(|sentence| sentence.contains(&format!("asks for `{asked}`"))),
                "{folder} → {asked}: {sentences:?}"
            );
        }
    }
}
