//! The JSON beside a document's page.

use serde::Serialize;

use super::{Named, Published, page, url};
use crate::html::{body, filled, issuer, newest_first, subject, validity};
use crate::model::{
    CatalogueNote, ChangeNote, DocumentLink, DocumentPage, FileNote, FormNote, Frame, OriginNote, Relations,
};
use crate::when::{When, iso};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Document<'a> {
    index_number: Option<&'a str>,
    document_number: Option<&'a str>,
    kind: Option<&'a str>,
    summary: Option<&'a str>,
    keywords: &'a [String],
    written_on: Option<String>,
    published: Published,
    source: Option<&'a str>,
    issuer: Option<&'a str>,
    department: Named<'a>,
    column: Named<'a>,
    body_html: String,
    attachments: Vec<Attachment<'a>>,
    notes: Vec<Note<'a>>,
    history: Option<String>,
    origin: Option<Origin<'a>>,
    catalogue: Catalogue<'a>,
    form: Form<'a>,
    relations: RelationLists<'a>,
}

/// How the catalogue files it, as its page shows it.
#[derive(Serialize)]
struct Catalogue<'a> {
    subject: Option<&'a str>,
    genre: Option<&'a str>,
    class: Option<&'a str>,
    terms: &'a [String],
    validity: Option<&'a str>,
    expires_on: Option<String>,
    office: Option<&'a str>,
}

impl<'a> Catalogue<'a> {
    fn of(model: &'a DocumentPage) -> Self {
        let CatalogueNote { genre, class, terms, expires_on, office, .. } = &model.catalogue;
        Self {
            subject: subject(model),
            genre: filled(genre.as_deref()),
            class: filled(class.as_deref()),
            terms,
            validity: validity(model),
            expires_on: expires_on.map(iso),
            office: filled(office.as_deref()),
        }
    }
}

/// What it is beside a text.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Form<'a> {
    Article,
    Question { answer: Option<&'a str>, reviewed_on: String },
    Leader { post: &'a str, duties: Option<&'a str> },
    Link { address: String },
    File,
    Pictures,
    Film,
}

impl<'a> Form<'a> {
    fn of(frame: &Frame, form: &'a FormNote) -> Result<Self, RenderError> {
        Ok(match form {
            FormNote::Article => Self::Article,
            FormNote::Question { answer, reviewed_on } => {
                Self::Question { answer: filled(Some(answer)), reviewed_on: iso(*reviewed_on) }
            }
            FormNote::Leader { post, duties } => Self::Leader { post, duties: filled(Some(duties)) },
            FormNote::Link { address, .. } => Self::Link { address: url(frame, address)? },
            FormNote::File => Self::File,
            FormNote::Pictures => Self::Pictures,
            FormNote::Film => Self::Film,
        })
    }
}

/// A file beside the text, or a picture in it.
#[derive(Serialize)]
struct Attachment<'a> {
    title: &'a str,
    url: String,
    kind: &'static str,
    media_type: &'static str,
    bytes: u64,
    picture: Option<Picture>,
}

#[derive(Serialize)]
struct Picture {
    width: u32,
    height: u32,
    smaller: Vec<Smaller>,
}

#[derive(Serialize)]
struct Smaller {
    url: String,
    width: u32,
    height: u32,
}

impl<'a> Attachment<'a> {
    fn of(frame: &Frame, file: &'a FileNote) -> Result<Self, RenderError> {
        let picture = file.picture.as_ref().map(|picture| {
            let smaller = picture.smaller.iter().map(|smaller| {
                Ok(Smaller { url: url(frame, &smaller.url)?, width: smaller.width, height: smaller.height })
            });
            let smaller = smaller.collect::<Result<_, RenderError>>()?;
            Ok::<_, RenderError>(Picture { width: picture.width, height: picture.height, smaller })
        });
        Ok(Self {
            title: &file.title,
            url: url(frame, &file.url)?,
            kind: file.kind.name(),
            media_type: file.kind.media_type(),
            bytes: file.bytes,
            picture: picture.transpose()?,
        })
    }
}

/// What it is to others, and others to it.
#[derive(Serialize)]
struct RelationLists<'a> {
    interprets: Vec<Other<'a>>,
    interpreted_by: Vec<Other<'a>>,
    amends: Vec<Other<'a>>,
    amended_by: Vec<Other<'a>>,
    repeals: Vec<Other<'a>>,
    repealed_by: Vec<Other<'a>>,
    based_on: Vec<Other<'a>>,
    basis_of: Vec<Other<'a>>,
}

impl<'a> RelationLists<'a> {
    fn of(frame: &Frame, relations: &'a Relations) -> Result<Self, RenderError> {
        let others = |links: &'a [DocumentLink]| -> Result<Vec<Other<'a>>, RenderError> {
            links.iter().map(|link| Other::of(frame, link)).collect()
        };
        Ok(Self {
            interprets: others(&relations.interprets)?,
            interpreted_by: others(&relations.interpreted_by)?,
            amends: others(&relations.amends)?,
            amended_by: others(&relations.amended_by)?,
            repeals: others(&relations.repeals)?,
            repealed_by: others(&relations.repealed_by)?,
            based_on: others(&relations.based_on)?,
            basis_of: others(&relations.basis_of)?,
        })
    }
}

#[derive(Serialize)]
struct Note<'a> {
    at: String,
    note: &'a str,
    version: u64,
}

impl<'a> From<&'a ChangeNote> for Note<'a> {
    fn from(note: &'a ChangeNote) -> Self {
        Self { at: When::from(note.at).machine, note: &note.note, version: note.version }
    }
}

#[derive(Serialize)]
struct Origin<'a> {
    name: &'a str,
    url: Option<String>,
    migrated_at: String,
    issuer: Option<&'a str>,
    subject: Option<&'a str>,
    validity: Option<&'a str>,
    history: &'a [String],
}

impl<'a> Origin<'a> {
    fn of(frame: &Frame, note: &'a OriginNote) -> Result<Self, RenderError> {
        Ok(Self {
            name: &note.name,
            url: filled(note.url.as_deref()).map(|address| url(frame, address)).transpose()?,
            migrated_at: When::from(note.migrated_at).machine,
            issuer: filled(note.issuer.as_deref()),
            subject: filled(note.subject.as_deref()),
            validity: filled(note.validity.as_deref()),
            history: &note.history,
        })
    }
}

#[derive(Serialize)]
struct Other<'a> {
    title: &'a str,
    url: String,
    published: Published,
}

impl<'a> Other<'a> {
    fn of(frame: &Frame, link: &'a DocumentLink) -> Result<Self, RenderError> {
        Ok(Self { title: &link.title, url: url(frame, &link.url)?, published: link.dated.into() })
    }
}

/// Writes the JSON beside the page of one document.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn document(frame: &Frame, model: &DocumentPage) -> Result<Rendered, RenderError> {
    let document = Document {
        index_number: filled(Some(&model.index_number)),
        document_number: filled(model.document_number.as_deref()),
        kind: filled(Some(&model.kind)),
        summary: filled(Some(&model.summary)),
        keywords: &model.keywords,
        written_on: model.written_on.map(iso),
        published: model.dated.into(),
        source: filled(Some(&model.source)),
        issuer: issuer(model),
        department: Named::of(frame, &model.issuer)?,
        column: Named::of(frame, &model.column)?,
        body_html: body(model),
        attachments: model.files.iter().map(|file| Attachment::of(frame, file)).collect::<Result<_, _>>()?,
        notes: newest_first(&model.notes).into_iter().map(Note::from).collect(),
        history: model.history.as_deref().map(|path| url(frame, path)).transpose()?,
        origin: model.origin.as_ref().map(|note| Origin::of(frame, note)).transpose()?,
        catalogue: Catalogue::of(model),
        form: Form::of(frame, &model.form)?,
        relations: RelationLists::of(frame, &model.relations)?,
    };
    page("document", frame, &model.title, document)
}
