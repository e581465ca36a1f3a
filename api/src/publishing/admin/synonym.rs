//! What means the same in a visitor's search, as staff keep it.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use crate::{
    identity::{Identity, Permission, Request},
    payload,
    publishing::{Synonyms, list_synonyms, save_synonyms},
};

/// What is kept for the public's search.
#[derive(Default)]
pub struct SynonymQuery;

#[Object]
impl SynonymQuery {
    /// What means the same in the public's search, as you wrote it or as every centre begins with it.
    async fn search_synonyms(&self, ctx: &Context<'_>) -> Result<Vec<SynonymGroup>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        Ok(list_synonyms(request.reader()).await?.into_iter().map(SynonymGroup::from).collect())
    }
}

/// What can be done with that list.
#[derive(Default)]
pub struct SynonymMutation;

#[Object]
impl SynonymMutation {
    /// Writes the list of what means the same anew, whole. It counts for the public's search at once.
    async fn save_search_synonyms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list as it is to be.")] input: SaveSearchSynonymsInput,
    ) -> Result<SearchSynonymsPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let audit = Identity::audit_of(ctx);
        let SaveSearchSynonymsInput { groups, based_on } = input;
        let saved = save_synonyms(&tx, request.actor, audit, groups, based_on, request.now).await;
        let groups = saved.map(|groups| groups.into_iter().map(SynonymGroup::from).collect());
        request.finish(tx, groups).await
    }
}

/// Terms that mean the same.
#[derive(SimpleObject)]
pub struct SynonymGroup {
    /// Such as "CBT" and "cognitive behavioral therapy".
    terms: Vec<String>,
}

impl From<Synonyms> for SynonymGroup {
    fn from(Synonyms(terms): Synonyms) -> Self {
        Self { terms }
    }
}

/// The list as it is to be.
#[derive(InputObject)]
pub struct SaveSearchSynonymsInput {
    /// Groups of 2 to 12 terms that mean the same; at most 500 groups, and each term in one of them.
    groups: Vec<Vec<String>>,
    /// The list as you read it: where somebody changed it since, nothing is written (`CONFLICT`). Left out, yours is
    /// written over whatever is there.
    based_on: Option<Vec<Vec<String>>>,
}

payload!(
    /// The list, or what to mend.
    SearchSynonymsPayload { groups: Vec<SynonymGroup> }
);
