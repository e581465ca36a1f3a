//! The form as HTML, for the built-in site and for whoever sent it with something to mend.

use std::{collections::BTreeMap, sync::Arc};

use chrono::Utc;
use data_encoding::BASE64URL_NOPAD;
use entity::{consent_text, problem::Problem};
use maud::{Markup, html};
use rand::Rng;

use super::{
    BEST_TIME, EMAIL, FIELDS, Field, FieldType, Form, INSURANCE, MESSAGE, NAME, PHONE, PREFERRED, RELATIONSHIP,
    SAY_WHO, UNDER_AGE, VOICEMAIL,
};
use crate::{
    delivery::{Forms, site::PlacedForm},
    leads::{Vault, crisis::OVERDOSE, form_token},
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
}

impl Own {
    /// For a form drawn now at `path`.
    pub fn now(vault: &Vault, path: &str) -> Self {
        let mut key = [0; 18];
        rand::rng().fill_bytes(&mut key);
        let token = form_token::mint(vault, path, Utc::now());
        Self { token, idempotency_key: BASE64URL_NOPAD.encode(&key), proof: String::new() }
    }

    /// As the form sends it back.
    pub fn inputs(&self) -> Markup {
        html! {
            input type="hidden" name="formToken" value=(self.token);
            input type="hidden" name="idempotencyKey" value=(self.idempotency_key);
            input type="hidden" name=(PROOF) value=(self.proof);
        }
    }
}

/// Has the visitor's machine work while they write. The form is sent without it as well.
pub fn script() -> Markup {
    html! { script type="module" src=(SCRIPT_PATH) {} }
}

/// Draws the placed forms of the built-in site.
pub fn site_forms(vault: Vault, form: Form) -> Arc<Forms> {
    let draw = move |placed: &PlacedForm, path: &str, own: Markup| {
        let rendered = RenderedFor { path, placement: &placed.placement, prefix: &placed.key, own };
        html(&form, &Values::new(), &[], &rendered)
    };
    Arc::new(Forms::new(draw, move |path| Own::now(&vault, path).inputs(), script()))
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
                @for step in OVERDOSE { li { (step.text) } }
            }
        }
        p { a class="button quiet quick-exit" href=(EXIT) rel="noreferrer" { "Leave this page quickly" } }
    }
}

/// The form as HTML: what is needed first, the rest folded until it is wanted. It works without JavaScript, keeps what
/// was filled in, and links each problem to its field.
pub fn html(form: &Form, values: &Values, problems: &[Problem], rendered: &RenderedFor<'_>) -> Markup {
    let draw = Draw { values, problems, prefix: rendered.prefix };
    html! {
        (crisis_notice())
        form class="lead-form" method="post" action={ "/forms/" (form.key) } accept-charset="utf-8" {
            (draw.summary(form))
            p class="hint" { (form.intro) }
            (draw.field(&NAME))
            (draw.field(&PHONE))
            (draw.field(&EMAIL))
            (draw.field(&RELATIONSHIP))
            (draw.field(&MESSAGE))
            details class="more" open[!values.is_empty()] {
                summary { "Age, insurance, how to reach you safely " span class="optional" { "(optional)" } }
                (draw.field(&UNDER_AGE))
                (draw.field(&INSURANCE))
                fieldset {
                    legend { "How may we reach you safely?" }
                    p class="hint" { "Leave a box unticked and we will not do it." }
                    (draw.field(&VOICEMAIL))
                    (draw.field(&SAY_WHO))
                    (draw.consent("safeContact.text", &form.consents.texts, false))
                    (draw.field(&PREFERRED))
                    (draw.field(&BEST_TIME))
                }
            }
            div class="hp" aria-hidden="true" {
                label for=(draw.id("website")) { "Leave this field empty" }
                input id=(draw.id("website")) type="text" name="website" value="" tabindex="-1" autocomplete="off";
            }
            (draw.consent("consents", &form.consents.contact, true))
            input type="hidden" name="sourcePath" value=(rendered.path);
            input type="hidden" name="placement" value=(rendered.placement);
            (rendered.own)
            button class="button" type="submit" { "Send in confidence" }
        }
    }
}

struct Draw<'a> {
    values: &'a Values,
    problems: &'a [Problem],
    prefix: &'a str,
}

impl<'a> Draw<'a> {
    fn id(&self, name: &str) -> String {
        let name = name.replace('.', "-");
        if self.prefix.is_empty() { name } else { format!("{}-{name}", self.prefix) }
    }

    fn value(&self, name: &str) -> &'a str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// The problem of a field: its path begins with the field's name. What concerns both ways of contact stands at the
    /// first of them.
    fn problem(&self, name: &str) -> Option<&'a Problem> {
        self.problems.iter().find(|problem| field_of(problem) == Some(name))
    }

    fn summary(&self, form: &Form) -> Markup {
        html! {
            @if !self.problems.is_empty() {
                div class="error-summary" role="alert" tabindex="-1" autofocus {
                    p { strong { "Your message is not sent yet. Please mend this:" } }
                    ul {
                        @for problem in self.problems {
                            li {
                                @match field_of(problem) {
                                    Some(name) => { a href={ "#" (self.target(form, name)) } { (problem.message) } }
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
    fn target(&self, form: &Form, name: &str) -> String {
        let field = form.fields.iter().find(|field| field.name == name);
        match field.and_then(|field| field.options.first().filter(|_| field.kind == FieldType::Radio)) {
            Some(first) => self.id(&format!("{name}.{}", first.value)),
            None => self.id(name),
        }
    }

    fn field(&self, field: &Field) -> Markup {
        match field.kind {
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
                    span class="optional" { (wanted(field)) }
                }
                @match field.kind {
                    FieldType::Textarea => textarea id=(id) name=(field.name) rows="6" autocomplete="off" aria-describedby=[described] aria-invalid=[invalid] { (value) },
                    FieldType::Select => select id=(id) name=(field.name) aria-describedby=[described] aria-invalid=[invalid] {
                        option value="" { "No preference" }
                        @for choice in field.options {
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
        let chosen = field.options.iter().find(|choice| choice.value == given).or(field.options.first()).copied();
        html! {
            fieldset aria-describedby=[self.described_by(field)] {
                legend { (field.label) }
                @for choice in field.options {
                    @let id = self.id(&format!("{}.{}", field.name, choice.value));
                    div class="choice" {
                        input id=(id) type="radio" name=(field.name) value=(choice.value) checked[chosen == Some(*choice)];
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

/// The field a problem belongs to, by its path.
fn field_of(problem: &Problem) -> Option<&'static str> {
    let path = problem.path.join(".");
    if path == "contact" {
        return Some(PHONE.name);
    }
    if path == "consents" || path.starts_with("consents.") {
        return Some("consents");
    }
    FIELDS.iter().map(|field| field.name).find(|name| *name == path)
}

/// What a label says of whether its field must be filled in.
fn wanted(field: &Field) -> &'static str {
    if field.required {
        "(required)"
    } else if field.name.starts_with("contact.") {
        "(one of the two)"
    } else {
        "(optional)"
    }
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

    use super::*;
    use crate::leads::{consent::CurrentConsents, form::confidential};

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
        let form = confidential(CurrentConsents { contact: text("contact"), texts: text("texts") });
        let own = Own { token: "t".to_owned(), idempotency_key: "k".repeat(16), proof: String::new() }.inputs();
        let rendered = RenderedFor { path: "/detox", placement: "end", prefix: "end", own };
        html(&form, values, problems, &rendered).into_string()
    }

    #[test]
    fn every_field_has_a_label_and_an_id_of_its_place() {
        let markup = drawn(&Values::new(), &[]);
        for field in FIELDS.iter().filter(|field| field.kind != FieldType::Radio) {
            let id = format!("end-{}", field.name.replace('.', "-"));
            assert!(markup.contains(&format!("id=\"{id}\"")), "{id}");
            assert!(markup.contains(&format!("for=\"{id}\"")), "{id}");
        }
        assert!(markup.contains("autocomplete=\"tel\""));
        assert!(markup.contains("Send in confidence"));
        assert!(markup.contains("988"));
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
