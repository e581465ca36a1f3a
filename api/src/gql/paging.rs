//! Lists that are asked for page by page, as Relay's connections.
//!
//! A resolver reads its arguments into a [`Page`], fetches one row more than asked for, and hands the rows back:
//! whether there is a next page is whether that row came. A cursor holds the sort keys of a row and the name of the
//! order: a page starts after the same row even when rows were added before it, and another order's cursor is refused.

use std::borrow::Cow;

use async_graphql::{Enum, Object, OutputType, SimpleObject, TypeName};
use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::Refusal;

/// Which part of a list is asked for; `K` holds the sort keys of a row and ends in its id: `(DateTime<Utc>, PageId)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<K> {
    order: &'static str,
    first: u32,
    after: Option<K>,
}

impl<K: Serialize + DeserializeOwned> Page<K> {
    /// The largest page, unless a field says otherwise.
    pub const MOST: u32 = 100;

    /// Reads `first` and `after` of a list in `order`. Fails with `BAD_USER_INPUT` when `first` is not from 0 to 100,
    /// or `after` is not a cursor of this order.
    pub fn new(order: &'static str, first: i32, after: Option<&str>) -> Result<Self, Refusal> {
        Self::up_to(Self::MOST, order, first, after)
    }

    /// The same for a list with pages of `most` items at most.
    pub fn up_to(most: u32, order: &'static str, first: i32, after: Option<&str>) -> Result<Self, Refusal> {
        let asked = u32::try_from(first).ok().filter(|first| *first <= most);
        let Some(first) = asked else {
            return Err(Refusal::bad_input(format!("The argument `first` is a number from 0 to {most}.")));
        };
        let after = after.map(|cursor| read(order, cursor)).transpose()?;
        Ok(Self { order, first, after })
    }

    /// How many rows to fetch: one more than asked for.
    pub fn limit(&self) -> u64 {
        u64::from(self.first) + 1
    }

    /// The keys of the row to start after.
    pub fn after(&self) -> Option<&K> {
        self.after.as_ref()
    }

    /// The answer: `rows` as fetched in order, at most [`limit`](Self::limit); `total` counts the whole list.
    pub fn connection<R, N>(
        &self,
        rows: Vec<R>,
        total: u64,
        keys: impl Fn(&R) -> K,
        node: impl Fn(R) -> N,
    ) -> Result<Connection<N>, serde_json::Error>
    where
        N: OutputType,
    {
        let first = usize::try_from(self.first).unwrap_or(usize::MAX);
        let has_next_page = rows.len() > first;
        let edges = rows.into_iter().take(first).map(|row| {
            let cursor = write(self.order, &keys(&row))?;
            Ok(Edge { cursor, node: node(row) })
        });
        Ok(Connection {
            edges: edges.collect::<Result<_, serde_json::Error>>()?,
            has_next_page,
            has_previous_page: self.after.is_some(),
            total_count: i32::try_from(total).unwrap_or(i32::MAX),
        })
    }
}

fn write(order: &str, keys: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(BASE64URL_NOPAD.encode(&serde_json::to_vec(&(order, keys))?))
}

fn read<K: DeserializeOwned>(order: &str, cursor: &str) -> Result<K, Refusal> {
    // PostgreSQL takes U+0000 in no text, and no cursor of ours has one; JSON writes it as an escape.
    let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok();
    let bytes = bytes.filter(|bytes| !bytes.windows(6).any(|text| text.eq_ignore_ascii_case(b"\\u0000")));
    match bytes.and_then(|bytes| serde_json::from_slice::<(String, K)>(&bytes).ok()) {
        Some((of, keys)) if of == order => Ok(keys),
        _ => Err(Refusal::bad_input("The argument `after` is not a cursor of this list.")),
    }
}

/// From which end a list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SortDirection {
    /// A to Z, the oldest first.
    Asc,
    /// Z to A, the newest first.
    Desc,
}

/// One page of a list.
#[derive(Debug)]
pub struct Connection<N> {
    edges: Vec<Edge<N>>,
    has_next_page: bool,
    has_previous_page: bool,
    total_count: i32,
}

/// An item of a list and where it stands.
#[derive(Debug)]
pub struct Edge<N> {
    cursor: String,
    node: N,
}

/// Where a page stands in its list.
#[derive(Debug, SimpleObject)]
pub struct PageInfo {
    /// Whether more items follow.
    has_next_page: bool,
    /// Whether items came before.
    has_previous_page: bool,
    /// The cursor of the first item.
    start_cursor: Option<String>,
    /// The cursor of the last item; pass it as `after` to go on.
    end_cursor: Option<String>,
}

impl<N: OutputType> TypeName for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", N::type_name()).into()
    }
}

impl<N: OutputType> TypeName for Edge<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", N::type_name()).into()
    }
}

/// One page of a list.
#[Object(name_type)]
impl<N: OutputType> Connection<N> {
    /// The items with their cursors.
    pub async fn edges(&self) -> &[Edge<N>] {
        &self.edges
    }

    /// The items alone.
    pub async fn nodes(&self) -> Vec<&N> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Where this page stands in the list.
    pub async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next_page,
            has_previous_page: self.has_previous_page,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// How many items the whole list has.
    pub async fn total_count(&self) -> i32 {
        self.total_count
    }
}

/// An item of a list and where it stands.
#[Object(name_type)]
impl<N: OutputType> Edge<N> {
    /// Where the item stands; pass it as `after` to go on from here.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The item.
    async fn node(&self) -> &N {
        &self.node
    }
}
