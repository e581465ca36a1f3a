//! What a visitor may ask of therapies at the root: lists, and what narrows them.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, Result};
use entity::content::LevelOfCare;
use sea_orm::DatabaseConnection;

use super::Therapy;
use crate::{
    gql::paging::{Connection, Page as Paging, SortDirection},
    tags::Tags,
    therapies::therapy::{self, TherapyFilter, TherapyOrder, TherapyOrderField, TherapyPosition},
};

/// Which therapies to list; the conditions are joined by "and".
#[derive(Default, InputObject)]
#[graphql(name = "TherapyFilter")]
pub struct TherapyFilterInput {
    /// Only those offered in the region of this slug: `massachusetts`.
    region: Option<String>,
    /// Only those used for this, in whichever case: `Depression`.
    condition: Option<String>,
    /// Only those offered at one of these levels.
    levels_of_care: Option<Vec<LevelOfCare>>,
}

/// In which order therapies are listed. What is the same in it is in the order of paths.
#[derive(InputObject)]
#[graphql(name = "TherapyOrder")]
pub struct TherapyOrderInput {
    /// By what.
    field: TherapyOrderField,
    /// From which end.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

/// The lists of therapies.
#[derive(Default)]
pub struct TherapiesQuery;

#[Object]
impl TherapiesQuery {
    /// Therapies: all of them, or those of a region, a condition, a level of care.
    ///
    /// ```graphql
    /// { therapies(filter: { region: "massachusetts", levelsOfCare: [RESIDENTIAL] }, first: 10) { nodes { title path } } }
    /// ```
    async fn therapies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; left out, all.")] filter: Option<TherapyFilterInput>,
        #[graphql(desc = "In which order; left out, by path.")] order_by: Option<TherapyOrderInput>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<Therapy>>> {
        Tags::of(ctx).add_all(["type:therapy", "type:region"]);
        let db = ctx.data::<DatabaseConnection>()?;
        let TherapyFilterInput { region, condition, levels_of_care } = filter.unwrap_or_default();
        let filter = TherapyFilter { region, condition, levels_of_care: levels_of_care.unwrap_or_default() };
        let order = order_by.map_or_else(TherapyOrder::default, |order| TherapyOrder {
            by: order.field,
            descending: order.direction == SortDirection::Desc,
        });
        let paging = Paging::<TherapyPosition>::new(order.name(), first, after.as_deref())?;
        let rows = therapy::list_live(db, &filter, order, paging.after(), paging.limit()).await?;
        let total = therapy::count_live(db, &filter).await?;
        Ok(Some(paging.connection(rows, total, TherapyPosition::of, |live| Therapy(Arc::new(live)))?))
    }

    /// What the therapies are used for, each once, by name; for a filter's choices.
    ///
    /// ```graphql
    /// { conditions }
    /// ```
    async fn conditions(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        Tags::of(ctx).add("type:therapy");
        Ok(Some(therapy::list_conditions(ctx.data::<DatabaseConnection>()?).await?))
    }
}
