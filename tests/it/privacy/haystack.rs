//! Looking for words in whatever was written, in the spellings in which they could be there.

use std::{fs, path::Path};

use data_encoding::{BASE64_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::json;

/// Bytes as they were written, and the same with ASCII letters in lower case. A byte is one character, so that a search
/// is a search in a text.
pub struct Haystack {
    exact: String,
    lower: String,
}

impl Haystack {
    pub fn of(bytes: Vec<u8>) -> Self {
        let exact = latin(&bytes);
        Self { lower: exact.to_ascii_lowercase(), exact }
    }

    /// Every file in a folder and below it.
    pub fn of_folder(folder: &Path) -> Self {
        let mut bytes = Vec::new();
        read(folder, &mut bytes);
        Self::of(bytes)
    }

    /// Every row of every table as PostgreSQL writes it, with what it writes in hexadecimal digits also as it is.
    pub async fn of_rows(db: &DatabaseConnection) -> Self {
        let tables = "SELECT table_schema || '.' || quote_ident(table_name) AS line FROM information_schema.tables \
                      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')";
        let mut bytes = Vec::new();
        for table in column(db, tables).await {
            for line in column(db, &format!("SELECT it::text AS line FROM {table} it")).await {
                for binary in line.split("\\x").skip(1) {
                    let end = binary.find(|letter: char| !letter.is_ascii_hexdigit()).unwrap_or(binary.len());
                    bytes.extend(HEXLOWER_PERMISSIVE.decode(&binary.as_bytes()[..end]).expect("a bytea"));
                    bytes.push(b'\n');
                }
                bytes.extend(line.into_bytes());
                bytes.push(b'\n');
            }
        }
        Self::of(bytes)
    }

    /// Whether something is there as it is.
    pub fn has(&self, text: &str) -> bool {
        self.exact.contains(&latin(text.as_bytes()))
    }

    /// Which of `secrets` are there, and in which spelling.
    pub fn found(&self, secrets: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        for secret in secrets {
            let text =
                texts(secret).into_iter().find(|it| self.lower.contains(&latin(it.as_bytes()).to_ascii_lowercase()));
            let coded = base64(secret).into_iter().find(|it| self.exact.contains(it));
            found.extend(text.or(coded).map(|spelling| format!("{secret} as {spelling}")));
        }
        found
    }
}

/// Spellings in which the case of letters does not matter.
fn texts(secret: &str) -> Vec<String> {
    let json = json!(secret).to_string();
    let json = json.trim_matches('"').to_owned();
    let ascii = json.chars().map(|letter| {
        let mut units = [0; 2];
        let units = letter.encode_utf16(&mut units).iter();
        if letter.is_ascii() { letter.to_string() } else { units.map(|unit| format!("\\u{unit:04x}")).collect() }
    });
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    vec![
        secret.to_owned(),
        // As Rust's `{:?}` and Unicode write it: without case, outside ASCII too.
        secret.to_lowercase(),
        secret.to_uppercase(),
        format!("{secret:?}").trim_matches('"').to_owned(),
        ascii.collect(),
        json,
        html.replace('"', "&quot;"),
        html.replace('\'', "&#39;"),
        percent(secret, "%20"),
        percent(secret, "+"),
        HEXLOWER.encode(secret.as_bytes()),
    ]
}

/// The characters that the secret has in Base64 wherever it begins, whatever stands around it, in both alphabets.
fn base64(secret: &str) -> Vec<String> {
    let mut spellings = Vec::new();
    for shift in 0..3 {
        let coded = BASE64_NOPAD.encode(&[&vec![0; shift], secret.as_bytes()].concat());
        let (begin, end) = ((shift * 8).div_ceil(6), (shift + secret.len()) * 8 / 6);
        let coded = coded[begin..end].to_owned();
        spellings.push(coded.replace('+', "-").replace('/', "_"));
        spellings.push(coded);
    }
    spellings
}

/// As it stands in a URL; a space becomes `space`.
pub fn percent(text: &str, space: &str) -> String {
    let byte = |byte: u8| match byte {
        b' ' => space.to_owned(),
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02x}"),
    };
    text.bytes().map(byte).collect()
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn read(folder: &Path, bytes: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, bytes);
        } else {
            bytes.extend(fs::read(&path).expect("a file"));
            bytes.push(b'\n');
        }
    }
}

async fn column(db: &DatabaseConnection, query: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, query)).await.expect("rows");
    rows.into_iter().map(|row| row.try_get("", "line").expect("a text")).collect()
}
