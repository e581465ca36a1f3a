//! Who was erased, outside the database: a file beside the keys that no restored backup takes back.
//!
//! A line is `{"lead":"lead_…","at":"…","mac":"…"}`. The signature keeps somebody who can write the file, and has not the keys,
//! from having people erased at the next start.

use std::{
    collections::HashSet,
    fs::{self, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, SubsecRound, Utc};
use data_encoding::BASE64;
use entity::id::LeadId;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::{
    error::{Error, Result},
    keys::{Keys, Purpose, Secret},
};

/// Why the ledger cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file could not be read or made.
    #[error("the list of who was erased, {}, cannot be used: {cause}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A line was not written by this installation, or was changed.
    #[error(
        "line {line} of {}, the list of who was erased, is not signed with this installation's keys; \
         put the file back from your copy, or take the line out",
        path.display()
    )]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
    },
}

/// The list of who was erased. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ledger(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    key: Secret,
    known: Mutex<HashSet<LeadId>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    lead: LeadId,
    at: DateTime<Utc>,
    mac: String,
}

impl Ledger {
    /// Reads the list at `path`; none is an empty one.
    pub fn open(path: &Path, keys: &Keys) -> std::result::Result<Self, LedgerError> {
        let key = keys.derive(Purpose::Erasure);
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => String::new(),
            Err(cause) => return Err(LedgerError::File { path: path.to_owned(), cause }),
        };
        let mut known = HashSet::new();
        // What the machine went down over is no line; the database still knows who it was.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        for (place, line) in whole.lines().enumerate() {
            match serde_json::from_str::<Line>(line) {
                Ok(line) if bool::from(mac(&key, line.lead, line.at).as_bytes().ct_eq(line.mac.as_bytes())) => {
                    known.insert(line.lead);
                }
                _ => return Err(LedgerError::Line { path: path.to_owned(), line: place + 1 }),
            }
        }
        Ok(Self(Arc::new(Inner { path: path.to_owned(), key, known: Mutex::new(known) })))
    }

    /// Everybody in it.
    pub fn erased(&self) -> Vec<LeadId> {
        self.known().iter().copied().collect()
    }

    /// Adds who is not in it yet; answers once the disk has them.
    pub async fn add(&self, erased: Vec<(LeadId, DateTime<Utc>)>) -> Result<()> {
        let ledger = self.clone();
        let added = tokio::task::spawn_blocking(move || ledger.write(&erased)).await;
        added.map_err(Error::internal)?.map_err(Error::internal)
    }

    fn write(&self, erased: &[(LeadId, DateTime<Utc>)]) -> io::Result<()> {
        let mut known = self.known();
        let new: Vec<_> = erased.iter().filter(|(lead, _)| !known.contains(lead)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.0.path)?;
        // Another server may share the folder.
        file.lock()?;
        cut_to_whole_lines(&mut file)?;
        let mut text = String::new();
        for (lead, at) in &new {
            let at = at.trunc_subsecs(6);
            let line = Line { lead: *lead, at, mac: mac(&self.0.key, *lead, at) };
            text.push_str(&serde_json::to_string(&line)?);
            text.push('\n');
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        known.extend(new.iter().map(|(lead, _)| *lead));
        Ok(())
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashSet<LeadId>> {
        // What is in it is on the disk, whatever a holder died of.
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cut_to_whole_lines(file: &mut fs::File) -> io::Result<()> {
    let length = file.metadata()?.len();
    let mut end = length;
    let mut last = [b'\n'];
    while end > 0 {
        file.seek(SeekFrom::Start(end - 1))?;
        file.read_exact(&mut last)?;
        if last == *b"\n" {
            break;
        }
        end -= 1;
    }
    if end < length { file.set_len(end) } else { Ok(()) }
}

fn mac(key: &Secret, lead: LeadId, at: DateTime<Utc>) -> String {
    BASE64.encode(&key.mac(&[lead.0.as_bytes(), &at.timestamp_micros().to_be_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(folder: &tempfile::TempDir, keys: &Keys) -> std::result::Result<Ledger, LedgerError> {
        Ledger::open(&folder.path().join("erasures.jsonl"), keys)
    }

    #[tokio::test]
    async fn who_was_written_down_once_is_in_it_from_then_on() {
        let (folder, keys, lead) = (tempfile::tempdir().unwrap(), Keys::generate(), LeadId::new());
        let first = ledger(&folder, &keys).unwrap();
        assert!(first.erased().is_empty());
        for _ in 0..2 {
            first.add(vec![(lead, Utc::now())]).await.unwrap();
        }
        assert_eq!(ledger(&folder, &keys).unwrap().erased(), [lead]);
        let text = fs::read_to_string(folder.path().join("erasures.jsonl")).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
    }

    #[tokio::test]
    async fn a_line_of_somebody_else_is_refused() {
        let (folder, keys) = (tempfile::tempdir().unwrap(), Keys::generate());
        ledger(&folder, &keys).unwrap().add(vec![(LeadId::new(), Utc::now())]).await.unwrap();
        let error = ledger(&folder, &Keys::generate()).unwrap_err();
        assert!(matches!(error, LedgerError::Line { line: 1, .. }), "{error}");
    }

    #[tokio::test]
    async fn a_line_that_was_cut_off_is_left_behind() {
        let (folder, keys, lead) = (tempfile::tempdir().unwrap(), Keys::generate(), LeadId::new());
        ledger(&folder, &keys).unwrap().add(vec![(lead, Utc::now())]).await.unwrap();
        let path = folder.path().join("erasures.jsonl");
        fs::write(&path, fs::read_to_string(&path).unwrap() + "{\"lead\":\"lea").unwrap();
        let cut = ledger(&folder, &keys).unwrap();
        assert_eq!(cut.erased(), [lead]);
        let other = LeadId::new();
        cut.add(vec![(other, Utc::now())]).await.unwrap();
        let mut both = ledger(&folder, &keys).unwrap().erased();
        both.sort();
        assert_eq!(both, [lead, other]);
    }
}
