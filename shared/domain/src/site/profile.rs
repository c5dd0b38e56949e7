//! What every page of a site shows of it.

use serde::{Deserialize, Serialize};

use crate::{
    id::Malformed,
    text::{Line, Prose},
};

/// Site identification code (网站标识码): ten digits, or `bm` and eight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdentificationCode(String);

impl TryFrom<String> for IdentificationCode {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        let digits = text.strip_prefix("bm").unwrap_or(&text);
        if text.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text))
        } else {
            Err(Malformed::new(
                &text,
                "a site identification code: ten digits, or bm and eight",
                "网站标识码（10 位数字，或“bm”加 8 位数字）",
            ))
        }
    }
}

impl From<IdentificationCode> for String {
    fn from(code: IdentificationCode) -> Self {
        code.0
    }
}

impl IdentificationCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The site's registered domain name: below `gov.cn` (RULES.md A1 G2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Domain(String);

impl TryFrom<String> for Domain {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let fits = text.len() <= 253 && text.strip_suffix(".gov.cn").is_some_and(|own| own.split('.').all(is_label));
        if fits {
            Ok(Self(text))
        } else {
            Err(Malformed::new(&text, "a domain name below gov.cn, in lower case", "gov.cn 之下的域名，用小写字母"))
        }
    }
}

impl From<Domain> for String {
    fn from(domain: Domain) -> Self {
        domain.0
    }
}

impl Domain {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A language that a site is offered in, by its BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
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

/// The languages of a site, the main one first: simplified Chinese, then others, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Language>", into = "Vec<Language>")]
pub struct Languages(Vec<Language>);

impl Languages {
    /// The languages in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Language] {
        &self.0
    }
}

impl Default for Languages {
    fn default() -> Self {
        Self(vec![Language::Simplified])
    }
}

impl TryFrom<Vec<Language>> for Languages {
    type Error = Malformed;

    fn try_from(languages: Vec<Language>) -> Result<Self, Malformed> {
        let mut sorted = languages.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if languages.first() == Some(&Language::Simplified) && sorted.len() == languages.len() {
            Ok(Self(languages))
        } else {
            let given = format!("{languages:?}");
            Err(Malformed::new(
                &given,
                "a list of languages: zh-Hans first, no language twice",
                "语言列表（简体中文在前，不得重复）",
            ))
        }
    }
}

impl From<Languages> for Vec<Language> {
    fn from(languages: Languages) -> Self {
        languages.0
    }
}

/// The one main colour of a site (RULES.md A1 G3): a name that the stylesheet knows, each of proven contrast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    /// As the stylesheet spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lake => "lake",
            Self::Pine => "pine",
            Self::Indigo => "indigo",
            Self::Plum => "plum",
            Self::Slate => "slate",
        }
    }
}

/// What every page of a site shows of it: head and foot (RULES.md A1 G9, G10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteProfile {
    /// Name in the header: `澄湖市教育局`.
    pub name: Line<60>,
    /// 网站标识码.
    pub identification_code: IdentificationCode,
    /// The registered domain name; none while the site has no other than its label below the city's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
    /// The languages it is offered in.
    pub languages: Languages,
    /// Its main colour.
    pub theme: Theme,
    /// The sponsor (主办单位) as printed in the footer.
    pub sponsor: Line<60>,
    /// Contact of the sponsor as printed in the footer.
    pub contact: Line<120>,
    /// ICP filing number (ICP备案号).
    pub icp: Line<60>,
    /// Public security filing number (公安备案号); empty where there is none.
    pub police: Prose<60>,
}
