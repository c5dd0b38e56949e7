//! Links to the city's own pages: what a reader who follows one is answered with.

use std::collections::BTreeMap;

use domain::{
    SiteLabel,
    document::{Content, Form},
    site::FILES_HOST,
};
use futures::{StreamExt, TryStreamExt, stream};
use gateway::City;
use vetting::{Examined, Linked, Picture};
use views::PageKey;

use crate::{refusal::Refusal, register, state::PublishState};

/// Pages that are asked for.
const PAGES: usize = 200;
/// Pages asked for at once.
const CONCURRENT: usize = 16;
/// Longest key of an object: a longer address leads nowhere.
const LONGEST_KEY: usize = 1_024;

/// What stands at an address.
enum Place {
    Link(Linked),
    Picture(usize, Picture),
    Form(String),
}

/// Notes the links, pictures and linked pages of the city's own that are not there; tells how many pages were not asked for.
///
/// The pages themselves are asked, for they are what readers get; they follow an accepted command within moments. Addresses relative to the page are not looked at: it
/// has no place yet.
pub(super) async fn note_dead(
    state: &PublishState,
    site: &SiteLabel,
    content: &Content,
    examined: &mut Examined<'_>,
) -> Result<usize, Refusal> {
    let links = examined.links.iter().cloned().map(|link| (link.address.clone(), Place::Link(link)));
    let pictures = examined.pictures.iter().cloned().enumerate();
    let pictures = pictures.map(|(at, picture)| (picture.address.clone(), Place::Picture(at + 1, picture)));
    let form = match &content.form {
        Form::Link { address } => Some(address.as_str().to_owned()),
        Form::Article | Form::Question { .. } | Form::Leader { .. } | Form::File | Form::Pictures | Form::Film => None,
    };
    let form = form.map(|address| (address.clone(), Place::Form(address)));
    let mut own: Vec<(PageKey, Place)> = Vec::new();
    for (address, place) in links.chain(pictures).chain(form) {
        // A file of its own is there with it.
        let of_its_own = content
            .attachments
            .iter()
            .any(|attachment| address.strip_prefix(pages::FILE_REFERENCE) == Some(attachment.file.hash.as_str()));
        if let Some(page) = page(&state.city, site, &address).filter(|_| !of_its_own) {
            own.push((page, place));
        }
    }
    let answers = answers(state, site, own.iter().map(|(page, _)| page)).await?;
    let mut unasked = 0;
    for (page, place) in own {
        match (answers.get(&page).copied(), place) {
            (None, _) => unasked += 1,
            (Some(answer @ (404 | 410)), Place::Link(link)) => examined.dead_link(&link, answer),
            (Some(answer @ (404 | 410)), Place::Picture(nth, picture)) => examined.dead_picture(&picture, nth, answer),
            (Some(answer @ (404 | 410)), Place::Form(address)) => examined.dead_form(&address, answer),
            (Some(_), _) => {}
        }
    }
    Ok(unasked)
}

/// What readers of the first pages are answered with.
async fn answers(
    state: &PublishState,
    site: &SiteLabel,
    pages: impl Iterator<Item = &PageKey>,
) -> Result<BTreeMap<PageKey, u16>, Refusal> {
    let mut answers: BTreeMap<PageKey, u16> = BTreeMap::new();
    let mut asked: Vec<PageKey> = Vec::new();
    let mut sites: BTreeMap<String, bool> = BTreeMap::from([(site.to_string(), true), (FILES_HOST.to_owned(), true)]);
    for page in pages {
        if asked.contains(page) || answers.contains_key(page) {
            continue;
        }
        if asked.len() == PAGES {
            break;
        }
        // Another host below the city's domain may be somebody else's: a system of its own, not a site of the house.
        let known = match sites.get(&page.site) {
            Some(known) => *known,
            None => {
                let label = page.site.parse::<SiteLabel>().ok();
                let known = match &label {
                    Some(label) => register::site(state, label).await?.is_some(),
                    None => false,
                };
                sites.insert(page.site.clone(), known);
                known
            }
        };
        if !known {
            answers.insert(page.clone(), 200);
        } else if page.object_key().len() > LONGEST_KEY {
            answers.insert(page.clone(), 404);
        } else {
            asked.push(page.clone());
        }
    }
    let heads: Vec<(PageKey, u16)> = stream::iter(asked)
        .map(|page| async move {
            let answer = state.pages.head(&page).await?.map_or(404, |head| head.status);
            Ok::<_, Refusal>((page, answer))
        })
        .buffer_unordered(CONCURRENT)
        .try_collect()
        .await?;
    answers.extend(heads);
    Ok(answers)
}

/// The page of the city's own that an address leads to from a page of `site`; none if it leads elsewhere, to no page, or by a way that only a browser knows.
fn page(city: &City, site: &SiteLabel, address: &str) -> Option<PageKey> {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let address = &*percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
    let rest = ["http://", "https://", "//"].iter().find_map(|front| {
        let (begins, rest) = address.split_at_checked(front.len())?;
        begins.eq_ignore_ascii_case(front).then_some(rest)
    });
    let (site, path) = match rest {
        Some(rest) => {
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let host = host.to_ascii_lowercase();
            let usual = |host: &str| [":80", ":443"].iter().find_map(|port| host.strip_suffix(port).map(str::to_owned));
            let host = usual(&host).unwrap_or(host);
            let label = host.strip_suffix(city.domain.as_str())?.strip_suffix('.')?;
            (label.parse::<SiteLabel>().ok()?, path)
        }
        None if address.starts_with('/') => (site.clone(), address),
        None => return None,
    };
    let served_elsewhere = ["/api/", "/_assets/"].iter().any(|front| path.starts_with(front));
    // Dots are resolved by browsers before anybody is asked.
    if served_elsewhere || path.contains("/.") || path.contains("//") {
        return None;
    }
    // The edge leads capital letters to small ones.
    let path = path.to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    let folder = path.is_empty() || (!last.is_empty() && !last.contains('.'));
    let path = path.strip_suffix("index.html").filter(|front| front.ends_with('/')).unwrap_or(&path);
    let path = if folder { format!("{path}/") } else { path.to_owned() };
    Some(PageKey { site: site.into(), path, kind: String::new(), about: String::new() })
}

#[cfg(test)]
mod tests {
    use gateway::Scheme;

    use super::*;

    fn led(address: &str) -> Option<(String, String)> {
        let city = City { domain: "example.gov.cn".to_owned(), scheme: Scheme::Https, portal: "www".to_owned() };
        page(&city, &"jyj".parse().unwrap(), address).map(|page| (page.site, page.path))
    }

    #[test]
    fn only_pages_of_the_city_are_its_own() {
        let own = |site: &str, path: &str| Some((site.to_owned(), path.to_owned()));
        assert_eq!(led("/tzgg/2026/11/23/a.html"), own("jyj", "/tzgg/2026/11/23/a.html"));
        assert_eq!(led("/TZGG/2026/11/23/A.html"), own("jyj", "/tzgg/2026/11/23/a.html"));
        assert_eq!(led("/tzgg/%61%2Db.html"), own("jyj", "/tzgg/a-b.html"));
        assert_eq!(led("/tzgg/?a=1#b"), own("jyj", "/tzgg/"));
        assert_eq!(led("/tzgg"), own("jyj", "/tzgg/"));
        assert_eq!(led("/tzgg/index.html"), own("jyj", "/tzgg/"));
        assert_eq!(led("https://www.example.gov.cn"), own("www", "/"));
        assert_eq!(led("HTTPS://WWW.Example.gov.cn:443/zwgk/"), own("www", "/zwgk/"));
        assert_eq!(led("//www.example.gov.cn/zwgk/"), own("www", "/zwgk/"));
        for elsewhere in [
            "https://www.example.com/",
            "https://example.gov.cn/",
            "https://evil-example.gov.cn/",
            "https://a.b.example.gov.cn/",
            "mailto:a@example.gov.cn",
            "tel:12345",
            "#s1",
            "a.html",
            "/a/../b.html",
            "/api/publish/openapi.json",
            "/_assets/style.css",
        ] {
            assert_eq!(led(elsewhere), None, "{elsewhere}");
        }
    }
}
