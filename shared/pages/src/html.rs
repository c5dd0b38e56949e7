//! The pages: one function a kind, from a view model to bytes.

use serde::Serialize;
use serde_json::Value;

use crate::colours::COLOURS_PATH;
use crate::head::Head;
use crate::model::{Banner, BannerLevel, ColumnSection, Entry, FormNote, Frame, Link, SiteNotice};
use crate::when::{When, chinese, iso, local_day};
use crate::{RenderError, Rendered, assets, contact, engine, json_ld};

pub(crate) mod answers;
pub(crate) mod catalogue;
mod coverage;
mod department;
mod document;
mod front;
mod guide;
mod history;
mod home;
mod list;
mod report;
mod search;
mod site_map;
mod statistics;
mod status;

pub use answers::{answers, answers_month};
pub use catalogue::{catalogue, catalogue_list, catalogue_part};
pub use coverage::{coverage, coverage_table, department_coverage};
pub use department::department;
pub use document::document;
pub(crate) use document::{body, issuer, newest_first, subject, validity};
pub use front::{act, check, questions, receipt, status, status_entry, told};
pub use guide::guide;
pub use history::history;
pub use home::home;
pub use list::{column, month};
pub use report::{report, report_table, reports};
pub use search::search;
pub use site_map::site_map;
pub(crate) use site_map::{Node, nodes};
pub use statistics::{statistics, statistics_month, statistics_table};
pub use status::{gone, moved, not_found};

/// What a template gets.
#[derive(Serialize)]
struct Context<'a, P> {
    site: &'a Frame,
    around: Around<'a>,
    head: Head,
    json_ld: minijinja::Value,
    page: P,
}

/// Parts of the frame that are worked out once for all templates.
#[derive(Serialize)]
struct Around<'a> {
    nav: Vec<NavEntry<'a>>,
    /// Name of this page as the last step of the breadcrumb.
    here: &'a str,
    style: &'static str,
    colours: &'static str,
    mark: &'static str,
    theme: Option<&'static str>,
    is_portal: bool,
    state: Option<StateView<'a>>,
    banners: Vec<BannerView<'a>>,
    report: String,
    police: Option<&'a str>,
    short_digest: &'a str,
}

/// The band that tells of a site that is not live.
#[derive(Serialize)]
struct StateView<'a> {
    title: &'static str,
    label: &'static str,
    /// `2026-11-23`, for machines.
    day: String,
    /// `2026年11月23日`
    shown: String,
    reason_label: &'static str,
    reason: &'a str,
}

impl<'a> From<&'a SiteNotice> for StateView<'a> {
    fn from(notice: &'a SiteNotice) -> Self {
        match notice {
            SiteNotice::Rectifying { until, reason } => Self {
                title: "本网站正在整改",
                label: "整改截止日期",
                day: iso(*until),
                shown: chinese(*until),
                reason_label: "整改原因",
                reason,
            },
            SiteNotice::Archived { at, reason } => {
                let day = local_day(*at);
                Self {
                    title: "本网站已归档，内容不再更新",
                    label: "归档日期",
                    day: iso(day),
                    shown: chinese(day),
                    reason_label: "归档原因",
                    reason,
                }
            }
        }
    }
}

/// A banner above everything else.
#[derive(Serialize)]
struct BannerView<'a> {
    /// The stylesheet's name for how pressing it is.
    level: &'static str,
    /// The same for people.
    title: &'static str,
    text: &'a str,
    link: Option<&'a Link>,
}

impl<'a> From<&'a Banner> for BannerView<'a> {
    fn from(banner: &'a Banner) -> Self {
        let (level, title) = match banner.level {
            BannerLevel::Emergency => ("emergency", "紧急通知"),
            BannerLevel::Notice => ("notice", "重要提示"),
        };
        Self { level, title, text: &banner.text, link: banner.link.as_ref() }
    }
}

/// An entry of the navigation row.
#[derive(Serialize)]
struct NavEntry<'a> {
    name: &'a str,
    url: &'a str,
    is_here: bool,
}

/// A dated headline as templates show it.
#[derive(Debug, Serialize)]
struct EntryView<'a> {
    title: &'a str,
    url: &'a str,
    at: When,
    document_number: Option<&'a str>,
    source: Option<&'a str>,
    /// What stands under the title where the kind of content has more to say: a post, an answer.
    remark: Option<&'a str>,
    /// The host that a link leads to.
    leads_to: Option<&'a str>,
}

impl<'a> From<&'a Entry> for EntryView<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            title: visible(&entry.title),
            url: &entry.url,
            at: When::from(entry.dated),
            document_number: filled(entry.document_number.as_deref()),
            source: filled(entry.source.as_deref()),
            remark: match &entry.form {
                FormNote::Question { answer, .. } => filled(Some(answer)),
                FormNote::Leader { post, .. } => filled(Some(post)),
                FormNote::Article | FormNote::Link { .. } | FormNote::File | FormNote::Pictures | FormNote::Film => {
                    None
                }
            },
            leads_to: match &entry.form {
                FormNote::Link { host, .. } => Some(host),
                _ => None,
            },
        }
    }
}

/// A column with its newest entries as templates show it.
#[derive(Debug, Serialize)]
struct SectionView<'a> {
    column: &'a Link,
    kind: &'a str,
    entries: Vec<EntryView<'a>>,
}

impl<'a> From<&'a ColumnSection> for SectionView<'a> {
    fn from(section: &'a ColumnSection) -> Self {
        Self { column: &section.column, kind: &section.kind, entries: entry_views(&section.entries) }
    }
}

fn entry_views(entries: &[Entry]) -> Vec<EntryView<'_>> {
    entries.iter().map(EntryView::from).collect()
}

/// Renders a template inside the frame; `here` names the page in the breadcrumb.
fn page<P: Serialize>(
    template: &str,
    frame: &Frame,
    here: &str,
    head: Head,
    mut graph: Vec<Value>,
    page: P,
) -> Result<Rendered, RenderError> {
    graph.push(json_ld::breadcrumb(frame, here));
    graph.push(json_ld::organization(frame));
    let urls = assets::urls();
    let around = Around {
        nav: nav(frame),
        here,
        style: &urls.style,
        colours: COLOURS_PATH,
        mark: &urls.mark,
        theme: frame.theme.map(crate::Theme::name),
        is_portal: frame.is_portal(),
        state: frame.notice.as_ref().map(StateView::from),
        banners: frame.banners.iter().map(BannerView::from).collect(),
        report: contact::report_url(&frame.contact, head.own_address.as_deref()),
        police: filled(frame.police.as_deref()),
        short_digest: frame.provenance.digest.get(..12).unwrap_or(&frame.provenance.digest),
    };
    let provenance = &frame.provenance;
    let head = head
        .with("taihu:stream", &provenance.stream)
        .with("taihu:version", &provenance.version.to_string())
        .with("taihu:digest", &provenance.digest)
        .with("taihu:generation", &provenance.generation.to_string());
    let json_ld = json_ld::script(graph)?;
    engine::render(template, &Context { site: frame, around, head, json_ld, page })
}

/// The navigation row; the longest entry that leads to this page is marked.
fn nav(frame: &Frame) -> Vec<NavEntry<'_>> {
    let leads_here = |link: &&Link| {
        frame.path == link.url || (link.url.len() > 1 && link.url.ends_with('/') && frame.path.starts_with(&link.url))
    };
    let here = frame.nav.iter().filter(leads_here).max_by_key(|link| link.url.len());
    frame.nav.iter().map(|link| NavEntry { name: &link.name, url: &link.url, is_here: here == Some(link) }).collect()
}

/// Text, unless it is absent or blank.
pub(crate) fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// A name a link can carry: a blank one would leave nothing to press.
fn visible(name: &str) -> &str {
    if name.trim().is_empty() { "（无标题）" } else { name }
}
