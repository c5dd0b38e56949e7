//! `PUT /vetting/lists/{name}`.

use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use domain::{
    StreamId,
    document::BodyHash,
    text::Line,
    vetting::{self as rules, Level, WordList},
};
use gateway::{Body, PathParam, Problem, Sentence, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use vetting::{Search, Unlistable, WORDS, Word};

use super::{change, list::WordEntry, list_name, may_change, strictness};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "PUT vetting/lists/{name}";

/// Most longer words that excuse one.
const EXCUSES: usize = 50;

/// A word list, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdoptList {
    /// What it is, at most 40 characters.
    #[schema(example = "本市禁用词", max_length = 40, min_length = 1)]
    title: String,
    /// What its findings mean.
    level: strictness::Level,
    /// Its words, 1–20,000, each once.
    #[schema(min_items = 1, max_items = 20000)]
    words: Vec<WordEntry>,
    /// Why, 1–300 characters in one line.
    #[schema(example = "宣传部门下发", max_length = 300, min_length = 1)]
    reason: String,
}

/// A list whose fields are as they should be.
struct Checked {
    title: Line<40>,
    level: Level,
    words: Vec<Word>,
    reason: Line<300>,
}

/// Puts a word list in force, in place of an earlier one of its name, the house's own included (registrar of the whole city).
///
/// The words are compared without regard to width, case, and spaces between Chinese characters.
#[utoipa::path(put, operation_id = "adopt_word_list", path = "/vetting/lists/{name}", tag = "vetting", params(("name" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "city-words"), ChangeHeaders),
    request_body = AdoptList, responses(Changed))]
pub(crate) async fn adopt(
    State(state): State<PublishState>,
    PathParam(name): PathParam,
    envelope: Envelope,
    body: Body<AdoptList>,
) -> Result<Response, Refusal> {
    let name = list_name(&name)?;
    let order = envelope.change_part(ACTION, StreamId::vetting(), name.as_str(), &body.json);
    carry_out(&state, &order, async {
        may_change(&state, &order)?;
        let Checked { title, level, words, reason } = checked(&body.value)?;
        // A list that cannot be searched is refused before anything is stored.
        Search::new(name.clone(), title.as_str(), level, words.clone()).map_err(|error| unlistable(&error))?;
        let count = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let stored = serde_json::to_vec(&words).map_err(|_| Refusal::from(Problem::plain(&kinds::INTERNAL)))?;
        state.ledger.put_body(&stored, "application/json").await?;
        let adopted = WordList { title, level, words: BodyHash::of(&stored), count };
        change(&state, &order, |standing, context| {
            rules::adopt(standing, name.clone(), adopted.clone(), reason.clone(), context)
        })
        .await
    })
    .await
}

fn checked(request: &AdoptList) -> Result<Checked, Refusal> {
    let mut checks = Checks::default();
    let title = checks.line("/title", &request.title);
    let reason = checks.line("/reason", &request.reason);
    let few = checks.at_most("/words", request.words.len(), WORDS);
    let words: Vec<Option<Word>> = match few {
        Some(()) => {
            request.words.iter().enumerate().map(|(place, word)| self::word(place, word, &mut checks)).collect()
        }
        None => Vec::new(),
    };
    let words: Option<Vec<Word>> = words.into_iter().collect();
    match (title, reason, words) {
        (Some(title), Some(reason), Some(words)) if checks.passed() => {
            Ok(Checked { title, level: request.level.into(), words, reason })
        }
        _ => Err(checks.refusal()),
    }
}

fn word(place: usize, word: &WordEntry, checks: &mut Checks) -> Option<Word> {
    let pointer = |field: &str| format!("/words/{place}/{field}");
    let text = checks.line(&pointer("word"), &word.word);
    let instead = word.instead.as_deref().map(|instead| checks.line(&pointer("instead"), instead));
    let unless = checks.lines(&pointer("unless"), &word.unless, EXCUSES);
    Some(Word {
        word: text?,
        instead: match instead {
            None => None,
            Some(instead) => Some(instead?),
        },
        unless: unless?,
    })
}

/// What is wrong with the words together.
fn unlistable(error: &Unlistable) -> Refusal {
    let mut checks = Checks::default();
    let (pointer, code, zh) = match error {
        Unlistable::Empty => ("/words".to_owned(), "list-empty", "词库至少要有一个词。".to_owned()),
        Unlistable::TooMany { given } => {
            ("/words".to_owned(), "list-too-long", format!("有 {given} 个词，最多 {WORDS} 个。"))
        }
        Unlistable::Twice { place, word } => (
            format!("/words/{place}/word"),
            "word-twice",
            format!("“{word}”在词库中出现了两次（不区分全半角和大小写）。"),
        ),
        Unlistable::Unrelated { place, word, longer } => {
            (format!("/words/{place}/unless"), "word-unrelated", format!("例外“{longer}”应是包含“{word}”的更长的词。"))
        }
        Unlistable::Itself { place, word } => {
            (format!("/words/{place}/instead"), "word-itself", format!("“{word}”的建议用词就是它自己。"))
        }
        Unlistable::Unsearchable(_) => {
            ("/words".to_owned(), "list-unsearchable", "词库无法用于检索，请缩减。".to_owned())
        }
    };
    checks.add(&pointer, code, Sentence::new(zh, format!("{error}.")));
    checks.refusal()
}
