//! The template engine: as that of the pages, strict about what it does not know.

use std::sync::LazyLock;

use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, Value};
use serde::Serialize;

use crate::{moments, words};

/// Every template by name.
const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../templates/base.html")),
    ("parts.html", include_str!("../templates/parts.html")),
    ("queue.html", include_str!("../templates/queue.html")),
    ("drafts.html", include_str!("../templates/drafts.html")),
    ("outcomes.html", include_str!("../templates/outcomes.html")),
    ("cases.html", include_str!("../templates/cases.html")),
    ("taken.html", include_str!("../templates/taken.html")),
    ("case.html", include_str!("../templates/case.html")),
    ("case_correction.html", include_str!("../templates/case_correction.html")),
    ("case_request.html", include_str!("../templates/case_request.html")),
    ("case_parts.html", include_str!("../templates/case_parts.html")),
    ("case_add_file.html", include_str!("../templates/case_add_file.html")),
    ("case_act.html", include_str!("../templates/case_act.html")),
    ("case_open.html", include_str!("../templates/case_open.html")),
    ("case_opened.html", include_str!("../templates/case_opened.html")),
    ("case_readings.html", include_str!("../templates/case_readings.html")),
    ("register.html", include_str!("../templates/register.html")),
    ("registered.html", include_str!("../templates/registered.html")),
    ("messages.html", include_str!("../templates/messages.html")),
    ("terms.html", include_str!("../templates/terms.html")),
    ("departments.html", include_str!("../templates/departments.html")),
    ("department_disclosure.html", include_str!("../templates/department_disclosure.html")),
    ("document.html", include_str!("../templates/document.html")),
    ("history.html", include_str!("../templates/history.html")),
    ("edit.html", include_str!("../templates/edit.html")),
    ("attach.html", include_str!("../templates/attach.html")),
    ("share.html", include_str!("../templates/share.html")),
    ("appearance.html", include_str!("../templates/appearance.html")),
    ("preview.html", include_str!("../templates/preview.html")),
    ("act.html", include_str!("../templates/act.html")),
    ("diff.html", include_str!("../templates/diff.html")),
    ("revisions.html", include_str!("../templates/revisions.html")),
    ("revision.html", include_str!("../templates/revision.html")),
    ("problem.html", include_str!("../templates/problem.html")),
    ("held.html", include_str!("../templates/held.html")),
    ("notice.html", include_str!("../templates/notice.html")),
];

static ENGINE: LazyLock<Result<Environment<'static>, Error>> = LazyLock::new(|| {
    let mut engine = pages::strict_engine()?;
    // What a page was to show is in no log: it may be what a citizen wrote.
    engine.set_debug(false);
    engine.add_filter("address", checked_address);
    engine.add_filter("moment", |instant: &str| moments::told(instant));
    engine.add_filter("word", |code: &str, kind: &str| words::of(kind, code).unwrap_or(code).to_owned());
    engine.add_filter("part", crate::api::part);
    engine.add_filter("size", size);
    engine.add_filter("plain", plain);
    for (name, source) in TEMPLATES {
        engine.add_template(name, source)?;
    }
    Ok(engine)
});

/// Renders one template.
pub(crate) fn render(template: &str, context: &impl Serialize) -> Result<String, String> {
    let engine = ENGINE.as_ref().map_err(told)?;
    let template = engine.get_template(template).map_err(|error| told(&error))?;
    template.render(Serde(context)).map_err(|error| told(&error))
}

fn told(error: &Error) -> String {
    format!("{error:#}")
}

/// The filter `address`: lets an address of the house or of the web into an attribute, or fails the page.
fn checked_address(url: &str) -> Result<String, Error> {
    let known = url.starts_with("http://")
        || url.starts_with("https://")
        || url.starts_with('#')
        || (url.starts_with('/') && !url.starts_with("//"));
    let clean = !url.chars().any(|c| c.is_control() || c.is_whitespace() || "\"<>`\\".contains(c));
    if known && clean {
        Ok(url.to_owned())
    } else {
        Err(Error::new(ErrorKind::InvalidOperation, "no address for a page"))
    }
}

/// The filter `size`: bytes as a person says them.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} 字节"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, (bytes % 1_048_576) * 10 / 1_048_576),
    }
}

/// The filter `plain`: a value of a comparison as text.
fn plain(value: &Value) -> String {
    if value.is_none() || value.is_undefined() {
        return "（空）".to_owned();
    }
    if let Some(text) = value.as_str() {
        return if text.is_empty() { "（空）".to_owned() } else { text.to_owned() };
    }
    match value.try_iter() {
        Ok(items) if value.kind() == minijinja::value::ValueKind::Seq => {
            let items: Vec<String> = items.map(|item| plain(&item)).collect();
            if items.is_empty() { "（空）".to_owned() } else { items.join("、") }
        }
        // A file is known by its title, and by its hash to machines alone.
        Ok(_) if value.get_attr("file").is_ok_and(|file| file.as_str().is_some()) => {
            value.get_attr("title").map_or_else(|_| "（无标题）".to_owned(), |title| plain(&title))
        }
        Ok(names) if value.kind() == minijinja::value::ValueKind::Map => {
            let pairs = names.filter_map(|name| value.get_item(&name).ok().map(|item| (name, item)));
            pairs.map(|(name, item)| format!("{name}：{}", plain(&item))).collect::<Vec<_>>().join("；")
        }
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_one() {
        assert!(ENGINE.is_ok(), "{:#}", ENGINE.as_ref().unwrap_err());
    }

    #[test]
    fn only_sanitised_bodies_bypass_escaping() {
        let uses: Vec<_> = TEMPLATES
            .iter()
            .flat_map(|(name, source)| {
                source.lines().filter(|line| line.contains("|safe")).map(move |line| (*name, line.trim()))
            })
            .collect();
        assert_eq!(uses, [("preview.html", "{{ page.body|safe }}"), ("revision.html", "{{ page.body|safe }}")]);
        assert!(TEMPLATES.iter().all(|(_, source)| !source.contains("autoescape")));
    }

    #[test]
    fn every_address_in_a_template_is_checked_and_nothing_runs() {
        for (name, source) in TEMPLATES {
            for attribute in ["href=\"{{", "src=\"{{", "action=\"{{"] {
                for (at, _) in source.match_indices(attribute) {
                    let expression = source[at..].split("}}").next().unwrap();
                    assert!(expression.contains("|address"), "{name}: {expression}");
                }
            }
            for forbidden in ["<script", "<style", " style=", " onclick", "javascript:"] {
                assert!(!source.contains(forbidden), "{name}: {forbidden}");
            }
        }
    }

    #[test]
    fn markup_and_disguises_are_only_text() {
        let engine = ENGINE.as_ref().unwrap();
        let escaped = |text: &str| engine.render_str("{{ text }}", minijinja::context! { text }).unwrap();
        assert_eq!(escaped("</title>'\"&\u{202e}\u{0}甲\n"), "&lt;/title&gt;&#39;&quot;&amp;甲\n");
    }

    #[test]
    fn foreign_forms_of_addresses_fail_the_page() {
        for wrong in ["javascript:alert(1)", "//a.example", "x", "", "/a b", "/\"", "data:text/html,x"] {
            assert!(checked_address(wrong).is_err(), "{wrong}");
        }
        assert!(checked_address("/api/desk/").is_ok());
    }

    #[test]
    fn values_are_told_as_a_person_would() {
        let told = |json: serde_json::Value| plain(&Value::from(Serde(json)));
        assert_eq!(told(serde_json::json!(["甲", "乙"])), "甲、乙");
        assert_eq!(told(serde_json::json!(null)), "（空）");
        assert_eq!(told(serde_json::json!([{"kind": "amends"}])), "kind：amends");
        assert_eq!((size(12), size(2_000), size(3_500_000)), ("12 字节".into(), "2 KB".into(), "3.3 MB".into()));
    }
}
