//! What staff do with forms: they see what each version asks, and save the next one. No version ever changes.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    consent_text,
    id::ConsentTextId,
    lead_form,
    lead_form_version::{self, Choice, Definition, LeadField, Question, Step},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{CALL, CONFIDENTIAL, FieldType, Form, catalog, known};
use crate::{
    error::{Error, Result, refuse_if_any},
    generation::{Touched, bump_generation},
    identity::{Actor, Audit, Permission, audit},
    leads::consent::{self, ConsentKind, Wordings},
};

/// Forms there may be.
const MOST: u64 = 50;
const MOST_STEPS: usize = 6;
const MOST_KEY: usize = 40;
/// Versions of a form that are shown.
const SHOWN: u64 = 100;
/// What stands at `/forms/{key}` beside forms.
const RESERVED: [&str; 2] = [CALL, "challenge"];

/// A version and what is agreed to in it.
#[derive(Clone, Debug)]
pub struct Version {
    /// What it asks and says.
    pub definition: Definition,
    /// How it is stored.
    pub row: lead_form_version::Model,
    /// The consent to be contacted.
    pub contact: consent_text::Model,
    /// The consent to texts.
    pub texts: consent_text::Model,
}

/// The next version of a form.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version it was written on; none for a new form.
    pub base: Option<i32>,
    /// What staff call it.
    pub title: String,
    /// What it asks and says.
    pub definition: Definition,
    /// The consent to be contacted; the newest wording where nobody says.
    pub contact: Option<ConsentTextId>,
    /// The consent to texts; the newest wording where nobody says.
    pub texts: Option<ConsentTextId>,
    /// Whether it is not offered any more.
    pub archived: bool,
}

/// Every form with the version that is drawn, by what staff call them.
pub async fn list(db: &impl ConnectionTrait, actor: Actor) -> Result<Vec<(lead_form::Model, Version)>> {
    actor.require(Permission::ReadDrafts)?;
    let forms = lead_form::Entity::find().order_by_asc(lead_form::Column::Title).all(db).await?;
    let drawn = versions(db, catalog::drawn(db, &forms).await?).await?;
    let mut drawn: HashMap<String, Version> =
        drawn.into_iter().map(|version| (version.row.form_key.clone(), version)).collect();
    Ok(forms.into_iter().filter_map(|form| drawn.remove(&form.key).map(|version| (form, version))).collect())
}

/// The form of that key with the version that is drawn.
pub async fn find(db: &impl ConnectionTrait, actor: Actor, key: &str) -> Result<Option<(lead_form::Model, Version)>> {
    actor.require(Permission::ReadDrafts)?;
    if !is_key(key) {
        return Ok(None);
    }
    let Some(form) = lead_form::Entity::find_by_id(key).one(db).await? else { return Ok(None) };
    let drawn = versions(db, catalog::drawn(db, std::slice::from_ref(&form)).await?).await?.pop();
    Ok(drawn.map(|version| (form, version)))
}

/// The versions of a form, the newest first; a hundred at the most.
pub async fn list_versions(db: &impl ConnectionTrait, actor: Actor, key: &str) -> Result<Vec<Version>> {
    actor.require(Permission::ReadDrafts)?;
    if !is_key(key) {
        return Ok(Vec::new());
    }
    let rows = lead_form_version::Entity::find()
        .filter(lead_form_version::Column::FormKey.eq(key))
        .order_by_desc(lead_form_version::Column::Number)
        .limit(SHOWN)
        .all(db)
        .await?;
    versions(db, rows).await
}

/// A form as it would be drawn with this definition, which is not saved and need not be whole. A wording that there is not gives
/// way to the newest.
pub async fn draft(
    db: &impl ConnectionTrait,
    actor: Actor,
    definition: Definition,
    [contact, texts]: [Option<ConsentTextId>; 2],
) -> Result<Form> {
    actor.require(Permission::ManageSettings)?;
    let wordings = consent::list(db).await?;
    let of = |kind: ConsentKind, wanted: Option<ConsentTextId>| {
        let all = wordings.get(&kind).map(Vec::as_slice).unwrap_or_default();
        let found = all.iter().find(|text| Some(text.id) == wanted).or(all.first()).cloned();
        found.ok_or_else(|| Error::internal("a consent has no wording"))
    };
    let consents = Wordings { contact: of(ConsentKind::Contact, contact)?, texts: of(ConsentKind::Texts, texts)? };
    Ok(Form::new(CONFIDENTIAL, 0, definition, consents))
}

async fn versions(db: &impl ConnectionTrait, rows: Vec<lead_form_version::Model>) -> Result<Vec<Version>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let texts = consent::find(db, rows.iter().flat_map(|row| [row.contact_text_id, row.texts_text_id])).await?;
    let text = |id| texts.get(&id).cloned().ok_or_else(|| Error::internal("the wording of a form is gone"));
    let version = |row: lead_form_version::Model| {
        let definition = serde_json::from_value(row.definition.clone())?;
        Ok(Version { definition, contact: text(row.contact_text_id)?, texts: text(row.texts_text_id)?, row })
    };
    rows.into_iter().map(version).collect()
}

/// Makes a form, or the next version of one, which is drawn from then on. Leads that are written in an older one are taken in all
/// the same.
///
/// Fails with `CONFLICT` at `baseVersion`, `TAKEN` at `key`, and problems at `key`, `title`, the two consents and below `definition`.
pub async fn save(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    key: &str,
    change: Change,
    now: DateTime<Utc>,
) -> Result<(lead_form::Model, Version)> {
    actor.require(Permission::ManageSettings)?;
    let before = match is_key(key) {
        true => lead_form::Entity::find_by_id(key).lock_exclusive().one(db).await?,
        false => None,
    };
    let wordings = consent::list(db).await?;
    let mut problems = Problems::new(Stage::Publish);
    check_base(db, key, before.as_ref(), change.base, &mut problems).await?;
    problems.text("title", &change.title, 120);
    problems.within("definition", |problems| check(&change.definition, problems));
    let contact = choose(&wordings, ConsentKind::Contact, change.contact, "contactConsent", &mut problems);
    let texts = choose(&wordings, ConsentKind::Texts, change.texts, "textConsent", &mut problems);
    refuse_if_any(problems)?;
    let (Some(contact), Some(texts)) = (contact, texts) else {
        return Err(Error::internal("the consents have no wording"));
    };

    let definition = serde_json::to_value(&change.definition)?;
    let drawn = match &before {
        Some(form) => catalog::drawn(db, std::slice::from_ref(form)).await?.pop(),
        None => None,
    };
    let same = |row: &lead_form_version::Model| {
        (&row.definition, row.contact_text_id, row.texts_text_id) == (&definition, contact.id, texts.id)
    };
    let number = match &drawn {
        // Another title alone is no other form.
        Some(row) if same(row) => row.number,
        Some(row) => row.number.saturating_add(1),
        None => 1,
    };
    let archived_at = match &before {
        Some(form) if form.archived_at.is_some() == change.archived => form.archived_at,
        _ => change.archived.then_some(now),
    };
    let row = lead_form::ActiveModel {
        key: Unchanged(key.to_owned()),
        title: Set(change.title.trim().to_owned()),
        version: Set(number),
        created_at: before.as_ref().map_or(Set(now), |form| Unchanged(form.created_at)),
        archived_at: Set(archived_at),
    };
    let form = match before {
        Some(_) => row.update(db).await?,
        None => lead_form::ActiveModel { key: Set(key.to_owned()), ..row }.insert(db).await?,
    };
    let row = match drawn {
        Some(row) if same(&row) => row,
        _ => {
            let version = lead_form_version::ActiveModel {
                form_key: Set(key.to_owned()),
                number: Set(number),
                definition: Set(definition),
                contact_text_id: Set(contact.id),
                texts_text_id: Set(texts.id),
                author_id: Set(actor.user().ok()),
                created_at: Set(now),
            };
            version.insert(db).await?
        }
    };
    let event = audit::Event {
        fields: vec![format!("version={number}")],
        ..audit::Event::done(audit::Stream::Content, audit::Verb::LeadFormSaved, key)
    };
    audit.record(db, actor, event, now).await?;
    bump_generation(db, &Touched::kind("form"), now).await?;
    let version = Version { definition: change.definition, row, contact: contact.clone(), texts: texts.clone() };
    Ok((form, version))
}

async fn check_base(
    db: &impl ConnectionTrait,
    key: &str,
    before: Option<&lead_form::Model>,
    base: Option<i32>,
    problems: &mut Problems,
) -> Result<()> {
    match (before, base) {
        (Some(form), Some(base)) if form.version != base => {
            let message = "Somebody saved another version of this form meanwhile. Look at it, then save yours again.";
            problems.add("baseVersion", ProblemCode::Conflict, message);
        }
        (Some(_), Some(_)) => {}
        (Some(_), None) => problems.add("key", ProblemCode::Taken, "There is a form of this key. Choose another."),
        (None, Some(_)) => problems.add("key", ProblemCode::NotFound, "There is no form of this key."),
        (None, None) => {
            if !is_key(key) || RESERVED.contains(&key) {
                let message = "A key has 1 to 40 small letters, digits or -, such as “for-families”; “call” and “challenge” are taken.";
                problems.add("key", ProblemCode::Invalid, message);
            }
            if lead_form::Entity::find().count(db).await? >= MOST {
                problems.add("key", ProblemCode::TooLarge, format!("There are {MOST} forms. Change one instead."));
            }
        }
    }
    Ok(())
}

fn is_key(key: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    (1..=MOST_KEY).contains(&key.len()) && key.chars().all(allowed)
}

/// The wording of that id, or the newest.
fn choose<'a>(
    wordings: &'a BTreeMap<ConsentKind, Vec<consent_text::Model>>,
    kind: ConsentKind,
    wanted: Option<ConsentTextId>,
    field: &str,
    problems: &mut Problems,
) -> Option<&'a consent_text::Model> {
    let all = wordings.get(&kind)?;
    let Some(wanted) = wanted else { return all.first() };
    let found = all.iter().find(|text| text.id == wanted);
    if found.is_none() {
        let message = "There is no such wording of this consent. Take the id from `leadConsentTexts`.";
        problems.add(field, ProblemCode::NotFound, message);
    }
    found
}

/// Only a name, one way to answer and the consent may keep somebody from writing: a form cannot ask for more than that, and not
/// for less.
fn check(definition: &Definition, problems: &mut Problems) {
    problems.text("heading", &definition.heading, 120);
    problems.optional_text("intro", &definition.intro, 600);
    problems.text("button", &definition.button, 60);
    problems.text("thanks", &definition.thanks, 600);
    problems.count("steps", definition.steps.len(), MOST_STEPS);
    let mut asked = HashSet::new();
    problems.within("steps", |problems| {
        for (place, step) in definition.steps.iter().enumerate() {
            problems.within(place, |problems| check_step(place, step, &mut asked, problems));
        }
        let first = definition.steps.first().map(|step| step.fields.as_slice()).unwrap_or_default();
        check_first(first, problems);
    });
}

fn check_step(place: usize, step: &Step, asked: &mut HashSet<LeadField>, problems: &mut Problems) {
    if place == 0 {
        problems.optional_text("title", &step.title, 120);
    } else {
        problems.text("title", &step.title, 120);
    }
    problems.count("fields", step.fields.len(), super::FIELDS.len());
    problems.within("fields", |problems| {
        for (place, question) in step.fields.iter().enumerate() {
            problems.within(place, |problems| {
                if !asked.insert(question.field) {
                    problems.add("field", ProblemCode::Invalid, "A form asks for each field once. Take this one out.");
                }
                check_question(question, problems);
            });
        }
    });
}

fn check_first(first: &[Question], problems: &mut Problems) {
    let asks = |field| first.iter().any(|question| question.field == field);
    problems.within(0, |problems| {
        if !asks(LeadField::Name) {
            problems.add("fields", ProblemCode::Required, "Ask in the first step how the person may be called (NAME).");
        }
        if !asks(LeadField::Phone) && !asks(LeadField::Email) {
            let message = "Ask in the first step for a phone number or an e-mail address, or both (PHONE, EMAIL).";
            problems.add("fields", ProblemCode::Required, message);
        }
    });
    let both = |field| first.iter().any(|question| question.field == field && question.required);
    if both(LeadField::Phone) && both(LeadField::Email) {
        let message = "One way to answer is enough: require the phone number, the e-mail address, or neither.";
        problems.within(0, |problems| problems.add("fields", ProblemCode::Invalid, message));
    }
}

fn check_question(question: &Question, problems: &mut Problems) {
    problems.text("label", &question.label, 120);
    problems.optional_text("help", &question.help, 300);
    problems.optional_text("problem", &question.problem, 200);
    match question.field {
        LeadField::Name if !question.required => {
            problems.add("required", ProblemCode::Invalid, "The name is required in every form.");
        }
        LeadField::Name | LeadField::Phone | LeadField::Email => {}
        _ if question.required => {
            let message = "Only the name, the phone number and the e-mail address can be required; nothing else may keep somebody from writing.";
            problems.add("required", ProblemCode::Invalid, message);
        }
        _ => {}
    }
    check_options(question, problems);
}

fn check_options(question: &Question, problems: &mut Problems) {
    let known = known(question.field);
    let least = match known.kind {
        FieldType::Radio => 2,
        FieldType::Select => 1,
        _ => 0,
    };
    if question.options.len() < least {
        problems.add("options", ProblemCode::Required, format!("Offer at least {least} of the answers there are."));
    }
    let mut offered = HashSet::new();
    problems.within("options", |problems| {
        for (place, Choice { value, label }) in question.options.iter().enumerate() {
            problems.within(place, |problems| {
                problems.text("label", label, 120);
                if !known.values.contains(&value.as_str()) {
                    let message = match known.values {
                        [] => "This field has no answers to choose from. Take this one out.".to_owned(),
                        values => format!("The answers there are: {}.", values.join(", ")),
                    };
                    problems.add("value", ProblemCode::Invalid, message);
                } else if !offered.insert(value) {
                    problems.add("value", ProblemCode::Invalid, "Offer each answer once; this one came before.");
                }
            });
        }
    });
}
