//! The template engine: one environment, strict about what it does not know.

use std::sync::LazyLock;

use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{RenderError, Rendered, address, assets, characters};

/// Raised by hand when Rust code changes the bytes of a page without a change to a template or static file.
const RENDERER: &str = "pages 7";

/// Every template by name.
const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../templates/base.html")),
    ("parts.html", include_str!("../templates/parts.html")),
    ("home.html", include_str!("../templates/home.html")),
    ("column.html", include_str!("../templates/column.html")),
    ("month.html", include_str!("../templates/month.html")),
    ("answers.html", include_str!("../templates/answers.html")),
    ("answers_month.html", include_str!("../templates/answers_month.html")),
    ("catalogue.html", include_str!("../templates/catalogue.html")),
    ("catalogue_list.html", include_str!("../templates/catalogue_list.html")),
    ("catalogue_part.html", include_str!("../templates/catalogue_part.html")),
    ("coverage.html", include_str!("../templates/coverage.html")),
    ("coverage_of_department.html", include_str!("../templates/coverage_of_department.html")),
    ("guide.html", include_str!("../templates/guide.html")),
    ("report.html", include_str!("../templates/report.html")),
    ("reports.html", include_str!("../templates/reports.html")),
    ("statistics.html", include_str!("../templates/statistics.html")),
    ("statistics_month.html", include_str!("../templates/statistics_month.html")),
    ("document.html", include_str!("../templates/document.html")),
    ("history.html", include_str!("../templates/history.html")),
    ("department.html", include_str!("../templates/department.html")),
    ("site_map.html", include_str!("../templates/site_map.html")),
    ("not_found.html", include_str!("../templates/not_found.html")),
    ("gone.html", include_str!("../templates/gone.html")),
    ("moved.html", include_str!("../templates/moved.html")),
    ("fields.html", include_str!("../templates/fields.html")),
    ("questions.html", include_str!("../templates/questions.html")),
    ("check.html", include_str!("../templates/check.html")),
    ("receipt.html", include_str!("../templates/receipt.html")),
    ("status_entry.html", include_str!("../templates/status_entry.html")),
    ("case.html", include_str!("../templates/case.html")),
    ("act.html", include_str!("../templates/act.html")),
    ("told.html", include_str!("../templates/told.html")),
    ("search.html", include_str!("../templates/search.html")),
    ("found.html", include_str!("../templates/found.html")),
];

static ENGINE: LazyLock<Result<Environment<'static>, Error>> = LazyLock::new(|| {
    let mut engine = strict_engine()?;
    engine.add_filter("address", checked_address);
    for (name, source) in TEMPLATES {
        engine.add_template(name, source)?;
    }
    Ok(engine)
});

/// A template engine without templates: strict about what it does not know, and all that it writes is escaped and without forbidden characters.
///
/// # Errors
/// Never, as long as its syntax is one.
pub fn strict_engine() -> Result<Environment<'static>, Error> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_syntax(minijinja::syntax::SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    engine.set_formatter(write_value);
    Ok(engine)
}

static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    let mut part = |name: &str, bytes: &[u8]| {
        for field in [name.as_bytes(), bytes] {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field);
        }
    };
    part("renderer", RENDERER.as_bytes());
    for (name, source) in TEMPLATES {
        part(name, source.as_bytes());
    }
    // The guide tells them.
    part("limits", domain::request::NATIONAL.as_bytes());
    for asset in assets() {
        part(&asset.name, &asset.bytes);
    }
    data_encoding::HEXLOWER.encode(&hasher.finalize())
});

/// SHA-256 in hex over all templates, static files, the limits of applications and the renderer's own number.
///
/// Two builds with the same fingerprint make the same bytes of the same view models; another fingerprint needs another generation.
#[must_use]
pub fn fingerprint() -> &'static str {
    FINGERPRINT.as_str()
}

/// Renders one template as an HTML page.
pub(crate) fn render(template: &str, context: &impl Serialize) -> Result<Rendered, RenderError> {
    let engine = ENGINE.as_ref().map_err(RenderError::BrokenTemplates)?;
    let html = engine.get_template(template)?.render(Serde(context))?;
    Ok(Rendered { content_type: "text/html; charset=utf-8", bytes: html.into_bytes() })
}

/// Writes a value into a page: text escaped and without forbidden characters, nothing for an absent value.
fn write_value(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    match value.as_str() {
        Some(text) if value.is_safe() => out.write_str(text)?,
        Some(text) => characters::escape_into(text, out)?,
        None => characters::escape_into(&value.to_string(), out)?,
    }
    Ok(())
}

/// The filter `address`: lets an address into an attribute, or fails the page.
fn checked_address(url: &str) -> Result<String, Error> {
    address::checked(url)
        .map(str::to_owned)
        .map_err(|unsafe_url| Error::new(ErrorKind::InvalidOperation, unsafe_url.to_string()).with_source(unsafe_url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_a_sha_256() {
        assert_eq!(fingerprint().len(), 64);
        assert!(fingerprint().bytes().all(|byte| byte.is_ascii_hexdigit()));
    }

    #[test]
    fn only_the_document_body_bypasses_escaping() {
        let uses: Vec<_> = TEMPLATES
            .iter()
            .flat_map(|(name, source)| {
                source.lines().filter(|line| line.contains("|safe")).map(move |line| (*name, line.trim()))
            })
            .collect();
        assert_eq!(uses, [("document.html", "{{ page.body|safe }}")]);
        assert!(TEMPLATES.iter().all(|(_, source)| !source.contains("autoescape")));
    }

    #[test]
    fn every_address_in_a_template_is_checked() {
        for (name, source) in TEMPLATES {
            for attribute in ["href=\"{{", "src=\"{{", "action=\"{{"] {
                for (at, _) in source.match_indices(attribute) {
                    let rest = source.get(at..).unwrap();
                    let expression = rest.split("}}").next().unwrap();
                    assert!(expression.contains("|address"), "{name}: {expression}");
                }
            }
        }
    }
}
