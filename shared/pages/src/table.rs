//! Tables for spreadsheets: CSV (RFC 4180) in UTF-8 with a byte order mark, without which they take Chinese for something else.

use crate::{Rendered, characters};

/// A table being written.
#[derive(Debug)]
pub struct Table(String);

impl Table {
    /// Begins a table with the names of its columns.
    #[must_use]
    pub fn new<const COLUMNS: usize>(names: [&str; COLUMNS]) -> Self {
        let mut table = Self("\u{feff}".to_owned());
        table.row(names.map(str::to_owned));
        table
    }

    /// Adds a row.
    pub fn row<const COLUMNS: usize>(&mut self, fields: [String; COLUMNS]) {
        self.0.push_str(&fields.map(|text| field(&text)).join(","));
        self.0.push_str("\r\n");
    }

    /// The bytes.
    #[must_use]
    pub fn finish(self) -> Rendered {
        Rendered { content_type: "text/csv; charset=utf-8", bytes: self.0.into_bytes() }
    }
}

/// A field as it is written: quoted where it has to be, and never a formula (OWASP ASVS 1.2.10).
fn field(text: &str) -> String {
    let mut text = characters::clean(text);
    if text.starts_with(['=', '+', '-', '@', '\t']) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_have_to_be_and_no_formula_is_one() {
        let mut table = Table::new(["名称", "值"]);
        table.row(["甲,乙".to_owned(), "说“是”".to_owned()]);
        table.row(["一\"二".to_owned(), "一\r\n二\0".to_owned()]);
        table.row(["=1+1".to_owned(), "@x,y".to_owned()]);
        let Rendered { content_type, bytes } = table.finish();
        assert_eq!(content_type, "text/csv; charset=utf-8");
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\u{feff}名称,值\r\n\"甲,乙\",说“是”\r\n\"一\"\"二\",\"一\n二\"\r\n'=1+1,\"'@x,y\"\r\n");
    }
}
