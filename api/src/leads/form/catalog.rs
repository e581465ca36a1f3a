//! Which forms there are and what each version asks, known without asking the database for each visitor.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use entity::{consent_text, id::ConsentTextId, lead_form, lead_form_version};
use moka::future::Cache;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};

use super::{CONFIDENTIAL, Form, standard};
use crate::{
    db::Db,
    error::{Error, Result},
    generation::{self, Once},
    leads::consent::{self, Wordings},
};

/// Versions that are known at a time.
const MOST_KNOWN: u64 = 200;

/// The forms there are, looked up once a generation; a version never changes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct LeadForms {
    db: Db,
    current: Once<Arc<Current>>,
    versions: Cache<(String, i32), Arc<Form>>,
}

/// What is drawn now, by key.
pub type Current = BTreeMap<String, Arc<Form>>;

impl LeadForms {
    /// Of the database behind `db`.
    pub fn new(db: Db, generation: generation::Known) -> Self {
        Self { db, current: Once::new(generation), versions: Cache::new(MOST_KNOWN) }
    }

    /// Every form as it is drawn now, archived ones too: where they stand, they stay.
    pub async fn all(&self) -> Result<Arc<Current>> {
        self.current.get(self.read_all()).await
    }

    /// The form of that key as it is drawn now.
    pub async fn find(&self, key: &str) -> Result<Option<Arc<Form>>> {
        Ok(self.all().await?.get(key).cloned())
    }

    /// The form that every installation has, as it is drawn now.
    pub async fn standard(&self) -> Result<Arc<Form>> {
        self.find(CONFIDENTIAL).await?.ok_or_else(|| Error::internal("the confidential form is gone"))
    }

    /// One version of a form, of whatever age: it may lie open in a browser for long.
    pub async fn find_version(&self, key: &str, number: i32) -> Result<Option<Arc<Form>>> {
        let Some(current) = self.find(key).await? else { return Ok(None) };
        if current.version == number {
            return Ok(Some(current));
        }
        let name = (key.to_owned(), number);
        if let Some(known) = self.versions.get(&name).await {
            return Ok(Some(known));
        }
        let row = lead_form_version::Entity::find_by_id(name.clone()).one(self.db.reader()).await?;
        let Some(form) = read(self.db.reader(), row.into_iter().collect()).await?.pop().map(Arc::new) else {
            return Ok(None);
        };
        self.versions.insert(name, form.clone()).await;
        Ok(Some(form))
    }

    async fn read_all(&self) -> Result<Arc<Current>> {
        let db = self.db.reader();
        let (mut current, mut unread) = (Current::new(), Vec::new());
        for form in lead_form::Entity::find().all(db).await? {
            match self.versions.get(&(form.key.clone(), form.version)).await {
                Some(known) => drop(current.insert(form.key, known)),
                None => unread.push(form),
            }
        }
        for form in read(db, drawn(db, &unread).await?).await? {
            let form = Arc::new(form);
            self.versions.insert((form.key.clone(), form.version), form.clone()).await;
            current.insert(form.key.clone(), form);
        }
        Ok(Arc::new(current))
    }
}

/// The versions of these forms that are drawn now.
pub async fn drawn(db: &impl ConnectionTrait, forms: &[lead_form::Model]) -> Result<Vec<lead_form_version::Model>> {
    if forms.is_empty() {
        return Ok(Vec::new());
    }
    let drawn = forms.iter().fold(Condition::any(), |any, form| {
        let of = lead_form_version::Column::FormKey.eq(&form.key);
        any.add(Condition::all().add(of).add(lead_form_version::Column::Number.eq(form.version)))
    });
    Ok(lead_form_version::Entity::find().filter(drawn).all(db).await?)
}

/// The forms that these versions are, with their wordings.
async fn read(db: &impl ConnectionTrait, rows: Vec<lead_form_version::Model>) -> Result<Vec<Form>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let texts = consent::find(db, rows.iter().flat_map(|row| [row.contact_text_id, row.texts_text_id])).await?;
    rows.into_iter().map(|row| form_of(row, &texts)).collect()
}

fn form_of(row: lead_form_version::Model, texts: &HashMap<ConsentTextId, consent_text::Model>) -> Result<Form> {
    let text = |id| texts.get(&id).cloned().ok_or_else(|| Error::internal("the wording of a form is gone"));
    let consents = Wordings { contact: text(row.contact_text_id)?, texts: text(row.texts_text_id)? };
    Ok(Form::new(&row.form_key, row.number, serde_json::from_value(row.definition)?, consents))
}

/// Stores the form that every installation has, where it is missing. Called at start.
pub async fn ensure(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let Wordings { contact, texts } = consent::ensure_first(db, now).await?;
    if lead_form::Entity::find_by_id(CONFIDENTIAL).one(db.reader()).await?.is_some() {
        return Ok(());
    }
    let tx = db.begin().await?;
    let form = lead_form::ActiveModel {
        key: Set(CONFIDENTIAL.to_owned()),
        title: Set(standard::TITLE.to_owned()),
        version: Set(1),
        created_at: Set(now),
        archived_at: Set(None),
    };
    let keep = OnConflict::column(lead_form::Column::Key).do_nothing().to_owned();
    lead_form::Entity::insert(form).on_conflict(keep).exec_without_returning(&tx).await?;
    let version = lead_form_version::ActiveModel {
        form_key: Set(CONFIDENTIAL.to_owned()),
        number: Set(1),
        definition: Set(serde_json::to_value(standard::definition())?),
        contact_text_id: Set(contact.id),
        texts_text_id: Set(texts.id),
        author_id: Set(None),
        created_at: Set(now),
    };
    let same = [lead_form_version::Column::FormKey, lead_form_version::Column::Number];
    let keep = OnConflict::columns(same).do_nothing().to_owned();
    lead_form_version::Entity::insert(version).on_conflict(keep).exec_without_returning(&tx).await?;
    tx.commit().await?;
    Ok(())
}
