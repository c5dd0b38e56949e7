//! What an editor tells of the fields that only one kind of content has, checked; and how it is told again.

use command::Checks;
use domain::document::Form;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a document is beside a text.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum FormInput {
    // In braces: of a variant without fields serde refuses none.
    /// A text and nothing else: news, notices, policies, interpretations.
    Article {},
    /// A question that citizens ask (常见问题): the title asks, the body answers, the summary is the answer in short.
    Question {
        /// The day on which somebody last made sure that the answer is right (核对日期).
        #[schema(example = "2026-11-20", format = "date")]
        reviewed_on: String,
    },
    /// Somebody who leads a department (领导信息): the title is the name, the body the résumé.
    Leader {
        /// His or her post (职务), 1–60 characters.
        #[schema(example = "局长", max_length = 60, min_length = 1)]
        post: String,
        /// What he or she answers for (分管工作), at most 500 characters.
        #[serde(default)]
        #[schema(example = "主持全面工作。", max_length = 500)]
        duties: String,
    },
    /// A page of somebody else's site: readers are told that they leave.
    Link {
        /// Where it is: a whole http or https address of at most 400 characters.
        #[schema(example = "https://www.example.cn/", max_length = 400)]
        address: String,
    },
    /// Something to take away (文件下载): the attachments, at least one, are what readers come for; the body introduces them.
    File {},
    /// A story told in pictures (图片新闻): at least one attachment is a picture; titles are captions.
    Pictures {},
    /// A film or a recording (视频、音频): at least one attachment is MP4 or MP3; the body is what is said in it.
    Film {},
}

impl Default for FormInput {
    fn default() -> Self {
        Self::Article {}
    }
}

impl FormInput {
    /// Checks every field; `/content/form` stands before each pointer.
    pub(crate) fn checked(&self, checks: &mut Checks) -> Option<Form> {
        Some(match self {
            Self::Article {} => Form::Article,
            Self::Question { reviewed_on } => {
                Form::Question { reviewed_on: checks.day("/content/form/reviewed_on", reviewed_on)? }
            }
            Self::Leader { post, duties } => {
                let post = checks.line("/content/form/post", post);
                let duties = checks.prose("/content/form/duties", duties);
                Form::Leader { post: post?, duties: duties? }
            }
            Self::Link { address } => Form::Link { address: checks.converted("/content/form/address", address)? },
            Self::File {} => Form::File,
            Self::Pictures {} => Form::Pictures,
            Self::Film {} => Form::Film,
        })
    }
}

/// What a document is beside a text.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum FormView {
    /// A text and nothing else.
    Article,
    /// A question that citizens ask.
    Question {
        /// The day on which somebody last made sure that the answer is right.
        #[schema(format = "date")]
        reviewed_on: String,
    },
    /// Somebody who leads a department.
    Leader {
        /// His or her post.
        post: String,
        /// What he or she answers for.
        duties: String,
    },
    /// A page of somebody else's site.
    Link {
        /// Where it is.
        address: String,
    },
    /// Something to take away.
    File,
    /// A story told in pictures.
    Pictures,
    /// A film or a recording.
    Film,
}

impl From<Form> for FormView {
    fn from(form: Form) -> Self {
        match form {
            Form::Article => Self::Article,
            Form::Question { reviewed_on } => Self::Question { reviewed_on: reviewed_on.to_string() },
            Form::Leader { post, duties } => Self::Leader { post: post.into(), duties: duties.into() },
            Form::Link { address } => Self::Link { address: address.into() },
            Form::File => Self::File,
            Form::Pictures => Self::Pictures,
            Form::Film => Self::Film,
        }
    }
}
