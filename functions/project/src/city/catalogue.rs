//! The catalogue of government information: the ways in, a list, and a part of one.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    column::Archive,
    document::{Genre, SUBJECTS, Validity},
};
use pages::{
    CatalogueClassLink, CatalogueEntry, CatalogueGroup, CatalogueList, CatalogueListPage, CataloguePage,
    CataloguePartPage, CatalogueWay, Dated, Frame, Link,
};
use views::{
    PageKey, Read, Reads, Row,
    city::{self, CatalogueRow, DepartmentLine, Way, slice},
};

use super::{City, Composed, Model, Pause, frame};

/// Entries of a head page.
const ENTRIES: usize = 20;

/// The list of a department, if it has one, as seen from a page of the portal.
pub(super) fn of_department(code: &str, site: &str, reads: &Reads) -> Composed<Option<Link>> {
    let list = Way::Department.list(code);
    let listed = reads.row(Read::row(slice::catalogues(site), list.as_str()))?;
    let link =
        |_| Link { name: "本部门的政府信息公开目录".to_owned(), url: city::catalogue_list_path(&list) };
    Ok(listed.map(link))
}

/// Composes the overview: every list that has a page.
pub(super) fn overview(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let frame = framed(city, page, reads, vec![frame::home_link()])?;
    let rows = reads.rows(Read::all(slice::catalogues(&page.site)))?;
    let lists: BTreeSet<&str> = rows.iter().map(|row| row.at.key.as_str()).collect();
    let names = reads.rows(Read::all(slice::DEPARTMENTS))?;
    let names: BTreeMap<&str, DepartmentLine> =
        names.iter().filter_map(|row| Some((row.at.key.as_str(), row.content()?))).collect();
    let class = |way: Way, code: &str, name: &str| {
        let list = way.list(code);
        let url = lists.contains(list.as_str()).then(|| city::catalogue_list_path(&list));
        CatalogueClassLink { code: code.to_owned(), name: name.to_owned(), url }
    };
    let of = |wanted: Way| {
        lists
            .iter()
            .filter_map(move |list| Way::of(list).filter(|(way, _)| *way == wanted).map(|(_, about)| (*list, about)))
    };
    // A department whose name is not known yet touches this page when it is.
    let departments = of(Way::Department).filter_map(|(list, code)| {
        Some(Link { name: names.get(code)?.name.clone(), url: city::catalogue_list_path(list) })
    });
    let years = of(Way::Year).map(|(list, year)| Link { name: year_name(year), url: city::catalogue_list_path(list) });
    let mut years: Vec<Link> = years.collect();
    years.reverse();
    let numbered = SUBJECTS.iter().enumerate();
    let model = CataloguePage {
        departments: departments.collect(),
        subjects: numbered.map(|(at, name)| class(Way::Subject, &format!("{:02}", at + 1), name)).collect(),
        genres: Genre::ALL.into_iter().map(|genre| class(Way::Genre, genre.code(), genre.chinese())).collect(),
        years,
        guide: city.addresses.guide(&page.site),
        coverage: city.addresses.coverage(&page.site),
    };
    Ok(Model::Catalogue(frame, model))
}

/// Composes the head page of a list: its newest entries and its parts.
pub(super) fn head(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let id = page.about.as_str();
    let (way, list) = list(city, &page.site, id, reads)?;
    let frame = framed(city, page, reads, vec![frame::home_link(), list.catalogue.clone()])?;
    let rows = reads.rows(Read::Newest { slice: slice::catalogued(&page.site, id), live: ENTRIES })?;
    let entries = entries(city, &page.site, rows.iter(), reads)?;
    let path = city::catalogue_list_path(id);
    let pages = reads.rows(Read::Range { slice: slice::pages(&page.site), prefix: path.clone() })?;
    let parts = pages.iter().rev().filter_map(|row| city::catalogue_part(&path, &row.at.key));
    let groups = grouped(way, parts.map(|part| (part, city::catalogue_part_path(id, part))));
    Ok(Model::CatalogueList(frame, CatalogueListPage { list, entries, groups }))
}

/// Composes a part of a list: it stays when nothing is left in it.
pub(super) fn part(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (id, part) = page.about.rsplit_once('/').ok_or(Pause::Nothing)?;
    let (way, list) = list(city, &page.site, id, reads)?;
    let breadcrumb = vec![frame::home_link(), list.catalogue.clone(), list.link.clone()];
    let frame = framed(city, page, reads, breadcrumb)?;
    let rows = reads.rows(Read::Range { slice: slice::catalogued(&page.site, id), prefix: format!("{part}/") })?;
    let entries = entries(city, &page.site, rows.iter().rev(), reads)?;
    let model = CataloguePartPage { list, part: part.to_owned(), title: part_title(way.cut(), part), entries };
    Ok(Model::CataloguePart(frame, model))
}

/// A page of the portal: what it tells is of many streams, and none of them is its own.
fn framed(city: &City, page: &PageKey, reads: &Reads, breadcrumb: Vec<Link>) -> Composed<Frame> {
    Ok(Frame { breadcrumb, ..frame::of(city, page, reads)?.about_site() })
}

/// A list by its id: `bm/jyj`. Nothing as long as its department is unknown.
fn list(city: &City, site: &str, id: &str, reads: &Reads) -> Composed<(Way, CatalogueList)> {
    let (way, about) = Way::of(id).ok_or(Pause::Nothing)?;
    let name = match way {
        Way::Department => department(about, reads)?.ok_or(Pause::Nothing)?,
        Way::Subject => city::subject_name(about).ok_or(Pause::Nothing)?.to_owned(),
        Way::Genre => {
            let genre = Genre::ALL.into_iter().find(|genre| genre.code() == about);
            genre.ok_or(Pause::Nothing)?.chinese().to_owned()
        }
        Way::Year => year_name(about),
    };
    let shown = match way {
        Way::Department => CatalogueWay::Department,
        Way::Subject => CatalogueWay::Subject,
        Way::Genre => CatalogueWay::Genre,
        Way::Year => CatalogueWay::Year,
    };
    let link_to = Link { name, url: city::catalogue_list_path(id) };
    let list =
        CatalogueList { way: shown, code: about.to_owned(), link: link_to, catalogue: city.addresses.catalogue(site) };
    Ok((way, list))
}

/// A department's name: of its row among all, which nothing but a new name changes.
fn department(code: &str, reads: &Reads) -> Composed<Option<String>> {
    let row = reads.row(Read::row(slice::DEPARTMENTS, code))?;
    Ok(row.and_then(Row::content::<DepartmentLine>).map(|line| line.name))
}

/// The live entries of `rows` in their order, as seen from a page of `site`.
fn entries<'a>(
    city: &City,
    site: &str,
    rows: impl Iterator<Item = &'a Row>,
    reads: &Reads,
) -> Composed<Vec<CatalogueEntry>> {
    let rows: Vec<CatalogueRow> = rows.filter_map(Row::content).collect();
    let codes: BTreeSet<&str> = rows.iter().map(|row| row.department.as_str()).collect();
    let mut names = BTreeMap::new();
    for code in codes {
        names.extend(department(code, reads)?.map(|name| (code.to_owned(), name)));
    }
    let entry = |row: CatalogueRow| {
        let name = names.get(&row.department).cloned();
        CatalogueEntry {
            index_number: row.index_number,
            title: row.title,
            url: city.addresses.seen_from(site, &row.site, &row.path),
            summary: row.summary,
            written_on: row.written_on,
            dated: Dated::of(row.dated, row.public_at),
            document_number: row.document_number,
            department: name.map(|name| frame::department_link(city, site, &row.department, name)),
            subject: row.subject,
            genre: row.genre.map(|genre| genre.chinese().to_owned()),
            class: row.class.map(|class| class.chinese().to_owned()),
            validity: row.validity.and_then(over),
        }
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// That a document is in force no more. That it still is, its own page alone can tell: another may have repealed it.
fn over(validity: Validity) -> Option<String> {
    (validity != Validity::InForce).then(|| validity.chinese().to_owned())
}

fn year_name(year: &str) -> String {
    if year == city::UNDATED_YEAR { UNDATED.to_owned() } else { format!("{year}年") }
}

/// What has no day.
const UNDATED: &str = "日期不详";

/// `2026年11月`, `2026年11月下旬`, `2026年11月23日`, `日期不详（17）`.
fn part_title(cut: Archive, part: &str) -> String {
    if let Some(number) = part.strip_prefix(slice::UNDATED) {
        let number = number.trim_start_matches(['-', '0']);
        return if number.is_empty() { UNDATED.to_owned() } else { format!("{UNDATED}（{number}）") };
    }
    let mut numbers = part.split('-').map(|number| number.trim_start_matches('0'));
    let (year, month) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    let day = match (cut, numbers.next()) {
        (Archive::TenDays, Some("1")) => "上旬".to_owned(),
        (Archive::TenDays, Some("11")) => "中旬".to_owned(),
        (Archive::TenDays, Some(_)) => "下旬".to_owned(),
        (_, Some(day)) => format!("{day}日"),
        (_, None) => String::new(),
    };
    format!("{year}年{month}月{day}")
}

/// Parts, newest first, under what they have in common: in the list of a year the month, else the year.
fn grouped<'a>(way: Way, parts: impl Iterator<Item = (&'a str, String)>) -> Vec<CatalogueGroup> {
    let mut groups: Vec<CatalogueGroup> = Vec::new();
    for (part, url) in parts {
        let month = part.get(..7).unwrap_or(part);
        let title = match way {
            Way::Year => part_title(Archive::Month, month),
            _ => year_name(part.get(..4).unwrap_or(part)),
        };
        let link = Link { name: part_title(way.cut(), part), url };
        match groups.last_mut() {
            Some(group) if group.title == title => group.parts.push(link),
            _ => groups.push(CatalogueGroup { title, parts: vec![link] }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_named_by_how_its_list_is_cut() {
        for (cut, part, title) in [
            (Archive::Month, "2026-11", "2026年11月"),
            (Archive::TenDays, "2026-02-01", "2026年2月上旬"),
            (Archive::TenDays, "2026-11-11", "2026年11月中旬"),
            (Archive::TenDays, "2026-11-21", "2026年11月下旬"),
            (Archive::Day, "2026-11-01", "2026年11月1日"),
            (Archive::Month, "0000-00", "日期不详"),
            (Archive::Day, "0000-00-017", "日期不详（17）"),
            (Archive::TenDays, "0000-00-030", "日期不详（30）"),
        ] {
            assert_eq!(part_title(cut, part), title);
        }
    }

    #[test]
    fn parts_stand_under_their_year_and_those_of_a_year_under_their_month() {
        let titles = |way, parts: &[&'static str]| {
            let groups = grouped(way, parts.iter().map(|part| (*part, String::new())));
            groups.into_iter().map(|group| (group.title, group.parts.len())).collect::<Vec<_>>()
        };
        let parts = ["2027-01-01", "2026-12-21", "2026-11-01", "0000-00-032", "0000-00-001"];
        let wanted = [("2027年", 1), ("2026年", 2), ("日期不详", 2)];
        assert_eq!(titles(Way::Genre, &parts), wanted.map(|(title, count)| (title.to_owned(), count)));
        let days = ["2026-12-02", "2026-12-01", "2026-11-30"];
        let wanted = [("2026年12月", 2), ("2026年11月", 1)];
        assert_eq!(titles(Way::Year, &days), wanted.map(|(title, count)| (title.to_owned(), count)));
        assert_eq!(titles(Way::Year, &["0000-00-256", "0000-00-003"]), [("日期不详".to_owned(), 2)]);
    }
}
