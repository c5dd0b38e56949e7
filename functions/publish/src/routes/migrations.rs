//! `POST /migrations`.

use std::collections::BTreeSet;

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{
    Accepted, Checks, CreationHeaders, Envelope, Order, Setback, carry_out, execute, may,
    openapi::Created,
    problems::{DEPARTMENT_UNKNOWN, not_executed, unfit, unknown},
};
use domain::{
    ColumnId, DepartmentCode, DocumentId, SystemCode,
    column::Opened,
    document::{self, Amended, Document, DocumentEvent, Migrate},
    staff::Staff,
    text::Line,
};
use gateway::{Body, FieldError, Problem, Sentence};
use ledger::ExecuteError;
use serde::Deserialize;
use utoipa::ToSchema;

use super::documents::target::slug;
use crate::{
    content::{CheckedContent, ContentInput},
    origin::OriginInput,
    permission::may_on,
    problems::{AMENDED_UNKNOWN, COLUMN_UNKNOWN, INDEX_NUMBER_TAKEN, RELATED_NOT_PUBLIC},
    refusal::Refusal,
    register,
    state::PublishState,
};

const ACTION: &str = "POST migrations";

/// A document of an older system.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MigrateDocument {
    /// The column it is to stand in.
    #[schema(
        example = "www.zwgk.zcwj",
        pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?){1,6}$"
    )]
    column: String,
    /// Code of the department that answers for it, for good.
    #[schema(example = "zfb", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: String,
    /// Last part of its path without `.html`; made from its id if absent.
    #[serde(default)]
    #[schema(example = "content-5362266", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    slug: Option<String>,
    /// What it says.
    content: ContentInput,
    /// The index number (索引号) its source tells, 1–60 characters; none is given here.
    #[serde(default)]
    #[schema(example = "000014349/2019-00004", max_length = 60)]
    index_number: Option<String>,
    /// Where it comes from.
    origin: OriginInput,
    /// Key of the record in the same system, brought in before, that this one amends.
    #[serde(default)]
    #[schema(example = "art_0071", max_length = 200)]
    amends: Option<String>,
}

/// Brings in a document of an older system, public at once under its original date (migrator).
///
/// Its id derives from system and key. The same record again is `409 unchanged`, another content under its key `409 migrated-otherwise`: a record comes in once.
#[utoipa::path(post, operation_id = "migrate_document", path = "/migrations", tag = "documents", params(CreationHeaders), request_body = MigrateDocument, responses(Created))]
pub(crate) async fn migrate(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<MigrateDocument>,
) -> Result<Response, Refusal> {
    let mut checks = Checks::default();
    let Some((system, key)) = body.value.origin.identity(&mut checks) else {
        return Err(checks.refusal());
    };
    let stream = DocumentId::migrated(&system, key.as_str()).stream();
    let id = envelope.commit_id(ACTION, stream.as_str());
    let order = envelope.creation(ACTION, stream, id, &body.json);
    carry_out(&state, &order, async {
        let request = &body.value;
        let staff = order.envelope.staff();
        let (column, department) = place(&state, staff, request, &mut checks).await?;
        register::takes_new(&state, &column.column.site()).await?;
        let (content, command) = checked(&state, staff, request, column, department, (system, key), checks).await?;
        let written = content.store(&state, &order.envelope.staff_id(), &Document::default()).await?;
        let command = Migrate { written, ..command };
        attempt(&state, &order, &command).await
    })
    .await
}

/// Where it is to stand, if the sender may put it there: permission goes before the reading of a megabyte.
async fn place(
    state: &PublishState,
    staff: &Staff,
    request: &MigrateDocument,
    checks: &mut Checks,
) -> Result<(Opened, DepartmentCode), Refusal> {
    let column = checks.name::<ColumnId>("/column", &request.column);
    let department = checks.name::<DepartmentCode>("/department", &request.department);
    let (Some(column), Some(department)) = (column, department) else {
        return Err(std::mem::take(checks).refusal());
    };
    may(state, staff, Action::Migrate, &Resource::on(&department, column.site()))?;
    let opened = register::column(state, &column).await?;
    let opened = opened.ok_or_else(|| unknown(&COLUMN_UNKNOWN, "/column", column.as_str()))?.thing;
    let concerned = BTreeSet::from([&opened.department, opened.profile.review.publisher.of(&department)]);
    for other in concerned {
        may(state, staff, Action::Migrate, &Resource::on(other, column.site()))?;
    }
    if register::department(state, &department).await?.is_none() {
        return Err(unknown(&DEPARTMENT_UNKNOWN, "/department", department.as_str()).into());
    }
    Ok((opened, department))
}

/// Everything else that the request says; the command's text is still without its stored body.
async fn checked(
    state: &PublishState,
    staff: &Staff,
    request: &MigrateDocument,
    column: Opened,
    department: DepartmentCode,
    (system, key): (SystemCode, Line<200>),
    mut checks: Checks,
) -> Result<(CheckedContent, Migrate), Refusal> {
    let slug = slug(request.slug.as_deref())?;
    let number = request.index_number.as_deref().map(|text| checks.line::<60>("/index_number", text));
    let amends = request.amends.as_deref().map(|text| checks.line::<200>("/amends", text));
    let origin = request.origin.checked(system, key, &mut checks);
    let content = request.content.checked(&mut checks);
    let (Some(content), Some(origin), true) = (content, origin, checks.passed()) else {
        return Err(checks.refusal());
    };
    let amends = match amends.flatten() {
        Some(earlier) => Some(amended(state, staff, &origin.system, &earlier).await?),
        None => None,
    };
    let command = Migrate {
        column: column.column,
        archive: column.archive,
        department,
        slug,
        written: content.written().clone(),
        index_number: number.flatten().map(|text| state.index_scheme.given(text.as_str())),
        origin,
        amends,
    };
    Ok((content, command))
}

/// The earlier version, as it stands now: its page will say that it was amended, so who brings this one in may bring that one in, too.
async fn amended(
    state: &PublishState,
    staff: &Staff,
    system: &SystemCode,
    key: &Line<200>,
) -> Result<Amended, Refusal> {
    let id = DocumentId::migrated(system, key.as_str());
    let (earlier, _, _) = state.ledger.read::<Document>(&id.stream()).await?;
    let Some(date) = earlier.arrival.as_ref().map(|arrival| arrival.origin.date) else {
        return Err(unknown(&AMENDED_UNKNOWN, "/amends", key.as_str()).into());
    };
    may_on(state, staff, Action::Migrate, &earlier)?;
    let live = earlier.live.ok_or_else(|| unfit(&RELATED_NOT_PUBLIC, "/amends", key.as_str()))?;
    Ok(Amended { document: id, site: live.column.site(), path: live.path, title: live.content.title, date })
}

async fn attempt(state: &PublishState, order: &Order, command: &Migrate) -> Result<Accepted<DocumentEvent>, Refusal> {
    let decided = execute(
        state,
        order,
        |_: &Document| Ok(()),
        |standing, context| Ok(document::migrate(standing, command.clone(), context)?),
    );
    decided.await.map_err(|error| match error {
        ExecuteError::ClaimTaken { guard, holder } if guard.scope.starts_with("index:") => {
            Setback::After(number_taken(command, holder.as_str())).into()
        }
        other => not_executed(state, order, other),
    })
}

fn number_taken(command: &Migrate, holder: &str) -> Problem {
    let number = command.index_number.as_ref().map_or("", |number| number.text.as_str());
    let kind = &INDEX_NUMBER_TAKEN;
    let error = FieldError {
        pointer: "/index_number".to_owned(),
        code: kind.code.to_owned(),
        detail: format!("索引号 {number} 属于 {holder}。"),
        detail_en: format!("{number} belongs to {holder}."),
        finding: None,
    };
    Problem::of(
        kind,
        Sentence::new(
            format!("索引号 {number} 属于 {holder}。{}", kind.remedy),
            format!("{number} belongs to {holder}. {}", kind.remedy_en),
        ),
    )
    .with_errors(vec![error])
}
