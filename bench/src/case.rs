//! What is measured.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use chrono::Utc;
use hillside::{
    app::App,
    generation::{Touched, bump_generation},
    gql::Digest,
    server,
};
use reqwest::Client;
use serde_json::{Value, json};

use crate::Failure;

const REFERENCE_PAGE: &str = include_str!("../../tests/it/golden/reference-page.graphql");
const LIST: &str = "{ therapies(filter: { region: \"massachusetts\" }) { nodes { slug title summary path } } }";

/// Leads, of which each that is acknowledged is counted afterwards.
pub const SUBMIT: &str = "submitLead: sealed and on disk, 64 at once";
/// Connections of every other case.
pub const CONNECTIONS: u64 = 32;

/// One thing to measure.
pub struct Case {
    /// What the table calls it.
    pub name: &'static str,
    /// Where to ask.
    pub url: String,
    /// Over how many connections.
    pub connections: u64,
    /// How to ask, where it is not a plain GET.
    pub script: Option<PathBuf>,
    /// How many bytes one answer has.
    pub bytes: usize,
}

/// Everything that is measured, each asked once to see that it answers and how much. At `bare` the same installation keeps no
/// answers.
pub async fn all(app: &App, base: &str, bare: &str, folder: &Path) -> Result<Vec<Case>, Failure> {
    let client = Client::new();
    let manifest = json!({ Digest::of(REFERENCE_PAGE).to_string(): REFERENCE_PAGE }).to_string();
    server::register_documents(app, manifest.as_bytes(), Utc::now()).await?;
    let by_hash = |base: &str| format!("{base}/graphql?documentId={}", Digest::of(REFERENCE_PAGE));
    let registered = get(&client, "GraphQL GET by hash: the reference page", by_hash(base)).await?;
    let document_id = json!({ "documentId": Digest::of(REFERENCE_PAGE).to_string() });
    Ok(vec![
        get(&client, "site: the reference page as HTML", format!("{base}/ketamine-side-effects")).await?,
        query(&client, "GraphQL GET: therapies of a region", base, LIST).await?,
        query(&client, "GraphQL GET: the reference page, every element", base, REFERENCE_PAGE).await?,
        known(&client, &registered, folder).await?,
        registered,
        post(&client, "GraphQL POST by hash: the reference page", base, &document_id, folder).await?,
        post(
            &client,
            "GraphQL POST: the reference page, its document in the body",
            base,
            &json!({ "query": REFERENCE_PAGE }),
            folder,
        )
        .await?,
        get(&client, "GraphQL GET by hash, answers not kept", by_hash(bare)).await?,
        submit(&client, base, folder).await?,
    ])
}

/// How long the first takes who asks for the reference page after something was published, of 200.
pub async fn first_after_a_change(app: &App, base: &str) -> Result<String, Failure> {
    let client = Client::new();
    let url = format!("{base}/graphql?documentId={}", Digest::of(REFERENCE_PAGE));
    let mut took = Vec::new();
    for _ in 0..200 {
        bump_generation(app.db.writer(), &Touched::kind("bench"), Utc::now()).await?;
        let began = Instant::now();
        client.get(&url).send().await?.error_for_status()?.bytes().await?;
        took.push(began.elapsed());
    }
    took.sort();
    let at = |share: usize| took.get(took.len() * share / 100).copied().unwrap_or_default().as_secs_f64() * 1_000.0;
    Ok(format!("p50 {:.1} ms, p99 {:.1} ms", at(50), at(99)))
}

/// The same, by somebody who has it: 304 and no body, measured against sending it.
async fn known(client: &Client, case: &Case, folder: &Path) -> Result<Case, Failure> {
    let answer = client.get(&case.url).send().await?;
    let tag = answer.headers().get("etag").ok_or("an answer without a name")?.to_str()?.to_owned();
    let again = client.get(&case.url).header("if-none-match", &tag).send().await?;
    if again.status() != 304 {
        return Err(format!("who has it gets it again: {}", again.status()).into());
    }
    let script = folder.join("known.lua");
    fs::write(&script, format!("wrk.headers['If-None-Match'] = '{tag}'\n"))?;
    let name = "GraphQL GET by hash, known already (304)";
    Ok(Case { name, url: case.url.clone(), connections: CONNECTIONS, script: Some(script), bytes: case.bytes })
}

/// A query by POST.
async fn post(client: &Client, name: &'static str, base: &str, asked: &Value, folder: &Path) -> Result<Case, Failure> {
    let url = format!("{base}/graphql");
    let body = asked.to_string();
    let request = client.post(&url).header("content-type", "application/json").body(body.clone());
    let bytes = request.send().await?.error_for_status()?.bytes().await?.len();
    let script = folder.join(format!("post-{}.lua", body.len()));
    let method = "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n";
    fs::write(&script, format!("{method}wrk.body = [==[{body}]==]\n"))?;
    Ok(Case { name, url, connections: CONNECTIONS, script: Some(script), bytes })
}

async fn get(client: &Client, name: &'static str, url: String) -> Result<Case, Failure> {
    let answer = client.get(&url).send().await?.error_for_status()?;
    let bytes = answer.bytes().await?.len();
    Ok(Case { name, url, connections: CONNECTIONS, script: None, bytes })
}

async fn query(client: &Client, name: &'static str, base: &str, query: &str) -> Result<Case, Failure> {
    let url = reqwest::Url::parse_with_params(&format!("{base}/graphql"), [("query", query)])?;
    let answer: Value = client.get(url.clone()).send().await?.json().await?;
    if answer["errors"] != Value::Null {
        return Err(format!("{name}: {}", answer["errors"]).into());
    }
    get(client, name, url.into()).await
}

/// A lead a request, each with a key, an address and words of its own: sealed, in one transaction, on disk before it is acknowledged.
async fn submit(client: &Client, base: &str, folder: &Path) -> Result<Case, Failure> {
    let url = format!("{base}/graphql");
    let ask = json!({ "query": "{ leadForm(key: \"confidential\") { consent { id } } }" });
    let form: Value = client.post(&url).json(&ask).send().await?.json().await?;
    let consent = form["data"]["leadForm"]["consent"]["id"].as_str().ok_or("there is no form")?;
    let mutation = "mutation ($input: SubmitLeadInput!) { submitLead(input: $input) { receipt { reference } userErrors { code path message } } }";
    let body = json!({ "query": mutation, "variables": { "input": {
        "idempotencyKey": "KEY", "form": "confidential", "placement": "end", "name": "Sample Visitor",
        "contact": { "phone": "(781) 555-0142", "email": "KEY@example.org" },
        "message": "I would like to know how detox works and when there is a bed. KEY",
        "insurance": "not sure", "sourcePath": "/ketamine-side-effects",
        "consents": [{ "text": consent, "accepted": true, "scopes": ["CALL", "EMAIL"] }],
    } } });
    let once = body.to_string().replace("KEY", "the-first-one-0000000");
    let request = client.post(&url).header("content-type", "application/json").body(once);
    let answer = request.send().await?.bytes().await?;
    let read: Value = serde_json::from_slice(&answer)?;
    if !read["data"]["submitLead"]["receipt"].is_object() {
        return Err(format!("no lead was taken in: {read}").into());
    }
    let script = folder.join("submit.lua");
    let body = body.to_string();
    fs::write(
        &script,
        format!(
            "local body = [==[{body}]==]\n\
             math.randomseed(os.time() + os.clock() * 1000000)\nlocal run, count = math.random(1000000000), 0\n\
             wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n\
             request = function()\n  count = count + 1\n  \
             return wrk.format(nil, nil, nil, (body:gsub('KEY', string.format('bench-%010d-%010d', run, count))))\nend\n"
        ),
    )?;
    Ok(Case { name: SUBMIT, url, connections: 64, script: Some(script), bytes: answer.len() })
}
