//! Given events, when a command, then events or a refusal.

use jiff::{Timestamp, civil::Date};

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    text::{Line, Prose},
};

const LIMITS: RectificationLimits = RectificationLimits { days: 60, times_a_year: 1 };

fn profile() -> SiteProfile {
    SiteProfile {
        name: Line::new("澄湖市教育局").unwrap(),
        identification_code: "3299010001".to_owned().try_into().unwrap(),
        domain: None,
        languages: Languages::default(),
        theme: Theme::Lake,
        sponsor: Line::new("澄湖市教育局").unwrap(),
        contact: Line::new("0599-1234567").unwrap(),
        icp: Line::new("澄ICP备00000001号").unwrap(),
        police: Prose::default(),
    }
}

fn reason() -> Line<200> {
    Line::new("网站整改").unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A site; every step is decided by the real functions.
struct History {
    state: Site,
    commit: u64,
}

impl History {
    fn opened() -> Self {
        let mut history = Self { state: Site::default(), commit: 0 };
        let open = |s: &Site, c: &Context| open(s, "jyj".parse().unwrap(), "jyj".parse().unwrap(), profile(), c);
        history.take("2026-01-01T00:00:00Z", open).unwrap();
        history
    }

    fn take(
        &mut self,
        at: &str,
        decide: impl FnOnce(&Site, &Context) -> Result<Vec<SiteEvent>, SiteRefusal>,
    ) -> Result<(), SiteRefusal> {
        let now: Timestamp = at.parse().unwrap();
        let context = Context { actor: "registrar".parse().unwrap(), now };
        let events = decide(&self.state, &context)?;
        self.commit += 1;
        let fact = Fact { commit: self.commit, at: now, actor: context.actor };
        for event in events {
            self.state.evolve(event, &fact);
        }
        Ok(())
    }

    fn rectify(&mut self, at: &str, until: &str) -> Result<(), SiteRefusal> {
        self.take(at, |s, c| rectify(s, day(until), reason(), LIMITS, c))
    }

    fn restore(&mut self, at: &str) -> Result<(), SiteRefusal> {
        self.take(at, |s, c| restore(s, reason(), c))
    }
}

#[test]
fn a_rectification_lasts_from_one_day_to_sixty() {
    // 23:30 UTC is the next morning in the city: the 60 days count from there.
    for (until, allowed) in [("2026-03-02", false), ("2026-03-03", true), ("2026-05-01", true), ("2026-05-02", false)] {
        let begun = History::opened().rectify("2026-03-01T23:30:00Z", until);
        let span = SiteRefusal::RectificationSpan {
            until: day(until),
            first: day("2026-03-03"),
            last: day("2026-05-01"),
            days: 60,
        };
        assert_eq!(begun, if allowed { Ok(()) } else { Err(span) }, "{until}");
    }
}

#[test]
fn a_site_is_rectified_once_in_a_year_of_the_citys_calendar() {
    let mut site = History::opened();
    site.rectify("2026-03-01T00:00:00Z", "2026-03-20").unwrap();
    assert_eq!(
        site.rectify("2026-03-02T00:00:00Z", "2026-03-25"),
        Err(SiteRefusal::Rectifying { until: day("2026-03-20") })
    );
    site.restore("2026-03-10T00:00:00Z").unwrap();
    let again = SiteRefusal::RectifiedThisYear { year: 2026, times: 1, allowed: 1 };
    // The year turns in the city eight hours before it turns in UTC.
    assert_eq!(site.rectify("2026-12-31T15:59:59Z", "2027-01-20"), Err(again));
    site.rectify("2026-12-31T16:00:00Z", "2027-01-20").unwrap();
}

#[test]
fn a_refusal_names_its_rule() {
    let refused = History::opened().rectify("2026-03-01T00:00:00Z", "2026-12-31").unwrap_err();
    assert!(refused.to_string().contains("G12") && refused.to_string().contains("60 days"), "{refused}");
    let mut site = History::opened();
    site.rectify("2026-03-01T00:00:00Z", "2026-03-20").unwrap();
    site.restore("2026-03-10T00:00:00Z").unwrap();
    let refused = site.rectify("2026-04-01T00:00:00Z", "2026-04-20").unwrap_err();
    assert!(refused.to_string().contains("G12"), "{refused}");
}

#[test]
fn a_deployment_may_have_other_limits() {
    let limits = RectificationLimits { days: 30, times_a_year: 2 };
    let mut site = History::opened();
    let begin =
        |site: &mut History, at: &str, until: &str| site.take(at, |s, c| rectify(s, day(until), reason(), limits, c));
    assert!(begin(&mut site, "2026-03-01T00:00:00Z", "2026-04-15").is_err());
    for month in ["03", "04"] {
        begin(&mut site, &format!("2026-{month}-01T00:00:00Z"), &format!("2026-{month}-20")).unwrap();
        site.restore(&format!("2026-{month}-10T00:00:00Z")).unwrap();
    }
    assert!(begin(&mut site, "2026-05-01T00:00:00Z", "2026-05-20").is_err());
}

#[test]
fn an_archived_site_says_since_when_and_can_only_be_restored() {
    let mut site = History::opened();
    site.take("2026-06-01T00:00:00Z", |s, c| archive(s, reason(), c)).unwrap();
    let SiteState::Archived(archived) = &site.state.state else { panic!("{:?}", site.state.state) };
    assert_eq!(archived.at, "2026-06-01T00:00:00Z".parse::<Timestamp>().unwrap());
    assert_eq!(site.rectify("2026-06-02T00:00:00Z", "2026-06-20"), Err(SiteRefusal::Archived));
    assert_eq!(site.take("2026-06-02T00:00:00Z", |s, c| archive(s, reason(), c)), Err(SiteRefusal::Unchanged));
    site.restore("2026-06-03T00:00:00Z").unwrap();
    assert_eq!(site.restore("2026-06-04T00:00:00Z"), Err(SiteRefusal::Unchanged));
    site.rectify("2026-06-05T00:00:00Z", "2026-06-20").unwrap();
    site.take("2026-06-06T00:00:00Z", |s, c| archive(s, reason(), c)).unwrap();
}

#[test]
fn a_site_that_is_not_open_has_no_state_to_change() {
    let mut site = History { state: Site::default(), commit: 0 };
    assert_eq!(site.rectify("2026-03-01T00:00:00Z", "2026-03-20"), Err(SiteRefusal::NotOpen));
    assert_eq!(site.take("2026-03-01T00:00:00Z", |s, c| archive(s, reason(), c)), Err(SiteRefusal::NotOpen));
    assert_eq!(site.restore("2026-03-01T00:00:00Z"), Err(SiteRefusal::NotOpen));
}

#[test]
fn a_domain_lies_below_gov_cn() {
    for good in ["www.chenghu.gov.cn", "chenghu.gov.cn", "jyj.chenghu.gov.cn", "a-1.b.gov.cn"] {
        assert!(Domain::try_from(good.to_owned()).is_ok(), "{good}");
    }
    let long = format!("{}.gov.cn", "a".repeat(64));
    for bad in ["gov.cn", ".gov.cn", "www.chenghu.com", "WWW.gov.cn", "a..gov.cn", "-a.gov.cn", "a/b.gov.cn", &long] {
        assert!(Domain::try_from(bad.to_owned()).is_err(), "{bad}");
    }
}

#[test]
fn the_languages_begin_with_simplified_chinese_and_name_each_once() {
    use Language::{English, Simplified, Traditional};
    assert!(Languages::try_from(vec![Simplified, English, Traditional]).is_ok());
    for bad in [vec![], vec![English], vec![English, Simplified], vec![Simplified, English, English]] {
        assert!(Languages::try_from(bad.clone()).is_err(), "{bad:?}");
    }
}
