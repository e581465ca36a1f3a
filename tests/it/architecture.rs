//! Which part may know which: arrows point one way, and this reads every path in the sources to see that they do.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What every subject stands on.
const GROUND: &[&str] = &[
    "address",
    "answer",
    "db",
    "error",
    "generation",
    "gql",
    "keys",
    "live",
    "mail",
    "network",
    "outbox",
    "published",
    "tags",
    "words",
];

/// The house from the ground up: what each part of `api/src` may use beside itself and, for a subject, [`GROUND`].
const HOUSE: &[(&str, &[&str])] = &[
    ("answer", &[]),
    ("error", &[]),
    ("db", &[]),
    ("address", &["db", "error"]),
    ("network", &[]),
    ("config", &["network"]),
    ("email", &[]),
    ("generation", &["db", "error"]),
    ("keys", &[]),
    ("mail", &[]),
    ("live", &["db", "error"]),
    ("tags", &[]),
    ("gql", &["answer", "error", "tags"]),
    ("outbox", &["db", "error"]),
    ("published", &["error", "tags"]),
    ("words", &[]),
    ("edge", &["answer", "gql"]),
    ("admin_ui", &["answer"]),
    ("identity", &["email"]),
    ("media", &["identity"]),
    ("library", &["media", "identity"]),
    ("publishing", &["library", "media", "identity"]),
    ("content", &["publishing", "library", "media", "identity"]),
    ("therapies", &["publishing", "library", "media", "identity"]),
    ("delivery", &["content", "therapies", "publishing", "library", "media", "identity"]),
    ("leads", &["email", "delivery", "content", "therapies", "publishing", "library", "media", "identity"]),
    (
        "app",
        &[
            "config",
            "db",
            "delivery",
            "generation",
            "keys",
            "live",
            "leads",
            "mail",
            "therapies",
            "publishing",
            "media",
            "identity",
        ],
    ),
    ("demo", &["app", "db", "error", "content", "therapies", "publishing", "library", "media", "identity"]),
    (
        "schema",
        &[
            "error",
            "gql",
            "live",
            "leads",
            "delivery",
            "content",
            "therapies",
            "publishing",
            "library",
            "media",
            "identity",
        ],
    ),
    (
        "server",
        &[
            "address",
            "answer",
            "schema",
            "demo",
            "app",
            "generation",
            "live",
            "network",
            "published",
            "tags",
            "leads",
            "delivery",
            "content",
            "publishing",
            "media",
            "identity",
            "edge",
            "admin_ui",
            "outbox",
            "gql",
            "db",
            "config",
            "error",
        ],
    ),
    (
        "cli",
        &["server", "schema", "demo", "app", "delivery", "gql", "error", "identity", "db", "config", "keys", "leads"],
    ),
];

const SUBJECTS: &[&str] = &["identity", "media", "library", "publishing", "content", "therapies", "delivery", "leads"];

/// Files of a subject that translate between it and GraphQL or HTTP. All others hold verbs, and know neither.
const EDGES: &[&str] = &["admin", "public", "http"];

/// Edges by another name: what a resolver begins with, how a schema resolves what content points at, and what
/// both schemas say alike.
const OTHER_EDGES: &[&str] = &["identity::request", "delivery::resolver", "leads::common"];

/// What a noun may have of GraphQL: that its values are some, and that its look-ups can be batched.
const GRAPHQL_OF_NOUNS: &[&str] = &["Enum", "Json", "SimpleObject", "dataloader"];

/// Who may call a subject's edge beside another edge: what merges the schemas and what lays the routes.
const ABOVE_EDGES: &[&str] = &["schema", "server"];

/// Ways to reach a disk, a network, a clock or a database.
const IO: &[&str] = &[
    "std::fs",
    "std::io",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "tokio",
    "reqwest",
    "poem",
    "sqlx",
    "sea_orm::Database",
    "sea_orm::DatabaseConnection",
    "sea_orm::ConnectionTrait",
    "sea_orm::TransactionTrait",
];

#[test]
fn arrows_point_one_way() {
    let mut sources = Vec::new();
    for home in ["api/src", "entity/src", "migration/src", "tests/it"] {
        read_sources(&root().join(home), &mut sources);
    }
    assert!(sources.len() > 100, "only {} sources were found below {}", sources.len(), root().display());
    let offences: Vec<String> = sources.iter().flat_map(offences).collect();
    assert!(offences.is_empty(), "{} arrows against the design:\n{}", offences.len(), offences.join("\n"));
}

#[test]
fn every_part_has_its_place_and_uses_only_what_stands_below_it() {
    for (place, (part, below)) in HOUSE.iter().enumerate() {
        for used in *below {
            let at = HOUSE.iter().position(|(part, _)| part == used);
            assert!(at.is_some_and(|at| at < place), "{part} may use {used}, which does not stand below it");
        }
    }
}

/// A source file, and what it is called from within its crate: `["content", "page"]`.
struct Source {
    file: String,
    home: Home,
    module: Vec<String>,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    Api,
    Entity,
    Migration,
    Tests,
}

/// A path somewhere in a source, as it reads from the top: `["crate", "gql", "Refusal"]`, `["sea_orm", "EntityTrait"]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    pub line: usize,
    pub path: Vec<String>,
    /// Whether it stands in a `mod tests`, which reads fixtures and is never shipped.
    in_tests: bool,
}

impl fmt::Display for Mention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path.join("::"))
    }
}

impl Mention {
    fn new(line: usize, path: &[String], module: &[String]) -> Self {
        Self { line, path: absolute(path, module), in_tests: module.iter().any(|name| name == "tests") }
    }

    fn starts_with(&self, path: &str) -> bool {
        let wanted: Vec<&str> = path.split("::").collect();
        self.path.len() >= wanted.len() && self.path.iter().zip(wanted).all(|(have, want)| have == want)
    }
}

/// What is against the design in a source, a line each.
fn offences(source: &Source) -> Vec<String> {
    let rules: fn(&Source, &Mention) -> Option<String> = match source.home {
        Home::Api => in_api,
        Home::Entity => in_entity,
        Home::Migration => in_migration,
        Home::Tests => in_tests,
    };
    let found = mentions(&source.text, &source.module);
    let offence = |mention: &Mention| {
        let rule = rules(source, mention)?;
        Some(format!("{}:{}: `{mention}`: {rule}", source.file, mention.line))
    };
    found.iter().filter_map(offence).collect()
}

fn in_entity(_: &Source, mention: &Mention) -> Option<String> {
    if ["hillside", "migration", "hillside_tests"].iter().any(|above| mention.starts_with(above)) {
        return Some("entity is at the bottom and imports nobody of ours".to_owned());
    }
    let io = IO.iter().find(|io| mention.starts_with(io))?;
    (!mention.in_tests).then(|| format!("entity does no I/O, so it has no use for `{io}`"))
}

fn in_migration(_: &Source, mention: &Mention) -> Option<String> {
    let ours = ["hillside", "entity", "hillside_tests"].iter().any(|ours| mention.starts_with(ours));
    ours.then(|| "migrations import nobody of ours, so that yesterday's never changes".to_owned())
}

fn in_tests(source: &Source, mention: &Mention) -> Option<String> {
    let looks_from_outside = source.module.first().is_none_or(|first| first != "support");
    let inside = ["library", "publishing", "content", "therapies", "delivery"];
    let verb = inside.iter().find(|subject| mention.starts_with(&format!("hillside::{subject}")))?;
    looks_from_outside.then(|| format!("a test asks {verb} over HTTP, as everybody does"))
}

fn in_api(source: &Source, mention: &Mention) -> Option<String> {
    let part = source.module.first().map_or("", String::as_str);
    if part.is_empty() {
        return None;
    }
    if part == "main" {
        let up = mention.starts_with("hillside") && !mention.starts_with("hillside::cli");
        return up.then(|| "main knows cli, and cli the rest".to_owned());
    }
    if mention.starts_with("hillside") || mention.starts_with("hillside_tests") {
        return Some("nothing in the library knows the binary or the tests".to_owned());
    }
    let is_subject = SUBJECTS.contains(&part);
    if is_subject && !is_edge(&source.module) && source.module.len() > 1 {
        if mention.starts_with("poem") {
            return Some("a noun knows no HTTP; that is for admin.rs, public.rs and http.rs".to_owned());
        }
        let of_graphql = mention.path.get(1).map(String::as_str).unwrap_or_default();
        if mention.starts_with("async_graphql") && !GRAPHQL_OF_NOUNS.contains(&of_graphql) {
            let allowed = GRAPHQL_OF_NOUNS.join(", ");
            return Some(format!("a noun has no more of GraphQL than {allowed}; resolvers stand at the edge"));
        }
    }

    // `payload!` lands at the top of the crate, wherever it is written.
    let used = match mention.path.get(1).map(String::as_str) {
        Some("payload") => "identity",
        Some(used) if mention.starts_with("crate") => used,
        _ => return None,
    };
    if used != part {
        let Some((_, below)) = HOUSE.iter().find(|(name, _)| *name == part) else {
            return Some(format!("`{part}` has no place in the house yet; give it one in tests/it/architecture.rs"));
        };
        let stands_on_it = below.contains(&used) || (is_subject && GROUND.contains(&used));
        if !stands_on_it {
            return Some(format!("{part} may not use {used}"));
        }
    }
    let beyond: Vec<String> = mention.path.iter().skip(1).cloned().collect();
    if SUBJECTS.contains(&used) && is_edge(&beyond) {
        let from_edge = is_subject && is_edge(&source.module);
        if !from_edge && !ABOVE_EDGES.contains(&part) {
            return Some(format!("a subject's edge is for other edges and for {}", ABOVE_EDGES.join(" and ")));
        }
        let side = |module: &[String]| module.get(1).cloned().filter(|name| name == "admin" || name == "public");
        if let (Some(here), Some(there)) = (side(&source.module), side(&beyond))
            && is_subject
            && here != there
        {
            return Some("what visitors may ask and what staff may do are kept apart".to_owned());
        }
    }
    None
}

fn is_edge(module: &[String]) -> bool {
    let second = module.get(1).map_or("", String::as_str);
    EDGES.contains(&second)
        || OTHER_EDGES.contains(&module.iter().take(2).cloned().collect::<Vec<_>>().join("::").as_str())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read_sources(folder: &Path, found: &mut Vec<Source>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder of sources").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let file = path.strip_prefix(root()).expect("a path below the root").to_string_lossy().into_owned();
            found.push(Source::new(file, fs::read_to_string(&path).expect("a readable source")));
        }
    }
}

impl Source {
    fn new(file: impl Into<String>, text: impl Into<String>) -> Self {
        let file = file.into();
        let homes = [
            ("api/src/", Home::Api),
            ("entity/src/", Home::Entity),
            ("migration/src/", Home::Migration),
            ("tests/it/", Home::Tests),
        ];
        let (prefix, home) = homes.into_iter().find(|(prefix, _)| file.starts_with(prefix)).expect("a known home");
        let mut module: Vec<String> =
            file[prefix.len()..].trim_end_matches(".rs").split('/').map(ToOwned::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod" || last == "lib") {
            module.pop();
        }
        Self { file, home, module, text: text.into() }
    }
}

/// Every path in a source, imports and all, with `self`, `super` and the arms of a `use` resolved.
pub fn mentions(text: &str, module: &[String]) -> Vec<Mention> {
    let tokens: TokenStream = text.parse().expect("Rust that can be read");
    let mut found = Vec::new();
    walk(tokens, module, &mut found);
    found
}

fn walk(tokens: TokenStream, module: &[String], found: &mut Vec<Mention>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(word) if word == "use" => {
                at = read_use(&tokens, at + 1, &[], module, found);
            }
            TokenTree::Ident(word) if word == "mod" => {
                // Within an inline module `super` is one step less.
                if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                    (tokens.get(at + 1), tokens.get(at + 2))
                {
                    let inner: Vec<String> = module.iter().cloned().chain([name.to_string()]).collect();
                    walk(body.stream(), &inner, found);
                    at += 2;
                }
                at += 1;
            }
            TokenTree::Ident(_) => {
                let (path, line, next) = read_path(&tokens, at);
                if path.len() > 1 {
                    found.push(Mention::new(line, &path, module));
                }
                at = next;
            }
            TokenTree::Group(group) => {
                walk(group.stream(), module, found);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Words joined by `::`, from `at`; answers them with their line and where they end.
fn read_path(tokens: &[TokenTree], mut at: usize) -> (Vec<String>, usize, usize) {
    let line = tokens.get(at).map_or(0, |token| token.span().start().line);
    let mut path = Vec::new();
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        path.push(word.to_string());
        at += 1;
        if !is_joint(tokens, at) {
            break;
        }
        at += 2;
    }
    (path, line, at)
}

/// One arm of a `use`: a path, then a group, a star, a new name or nothing.
fn read_use(tokens: &[TokenTree], at: usize, before: &[String], module: &[String], found: &mut Vec<Mention>) -> usize {
    let (path, line, mut at) = read_path(tokens, at);
    let full: Vec<String> = before.iter().cloned().chain(path).collect();
    match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let mut arm = 0;
            while arm < inner.len() {
                arm = read_use(&inner, arm, &full, module, found);
            }
        }
        _ => {
            let path = full.iter().enumerate().filter(|(place, word)| *place == 0 || *word != "self");
            let path: Vec<String> = path.map(|(_, word)| word.clone()).collect();
            if !path.is_empty() {
                found.push(Mention::new(line, &path, module));
            }
        }
    }
    while let Some(token) = tokens.get(at) {
        at += 1;
        if matches!(token, TokenTree::Punct(end) if matches!(end.as_char(), ',' | ';')) {
            break;
        }
    }
    at
}

fn is_joint(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    colon(at) && colon(at + 1)
}

/// A path as it reads from the top of its crate.
fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let mut above = module.to_vec();
    let mut rest = path;
    match rest.first().map(String::as_str) {
        Some("self") => rest = &rest[1..],
        Some("super") => {
            while rest.first().is_some_and(|word| word == "super") {
                above.pop();
                rest = &rest[1..];
            }
        }
        _ => return path.to_vec(),
    }
    ["crate".to_owned()].into_iter().chain(above).chain(rest.iter().cloned()).collect()
}

mod reading {
    use super::*;

    fn paths(text: &str, module: &[&str]) -> Vec<String> {
        let module: Vec<String> = module.iter().map(ToString::to_string).collect();
        mentions(text, &module).iter().map(|it| format!("{}:{it}", it.line)).collect()
    }

    #[test]
    fn each_arm_of_an_import_is_a_path() {
        let text = "use crate::{\n error::{Error, Result},\n gql::{self, paging as pages},\n};\nuse super::page::*;";
        let read = paths(text, &["content", "admin"]);
        assert_eq!(
            read,
            [
                "2:crate::error::Error",
                "2:crate::error::Result",
                "3:crate::gql",
                "3:crate::gql::paging",
                "5:crate::content::page"
            ]
        );
    }

    #[test]
    fn a_path_in_a_body_a_macro_or_an_inner_module_is_read() {
        let text = "fn f() { html! { (crate::leads::x()) } }\nmod tests { use super::f; fn g() { super::super::h() } }";
        let read = paths(text, &["content", "page"]);
        assert_eq!(read, ["1:crate::leads::x", "2:crate::content::page::f", "2:crate::content::h"]);
    }

    #[test]
    fn words_in_comments_and_texts_are_no_paths() {
        assert_eq!(paths("/// See [`crate::leads::lead`].\nfn f() -> &'static str { \"crate::leads\" }", &[]), [""; 0]);
    }
}

mod rules {
    use insta::assert_snapshot;

    use super::*;

    fn judged(file: &str, text: &str) -> String {
        offences(&Source::new(file, text)).join("\n")
    }

    #[test]
    fn what_is_below_does_not_know_what_is_above() {
        assert_snapshot!(judged("api/src/content/page.rs", "use crate::therapies::therapy;"), @"api/src/content/page.rs:1: `crate::therapies::therapy`: content may not use therapies");
        assert_snapshot!(judged("api/src/identity/user.rs", "fn f() { super::super::leads::check_keys() }"), @"api/src/identity/user.rs:1: `crate::leads::check_keys`: identity may not use leads");
        assert_snapshot!(judged("api/src/gql/http.rs", "use crate::identity::Actor;"), @"api/src/gql/http.rs:1: `crate::identity::Actor`: gql may not use identity");
        assert_snapshot!(judged("api/src/cargo_cult.rs", "use crate::error::Error;"), @"api/src/cargo_cult.rs:1: `crate::error::Error`: `cargo_cult` has no place in the house yet; give it one in tests/it/architecture.rs");
        assert_snapshot!(judged("api/src/main.rs", "fn main() { hillside::server::serve() }"), @"api/src/main.rs:1: `hillside::server::serve`: main knows cli, and cli the rest");
    }

    #[test]
    fn nouns_know_neither_graphql_nor_http() {
        assert_snapshot!(judged("api/src/content/page.rs", "use poem::Request;\nuse async_graphql::{Enum, Context};"), @r"
        api/src/content/page.rs:1: `poem::Request`: a noun knows no HTTP; that is for admin.rs, public.rs and http.rs
        api/src/content/page.rs:2: `async_graphql::Context`: a noun has no more of GraphQL than Enum, Json, SimpleObject, dataloader; resolvers stand at the edge
        ");
        assert_snapshot!(judged("api/src/leads/lead.rs", "use super::public::LeadForm;"), @"api/src/leads/lead.rs:1: `crate::leads::public::LeadForm`: a subject's edge is for other edges and for schema and server");
        assert_snapshot!(judged("api/src/leads/public.rs", "use crate::identity::admin::User;"), @"api/src/leads/public.rs:1: `crate::identity::admin::User`: what visitors may ask and what staff may do are kept apart");
        assert_eq!(
            judged("api/src/content/admin.rs", "use async_graphql::Context;\nuse crate::identity::admin::User;"),
            ""
        );
    }

    #[test]
    fn the_other_crates_keep_to_themselves() {
        assert_snapshot!(judged("entity/src/page.rs", "use hillside::app::App;\nfn f() { std::fs::read(\"x\") }"), @r"
        entity/src/page.rs:1: `hillside::app::App`: entity is at the bottom and imports nobody of ours
        entity/src/page.rs:2: `std::fs::read`: entity does no I/O, so it has no use for `std::fs`
        ");
        assert_snapshot!(judged("migration/src/lib.rs", "use entity::page;"), @"migration/src/lib.rs:1: `entity::page`: migrations import nobody of ours, so that yesterday's never changes");
        assert_snapshot!(judged("tests/it/content.rs", "use hillside::content::page::create;"), @"tests/it/content.rs:1: `hillside::content::page::create`: a test asks content over HTTP, as everybody does");
    }
}
