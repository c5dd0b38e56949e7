//! `GET /sites/{label}/columns`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, may, openapi::ReadProblems};
use gateway::{PathParam, Problem};
use serde::Serialize;
use utoipa::ToSchema;
use views::city::{ColumnLine, slice};

use crate::{problems::SITE_NOT_FOUND, refusal::Refusal, register, slices, state::PublishState};

/// A site's columns.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColumnList {
    /// The columns, each after the one above it; neighbours by position, then id.
    columns: Vec<ColumnEntry>,
}

/// A column among its site's.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColumnEntry {
    /// Its id.
    #[schema(example = "www.zwgk.tzgg")]
    column: String,
    /// The column above it; absent at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "www.zwgk")]
    parent: Option<String>,
    /// Its name.
    #[schema(example = "通知公告")]
    name: String,
    /// What it is for (栏目类型).
    #[schema(example = "通知公告")]
    kind: String,
    /// Its public address.
    #[schema(example = "http://www.localhost:8080/zwgk/tzgg/")]
    url: String,
}

/// Lists a site's columns as the tree they are (staff).
///
/// From the views, which follow an accepted command within moments; a column's own address is always at the head.
#[utoipa::path(get, operation_id = "list_columns", path = "/sites/{label}/columns", tag = "sites", params(("label" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj")),
    responses((status = 200, description = "The columns.", body = ColumnList), ReadProblems))]
pub(crate) async fn list(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(label): PathParam,
) -> Result<Response, Refusal> {
    let label = super::label(&label)?;
    let site = register::site(&state, &label).await?.ok_or_else(|| Problem::plain(&SITE_NOT_FOUND))?;
    let resource = Resource::on(&site.thing.department, label.clone());
    may(&state, &caller.staff, Action::ReadRegister, &resource)?;
    let lines: Vec<(String, ColumnLine)> = slices::rows(&state, slice::columns(label.as_str())).await?;
    let columns = in_tree_order(lines).into_iter().map(|(column, line)| ColumnEntry {
        url: state.city.url(label.as_str(), &line.path),
        parent: parent_of(&column).map(str::to_owned),
        name: line.name,
        kind: line.kind,
        column,
    });
    Ok(listed(ColumnList { columns: columns.collect() }))
}

/// The id above; none for a column right under its site.
fn parent_of(column: &str) -> Option<&str> {
    column.rsplit_once('.').map(|(above, _)| above).filter(|above| above.contains('.'))
}

/// Sorted by the positions and ids of all columns on the way down: what lies under a column follows it before its next neighbour.
fn in_tree_order(lines: Vec<(String, ColumnLine)>) -> Vec<(String, ColumnLine)> {
    let position = |id: &str| lines.iter().find(|(column, _)| column == id).map_or(0, |(_, line)| line.position);
    let way = |id: &str| {
        let mut steps = vec![(position(id), id.to_owned())];
        let mut at = id;
        while let Some(above) = parent_of(at) {
            steps.push((position(above), above.to_owned()));
            at = above;
        }
        steps.reverse();
        steps
    };
    let mut ordered: Vec<_> = lines.iter().map(|(id, line)| (way(id), (id.clone(), line.clone()))).collect();
    ordered.sort_by(|one, other| one.0.cmp(&other.0));
    ordered.into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_follow_the_one_above_them_and_neighbours_their_position() {
        let line = |id: &str, position| {
            let line = ColumnLine {
                name: id.to_owned(),
                path: "/".to_owned(),
                kind: "其他".to_owned(),
                position,
                on_home: false,
            };
            (id.to_owned(), line)
        };
        let given = [("www.a", 2), ("www.a.x", 9), ("www.a.y", 1), ("www.ab", 2), ("www.b", 1), ("www.a.y.z", 0)];
        let ordered = in_tree_order(given.map(|(id, position)| line(id, position)).into());
        let ids: Vec<&str> = ordered.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, ["www.b", "www.a", "www.a.y", "www.a.y.z", "www.a.x", "www.ab"]);
        assert_eq!((parent_of("www.a.y"), parent_of("www.a")), (Some("www.a"), None));
    }
}
