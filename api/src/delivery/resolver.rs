//! How the public schema resolves what content points at.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, dataloader::Loader, parser::types::Field,
};
use entity::reference::{Reference, Resolve, Resolver, Target, Targets};
use sea_orm::DatabaseConnection;

use crate::{
    content::page::PageLoader,
    error::Error,
    library::{
        LibraryLoader,
        public::{ContactPoint, Location, Person, Region, Source},
    },
    media::{MediaLoader, public::Media},
    published::{Finds, Lookup, View},
    publishing::{Audience, TreeLoader, find_targets},
    tags::Tags,
    therapies::{public::Therapy, therapy::TherapyLoader},
};

/// The loaders of one public request: what it asks for twice is read once, what it asks for side by side in one query.
pub struct PublicData;

impl PublicData {
    /// Adds to a request what its resolvers read: `view` is what is public, what they ask for is noted in `tags`, and
    /// `origin` is where this server is reached from outside.
    pub fn add_to(
        request: async_graphql::Request,
        db: &DatabaseConnection,
        view: View,
        tags: &Tags,
        origin: &str,
    ) -> async_graphql::Request {
        let targets = Lookup::new(TargetLoader(db.clone()), &view, tags);
        request
            .data(db.clone())
            .data(tags.clone())
            .data(Lookup::new(LibraryLoader(db.clone()), &view, tags))
            .data(Lookup::new(MediaLoader(db.clone()), &view, tags))
            .data(Lookup::new(PageLoader(db.clone()), &view, tags))
            .data(Lookup::new(TherapyLoader(db.clone()), &view, tags))
            .data(Lookup::new(TreeLoader(db.clone()), &view, tags))
            .data(view)
            .data::<Resolver>(Arc::new(PublicResolver { targets, origin: origin.to_owned() }))
    }
}

struct TargetLoader(DatabaseConnection);

impl Loader<Reference> for TargetLoader {
    type Value = Target;
    type Error = Arc<Error>;

    async fn load(&self, wanted: &[Reference]) -> Result<HashMap<Reference, Target>, Arc<Error>> {
        let found = find_targets(&self.0, wanted, Audience::Public).await?;
        Ok(wanted.iter().filter_map(|reference| Some((*reference, found.get(*reference)?.clone()))).collect())
    }
}

impl Finds<Reference> for TargetLoader {
    fn note(reference: &Reference, tags: &Tags) {
        tags.add(reference);
        // Its telephone number and its region's short name stand in it.
        if matches!(reference, Reference::Location(_)) {
            tags.add_all(["type:contactPoint", "type:region"]);
        }
    }
}

struct PublicResolver {
    targets: Lookup<TargetLoader>,
    origin: String,
}

#[async_trait::async_trait]
impl Resolve for PublicResolver {
    async fn targets(&self, wanted: &[Reference]) -> async_graphql::Result<Targets> {
        Ok(self.targets.load_many(wanted.iter().copied()).await?.into_iter().collect())
    }

    fn origin(&self) -> &str {
        &self.origin
    }

    async fn object(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
        reference: Reference,
    ) -> ServerResult<Value> {
        match reference {
            Reference::Therapy(id) => {
                let loader = ctx.data_unchecked::<Lookup<TherapyLoader>>();
                resolve(loader.load_one(id).await, ctx, field, Therapy).await
            }
            Reference::Location(id) => resolve(library(ctx).load_one(id).await, ctx, field, Location).await,
            Reference::Region(id) => resolve(library(ctx).load_one(id).await, ctx, field, Region).await,
            Reference::ContactPoint(id) => resolve(library(ctx).load_one(id).await, ctx, field, ContactPoint).await,
            Reference::Source(id) => resolve(library(ctx).load_one(id).await, ctx, field, Source).await,
            Reference::Media(id) => {
                let loader = ctx.data_unchecked::<Lookup<MediaLoader>>();
                resolve(loader.load_one(id).await, ctx, field, Media::from).await
            }
            Reference::Person(id) => resolve(library(ctx).load_one(id).await, ctx, field, Person).await,
            Reference::Page(_) | Reference::FaqItem(_) | Reference::SharedBlock(_) => Ok(Value::Null),
        }
    }
}

fn library<'a>(ctx: &'a ContextSelectionSet<'_>) -> &'a Lookup<LibraryLoader> {
    ctx.data_unchecked()
}

async fn resolve<M, G: OutputType>(
    found: Result<Option<M>, Arc<Error>>,
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
    wrap: impl FnOnce(M) -> G,
) -> ServerResult<Value> {
    match found {
        Ok(Some(row)) => wrap(row).resolve(ctx, field).await,
        Ok(None) => Ok(Value::Null),
        Err(cause) => Err(async_graphql::Error::from(cause).into_server_error(field.pos)),
    }
}
