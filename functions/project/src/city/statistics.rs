//! Statistics of cases: the newest month, and those of a month, summed up from what each case adds.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    calendar::{Calendar, Standing},
    case::Channel,
    shanghai,
    statistics::{self, Contribution, MinimumSample, Summary},
};
use jiff::Timestamp;
use pages::{
    ChannelStatistics, DepartmentStatistics, Frame, KindStatistics, Link, StatisticsMonthPage, StatisticsPage,
};
use views::{
    PageKey, Read, Reads, Row,
    city::{self, CalendarRow, ContributionRow, DepartmentLine, slice},
};

use super::{City, Composed, Model, column::archive_title, frame};

/// The name of these pages, and where the newest month stands, as seen from `site`.
pub(super) fn link(city: &City, site: &str) -> Link {
    let url = city.addresses.seen_from(site, &city.addresses.portal, city::STATISTICS_PATH);
    Link { name: "办理统计".to_owned(), url }
}

/// Composes the page of the newest month and of the list of months.
pub(super) fn head(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let frame = framed(city, page, reads, vec![frame::home_link()])?;
    let months = reads.rows(Read::all(slice::tallied(&page.site)))?;
    let latest = months.last().map(|row| told(city, &page.site, &row.at.key, reads)).transpose()?;
    let link = |row: &Row| Link { name: archive_title(&row.at.key), url: city::statistics_month_path(&row.at.key) };
    let months = months.iter().rev().map(link).collect();
    Ok(Model::Statistics(frame, StatisticsPage { latest, months }))
}

/// Composes the page of a month.
pub(super) fn month(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, month) = of_month(city, page, reads)?;
    Ok(Model::StatisticsMonth(frame, month))
}

/// Composes the table of a month.
pub(super) fn table(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, month) = of_month(city, page, reads)?;
    Ok(Model::StatisticsTable(frame, month))
}

fn of_month(city: &City, page: &PageKey, reads: &Reads) -> Composed<(Frame, StatisticsMonthPage)> {
    let frame = framed(city, page, reads, vec![frame::home_link(), link(city, &page.site)])?;
    Ok((frame, told(city, &page.site, &page.about, reads)?))
}

/// A page of the site: what it tells is of many streams, and none of them is its own.
fn framed(city: &City, page: &PageKey, reads: &Reads, breadcrumb: Vec<Link>) -> Composed<Frame> {
    Ok(Frame { breadcrumb, ..frame::of(city, page, reads)?.about_site() })
}

/// What is told of a month. All is read before anything is summed up: a month may have many thousand rows.
fn told(city: &City, site: &str, month: &str, reads: &Reads) -> Composed<StatisticsMonthPage> {
    let rows = reads.rows(Read::Range { slice: slice::contributions(site), prefix: format!("{month}/") })?;
    let calendar = reads.row(Read::row(slice::CALENDAR, slice::IN_FORCE))?;
    let departments = reads.rows(Read::all(slice::DEPARTMENTS))?;
    let calendar = calendar.and_then(Row::content::<CalendarRow>).map(Calendar::from).unwrap_or_default();
    let names: BTreeMap<&str, String> = departments.iter().filter_map(named).collect();
    let by_kind = by_kind(rows);
    let kinds = by_kind.iter().map(|(category, rows)| {
        let mut by_department: BTreeMap<&str, Vec<Contribution>> = BTreeMap::new();
        for row in rows {
            by_department.entry(&row.department).or_default().push(row.contribution);
        }
        let departments = by_department.into_iter().map(|(code, contributions)| {
            let name = names.get(code).cloned().unwrap_or_else(|| code.to_owned());
            DepartmentStatistics {
                code: code.to_owned(),
                department: frame::department_link(city, site, code, name),
                summary: Summary::of(&contributions, &calendar, MinimumSample::HOUSE),
            }
        });
        let by_channel = Channel::ALL.into_iter().filter_map(|channel| {
            let came = |row: &&ContributionRow| row.contribution.channel == Some(channel);
            let mut contributions = rows.iter().filter(came).map(|row| &row.contribution).peekable();
            contributions.peek()?;
            Some(ChannelStatistics { channel, summary: Summary::of(contributions, &calendar, MinimumSample::HOUSE) })
        });
        KindStatistics {
            channels: by_channel.collect(),
            category: (*category).to_owned(),
            name: name_of(category).to_owned(),
            departments: departments.collect(),
            summary: Summary::of(rows.iter().map(|row| &row.contribution), &calendar, MinimumSample::HOUSE),
        }
    });
    Ok(StatisticsMonthPage {
        month: month.to_owned(),
        title: archive_title(month),
        url: city::statistics_month_path(month),
        table: city::statistics_table_path(month),
        kinds: kinds.collect(),
        minimum: MinimumSample::HOUSE,
        calendar: calendar.number(),
        provisional: provisional(by_kind.iter().flat_map(|(_, rows)| rows), &calendar),
        newest: link(city, site),
    })
}

/// A department's code and name.
fn named(row: &Row) -> Option<(&str, String)> {
    Some((row.at.key.as_str(), row.content::<DepartmentLine>()?.name))
}

/// The live rows of a month by category, in the order of telling; kinds of which nobody said where they stand come last.
fn by_kind(rows: &[Row]) -> Vec<(&str, Vec<ContributionRow>)> {
    let mut by_kind: BTreeMap<(usize, &str), Vec<ContributionRow>> = BTreeMap::new();
    for row in rows {
        let Some(content) = row.content() else { continue };
        let category = row.at.key.split('/').nth(1).unwrap_or_default();
        let place = statistics::KINDS.iter().position(|(kind, _)| *kind == category);
        by_kind.entry((place.unwrap_or(usize::MAX), category)).or_default().push(content);
    }
    by_kind.into_iter().map(|((_, category), rows)| (category, rows)).collect()
}

/// The name of a kind; its category where it has none for the public yet.
fn name_of(category: &str) -> &str {
    statistics::KINDS.iter().find(|(kind, _)| *kind == category).map_or(category, |(_, name)| name)
}

/// The years in which working days are counted though their holidays are not announced.
fn provisional<'a>(rows: impl Iterator<Item = &'a ContributionRow>, calendar: &Calendar) -> Vec<i16> {
    let year = |at: Timestamp| shanghai::local(at).year();
    let closures = rows.filter_map(|row| row.contribution.closed);
    let years: BTreeSet<i16> = closures.flat_map(|closure| year(closure.opened_at)..=year(closure.closed_at)).collect();
    years.into_iter().filter(|year| calendar.standing(*year) == Standing::Provisional).collect()
}
