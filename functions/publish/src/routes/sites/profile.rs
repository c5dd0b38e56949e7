//! What every page of a site shows of it, on its way in and out.

use command::{Checks, mirrored};
use domain::site::{self, SiteProfile as Profile};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::refusal::Refusal;

/// What every page of a site shows of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteProfile {
    /// Name in the header, at most 60 characters.
    #[schema(example = "澄湖市教育局", max_length = 60, min_length = 1)]
    name: String,
    /// Site identification code (网站标识码): ten digits, or `bm` and eight.
    #[schema(example = "3299010001", pattern = "^([0-9]{10}|bm[0-9]{8})$")]
    identification_code: String,
    /// Registered domain name below `gov.cn`; it stands in the meta tag SiteDomain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        example = "jyj.chenghu.gov.cn",
        max_length = 253,
        pattern = "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+gov\\.cn$"
    )]
    domain: Option<String>,
    /// Languages it is offered in: `zh-Hans` first, each once; simplified Chinese alone if absent.
    #[serde(default = "simplified")]
    #[schema(min_items = 1, max_items = 3)]
    languages: Vec<Language>,
    /// The one main colour; the house's if absent.
    #[serde(default)]
    theme: Theme,
    /// The sponsor (主办单位), at most 60 characters.
    #[schema(example = "澄湖市教育局", max_length = 60, min_length = 1)]
    sponsor: String,
    /// The sponsor's contact, at most 120 characters.
    #[schema(example = "0599-1234567", max_length = 120, min_length = 1)]
    contact: String,
    /// ICP filing number (ICP备案号), at most 60 characters.
    #[schema(example = "澄ICP备00000001号", max_length = 60, min_length = 1)]
    icp: String,
    /// Public security filing number (公安备案号), at most 60 characters; empty where there is none.
    #[serde(default)]
    #[schema(max_length = 60)]
    police: String,
}

fn simplified() -> Vec<Language> {
    vec![Language::Simplified]
}

mirrored! {
    site:
    /// A language, by its BCP 47 tag.
    Language:
    /// 简体中文.
    #[serde(rename = "zh-Hans")]
    Simplified,
    /// 繁体中文.
    #[serde(rename = "zh-Hant")]
    Traditional,
    /// English.
    #[serde(rename = "en")]
    English,
}

mirrored! {
    site:
    /// A main colour, by the stylesheet's name.
    #[derive(Default)]
    Theme:
    /// Lake blue, the house colour.
    #[default]
    Lake,
    /// Pine green.
    Pine,
    /// Indigo.
    Indigo,
    /// Plum.
    Plum,
    /// Slate grey.
    Slate,
}

impl SiteProfile {
    pub(super) fn checked(&self, checks: &mut Checks) -> Option<Profile> {
        let name = checks.line("/profile/name", &self.name);
        let identification_code = checks.converted("/profile/identification_code", &self.identification_code);
        let domain = self.domain.as_deref().map(|text| checks.converted("/profile/domain", text));
        let languages: Vec<site::Language> = self.languages.iter().copied().map(Into::into).collect();
        let languages = checks.converted_from("/profile/languages", languages);
        let sponsor = checks.line("/profile/sponsor", &self.sponsor);
        let contact = checks.line("/profile/contact", &self.contact);
        let icp = checks.line("/profile/icp", &self.icp);
        let police = checks.prose("/profile/police", &self.police);
        Some(Profile {
            name: name?,
            identification_code: identification_code?,
            domain: domain.flatten(),
            languages: languages?,
            theme: self.theme.into(),
            sponsor: sponsor?,
            contact: contact?,
            icp: icp?,
            police: police?,
        })
        .filter(|_| checks.passed())
    }

    /// As [`checked`](Self::checked), where there is nothing else to check.
    pub(super) fn verified(&self) -> Result<Profile, Refusal> {
        let mut checks = Checks::default();
        match self.checked(&mut checks) {
            Some(profile) => Ok(profile),
            None => Err(checks.refusal()),
        }
    }

    pub(super) fn of(profile: Profile) -> Self {
        Self {
            name: profile.name.into(),
            identification_code: profile.identification_code.into(),
            domain: profile.domain.map(Into::into),
            languages: Vec::from(profile.languages).into_iter().map(Into::into).collect(),
            theme: profile.theme.into(),
            sponsor: profile.sponsor.into(),
            contact: profile.contact.into(),
            icp: profile.icp.into(),
            police: profile.police.into(),
        }
    }
}
