//! `GET /deadlines/explain`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, may, mirrored, openapi::PartProblems, problems::malformed};
use domain::{
    calendar::Standing,
    deadline::{self, Account, Counting, Day, Extension, Extensions, Limit, Stop, Term},
    staff::Scope,
    text::Line,
};
use gateway::{Problem, QueryParams};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::calendar::{DayKind, name, version};
use crate::{refusal::Refusal, register, state::PublishState};

/// Stops of one term.
const STOPS: usize = 20;

/// How far the stops of a term may reach from its beginning: ten years, so that an account stays within some thousand days.
const REACH: SignedDuration = SignedDuration::from_hours(24 * 3660);

mirrored! {
    deadline:
    /// What is counted.
    Unit:
    /// 工作日.
    WorkingDay,
    /// 日.
    CalendarDay,
    /// 办公小时.
    OfficeHour,
}

mirrored! {
    deadline:
    /// What a term of days starts with.
    #[derive(Default)]
    Starts:
    /// Something was done: its day is the start day, worked or not.
    #[default]
    Act,
    /// Something was received: on a day off it counts as received on the next that is worked.
    Receipt,
}

mirrored! {
    deadline:
    /// When the last day of a term of days ends.
    #[derive(Default)]
    Ends:
    /// At 24:00.
    #[default]
    Midnight,
    /// When offices close.
    CloseOfBusiness,
}

/// Which term.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    /// When what it starts with was done or received: an instant, RFC 3339; a `+` is written `%2B`.
    #[param(example = "2026-09-28T02:00:00Z", format = DateTime)]
    from: String,
    /// How many of the unit.
    #[param(example = 5, minimum = 1, maximum = 1000)]
    count: u16,
    /// What is counted.
    #[param(inline)]
    unit: Unit,
    /// What it starts with; `act` if absent.
    #[serde(default)]
    #[param(inline, required = false)]
    starts: Starts,
    /// When its last day ends; `midnight` if absent.
    #[serde(default)]
    #[param(inline, required = false)]
    ends: Ends,
    /// By how many of the unit it was extended.
    #[serde(default)]
    #[param(minimum = 1, maximum = 1000)]
    extended: Option<u16>,
    /// When the clock stood: at most twenty spans `from/until`, joined by commas, in order and apart; `..` for an end that is not known yet.
    #[serde(default)]
    #[param(example = "2026-10-12T02:00:00Z/2026-10-14T02:00:00Z", max_length = 1200)]
    stops: Option<String>,
    /// What the term is for, at most 40 characters: the sentence begins with it.
    #[serde(default)]
    #[param(example = "答复期限", max_length = 40)]
    title: Option<String>,
    /// Which rule sets it, at most 120 characters.
    #[serde(default)]
    #[param(example = "《政府信息公开条例》第三十三条", max_length = 120)]
    rule: Option<String>,
    /// By which version of the calendar; the one in force if absent.
    #[serde(default)]
    #[param(minimum = 0)]
    version: Option<u32>,
}

/// A term and how it was counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Explanation {
    /// By which version of the calendar; 0 where none was adopted.
    #[schema(example = 1)]
    calendar: u32,
    /// When it is due: the end of its last day, no longer within it; absent while the clock stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time", example = "2026-10-10T16:00:00Z")]
    due: Option<String>,
    /// Its last day, of the city's calendar; absent while the clock stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date", example = "2026-10-10")]
    last_day: Option<String>,
    /// Years among its days that are not announced yet: what is told may still change.
    #[schema(example = json!([2027]))]
    provisional: Vec<i16>,
    /// How it was counted, for the person whose case it is.
    sentence: String,
    /// Every day from its start to its end, or to the one on which the clock stands.
    days: Vec<CountedDay>,
}

/// A day of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedDay {
    /// Which day.
    #[schema(format = "date")]
    date: String,
    /// What it is.
    kind: DayKind,
    /// The same in Chinese; a holiday's name.
    name: String,
    /// Whether its year is not announced yet.
    provisional: bool,
    /// Whether it counts, and why not.
    counts: Counts,
    /// As which day of the term it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    /// Minutes of its office hours that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<u32>,
}

/// Whether a day counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Counts {
    /// No: received on a day off, which counts as received later.
    Early,
    /// No: the day it starts with.
    Start,
    /// Yes.
    Counted,
    /// Its office hours do.
    Hours,
    /// No: it is not worked.
    Off,
    /// No: the clock stood when it ended.
    Stopped,
    /// No: all days were counted, but the last was off, so the term ends on the next that is worked.
    Rolled,
}

/// Counts a term and tells how: when it is due, day by day and in a sentence (staff).
///
/// The start day does not count; a day counts if the clock runs when it ends; a last day that is off rolls on to the next that is worked.
#[utoipa::path(get, operation_id = "explain_deadline", path = "/deadlines/explain", tag = "calendar", params(Question),
    responses((status = 200, description = "The term and how it was counted.", body = Explanation), PartProblems))]
pub(crate) async fn explain(
    State(state): State<PublishState>,
    caller: Caller,
    QueryParams(question): QueryParams<Question>,
) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let term = question.term()?;
    let history = register::calendar(&state).await?.thing;
    let calendar = version(&history, question.version)?;
    Ok(listed(Explanation::of(&term.account(calendar))))
}

impl Question {
    fn term(&self) -> Result<Term, Problem> {
        let count = |number: u16| {
            number.try_into().map_err(|_| {
                malformed("count 和 extended 应为 1 至 1000。", "count and extended are between 1 and 1000.")
            })
        };
        let limit = Limit {
            title: line(self.title.as_deref(), "试算期限")?,
            rule: line(self.rule.as_deref(), "未指明依据")?,
            count: count(self.count)?,
            unit: self.unit.into(),
            starts: self.starts.into(),
            ends: self.ends.into(),
            extensions: Extensions { times: 1, most: 1000 },
        };
        let mut term = Term::new(limit, instant(&self.from)?);
        if let Some(by) = self.extended {
            term.extensions.push(Extension { by: count(by)?, reason: line(None, "试算")?, rule: None });
        }
        if let Some(stops) = &self.stops {
            term.stops = stops.split(',').take(STOPS + 1).map(stop).collect::<Result<_, _>>()?;
        }
        let furthest = term.from.saturating_add(REACH).unwrap_or(Timestamp::MAX);
        let reached =
            term.stops.iter().all(|stop| stop.from <= furthest && stop.until.is_none_or(|until| until <= furthest));
        if term.stops.len() > STOPS || !reached {
            return Err(malformed(
                "中止最多 20 段，且在起算后十年之内。",
                "There are twenty stops at most, within ten years of the beginning.",
            ));
        }
        term.check().map_err(|refusal| {
            malformed(
                "from 和 stops 应在 1990 至 2199 年间；中止不早于起算、依次排列且不重叠，只有最后一段可以没有结束。",
                &format!("This cannot be: {refusal}."),
            )
        })?;
        Ok(term)
    }
}

fn line<const LIMIT: usize>(given: Option<&str>, otherwise: &str) -> Result<Line<LIMIT>, Problem> {
    Line::new(given.unwrap_or(otherwise)).map_err(|refusal| {
        malformed(
            "title 最多 40 个字符，rule 最多 120 个字符，均为一行。",
            &format!("A title or rule is one line: {refusal}."),
        )
    })
}

fn instant(text: &str) -> Result<Timestamp, Problem> {
    text.parse().map_err(|_| {
        malformed(
            "时刻应为 2026-09-28T10:00:00%2B08:00 的形式，带时区；网址中的加号写作 %2B。",
            "An instant reads 2026-09-28T10:00:00%2B08:00, with its offset; in an address a plus is written %2B.",
        )
    })
}

/// `from/until`, or `from/..` while the clock stands.
fn stop(text: &str) -> Result<Stop, Problem> {
    let (from, until) = text.split_once('/').ok_or_else(|| {
        malformed("每段中止应为“开始/结束”，未结束时写“开始/..”。", "A stop is from/until, or from/.. while it lasts.")
    })?;
    let until = if until == ".." { None } else { Some(instant(until)?) };
    Ok(Stop { from: instant(from)?, until, reason: line(None, "试算")? })
}

impl Explanation {
    fn of(account: &Account<'_>) -> Self {
        Self {
            calendar: account.calendar,
            due: account.due.map(|due| due.to_string()),
            last_day: account.last_day().map(|day| day.to_string()),
            provisional: account.provisional(),
            sentence: account.sentence(),
            days: account.days.iter().map(CountedDay::of).collect(),
        }
    }
}

impl CountedDay {
    fn of(Day { day, counting }: &Day<'_>) -> Self {
        let (counts, number, minutes) = match *counting {
            Counting::Early => (Counts::Early, None, None),
            Counting::Start => (Counts::Start, None, None),
            Counting::Counted { number } => (Counts::Counted, Some(number), None),
            Counting::Hours { minutes, .. } => (Counts::Hours, None, Some(minutes)),
            Counting::Off => (Counts::Off, None, None),
            Counting::Stopped(_) => (Counts::Stopped, None, None),
            Counting::Rolled => (Counts::Rolled, None, None),
        };
        let provisional = day.standing == Standing::Provisional;
        Self {
            date: day.date.to_string(),
            kind: (&day.kind).into(),
            name: name(&day.kind),
            provisional,
            counts,
            number,
            minutes,
        }
    }
}
