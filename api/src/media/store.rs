//! Where bytes are: on disk, under the SHA-256 of themselves.

use std::{
    io,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Why a file could not be kept or had.
#[derive(Debug, thiserror::Error)]
#[error("the media folder cannot be used: {0}")]
pub struct StoreError(#[from] io::Error);

/// The media folder. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in `folder`, which is made when something is first kept.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Keeps bytes and answers their SHA-256. What was kept is whole: it is written beside its place, then moved there.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        let place = self.place(&hash);
        tokio::task::spawn_blocking(move || write(&place, &bytes)).await.map_err(io::Error::other)??;
        Ok(hash)
    }

    /// The bytes of that SHA-256; nothing when they are not here.
    pub async fn get(&self, hash: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let Ok(hash) = <&[u8; 32]>::try_from(hash) else { return Ok(None) };
        let place = self.place(hash);
        let read = tokio::task::spawn_blocking(move || std::fs::read(place)).await.map_err(io::Error::other)?;
        match read {
            Ok(bytes) => Ok(Some(bytes)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(cause.into()),
        }
    }

    /// `ab/cdef…`, so that no folder grows without end.
    fn place(&self, hash: &[u8; 32]) -> PathBuf {
        let name = HEXLOWER.encode(hash);
        let (first, rest) = name.split_at(2);
        self.folder.join(first).join(rest)
    }
}

fn write(place: &Path, bytes: &[u8]) -> io::Result<()> {
    if place.exists() {
        return Ok(());
    }
    let folder = place.parent().unwrap_or(place);
    std::fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".{}", uuid::Uuid::now_v7()));
    let mut file = std::fs::File::create_new(&beside)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()?;
    std::fs::rename(beside, place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_put_is_had_again_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("hillside-store-{}", uuid::Uuid::now_v7()));
        let store = Store::new(&folder);
        let hash = store.put(b"a picture".to_vec()).await.unwrap();
        assert_eq!(store.put(b"a picture".to_vec()).await.unwrap(), hash);
        assert_eq!(store.get(&hash).await.unwrap().as_deref(), Some(b"a picture".as_slice()));
        assert_eq!(store.get(&[0; 32]).await.unwrap(), None);
        assert_eq!(store.get(&[]).await.unwrap(), None);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
