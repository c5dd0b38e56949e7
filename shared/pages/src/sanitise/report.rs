//! What is to be said of an editor's HTML.

/// Most findings, and most names of what was removed, that are told.
const MOST: usize = 20;

/// Something that a person has to mend: a machine could only guess or lose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It could run, load or imitate something: scripts, handlers, frames, forms, foreign content.
    Unsafe {
        /// The element or attribute: `<script>`, `<img onerror>`.
        what: String,
    },
    /// More elements than a page may have.
    TooManyElements {
        /// How many are allowed.
        limit: usize,
    },
    /// A picture that does not lie on the sites themselves; pages load nothing from elsewhere.
    ImageForeign {
        /// Its address, cut.
        address: String,
    },
    /// A picture without an `alt` attribute; an empty one says that it is decoration.
    ImageWithoutAlternative {
        /// Its address, cut.
        address: String,
    },
    /// A link that a reader who hears the page cannot name.
    LinkWithoutName {
        /// Where it leads, cut.
        address: String,
    },
    /// A link to an address that is none, or of a kind that no page leads to.
    LinkAddress {
        /// The address, cut.
        address: String,
    },
    /// A heading with a picture in it and nothing to read.
    HeadingEmpty,
}

/// What was found while a body was read.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) findings: Vec<Finding>,
    pub(super) removed: Vec<String>,
}

impl Report {
    pub(super) fn find(&mut self, finding: Finding) {
        if self.findings.len() < MOST && !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Notes an element, or an attribute of one, that is left out.
    pub(super) fn remove(&mut self, element: &str, attribute: Option<&str>) {
        if self.removed.len() >= MOST {
            return;
        }
        let element = told(element);
        let name = match attribute {
            Some(attribute) => format!("{element}[{}]", told(attribute)),
            None => element,
        };
        if !self.removed.contains(&name) {
            self.removed.push(name);
        }
    }
}

/// A name out of a stranger's markup, fit for a line of text.
pub(super) fn told(name: &str) -> String {
    let fit = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.') { c } else { '?' };
    name.chars().take(30).map(fit).collect()
}

/// An address, short enough for a sentence.
pub(super) fn cut(address: &str) -> String {
    let address = crate::characters::clean(address);
    if address.chars().count() <= 80 { address } else { address.chars().take(79).chain(['…']).collect() }
}
