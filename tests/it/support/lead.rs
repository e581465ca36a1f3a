//! A lead, as a visitor sends it and as staff ask for it.

use entity::{audit_event, lead, lead_person};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, Staff, TestApp, Visitor};

const SUBMIT: &str = "mutation ($input: SubmitLeadInput!) {
    submitLead(input: $input) { receipt { reference receivedAt } userErrors { code message path } }
}";

/// Everything staff can see of a lead without revealing it.
pub const MASKED: &str = "id reference version status outcome priority receivedAt updatedAt assignee { id name } \
    nextStatuses name phone email relationship safeContact { voicemail text sayWhoCalls preferred } sourcePath \
    sourceTitle placement suspectedSpam consent { wording version at withdrawnAt texts } \
    revealed { name phone phoneDisplay email message insurance bestTime underAge } \
    timeline { id kind at actor { name } fromStatus toStatus outcome assignee { id } text }";

impl Visitor {
    /// An input of `submitLead` that is accepted: the wording in force is agreed to, and the key is its own.
    pub async fn lead(&self) -> Value {
        let answer = self.ask("{ leadForm(key: \"confidential\") { consent { id } } }", Value::Null).await;
        json!({
            "idempotencyKey": Uuid::now_v7(),
            "form": "confidential",
            "name": "Sample Visitor",
            "contact": { "phone": "(781) 555-0142" },
            "sourcePath": "/ketamine-side-effects",
            "consents": [{ "text": answer.data()["leadForm"]["consent"]["id"], "accepted": true, "scopes": ["CALL", "VOICEMAIL", "EMAIL"] }],
        })
    }

    /// Sends it.
    pub async fn submit(&self, input: &Value) -> Answer {
        self.ask(SUBMIT, json!({ "input": input })).await
    }

    /// Sends it; fails the test unless there is a receipt, and answers its reference.
    pub async fn submitted(&self, input: &Value) -> String {
        let answer = self.submit(input).await;
        answer.done("submitLead")["receipt"]["reference"].as_str().expect("a reference").to_owned()
    }
}

impl Staff {
    /// The lead of that id, masked.
    pub async fn lead(&self, id: &str) -> Value {
        let answer =
            self.ask(&format!("query ($id: ID!) {{ lead(id: $id) {{ {MASKED} }} }}"), json!({ "id": id })).await;
        answer.data()["lead"].clone()
    }

    /// Asks to see who it is.
    pub async fn reveal(&self, id: &str, reason: &str) -> Answer {
        self.work("revealLead", json!({ "id": id, "reason": reason })).await
    }

    /// One of the mutations that answer a lead.
    pub async fn work(&self, mutation: &str, input: Value) -> Answer {
        let of = mutation.get(..1).expect("a name").to_uppercase() + &mutation[1..];
        let query = format!(
            "mutation ($input: {of}Input!) {{ \
                {mutation}(input: $input) {{ lead {{ {MASKED} }} userErrors {{ code message path }} }} \
            }}"
        );
        self.ask(&query, json!({ "input": input })).await
    }
}

impl TestApp {
    /// A lead's row, by its reference.
    pub async fn lead_row(&self, reference: &str) -> lead::Model {
        let found = lead::Entity::find().filter(lead::Column::Reference.eq(reference)).one(self.app.db.reader()).await;
        found.expect("the database answers").expect("the lead is stored")
    }

    /// Who wrote, as it is stored.
    pub async fn inquirer_row(&self, lead: &lead::Model) -> lead_person::Model {
        let people = lead_person::Entity::find().filter(lead_person::Column::LeadId.eq(lead.id));
        let inquirer = people.filter(lead_person::Column::Role.eq(lead_person::LeadPersonRole::Inquirer));
        inquirer.one(self.app.db.reader()).await.expect("the database answers").expect("an inquirer")
    }

    /// The lines of the audit log about a verb, oldest first.
    pub async fn audited(&self, verb: &str) -> Vec<audit_event::Model> {
        use sea_orm::QueryOrder;
        let lines = audit_event::Entity::find().filter(audit_event::Column::Verb.eq(verb));
        lines.order_by_asc(audit_event::Column::Seq).all(self.app.db.reader()).await.expect("the database answers")
    }
}
