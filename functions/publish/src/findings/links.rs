//! Links to the city's own pages: what a reader who follows one is answered with.

use std::collections::BTreeMap;

use domain::SiteLabel;
use futures::{StreamExt, TryStreamExt, stream};
use gateway::City;
use vetting::Linked;
use views::PageKey;

use crate::{refusal::Refusal, state::PublishState};

/// Pages that are asked for: what a text links to beyond them is not looked at.
const PAGES: usize = 200;
/// Pages asked for at once.
const CONCURRENT: usize = 16;

/// The links that lead to a page of the city's own that is not there, with what a reader is answered with.
///
/// The pages themselves are asked, for they are what readers get; they follow an accepted command within moments.
pub(super) async fn dead(
    state: &PublishState,
    site: &SiteLabel,
    links: &[Linked],
) -> Result<Vec<(Linked, u16)>, Refusal> {
    let own: Vec<(&Linked, PageKey)> =
        links.iter().filter_map(|link| Some((link, page(&state.city, site, &link.address)?))).collect();
    let pages: BTreeMap<&PageKey, ()> = own.iter().map(|(_, page)| (page, ())).collect();
    let pages: Vec<PageKey> = pages.into_keys().take(PAGES).cloned().collect();
    let answers: BTreeMap<PageKey, u16> = stream::iter(pages)
        .map(|page| async move {
            let answer = state.pages.head(&page).await?.map_or(404, |head| head.status);
            Ok::<_, Refusal>((page, answer))
        })
        .buffer_unordered(CONCURRENT)
        .try_collect()
        .await?;
    let dead = own.into_iter().filter_map(|(link, page)| {
        let answer = *answers.get(&page)?;
        matches!(answer, 404 | 410).then(|| (link.clone(), answer))
    });
    Ok(dead.collect())
}

/// The page of the city's own that an address leads to from a page of `site`; none if it leads elsewhere, or to no page.
fn page(city: &City, site: &SiteLabel, address: &str) -> Option<PageKey> {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let (site, path) = match address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")) {
        Some(rest) => {
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let label = host.strip_suffix(city.domain.as_str())?.strip_suffix('.')?;
            (label.parse::<SiteLabel>().ok()?, path)
        }
        None if address.starts_with('/') && !address.starts_with("//") => (site.clone(), address),
        None => return None,
    };
    let served_elsewhere = ["/api/", "/_assets/"].iter().any(|front| path.starts_with(front));
    if served_elsewhere {
        return None;
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    let folder = path.is_empty() || (!last.is_empty() && !last.contains('.'));
    let path = path.strip_suffix("index.html").filter(|front| front.ends_with('/')).unwrap_or(path);
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
        assert_eq!(led("/tzgg/?a=1#b"), own("jyj", "/tzgg/"));
        assert_eq!(led("/tzgg"), own("jyj", "/tzgg/"));
        assert_eq!(led("/tzgg/index.html"), own("jyj", "/tzgg/"));
        assert_eq!(led("https://www.example.gov.cn"), own("www", "/"));
        assert_eq!(led("http://www.example.gov.cn/zwgk/"), own("www", "/zwgk/"));
        for elsewhere in [
            "https://www.example.com/",
            "https://example.gov.cn/",
            "https://evil-example.gov.cn/",
            "https://a.b.example.gov.cn/",
            "mailto:a@example.gov.cn",
            "tel:12345",
            "#s1",
            "//www.example.gov.cn/",
            "/api/publish/openapi.json",
            "/_assets/style.css",
        ] {
            assert_eq!(led(elsewhere), None, "{elsewhere}");
        }
    }
}
