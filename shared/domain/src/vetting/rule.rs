//! The rules, and how strict each is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a finding means for the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nobody looks.
    Off,
    /// Whoever reads the text is told (提醒).
    Warn,
    /// The text neither goes to review nor becomes public unless somebody answers for it, with a reason (拦截).
    Block,
}

impl Level {
    /// As editors read it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Off => "关闭",
            Self::Warn => "提醒",
            Self::Block => "拦截",
        }
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $chinese:literal, $level:ident;)*) => {
        /// What a text is looked at for; word lists have levels of their own.
        ///
        /// Stored in events: a further one is a new version of the events that name rules.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Rule {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Rule {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name, as stored.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// As editors read it.
            #[must_use]
            pub fn chinese(self) -> &'static str {
                match self { $(Self::$variant => $chinese,)* }
            }

            /// How strict it is until a city says otherwise.
            #[must_use]
            pub fn default_level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }
        }
    };
}

rules! {
    /// An identity card's number, with its check digit (RULES.md A1 G8).
    IdCard = "id-card", "身份证号", Block;
    /// A mobile telephone's number.
    Mobile = "mobile", "手机号", Block;
    /// A bank card's number, with its check digit.
    BankCard = "bank-card", "银行卡号", Block;
    /// A vehicle's number plate.
    Plate = "plate", "车牌号", Warn;
    /// A field that the column's kind requires is empty (RULES.md A4).
    Metadata = "metadata", "必填信息", Block;
    /// A link to a page of the city's own that is not there.
    DeadLink = "dead-link", "死链接", Block;
    /// A picture whose alternative text says nothing: `图片`, `IMG_1.jpg`.
    AlternativeVague = "alternative-vague", "图片替代文字无意义", Warn;
    /// A paragraph that looks like a heading and is none: nobody who hears the page finds it.
    HeadingPlain = "heading-plain", "标题未用标题格式", Warn;
    /// A link whose text says nothing: `点击这里`.
    LinkVague = "link-vague", "链接文字无意义", Warn;
    /// The day of signing lies ahead.
    DateAhead = "date-ahead", "成文日期在未来", Warn;
    /// A policy document that nothing interprets (RULES.md A5).
    Interpretation = "interpretation", "缺政策解读", Warn;
    /// An interpretation that comes more than three working days after its policy (RULES.md A5).
    InterpretationLate = "interpretation-late", "政策解读迟发", Warn;
}

/// The level of every rule until a city says otherwise.
#[must_use]
pub(super) fn default_levels() -> BTreeMap<Rule, Level> {
    Rule::ALL.iter().map(|rule| (*rule, rule.default_level())).collect()
}
