//! The check before the first write: the cipher works, and these are the keys this database was sealed with.

use std::collections::BTreeSet;

use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, KeyInit, Payload},
};
use aes_kw::KwAes256;
use data_encoding::HEXUPPER;
use entity::{key_check, lead};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};
use subtle::ConstantTimeEq;

use super::Vault;
use crate::{db::Db, keys::Secret};

/// The row that stands for the root secret, from which indexes are derived.
const ROOT: &str = "root";
const VALUE_BYTES: usize = 16;

/// Why this server must not touch this database.
#[derive(Debug, thiserror::Error)]
pub enum KeyCheckError {
    /// The cipher on this machine computes something else than the standard says.
    #[error("the self-test of {0} failed on this machine, so nothing would be sealed safely; nothing was written")]
    SelfTest(&'static str),
    /// A key by that name was another key when this database was used first.
    #[error(
        "the key `{0}` in the key file is not the one this database was sealed with; \
         start with the key file that belongs to it; nothing was written"
    )]
    WrongKey(String),
    /// Leads need a key that is not there.
    #[error(
        "leads in this database are sealed under the key `{0}`, which the key file does not hold; \
         put it back from your copy; nothing was written"
    )]
    MissingKey(String),
    /// The database could not be asked.
    #[error("the keys could not be compared with the database: {0}")]
    Database(#[from] DbErr),
}

/// Fails unless the cipher works and `vault` holds the keys this database was sealed with. Remembers new keys.
pub async fn check(db: &Db, vault: &Vault) -> Result<(), KeyCheckError> {
    self_test()?;

    let known = key_check::Entity::find().all(db.reader()).await?;
    let mut unknown = Vec::new();
    for (key_id, value) in present(vault) {
        match known.iter().find(|row| row.key_id == key_id) {
            Some(row) if bool::from(row.value.as_slice().ct_eq(&value)) => {}
            Some(_) => return Err(KeyCheckError::WrongKey(key_id)),
            None => unknown.push(key_check::ActiveModel { key_id: Set(key_id), value: Set(value) }),
        }
    }
    let needed: Vec<String> = lead::Entity::find()
        .select_only()
        .column(lead::Column::KekId)
        .distinct()
        .filter(lead::Column::DekWrapped.is_not_null())
        .into_tuple()
        .all(db.reader())
        .await?;
    let ring = vault.ring();
    let held: BTreeSet<&str> = ring.iter().map(|key| key.id.as_str()).collect();
    if let Some(missing) = needed.into_iter().find(|id| !held.contains(id.as_str())) {
        return Err(KeyCheckError::MissingKey(missing));
    }

    if !unknown.is_empty() {
        let tx = db.begin().await?;
        // Another server may start at the same moment, with the same keys.
        let keep = OnConflict::column(key_check::Column::KeyId).do_nothing().to_owned();
        key_check::Entity::insert_many(unknown).on_conflict(keep).exec_without_returning(&tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Each key's name and a value that tells it from another without giving it away.
fn present(vault: &Vault) -> Vec<(String, Vec<u8>)> {
    let value = |key: &Secret| {
        let mut value = key.mac(&[b"hillside", b"key check"]).to_vec();
        value.truncate(VALUE_BYTES);
        value
    };
    let ring = vault.ring();
    let ring = ring.iter().map(|key| (key.id.clone(), value(&key.key)));
    ring.chain([(ROOT.to_owned(), value(vault.root_witness()))]).collect()
}

/// Known answers of the standards: NIST's AES-256-GCM test case 16 and RFC 3394, section 4.6.
fn self_test() -> Result<(), KeyCheckError> {
    let gcm = || -> Option<bool> {
        let key: [u8; 32] =
            bytes("FEFFE9928665731C6D6A8F9467308308FEFFE9928665731C6D6A8F9467308308")?.try_into().ok()?;
        let nonce: [u8; 12] = bytes("CAFEBABEFACEDBADDECAF888")?.try_into().ok()?;
        let aad = bytes("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")?;
        let msg = bytes(concat!(
            "D9313225F88406E5A55909C5AFF5269A86A7A9531534F7DA2E4C303D8A318A72",
            "1C3C0C95956809532FCF0E2449A6B525B16AEDF5AA0DE657BA637B39",
        ))?;
        let expected = bytes(concat!(
            "522DC1F099567D07F47F37A32A84427D643A8CDCBFE5C0C97598A2BD2555D1AA",
            "8CB08E48590DBB3DA7B08B1056828838C5F61E6393BA7A0ABCC9F662",
            "76FC6ECE0F4E1768CDDF8853BB2D551B",
        ))?;
        let sealed = Aes256Gcm::new((&key).into()).encrypt((&nonce).into(), Payload { msg: &msg, aad: &aad }).ok()?;
        Some(sealed == expected)
    };
    let wrap = || -> Option<bool> {
        let key: [u8; 32] =
            bytes("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")?.try_into().ok()?;
        let data = bytes("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F")?;
        let expected = bytes("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21")?;
        let mut wrapped = [0; 40];
        KwAes256::new((&key).into()).wrap_key(&data, &mut wrapped).ok()?;
        Some(wrapped.as_slice() == expected)
    };
    if gcm() != Some(true) {
        return Err(KeyCheckError::SelfTest("AES-256-GCM"));
    }
    if wrap() != Some(true) {
        return Err(KeyCheckError::SelfTest("AES-256-KW"));
    }
    Ok(())
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    HEXUPPER.decode(hex.as_bytes()).ok()
}
