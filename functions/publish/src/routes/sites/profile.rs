//! What every page of a site shows of it, on its way in and out.

use domain::site::SiteProfile as Profile;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{checks::Checks, refusal::Refusal};

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

impl SiteProfile {
    pub(super) fn checked(&self, checks: &mut Checks) -> Option<Profile> {
        let name = checks.line("/profile/name", &self.name);
        let identification_code = checks.converted("/profile/identification_code", &self.identification_code);
        let sponsor = checks.line("/profile/sponsor", &self.sponsor);
        let contact = checks.line("/profile/contact", &self.contact);
        let icp = checks.line("/profile/icp", &self.icp);
        let police = checks.prose("/profile/police", &self.police);
        Some(Profile {
            name: name?,
            identification_code: identification_code?,
            sponsor: sponsor?,
            contact: contact?,
            icp: icp?,
            police: police?,
        })
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
            sponsor: profile.sponsor.into(),
            contact: profile.contact.into(),
            icp: profile.icp.into(),
            police: profile.police.into(),
        }
    }
}
