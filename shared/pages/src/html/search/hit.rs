//! A hit as the template shows it.

use jiff::civil::Date;
use serde::Serialize;

use crate::html::filled;
use crate::model::{HitValidity, InForceOn, Piece, Reason, SearchHit, ValidityNote};
use crate::when::{When, chinese};

#[derive(Serialize)]
pub(super) struct HitView<'a> {
    title: Vec<PieceView<'a>>,
    url: &'a str,
    snippet: Vec<PieceView<'a>>,
    at: When,
    /// What stands beside the title: a document that is not in force as it is says so there.
    warning: Option<&'static str>,
    /// Whether the warning is pressing.
    is_over: bool,
    reason: Option<ReasonView<'a>>,
    on_day: Option<String>,
    site: &'a str,
    department: Option<&'a str>,
    document_number: Option<&'a str>,
    index_number: Option<&'a str>,
    form: Option<&'a str>,
    validity: Option<&'static str>,
}

/// Text that was searched for, or not.
#[derive(Serialize)]
struct PieceView<'a> {
    text: &'a str,
    marked: bool,
}

/// Why a document is in force no more, around the title of another.
#[derive(Default, Serialize)]
struct ReasonView<'a> {
    before: String,
    title: Option<String>,
    url: Option<&'a str>,
    after: String,
}

impl<'a> HitView<'a> {
    /// A hit; `day` is the one on which documents are to be in force.
    pub(super) fn of(hit: &'a SearchHit, day: Option<Date>) -> Self {
        let validity = hit.validity.as_ref().map(|note| note.validity);
        Self {
            title: visible(pieces(&hit.title)),
            url: &hit.url,
            snippet: pieces(&hit.snippet),
            at: When::from(hit.dated),
            warning: validity.and_then(warning),
            is_over: matches!(validity, Some(HitValidity::Repealed | HitValidity::Expired)),
            reason: hit.validity.as_ref().and_then(reason),
            on_day: day.zip(hit.on_day).map(|(day, known)| on_day(day, known)),
            site: &hit.site,
            department: filled(hit.department.as_deref()),
            document_number: filled(hit.document_number.as_deref()),
            index_number: filled(hit.index_number.as_deref()),
            form: filled(hit.form.as_deref()),
            validity: validity.filter(|validity| warning(*validity).is_none()).map(HitValidity::word),
        }
    }
}

fn pieces(pieces: &[Piece]) -> Vec<PieceView<'_>> {
    pieces.iter().map(|piece| PieceView { text: &piece.text, marked: piece.marked }).collect()
}

/// A title a link can carry: a blank one would leave nothing to press.
fn visible(title: Vec<PieceView<'_>>) -> Vec<PieceView<'_>> {
    if title.iter().all(|piece| piece.text.trim().is_empty()) {
        return vec![PieceView { text: super::super::visible(""), marked: false }];
    }
    title
}

fn warning(validity: HitValidity) -> Option<&'static str> {
    match validity {
        HitValidity::Amended => Some("已修改"),
        HitValidity::Repealed => Some("已废止"),
        HitValidity::Expired => Some("已失效"),
        HitValidity::InForce | HitValidity::Unknown => None,
    }
}

/// `已被《…》废止（2024年5月1日起）`
fn reason(note: &ValidityNote) -> Option<ReasonView<'_>> {
    let plain = |text: String| Some(ReasonView { before: text, ..ReasonView::default() });
    let (verb, because) = match note.validity {
        HitValidity::Amended => ("修改", "已被"),
        HitValidity::Repealed => ("废止", "已被"),
        HitValidity::Expired => ("失效", "依据"),
        HitValidity::InForce => return note.until.and_then(last_day).and_then(plain),
        HitValidity::Unknown => return None,
    };
    let since = |day: Date| format!("{}起", chinese(day));
    match (&note.reason, note.until) {
        (Some(Reason::Document { title, url }), until) => Some(ReasonView {
            before: because.to_owned(),
            title: Some(in_brackets(title)),
            url: url.as_deref(),
            after: format!("{verb}{}", until.map(|day| format!("（{}）", since(day))).unwrap_or_default()),
        }),
        (Some(Reason::Words(words)), _) => plain(words.clone()),
        (None, Some(until)) => plain(format!("{}{verb}", since(until))),
        (None, None) => None,
    }
}

fn last_day(until: Date) -> Option<String> {
    until.yesterday().ok().map(|day| format!("有效期至{}", chinese(day)))
}

/// A title in 《》; those within become 〈〉 (GB/T 15834).
fn in_brackets(title: &str) -> String {
    let title = title.trim();
    let bare = title.strip_prefix('《').and_then(|title| title.strip_suffix('》'));
    let bare = bare.filter(|bare| !bare.contains(['《', '》'])).unwrap_or(title);
    format!("《{}》", bare.replace('《', "〈").replace('》', "〉"))
}

fn on_day(day: Date, known: InForceOn) -> String {
    let day = chinese(day);
    match known {
        InForceOn::Yes => format!("在{day}有效"),
        InForceOn::Unknown => format!("在{day}是否有效，现有信息不能判断"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn told(note: &ValidityNote) -> String {
        let view = reason(note).unwrap_or_default();
        format!("{}{}{}", view.before, view.title.unwrap_or_default(), view.after)
    }

    #[test]
    fn a_title_stands_in_one_pair_of_brackets() {
        for (title, shown) in [
            ("澄湖市停车管理办法", "《澄湖市停车管理办法》"),
            ("《澄湖市停车管理办法》", "《澄湖市停车管理办法》"),
            ("关于废止《甲》和《乙》的决定", "《关于废止〈甲〉和〈乙〉的决定》"),
            ("《甲》和《乙》", "《〈甲〉和〈乙〉》"),
        ] {
            assert_eq!(in_brackets(title), shown);
        }
    }

    #[test]
    fn why_a_document_is_over_is_told_as_far_as_it_is_known() {
        use HitValidity::{Amended, Expired, InForce, Repealed, Unknown};
        let by = || Some(Reason::Document { title: "甲".to_owned(), url: None });
        let since = Some(date(2024, 5, 1));
        for (validity, reason, until, sentence) in [
            (Repealed, by(), since, "已被《甲》废止（2024年5月1日起）"),
            (Repealed, by(), None, "已被《甲》废止"),
            (Repealed, None, since, "2024年5月1日起废止"),
            (Repealed, None, None, ""),
            (Amended, by(), None, "已被《甲》修改"),
            (Expired, by(), since, "依据《甲》失效（2024年5月1日起）"),
            (Expired, Some(Reason::Words("试行期满".to_owned())), since, "试行期满"),
            (InForce, by(), since, "有效期至2024年4月30日"),
            (InForce, None, None, ""),
            (Unknown, by(), since, ""),
        ] {
            assert_eq!(told(&ValidityNote { validity, reason, until }), sentence);
        }
    }
}
