//! What a document is beside a text: the fields that only one kind of content has.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::attachment::Attachment;
use crate::{
    file::FileKind,
    id::Malformed,
    text::{Line, Prose},
};

/// What a document is beside a text.
///
/// Stored in events: a further one is a new version of the events that carry contents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Form {
    /// A text and nothing else: news, notices, policies, interpretations.
    #[default]
    Article,
    /// A question that citizens ask (常见问题): the title asks, the body answers, the summary is the answer in short.
    Question {
        /// The day on which somebody last made sure that the answer is right (核对日期).
        reviewed_on: Date,
    },
    /// Somebody who leads a department (领导信息): the title is the name, the body the résumé.
    Leader {
        /// His or her post (职务).
        post: Line<60>,
        /// What he or she answers for (分管工作); may be empty.
        duties: Prose<500>,
    },
    /// A page of somebody else's site: readers are told that they leave.
    Link {
        /// Where it is.
        address: WebAddress,
    },
    /// Something to take away (文件下载): its attachments are what readers come for, the text introduces them.
    File,
    /// A story told in pictures (图片新闻): its attachments, each with its title as caption, in their order.
    Pictures,
    /// A film or a recording (视频): its attachments play on the page, the text is what is said in them.
    Film,
}

impl Form {
    /// The name, as stored.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Question { .. } => "question",
            Self::Leader { .. } => "leader",
            Self::Link { .. } => "link",
            Self::File => "file",
            Self::Pictures => "pictures",
            Self::Film => "film",
        }
    }

    /// Whether it is a text and nothing else.
    #[must_use]
    pub fn is_article(&self) -> bool {
        *self == Self::Article
    }

    /// Tells every field to `field`, for the hash of a revision.
    pub(super) fn tell(&self, mut field: impl FnMut(&str)) {
        field(self.name());
        match self {
            Self::Question { reviewed_on } => field(&reviewed_on.to_string()),
            Self::Leader { post, duties } => {
                field(post.as_str());
                field(duties.as_str());
            }
            Self::Link { address } => field(address.as_str()),
            Self::Article | Self::File | Self::Pictures | Self::Film => {}
        }
    }

    /// Whether a text of this form is whole with these files.
    #[must_use]
    pub fn is_whole_with(&self, attachments: &[Attachment]) -> bool {
        let has = |fits: fn(FileKind) -> bool| attachments.iter().any(|attachment| fits(attachment.file.kind));
        match self {
            Self::Article | Self::Question { .. } | Self::Leader { .. } | Self::Link { .. } => true,
            Self::File => !attachments.is_empty(),
            Self::Pictures => has(FileKind::is_picture),
            Self::Film => has(FileKind::plays),
        }
    }
}

/// A whole address of the web: `https://www.example.cn/a?b=c`, at most 400 characters, all of them such as an address may have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebAddress(String);

/// Most characters of an address.
const ADDRESS: usize = 400;

impl WebAddress {
    /// The address as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, by which readers know whose page it is.
    #[must_use]
    pub fn host(&self) -> &str {
        let (_, rest) = self.0.split_once("://").unwrap_or_default();
        rest.split(['/', '?', '#', ':']).next().unwrap_or_default()
    }
}

impl TryFrom<String> for WebAddress {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        if text.len() <= ADDRESS && is_address(&text) {
            return Ok(Self(text));
        }
        Err(Malformed::new(
            &text,
            "a whole http or https address of ASCII characters, at most 400",
            "完整的 http 或 https 地址（只含 ASCII 字符，最多 400 个）",
        ))
    }
}

/// Scheme, a host of letters, digits, dots and hyphens, at most a port, and a rest of characters that addresses have (RFC 3986).
fn is_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let named = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    let numbered = port.is_none_or(|port| (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit()));
    named && numbered && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'()*+,-./:;=?@[]_~".contains(&b))
}

impl From<WebAddress> for String {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_the_name_that_it_is_stored_by() {
        let forms = [
            Form::Article,
            Form::Question { reviewed_on: "2026-11-01".parse().unwrap() },
            Form::Leader { post: Line::new("局长").unwrap(), duties: Prose::default() },
            Form::Link { address: WebAddress::try_from("https://www.example.cn".to_owned()).unwrap() },
            Form::File,
            Form::Pictures,
            Form::Film,
        ];
        for form in forms {
            assert_eq!(serde_json::to_value(&form).unwrap()["kind"], form.name());
        }
    }

    #[test]
    fn an_address_is_whole_and_of_the_web() {
        for (typed, host) in [
            ("https://www.example.cn", "www.example.cn"),
            ("http://www.example.cn:8080/a/b.html?c=%E6%96%87#d", "www.example.cn"),
            ("https://example.cn?a=b", "example.cn"),
        ] {
            assert_eq!(WebAddress::try_from(typed.to_owned()).unwrap().host(), host);
        }
    }

    #[test]
    fn refuses_what_is_no_address() {
        for typed in [
            "",
            "www.example.cn",
            "ftp://example.cn",
            "javascript:alert(1)",
            "https://",
            "https:///a",
            "https://a b.cn",
            "https://某地.cn",
            "https://a.cn/文",
            "https://a.cn/\"",
            "https://user@a.cn/",
            "https://a.cn:/",
            "https://a.cn:123456/",
        ] {
            assert!(WebAddress::try_from(typed.to_owned()).is_err(), "{typed}");
        }
        assert!(WebAddress::try_from(format!("https://a.cn/{}", "a".repeat(400))).is_err());
    }
}
