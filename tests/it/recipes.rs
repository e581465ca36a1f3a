//! What `docs/recipes.md` promises: a new block kind is one file, and its line in the registry.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use entity::block::definitions;

use crate::architecture::mentions;

const REGISTRY: &str = "entity/src/block/mod.rs";

/// Queries to be read and tried: a new kind may be shown there, and need not be.
const QUERIES: &str = "admin-ui/src/graphiql/examples.ts";

/// How the example front ends draw blocks: their compiler asks for each kind, and a front end in use skips one it lacks.
const FRONT_ENDS: &str = "examples/blocks/src/blocks.ts";

/// Files that know one kind beside its own, and why.
const ACQUAINTED: &[(&str, &str, &str)] = &[
    ("faq", "api/src/delivery/json_ld.rs", "search engines are told of questions and answers as schema.org"),
    ("leadForm", "api/src/publishing/check/missing_form.rs", "the form it places is data that may not be there"),
    ("leadForm", "api/src/delivery/site.rs", "the site is handed a way to draw forms, because leads stands above it"),
    ("emergencyNotice", "api/src/publishing/check/emergency_notice.rs", "a page that speaks of danger must have one"),
    ("comparisonTable", "admin-ui/src/blocks/pasted.ts", "a table that is pasted into a text becomes one"),
];

/// A kind as its sources call it.
struct Kind {
    /// `comparisonTable`
    key: &'static str,
    /// `entity/src/block/comparison_table.rs`
    file: String,
    /// `ComparisonTable`, of which `ComparisonTableBlock` is the GraphQL type.
    name: String,
}

/// Every kind, by the line that registers it.
fn kinds() -> Vec<Kind> {
    let registry = read(REGISTRY);
    let kind = |key: &'static str| {
        let line = registry.lines().find(|line| line.trim().ends_with(&format!("= \"{key}\",")));
        let line = line.unwrap_or_else(|| panic!("{key} has no line of its own in {REGISTRY}"));
        let name = line.trim().split('(').next().expect("a variant").to_owned();
        Kind { key, file: format!("entity/src/block/{}.rs", snake(key)), name }
    };
    definitions().into_iter().map(|it| kind(it.kind)).collect()
}

#[test]
fn a_kind_is_one_file_and_one_line_in_the_registry() {
    let files: BTreeSet<String> = sources(&["entity/src/block"]).into_iter().collect();
    let mut expected = BTreeSet::from([REGISTRY.to_owned(), "entity/src/block/tests.rs".to_owned()]);
    for kind in kinds() {
        let text = read(&kind.file);
        assert!(
            text.contains(&format!("name = \"{}Block\"", kind.name)),
            "{} does not define {}Block",
            kind.file,
            kind.name
        );
        let registered = read(REGISTRY).matches(&format!("= \"{}\",", kind.key)).count();
        assert_eq!(registered, 1, "{} stands {registered} times in {REGISTRY}", kind.key);
        expected.insert(kind.file);
    }
    assert_eq!(files, expected, "each file of entity/src/block is one kind's");
}

#[test]
fn no_other_file_needs_to_know_a_kind() {
    let mut strangers = Vec::new();
    for file in sources(&["api/src", "entity/src", "admin-ui/src"]) {
        let text = read(&file);
        for kind in kinds() {
            let at_home = file == kind.file || file.starts_with("entity/src/block/") || file == QUERIES;
            let known = ACQUAINTED.iter().any(|(key, place, _)| *key == kind.key && file == *place);
            if !at_home && !known && names(&file, &text, &kind) {
                strangers.push(format!("{file} names {}", kind.key));
            }
        }
    }
    assert!(
        strangers.is_empty(),
        "a new kind would need more than its file and its line (or give a reason in tests/it/recipes.rs):\n{}",
        strangers.join("\n")
    );
}

#[test]
fn each_acquaintance_is_one() {
    for (key, place, reason) in ACQUAINTED {
        let kind = kinds().into_iter().find(|kind| kind.key == *key).expect("a kind");
        assert!(names(place, &read(place), &kind), "{place} does not know {key}, although {reason}");
    }
}

#[test]
fn a_file_that_names_a_kind_is_found() {
    let kind = Kind { key: "faq", file: "entity/src/block/faq.rs".to_owned(), name: "Faq".to_owned() };
    assert!(names("api/src/x.rs", "fn f(b: &Block) { matches!(b, Block::Faq(_)) }", &kind));
    assert!(names("api/src/x.rs", "use entity::block::{Block, Faq};", &kind));
    assert!(names("admin-ui/src/x.ts", "case 'FaqBlock': return 1;", &kind));
    assert!(!names("api/src/x.rs", "/// Like `Block::Faq`.\nuse entity::block::Block;", &kind));
    let kind = Kind { key: "therapyGrid", file: String::new(), name: "TherapyGrid".to_owned() };
    assert!(names("admin-ui/src/x.ts", "if (kind === 'therapyGrid') {}", &kind));
}

#[test]
fn the_recipe_names_just_these_files() {
    let recipes = read("docs/recipes.md");
    let section = recipes.split("\n## ").find(|section| section.starts_with("Add a block kind")).expect("the recipe");
    let steps: Vec<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("**")?.split_once('`')?.1.split_once('`'))
        .map(|(file, _)| file)
        .filter(|file| file.contains('/'))
        .collect();
    assert_eq!(steps, ["entity/src/block/phone_hours.rs", REGISTRY, FRONT_ENDS]);
    assert!(!root().join(steps[0]).exists(), "the example is a kind by now: take another");
    assert!(section.contains("PhoneHours(PhoneHours) = \"phoneHours\","), "the recipe shows the registry's line");
}

/// Whether a source names the kind: in Rust by its type or variant, in TypeScript by its GraphQL type or its key.
fn names(file: &str, text: &str, kind: &Kind) -> bool {
    if file.ends_with(".rs") {
        return mentions(text, &[]).iter().any(|mention| {
            let pairs = mention.path.windows(2);
            pairs
                .into_iter()
                .any(|pair| matches!(pair[0].as_str(), "Block" | "block" | "BlockInput") && pair[1] == kind.name)
        });
    }
    let of_many_words = kind.key.chars().any(char::is_uppercase);
    // These two name a query and a widget as well; their GraphQL types tell the kind.
    let ambiguous = matches!(kind.key, "leadForm" | "richText");
    has_word(text, &format!("{}Block", kind.name)) || (of_many_words && !ambiguous && has_word(text, kind.key))
}

fn has_word(text: &str, word: &str) -> bool {
    let part = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(part) && !text[at + word.len()..].chars().next().is_some_and(part)
    })
}

fn snake(key: &str) -> String {
    let mut snake = String::new();
    for character in key.chars() {
        if character.is_uppercase() {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|cause| panic!("{file}: {cause}"))
}

/// The sources below these folders, as paths from the root; generated files and tests are no sources.
fn sources(folders: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|cause| panic!("{}: {cause}", folder.display()));
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let file = path.strip_prefix(root()).expect("a path below the root").to_string_lossy().into_owned();
            let is_source = [".rs", ".ts", ".tsx"].iter().any(|ending| file.ends_with(ending));
            if path.is_dir() {
                waiting.push(path);
            } else if is_source && !file.contains(".test.") && !file.ends_with("graphql-env.d.ts") {
                found.push(file);
            }
        }
    }
    found.sort();
    found
}
