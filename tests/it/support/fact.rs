//! What staff do with the facts of the library.

use serde_json::{Value, json};

use super::{Answer, Staff};

const FACT: &str = "id kind version name detail protection usedCount fields";

impl Staff {
    /// Does something with a fact: `createFact`, `deleteFact`.
    pub async fn write_fact(&self, mutation: &str, input: Value) -> Answer {
        let ty = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation ($input: {ty}!) {{ {mutation}(input: $input) {{ fact {{ {FACT} }} userErrors {{ code message path }} }} }}"
        );
        self.ask(&query, json!({ "input": input })).await
    }

    /// Keeps a new fact, and answers it.
    pub async fn create_fact(&self, kind: &str, fields: Value) -> Value {
        let answer = self.write_fact("createFact", json!({ "fields": { kind: fields } })).await;
        answer.done("createFact")["fact"].clone()
    }

    /// The fact as it is now.
    pub async fn fact(&self, id: &Value) -> Value {
        self.ask(&format!("query ($id: ID!) {{ fact(id: $id) {{ {FACT} }} }}"), json!({ "id": id })).await.data()["fact"].clone()
    }

    /// Changes some fields of a fact, as it is now.
    pub async fn change_fact(&self, key: &str, id: &Value, changes: Value) -> Answer {
        let fact = self.fact(id).await;
        let mut fields = fact["fields"].clone();
        for (name, value) in changes.as_object().expect("fields") {
            fields[name] = value.clone();
        }
        let input = json!({ "id": id, "version": fact["version"], "fields": { key: fields } });
        self.write_fact("updateFact", input).await
    }
}
