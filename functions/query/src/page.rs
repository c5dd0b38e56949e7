//! An answer as the page shows it.

use frames::Addresses;
use jiff::civil::Date;
use pages::{
    Dated, Frame, Link,
    search::{
        Chip, Choice, DayQuestion, ErrorNote, Facet as PageFacet, FacetKind, FacetOption, Hidden, InForceOn, Outcome,
        Piece, Reading, Reason, Results, SearchHit, SearchPage, ValidityNote, Wanted,
    },
};
use search::{Facet, Known, Marked, Order, ReadingKind, Validity};

use crate::{
    answer::{Found, Shown},
    asked::{Asked, Wrong, facet},
    names::{self, Named},
};

/// The question as its page repeats it, and what came of it.
pub(crate) fn page(asked: &Asked, frame: &Frame, names: &Named, outcome: Outcome) -> SearchPage {
    let day = asked.day().ok().flatten();
    let chips: Vec<Chip> = chips(asked, names, day);
    let first = asked.first_page();
    let kept = |left_out: &[&str]| {
        let pairs = first.pairs().into_iter().filter(|(name, _)| !left_out.contains(name));
        pairs.map(|(name, value)| Hidden { name: name.to_owned(), value }).collect()
    };
    let of_site = asked.filters.iter().any(|(facet, _)| *facet == Facet::Site);
    SearchPage {
        text: asked.text.clone(),
        action: SearchPage::PATH.to_owned(),
        kept: kept(&[SearchPage::TEXT]),
        without_chips: (chips.len() > 1).then(|| address(&asked.without_filters())),
        chips,
        all_sites: of_site.then(|| address(&asked.of_all_sites())),
        this_site: (!of_site && !frame.is_portal()).then(|| address(&asked.toggled(Facet::Site, &frame.label))),
        day: DayQuestion { typed: asked.on.clone(), day, kept: kept(&[SearchPage::DAY]) },
        outcome,
    }
}

fn address(asked: &Asked) -> String {
    asked.url(SearchPage::PATH)
}

fn chips(asked: &Asked, names: &Named, day: Option<Date>) -> Vec<Chip> {
    let mut chips = Vec::new();
    for kind in FacetKind::ALL {
        for (facet, value) in asked.filters.iter().filter(|(wanted, _)| *wanted == facet(kind)) {
            let url = address(&asked.toggled(*facet, value));
            chips.push(Chip { label: kind.title().to_owned(), value: names.value(*facet, value), url });
        }
    }
    if let Some(day) = day {
        let value = format!("{}年{}月{}日", day.year(), day.month(), day.day());
        chips.push(Chip { label: DayQuestion::TITLE.to_owned(), value, url: address(&asked.on_any_day()) });
    }
    chips
}

/// What is wrong with a question, beside its fields.
pub(crate) fn refused(wrong: &Wrong) -> Outcome {
    let (field, code, text) = match wrong {
        Wrong::Text => (Some(SearchPage::TEXT), "query-too-long", "检索词最多 500 个字符，请缩短"),
        Wrong::Day => (Some(SearchPage::DAY), "day-malformed", "请填写日期，例如 2024-05-01"),
        Wrong::Cursor => (None, "cursor-malformed", "这个翻页地址已无法使用，请从第一页重新检索"),
        Wrong::Parameter(..) => (None, "parameter-unknown", "地址中的查询条件有误，请重新选择"),
    };
    let field = field.map(str::to_owned);
    Outcome::Refused(vec![ErrorNote { field, code: code.to_owned(), text: text.to_owned() }])
}

/// That the text asks for more words than are looked for at once.
pub(crate) fn too_much() -> Outcome {
    let text = "检索词过多，请减少到 32 个词以内".to_owned();
    Outcome::Refused(vec![ErrorNote {
        field: Some(SearchPage::TEXT.to_owned()),
        code: "query-too-long".to_owned(),
        text,
    }])
}

/// That the answer would take longer than anybody waits.
pub(crate) fn out_of_time() -> Outcome {
    let text = "这次检索用时过长，已经停止。请缩短检索词、给词语加上引号，或先选定站点、部门，再试一次".to_owned();
    Outcome::Refused(vec![ErrorNote {
        field: Some(SearchPage::TEXT.to_owned()),
        code: "query-out-of-time".to_owned(),
        text,
    }])
}

/// What was found, in words and addresses.
pub(crate) fn results(asked: &Asked, found: &Found, addresses: &Addresses, site: &str) -> Outcome {
    let answer = &found.answer;
    let first = if asked.is_later() { asked.from } else { Some(1) };
    let behind = first.map(|first| first.saturating_add(answer.hits.len() as u64));
    let order = |name: &str, order| Choice {
        name: name.to_owned(),
        url: address(&asked.ordered(order)),
        chosen: asked.order == order,
    };
    let meant = |text: &String| Link { name: text.clone(), url: address(&asked.about(text)) };
    Outcome::Found(Box::new(Results {
        total: answer.total,
        first,
        reading: Reading {
            wanted: match answer.reading.kind {
                ReadingKind::Everything => Wanted::Everything,
                ReadingKind::AllWords => Wanted::AllWords,
                ReadingKind::SomeWords => Wanted::SomeWords,
                ReadingKind::Number => Wanted::Number,
            },
            synonyms: answer.reading.others(),
        },
        did_you_mean: answer.did_you_mean.iter().map(meant).collect(),
        orders: vec![order("相关度", Order::Relevance), order("时间", Order::Newest)],
        facets: FacetKind::ALL.into_iter().map(|kind| counted(asked, found, kind)).collect(),
        hits: found.shown.iter().map(|shown| hit(shown, &found.names, addresses, site)).collect(),
        next: answer.next.as_ref().map(|next| address(&asked.behind(next, behind))),
        first_page: asked.is_later().then(|| address(&asked.first_page())),
        catalogue: Some(addresses.catalogue(site)),
    }))
}

/// The counts of a facet; subjects with their second level below the first.
fn counted(asked: &Asked, found: &Found, kind: FacetKind) -> PageFacet {
    let facet = facet(kind);
    let values = found.answer.facets.get(&facet).map(Vec::as_slice).unwrap_or_default();
    let option = |(value, count): &(String, u64)| FacetOption {
        name: found.names.value(facet, value),
        count: *count,
        url: address(&asked.toggled(facet, value)),
        chosen: asked.wants(facet, value),
        narrower: Vec::new(),
    };
    let is_below = |value: &str, first: &str| value.split_once('\\').is_some_and(|(above, _)| above == first);
    let options = values.iter().filter(|(value, _)| !value.contains('\\')).map(|counted| FacetOption {
        narrower: values.iter().filter(|(value, _)| is_below(value, &counted.0)).map(option).collect(),
        ..option(counted)
    });
    PageFacet { kind, options: options.collect() }
}

fn hit(shown: &Shown, names: &Named, addresses: &Addresses, site: &str) -> SearchHit {
    let line = &shown.line;
    SearchHit {
        title: pieces(&shown.title),
        url: addresses.seen_from(site, &line.site, &line.path),
        snippet: pieces(&shown.snippet),
        site: names.site(&line.site).to_owned(),
        department: Some(names.department(&line.department).to_owned()),
        document_number: line.document_number.clone(),
        index_number: Some(line.index_number.clone()).filter(|number| !number.is_empty()),
        dated: Dated::of(line.dated, line.public_at),
        form: names::form(line.form.name()).map(str::to_owned),
        validity: validity(shown, addresses, site),
        on_day: shown.on_day.map(|known| match known {
            Known::Yes => InForceOn::Yes,
            Known::No | Known::Unknown => InForceOn::Unknown,
        }),
    }
}

/// Whether it is in force, where that is a question: somebody tells when it was, or who ended it.
fn validity(shown: &Shown, addresses: &Addresses, site: &str) -> Option<ValidityNote> {
    let force = shown.force;
    if force.validity == Validity::Unknown && force.until.is_none() && shown.on_day.is_none() {
        return None;
    }
    let reason = shown.changed_by.as_ref().map(|other| Reason::Document {
        title: other.title.clone(),
        url: Some(addresses.seen_from(site, &other.site, &other.path)),
    });
    Some(ValidityNote { validity: names::validity(force.validity), reason, until: force.until })
}

fn pieces(marked: &Marked) -> Vec<Piece> {
    marked.0.iter().map(|piece| Piece { text: piece.text.clone(), marked: piece.marked }).collect()
}
