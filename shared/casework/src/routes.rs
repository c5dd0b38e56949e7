//! What can be asked of any case, whatever kind it is of, and of any function that takes them.

mod add_file;
mod assign;
mod description;
mod erase;
mod file;
mod health;
mod list;
mod note;
mod open;
mod problems;
mod readings;
mod take;

use axum::routing::{MethodRouter, get, post};
use utoipa::{
    __dev::{SchemaReferences, Tags},
    Path,
    openapi::path::Paths,
};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::{
    function::{Capability, CaseState},
    words::Words,
};

pub use list::listed_cases;

/// What can be asked of cases of one kind, below the kind's own path: `/{id}/take`.
#[must_use]
pub fn of_cases<C: Capability, K: Words>() -> OpenApiRouter<CaseState<C>> {
    OpenApiRouter::new()
        .routes(described::<list::__path_list, _>(get(list::list::<C, K>)))
        .routes(described::<open::__path_open, _>(post(open::open::<C, K>)))
        .routes(described::<add_file::__path_add, _>(post(add_file::add::<C, K>)))
        .routes(described::<file::__path_open, _>(post(file::open::<C, K>)))
        .routes(described::<take::__path_take, _>(post(take::take::<C, K>)))
        .routes(described::<assign::__path_assign, _>(post(assign::assign::<C, K>)))
        .routes(described::<note::__path_note, _>(post(note::note::<C, K>)))
        .routes(described::<erase::__path_erase, _>(post(erase::erase::<C, K>)))
        .routes(described::<readings::__path_read, _>(get(readings::read::<C, K>)))
}

/// What a function tells of itself, below its own path.
#[must_use]
pub fn of_service<C: Capability>() -> OpenApiRouter<CaseState<C>> {
    OpenApiRouter::new()
        .routes(described::<description::__path_read, _>(get(description::read::<C>)))
        .routes(described::<problems::__path_list, _>(get(problems::list::<C>)))
        .routes(described::<problems::__path_read, _>(get(problems::read::<C>)))
        .routes(described::<health::__path_read, _>(get(health::read)))
}

/// A handler with its description, as `utoipa_axum::routes!` joins them where the handler has no type parameters.
fn described<'t, P: Path + SchemaReferences + Tags<'t>, S: Clone + Send + Sync + 'static>(
    handler: MethodRouter<S>,
) -> UtoipaMethodRouter<S> {
    let (mut schemas, mut paths, mut operation) = (Vec::new(), Paths::new(), P::operation());
    P::schemas(&mut schemas);
    operation.tags.get_or_insert_default().extend(P::tags().iter().map(ToString::to_string));
    paths.add_path_operation(P::path(), P::methods(), operation);
    (schemas, paths, handler)
}
