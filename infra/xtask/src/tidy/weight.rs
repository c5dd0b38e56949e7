//! Heavy crates, and who may carry them.

use super::metadata::Metadata;
use crate::finding::Finding;

const RULE: &str = "weight";

/// A heavy crate.
struct Heavy {
    name: &'static str,
    may_carry: &'static [&'static str],
    reason: &'static str,
}

/// What a cold start, a cold build or a small binary feels; `taihu`, `journeys` and `bench` carry everything.
const HEAVY: &[Heavy] = &[
    Heavy {
        name: "cedar-policy",
        may_carry: &["access", "command", "publish", "timetable", "desk", "casework", "letter", "disclosure", "react"],
        reason: "policies are asked where a person commands, never where pages are made",
    },
    Heavy {
        name: "tantivy",
        may_carry: &["search", "query", "index"],
        reason: "the search index is opened by its query and its writer only",
    },
    Heavy {
        name: "jieba-rs",
        may_carry: &["search", "query", "index"],
        reason: "its dictionary costs 140 ms and 33 MB at first use",
    },
    Heavy {
        name: "image",
        may_carry: &["intake", "publish", "frontdoor", "casework", "letter", "disclosure", "timetable", "desk"],
        reason: "pictures are decoded where they come in, never where pages are made",
    },
    Heavy { name: "scraper", may_carry: &["mapping"], reason: "older systems' pages are read by the import only" },
    Heavy { name: "dynoxide-rs", may_carry: &[], reason: "the emulator is for one machine" },
    Heavy { name: "s3s", may_carry: &[], reason: "the S3 server is for one machine" },
    Heavy { name: "rusqlite", may_carry: &[], reason: "SQLite is for one machine" },
    Heavy {
        name: "minijinja",
        may_carry: &[
            "pages",
            "frames",
            "frontdoor",
            "casework",
            "letter",
            "disclosure",
            "react",
            "project",
            "clock",
            "publish",
            "timetable",
            "desk",
            "mapping",
            "index",
            "query",
        ],
        reason: "pages are made by the projector; the ledger and the views know no template",
    },
    Heavy {
        name: "axum",
        may_carry: &[
            "gateway",
            "command",
            "casework",
            "frontdoor",
            "letter",
            "disclosure",
            "react",
            "publish",
            "project",
            "clock",
            "timetable",
            "desk",
            "index",
            "query",
        ],
        reason: "routing belongs to the edge",
    },
    Heavy {
        name: "aws-sdk-dynamodb",
        may_carry: &[
            "ledger",
            "views",
            "frames",
            "frontdoor",
            "vault",
            "casework",
            "letter",
            "disclosure",
            "outbox",
            "terms",
            "react",
            "gateway",
            "command",
            "publish",
            "project",
            "clock",
            "timetable",
            "desk",
            "index",
            "query",
        ],
        reason: "pure crates and pages make no calls",
    },
    Heavy {
        name: "aws-sdk-kms",
        may_carry: &["vault", "casework", "letter", "disclosure", "react", "timetable", "desk"],
        reason: "only who handles personal data unwraps its keys",
    },
    Heavy {
        name: "aes-gcm-siv",
        may_carry: &["vault", "casework", "letter", "disclosure", "react", "timetable", "desk"],
        reason: "only the vault closes and opens; where pages are made nothing can be opened",
    },
    Heavy {
        name: "aws-sdk-sesv2",
        may_carry: &["react", "desk"],
        reason: "only reactions send e-mail; the desk calls their API in process, and nothing that sends is linked into it",
    },
    Heavy {
        name: "aws-sdk-sns",
        may_carry: &["react", "desk"],
        reason: "only reactions send text messages; the desk calls their API in process, and nothing that sends is linked into it",
    },
    Heavy { name: "openssl-sys", may_carry: &[], reason: "one TLS stack is enough, and it is rustls" },
];

const CARRY_ALL: [&str; 3] = ["taihu", "journeys", "bench"];

/// Every heavy crate in the wrong place, with the road that brings it there.
#[must_use]
pub fn check(metadata: &Metadata) -> Vec<Finding> {
    let members = metadata.members.iter().filter(|member| !CARRY_ALL.contains(&member.name.as_str()));
    members
        .flat_map(|member| {
            HEAVY.iter().filter(|heavy| !heavy.may_carry.contains(&member.name.as_str())).filter_map(|heavy| {
                let road = member.carries.get(heavy.name)?.join(" → ");
                let sentence = format!("`{}` carries `{}` ({road}): {}", member.name, heavy.name, heavy.reason);
                Some(Finding::failure(RULE, &member.manifest(), 1, sentence))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{super::metadata::Member, *};

    fn carrying(name: &str, heavy: &str) -> Metadata {
        let road = vec![name.to_owned(), "between".to_owned(), heavy.to_owned()];
        let carries = BTreeMap::from([(heavy.to_owned(), road)]);
        let member = Member {
            name: name.to_owned(),
            folder: format!("functions/{name}"),
            asks: BTreeSet::new(),
            uses: BTreeSet::new(),
            carries,
        };
        Metadata { members: vec![member], ..Metadata::default() }
    }

    #[test]
    fn cedar_is_refused_where_pages_are_made_and_the_road_is_shown() {
        for name in ["project", "clock", "views", "pages", "ledger"] {
            let findings = check(&carrying(name, "cedar-policy"));
            assert_eq!(findings.len(), 1, "{name}");
            assert!(findings[0].sentence.contains(&format!("{name} → between → cedar-policy")));
        }
        assert_eq!(check(&carrying("publish", "cedar-policy")), []);
    }

    #[test]
    fn what_opens_personal_data_is_refused_where_pages_are_made() {
        for heavy in ["aws-sdk-kms", "aes-gcm-siv"] {
            for name in ["project", "views", "pages", "publish", "clock"] {
                assert_eq!(check(&carrying(name, heavy)).len(), 1, "{name} {heavy}");
            }
            assert_eq!(check(&carrying("vault", heavy)), []);
        }
    }

    #[test]
    fn tantivy_is_refused_everywhere_but_under_search() {
        assert_eq!(check(&carrying("publish", "tantivy")).len(), 1);
        assert_eq!(check(&carrying("query", "tantivy")), []);
        assert_eq!(check(&carrying("taihu", "tantivy")), []);
    }
}
