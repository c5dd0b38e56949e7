//! What a document is beside a text.

use jiff::civil::Date;
use serde::Serialize;

/// What a document is beside a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FormNote {
    /// A text and nothing else.
    #[default]
    Article,
    /// A question that citizens ask: the title asks, the body answers.
    Question {
        /// The answer in short; may be empty.
        answer: String,
        /// When somebody last made sure that the answer is right 核对日期.
        reviewed_on: Date,
    },
    /// Somebody who leads a department: the title is the name.
    Leader {
        /// Post 职务.
        post: String,
        /// What he or she answers for 分管工作; may be empty.
        duties: String,
    },
    /// A page of somebody else's site: readers are told that they leave.
    Link {
        /// Its address, absolute.
        address: String,
        /// Its host, by which readers know whose page it is.
        host: String,
    },
    /// Something to take away: its files are what readers come for.
    File,
    /// A story told in pictures: its files, with their titles as captions.
    Pictures,
    /// A film or a recording: its files play, the body is what is said in them.
    Film,
}
