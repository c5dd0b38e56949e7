//! How many messages are dead, read from the file: whether or not somebody serves it.

use std::path::Path;

use outbox::WORK_INDEX;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::cloud::tables::OUTBOX;

/// How many messages of the database in `file` could not be delivered; none where it is of a time before messages.
///
/// # Errors
/// The file cannot be read.
pub fn dead_letters(file: &Path) -> rusqlite::Result<u64> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // dynoxide keeps an index in a table of this name.
    let index = format!("{OUTBOX}::gsi::{WORK_INDEX}");
    let known = connection.query_row("SELECT 1 FROM sqlite_master WHERE name = ?1", [&index], |_| Ok(()));
    if known.optional()?.is_none() {
        return Ok(0);
    }
    connection.query_row(&format!("SELECT count(*) FROM \"{index}\" WHERE gsi_pk LIKE '%dead'"), [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use dynoxide::Database;
    use serde_json::json;

    use super::*;
    use crate::cloud::tables::create_missing;

    #[test]
    fn dead_messages_are_counted_and_others_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dynamo.sqlite");
        let database = Database::new(file.to_str().unwrap()).unwrap();
        assert_eq!(dead_letters(&file).unwrap(), 0, "of a time before messages");
        create_missing(&database).unwrap();
        for (id, work) in [("a", Some("dead")), ("b", Some("due")), ("c", Some("dead")), ("d", None)] {
            let mut item = json!({"pk": {"S": id}, "sk": {"S": "-"}, "work_sk": {"S": id}});
            if let Some(work) = work {
                item["work_pk"] = json!({"S": work});
            }
            let request = serde_json::from_value(json!({"TableName": OUTBOX, "Item": item})).unwrap();
            database.put_item(request).unwrap();
        }
        assert_eq!(dead_letters(&file).unwrap(), 2);
    }
}
