//! Reading the ids of an input.

use async_graphql::ID;
use entity::problem::{ProblemCode, Problems, Stage};

use crate::error::{Error, Result, refuse_if_any};

/// Reads an id of the input, or fails with a problem at `field`.
pub fn read_id<T: std::str::FromStr>(id: &ID, field: &str) -> Result<T> {
    id.parse().map_err(|_| {
        Error::problem(ProblemCode::NotFound, [field], format!("There is nothing with the id {id:?}.", id = short(id)))
    })
}

/// Reads an optional id of the input, or fails with a problem at `path`.
pub fn read_optional_id<T: std::str::FromStr>(id: Option<&ID>, field: &str) -> Result<Option<T>> {
    id.map(|id| read_id(id, field)).transpose()
}

/// Reads several ids of the input, or fails with the problems of all that are wrong.
pub fn read_ids<T: std::str::FromStr>(ids: &[ID], field: &str) -> Result<Vec<T>> {
    let mut problems = Problems::new(Stage::Draft);
    let mut read = Vec::with_capacity(ids.len());
    problems.within(field, |problems| {
        for (place, id) in ids.iter().enumerate() {
            match id.parse() {
                Ok(id) => read.push(id),
                Err(_) => problems.add(place, ProblemCode::NotFound, "There is nothing with this id."),
            }
        }
    });
    refuse_if_any(problems)?;
    Ok(read)
}

fn short(id: &ID) -> String {
    id.chars().take(40).collect()
}
