//! What must be told beside the text, and cannot be so.

use domain::{
    document::Content,
    vetting::{Field, Part, Rule, Spot},
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
            Spot::Field(field.name()),
            Says {
                excerpt: String::new(),
                zh: format!("“{column}”栏目的文件必须填写“{name}”。"),
                en: format!("Documents of this kind of column must tell `{}`.", field.pointer()),
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
            Spot::Field(Field::WrittenOn.name()),
            Says {
                excerpt: day.to_string(),
                zh: format!("成文日期 {day} 晚于今天（{today}）：请核对。"),
                en: format!("The day of signing, {day}, lies ahead of today, {today}: check it."),
                instead: None,
            },
        );
    }
}

/// Where what is told of a field is missed.
fn place(field: Field) -> Place {
    Place::field(Part::Record, field.pointer(), 1)
}
