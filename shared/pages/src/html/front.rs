//! The pages of the front door: questions, the check, the receipt, how a case stands.

use serde::Serialize;

use super::page;
use crate::assets;
use crate::head::Head;
use crate::model::{
    ActForm, ActPage, AskedNote, CheckPage, Control, ErrorNote, Field, Frame, GivenFile, Happening, Keyboard, Link,
    Many, QuestionPage, ReceiptPage, StatusEntryPage, StatusPage, ToldPage,
};
use crate::when::{When, chinese, iso};
use crate::{Countdown, RenderError, Rendered};

/// A field as the template shows it.
#[derive(Serialize)]
struct FieldView<'a> {
    field: &'a Field,
    /// What is wrong with it.
    error: Option<&'a str>,
    /// Ids of what describes it, in the order in which it is read.
    described: Option<String>,
    /// Type and keyboard of a line.
    kind: &'static str,
    keys: &'static str,
    options: Vec<OptionView<'a>>,
}

#[derive(Serialize)]
struct OptionView<'a> {
    /// The first has the field's own id: errors lead to it.
    id: String,
    value: &'a str,
    label: &'a str,
    help: Option<&'a str>,
    chosen: bool,
    kind: &'static str,
}

#[derive(Serialize)]
struct Questions<'a> {
    #[serde(flatten)]
    page: &'a QuestionPage,
    views: Vec<FieldView<'a>>,
    /// The guide to disclosure, on the first page of a form of that capability.
    guide: Option<Link>,
}

#[derive(Serialize)]
struct Check<'a> {
    #[serde(flatten)]
    page: &'a CheckPage,
    script: &'a str,
}

#[derive(Serialize)]
struct Receipt<'a> {
    #[serde(flatten)]
    page: &'a ReceiptPage,
    steps: Vec<StepView<'a>>,
}

#[derive(Serialize)]
struct StepView<'a> {
    text: &'a str,
    /// `2026-12-01`, for machines.
    due: Option<String>,
    /// `2026年12月1日`
    shown: Option<String>,
}

#[derive(Serialize)]
struct StatusEntry<'a> {
    action: &'a str,
    errors: &'a [ErrorNote],
    views: Vec<FieldView<'a>>,
}

#[derive(Serialize)]
struct Status<'a> {
    number: &'a str,
    title: &'a str,
    state: &'a str,
    holder: Option<&'a str>,
    countdown: Option<&'a Countdown>,
    asked: &'a [AskedNote],
    answer: &'a [String],
    files: &'a [GivenFile],
    /// What a file is asked for with.
    given: Option<ActView<'a>>,
    acts: Vec<ActView<'a>>,
    done: Option<&'a str>,
    happenings: Vec<HappeningView<'a>>,
}

#[derive(Serialize)]
struct ActView<'a> {
    form: &'a ActForm,
    views: Vec<FieldView<'a>>,
}

#[derive(Serialize)]
struct ActAgain<'a> {
    number: &'a str,
    note: Option<&'a str>,
    errors: &'a [ErrorNote],
    status: &'a str,
    act: ActView<'a>,
}

#[derive(Serialize)]
struct HappeningView<'a> {
    at: When,
    title: &'a str,
    by: Option<&'a str>,
    text: Option<&'a str>,
    link: Option<&'a str>,
}

impl<'a> From<&'a Happening> for HappeningView<'a> {
    fn from(happening: &'a Happening) -> Self {
        let Happening { at, title, by, text, link } = happening;
        Self { at: When::from(*at), title, by: by.as_deref(), text: text.as_deref(), link: link.as_deref() }
    }
}

/// Renders a page of questions.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn questions(frame: &Frame, model: &QuestionPage) -> Result<Rendered, RenderError> {
    let title = format!("{} - {}", model.title, model.form);
    let views = model.fields.iter().map(|field| FieldView::of(field, &model.errors)).collect();
    page(
        "questions.html",
        frame,
        &model.form,
        head(frame, &title, &model.errors),
        Vec::new(),
        Questions { page: model, views, guide: guide(frame, model) },
    )
}

/// Where the guide to disclosure stands, for whoever begins to apply: on the portal, whose host the frame knows.
fn guide(frame: &Frame, model: &QuestionPage) -> Option<Link> {
    let begins = model.lead.is_some() && frame.path.starts_with("/form/disclosure/");
    begins.then(|| Link { name: crate::guide::NAME.to_owned(), url: format!("{}/gkzn/", frame.portal_host) })
}

/// Renders the page on which all answers are looked at once more.
///
/// # Errors
/// As [`questions`].
pub fn check(frame: &Frame, model: &CheckPage) -> Result<Rendered, RenderError> {
    let title = format!("核对后提交 - {}", model.form);
    let view = Check { page: model, script: &assets::urls().proof };
    page("check.html", frame, &model.form, head(frame, &title, &model.errors), Vec::new(), view)
}

/// Renders what a citizen is given for what he sent.
///
/// # Errors
/// As [`questions`].
pub fn receipt(frame: &Frame, model: &ReceiptPage) -> Result<Rendered, RenderError> {
    let title = format!("提交成功 - {}", model.form);
    let steps = model.next.iter().map(|next| StepView {
        text: &next.text,
        due: next.due.map(iso),
        shown: next.due.map(chinese),
    });
    let view = Receipt { page: model, steps: steps.collect() };
    page("receipt.html", frame, &model.form, head(frame, &title, &[]), Vec::new(), view)
}

/// Renders the page that asks for number and code.
///
/// # Errors
/// As [`questions`].
pub fn status_entry(frame: &Frame, model: &StatusEntryPage) -> Result<Rendered, RenderError> {
    let head = head(frame, "查看办理进度", &model.errors);
    let fields = [
        line("number", "受理编号", "例如 ZC-20261130-482137，连字符可以不填，字母不分大小写。", &model.number),
        line("code", "查询码", "例如 7QKD-02ZM-9XTB-5RHA，空格和连字符可以不填，字母不分大小写。", ""),
    ];
    let views = fields.iter().map(|field| FieldView::of(field, &model.errors)).collect();
    let view = StatusEntry { action: &model.action, errors: &model.errors, views };
    page("status_entry.html", frame, "查看办理进度", head, Vec::new(), view)
}

/// Renders how a case stands, with what its citizen may do to it, what he asks for files with that were given to him, and what he did just now.
///
/// # Errors
/// As [`questions`].
pub fn status(
    frame: &Frame,
    model: &StatusPage,
    acts: &[ActForm],
    given: &ActForm,
    done: Option<&str>,
) -> Result<Rendered, RenderError> {
    let view = Status {
        number: &model.number,
        title: &model.title,
        state: &model.state,
        holder: model.holder.as_deref(),
        countdown: model.countdown.as_ref(),
        asked: &model.asked,
        answer: &model.answer,
        files: &model.files,
        given: (!model.files.is_empty()).then(|| ActView::of(given, &[])),
        acts: acts.iter().map(|form| ActView::of(form, &[])).collect(),
        done,
        happenings: model.happenings.iter().map(HappeningView::from).collect(),
    };
    page("case.html", frame, "办理进度", head(frame, "办理进度", &[]), Vec::new(), view)
}

/// Renders the form of an act that was not done.
///
/// # Errors
/// As [`questions`].
pub fn act(frame: &Frame, model: &ActPage) -> Result<Rendered, RenderError> {
    let view = ActAgain {
        number: &model.number,
        note: model.note.as_deref(),
        errors: &model.errors,
        status: &model.status,
        act: ActView::of(&model.form, &model.errors),
    };
    let title = &model.form.title;
    page("act.html", frame, title, head(frame, title, &model.errors), Vec::new(), view)
}

/// Renders a sentence or two.
///
/// # Errors
/// As [`questions`].
pub fn told(frame: &Frame, model: &ToldPage) -> Result<Rendered, RenderError> {
    page("told.html", frame, &model.title, head(frame, &model.title, &[]), Vec::new(), model)
}

/// A head that says first that something is wrong, and is of no interest to search engines.
fn head(frame: &Frame, title: &str, errors: &[ErrorNote]) -> Head {
    let title = if errors.is_empty() { title.to_owned() } else { format!("错误：{title}") };
    Head::new(frame, &title).with("robots", "noindex")
}

/// A line that no browser fills in.
fn line(id: &str, label: &str, help: &str, value: &str) -> Field {
    let control = Control::Line { value: value.to_owned(), keys: Keyboard::Text };
    Field {
        id: id.to_owned(),
        label: label.to_owned(),
        help: Some(help.to_owned()),
        optional: false,
        autocomplete: None,
        control,
    }
}

impl<'a> ActView<'a> {
    fn of(form: &'a ActForm, errors: &'a [ErrorNote]) -> Self {
        Self { form, views: form.fields.iter().map(|field| FieldView::of(field, errors)).collect() }
    }
}

impl<'a> FieldView<'a> {
    fn of(field: &'a Field, errors: &'a [ErrorNote]) -> Self {
        let error =
            errors.iter().find(|error| error.field.as_deref() == Some(&field.id)).map(|error| error.text.as_str());
        let limited = matches!(field.control, Control::Text { .. } | Control::Files { .. });
        let described = [
            field.help.as_ref().map(|_| format!("{}-help", field.id)),
            limited.then(|| format!("{}-limit", field.id)),
            error.map(|_| format!("{}-error", field.id)),
        ];
        let described: Vec<String> = described.into_iter().flatten().collect();
        let (kind, keys) = match &field.control {
            Control::Line { keys, .. } => keys.attributes(),
            Control::Text { .. } | Control::Choice { .. } | Control::Files { .. } => ("", ""),
        };
        let options = match &field.control {
            Control::Choice { many, options } => options
                .iter()
                .enumerate()
                .map(|(place, option)| OptionView {
                    id: if place == 0 { field.id.clone() } else { format!("{}-{}", field.id, place + 1) },
                    value: &option.value,
                    label: &option.label,
                    help: option.help.as_deref(),
                    chosen: option.chosen,
                    kind: many.attribute(),
                })
                .collect(),
            Control::Line { .. } | Control::Text { .. } | Control::Files { .. } => Vec::new(),
        };
        Self { field, error, described: Some(described.join(" ")).filter(|ids| !ids.is_empty()), kind, keys, options }
    }
}

impl Keyboard {
    /// Type and `inputmode`. Addresses of pages may be paths: to browsers, those are no URLs.
    fn attributes(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("text", "text"),
            Self::Telephone => ("tel", "tel"),
            Self::Email => ("email", "email"),
            Self::Web => ("text", "url"),
            // A browser would drop a date that is none: what was typed is shown again.
            Self::Date => ("text", "numeric"),
        }
    }
}

impl Serialize for Keyboard {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.attributes().1)
    }
}

impl Many {
    fn attribute(self) -> &'static str {
        match self {
            Self::One => "radio",
            Self::Any => "checkbox",
        }
    }
}
