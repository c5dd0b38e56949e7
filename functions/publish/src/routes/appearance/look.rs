//! How pages look, on its way in and out.

use command::{Checks, mirrored, optional};
use domain::appearance::{self, Appearance, Wanted};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::refusal::Refusal;

mirrored! {
    appearance:
    /// How pressing a banner is.
    BannerLevel:
    /// 紧急通知: people have to act, or to keep away.
    Emergency,
    /// 重要提示: people should know.
    Notice,
}

/// Where a banner leads.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BannerLink {
    /// What to press, 1–30 characters.
    #[schema(example = "查看避险指引", max_length = 30, min_length = 1)]
    name: String,
    /// A whole address of the web.
    #[schema(example = "https://www.example.gov.cn/yjgl/", max_length = 400, min_length = 8)]
    address: String,
}

/// A sentence above everything else on every page.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BannerInput {
    /// How pressing it is.
    level: BannerLevel,
    /// What it says, 1–120 characters in one line.
    #[schema(example = "台风红色预警：请留在室内，远离江边和山坡。", max_length = 120, min_length = 1)]
    text: String,
    /// Where to read more.
    #[serde(default)]
    link: Option<BannerLink>,
}

/// Why pages are grey.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GreyscaleInput {
    /// What is mourned, 1–200 characters in one line; kept, not shown.
    #[schema(example = "全国哀悼日", max_length = 200, min_length = 1)]
    reason: String,
}

/// How pages look from now on: all of it. What is left out ends.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeAppearance {
    /// The banner; none stands without it.
    #[serde(default)]
    banner: Option<BannerInput>,
    /// That pages are grey; they have their colours without it.
    #[serde(default)]
    greyscale: Option<GreyscaleInput>,
}

impl ChangeAppearance {
    pub(super) fn checked(&self) -> Result<Wanted, Refusal> {
        let mut checks = Checks::default();
        let banner = match &self.banner {
            None => Some(None),
            Some(banner) => banner.checked(&mut checks).map(Some),
        };
        let reason = self.greyscale.as_ref().map(|greyscale| greyscale.reason.as_str());
        let greyscale = optional(reason, |text| checks.line("/greyscale/reason", text));
        match (banner, greyscale) {
            (Some(banner), Some(greyscale)) => Ok(Wanted { banner, greyscale }),
            _ => Err(checks.refusal()),
        }
    }

    /// What everybody will read, each with its place.
    pub(super) fn public_words(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let banner = self.banner.as_ref();
        let text = banner.map(|banner| ("/banner/text", banner.text.as_str()));
        let link = banner.and_then(|banner| banner.link.as_ref());
        text.into_iter().chain(link.map(|link| ("/banner/link/name", link.name.as_str())))
    }
}

impl BannerInput {
    fn checked(&self, checks: &mut Checks) -> Option<appearance::Banner> {
        let text = checks.line("/banner/text", &self.text);
        let link = match &self.link {
            None => Some(None),
            Some(BannerLink { name, address }) => {
                let name = checks.line("/banner/link/name", name);
                let address = checks.converted("/banner/link/address", address);
                name.zip(address).map(|(name, address)| Some(appearance::BannerLink { name, address }))
            }
        };
        Some(appearance::Banner { level: self.level.into(), text: text?, link: link? })
    }
}

/// How pages look.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppearanceView {
    /// The site; all of them where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    /// Its version: what the next `If-Match` names; 0 until something is changed.
    version: u64,
    /// The banner that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    banner: Option<BannerView>,
    /// That pages are grey.
    #[serde(skip_serializing_if = "Option::is_none")]
    greyscale: Option<GreyscaleView>,
}

/// A banner that stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BannerView {
    /// How pressing it is.
    level: BannerLevel,
    /// What it says.
    text: String,
    /// Where to read more.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<BannerLink>,
    /// Since when it says so.
    #[schema(format = "date-time")]
    since: String,
}

/// That pages are grey.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GreyscaleView {
    /// What is mourned.
    reason: String,
    /// Since when.
    #[schema(format = "date-time")]
    since: String,
}

impl AppearanceView {
    pub(super) fn of(site: Option<String>, version: u64, appearance: Appearance) -> Self {
        let banner = appearance.banner.map(|raised| BannerView {
            level: raised.banner.level.into(),
            text: raised.banner.text.into(),
            link: raised.banner.link.map(|link| BannerLink { name: link.name.into(), address: link.address.into() }),
            since: raised.since.to_string(),
        });
        let greyscale = appearance
            .greyscale
            .map(|grey| GreyscaleView { reason: grey.reason.into(), since: grey.since.to_string() });
        Self { site, version, banner, greyscale }
    }
}
