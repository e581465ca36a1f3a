//! What an editor does with pages and therapies, and what a visitor sees of them.

use serde_json::{Value, json};

use super::{Answer, Staff, Visitor};

/// A page or a therapy as an editor holds it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: String,
    pub revision: String,
}

const ENTRY: &str = "id path slug title status publishedAt draft { id number title note content } live { id }";

impl Draft {
    /// What a mutation's payload answered.
    fn of(entry: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("no id: {entry:#}")).to_owned();
        Self { id: text(&entry["id"]), revision: text(&entry["draft"]["id"]) }
    }
}

impl Staff {
    /// Does something with an entry: `createPage`, `publishTherapy`.
    pub async fn entry(&self, mutation: &str, input: Value) -> Answer {
        let field = if mutation.ends_with("Page") { "page" } else { "therapy" };
        let ty = match mutation.trim_end_matches("Page").trim_end_matches("Therapy") {
            "publish" => "PublishInput".to_owned(),
            "unpublish" => "UnpublishInput".to_owned(),
            _ => format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]),
        };
        let query = format!(
            "mutation ($input: {ty}!) {{ {mutation}(input: $input) {{ {field} {{ {ENTRY} }} userErrors {{ code message path }} }} }}"
        );
        self.ask(&query, json!({ "input": input })).await
    }

    /// Makes a page with its first draft.
    pub async fn create_page(&self, slug: &str, content: Value) -> Draft {
        Draft::of(
            &self.entry("createPage", json!({ "slug": slug, "content": content })).await.done("createPage")["page"],
        )
    }

    /// Saves a new draft of a page.
    pub async fn save_page(&self, page: &Draft, content: Value) -> Draft {
        let input = json!({ "id": page.id, "baseRevision": page.revision, "content": content });
        Draft::of(&self.entry("updatePage", input).await.done("updatePage")["page"])
    }

    /// Makes a page's draft public.
    pub async fn publish_page(&self, page: &Draft) {
        self.entry("publishPage", json!({ "id": page.id, "revision": page.revision })).await.done("publishPage");
    }

    /// A page that is public.
    pub async fn published_page(&self, slug: &str, content: Value) -> Draft {
        let page = self.create_page(slug, content).await;
        self.publish_page(&page).await;
        page
    }

    /// Makes a page below another with its first draft.
    pub async fn create_below(&self, parent: &Draft, slug: &str, content: Value) -> Draft {
        let input = json!({ "slug": slug, "parent": parent.id, "content": content });
        Draft::of(&self.entry("createPage", input).await.done("createPage")["page"])
    }

    /// A page below another that is public.
    pub async fn published_below(&self, parent: &Draft, slug: &str, content: Value) -> Draft {
        let page = self.create_below(parent, slug, content).await;
        self.publish_page(&page).await;
        page
    }

    /// A therapy that is public.
    pub async fn published_therapy(&self, slug: &str, content: Value) -> Draft {
        let answer = self.entry("createTherapy", json!({ "slug": slug, "content": content })).await;
        let therapy = Draft::of(&answer.done("createTherapy")["therapy"]);
        let input = json!({ "id": therapy.id, "revision": therapy.revision });
        self.entry("publishTherapy", input).await.done("publishTherapy");
        therapy
    }

    /// The id of the first thing a picker finds.
    pub async fn target(&self, kind: &str, query: &str) -> String {
        let asked = "query ($kinds: [TargetKind!]!, $query: String!) { targets(kinds: $kinds, query: $query, first: 1) { id } }";
        let answer = self.ask(asked, json!({ "kinds": [kind], "query": query })).await;
        answer.data()["targets"][0]["id"].as_str().unwrap_or_else(|| panic!("no {kind} is called {query}")).to_owned()
    }
}

impl Visitor {
    /// What is at a path of the public schema.
    pub async fn route(&self, path: &str) -> Value {
        let query = "query ($path: String!) { route(path: $path) { __typename \
                     ... on Page { id path title blocks { __typename key html } } \
                     ... on Therapy { id path title summary blocks { __typename key html } } \
                     ... on Redirect { fromPath target status } } }";
        self.ask(query, json!({ "path": path })).await.data()["route"].clone()
    }
}

/// A document of these blocks.
pub fn page(title: &str, blocks: Vec<Value>) -> Value {
    json!({ "title": title, "blocks": blocks })
}

/// A quote, the smallest block there is.
pub fn quote(key: &str, text: &str) -> Value {
    json!({ "quote": { "key": key, "text": text, "attribution": "" } })
}

/// A rich text of one paragraph.
pub fn words(text: &str) -> Value {
    json!({ "type": "doc", "v": 1, "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }] })
}

/// A text block whose words lead to something: `linked("a", "there", json!({ "page": id }))`.
pub fn linked(key: &str, text: &str, to: Value) -> Value {
    let marks = json!([{ "type": "link", "attrs": { "to": to } }]);
    let body = json!({ "type": "doc", "v": 1, "content": [
        { "type": "paragraph", "content": [{ "type": "text", "text": text, "marks": marks }] }
    ] });
    json!({ "richText": { "key": key, "body": body } })
}
