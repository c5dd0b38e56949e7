//! The files that an editor puts beside a text or into it: named by their hash, looked up before the text is stored.

use std::collections::{BTreeMap, BTreeSet};

use command::{Checks, mirrored};
use domain::{
    StaffId,
    document::{self, ATTACHMENTS, Attachment, BodyHash, Document, DocumentRefusal, Form},
    file::{self, StoredFile},
    text::Line,
};
use futures::{StreamExt, TryStreamExt, stream};
use gateway::Sentence;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{refusal::Refusal, state::PublishState};

/// Where they stand in the request.
const POINTER: &str = "/content/attachments";

/// Files looked up at once.
const CONCURRENT: usize = 8;

mirrored! {
    file:
    /// What a file is.
    FileKind:
    /// Portable Document Format.
    Pdf,
    /// Open Fixed-layout Document (版式文档, GB/T 33190).
    Ofd,
    /// Word up to 2003.
    Doc,
    /// Word.
    Docx,
    /// Excel up to 2003.
    Xls,
    /// Excel.
    Xlsx,
    /// PowerPoint up to 2003.
    Ppt,
    /// PowerPoint.
    Pptx,
    /// A table as text.
    Csv,
    /// Plain text.
    Text,
    /// An archive of other files.
    Zip,
    /// A photograph.
    Jpeg,
    /// A drawing.
    Png,
    /// Sound.
    Mp3,
    /// A film.
    Mp4,
}

/// A file beside the text, or a picture in it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttachmentInput {
    /// The file, as `POST /files` named it. The body shows a picture, or links to a file, by `/_files/` and this name.
    #[schema(example = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9", pattern = "^[0-9a-f]{64}$")]
    file: String,
    /// What readers know it by, 1–100 characters, without the ending of a file's name.
    #[schema(example = "报名表", max_length = 100, min_length = 1)]
    title: String,
}

/// A file beside the text, or a picture in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachmentView {
    /// The file.
    file: String,
    /// What readers know it by.
    title: String,
    /// What it is.
    kind: FileKind,
    /// How many bytes it has.
    bytes: u64,
    /// Its size in pixels, if it is a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<PictureView>,
}

/// The size of a picture.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PictureView {
    /// Width in pixels.
    width: u32,
    /// Height in pixels.
    height: u32,
    /// The widths in which there is the same picture smaller, widest first.
    smaller: Vec<u32>,
}

impl From<Attachment> for AttachmentView {
    fn from(Attachment { title, file }: Attachment) -> Self {
        Self {
            title: title.into(),
            kind: file.kind.into(),
            bytes: file.bytes,
            picture: file.picture.as_ref().map(PictureView::of),
            file: file.hash.into(),
        }
    }
}

impl PictureView {
    pub(crate) fn of(picture: &file::Picture) -> Self {
        let smaller = picture.smaller.iter().map(|smaller| smaller.width).collect();
        Self { width: picture.width, height: picture.height, smaller }
    }
}

/// Files as their editor names them, not looked up yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named(Vec<(BodyHash, Line<100>)>);

impl Named {
    /// Checks the shape of what was told.
    pub(crate) fn checked(told: &[AttachmentInput], checks: &mut Checks) -> Option<Self> {
        checks.at_most(POINTER, told.len(), ATTACHMENTS)?;
        let checked: Vec<_> = told
            .iter()
            .enumerate()
            .map(|(at, attachment)| {
                let file = checks.converted::<BodyHash>(&format!("{POINTER}/{at}/file"), &attachment.file);
                let title = checks.line::<100>(&format!("{POINTER}/{at}/title"), &attachment.title);
                Some((file?, title?))
            })
            .collect();
        checked.into_iter().collect::<Option<_>>().map(Self)
    }

    /// Looks every file up, and holds the text against them: it names no other, shows only pictures, and has what its form is about.
    ///
    /// Whoever revises a document may go on using its files, but for those that were erased; another file is his who took it in, whoever else knows its hash. His record
    /// may outlive the bytes, which a sweep takes away by themselves: of what no standing text names, every body is asked for.
    pub(crate) async fn looked_up(
        self,
        state: &PublishState,
        staff: &StaffId,
        standing: &Document,
        html: &str,
        form: &Form,
    ) -> Result<Vec<Attachment>, Refusal> {
        // The decision refuses it again, of whoever erases it meanwhile: here it is not told to be uploaded.
        if let Some((file, _)) = self.0.iter().find(|(hash, _)| standing.erased.contains(hash)) {
            return Err(DocumentRefusal::FileErased { file: file.clone() }.into());
        }
        let (known, named) = (files_of(standing), named_by(standing));
        let hashes: Vec<BodyHash> = self.0.iter().map(|(hash, _)| hash.clone()).collect();
        let (known, named) = (&known, &named);
        let files: BTreeMap<BodyHash, StoredFile> = stream::iter(hashes)
            .map(|hash| async move {
                let file = match known.get(&hash) {
                    Some(file) => Some((*file).clone()),
                    None => state.ledger.file(&hash, staff).await?,
                };
                let file = match file {
                    Some(file) if !named.contains(&hash) && !is_whole(state, &file).await? => None,
                    file => file,
                };
                Ok::<_, Refusal>(file.map(|file| (hash, file)))
            })
            .buffer_unordered(CONCURRENT)
            .try_filter_map(|found| async move { Ok(found) })
            .try_collect()
            .await?;
        let mut checks = Checks::default();
        let attachments = self.with(&files, &mut checks);
        fit(&attachments, html, form, &mut checks);
        if checks.passed() { Ok(attachments) } else { Err(checks.refusal()) }
    }

    fn with(self, files: &BTreeMap<BodyHash, StoredFile>, checks: &mut Checks) -> Vec<Attachment> {
        let mut attachments = Vec::new();
        for (at, (hash, title)) in self.0.into_iter().enumerate() {
            match files.get(&hash) {
                Some(file) => attachments.push(Attachment { title, file: file.clone() }),
                None => checks.add(
                    &format!("{POINTER}/{at}/file"),
                    "file-unknown",
                    Sentence::new(
                        format!("没有这个文件：{hash}。请先用 POST /files 上传（久未使用的已被清理，请重新上传），再用返回的 file。"),
                        format!(
                            "There is no file `{hash}`, or it lay unused too long; upload it by POST /files and use the name it answers with."
                        ),
                    ),
                ),
            }
        }
        attachments
    }
}

/// The files that a document names now, or ever gave its readers, but for those that were erased.
pub(crate) fn files_of(standing: &Document) -> BTreeMap<&BodyHash, &StoredFile> {
    let given = standing.files.iter().map(|file| &file.attachment);
    let kept = given
        .chain(attached_to(standing))
        .filter(|attachment| !attachment.bodies().any(|body| standing.erased.contains(body)));
    kept.map(|attachment| (&attachment.file.hash, &attachment.file)).collect()
}

/// The files that a document names now: a sweep leaves them where they are.
fn named_by(standing: &Document) -> BTreeSet<&BodyHash> {
    attached_to(standing).map(|attachment| &attachment.file.hash).collect()
}

fn attached_to(standing: &Document) -> impl Iterator<Item = &Attachment> {
    let drafted = standing.draft.iter().map(|draft| &draft.content);
    let contents = drafted.chain(standing.live.iter().map(|live| &live.content));
    contents.flat_map(|content| &content.attachments)
}

/// Whether every body of a file is there.
async fn is_whole(state: &PublishState, file: &StoredFile) -> Result<bool, Refusal> {
    for body in file.bodies() {
        if !state.ledger.has_body(body).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Notes where a text and its files do not fit.
fn fit(attachments: &[Attachment], html: &str, form: &Form, checks: &mut Checks) {
    if let Some(twice) = document::named_twice(attachments) {
        checks.add(
            POINTER,
            "file-twice",
            Sentence::new(
                format!("同一文件 {twice} 附了两次，请删去一处。"),
                format!("The file `{twice}` is attached twice; leave one of them out."),
            ),
        );
    }
    for reference in pages::file_references(html) {
        let attached = |hash| attachments.iter().find(|attachment| attachment.file.hash.as_str() == hash);
        let (code, zh, en) = match reference.hash.map(attached) {
            None => (
                "file-address",
                format!("“{}”不是附件地址；请写 /_files/ 加 64 位校验值，后面不带任何内容。", reference.address),
                format!(
                    "`{}` is no address of a file; write /_files/ and its 64 digits, and nothing after them.",
                    reference.address
                ),
            ),
            Some(None) => (
                "file-not-attached",
                format!("正文引用了 {}，但它不在 attachments 中；请加入，或从正文删去。", reference.address),
                format!("The body names {}, which is not among attachments; add it or take it out.", reference.address),
            ),
            Some(Some(attachment)) if reference.shown && !attachment.file.kind.is_picture() => (
                "file-no-picture",
                format!("正文把“{}”当作图片，但它不是图片；请改为链接。", attachment.title),
                format!("The body shows `{}` as a picture, which it is not; link to it instead.", attachment.title),
            ),
            Some(Some(_)) => continue,
        };
        checks.add("/content/body_html", code, Sentence::new(zh, en));
    }
    if !form.is_whole_with(attachments) {
        let (zh, en) = match form {
            Form::Pictures => {
                ("图片报道至少要附一张图片。", "A story told in pictures has at least one picture attached.")
            }
            Form::Film => (
                "视频（音频）至少要附一个 MP4 或 MP3 文件。",
                "A film or recording has at least one MP4 or MP3 attached.",
            ),
            _ => ("文件下载至少要附一个文件。", "A document of form `file` has at least one file attached."),
        };
        checks.add(POINTER, "files-missing", Sentence::new(zh, en));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachment(kind: file::FileKind, bytes: &str) -> Attachment {
        let file = StoredFile { hash: BodyHash::of(bytes.as_bytes()), kind, bytes: 1, picture: None };
        Attachment { title: Line::new("附件").unwrap(), file }
    }

    fn codes(attachments: &[Attachment], html: &str, form: &Form) -> Vec<String> {
        let mut checks = Checks::default();
        fit(attachments, html, form, &mut checks);
        let problem = serde_json::to_value(checks.problem()).unwrap();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_text_names_only_its_own_files_and_shows_only_pictures() {
        let (picture, paper) = (attachment(file::FileKind::Png, "a"), attachment(file::FileKind::Pdf, "b"));
        let show = |attachment: &Attachment| format!("<p><img src=\"/_files/{}\" alt=\"\"></p>", attachment.file.hash);
        let link = |attachment: &Attachment| format!("<a href=\"/_files/{}\">x</a>", attachment.file.hash);
        let all = [picture.clone(), paper.clone()];
        assert_eq!(codes(&all, &(show(&picture) + &link(&paper)), &Form::Article), [""; 0]);
        assert_eq!(codes(&all, &show(&paper), &Form::Article), ["file-no-picture"]);
        assert_eq!(codes(&[], &link(&paper), &Form::Article), ["file-not-attached"]);
        let dressed = link(&paper).replace("\">", ".pdf\">");
        assert_eq!(codes(&all, &dressed, &Form::Article), ["file-address"]);
        assert_eq!(codes(&[paper.clone(), paper], "", &Form::Article), ["file-twice"]);
    }

    #[test]
    fn a_form_has_what_it_is_about() {
        for form in [Form::File, Form::Pictures, Form::Film] {
            assert_eq!(codes(&[], "", &form), ["files-missing"], "{form:?}");
        }
        assert_eq!(codes(&[attachment(file::FileKind::Mp3, "a")], "", &Form::Film), [""; 0]);
    }

    #[test]
    fn a_file_that_nobody_took_in_is_pointed_at() {
        let told = AttachmentInput { file: BodyHash::of(b"a").into(), title: "表".to_owned() };
        let mut checks = Checks::default();
        let named = Named::checked(&[told], &mut checks).unwrap();
        assert!(named.with(&BTreeMap::new(), &mut checks).is_empty());
        let problem = serde_json::to_value(checks.problem()).unwrap();
        assert_eq!(problem["errors"][0]["code"], "file-unknown");
        assert_eq!(problem["errors"][0]["pointer"], "/content/attachments/0/file");
    }
}
