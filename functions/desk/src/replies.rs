//! Templates for replies (答复模板): texts as data, in which what is to be filled in stands open.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

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
    /// What was found, as the API says it.
    pub(crate) finding: String,
    /// The reply.
    pub(crate) text: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    replies: Vec<Template>,
}

/// A file that does not read has no templates, and fails the test below: no build with one is deployed.
static ALL: LazyLock<Vec<Template>> =
    LazyLock::new(|| toml::from_str::<File>(FILE).map(|file| file.replies).unwrap_or_default());

/// All of them, in the order in which they are offered.
pub(crate) fn all() -> &'static [Template] {
    &ALL
}

/// The template of that name.
pub(crate) fn get(id: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn every_template_has_a_name_a_finding_and_gaps_and_fits_an_answer() {
        let file: File = toml::from_str(FILE).unwrap();
        assert!(file.replies.len() >= 4);
        for template in &file.replies {
            assert_eq!(get(&template.id), Some(template), "{} stands twice", template.id);
            assert!(words::of("outcome", &template.finding).is_some() && !template.name.is_empty(), "{}", template.id);
            assert!(template.text.contains(GAP) && template.text.chars().count() < 2_000, "{}", template.id);
        }
    }
}
