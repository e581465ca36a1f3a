//! The form over plain HTTP: what the built-in site's form posts to, with JavaScript or without.

mod export;
mod frame;

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
use self::frame::Frames;
use super::{
    Client, Intake,
    consent::ConsentScope,
    form::{self, CHALLENGE_PATH, Form, Own, PROOF, RenderedFor, SCRIPT_PATH, Values, WORKER_PATH},
    intake::{Consent, SafeContact, Submission, UnderAge, clean_path},
    origin::Origin,
    proof::Effort,
};
use crate::{
    answer::method_not_allowed,
    delivery::{
        Layout, Visit,
        http::{document, failed, form_document, visit_of},
        layout::Head,
        site,
    },
    error::{Error, Result},
};

/// A message of 4,000 characters has up to 48 KB once it is urlencoded.
const MOST_BYTES: usize = 64 * 1024;
const SCRIPT: &str = include_str!("form/form.js");
const WORKER: &str = include_str!("form/worker.js");
/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// The form at `/forms/{key}`: GET draws it, POST takes it in and leads to a page that says so, below it.
pub struct FormEndpoint {
    intake: Intake,
    frames: Frames,
    client: Box<ClientOf>,
}

/// From where a request comes, where that tells one client from others.
pub type ClientOf = dyn Fn(&Request) -> Option<Client> + Send + Sync;

impl Endpoint for FormEndpoint {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let path = request.uri().path().trim_end_matches('/').to_owned();
        let method = request.method().clone();
        let answer = match (path.as_str(), method) {
            (CHALLENGE_PATH, Method::GET | Method::HEAD) => self.challenge(&request),
            (SCRIPT_PATH, Method::GET | Method::HEAD) => Ok(script(SCRIPT)),
            (WORKER_PATH, Method::GET | Method::HEAD) => Ok(script(WORKER)),
            (CHALLENGE_PATH | SCRIPT_PATH | WORKER_PATH, _) => Ok(method_not_allowed("GET, HEAD")),
            (path, method) => self.form(path, &method, &mut request).await,
        };
        Ok(answer.unwrap_or_else(|error| failed(&error)))
    }
}

impl FormEndpoint {
    /// Takes leads in by `intake`, on a site that is reached from outside at `public_url`.
    pub fn new(intake: Intake, public_url: String, client: Box<ClientOf>) -> Self {
        let frames = Frames::new(intake.db.clone(), public_url);
        Self { intake, frames, client }
    }

    /// What is at the path of a form, or below it.
    async fn form(&self, path: &str, method: &Method, request: &mut Request) -> Result<Response> {
        let path = path.strip_prefix("/forms/").unwrap_or_default();
        let (key, below) = path.split_once('/').map_or((path, None), |(key, below)| (key, Some(below)));
        let Some(form) = self.intake.forms.find(key).await? else { return self.draw_missing().await };
        match (below, method) {
            (None, &Method::POST) => self.take_in(&form, request).await,
            (None, &Method::GET | &Method::HEAD) => {
                let body = self.draw(&form, &Values::new(), &[], Origin::of(&visit_of("", request)));
                Ok(form_document(StatusCode::OK, page(&self.frames.read().await?, &form.heading, &form.heading, &body)))
            }
            (Some("sent"), &Method::GET | &Method::HEAD) => self.draw_sent(&form).await,
            (None | Some("sent"), _) => Ok(method_not_allowed("GET, HEAD, POST")),
            (Some(_), _) => self.draw_missing().await,
        }
    }

    async fn take_in(&self, current: &Form, request: &mut Request) -> Result<Response> {
        let Some(values) = read(request).await else {
            let body = html! { p { "This form could not be read. Go back and send it again." } };
            let layout = self.frames.any().await;
            let markup = page(&layout, "Error: please try again", "Please try again", &body);
            return Ok(document(StatusCode::BAD_REQUEST, markup));
        };
        // As it was when it was drawn, however long ago.
        let version = values.get("formVersion").and_then(|version| version.parse().ok());
        let drawn = match version {
            Some(version) => self.intake.forms.find_version(&current.key, version).await?,
            None => None,
        };
        let form = drawn.as_deref().unwrap_or(current);
        let submission = Submission { client: (self.client)(request), ..submission(form, &values) };
        match self.intake.submit(&submission, None).await {
            Ok(_) => {
                let response = Response::builder()
                    .status(StatusCode::SEE_OTHER)
                    .header(header::LOCATION, format!("/forms/{}/sent", form.key));
                Ok(response.header(header::CACHE_CONTROL, "no-store").finish())
            }
            Err(error) => Ok(self.draw_again(form, &values, submission.origin, error).await),
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

    /// The form with all that was written, and why it is not sent. Even while the database is away nobody writes it twice.
    async fn draw_again(&self, form: &Form, values: &Values, origin: Origin, error: Error) -> Response {
        let (status, body) = match error {
            Error::Problems(problems) => (StatusCode::UNPROCESSABLE_ENTITY, self.draw(form, values, &problems, origin)),
            fault => {
                tracing::error!(error = ?fault, "a form could not be taken in");
                let body = html! {
                    div class="error-summary" role="alert" tabindex="-1" autofocus {
                        p { strong { "Your message is not sent yet." } }
                        p { "We cannot keep it just now. What you wrote is still below: send it again in a minute, or call." }
                    }
                    (self.draw(form, values, &[], origin))
                };
                (StatusCode::SERVICE_UNAVAILABLE, body)
            }
        };
        // The first that is read aloud.
        let title = format!("Error: {}", form.heading);
        form_document(status, page(&self.frames.any().await, &title, &form.heading, &body))
    }

    /// The form with what was written and what to mend. Its key, its token and the work done stay, so a retry is a retry; and so
    /// does what led to it.
    fn draw(&self, form: &Form, values: &Values, problems: &[Problem], origin: Origin) -> Markup {
        let path = values.get("sourcePath").and_then(|path| clean_path(path)).unwrap_or_else(|| "/".to_owned());
        let placement = values.get("placement").filter(|placement| is_name(placement)).map_or("form", String::as_str);
        let fresh = Own::now(&self.intake.vault, &Visit::straight(&path));
        let kept =
            |name: &str, fresh: String| values.get(name).filter(|value| !value.is_empty()).cloned().unwrap_or(fresh);
        let own = Own {
            token: kept("formToken", fresh.token),
            idempotency_key: kept("idempotencyKey", fresh.idempotency_key),
            proof: kept(PROOF, fresh.proof),
            origin,
        };
        let own = html! { (own.inputs()) (form::script()) };
        let rendered = RenderedFor { path: &path, placement, prefix: placement, own };
        form::html(form, values, problems, &rendered)
    }

    /// Says nothing about who wrote or what: the page may be seen over somebody's shoulder.
    async fn draw_sent(&self, form: &Form) -> Result<Response> {
        let paragraphs = form.thanks.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        let body = html! {
            @for (place, paragraph) in paragraphs.enumerate() {
                p class=[(place == 0).then_some("lead")] { (paragraph) }
            }
            (form::crisis_notice())
            p { a class="button quiet" href="/" { "Go to the start" } }
        };
        Ok(document(StatusCode::OK, page(&self.frames.any().await, "Thank you", "Thank you", &body)))
    }

    async fn draw_missing(&self) -> Result<Response> {
        Ok(document(StatusCode::NOT_FOUND, site::draw_not_found(&self.frames.read().await?)))
    }
}

fn page(layout: &Layout, title: &str, heading: &str, body: &Markup) -> Markup {
    layout.page(&Head::private(title), &site::draw_alone(heading, body))
}

/// What the form's fields say. What a browser leaves out was not ticked.
fn submission(form: &Form, values: &Values) -> Submission {
    let text = |name: &str| values.get(name).cloned().unwrap_or_default();
    let ticked = |name: &str| values.get(name).is_some_and(|value| !value.is_empty());
    let agreed = |name: &str, id: String| values.get(name).is_some_and(|value| *value == id);
    let texts = agreed("safeContact.text", form.consents.texts.id.to_string());
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
        form: form.key.clone(),
        form_version: Some(form.version),
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
        origin: Origin::read(|name| values.get(name).cloned()),
        consents: given,
        website: text("website"),
        form_token: values.get("formToken").cloned(),
        proof: values.get(PROOF).cloned(),
        client: None,
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
