//! Given an appearance, when it is to be another, then events or a refusal.

use jiff::Timestamp;

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    document::WebAddress,
    text::Line,
};

fn line<const N: usize>(text: &str) -> Line<N> {
    Line::new(text).unwrap()
}

fn storm(text: &str) -> Banner {
    let address = WebAddress::try_from("https://www.chenghu.gov.cn/yjgl/".to_owned()).unwrap();
    let link = BannerLink { name: line("查看避险指引"), address };
    Banner { level: BannerLevel::Emergency, text: line(text), link: Some(link) }
}

fn plain() -> Wanted {
    Wanted { banner: None, greyscale: None }
}

/// An appearance; every step is decided by the real function.
struct History {
    state: Appearance,
    site: Option<SiteLabel>,
    commit: u64,
}

impl History {
    fn of(site: Option<&str>) -> Self {
        Self { state: Appearance::default(), site: site.map(|label| label.parse().unwrap()), commit: 0 }
    }

    fn take(&mut self, wanted: Wanted) -> Result<Vec<AppearanceEvent>, AppearanceRefusal> {
        let now = Timestamp::from_second(1_800_000_000 + i64::try_from(self.commit).unwrap()).unwrap();
        let context = Context { actor: "on-duty".parse().unwrap(), now };
        let events = change(&self.state, self.site.clone(), wanted, &context)?;
        self.commit += 1;
        let fact = Fact { commit: self.commit, at: now, actor: context.actor };
        for event in events.clone() {
            self.state.evolve(event, &fact);
        }
        Ok(events)
    }
}

#[test]
fn a_banner_is_raised_replaced_and_lowered() {
    let mut city = History::of(None);
    let raised = city.take(Wanted { banner: Some(storm("台风红色预警")), ..plain() }).unwrap();
    assert_eq!(raised, [AppearanceEvent::BannerRaised { site: None, banner: storm("台风红色预警") }]);
    city.take(Wanted { banner: Some(storm("台风橙色预警")), ..plain() }).unwrap();
    let stands = city.state.banner.clone().unwrap();
    assert_eq!((stands.banner, stands.since.as_second()), (storm("台风橙色预警"), 1_800_000_001));
    assert_eq!(city.take(plain()).unwrap(), [AppearanceEvent::BannerLowered {}]);
    assert_eq!(city.state, Appearance::default());
}

#[test]
fn what_is_not_named_ends() {
    let mut site = History::of(Some("jyj"));
    let both = Wanted { banner: Some(storm("停课通知")), greyscale: Some(line("全国哀悼日")) };
    assert_eq!(site.take(both).unwrap().len(), 2);
    let grey = Wanted { greyscale: Some(line("全国哀悼日")), ..plain() };
    assert_eq!(site.take(grey).unwrap(), [AppearanceEvent::BannerLowered {}], "greyscale stays as it was");
    assert_eq!(site.state.greyscale.as_ref().unwrap().since.as_second(), 1_800_000_000);
    assert_eq!(site.take(plain()).unwrap(), [AppearanceEvent::GreyscaleEnded {}]);
}

#[test]
fn a_change_to_what_is_already_is_refused() {
    let mut site = History::of(Some("jyj"));
    assert_eq!(site.take(plain()), Err(AppearanceRefusal::Unchanged));
    let grey = Wanted { greyscale: Some(line("全国哀悼日")), ..plain() };
    site.take(grey.clone()).unwrap();
    assert_eq!(site.take(grey), Err(AppearanceRefusal::Unchanged));
}

#[test]
fn events_name_the_site_they_are_about() {
    let site: SiteLabel = "jyj".parse().unwrap();
    let mut history = History::of(Some("jyj"));
    history.take(Wanted { banner: Some(storm("停课通知")), greyscale: Some(line("全国哀悼日")) }).unwrap();
    assert_eq!(history.state.banner.unwrap().site, Some(site.clone()));
    assert_eq!(history.state.greyscale.unwrap().site, Some(site));
}

#[test]
fn a_stream_tells_which_site_it_is_about() {
    let city: SiteLabel = "city".parse().unwrap();
    for site in [None, Some(city)] {
        assert_eq!(site_of(&StreamId::appearance(site.as_ref())), site);
    }
}
