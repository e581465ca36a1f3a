//! What led somebody to the page with the form: the host of the link they followed, and what a campaign's link says of itself.
//!
//! Beside a name this tells of somebody's health, so it is kept only as far as it tells one campaign from another. Of an address
//! nothing but its host is taken, and what advertisers number clicks with (`gclid` and its like) is never looked at. What does
//! not look like the name of a campaign is dropped: nobody is kept from writing by how they came.

use percent_encoding::percent_decode_str;
use url::{Host, Url, form_urlencoded};

use crate::delivery::Visit;

/// The parameter of a page's address, and the name of the form's hidden field, for each part of [`Origin`].
const SOURCE: &str = "utm_source";
const MEDIUM: &str = "utm_medium";
const CAMPAIGN: &str = "utm_campaign";
const TERM: &str = "utm_term";
const CONTENT: &str = "utm_content";
/// The form's hidden field for the host that led here.
const REFERRER: &str = "referrer";

/// Characters of each value at the most.
const MOST: usize = 100;
/// What a name may hold beside letters and digits: no `@`, so that no address of a person is taken for one.
const MARKS: &str = " -_.+:|,";

/// What led somebody to the page with the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The host of the link they followed: `www.google.com`.
    pub referrer: Option<String>,
    /// Where the campaign's link stood: `newsletter`.
    pub source: Option<String>,
    /// Of what kind that is: `email`.
    pub medium: Option<String>,
    /// What the campaign is called.
    pub campaign: Option<String>,
    /// The words that were searched for, as the campaign names them.
    pub term: Option<String>,
    /// Which of the campaign's links it was.
    pub content: Option<String>,
}

impl Origin {
    /// As far as it may be kept.
    pub fn cleaned(self) -> Self {
        let named = |value: Option<String>| value.as_deref().and_then(name_of);
        Self {
            referrer: self.referrer.as_deref().and_then(host_of),
            source: named(self.source),
            medium: named(self.medium),
            campaign: named(self.campaign),
            term: named(self.term),
            content: named(self.content),
        }
    }

    /// What `value` gives by the name of a form's field, as far as it may be kept.
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let given = Self {
            referrer: value(REFERRER),
            source: value(SOURCE),
            medium: value(MEDIUM),
            campaign: value(CAMPAIGN),
            term: value(TERM),
            content: value(CONTENT),
        };
        given.cleaned()
    }

    /// What a visitor's request for a page tells. Pages of ours name themselves to nobody, so whoever was here before came from
    /// nowhere.
    pub fn of(visit: &Visit<'_>) -> Self {
        let first = |name: &str| {
            let mut given = form_urlencoded::parse(visit.query.as_bytes()).filter(|(key, _)| key == name);
            given.next().map(|(_, value)| value.into_owned())
        };
        Self::read(|name| match name {
            REFERRER => visit.referrer.map(ToOwned::to_owned),
            name => first(name),
        })
    }

    /// What is known, by the name of its field in the form.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            (REFERRER, &self.referrer),
            (SOURCE, &self.source),
            (MEDIUM, &self.medium),
            (CAMPAIGN, &self.campaign),
            (TERM, &self.term),
            (CONTENT, &self.content),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }
}

/// The host of an address, or a host alone; nothing where it is neither.
fn host_of(address: &str) -> Option<String> {
    let address = address.trim();
    let url = match address.contains("://") {
        true => Url::parse(address),
        false => Url::parse(&format!("https://{address}")),
    };
    let url = url.ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    match url.host()? {
        Host::Domain(host) if host.len() <= MOST => Some(host.trim_end_matches('.').to_owned()),
        // A number is somebody's machine, and no place that people come from.
        _ => None,
    }
}

/// A value that may be the name of something; nothing otherwise.
fn name_of(value: &str) -> Option<String> {
    // Some links are encoded twice on their way.
    let value = percent_decode_str(value).decode_utf8().ok()?;
    let value = value.trim();
    let allowed = |character: char| character.is_ascii_alphanumeric() || MARKS.contains(character);
    (!value.is_empty() && value.len() <= MOST && value.chars().all(allowed)).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_is_read_from_the_address_and_no_click_is() {
        let query =
            "utm_source=newsletter&utm_medium=e-mail&utm_campaign=spring+2026&gclid=Cj0KCQ&utm_source=other&fbclid=1";
        let visit = Visit { path: "/", query, referrer: Some("https://www.Example.com/search?q=detox") };
        let origin = Origin::of(&visit);
        let fields: Vec<_> = origin.fields().collect();
        assert_eq!(
            fields,
            [
                ("referrer", "www.example.com"),
                ("utm_source", "newsletter"),
                ("utm_medium", "e-mail"),
                ("utm_campaign", "spring 2026"),
            ]
        );
        let again =
            Origin::read(|name| origin.fields().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned()));
        assert_eq!(again, origin, "what the form sends back is the same");
        assert_eq!(Origin::of(&Visit::straight("/")), Origin::default());
    }

    #[test]
    fn what_does_not_look_like_a_name_is_dropped() {
        for value in ["", "  ", "sam@example.com", "<b>", "näher", "a\u{202e}b", "x\0", "%3Cb%3E", "{gclid}", "a/b"] {
            assert_eq!(name_of(value), None, "{value:?}");
        }
        assert_eq!(name_of(&"x".repeat(100)), Some("x".repeat(100)));
        assert_eq!(name_of(&"x".repeat(101)), None);
        assert_eq!(name_of("a%20b"), Some("a b".to_owned()));
        assert_eq!(name_of(" Detox|Boston, MA "), Some("Detox|Boston, MA".to_owned()));
    }

    #[test]
    fn of_an_address_only_the_host_is_taken() {
        let host = |address: &str| host_of(address);
        assert_eq!(host("https://user:secret@www.Example.com:8443/a?b#c").as_deref(), Some("www.example.com"));
        assert_eq!(host("news.example.com").as_deref(), Some("news.example.com"));
        assert_eq!(host("https://bücher.example/").as_deref(), Some("xn--bcher-kva.example"));
        for address in
            ["", "about:blank", "android-app://com.google.android.gm/", "http://192.0.2.7/", "https://[::1]/", "a b"]
        {
            assert_eq!(host(address), None, "{address:?}");
        }
    }
}
