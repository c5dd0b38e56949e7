//! `GET` and `POST /api/desk/appearance`, `/api/desk/sites/{site}/appearance`: the banner and greyscale of all sites, or of one.

use axum::extract::RawQuery;
use futures::join;
use gateway::PathParam;
use http::Method;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::edit::form_again;
use crate::{
    api::{
        appearance::{Appearance, CommitProgress, WideChanges},
        part,
        problem::Refusal,
        receipt::Receipt,
        register::{Site, SiteOfDepartment, Sites},
        staff::Permissions,
    },
    fields::Fields,
    page::see_other,
    posted::Posted,
    stop::Answer,
    trouble::Trouble,
    visit::{FormSeal, Visit},
    words,
};

/// What the API calls what this page does.
const ACTION: &str = "change-appearance";

/// Rows of what waits that are told one by one.
const TOLD: usize = 12;

#[derive(Debug, Serialize)]
struct Page {
    /// The site; all of them where none is named.
    site: Option<Site>,
    /// All sites, to choose another; none where they cannot be read now.
    sites: Option<Vec<Site>>,
    standing: Appearance,
    /// Whether he may change it; neither where that cannot be read now.
    may: Option<bool>,
    form: FormSeal,
    filled: Filled,
    levels: &'static [(&'static str, &'static str)],
    /// What still follows; none where that cannot be read now.
    following: Option<Following>,
    trouble: Option<Trouble>,
}

/// What the form is filled in with.
#[derive(Debug, Clone, Default, Serialize)]
struct Filled {
    raised: bool,
    level: String,
    text: String,
    link_name: String,
    link_address: String,
    grey: bool,
    mourned: String,
}

/// What is still being carried to pages.
#[derive(Debug, Serialize)]
struct Following {
    /// Whether the views know of the newest change at all.
    begun: bool,
    changes: WideChanges,
    /// How many rows are not told one by one.
    untold: usize,
    /// Pages done in all that waits.
    done: u64,
}

pub(crate) async fn of_city(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    match asked.filled("site") {
        Some(site) => Ok(see_other(&format!("/api/desk/sites/{}/appearance", part(site)))),
        None => show(&visit, None).await,
    }
}

pub(crate) async fn of_site(visit: Visit, PathParam(site): PathParam) -> Answer {
    show(&visit, Some(site)).await
}

pub(crate) async fn change_city(posted: Posted) -> Answer {
    change(posted, None).await
}

pub(crate) async fn change_site(PathParam(site): PathParam, posted: Posted) -> Answer {
    change(posted, Some(site)).await
}

/// Path of the API behind `/api/publish`, and of the desk behind `/api/desk`.
fn at(site: Option<&str>) -> String {
    site.map_or_else(|| "/appearance".to_owned(), |site| format!("/sites/{}/appearance", part(site)))
}

async fn show(visit: &Visit, site: Option<String>) -> Answer {
    let standing: Appearance = visit.api.read(&at(site.as_deref())).await.map_err(|refusal| visit.refused(&refusal))?;
    let form = visit.form(&format!("/api/desk{}", at(site.as_deref())), Some(standing.version));
    let filled = Filled::of(&standing);
    let page = page(visit, site.as_deref(), standing, form, filled, None).await;
    Ok(visit.page("appearance.html", &page.title(), &page))
}

async fn change(posted: Posted, site: Option<String>) -> Answer {
    let visit = &posted.visit;
    let envelope = posted.envelope()?;
    let filled = Filled::typed(&posted.fields);
    let at = at(site.as_deref());
    let sent: Result<Receipt, Refusal> = visit.api.send(Method::PUT, &at, envelope, &filled.body()).await;
    let refusal = match sent {
        Ok(_) => return Ok(visit.done(&format!("/api/desk{at}"), filled.done())),
        Err(refusal) => refusal,
    };
    let standing: Appearance = match visit.api.read(&at).await {
        Ok(standing) if !refusal.ends_session() => standing,
        _ => return Ok(posted.refused(&refusal)),
    };
    let mut trouble = Trouble::of(&refusal, |error| field(&error.pointer).map(str::to_owned));
    if filled.raised && filled.link_name.is_empty() != filled.link_address.is_empty() {
        trouble = Trouble::at("link_address", "链接文字和链接地址要么都填，要么都不填。");
    }
    let form = if refusal.problem.code == "stale" {
        // What stands now is shown above the form: the same once more is a change of that.
        trouble.over = None;
        trouble.detail.push_str("现在的样子见下；仍要改成您填写的样子，再按一次按钮。");
        visit.form(&visit.path, Some(standing.version))
    } else {
        form_again(&posted, &refusal)
    };
    if refusal.problem.code == "unchanged" && !filled.raised && !filled.text.is_empty() {
        trouble = Trouble::at("raised", "要挂出横幅，请勾选“挂出横幅”。");
    }
    let page = page(visit, site.as_deref(), standing, form, filled, Some(trouble)).await;
    Ok(visit.again(refusal.status, "appearance.html", &page.title(), &page))
}

async fn page(
    visit: &Visit,
    label: Option<&str>,
    standing: Appearance,
    form: FormSeal,
    filled: Filled,
    trouble: Option<Trouble>,
) -> Page {
    let department = async {
        let site = label?;
        visit.api.read::<SiteOfDepartment>(&format!("/sites/{}", part(site))).await.ok().map(|read| read.department)
    };
    let (sites, permissions, department, following) = join!(
        visit.api.read::<Sites>("/sites"),
        visit.api.read::<Permissions>("/staff/me"),
        department,
        following(visit, label, standing.version),
    );
    let sites = sites.map(|read| read.sites).ok();
    let may = permissions.ok().map(|permissions| permissions.allow(ACTION, department.as_deref(), label));
    let site = label.map(|label| {
        let known = sites.iter().flatten().find(|site| site.label == label).cloned();
        known.unwrap_or_else(|| Site { label: label.to_owned(), name: label.to_owned() })
    });
    let following = following.ok().map(|following| following.with_names(sites.as_deref().unwrap_or_default()));
    Page { site, sites, standing, may, form, filled, levels: words::all("banner"), following, trouble }
}

/// What still follows from what stands at `version`.
async fn following(visit: &Visit, label: Option<&str>, version: u64) -> Result<Following, Refusal> {
    let stream = label.map_or_else(|| "appearance:city".to_owned(), |site| format!("appearance:site.{site}"));
    let begun = match version {
        0 => true,
        _ => {
            let at = format!("/commits/{}", part(&format!("{stream}:{version}")));
            visit.api.read::<CommitProgress>(&at).await?.projected
        }
    };
    // Read after it: what a projected commit left waits already.
    let mut changes: WideChanges = visit.api.read("/wide-changes").await?;
    let done = changes.waiting.iter().map(|change| change.done).sum();
    let untold = changes.waiting.len().saturating_sub(TOLD);
    changes.waiting.truncate(TOLD);
    Ok(Following { begun, changes, untold, done })
}

impl Page {
    fn title(&self) -> String {
        self.site.as_ref().map_or_else(|| "全站横幅与置灰".to_owned(), |site| format!("横幅与置灰：{}", site.name))
    }
}

impl Filled {
    /// As pages look now.
    fn of(standing: &Appearance) -> Self {
        let banner = standing.banner.clone();
        let link = banner.as_ref().and_then(|banner| banner.link.clone());
        let (link_name, link_address) = link.map(|link| (link.name, link.address)).unwrap_or_default();
        let (raised, level, text) = match banner {
            Some(banner) => (true, banner.level, banner.text),
            None => (false, "emergency".to_owned(), String::new()),
        };
        let grey = standing.greyscale.is_some();
        let mourned = standing.greyscale.as_ref().map(|grey| grey.reason.clone()).unwrap_or_default();
        Self { raised, level, text, link_name, link_address, grey, mourned }
    }

    /// As somebody filled it in.
    fn typed(fields: &Fields) -> Self {
        let line = |name: &str| fields.filled(name).unwrap_or_default().to_owned();
        Self {
            raised: fields.filled("raised").is_some(),
            level: line("level"),
            text: line("text"),
            link_name: line("link_name"),
            link_address: line("link_address"),
            grey: fields.filled("grey").is_some(),
            mourned: line("mourned"),
        }
    }

    fn body(&self) -> Value {
        let linked = !self.link_name.is_empty() || !self.link_address.is_empty();
        let link = linked.then(|| json!({ "name": self.link_name, "address": self.link_address }));
        let banner = self.raised.then(|| match link {
            Some(link) => json!({ "level": self.level, "text": self.text, "link": link }),
            None => json!({ "level": self.level, "text": self.text }),
        });
        let greyscale = self.grey.then(|| json!({ "reason": self.mourned }));
        let parts = [("banner", banner), ("greyscale", greyscale)];
        parts.into_iter().filter_map(|(name, part)| Some((name.to_owned(), part?))).collect::<Map<_, _>>().into()
    }

    /// What stands from now on.
    fn done(&self) -> &'static str {
        match (self.raised, self.grey) {
            (true, true) => "已生效：有横幅，页面置灰。首页和栏目页几秒内更新，其余页面随后陆续更新。",
            (true, false) => "已生效：有横幅，页面不置灰。首页和栏目页几秒内更新，其余页面随后陆续更新。",
            (false, true) => "已生效：没有横幅，页面置灰。首页和栏目页几秒内更新，其余页面随后陆续更新。",
            (false, false) => "已生效：没有横幅，页面不置灰。首页和栏目页几秒内更新，其余页面随后陆续更新。",
        }
    }
}

/// The field that a pointer of the API leads to.
fn field(pointer: &str) -> Option<&'static str> {
    Some(match pointer {
        "/banner/level" => "level",
        "/banner/text" => "text",
        "/banner/link/name" => "link_name",
        "/banner/link/address" => "link_address",
        "/greyscale/reason" => "mourned",
        _ => return None,
    })
}

impl Following {
    /// With the names of sites in place of their labels.
    fn with_names(mut self, sites: &[Site]) -> Self {
        for change in &mut self.changes.waiting {
            let known = change.site.as_deref().and_then(|label| sites.iter().find(|site| site.label == label));
            if let Some(site) = known {
                change.site = Some(site.name.clone());
            }
        }
        self
    }
}
