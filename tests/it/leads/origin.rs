//! What led somebody to the page they wrote from: read from how the page was asked for, and shown to who works leads.

use entity::{lead, user::Role};
use reqwest::{Method, header};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{full, with};
use crate::support::{Staff, TestApp, markup::tags, on_both};

const SOURCE: &str = "query ($id: ID!) { lead(id: $id) {
    source { referrer utmSource utmMedium utmCampaign utmTerm utmContent }
} }";

async fn source(staff: &Staff, reference: &str, app: &TestApp) -> Value {
    let id = app.lead_row(reference).await.id.to_string();
    staff.ask(SOURCE, json!({ "id": id })).await.data()["lead"]["source"].clone()
}

on_both! {
    async fn who_works_leads_sees_what_led_somebody_there(app: TestApp) {
        let (visitor, staff, admin) = (app.visitor(), app.staff(Role::Admissions).await, app.staff(Role::Admin).await);
        let input = with(visitor.lead().await, json!({ "source": {
            "referrer": "https://News.Example.com:8443/2026/detox?reader=sam",
            "utmSource": " newsletter ",
            "utmMedium": "sam@example.com",
            "utmCampaign": "x".repeat(101),
            "utmTerm": "Detox|Boston, MA",
            "utmContent": "<b>",
        } }));
        let reference = visitor.submitted(&input).await;
        let kept = json!({
            "referrer": "news.example.com",
            "utmSource": "newsletter",
            "utmMedium": null,
            "utmCampaign": null,
            "utmTerm": "Detox|Boston, MA",
            "utmContent": null,
        });
        assert_eq!(source(&staff, &reference, &app).await, kept);
        assert_eq!(source(&admin, &reference, &app).await, Value::Null, "it tells of a person's health");

        let plain = visitor.submitted(&visitor.lead().await).await;
        assert_eq!(source(&staff, &plain, &app).await, Value::Null);
    }

    async fn a_retry_is_one_whatever_it_says_of_what_led_there(app: TestApp) {
        let visitor = app.visitor();
        let input = visitor.lead().await;
        let reference = visitor.submitted(&input).await;
        let told = with(input.clone(), json!({ "source": { "utmCampaign": "spring" } }));
        assert_eq!(visitor.submitted(&told).await, reference);
        assert_eq!(app.lead_row(&reference).await.utm_campaign, None, "what was written first stays");
    }

    async fn of_who_is_erased_it_is_forgotten(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let lead = full(&app).await;
        assert_eq!(source(&owner, &lead.reference, &app).await["utmCampaign"], "spring-2026");
        let version = owner.lead(&lead.id.to_string()).await["version"].clone();
        let input = json!({ "id": lead.id, "version": version, "reason": "They asked us to." });
        owner.work("eraseLead", input).await.done("eraseLead");
        let row = app.lead_row(&lead.reference).await;
        let told = [row.referrer_host, row.utm_source, row.utm_medium, row.utm_campaign, row.utm_term, row.utm_content];
        assert_eq!(told, [const { None }; 6]);
    }

    async fn the_form_takes_along_what_its_page_was_asked_for_with(app: TestApp) {
        let app = app.with_demo().await;
        let (visitor, staff) = (app.visitor(), app.staff(Role::Admissions).await);
        let query = "utm_source=google&utm_medium=cpc&utm_campaign=detox%20spring&utm_content=%3Cb%3E&gclid=Cj0KCQiA";
        for page in ["/ketamine-side-effects", "/forms/confidential"] {
            let request = visitor.request(Method::GET, &format!("{page}?{query}"));
            let html = request.header(header::REFERER, "https://www.google.com/").send().await.unwrap().text().await.unwrap();
            assert!(!html.contains("Cj0KCQiA"), "the number of a click is in {page}");
            let fields = tags(&html);
            let value = |name: &str| fields.iter().find(|it| it.get("name") == name).map_or("", |it| it.get("value"));
            let key = Uuid::now_v7().to_string();
            let mut form: Vec<_> =
                ["referrer", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "sourcePath", "consents"]
                    .map(|name| (name, value(name)))
                    .into();
            form.push(("idempotencyKey", &key));
            form.push(("name", "Sample Visitor"));

            // Sent with something to mend, it comes back with it.
            let mend = visitor.post_form("/forms/confidential", &form).await;
            assert_eq!(mend.status, 422);
            let again = tags(mend.body.as_str().unwrap());
            assert!(again.iter().any(|it| it.get("name") == "utm_campaign" && it.get("value") == "detox spring"), "{page}");

            form.push(("contact.phone", "(781) 555-0142"));
            assert_eq!(visitor.post_form("/forms/confidential", &form).await.status, 303);
            let last = lead::Entity::find().order_by_desc(lead::Column::ReceivedAt);
            let reference = last.one(app.app.db.reader()).await.unwrap().unwrap().reference;
            let kept = json!({
                "referrer": "www.google.com",
                "utmSource": "google",
                "utmMedium": "cpc",
                "utmCampaign": "detox spring",
                "utmTerm": null,
                "utmContent": null,
            });
            assert_eq!(source(&staff, &reference, &app).await, kept, "{page}");
        }
    }
}
