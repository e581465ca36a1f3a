//! Where bytes are: in a folder, or in a bucket that speaks S3. Whoever keeps something sees no difference.

use std::{collections::HashSet, future::ready, path::Path, sync::Arc};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use futures_util::TryStreamExt;
use object_store::{
    Error, ObjectStore, ObjectStoreExt, aws::AmazonS3Builder, local::LocalFileSystem, path::Path as Key,
};
use sha2::{Digest, Sha256};

/// Why something could not be kept or had.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder cannot be made.
    #[error("the media folder cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    /// The folder or the bucket refused.
    #[error("the media store cannot be used: {0}")]
    Store(#[from] Error),
}

/// A bucket that speaks S3.
#[derive(Clone)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Where the service is; none for Amazon's own.
    pub endpoint: Option<String>,
    /// Where the bucket is: `eu-central-1`.
    pub region: String,
    /// Id and secret of a key; none, and the machine's own role is used.
    pub key: Option<(String, String)>,
}

/// Where what was made of bytes is.
const RENDITIONS: &str = "renditions";
/// Among what was made of bytes: a mark that nobody has them any more. No rendition is called so.
const UNUSED: &str = "unused";

/// Where bytes are. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Arc<dyn ObjectStore>);

impl Store {
    /// The store in `folder`, which is made if it is not there. What is kept there is on the disk before that is said.
    pub fn folder(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))))
    }

    /// The store in a bucket, which is there already.
    pub fn bucket(bucket: Bucket) -> Result<Self, StoreError> {
        let mut builder = AmazonS3Builder::new().with_bucket_name(bucket.name).with_region(bucket.region);
        if let Some(endpoint) = bucket.endpoint {
            builder = builder.with_allow_http(endpoint.starts_with("http:")).with_endpoint(endpoint);
        }
        if let Some((id, secret)) = bucket.key {
            builder = builder.with_access_key_id(id).with_secret_access_key(secret);
        }
        Ok(Self(Arc::new(builder.build()?)))
    }

    /// Keeps bytes under the SHA-256 of themselves, and answers it.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        self.0.put(&place(&hash), bytes.into()).await?;
        self.delete(&made(&hash, UNUSED)).await?;
        Ok(hash)
    }

    /// The bytes of that SHA-256; nothing when they are not here.
    pub async fn get(&self, hash: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(&place(hash)).await
    }

    /// Keeps what was made of the bytes of that SHA-256, under a name.
    pub async fn put_made(&self, hash: &[u8], name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.0.put(&made(hash, name), bytes.into()).await?;
        Ok(())
    }

    /// What was made of them under that name; nothing when it was not, or is lost.
    pub async fn get_made(&self, hash: &[u8], name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(&made(hash, name)).await
    }

    /// Removes the bytes of that SHA-256 and all that was made of them.
    pub async fn remove(&self, hash: &[u8]) -> Result<(), StoreError> {
        let mut keys: Vec<Key> = self.0.list(Some(&made_of(hash))).map_ok(|found| found.location).try_collect().await?;
        keys.push(place(hash));
        for key in keys {
            self.delete(&key).await?;
        }
        Ok(())
    }

    /// Every SHA-256 whose bytes are kept and that is not among `known`. What was made of them, which is many times more,
    /// is not looked through.
    pub async fn strangers(&self, known: &HashSet<Vec<u8>>) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut strangers = Vec::new();
        let folders = self.0.list_with_delimiter(None).await?.common_prefixes;
        for folder in folders.iter().filter(|folder| folder.as_ref() != RENDITIONS) {
            let kept = self.0.list(Some(folder)).try_filter_map(|object| ready(Ok(hash_at(&object.location))));
            let found: Vec<_> = kept.try_filter(|hash| ready(!known.contains(hash))).try_collect().await?;
            strangers.extend(found);
        }
        Ok(strangers)
    }

    /// Says that nobody has the bytes of that SHA-256 any more; [`Store::put`] takes it back.
    pub async fn mark_unused(&self, hash: &[u8]) -> Result<(), StoreError> {
        self.put_made(hash, UNUSED, Vec::new()).await
    }

    /// Since when that is said.
    pub async fn unused_since(&self, hash: &[u8]) -> Result<Option<DateTime<Utc>>, StoreError> {
        match self.0.head(&made(hash, UNUSED)).await {
            Ok(mark) => Ok(Some(mark.last_modified)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(cause) => Err(cause.into()),
        }
    }

    async fn delete(&self, key: &Key) -> Result<(), StoreError> {
        match self.0.delete(key).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(cause.into()),
        }
    }

    async fn read(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        match self.0.get(key).await {
            Ok(found) => Ok(Some(found.bytes().await?.into())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(cause) => Err(cause.into()),
        }
    }
}

/// `ab/cdef…`, so that no folder grows without end.
fn place(hash: &[u8]) -> Key {
    let name = HEXLOWER.encode(hash);
    let (first, rest) = name.split_at_checked(2).unwrap_or((&name, ""));
    Key::from_iter([first, rest])
}

/// The SHA-256 whose bytes are at a place; none for what was made of others.
fn hash_at(key: &Key) -> Option<Vec<u8>> {
    let parts: Vec<_> = key.parts().collect();
    let [first, rest] = parts.as_slice() else { return None };
    let hash = HEXLOWER.decode(format!("{}{}", first.as_ref(), rest.as_ref()).as_bytes()).ok()?;
    (hash.len() == 32).then_some(hash)
}

/// `renditions/ab/cdef…`.
fn made_of(hash: &[u8]) -> Key {
    Key::from_iter([RENDITIONS.into()].into_iter().chain(place(hash).parts()))
}

/// `renditions/ab/cdef…/640.avif`.
fn made(hash: &[u8], name: &str) -> Key {
    made_of(hash).join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_put_is_had_again_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("hillside-store-{}", uuid::Uuid::now_v7()));
        let store = Store::folder(&folder).unwrap();
        let hash = store.put(b"a picture".to_vec()).await.unwrap();
        assert_eq!(store.put(b"a picture".to_vec()).await.unwrap(), hash);
        assert_eq!(store.get(&hash).await.unwrap().as_deref(), Some(b"a picture".as_slice()));
        assert_eq!(store.get(&[0; 32]).await.unwrap(), None);
        store.put_made(&hash, "640.avif", b"smaller".to_vec()).await.unwrap();
        assert_eq!(store.get_made(&hash, "640.avif").await.unwrap().as_deref(), Some(b"smaller".as_slice()));
        assert_eq!(store.get_made(&hash, "320.avif").await.unwrap(), None);

        let other = store.put(b"another".to_vec()).await.unwrap();
        assert_eq!(store.strangers(&HashSet::from([other.to_vec()])).await.unwrap(), [hash.to_vec()]);
        store.mark_unused(&hash).await.unwrap();
        assert!(store.unused_since(&hash).await.unwrap().is_some());
        store.put(b"a picture".to_vec()).await.unwrap();
        assert_eq!(store.unused_since(&hash).await.unwrap(), None);
        store.remove(&hash).await.unwrap();
        store.remove(&hash).await.unwrap();
        assert_eq!((store.get(&hash).await.unwrap(), store.get_made(&hash, "640.avif").await.unwrap()), (None, None));
        assert_eq!(store.get(&other).await.unwrap().as_deref(), Some(b"another".as_slice()));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
