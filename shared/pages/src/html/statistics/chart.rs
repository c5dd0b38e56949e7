//! The chart of a month: bars of plain SVG, whose lengths are shares of the width, so that letters stay as large as all others on any screen.

use serde::Serialize;

use crate::model::{KindStatistics, StatisticsMonthPage};
use crate::statistics::{title, too_few};

/// Height of a line, a kind's name or a bar with its words, in CSS pixels.
const LINE: u32 = 30;

/// Where in its line the foot of letters stands.
const FOOT: u32 = 20;

/// Room above a bar in its line.
const ABOVE: u32 = 5;

/// Room below the last bar of a kind.
const BETWEEN: u32 = 14;

/// The longest bar, in thousandths of the room for bars and the numbers behind them.
const LONGEST: u64 = 500;

/// Bars of the kinds of cases of a month.
#[derive(Serialize)]
pub(super) struct Chart {
    title: String,
    /// The same as the bars, in words.
    desc: String,
    height: u32,
    kinds: Vec<Kind>,
}

#[derive(Serialize)]
struct Kind {
    name: String,
    foot: u32,
    bars: Vec<Bar>,
}

#[derive(Serialize)]
struct Bar {
    label: &'static str,
    foot: u32,
    top: u32,
    /// How long its plain part is: `37.5%`; none where there is none.
    plain: Option<String>,
    /// How long the hatched part behind that is.
    hatched: Option<String>,
    /// Where the plain part ends.
    turn: String,
    /// Where both end.
    end: String,
    told: String,
}

/// A bar before it has a place: what it is of, how long its parts are, what stands behind it.
struct Length {
    label: &'static str,
    plain: u64,
    hatched: u64,
    told: String,
}

impl Chart {
    /// The chart of a month; none where nothing came in and nothing came to its end.
    pub(super) fn of(month: &StatisticsMonthPage) -> Option<Self> {
        let lengths: Vec<(&KindStatistics, [Length; 3])> =
            month.kinds.iter().map(|kind| (kind, lengths(kind, month))).collect();
        let longest = lengths.iter().flat_map(|(_, lengths)| lengths).map(|length| length.plain + length.hatched).max();
        let longest = longest.filter(|longest| *longest > 0)?;
        let (mut top, mut desc, mut kinds) = (0, String::new(), Vec::new());
        for (kind, lengths) in lengths {
            let words: Vec<String> = lengths.iter().map(|length| format!("{} {}", length.label, length.told)).collect();
            desc.push_str(&format!("{}：{}。", kind.name, words.join("，")));
            let foot = top + FOOT;
            top += LINE;
            let mut bars = Vec::new();
            for length in lengths {
                bars.push(Bar::of(length, longest, top));
                top += LINE;
            }
            top += BETWEEN;
            kinds.push(Kind { name: kind.name.clone(), foot, bars });
        }
        Some(Self {
            title: format!("{}：收到、办结、按时和逾期的件数", title(month)), desc, height: top, kinds
        })
    }
}

impl Bar {
    fn of(length: Length, longest: u64, top: u32) -> Self {
        let Length { label, plain, hatched, told } = length;
        let part = |count: u64| Some(share(count, longest)).filter(|_| count > 0);
        Self {
            label,
            foot: top + FOOT,
            top: top + ABOVE,
            plain: part(plain),
            hatched: part(hatched),
            turn: share(plain, longest),
            end: share(plain + hatched, longest),
            told,
        }
    }
}

/// The bars of a kind.
fn lengths(kind: &KindStatistics, month: &StatisticsMonthPage) -> [Length; 3] {
    let plain = |label, count: u64| Length { label, plain: count, hatched: 0, told: format!("{count} 件") };
    let timely = match kind.summary.timeliness.told() {
        Some(told) => Length {
            label: "按时",
            plain: told.in_time,
            hatched: told.late,
            told: format!("{} 件，逾期 {} 件", told.in_time, told.late),
        },
        None => Length { label: "按时", plain: 0, hatched: 0, told: too_few(month.minimum) },
    };
    [plain("收到", kind.summary.received), plain("办结", kind.summary.closed), timely]
}

/// How much of the room so many take: `37.5%`.
fn share(count: u64, longest: u64) -> String {
    let share = count.saturating_mul(LONGEST).checked_div(longest).unwrap_or(0);
    format!("{}.{}%", share / 10, share % 10)
}
