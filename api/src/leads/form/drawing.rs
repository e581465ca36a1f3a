//! The form as HTML, for the built-in site and for whoever sent it with something to mend.

use std::{collections::BTreeMap, sync::Arc};

use chrono::Utc;
use data_encoding::BASE64URL_NOPAD;
use entity::{consent_text, lead_form_version::LeadField, problem::Problem};
use futures_util::FutureExt;
use maud::{Markup, html};
use rand::Rng;

use super::{CONFIDENTIAL, Field, FieldType, Form, LeadForms, Step, known};
use crate::{
    delivery::{Draw, Forms, Visit, site::PlacedForm},
    leads::{
        Vault,
        crisis::{Language, OVERDOSE},
        form_token,
        origin::Origin,
    },
};

/// The field that holds the proof of work, as ALTCHA calls it.
pub const PROOF: &str = "altcha";
/// Where somebody goes who must not be seen here: a page that says nothing of them, of the National Weather Service.
const EXIT: &str = "https://www.weather.gov/";
/// Where the form's script is.
pub const SCRIPT_PATH: &str = "/forms/form.js";
/// Where what it has working is.
pub const WORKER_PATH: &str = "/forms/worker.js";
/// Where it asks for work.
pub const CHALLENGE_PATH: &str = "/forms/challenge";

/// The field that is asked in the words of the consent to texts.
const TEXT: &str = known(LeadField::Text).path;

/// What was filled in, by field name; empty at first.
pub type Values = BTreeMap<String, String>;

/// Where and for whom a form is drawn.
#[derive(Clone, Debug)]
pub struct RenderedFor<'a> {
    /// The path of the page it stands on.
    pub path: &'a str,
    /// Which of the form's places on the page, as reports name it.
    pub placement: &'a str,
    /// What its ids begin with; no other form on the page has it.
    pub prefix: &'a str,
    /// What is the visitor's own; see [`Own`].
    pub own: Markup,
}

/// What a form holds that no other visitor's does.
#[derive(Clone, Debug)]
pub struct Own {
    /// When and where it was drawn, signed.
    pub token: String,
    /// Kept across retries.
    pub idempotency_key: String,
    /// That the visitor's machine worked a moment; empty until it has.
    pub proof: String,
    /// What led them to the page.
    pub origin: Origin,
}

impl Own {
    /// For a form drawn now, for a visitor of the page it stands on.
    pub fn now(vault: &Vault, visit: &Visit<'_>) -> Self {
        let mut key = [0; 18];
        rand::rng().fill_bytes(&mut key);
        let token = form_token::mint(vault, visit.path, Utc::now());
        let idempotency_key = BASE64URL_NOPAD.encode(&key);
        Self { token, idempotency_key, proof: String::new(), origin: Origin::of(visit) }
    }

    /// As the form sends it back.
    pub fn inputs(&self) -> Markup {
        html! {
            input type="hidden" name="formToken" value=(self.token);
            input type="hidden" name="idempotencyKey" value=(self.idempotency_key);
            input type="hidden" name=(PROOF) value=(self.proof);
            @for (name, value) in self.origin.fields() { input type="hidden" name=(name) value=(value); }
        }
    }
}

/// Has the visitor's machine work while they write. The form is sent without it as well.
pub fn script() -> Markup {
    html! { script type="module" src=(SCRIPT_PATH) {} }
}

/// A form to be looked at, which nobody sends.
pub fn shown(form: &Form) -> Markup {
    let rendered = RenderedFor { path: "/", placement: "form", prefix: "form", own: html! {} };
    html(form, &Values::new(), &[], &rendered)
}

/// Draws the placed forms of the built-in site, each by its key. A page that names one that is gone has the form that every
/// installation has: nobody who wants to write finds nothing.
pub fn site_forms(vault: Vault, forms: LeadForms) -> Arc<Forms> {
    let load = move || {
        let forms = forms.clone();
        let loaded = async move {
            let forms = forms.all().await?;
            let draw = move |placed: &PlacedForm, path: &str, own: Markup| {
                let rendered = RenderedFor { path, placement: &placed.placement, prefix: &placed.key, own };
                let form = forms.get(&placed.form).or_else(|| forms.get(CONFIDENTIAL));
                html! { @if let Some(form) = form { (html(form, &Values::new(), &[], &rendered)) } }
            };
            Ok(Box::new(draw) as Box<Draw>)
        };
        loaded.boxed()
    };
    Arc::new(Forms::new(load, move |visit| Own::now(&vault, visit).inputs(), script()))
}

/// What to do in danger, and a way out for who is not alone; stands beside the form, whoever draws it.
pub fn crisis_notice() -> Markup {
    html! {
        p class="crisis-notice" {
            strong { "In danger now? Call " a href="tel:911" { "911" } "." }
            " Thoughts of suicide, or a crisis with drugs or alcohol: call or text " a href="tel:988" { "988" }
            ", or chat at " a href="https://988lifeline.org" rel="noreferrer" { "988lifeline.org" } ", free, day and night."
        }
        details class="crisis-notice" {
            summary { "Somebody does not wake up, or hardly breathes?" }
            ol {
                li { "Call " a href="tel:911" { "911" } " now." }
                @for step in OVERDOSE { li { (step.text(Language::English)) } }
            }
        }
        p { a class="button quiet quick-exit" href=(EXIT) rel="noreferrer" { "Leave this page quickly" } }
    }
}

/// The form as HTML: what is needed first, the rest folded until it is wanted. It works without JavaScript, keeps what
/// was filled in, and links each problem to its field.
pub fn html(form: &Form, values: &Values, problems: &[Problem], rendered: &RenderedFor<'_>) -> Markup {
    let draw = Drawing { form, values, problems, prefix: rendered.prefix };
    html! {
        (crisis_notice())
        form class="lead-form" method="post" action={ "/forms/" (form.key) } accept-charset="utf-8" {
            (draw.summary())
            @if !form.intro.is_empty() { p class="hint" { (form.intro) } }
            @for (place, step) in form.steps.iter().enumerate() {
                @if place == 0 {
                    (draw.step(step))
                } @else {
                    details class="more" open[!values.is_empty()] {
                        summary { (step.title) " " span class="optional" { "(optional)" } }
                        (draw.step(step))
                    }
                }
            }
            div class="hp" aria-hidden="true" {
                label for=(draw.id("website")) { "Leave this field empty" }
                input id=(draw.id("website")) type="text" name="website" value="" tabindex="-1" autocomplete="off";
            }
            (draw.consent("consents", &form.consents.contact, true))
            input type="hidden" name="formVersion" value=(form.version);
            input type="hidden" name="sourcePath" value=(rendered.path);
            input type="hidden" name="placement" value=(rendered.placement);
            (rendered.own)
            button class="button" type="submit" { (form.button) }
        }
    }
}

struct Drawing<'a> {
    form: &'a Form,
    values: &'a Values,
    problems: &'a [Problem],
    prefix: &'a str,
}

impl<'a> Drawing<'a> {
    fn id(&self, name: &str) -> String {
        let name = name.replace('.', "-");
        if self.prefix.is_empty() { name } else { format!("{}-{name}", self.prefix) }
    }

    /// The field a problem belongs to, by its path, where this form has it.
    fn field_of(&self, problem: &Problem) -> Option<&'a str> {
        let path = problem.path.join(".");
        if path == "contact" {
            let contacts = self.form.fields().map(|field| field.name);
            return contacts.into_iter().find(|name| name.starts_with("contact."));
        }
        if path == "consents" || path.starts_with("consents.") {
            return Some("consents");
        }
        self.form.field(&path).map(|field| field.name)
    }

    /// What a label says of whether its field must be filled in.
    fn wanted(&self, field: &Field) -> &'static str {
        let contacts = || self.form.fields().filter(|other| other.name.starts_with("contact."));
        if field.required {
            "(required)"
        } else if !field.name.starts_with("contact.") || contacts().any(|other| other.required) {
            "(optional)"
        } else if contacts().count() > 1 {
            "(one of the two)"
        } else {
            "(required)"
        }
    }

    fn value(&self, name: &str) -> &'a str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// The problem of a field: its path begins with the field's name. What concerns both ways of contact stands at the
    /// first of them.
    fn problem(&self, name: &str) -> Option<&'a Problem> {
        self.problems.iter().find(|problem| self.field_of(problem) == Some(name))
    }

    fn summary(&self) -> Markup {
        html! {
            @if !self.problems.is_empty() {
                div class="error-summary" role="alert" tabindex="-1" autofocus {
                    p { strong { "Your message is not sent yet. Please mend this:" } }
                    ul {
                        @for problem in self.problems {
                            li {
                                @match self.field_of(problem) {
                                    Some(name) => { a href={ "#" (self.target(name)) } { (problem.message) } }
                                    None => { (problem.message) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The first thing of a field that can be reached.
    fn target(&self, name: &str) -> String {
        match self.form.field(name).and_then(|field| field.options.first().filter(|_| field.kind == FieldType::Radio)) {
            Some(first) => self.id(&format!("{name}.{}", first.value)),
            None => self.id(name),
        }
    }

    /// The fields of a step; those that stand together and tell how to reach somebody safely, as one question.
    fn step(&self, step: &Step) -> Markup {
        let runs = step.fields.chunk_by(|one, next| is_safety(one) == is_safety(next));
        html! {
            @for run in runs {
                @if run.first().is_some_and(is_safety) {
                    fieldset {
                        legend { "How may we reach you safely?" }
                        p class="hint" { "Leave a box unticked and we will not do it." }
                        @for field in run { (self.field(field)) }
                    }
                } @else {
                    @for field in run { (self.field(field)) }
                }
            }
        }
    }

    fn field(&self, field: &Field) -> Markup {
        match field.kind {
            FieldType::Checkbox if field.name == TEXT => self.consent(TEXT, &self.form.consents.texts, false),
            FieldType::Radio => self.radio(field),
            FieldType::Checkbox => self.checkbox(field),
            FieldType::Text | FieldType::Tel | FieldType::Email | FieldType::Textarea | FieldType::Select => {
                self.input(field)
            }
        }
    }

    fn input(&self, field: &Field) -> Markup {
        let id = self.id(field.name);
        let value = self.value(field.name);
        let described = self.described_by(field);
        let invalid = self.problem(field.name).map(|_| "true");
        html! {
            div class="field" {
                label for=(id) {
                    (field.label) " "
                    span class="optional" { (self.wanted(field)) }
                }
                @match field.kind {
                    FieldType::Textarea => textarea id=(id) name=(field.name) rows="6" autocomplete="off" aria-describedby=[described] aria-invalid=[invalid] { (value) },
                    FieldType::Select => select id=(id) name=(field.name) aria-describedby=[described] aria-invalid=[invalid] {
                        option value="" { "No preference" }
                        @for choice in &field.options {
                            option value=(choice.value) selected[choice.value == value] { (choice.label) }
                        }
                    },
                    _ => input id=(id) name=(field.name) type=(input_type(field.kind)) value=(value) required[field.required] autocomplete=(field.autocomplete.unwrap_or("off")) aria-describedby=[described] aria-invalid=[invalid];,
                }
                (self.below(field))
            }
        }
    }

    fn radio(&self, field: &Field) -> Markup {
        let given = self.value(field.name);
        let chosen = field.options.iter().find(|choice| choice.value == given).or(field.options.first());
        html! {
            fieldset aria-describedby=[self.described_by(field)] {
                legend { (field.label) }
                @for choice in &field.options {
                    @let id = self.id(&format!("{}.{}", field.name, choice.value));
                    div class="choice" {
                        input id=(id) type="radio" name=(field.name) value=(choice.value) checked[chosen == Some(choice)];
                        label for=(id) { (choice.label) }
                    }
                }
                (self.below(field))
            }
        }
    }

    fn checkbox(&self, field: &Field) -> Markup {
        let id = self.id(field.name);
        html! {
            div class="choice" {
                input id=(id) type="checkbox" name=(field.name) value="true" checked[!self.value(field.name).is_empty()];
                label for=(id) { (field.label) }
            }
        }
    }

    /// A box that says exactly what is agreed to; its value is the wording's id.
    fn consent(&self, name: &'static str, text: &consent_text::Model, required: bool) -> Markup {
        let id = self.id(name);
        let value = text.id.to_string();
        let problem = self.problem(name);
        let error = self.id(&format!("{name}-error"));
        html! {
            div class="choice" {
                input id=(id) type="checkbox" name=(name) value=(value) checked[self.value(name) == value] required[required] aria-describedby=[problem.map(|_| error.as_str())] aria-invalid=[problem.map(|_| "true")];
                label for=(id) {
                    (text.wording) " "
                    span class="optional" { (if required { "(required)" } else { "(optional)" }) }
                }
            }
            @if let Some(problem) = problem { p class="error" id=(error) { (problem.message) } }
        }
    }

    fn described_by(&self, field: &Field) -> Option<String> {
        let help = (!field.help.is_empty()).then(|| self.id(&format!("{}-help", field.name)));
        let error = self.problem(field.name).map(|_| self.id(&format!("{}-error", field.name)));
        match (help, error) {
            (Some(help), Some(error)) => Some(format!("{error} {help}")),
            (help, error) => help.or(error),
        }
    }

    fn below(&self, field: &Field) -> Markup {
        html! {
            @if let Some(problem) = self.problem(field.name) {
                p class="error" id=(self.id(&format!("{}-error", field.name))) { (problem.message) }
            }
            @if !field.help.is_empty() {
                p class="hint" id=(self.id(&format!("{}-help", field.name))) { (field.help) }
            }
        }
    }
}

/// Whether a field tells how to reach somebody without doing harm.
fn is_safety(field: &Field) -> bool {
    field.name.starts_with("safeContact.")
}

const fn input_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Tel => "tel",
        FieldType::Email => "email",
        FieldType::Text | FieldType::Textarea | FieldType::Radio | FieldType::Select | FieldType::Checkbox => "text",
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use entity::{id::ConsentTextId, problem::ProblemCode};

    use super::{super::FIELDS, *};
    use crate::leads::{consent::Wordings, form::standard};

    fn drawn(values: &Values, problems: &[Problem]) -> String {
        let text = |key: &str| consent_text::Model {
            id: ConsentTextId::new(),
            key: key.to_owned(),
            version: 1,
            language: "en".to_owned(),
            wording: format!("I agree to <{key}>"),
            sha256: vec![0; 32],
            created_at: Utc::now(),
        };
        let wordings = Wordings { contact: text("contact"), texts: text("texts") };
        let form = Form::new("confidential", 3, standard::definition(), wordings);
        let (token, idempotency_key) = ("t".to_owned(), "k".repeat(16));
        let own = Own { token, idempotency_key, proof: String::new(), origin: Origin::default() }.inputs();
        let rendered = RenderedFor { path: "/detox", placement: "end", prefix: "end", own };
        html(&form, values, problems, &rendered).into_string()
    }

    #[test]
    fn every_field_has_a_label_and_an_id_of_its_place() {
        let markup = drawn(&Values::new(), &[]);
        for field in FIELDS.map(known).iter().filter(|field| field.kind != FieldType::Radio) {
            let id = format!("end-{}", field.path.replace('.', "-"));
            assert!(markup.contains(&format!("id=\"{id}\"")), "{id}");
            assert!(markup.contains(&format!("for=\"{id}\"")), "{id}");
        }
        assert!(markup.contains("autocomplete=\"tel\""));
        assert!(markup.contains("Send in confidence"));
        assert!(markup.contains("988"));
        assert!(markup.contains("name=\"formVersion\" value=\"3\""));
        assert!(!markup.contains("error-summary"));
        assert!(markup.contains("I agree to &lt;contact&gt;"));
    }

    #[test]
    fn a_refused_form_keeps_what_was_written_and_leads_to_each_problem() {
        let values = Values::from([
            ("name".to_owned(), "<b>Sam</b>".to_owned()),
            ("message".to_owned(), "</textarea>".to_owned()),
            ("relationship".to_owned(), "LOVED_ONE".to_owned()),
        ]);
        let problem = |path: &[&str]| Problem {
            code: ProblemCode::Invalid,
            path: path.iter().map(ToString::to_string).collect(),
            message: format!("Mend {}.", path.join(".")),
        };
        let problems = [problem(&["contact"]), problem(&["consents"]), problem(&["sourcePath"])];
        let markup = drawn(&values, &problems);
        assert!(markup.contains("&lt;b&gt;Sam&lt;/b&gt;"));
        assert!(markup.contains("&lt;/textarea&gt;"));
        assert!(markup.contains("<a href=\"#end-contact-phone\">Mend contact.</a>"));
        assert!(markup.contains("<a href=\"#end-consents\">Mend consents.</a>"));
        assert!(markup.contains("<li>Mend sourcePath.</li>"));
        assert!(markup.contains("value=\"LOVED_ONE\" checked"));
        assert!(markup.contains("id=\"end-contact-phone-error\""));
    }
}
