//! Statistics of cases (办理统计): what one case adds to the months it passes through, and what many say together.
//!
//! No counter is kept anywhere (PROTOCOLS.md "No additive counters"): each case tells what it adds to each month, and a month is summed up when it is
//! looked at. So nothing is counted twice, a case that is told again adds the same, and one that is erased counts on: nothing of a person is counted.
//!
//! | measure | of which month |
//! |---|---|
//! | received 收到 | that in which the case came in |
//! | closed 办结, how long it took, redone 重办 | that in which it came to its end; the last one, if it was open again meanwhile |
//! | in time 按时 | that in which what is owed was done in time |
//! | satisfaction 满意度 | that in which its citizen said what he thinks of the reply |
//! | late 逾期 | that of the last day on which it could have been: late is late, whether it is done later, done anew or never |
//!
//! All of it is told of each department and of each way in which cases come, too.

mod contribution;
mod summary;
#[cfg(test)]
mod tests;

pub use contribution::{Closure, Contribution, Punctuality, contributions};
pub use summary::{Content, Duration, Measure, MinimumSample, PerMille, Spread, Summary, Timeliness};

use crate::{case::Kind, correction::Correction, request::Request};

/// The kinds of cases, by category, under the names that the public is told, in the order of telling.
pub const KINDS: [(&str, &str); 2] = [(Request::CATEGORY, "依申请公开"), (Correction::CATEGORY, "网民找错")];
