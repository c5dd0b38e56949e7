//! What the public may know of a department, on its way in and out.

use command::Checks;
use domain::department::{self, Profile};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::refusal::Refusal;

/// What the public may know of a department.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DepartmentProfile {
    /// Full name, at most 60 characters.
    #[schema(example = "教育局", max_length = 60, min_length = 1)]
    name: String,
    /// Organisation code (组织机构代码), 9 or 18 capital letters and digits: the front of index numbers.
    #[schema(example = "014006438", pattern = "^([0-9A-Z]{8}-?[0-9A-Z]|[0-9A-Z]{18})$")]
    organisation_code: String,
    /// What it is there for (机构职能), at most 2,000 characters.
    #[serde(default)]
    #[schema(max_length = 2000)]
    duties: String,
    /// Where it sits, at most 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    address: String,
    /// How to call it, at most 60 characters.
    #[serde(default)]
    #[schema(max_length = 60)]
    telephone: String,
    /// When it is open, at most 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    office_hours: String,
    /// Names and posts of its leaders (领导信息), at most 50.
    #[serde(default)]
    #[schema(max_items = 50)]
    leaders: Vec<String>,
    /// Who takes applications for information; absent where nobody is named. A change of the profile without it keeps who is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    disclosure: Option<DisclosureOffice>,
}

/// Who takes applications for information (政府信息公开工作机构). What it does not say of itself is as the profile says it of the department.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DisclosureOffice {
    /// What it is called, at most 60 characters.
    #[schema(example = "办公室（政务公开科）", max_length = 60, min_length = 1)]
    name: String,
    /// Where it sits, at most 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    address: String,
    /// When it is open, at most 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    office_hours: String,
    /// How to call it, at most 60 characters.
    #[serde(default)]
    #[schema(max_length = 60)]
    telephone: String,
    /// Its fax (传真号码), at most 60 characters.
    #[serde(default)]
    #[schema(max_length = 60)]
    fax: String,
    /// Its mailbox or page on the internet (互联网联系方式), at most 100 characters.
    #[serde(default)]
    #[schema(max_length = 100)]
    mailbox: String,
}

impl DisclosureOffice {
    /// Checks it where it stands, at the pointer `at`.
    pub(super) fn checked(&self, checks: &mut Checks, at: &str) -> Option<department::DisclosureOffice> {
        let name = checks.line(&format!("{at}/name"), &self.name);
        let address = checks.prose(&format!("{at}/address"), &self.address);
        let office_hours = checks.prose(&format!("{at}/office_hours"), &self.office_hours);
        let telephone = checks.prose(&format!("{at}/telephone"), &self.telephone);
        let fax = checks.prose(&format!("{at}/fax"), &self.fax);
        let mailbox = checks.prose(&format!("{at}/mailbox"), &self.mailbox);
        Some(department::DisclosureOffice {
            name: name?,
            address: address?,
            office_hours: office_hours?,
            telephone: telephone?,
            fax: fax?,
            mailbox: mailbox?,
        })
    }

    fn of(office: department::DisclosureOffice) -> Self {
        Self {
            name: office.name.into(),
            address: office.address.into(),
            office_hours: office.office_hours.into(),
            telephone: office.telephone.into(),
            fax: office.fax.into(),
            mailbox: office.mailbox.into(),
        }
    }
}

impl DepartmentProfile {
    pub(super) fn checked(&self, checks: &mut Checks) -> Option<Profile> {
        let name = checks.line("/profile/name", &self.name);
        let organisation_code = checks.line("/profile/organisation_code", &self.organisation_code);
        let duties = checks.prose("/profile/duties", &self.duties);
        let address = checks.prose("/profile/address", &self.address);
        let telephone = checks.prose("/profile/telephone", &self.telephone);
        let office_hours = checks.prose("/profile/office_hours", &self.office_hours);
        let leaders = checks.lines("/profile/leaders", &self.leaders, 50);
        let disclosure = self.disclosure.as_ref().map(|office| office.checked(checks, "/profile/disclosure"));
        Some(Profile {
            name: name?,
            organisation_code: organisation_code?,
            duties: duties?,
            address: address?,
            telephone: telephone?,
            office_hours: office_hours?,
            leaders: leaders?,
            disclosure: match disclosure {
                Some(checked) => Some(checked?),
                None => None,
            },
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
            organisation_code: profile.organisation_code.into(),
            duties: profile.duties.into(),
            address: profile.address.into(),
            telephone: profile.telephone.into(),
            office_hours: profile.office_hours.into(),
            leaders: profile.leaders.into_iter().map(Into::into).collect(),
            disclosure: profile.disclosure.map(DisclosureOffice::of),
        }
    }
}
