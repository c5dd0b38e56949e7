//! What must be told beside the text, and cannot be so.

use domain::{
    document::Content,
    vetting::{Field, Part, Rule},
};
use jiff::civil::Date;

use crate::{
    examiner::Notes,
    finding::{Place, Says},
};

/// The fields that a content in such a column must tell.
pub(crate) fn required(content: &Content, fields: &[Field], column: &str, notes: &mut Notes<'_>) {
    for field in fields.iter().filter(|field| !field.told_by(content)) {
        let name = field.chinese();
        notes.rule(
            Rule::Metadata,
            &place(*field),
            Says {
                excerpt: String::new(),
                zh: format!("“{column}”栏目的文件必须填写“{name}”。"),
                en: format!("A document in a column of kind {column} must tell `{}`.", field.name()),
                instead: None,
            },
        );
    }
}

/// That the day of signing has come.
pub(crate) fn dated(content: &Content, today: Date, notes: &mut Notes<'_>) {
    if let Some(day) = content.written_on.filter(|day| *day > today) {
        notes.rule(
            Rule::DateAhead,
            &place(Field::WrittenOn),
            Says {
                excerpt: day.to_string(),
                zh: format!("成文日期 {day} 晚于今天（{today}）：请核对。"),
                en: format!("The day of signing, {day}, lies ahead of today, {today}: check it."),
                instead: None,
            },
        );
    }
}

/// Where what is told of a field is missed: each field has a passage of its own, so that the finding's name tells which.
fn place(field: Field) -> Place {
    let passage = Field::ALL.iter().position(|known| *known == field).unwrap_or_default() + 1;
    Place { part: Part::Record, pointer: field.pointer().to_owned(), passage }
}
