//! Given what was read, when somebody reads, then a record or a refusal.

use jiff::Timestamp;

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    id::{DepartmentCode, FieldName},
    text::Line,
};

fn read(fields: &[&str]) -> Result<Vec<ReadingEvent>, ReadingRefusal> {
    let fields: Vec<FieldName> = fields.iter().map(|name| name.parse().unwrap()).collect();
    let department: DepartmentCode = "jyj".parse().unwrap();
    let context = Context { actor: "clerk".parse().unwrap(), now: Timestamp::UNIX_EPOCH };
    record(&Readings::default(), &fields, &department, &Line::new("办理来信").unwrap(), &context)
}

#[test]
fn a_reading_says_what_was_opened_by_whose_key_and_why() {
    let mut readings = Readings::default();
    for (commit, event) in (1..).zip(read(&["text", "identity", "text"]).unwrap()) {
        let fact = Fact { commit, at: Timestamp::UNIX_EPOCH, actor: "clerk".parse().unwrap() };
        readings.evolve(event, &fact);
    }
    let [reading] = readings.readings.as_slice() else { panic!("one reading") };
    let named: Vec<&str> = reading.fields.iter().map(FieldName::as_str).collect();
    assert_eq!(named, ["text", "identity"], "each field once");
    assert_eq!((reading.actor.as_str(), reading.why.as_str()), ("clerk", "办理来信"));
}

#[test]
fn what_names_nothing_or_too_much_is_no_reading() {
    assert_eq!(read(&[]), Err(ReadingRefusal::Nothing));
    let many: Vec<String> = (0..=MOST_FIELDS).map(|n| format!("file-{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(read(&many), Err(ReadingRefusal::TooMany { given: 65, limit: 64 }));
}

#[test]
fn a_stream_of_readings_tells_which_case_it_is_about() {
    let case: StreamId = "letter:gq4tmnzzgqztsmzrgq2dqmjsge".parse().unwrap();
    assert_eq!(case_of(&StreamId::reading(&case)), Some(case));
    assert_eq!(case_of(&"reading:odd".parse().unwrap()), None);
}
