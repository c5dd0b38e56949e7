//! Templates for replies (答复模板): texts as data, in which what is to be filled in stands open.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{
    api::cases::Case,
    case_acts::{CaseAct, CaseField},
};

const FILE: &str = include_str!("../replies.toml");

/// What stands where something is to be filled in.
pub(crate) const GAP: &str = "＿＿";

/// A template.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Template {
    /// Its name in addresses.
    pub(crate) id: String,
    /// What it is for.
    pub(crate) name: String,
    /// What was found, as the API says it: of the answer to an error report.
    #[serde(default)]
    pub(crate) finding: String,
    /// Of which kind the reply is, as the desk says it: of the reply to an application.
    #[serde(default)]
    pub(crate) result: String,
    /// What that kind says beside.
    #[serde(default)]
    pub(crate) grounds: String,
    /// The reply.
    pub(crate) text: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    replies: Vec<Template>,
    decisions: Vec<Template>,
}

/// A file that does not read has no templates, and fails the test below: no build with one is deployed.
static ALL: LazyLock<File> = LazyLock::new(|| toml::from_str(FILE).unwrap_or_default());

/// Those that an act can begin with as the case stands, in the order in which they are offered: none of a kind of reply that cannot be given now.
pub(crate) fn of(act: &CaseAct, case: &Case) -> Vec<&'static Template> {
    if act.fields.contains(&CaseField::Reply) {
        return ALL.replies.iter().collect();
    }
    if act.fields.contains(&CaseField::Written) {
        let results = CaseField::Result.choices(case);
        let can_be = |template: &&Template| results.iter().any(|(result, _)| *result == template.result);
        return ALL.decisions.iter().filter(can_be).collect();
    }
    Vec::new()
}

impl Template {
    /// What it fills in: each field with its text.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (CaseField, &str)> {
        let text = self.text.trim_end();
        let of_report = [(CaseField::Finding, self.finding.as_str()), (CaseField::Reply, text)];
        let of_application = [
            (CaseField::Result, self.result.as_str()),
            (CaseField::Grounds, self.grounds.as_str()),
            (CaseField::Written, text),
        ];
        let is_of_report = !self.finding.is_empty();
        let report = of_report.into_iter().filter(move |_| is_of_report);
        report.chain(of_application.into_iter().filter(move |_| !is_of_report)).filter(|(_, text)| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{fields::Fields, words};

    fn file() -> File {
        toml::from_str(FILE).unwrap()
    }

    #[test]
    fn every_template_has_a_name_of_its_own_and_gaps_and_fits_an_answer() {
        let File { replies, decisions } = file();
        assert!(replies.len() >= 4);
        for (templates, most) in [(&replies, 2_000), (&decisions, 10_000)] {
            let ids: BTreeSet<&str> = templates.iter().map(|template| template.id.as_str()).collect();
            assert_eq!(ids.len(), templates.len(), "one stands twice");
            for template in templates {
                assert!(template.text.contains(GAP) && template.text.chars().count() < most, "{}", template.id);
                assert!(!template.name.is_empty(), "{}", template.id);
            }
        }
        for template in &replies {
            assert!(words::of("outcome", &template.finding).is_some() && template.result.is_empty(), "{}", template.id);
        }
    }

    #[test]
    fn every_kind_of_reply_has_a_template_that_says_what_it_asks_for_and_how_to_appeal() {
        let decisions = file().decisions;
        let results: BTreeSet<&str> = decisions.iter().map(|template| template.result.as_str()).collect();
        assert_eq!(results, words::all("result").iter().map(|(result, _)| *result).collect());
        for template in &decisions {
            assert!(template.text.contains("行政复议") && template.text.contains("行政诉讼"), "{}", template.id);
            let mut filled = Fields::default();
            template.fields().for_each(|(field, text)| filled.add(field.name(), text));
            let needs = CaseField::Grounds.is_needed(&filled);
            assert!(!needs || template.grounds.contains(GAP), "{}", template.id);
        }
    }
}
