//! The facts of the library, as staff list and write them.

use async_graphql::{ComplexObject, Context, ID, InputObject, Json, Object, Result, SimpleObject};
use entity::fact::{self, FactId, FactInput, FactKind};
use uuid::Uuid;

use super::used_count;
use crate::{
    gql::{
        id::read_id,
        paging::{Connection, Page as Paging},
    },
    identity::{Identity, Permission, Request},
    library, payload, publishing,
};

/// What the library can be asked.
#[derive(Default)]
pub struct FactQuery;

#[Object]
impl FactQuery {
    /// The definition of every kind of fact, in the order of the admin, which draws its forms from these.
    async fn fact_kinds(&self, ctx: &Context<'_>) -> Result<Vec<FactDefinition>> {
        Request::of(ctx).actor.require(Permission::ReadDrafts)?;
        Ok(fact::definitions().into_iter().map(FactDefinition::from).collect())
    }

    /// The facts of a kind, by name.
    async fn facts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which kind.")] kind: FactKind,
        #[graphql(default, desc = "Words of the name or of the second line.")] query: String,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<Fact>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        let paging = Paging::<(String, Uuid)>::new("facts", first, after.as_deref())?;
        let found = library::list_facts(request.reader(), request.actor, kind, &query).await?;
        let total = found.len() as u64;
        let follows = |fact: &library::Fact| paging.after().is_none_or(|after| fact.position() > *after);
        let most = usize::try_from(paging.limit()).unwrap_or(usize::MAX);
        let rows = found.into_iter().filter(follows).take(most).collect();
        Ok(paging.connection(rows, total, library::Fact::position, Fact::from)?)
    }

    /// The fact of that id; null when there is none.
    async fn fact(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Fact>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        match id.parse::<FactId>() {
            Ok(id) => Ok(library::find_fact(request.reader(), request.actor, id).await?.map(Fact::from)),
            Err(_) => Ok(None),
        }
    }
}

/// What can be done with facts.
#[derive(Default)]
pub struct FactMutation;

#[Object]
impl FactMutation {
    /// Keeps a new fact.
    async fn create_fact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A new fact.")] input: CreateFactInput,
    ) -> Result<FactPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(library::permission_for(input.fields.kind())).await?;
        let audit = Identity::audit_of(ctx);
        let fact = library::create_fact(&tx, request.actor, audit, input.fields, request.now).await;
        request.finish(tx, fact.map(Fact::from)).await
    }

    /// Writes a fact anew. Whatever refers to it shows the change at once, on the site and in both schemas.
    async fn update_fact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A change of a fact.")] input: UpdateFactInput,
    ) -> Result<FactPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(library::permission_for(input.fields.kind())).await?;
        let fact = async {
            let id = read_id(&input.id, "id")?;
            let audit = Identity::audit_of(ctx);
            library::change_fact(&tx, request.actor, audit, id, input.version, input.fields, request.now).await
        };
        let fact = fact.await;
        request.finish(tx, fact.map(Fact::from)).await
    }

    /// Deletes a fact that nothing uses. Emergency numbers stay.
    async fn delete_fact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A fact to delete.")] input: DeleteFactInput,
    ) -> Result<FactPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let fact = async {
            let id = read_id(&input.id, "id")?;
            publishing::delete_fact(&tx, request.actor, Identity::audit_of(ctx), id, request.now).await
        };
        let fact = fact.await;
        request.finish(tx, fact.map(Fact::from)).await
    }
}

/// A kind of fact, as the admin offers it.
#[derive(SimpleObject)]
#[graphql(name = "FactDefinition")]
pub struct FactDefinition {
    /// Which.
    kind: FactKind,
    /// Its key in `FactInput`: `contactPoint`.
    key: &'static str,
    /// What editors call one.
    title: &'static str,
    /// What they call many.
    plural: &'static str,
    /// What it is for.
    description: &'static str,
    /// The name of its icon.
    icon: &'static str,
    /// Whether there is one and no more.
    single: bool,
    /// JSON Schema of its fields, with the hints that block kinds have too.
    schema: Json<serde_json::Value>,
    /// A fresh one.
    empty: Json<serde_json::Value>,
}

impl From<fact::Definition> for FactDefinition {
    fn from(it: fact::Definition) -> Self {
        Self {
            kind: it.kind,
            key: it.kind.key(),
            title: it.title,
            plural: it.plural,
            description: it.description,
            icon: it.icon,
            single: it.single,
            schema: Json(it.schema),
            empty: Json(it.empty),
        }
    }
}

/// Something that content uses by reference: kept once, shown wherever it is named.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Fact {
    /// Opaque and stable. The same as in the public schema, where it is public there.
    id: ID,
    /// What sort of fact it is.
    kind: FactKind,
    /// How often it was written; send it along with a change.
    version: i32,
    /// What lists call it.
    name: String,
    /// The second line: a number, a publisher, a place.
    detail: String,
    /// Why it can never be deleted; null when it can, once nothing uses it.
    protection: Option<&'static str>,
    /// What staff write, by the fields of its kind's schema.
    fields: Json<serde_json::Value>,
}

#[ComplexObject]
impl Fact {
    /// How many things point at it; which, says `uses`. Null for what nothing points at: menus and the brand are there
    /// by themselves.
    async fn used_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        match self.id.parse::<FactId>().ok().and_then(FactId::reference) {
            Some(reference) => used_count(ctx, reference).await.map(Some),
            None => Ok(None),
        }
    }
}

impl From<library::Fact> for Fact {
    fn from(it: library::Fact) -> Self {
        Self {
            id: it.id.to_string().into(),
            kind: it.id.kind,
            version: it.version,
            name: it.name,
            detail: it.detail,
            protection: it.protection,
            fields: Json(it.fields),
        }
    }
}

/// A new fact.
#[derive(InputObject)]
pub struct CreateFactInput {
    /// What it is, under the key of its kind.
    fields: FactInput,
}

/// A change of a fact.
#[derive(InputObject)]
pub struct UpdateFactInput {
    /// The fact.
    id: ID,
    /// The version it was written on.
    version: i32,
    /// All of its fields as they are to be, under the key of its kind.
    fields: FactInput,
}

/// A fact to delete.
#[derive(InputObject)]
pub struct DeleteFactInput {
    /// The fact.
    id: ID,
}

payload!(
    /// A fact, or what to mend.
    FactPayload { fact: Fact }
);
