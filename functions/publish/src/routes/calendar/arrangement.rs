//! What a version of the calendar says, on its way in and out.

use command::Checks;
use domain::{
    calendar::{Adopt, Arrangement, Holiday, OfficeHours as Hours, Openings},
    text::Line,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::refusal::Refusal;

/// Years of one version, holidays and make-up days of a year, spans of a day.
const YEARS: usize = 60;
const HOLIDAYS: usize = 30;
const MAKE_UP: usize = 30;
const SPANS: usize = 6;

/// A version of the calendar that comes into force.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdoptCalendar {
    /// Years to announce or change, each whole, at most 60; those that stand so already are left out of the version.
    #[serde(default)]
    #[schema(max_items = 60)]
    years: Vec<YearArrangement>,
    /// When offices are open; as before if absent.
    #[serde(default)]
    office_hours: Option<OfficeHours>,
    /// Why: 1–300 characters in one line.
    #[schema(example = "依国办发明电〔2025〕7号", max_length = 300, min_length = 1)]
    reason: String,
}

/// One year's holidays and make-up days (年度放假安排), as notices announced them; all of them lie in the year.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct YearArrangement {
    /// The year.
    #[schema(example = 2026, minimum = 1990, maximum = 2199)]
    year: i16,
    /// Which notices it follows, at most 200 characters.
    #[schema(example = "国办发明电〔2025〕7号", max_length = 200, min_length = 1)]
    notice: String,
    /// Days off, weekends within them included; at least one.
    #[schema(min_items = 1, max_items = 30)]
    holidays: Vec<HolidaySpan>,
    /// Saturdays and Sundays that are worked (调休).
    #[serde(default)]
    #[schema(example = json!(["2026-09-20", "2026-10-10"]), max_items = 30)]
    make_up: Vec<String>,
}

/// Days off under one name.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HolidaySpan {
    /// Its name, at most 40 characters.
    #[schema(example = "国庆节", max_length = 40, min_length = 1)]
    name: String,
    /// First day off.
    #[schema(example = "2026-10-01", format = "date")]
    first: String,
    /// Last day off.
    #[schema(example = "2026-10-07", format = "date")]
    last: String,
}

/// When offices are open on days that are worked (办公时间): one to six spans of a day, ascending and apart.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficeHours {
    /// Mondays.
    #[schema(example = json!(["09:00-12:00", "13:30-17:30"]), min_items = 1, max_items = 6)]
    monday: Vec<String>,
    /// Tuesdays.
    #[schema(example = json!(["09:00-12:00", "13:30-17:30"]), min_items = 1, max_items = 6)]
    tuesday: Vec<String>,
    /// Wednesdays.
    #[schema(example = json!(["09:00-12:00", "13:30-17:30"]), min_items = 1, max_items = 6)]
    wednesday: Vec<String>,
    /// Thursdays.
    #[schema(example = json!(["09:00-12:00", "13:30-17:30"]), min_items = 1, max_items = 6)]
    thursday: Vec<String>,
    /// Fridays.
    #[schema(example = json!(["09:00-12:00", "13:30-17:30"]), min_items = 1, max_items = 6)]
    friday: Vec<String>,
    /// Make-up days.
    #[schema(example = json!(["09:00-12:00", "13:30-17:30"]), min_items = 1, max_items = 6)]
    make_up: Vec<String>,
}

impl AdoptCalendar {
    /// Checks every field.
    pub(super) fn checked(&self) -> Result<Adopt, Refusal> {
        let mut checks = Checks::default();
        let reason: Option<Line<300>> = checks.line("/reason", &self.reason);
        let office_hours = self.office_hours.as_ref().map(|hours| hours.checked(&mut checks));
        let years = checks.at_most("/years", self.years.len(), YEARS).map(|()| {
            let years = self.years.iter().enumerate();
            years.map(|(place, year)| year.checked(&mut checks, &format!("/years/{place}"))).collect::<Vec<_>>()
        });
        let years: Option<Vec<Arrangement>> = years.and_then(|years| years.into_iter().collect());
        match (years, reason) {
            (Some(years), Some(reason)) if checks.passed() => {
                Ok(Adopt { years, office_hours: office_hours.flatten(), reason })
            }
            _ => Err(checks.refusal()),
        }
    }
}

impl YearArrangement {
    fn checked(&self, checks: &mut Checks, pointer: &str) -> Option<Arrangement> {
        let year = checks.converted_from(&format!("{pointer}/year"), self.year);
        let notice = checks.line(&format!("{pointer}/notice"), &self.notice);
        checks.at_most(&format!("{pointer}/holidays"), self.holidays.len(), HOLIDAYS)?;
        checks.at_most(&format!("{pointer}/make_up"), self.make_up.len(), MAKE_UP)?;
        let holidays = self.holidays.iter().enumerate();
        let holidays = holidays.map(|(place, holiday)| holiday.checked(checks, &format!("{pointer}/holidays/{place}")));
        let holidays: Vec<Option<Holiday>> = holidays.collect();
        let make_up = self.make_up.iter().enumerate();
        let make_up = make_up.map(|(place, day)| checks.day(&format!("{pointer}/make_up/{place}"), day));
        let make_up: Vec<Option<Date>> = make_up.collect();
        Some(Arrangement {
            year: year?,
            notice: notice?,
            holidays: holidays.into_iter().collect::<Option<_>>()?,
            make_up: make_up.into_iter().collect::<Option<_>>()?,
        })
    }

    pub(super) fn of(arrangement: &Arrangement) -> Self {
        let Arrangement { year, notice, holidays, make_up } = arrangement.clone();
        let holidays = holidays.into_iter().map(|Holiday { name, first, last }| HolidaySpan {
            name: name.into(),
            first: first.to_string(),
            last: last.to_string(),
        });
        Self {
            year: year.get(),
            notice: notice.into(),
            holidays: holidays.collect(),
            make_up: make_up.iter().map(ToString::to_string).collect(),
        }
    }
}

impl HolidaySpan {
    fn checked(&self, checks: &mut Checks, pointer: &str) -> Option<Holiday> {
        let name = checks.line(&format!("{pointer}/name"), &self.name);
        let first = checks.day(&format!("{pointer}/first"), &self.first);
        let last = checks.day(&format!("{pointer}/last"), &self.last);
        Some(Holiday { name: name?, first: first?, last: last? })
    }
}

impl OfficeHours {
    fn checked(&self, checks: &mut Checks) -> Option<Hours> {
        let monday = openings(checks, "monday", &self.monday);
        let tuesday = openings(checks, "tuesday", &self.tuesday);
        let wednesday = openings(checks, "wednesday", &self.wednesday);
        let thursday = openings(checks, "thursday", &self.thursday);
        let friday = openings(checks, "friday", &self.friday);
        let make_up = openings(checks, "make_up", &self.make_up);
        Some(Hours {
            monday: monday?,
            tuesday: tuesday?,
            wednesday: wednesday?,
            thursday: thursday?,
            friday: friday?,
            make_up: make_up?,
        })
    }

    pub(super) fn of(hours: &Hours) -> Self {
        let told = |openings: &Openings| openings.as_slice().iter().map(ToString::to_string).collect();
        Self {
            monday: told(&hours.monday),
            tuesday: told(&hours.tuesday),
            wednesday: told(&hours.wednesday),
            thursday: told(&hours.thursday),
            friday: told(&hours.friday),
            make_up: told(&hours.make_up),
        }
    }
}

fn openings(checks: &mut Checks, day: &str, texts: &[String]) -> Option<Openings> {
    let pointer = format!("/office_hours/{day}");
    checks.at_most(&pointer, texts.len(), SPANS)?;
    let spans = texts.iter().enumerate();
    let spans: Vec<Option<_>> =
        spans.map(|(place, text)| checks.converted(&format!("{pointer}/{place}"), text)).collect();
    let spans: Vec<_> = spans.into_iter().collect::<Option<_>>()?;
    checks.converted_from(&pointer, spans)
}
