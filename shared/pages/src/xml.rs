//! A small hand over quick-xml: elements with clean text, and the provenance that every output carries.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::characters;
use crate::model::Provenance;

/// An XML document being written.
pub(crate) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Starts a document with its declaration and the provenance as a comment.
    pub(crate) fn new(provenance: &Provenance) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let comment = format!(" {} ", provenance_line(provenance));
        writer.write_event(Event::Comment(BytesText::from_escaped(comment)))?;
        Ok(Self(writer))
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    /// Closes an element.
    pub(crate) fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes an element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// Writes an element with text.
    pub(crate) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.text_with(name, &[], text)
    }

    /// Writes an element with attributes and text.
    pub(crate) fn text_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.0.write_event(Event::Text(BytesText::new(&characters::clean(text))))?;
        self.close(name)
    }

    /// The bytes, with a final line feed.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, characters::clean(value).as_str()));
    }
    start
}

/// Stream, version, digest and generation in one line that is safe in a comment of XML or of robots.txt.
pub(crate) fn provenance_line(provenance: &Provenance) -> String {
    let word = |text: &str| -> String {
        let kept: String = text.chars().filter(|c| c.is_ascii_alphanumeric() || ".:_/-".contains(*c)).collect();
        // Two hyphens would end a comment.
        kept.replace("--", "__")
    };
    format!(
        "stream {} version {} digest {} generation {}",
        word(&provenance.stream),
        provenance.version,
        word(&provenance.digest),
        provenance.generation
    )
}
