//! Policies and their interpretations (政策解读, RULES.md A5): published together, within three working days at the latest.
//!
//! An interpretation cannot be public before its policy, so the question is asked of policies that are public, and of interpretations on their way.

use domain::{
    calendar::Standing,
    column::ColumnKind,
    document::{Content, Document, Form, Genre, Live, RelationKind},
    shanghai,
    vetting::Rule,
};
use jiff::civil::Date;
use vetting::Examined;
use views::city::{RelatedRow, slice};

use crate::{refusal::Refusal, register, slices, state::PublishState};

/// Working days that an interpretation may take after its policy.
const DAYS: u16 = 3;

/// Notes that nothing interprets a public policy; replies and letters to one body need no interpretation.
///
/// Asked of the views, which follow an accepted command within moments: it is a reminder.
pub(super) async fn note_missing(
    state: &PublishState,
    standing: &Document,
    kind: ColumnKind,
    examined: &mut Examined<'_>,
) -> Result<(), Refusal> {
    let (Some(id), Some(live)) = (&standing.id, &standing.live) else { return Ok(()) };
    let to_one_body = matches!(live.content.catalogue.genre, Some(Genre::Reply | Genre::Letter));
    let Some(since) = public_since(standing, live) else { return Ok(()) };
    if kind != ColumnKind::Policies || live.content.form != Form::Article || to_one_body {
        return Ok(());
    }
    let others = slices::rows::<serde_json::Value>(state, slice::related(id.as_str())).await?;
    let interprets = |row: serde_json::Value| {
        serde_json::from_value::<RelatedRow>(row).is_ok_and(|row| row.kind == RelationKind::Interprets)
    };
    if others.into_iter().any(|(key, row)| key.starts_with(slice::RELATED_BY) && interprets(row)) {
        return Ok(());
    }
    let due = Due::after(state, since).await?;
    examined.of_relations(
        Rule::Interpretation,
        None,
        format!(
            "本文件于 {since} 公开，尚无政策解读：解读最迟应在 {}（第 {DAYS} 个工作日{}）发布；请起草解读，并在其 relations 中以 interprets 关联编号 {id}。",
            due.last, due.provisional
        ),
        format!(
            "Public since {since}, and nothing interprets it: an interpretation was or is due on {}, the working day {DAYS} after; draft one that interprets {id}.",
            due.last
        ),
    );
    Ok(())
}

/// Notes policies whose interpretation this is, and which it comes too late for; a correction of it is not late.
pub(super) async fn note_late(
    state: &PublishState,
    standing: &Document,
    content: &Content,
    examined: &mut Examined<'_>,
) -> Result<(), Refusal> {
    if standing.public_versions > 0 {
        return Ok(());
    }
    let policies = content.relations.iter().enumerate().filter(|(_, said)| said.kind == RelationKind::Interprets);
    for (place, said) in policies {
        let (policy, _, _) = state.ledger.read::<Document>(&said.document.stream()).await?;
        let Some(live) = &policy.live else { continue };
        let Some(since) = public_since(&policy, live) else { continue };
        let due = Due::after(state, since).await?;
        if due.late == 0 {
            continue;
        }
        let (title, last, late) = (live.content.title.as_str(), due.last, due.late);
        examined.of_relations(
            Rule::InterpretationLate,
            Some(place + 1),
            format!(
                "《{title}》于 {since} 公开，解读最迟应在 {last}（第 {DAYS} 个工作日{}）发布，已迟 {late} 个工作日。",
                due.provisional
            ),
            format!(
                "`{title}` became public on {since}; its interpretation was due on {last} ({DAYS} working days) and is {late} working days late."
            ),
        );
    }
    Ok(())
}

/// The day on which it first became public here; of what came from an older system nobody knows.
fn public_since(document: &Document, live: &Live) -> Option<Date> {
    let known = document.arrival.is_none() && live.dated.is_none();
    known.then(|| shanghai::local(live.public_at).date())
}

/// Until when an interpretation may come.
struct Due {
    last: Date,
    /// Working days since then.
    late: usize,
    /// What is to be said of a year whose holidays are not announced.
    provisional: &'static str,
}

impl Due {
    async fn after(state: &PublishState, since: Date) -> Result<Self, Refusal> {
        let history = register::calendar(state).await?;
        let calendar = history.thing.newest();
        let last = calendar.working_days_after(since, DAYS);
        let today = shanghai::local(state.clock.now()).date();
        let announced = [since, last].iter().all(|day| calendar.standing(day.year()) == Standing::Announced);
        Ok(Self {
            last,
            late: calendar.working_days_between(last, today),
            provisional: if announced { "" } else { "，放假安排未公布，暂按周一至周五计" },
        })
    }
}
