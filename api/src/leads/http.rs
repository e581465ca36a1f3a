//! The form over plain HTTP: what the built-in site's form posts to, with JavaScript or without.

mod export;

use std::{collections::BTreeMap, time::Duration};

use chrono::Utc;
use entity::{
    lead::{ContactMethod, LeadRelationship},
    problem::Problem,
};
use maud::{Markup, html};
use poem::{
    Endpoint, Request, Response,
    http::{Method, StatusCode, header},
};
use serde::de::DeserializeOwned;

pub use self::export::ExportEndpoint;
use super::{
    Client, Intake,
    consent::ConsentScope,
    form::{self, CHALLENGE_PATH, CONFIDENTIAL, Own, PROOF, RenderedFor, SCRIPT_PATH, Values, WORKER_PATH},
    intake::{Consent, SafeContact, Submission, UnderAge, clean_path},
    proof::Effort,
};
use crate::{
    answer::method_not_allowed,
    delivery::{
        Layout,
        http::{document, failed, form_document},
        layout::Head,
    },
    error::{Error, Result},
};

/// A message of 4,000 characters has up to 48 KB once it is urlencoded.
const MOST_BYTES: usize = 64 * 1024;
const SCRIPT: &str = include_str!("form/form.js");
const WORKER: &str = include_str!("form/worker.js");
/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);
const SENT: &str = "/forms/confidential/sent";

/// The form at `/forms/confidential`: GET draws it, POST takes it in and leads to a page that says so.
pub struct FormEndpoint {
    /// What takes leads in.
    pub intake: Intake,
    /// How the site is reached from outside.
    pub public_url: String,
    /// From where a request comes, where that tells one client from others.
    pub client: Box<ClientOf>,
}

/// See [`FormEndpoint::client`].
pub type ClientOf = dyn Fn(&Request) -> Option<Client> + Send + Sync;

impl Endpoint for FormEndpoint {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let path = request.uri().path().trim_end_matches('/').to_owned();
        let method = request.method().clone();
        let answer = match (path.as_str(), method) {
            ("/forms/confidential", Method::POST) => self.take_in(&mut request).await,
            ("/forms/confidential", Method::GET | Method::HEAD) => self.draw_alone().await,
            (SENT, Method::GET | Method::HEAD) => self.draw_sent().await,
            (CHALLENGE_PATH, Method::GET | Method::HEAD) => self.challenge(&request),
            (SCRIPT_PATH, Method::GET | Method::HEAD) => Ok(script(SCRIPT)),
            (WORKER_PATH, Method::GET | Method::HEAD) => Ok(script(WORKER)),
            (CHALLENGE_PATH | SCRIPT_PATH | WORKER_PATH, _) => Ok(method_not_allowed("GET, HEAD")),
            ("/forms/confidential" | SENT, _) => Ok(method_not_allowed("GET, HEAD, POST")),
            _ => self.draw_missing().await,
        };
        Ok(answer.unwrap_or_else(|error| failed(&error)))
    }
}

impl FormEndpoint {
    async fn take_in(&self, request: &mut Request) -> Result<Response> {
        let Some(values) = read(request).await else {
            let body = html! { p { "This form could not be read. Go back and send it again." } };
            return Ok(document(
                StatusCode::BAD_REQUEST,
                self.page("Error: please try again", "Please try again", &body).await?,
            ));
        };
        let submission = Submission { client: (self.client)(request), ..self.submission(&values) };
        match self.intake.submit(&submission, None).await {
            Ok(_) => {
                let response = Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, SENT);
                Ok(response.header(header::CACHE_CONTROL, "no-store").finish())
            }
            Err(Error::Problems(problems)) => {
                let markup = self.draw(&values, &problems).await?;
                Ok(form_document(StatusCode::UNPROCESSABLE_ENTITY, markup))
            }
            Err(other) => Err(other),
        }
    }

    /// What the form's fields say. What a browser leaves out was not ticked.
    fn submission(&self, values: &Values) -> Submission {
        let text = |name: &str| values.get(name).cloned().unwrap_or_default();
        let ticked = |name: &str| values.get(name).is_some_and(|value| !value.is_empty());
        let consents = &self.intake.form.consents;
        let agreed = |name: &str, id: String| values.get(name).is_some_and(|value| *value == id);
        let texts = agreed("safeContact.text", consents.texts.id.to_string());
        let mut given = vec![Consent {
            text: text("consents"),
            accepted: ticked("consents"),
            scopes: scopes(&text("contact.phone"), &text("contact.email"), ticked("safeContact.voicemail")),
        }];
        given.retain(|consent| consent.accepted);
        if texts {
            given.push(Consent { text: text("safeContact.text"), accepted: true, scopes: vec![ConsentScope::Text] });
        }
        Submission {
            idempotency_key: text("idempotencyKey"),
            form: CONFIDENTIAL.to_owned(),
            placement: values.get("placement").cloned(),
            name: text("name").into(),
            phone: text("contact.phone").into(),
            email: text("contact.email").into(),
            relationship: choice::<LeadRelationship>(&text("relationship")).unwrap_or_default(),
            under_age: choice::<UnderAge>(&text("underAge")).unwrap_or_default(),
            insurance: text("insurance").into(),
            message: text("message").into(),
            safe_contact: SafeContact {
                voicemail: ticked("safeContact.voicemail"),
                text: texts,
                say_who_calls: ticked("safeContact.sayWhoCalls"),
                preferred: choice::<ContactMethod>(&text("safeContact.preferred")),
                best_time: values.get("safeContact.bestTime").cloned(),
            },
            source_path: text("sourcePath"),
            consents: given,
            website: text("website"),
            form_token: values.get("formToken").cloned(),
            proof: values.get(PROOF).cloned(),
            client: None,
        }
    }

    /// Work for the machine of whoever asks; more of it where one client sends a lot.
    fn challenge(&self, request: &Request) -> Result<Response> {
        let now = Utc::now();
        let busy = (self.client)(request).is_some_and(|client| self.intake.clients.is_busy(&client, now));
        let challenge = self.intake.proofs.challenge(if busy { Effort::Raised } else { Effort::Usual }, now)?;
        let response = Response::builder().content_type("application/json").header(header::CACHE_CONTROL, "no-store");
        // For any front end, as the public schema is: nothing in it is of whoever asks.
        Ok(response.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*").body(challenge.to_string()))
    }

    /// The form with what was written and what to mend. Its key, its token and the work done stay, so a retry is a retry.
    async fn draw(&self, values: &Values, problems: &[Problem]) -> Result<Markup> {
        let path = values.get("sourcePath").and_then(|path| clean_path(path)).unwrap_or_else(|| "/".to_owned());
        let placement = values.get("placement").filter(|placement| is_name(placement)).map_or("form", String::as_str);
        let fresh = Own::now(&self.intake.vault, &path);
        let kept =
            |name: &str, fresh: String| values.get(name).filter(|value| !value.is_empty()).cloned().unwrap_or(fresh);
        let own = Own {
            token: kept("formToken", fresh.token),
            idempotency_key: kept("idempotencyKey", fresh.idempotency_key),
            proof: kept(PROOF, fresh.proof),
        };
        let own = html! { (own.inputs()) (form::script()) };
        let rendered = RenderedFor { path: &path, placement, prefix: placement, own };
        let heading = self.intake.form.title;
        // The first that is read aloud.
        let title = if problems.is_empty() { heading.to_owned() } else { format!("Error: {heading}") };
        self.page(&title, heading, &form::html(&self.intake.form, values, problems, &rendered)).await
    }

    async fn draw_alone(&self) -> Result<Response> {
        Ok(form_document(StatusCode::OK, self.draw(&Values::new(), &[]).await?))
    }

    /// Says nothing about who wrote or what: the page may be seen over somebody's shoulder.
    async fn draw_sent(&self) -> Result<Response> {
        let body = html! {
            p class="lead" { "Your message is with those who answer requests here, and nobody else can read it." }
            p { "We answer in the way you chose. If you would rather not wait, call us." }
            (form::crisis_notice())
            p { a class="button quiet" href="/" { "Go to the start" } }
        };
        Ok(document(StatusCode::OK, self.page("Thank you", "Thank you", &body).await?))
    }

    async fn draw_missing(&self) -> Result<Response> {
        let layout = Layout::load(self.intake.db.reader(), &self.public_url).await?;
        Ok(document(StatusCode::NOT_FOUND, crate::delivery::site::draw_not_found(&layout)))
    }

    async fn page(&self, title: &str, heading: &str, body: &Markup) -> Result<Markup> {
        let layout = Layout::load(self.intake.db.reader(), &self.public_url).await?;
        let body = html! {
            article class="page" {
                header class="page-header" { h1 { (heading) } }
                (body)
            }
        };
        Ok(layout.page(&Head::private(title), &body))
    }
}

fn script(text: &'static str) -> Response {
    let response = Response::builder().content_type("text/javascript; charset=utf-8");
    response.header(header::CACHE_CONTROL, "public, max-age=300").body(text)
}

/// The fields of an urlencoded body; nothing when it is no form, or too large.
async fn read(request: &mut Request) -> Option<Values> {
    let form = request.content_type().is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    if !form {
        return None;
    }
    let body = tokio::time::timeout(PATIENCE, request.take_body().into_bytes_limit(MOST_BYTES)).await.ok()?.ok()?;
    let fields = url::form_urlencoded::parse(&body).into_owned().take(100);
    Some(fields.collect::<BTreeMap<String, String>>())
}

/// The ways that the consent to be contacted is about: those the person gave.
fn scopes(phone: &str, email: &str, voicemail: bool) -> Vec<ConsentScope> {
    let mut scopes = Vec::new();
    if !phone.trim().is_empty() || email.trim().is_empty() {
        scopes.push(ConsentScope::Call);
        if voicemail {
            scopes.push(ConsentScope::Voicemail);
        }
    }
    if !email.trim().is_empty() {
        scopes.push(ConsentScope::Email);
    }
    scopes
}

fn choice<T: DeserializeOwned>(value: &str) -> Option<T> {
    serde_json::from_value(value.into()).ok()
}

fn is_name(text: &str) -> bool {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    (1..=40).contains(&text.len()) && text.chars().all(allowed)
}
