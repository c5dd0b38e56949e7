//! Given what a column lists, when it is to list more or less, then events or a refusal.

use jiff::Timestamp;

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    column::Archive,
    text::Line,
};

fn document() -> DocumentId {
    "gq4tmnzzgqztsmzrgq2dqmjsge".parse().unwrap()
}

fn source() -> Source {
    let name = Line::new("澄湖市教育局").unwrap();
    Source { document: document(), column: "jyj.tzgg".parse().unwrap(), name }
}

#[derive(Default)]
struct History {
    state: Sharing,
    commit: u64,
}

impl History {
    fn take(
        &mut self,
        decide: impl FnOnce(&Sharing, &Context) -> Result<Vec<SharingEvent>, SharingRefusal>,
    ) -> Result<(), SharingRefusal> {
        let now = Timestamp::from_second(1_800_000_000 + i64::try_from(self.commit).unwrap()).unwrap();
        let context = Context { actor: "publisher".parse().unwrap(), now };
        let events = decide(&self.state, &context)?;
        self.commit += 1;
        let fact = Fact { commit: self.commit, at: now, actor: context.actor };
        for event in events {
            self.state.evolve(event, &fact);
        }
        Ok(())
    }

    fn share(&mut self, source: Option<&Source>, column: &str) -> Result<(), SharingRefusal> {
        self.take(|state, context| share(state, source, column.parse().unwrap(), Archive::Month, context))
    }

    fn end(&mut self) -> Result<(), SharingRefusal> {
        self.take(|state, context| end(state, Line::new("内容重复").unwrap(), context))
    }
}

#[test]
fn a_public_document_of_another_column_is_listed_once_until_it_is_taken_from_the_list() {
    let mut sharing = History::default();
    assert_eq!(sharing.end(), Err(SharingRefusal::NotShared));
    sharing.share(Some(&source()), "www.zwgk.tzgg").unwrap();
    assert_eq!(sharing.share(Some(&source()), "www.zwgk.tzgg"), Err(SharingRefusal::AlreadyShared));
    sharing.end().unwrap();
    assert_eq!(sharing.end(), Err(SharingRefusal::NotShared));
    sharing.share(Some(&source()), "www.zwgk.tzgg").unwrap();
    let at: Vec<i64> = sharing.state.places.iter().map(|place| place.at.as_second() - 1_800_000_000).collect();
    assert_eq!(at, [0, 2], "it stands where it was shared last, and every place is known");
}

#[test]
fn what_is_not_public_or_stands_there_itself_is_not_shared() {
    let mut sharing = History::default();
    assert_eq!(sharing.share(None, "www.zwgk.tzgg"), Err(SharingRefusal::NotPublic));
    let own = SharingRefusal::OwnColumn { column: "jyj.tzgg".parse().unwrap() };
    assert_eq!(sharing.share(Some(&source()), "jyj.tzgg"), Err(own));
    assert_eq!(sharing.state, Sharing::default());
}

#[test]
fn a_stream_tells_which_document_it_is_about() {
    let stream = StreamId::sharing(&"www.zwgk.tzgg".parse().unwrap(), &document());
    assert_eq!(stream.as_str(), "sharing:www.zwgk.tzgg.gq4tmnzzgqztsmzrgq2dqmjsge");
    assert_eq!(document_of(&stream), Some(document()));
}
