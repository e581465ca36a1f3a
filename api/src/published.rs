//! What is public, looked up once for each generation of it.
//!
//! A snapshot that was read and parsed, a fact, the way from a path to what is there: each is kept under the generation it
//! was looked up in, so a change that shows makes all of it new, and until then a query that nobody asked before costs
//! what it takes to run it and nothing else. What is kept may be newer than its generation says, and never older.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt::Debug,
    future::Future,
    hash::Hash,
    marker::PhantomData,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use futures_util::future::try_join_all;
use moka::sync::Cache;
use tokio::sync::OnceCell;

use crate::{error::Result, tags::Tags};

/// What a look-up is taken to keep where nobody says more: a row, and its key.
pub const ROW_BYTES: usize = 1_024;

/// What an entry takes beside its key and what was found, also where nothing was.
const OVERHEAD: usize = 512;

/// Everything of it that is kept, bounded by its bytes; what nobody asks for gives way. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Published(Cache<Key, Kept>);

/// The generation, what sort of thing it is, and what it was looked up by.
type Key = (u64, TypeId, Box<str>);

#[derive(Clone)]
struct Kept {
    value: Arc<dyn Any + Send + Sync>,
    bytes: usize,
}

impl Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.bytes)
    }
}

impl Published {
    /// Keeps at most so many bytes.
    pub fn new(bytes: u64) -> Self {
        let weight = |key: &Key, kept: &Kept| u32::try_from(OVERHEAD + key.2.len() + kept.bytes).unwrap_or(u32::MAX);
        Self(Cache::builder().weigher(weight).max_capacity(bytes).build())
    }

    /// As of `generation`; of none, nothing is kept: of a draft, or where the database does not say.
    pub fn at(&self, generation: Option<u64>) -> View {
        View(generation.map(|generation| (generation, self.clone())))
    }
}

/// What is public as one request sees it.
#[derive(Clone, Debug)]
pub struct View(Option<(u64, Published)>);

impl View {
    /// That of the request a resolver runs in.
    pub fn of<'a>(ctx: &'a Context<'_>) -> &'a Self {
        ctx.data_unchecked()
    }

    /// What is kept under `name`, or what `look` finds; `bytes` says how much of memory that takes.
    pub async fn once<V: Clone + Send + Sync + 'static>(
        &self,
        name: &str,
        bytes: impl FnOnce(&V) -> usize,
        look: impl Future<Output = Result<V>>,
    ) -> Result<V> {
        if let Some(kept) = self.get(name) {
            return Ok(kept);
        }
        let value = look.await?;
        self.keep(name, &value, bytes(&value));
        Ok(value)
    }

    fn get<V: Clone + Send + Sync + 'static>(&self, name: &str) -> Option<V> {
        let (generation, published) = self.0.as_ref()?;
        let kept = published.0.get(&(*generation, TypeId::of::<V>(), name.into()))?;
        kept.value.downcast_ref::<V>().cloned()
    }

    fn keep<V: Clone + Send + Sync + 'static>(&self, name: &str, value: &V, bytes: usize) {
        if let Some((generation, published)) = &self.0 {
            let key = (*generation, TypeId::of::<V>(), name.into());
            published.0.insert(key, Kept { value: Arc::new(value.clone()), bytes });
        }
    }
}

/// A loader whose findings are public, and the same for everybody.
pub trait Finds<K: Send + Sync + Hash + Eq + Clone + 'static>: Loader<K> {
    /// Notes what is asked for, there or not.
    fn note(key: &K, tags: &Tags);

    /// How much of memory a finding takes.
    fn bytes(_found: &Self::Value) -> usize {
        ROW_BYTES
    }
}

/// One request's look-ups of one sort: what is kept, and the rest many at once, each thing once.
pub struct Lookup<L> {
    loader: DataLoader<L>,
    view: View,
    tags: Tags,
    asked: Mutex<HashMap<(TypeId, Box<str>), Finding>>,
}

/// What one of a request's look-ups finds, for all who ask for it.
type Finding = Arc<OnceCell<Arc<dyn Any + Send + Sync>>>;

impl<L: Send + Sync + 'static> Lookup<L> {
    /// Of what `loader` finds, in `view`; noted in `tags`.
    pub fn new(loader: L, view: &View, tags: &Tags) -> Self {
        let loader = DataLoader::new(loader, tokio::spawn);
        Self { loader, view: view.clone(), tags: tags.clone(), asked: Mutex::default() }
    }

    /// Those of the request a resolver runs in.
    pub fn of<'a>(ctx: &'a Context<'_>) -> &'a Self {
        ctx.data_unchecked()
    }

    /// What is under that key, if anything.
    pub async fn load_one<K>(&self, key: K) -> Result<Option<L::Value>, L::Error>
    where
        K: Send + Sync + Hash + Eq + Clone + Debug + 'static,
        L: Finds<K>,
    {
        L::note(&key, &self.tags);
        let name = format!("{key:?}");
        if let Some(Looked(_, found)) = self.view.get::<Looked<K, L::Value>>(&name) {
            return Ok(found);
        }
        let finding = {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(asked.entry((TypeId::of::<K>(), name.as_str().into())).or_default())
        };
        let look = async || {
            let found = Looked(PhantomData::<K>, self.loader.load_one(key).await?);
            self.view.keep(&name, &found, found.1.as_ref().map_or(0, L::bytes));
            Ok::<Arc<dyn Any + Send + Sync>, L::Error>(Arc::new(found))
        };
        let found = finding.get_or_try_init(look).await?;
        Ok(found.downcast_ref::<Looked<K, L::Value>>().and_then(|Looked(_, found)| found.clone()))
    }

    /// What is under these keys; what is not there is left out.
    pub async fn load_many<K>(&self, keys: impl IntoIterator<Item = K>) -> Result<HashMap<K, L::Value>, L::Error>
    where
        K: Send + Sync + Hash + Eq + Clone + Debug + 'static,
        L: Finds<K>,
    {
        let one = async |key: K| Ok(self.load_one(key.clone()).await?.map(|found| (key, found)));
        Ok(try_join_all(keys.into_iter().map(one)).await?.into_iter().flatten().collect())
    }
}

/// What was found under a key of one kind; also that there is nothing.
#[derive(Clone)]
struct Looked<K, V>(PhantomData<K>, Option<V>);

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    struct Doubles(Arc<AtomicUsize>);

    impl Loader<u32> for Doubles {
        type Value = u32;
        type Error = ();

        async fn load(&self, keys: &[u32]) -> Result<HashMap<u32, u32>, ()> {
            self.0.fetch_add(keys.len(), Ordering::Relaxed);
            Ok(keys.iter().filter(|key| **key < 10).map(|key| (*key, key * 2)).collect())
        }
    }

    impl Finds<u32> for Doubles {
        fn note(key: &u32, tags: &Tags) {
            tags.add(key);
        }
    }

    #[tokio::test]
    async fn what_is_there_and_what_is_not_is_looked_up_once_a_generation() {
        let (published, asked) = (Published::new(1 << 20), Arc::new(AtomicUsize::new(0)));
        let at = |generation, tags: &Tags| Lookup::new(Doubles(asked.clone()), &published.at(generation), tags);
        let (first, second) = (Tags::default(), Tags::default());
        for tags in [&first, &second] {
            let found = at(Some(1), tags).load_many([1, 2, 30]).await.unwrap();
            assert_eq!((found.len(), found.get(&2)), (2, Some(&4)));
        }
        assert_eq!(asked.load(Ordering::Relaxed), 3);
        assert_eq!(first.joined(" "), second.joined(" "), "what is kept is noted as well");
        at(Some(2), &first).load_one(1).await.unwrap();
        at(None, &first).load_one(1).await.unwrap();
        at(None, &first).load_one(1).await.unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 6);
    }

    #[tokio::test]
    async fn a_request_asks_for_each_thing_once() {
        let asked = Arc::new(AtomicUsize::new(0));
        let lookup = Lookup::new(Doubles(asked.clone()), &Published::new(1 << 20).at(None), &Tags::default());
        let found = try_join_all((0..100).map(|at| lookup.load_one(at % 3))).await.unwrap();
        assert_eq!(found.iter().flatten().count(), 100);
        lookup.load_many([0, 1, 2, 2]).await.unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn what_failed_is_looked_up_again() {
        let view = Published::new(1 << 20).at(Some(1));
        let failed = view.once("a", |_: &u32| 1, async { Err(crate::error::Error::Forbidden) }).await;
        assert!(failed.is_err());
        assert_eq!(view.once("a", |_| 1, async { Ok(7) }).await.ok(), Some(7));
        assert_eq!(view.once("a", |_| 1, async { Ok(8) }).await.ok(), Some(7));
    }
}
