//! Part three of the report: the fixed matrix.

use super::{application::Applied, handling::Handling};
use crate::request::Applicant;

/// The columns of the matrix, in the order of the national format; the last but one sums up the five kinds of organisations before it.
pub const PARTIES: [&str; 8] =
    ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人或其他组织小计", "总计"];

/// Kinds of organisations that the format tells apart.
const KINDS: usize = 5;

/// A number of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// It is known.
    Told(u64),
    /// No event tells it: 尚无事件记录.
    NotRecorded,
}

impl Cell {
    /// The number, if it is known.
    #[must_use]
    pub fn told(self) -> Option<u64> {
        match self {
            Self::Told(number) => Some(number),
            Self::NotRecorded => None,
        }
    }
}

/// A line of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it stands under: `（三）不予公开`; empty for lines of their own.
    pub group: &'static str,
    /// What it counts.
    pub name: &'static str,
    /// Its numbers, one for each of [`PARTIES`].
    pub cells: [Cell; 8],
}

/// The matrix of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// 本年新收.
    pub received: u64,
    /// 上年结转.
    pub carried_in: u64,
    /// 本年度办理结果总计.
    pub handled: u64,
    /// 结转下年度继续办理.
    pub carried_out: u64,
    /// Fees paid in the year, in fen.
    pub fees: u64,
    /// All lines, in the order of the national format.
    pub lines: Vec<Line>,
}

/// What a line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    Received,
    CarriedIn,
    Handled(Handling),
    /// One of the grounds that replies tell in words only: known where nothing was withheld.
    Ground,
    /// 不予公开, whatever the ground.
    AllWithheld,
    /// 本机关不掌握, or what would have to be made: replies tell one of the two as the other.
    NotThere,
    /// No reply says so: known where nothing was handled.
    Unsaid,
    AllHandled,
    CarriedOut,
}

const RESULTS: &str = "三、本年度办理结果";
const WITHHELD: &str = "（三）不予公开";
const UNABLE: &str = "（四）无法提供";
const UNTREATED: &str = "（五）不予处理";
const OTHERWISE: &str = "（六）其他处理";

/// The lines of the national format, and two that sum up what is withheld, and what is not there.
const LINES: [(&str, &str, Counts); 27] = [
    ("", "一、本年新收政府信息公开申请数量", Counts::Received),
    ("", "二、上年结转政府信息公开申请数量", Counts::CarriedIn),
    (RESULTS, "（一）予以公开", Counts::Handled(Handling::Disclosed)),
    (RESULTS, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", Counts::Handled(Handling::Partial)),
    (WITHHELD, "1. 属于国家秘密", Counts::Ground),
    (WITHHELD, "2. 其他法律行政法规禁止公开", Counts::Ground),
    (WITHHELD, "3. 危及“三安全一稳定”", Counts::Ground),
    (WITHHELD, "4. 保护第三方合法权益", Counts::Ground),
    (WITHHELD, "5. 属于三类内部事务信息", Counts::Ground),
    (WITHHELD, "6. 属于四类过程性信息", Counts::Ground),
    (WITHHELD, "7. 属于行政执法案卷", Counts::Ground),
    (WITHHELD, "8. 属于行政查询事项", Counts::Handled(Handling::Inquiry)),
    (WITHHELD, "小计", Counts::AllWithheld),
    (UNABLE, "1. 本机关不掌握相关政府信息", Counts::NotThere),
    (UNABLE, "2. 没有现成信息需要另行制作", Counts::NotThere),
    (UNABLE, "1、2 合计", Counts::Handled(Handling::NotHeld)),
    (UNABLE, "3. 补正后申请内容仍不明确", Counts::Unsaid),
    (UNTREATED, "1. 信访举报投诉类申请", Counts::Handled(Handling::Petition)),
    (UNTREATED, "2. 重复申请", Counts::Handled(Handling::Repeat)),
    (UNTREATED, "3. 要求提供公开出版物", Counts::Unsaid),
    (UNTREATED, "4. 无正当理由大量反复申请", Counts::Handled(Handling::Excessive)),
    (UNTREATED, "5. 要求行政机关确认或重新出具已获取信息", Counts::Unsaid),
    (
        OTHERWISE,
        "1. 申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        Counts::Handled(Handling::Uncompleted),
    ),
    (
        OTHERWISE,
        "2. 申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        Counts::Handled(Handling::Unpaid),
    ),
    (OTHERWISE, "3. 其他", Counts::Handled(Handling::Otherwise)),
    (RESULTS, "（七）总计", Counts::AllHandled),
    ("", "四、结转下年度继续办理", Counts::CarriedOut),
];

/// How many, by who applied.
#[derive(Debug, Clone, Copy, Default)]
struct Parties {
    citizens: u64,
    organisations: u64,
}

impl Parties {
    fn of<'a>(applications: impl Iterator<Item = &'a Applied>) -> Self {
        applications.fold(Self::default(), |mut parties, application| {
            match application.applicant {
                Applicant::Citizen => parties.citizens += 1,
                Applicant::Organisation => parties.organisations += 1,
            }
            parties
        })
    }

    fn total(self) -> u64 {
        self.citizens + self.organisations
    }

    /// What is known of a part of these: where there are none, that it is none of them.
    fn unless_none(self) -> [Cell; 8] {
        let told = |all: u64| if all == 0 { Cell::Told(0) } else { Cell::NotRecorded };
        let mut cells = [told(self.organisations); 8];
        let [citizens, .., total] = &mut cells;
        (*citizens, *total) = (told(self.citizens), told(self.total()));
        cells
    }

    /// Of which kind an organisation is nobody asks: that is known only where there is none.
    fn cells(self) -> [Cell; 8] {
        let kind = if self.organisations == 0 { Cell::Told(0) } else { Cell::NotRecorded };
        let mut cells = [kind; 8];
        let [citizens, .., organisations, total] = &mut cells;
        (*citizens, *organisations) = (Cell::Told(self.citizens), Cell::Told(self.organisations));
        *total = Cell::Told(self.total());
        cells
    }
}

impl Matrix {
    /// The matrix of `year`, of all applications that came in up to its end; others are passed over.
    #[must_use]
    pub fn of(year: i16, applications: &[Applied]) -> Self {
        let known = || applications.iter().filter(move |one| one.received <= year);
        let ended = |one: &Applied| one.handled.map(|(ended, _)| ended);
        let is_new = |one: &&Applied| one.received == year;
        let was_open = |one: &&Applied| one.received < year && ended(one).is_none_or(|ended| ended >= year);
        let is_open = |one: &&Applied| ended(one).is_none_or(|ended| ended > year);
        let how = |one: &Applied| one.handled.filter(|(ended, _)| *ended == year).map(|(_, how)| how);
        let handled_so = |wanted: Handling| Parties::of(known().filter(|one| how(one) == Some(wanted)));
        let received = Parties::of(known().filter(is_new));
        let carried_in = Parties::of(known().filter(was_open));
        let handled = Parties::of(known().filter(|one| how(one).is_some()));
        let carried_out = Parties::of(known().filter(is_open));
        let withheld = handled_so(Handling::Withheld);
        let is_withheld = |how: Handling| matches!(how, Handling::Withheld | Handling::Inquiry);
        let all_withheld = Parties::of(known().filter(|one| how(one).is_some_and(is_withheld)));
        let line = |(group, name, counts): (&'static str, &'static str, Counts)| {
            let cells = match counts {
                Counts::Received => received.cells(),
                Counts::CarriedIn => carried_in.cells(),
                Counts::Handled(how) => handled_so(how).cells(),
                Counts::Ground => withheld.unless_none(),
                Counts::NotThere => handled_so(Handling::NotHeld).unless_none(),
                Counts::AllWithheld => all_withheld.cells(),
                Counts::Unsaid => handled.unless_none(),
                Counts::AllHandled => handled.cells(),
                Counts::CarriedOut => carried_out.cells(),
            };
            Line { group, name, cells }
        };
        let paid = applications.iter().filter_map(|one| one.paid).filter(|paid| paid.year == year);
        Self {
            received: received.total(),
            carried_in: carried_in.total(),
            handled: handled.total(),
            carried_out: carried_out.total(),
            fees: paid.map(|paid| u64::from(paid.fen)).sum(),
            lines: LINES.map(line).into(),
        }
    }
}

const _: () = assert!(PARTIES.len() == KINDS + 3, "citizens, kinds of organisations, both sums");
