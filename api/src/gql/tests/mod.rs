//! A schema of a few fields, served as the real ones are.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod abuse;
mod input;
mod paging;
mod refusals;
mod shape;
mod transport;
mod validation;

use std::time::Duration;

use async_graphql::{
    Context, EmptySubscription, Enum, InputObject, Json, MaybeUndefined, Object, OneofObject, Schema, SimpleObject,
    Union,
};
use poem::http::{HeaderMap, StatusCode};
use poem::{Endpoint, Request};

use super::paging::{Connection, Page};
use super::{GraphqlEndpoint, Limits, Policy, Prepare, Refusal, RequestId};
use crate::error::Error;

pub struct Query;

/// A book.
pub struct Book(u32);

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum Shelf {
    Upper,
    Lower,
}

#[derive(InputObject)]
pub struct Filter {
    title: Option<String>,
    shelf: Option<Shelf>,
    #[graphql(default = 3)]
    copies: i32,
    tags: Option<Vec<String>>,
    key: Option<Key>,
}

#[derive(OneofObject)]
pub enum Key {
    Number(i32),
    Isbn(String),
}

#[derive(SimpleObject)]
pub struct Author {
    name: String,
}

#[Object]
impl Book {
    async fn id(&self) -> u32 {
        self.0
    }

    async fn title(&self) -> String {
        format!("Book {}", self.0)
    }

    async fn author(&self) -> Author {
        Author { name: "A".to_owned() }
    }

    async fn broken(&self) -> Result<i32, Refusal> {
        Err(Refusal::bad_input("broken"))
    }

    async fn maybe_broken(&self) -> Result<Option<i32>, Refusal> {
        Err(Refusal::bad_input("broken"))
    }

    async fn late(&self) -> bool {
        tokio::task::yield_now().await;
        true
    }

    async fn next(&self) -> Book {
        Book(self.0 + 1)
    }

    async fn sequels(&self) -> Vec<Book> {
        vec![Book(self.0 + 1), Book(self.0 + 2)]
    }

    async fn related(&self, #[graphql(default = 20)] first: i32) -> Result<Connection<Book>, Refusal> {
        Ok(list(&Page::new("id", first, None)?))
    }
}

#[derive(Union)]
pub enum Thing {
    Book(Book),
    Author(Author),
}

impl Query {
    fn some_things(&self) -> Vec<Option<Thing>> {
        vec![Some(Thing::Book(Book(1))), None, Some(Thing::Author(Author { name: "A".to_owned() }))]
    }
}

fn list(page: &Page<(u32,)>) -> Connection<Book> {
    let from = page.after().map_or(1, |(id,)| id + 1);
    let rows = (from..=250).take(usize::try_from(page.limit()).unwrap()).collect();
    page.connection(rows, 250, |id| (*id,), Book).unwrap()
}

#[Object]
impl Query {
    async fn book(&self, #[graphql(default = 7)] id: u32) -> Option<Book> {
        Some(Book(id))
    }

    async fn books(
        &self,
        #[graphql(default = 20)] first: i32,
        after: Option<String>,
        filter: Option<Filter>,
    ) -> Result<Connection<Book>, Refusal> {
        drop(filter);
        Ok(list(&Page::new("id", first, after.as_deref())?))
    }

    async fn things(&self) -> Vec<Thing> {
        vec![Thing::Book(Book(1)), Thing::Author(Author { name: "A".to_owned() })]
    }

    async fn thing(&self, #[graphql(default)] none: bool) -> Option<Thing> {
        (!none).then_some(Thing::Book(Book(1)))
    }

    async fn maybe_things(&self) -> Option<Vec<Option<Thing>>> {
        Some(self.some_things())
    }

    async fn books_by_id(&self, ids: Vec<u32>) -> Vec<Book> {
        ids.into_iter().map(Book).collect()
    }

    async fn echo(&self, filter: Filter) -> String {
        let shelf = filter.shelf.map(|shelf| if shelf == Shelf::Upper { "upper" } else { "lower" });
        let key = filter.key.map(|key| match key {
            Key::Number(number) => number.to_string(),
            Key::Isbn(isbn) => isbn,
        });
        format!("{:?} {shelf:?} {} {:?} {key:?}", filter.title, filter.copies, filter.tags)
    }

    async fn say(&self, text: Option<String>) -> Option<String> {
        text
    }

    async fn maybe(&self, text: MaybeUndefined<String>) -> &str {
        match text {
            MaybeUndefined::Undefined => "absent",
            MaybeUndefined::Null => "null",
            MaybeUndefined::Value(_) => "given",
        }
    }

    async fn keep(&self, value: Json<serde_json::Value>) -> Json<serde_json::Value> {
        value
    }

    async fn short(&self, #[graphql(validator(max_length = 3))] text: String) -> String {
        text
    }

    async fn who(&self, ctx: &Context<'_>) -> String {
        ctx.data_opt::<String>().cloned().unwrap_or_default()
    }

    async fn signed_in(&self) -> Result<Option<bool>, Error> {
        Err(Error::Unauthenticated)
    }

    async fn breaks(&self) -> async_graphql::Result<Option<bool>> {
        Err(async_graphql::Error::new("password=hunter2"))
    }

    async fn breaks_below(&self) -> Result<Option<bool>, Error> {
        Err(Error::Internal("disk on fire".into()))
    }

    async fn must(&self) -> async_graphql::Result<bool> {
        Err(async_graphql::Error::new("no"))
    }

    async fn invents_a_code(&self) -> async_graphql::Result<Option<bool>> {
        use async_graphql::ErrorExtensions as _;
        Err(async_graphql::Error::new("x").extend_with(|_, extensions| extensions.set("code", "OUCH")))
    }

    async fn busy(&self) -> Result<Option<bool>, Refusal> {
        Err(Refusal::rate_limited(30))
    }

    async fn failing(&self) -> Vec<Failing> {
        (0..40).map(|_| Failing).collect()
    }

    async fn slow(&self) -> bool {
        tokio::time::sleep(Duration::from_secs(60)).await;
        true
    }

    async fn cookies(&self, ctx: &Context<'_>) -> bool {
        ctx.append_http_header("set-cookie", "a=1");
        ctx.append_http_header("set-cookie", "b=2");
        ctx.insert_http_header("cache-control", "public, max-age=60");
        true
    }
}

pub struct Failing;

#[Object]
impl Failing {
    async fn field(&self) -> Result<Option<bool>, Refusal> {
        Err(Refusal::bad_input("x".repeat(500)))
    }
}

pub struct Mutation;

#[Object]
impl Mutation {
    async fn write(&self) -> bool {
        true
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub json: serde_json::Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn code(&self) -> &str {
        self.json["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
    }

    pub fn message(&self) -> &str {
        self.json["errors"][0]["message"].as_str().unwrap_or_default()
    }
}

pub type Served<P> = GraphqlEndpoint<Schema<Query, Mutation, EmptySubscription>, P>;

pub fn serve<P: Prepare>(policy: Policy, prepare: P) -> Served<P> {
    let schema = super::tuned(Schema::build(Query, Mutation, EmptySubscription), &policy.limits).finish();
    let sdl = schema.sdl();
    GraphqlEndpoint::new(schema, &sdl, policy, prepare).unwrap()
}

pub fn public() -> Served<()> {
    serve(Policy::public(), ())
}

pub async fn send<P: Prepare>(endpoint: &Served<P>, request: Request) -> Answer {
    let mut response = endpoint.call(request).await.unwrap();
    let text = response.take_body().into_string().await.unwrap();
    let json = serde_json::from_str(&text).unwrap_or_default();
    Answer { status: response.status(), headers: response.headers().clone(), text, json }
}

pub fn post(body: impl Into<poem::Body>) -> Request {
    let request = Request::builder().method(poem::http::Method::POST).content_type("application/json");
    request.header("accept", "application/graphql-response+json").extension(RequestId("r-1".to_owned())).body(body)
}

/// Posts a document with variables to the public endpoint.
pub async fn ask_with(query: &str, variables: serde_json::Value) -> Answer {
    let body = serde_json::json!({ "query": query, "variables": variables });
    send(&public(), post(body.to_string())).await
}

/// Posts a document to the public endpoint.
pub async fn ask(query: &str) -> Answer {
    ask_with(query, serde_json::json!(null)).await
}

/// The limits of the public endpoint, for one test's change.
pub fn limited(change: impl FnOnce(&mut Limits)) -> Served<()> {
    let mut policy = Policy::public();
    change(&mut policy.limits);
    serve(policy, ())
}
