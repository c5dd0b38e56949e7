//! The files of a document: what its page shows, what it plays, what it lists.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::files::{SIZES, size, source_set};
use crate::model::{DocumentPage, FileNote, FormNote};

/// The files of a document, each in one place.
#[derive(Debug, Serialize)]
pub(super) struct Files<'a> {
    /// Pictures of a story told in pictures, in their order.
    figures: Vec<Figure<'a>>,
    /// Films and recordings of a document that is one.
    players: Vec<Player<'a>>,
    /// Everything else that the text itself does not show.
    list: Vec<Item<'a>>,
}

#[derive(Debug, Serialize)]
struct Figure<'a> {
    title: &'a str,
    url: &'a str,
    width: u32,
    height: u32,
    source_set: Option<String>,
    sizes: &'static str,
}

#[derive(Debug, Serialize)]
struct Player<'a> {
    title: &'a str,
    url: &'a str,
    media_type: &'static str,
    /// `video` or `audio`.
    element: &'static str,
    /// What is shown before it plays.
    poster: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Item<'a> {
    title: &'a str,
    url: &'a str,
    kind: &'static str,
    size: String,
}

impl<'a> Files<'a> {
    /// The files of `model`, whose body shows the pictures of the hashes `shown`.
    pub(super) fn of(model: &'a DocumentPage, shown: &BTreeSet<&str>) -> Self {
        let mut files = Self { figures: Vec::new(), players: Vec::new(), list: Vec::new() };
        let beside = || model.files.iter().filter(|file| !shown.contains(file.hash.as_str()));
        let poster = beside().find(|file| file.kind.is_picture()).filter(|_| model.form == FormNote::Film);
        for file in beside() {
            match (&model.form, &file.picture) {
                (FormNote::Pictures, Some(picture)) => files.figures.push(Figure {
                    title: &file.title,
                    url: &file.url,
                    width: picture.width,
                    height: picture.height,
                    source_set: (!picture.smaller.is_empty()).then(|| source_set(&file.url, picture)),
                    sizes: SIZES,
                }),
                (FormNote::Film, _) if file.kind.plays() => files.players.push(Player::of(file, poster)),
                (FormNote::Film, _) if poster.is_some_and(|poster| poster.hash == file.hash) => {}
                _ => files.list.push(Item {
                    title: &file.title,
                    url: &file.url,
                    kind: file.kind.chinese(),
                    size: size(file.bytes),
                }),
            }
        }
        files
    }
}

impl<'a> Player<'a> {
    fn of(file: &'a FileNote, poster: Option<&'a FileNote>) -> Self {
        let media_type = file.kind.media_type();
        let element = if media_type.starts_with("video/") { "video" } else { "audio" };
        let poster = poster.filter(|_| element == "video").map(|poster| poster.url.as_str());
        Self { title: &file.title, url: &file.url, media_type, element, poster }
    }
}
