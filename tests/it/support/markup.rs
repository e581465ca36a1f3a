//! Reading HTML closely enough to hold it to something: its start tags with their attributes, in order.

use std::collections::BTreeMap;

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    /// The value of an attribute, unescaped; empty when it has none.
    pub fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }

    /// Whether it has the attribute, with or without a value.
    pub fn has(&self, attribute: &str) -> bool {
        self.attributes.contains_key(attribute)
    }
}

/// The start tags of a document; what stands in a `script` is data.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let (tag, after) = read(rest);
        rest = after;
        if tag.name == "script" {
            rest = rest.find("</script>").map_or("", |end| &rest[end..]);
        }
        found.push(tag);
    }
    found
}

/// What stands between each `<name …>` and the next `</name>`.
pub fn contents<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(&open) {
        let (_, after) = read(&rest[at + 1..]);
        let end = after.find(&close).unwrap_or_else(|| panic!("{open}> is not closed"));
        found.push(&after[..end]);
        rest = &after[end..];
    }
    found
}

/// Reads a tag behind its `<`; answers it with what follows it.
fn read(text: &str) -> (Tag, &str) {
    let part = |character: char| !character.is_whitespace() && !matches!(character, '>' | '=' | '/');
    let word = |text: &str| text.find(|character| !part(character)).unwrap_or(text.len());
    let (name, mut rest) = text.split_at(word(text));
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start_matches(|character: char| character.is_whitespace() || character == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (Tag { name: name.to_owned(), attributes }, after);
        }
        let (key, after) = rest.split_at(word(rest));
        assert!(!key.is_empty(), "no tag: <{}", text.chars().take(80).collect::<String>());
        rest = after;
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').expect("a closed attribute");
            (value, rest) = (&quoted[..end], &quoted[end + 1..]);
        }
        attributes.insert(key.to_owned(), unescaped(value));
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
