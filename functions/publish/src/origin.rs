//! What a migrator tells of a record's source, checked; and how it is told again.

use command::{Checks, mirrored, optional};
use domain::{
    SystemCode,
    document::{self, Arrival, EvidenceHash, Origin, OriginalDate, WebAddress},
    text::Line,
};
use gateway::Sentence;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

mirrored! {
    document:
    /// Whether a document is in force (有效性).
    Validity:
    /// 有效.
    InForce,
    /// 废止.
    Repealed,
    /// 失效.
    Expired,
}

/// What the day of a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DateKind {
    /// 发布日期: it became public on it.
    Published,
    /// 版本日期: this version was adopted or amended on it.
    Version,
    /// The source tells none.
    Unknown,
}

/// The day a record goes by: in its path, in lists and in feeds.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateInput {
    /// What the day is.
    kind: DateKind,
    /// The day; absent where the kind is `unknown`.
    #[serde(default)]
    #[schema(example = "2019-01-30", format = "date")]
    day: Option<String>,
}

/// Where a record comes from, and what its source tells of it. What it does not tell is left out, never made up.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OriginInput {
    /// The system or collection, as its own name in ids.
    #[schema(example = "old-portal", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    pub(crate) system: String,
    /// The system's name, for the public, 1–60 characters.
    #[schema(example = "旧门户网站", max_length = 60, min_length = 1)]
    name: String,
    /// The record's name in the system, 1–200 characters; system and key name the document for good.
    #[schema(example = "art_1142", max_length = 200, min_length = 1)]
    pub(crate) key: String,
    /// SHA-256 of the record as the system gave it, in hexadecimal.
    #[schema(example = "2f70d0b8a1c64d43a4a0b3b2a8d5a2c1f9c7f5b0e8d6c4b2a09f8e7d6c5b4a39", pattern = "^[0-9a-f]{64}$")]
    evidence: String,
    /// The day it goes by.
    date: DateInput,
    /// Where it stood, an http or https address of at most 400 characters.
    #[serde(default)]
    #[schema(example = "http://old.chenghu.example/art/1142.html", max_length = 400)]
    url: Option<String>,
    /// Who issued it (发文机关), where that is not the department.
    #[serde(default)]
    #[schema(example = "市政府办公室", max_length = 120)]
    issuer: Option<String>,
    /// 主题分类, its levels joined by `\\`.
    #[serde(default)]
    #[schema(example = "综合政务", max_length = 120)]
    subject: Option<String>,
    /// 有效性.
    #[serde(default)]
    validity: Option<Validity>,
    /// How it came to be (立法沿革), oldest first, at most 50 lines of at most 500 characters.
    #[serde(default)]
    #[schema(max_items = 50)]
    history: Vec<String>,
}

impl OriginInput {
    /// What names the document; everything else waits until a resend could be recognised.
    pub(crate) fn identity(&self, checks: &mut Checks) -> Option<(SystemCode, Line<200>)> {
        let system = checks.name("/origin/system", &self.system);
        let key = checks.line("/origin/key", &self.key);
        system.zip(key)
    }

    /// Checks the rest.
    pub(crate) fn checked(&self, system: SystemCode, key: Line<200>, checks: &mut Checks) -> Option<Origin> {
        let name = checks.line("/origin/name", &self.name);
        let evidence = checks.converted::<EvidenceHash>("/origin/evidence", &self.evidence);
        let date = self.date.checked(checks);
        let url = optional(self.url.as_deref(), |text| address(checks, text));
        let issuer = optional(self.issuer.as_deref(), |text| checks.line("/origin/issuer", text));
        let subject = optional(self.subject.as_deref(), |text| checks.line("/origin/subject", text));
        let history = checks.lines("/origin/history", &self.history, 50);
        Some(Origin {
            system,
            name: name?,
            key,
            evidence: evidence?,
            date: date?,
            url: url?,
            issuer: issuer?,
            subject: subject?,
            validity: self.validity.map(Into::into),
            history: history?,
        })
    }
}

impl DateInput {
    fn checked(&self, checks: &mut Checks) -> Option<OriginalDate> {
        match (self.kind, self.day.as_deref()) {
            (DateKind::Published, Some(day)) => {
                checks.day("/origin/date/day", day).map(|day| OriginalDate::Published { day })
            }
            (DateKind::Version, Some(day)) => {
                checks.day("/origin/date/day", day).map(|day| OriginalDate::Version { day })
            }
            (DateKind::Unknown, None) => Some(OriginalDate::Unknown),
            (_, day) => {
                let sentence = match day {
                    None => Sentence::new("请给出日期。", "Tell the day."),
                    Some(_) => Sentence::new(
                        "日期不详（unknown）时不应给出日期。",
                        "Where the kind is unknown there is no day.",
                    ),
                };
                checks.add("/origin/date/day", "date-kind", sentence);
                None
            }
        }
    }
}

/// How a document came from an older system.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArrivalView {
    /// When it was brought in.
    #[schema(format = "date-time")]
    at: String,
    /// The system or collection, as its own name in ids.
    system: String,
    /// The system's name.
    name: String,
    /// The record's name in the system.
    key: String,
    /// SHA-256 of the record as the system gave it.
    evidence: String,
    /// What the day is that it goes by.
    dated: DateKind,
    /// The day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date")]
    day: Option<String>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Who issued it (发文机关).
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    /// 主题分类.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// 有效性.
    #[serde(skip_serializing_if = "Option::is_none")]
    validity: Option<Validity>,
    /// How it came to be (立法沿革), oldest first.
    history: Vec<String>,
    /// Id of the document that it amends.
    #[serde(skip_serializing_if = "Option::is_none")]
    amends: Option<String>,
}

impl ArrivalView {
    pub(crate) fn of(arrival: Arrival) -> Self {
        let Origin { system, name, key, evidence, date, url, issuer, subject, validity, history } = arrival.origin;
        Self {
            at: arrival.at.to_string(),
            system: system.into(),
            name: name.into(),
            key: key.into(),
            evidence: evidence.into(),
            dated: match date {
                OriginalDate::Published { .. } => DateKind::Published,
                OriginalDate::Version { .. } => DateKind::Version,
                OriginalDate::Unknown => DateKind::Unknown,
            },
            day: date.day().map(|day| day.to_string()),
            url: url.map(Into::into),
            issuer: issuer.map(Into::into),
            subject: subject.map(Into::into),
            validity: validity.map(Into::into),
            history: history.into_iter().map(Into::into).collect(),
            amends: arrival.amends.map(|amended| amended.document.into()),
        }
    }
}

/// An address that a page may link to.
fn address(checks: &mut Checks, text: &str) -> Option<Line<400>> {
    let line: Line<400> = checks.line("/origin/url", text)?;
    checks.converted::<WebAddress>("/origin/url", line.as_str()).map(|_| line)
}
