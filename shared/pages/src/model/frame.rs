//! What every page of a site needs: identity, navigation, footer and provenance.

use std::str::FromStr;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// Everything that stands around the content of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Scheme and host of the site without a final slash: `http://www.localhost:8080`.
    pub scheme_host: String,
    /// Host label of the site, for example `www`.
    pub label: String,
    /// Name of the site, for example `澄湖市人民政府`.
    pub name: String,
    /// Site identification code 网站标识码, ten digits (RULES.md A1, `SiteIDCode`).
    pub identification_code: String,
    /// Language tag of the page, for example `zh-Hans`.
    pub language: String,
    /// Registered domain name, if the site has one (`SiteDomain`); the host's if absent.
    pub domain: Option<String>,
    /// Main colour; the lake's if absent.
    pub theme: Option<Theme>,
    /// What every page says of a site that is not live.
    pub notice: Option<SiteNotice>,
    /// What stands above everything else, the most general first.
    pub banners: Vec<Banner>,
    /// Sponsor 主办单位.
    pub sponsor: String,
    /// How to reach the sponsor, one line: `电话 0510-8800 1234，邮箱 wz@chenghu.example`. A web or mail address
    /// behind 找错 in it is where errors are reported (我为政府网站找错); without one that is the site's own form.
    pub contact: String,
    /// ICP record number ICP备案号.
    pub icp: String,
    /// Public-security record number 公安备案号, if one has been given.
    pub police: Option<String>,
    /// Scheme and host of the city's portal without a final slash; equal to `scheme_host` on the portal itself.
    pub portal_host: String,
    /// Address of the site map 站点地图.
    pub site_map: String,
    /// The five to seven top entries.
    pub nav: Vec<Link>,
    /// Root-relative path of this page.
    pub path: String,
    /// Root-relative path of the JSON beside it, if it has one.
    pub data: Option<String>,
    /// From the home page down to this page's parent; this page itself is not in it. Empty on the home page.
    pub breadcrumb: Vec<Link>,
    /// Which facts and which templates made this page.
    pub provenance: Provenance,
}

impl Frame {
    /// Whether the page is of the city's portal.
    #[must_use]
    pub fn is_portal(&self) -> bool {
        self.portal_host == self.scheme_host
    }
}

/// A sentence above everything else on every page 应急横幅.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Banner {
    /// How pressing it is.
    pub level: BannerLevel,
    /// What it says, one line.
    pub text: String,
    /// Where to read more.
    pub link: Option<Link>,
}

/// How pressing a banner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BannerLevel {
    /// 紧急通知: people have to act, or to keep away.
    Emergency,
    /// 重要提示: people should know.
    Notice,
}

/// What every page says of a site that is not live (RULES.md A1 G12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum SiteNotice {
    /// It is being put right (整改).
    Rectifying {
        /// Last day.
        until: Date,
        /// Why, one line.
        reason: String,
    },
    /// It stopped for good (归档).
    Archived {
        /// Since when.
        at: Timestamp,
        /// Why, one line.
        reason: String,
    },
}

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Text of the link.
    pub name: String,
    /// Root-relative or absolute address.
    pub url: String,
}

/// Which facts and which templates made a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// Stream the page is about, for example `document:4k…`.
    pub stream: String,
    /// Public version of that stream.
    pub version: u64,
    /// Digest over every row the page was made from, hex.
    pub digest: String,
    /// Template generation given at deployment.
    pub generation: u64,
}

/// Main colour of a site: one of a few whose contrast is proven.
///
/// The content security policy admits no inline style, so a colour is a name that the stylesheet knows, not a free value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
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

impl Theme {
    /// Name of the theme as the stylesheet knows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lake => "lake",
            Self::Pine => "pine",
            Self::Indigo => "indigo",
            Self::Plum => "plum",
            Self::Slate => "slate",
        }
    }
}

/// A theme name that the stylesheet does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown theme `{0}`: expected lake, pine, indigo, plum or slate")]
pub struct UnknownTheme(pub String);

impl FromStr for Theme {
    type Err = UnknownTheme;

    fn from_str(name: &str) -> Result<Self, UnknownTheme> {
        [Self::Lake, Self::Pine, Self::Indigo, Self::Plum, Self::Slate]
            .into_iter()
            .find(|theme| theme.name() == name)
            .ok_or_else(|| UnknownTheme(name.to_owned()))
    }
}
