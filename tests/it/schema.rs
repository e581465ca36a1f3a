//! The two schemas as files that front ends generate code from.

use std::{fs, path::Path};

use apollo_compiler::{
    Node, Schema,
    schema::{ExtendedType, FieldDefinition},
    validation::Valid,
};

/// The fields that a Relay connection and its edges have (GraphQL Cursor Connections Specification, sections 3 and 4).
const CONNECTION: &[(&str, &str)] = &[("pageInfo", "PageInfo!"), ("totalCount", "Int!")];
const PAGE_INFO: &[(&str, &str)] =
    &[("hasNextPage", "Boolean!"), ("hasPreviousPage", "Boolean!"), ("startCursor", "String"), ("endCursor", "String")];

/// Which of the two.
#[derive(Clone, Copy, Debug)]
struct Side {
    file: &'static str,
    exported: fn() -> String,
}

const SIDES: [Side; 2] = [
    Side { file: "public.graphql", exported: hillside::schema::public_sdl },
    Side { file: "admin.graphql", exported: hillside::schema::staff_sdl },
];

impl Side {
    fn checked_in(self) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/schema").join(self.file);
        fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{}: {cause}; run `make schema`", path.display()))
    }

    fn schema(self) -> Valid<Schema> {
        parse(&(self.exported)(), self.file)
    }
}

fn parse(sdl: &str, file: &str) -> Valid<Schema> {
    Schema::parse_and_validate(sdl, file).unwrap_or_else(|failed| panic!("{}", failed.errors))
}

#[test]
fn the_files_are_what_is_served() {
    for side in SIDES {
        let (file, served) = (side.checked_in(), (side.exported)());
        let differs = file.lines().zip(served.lines()).position(|(one, other)| one != other);
        let line = differs.unwrap_or_else(|| file.lines().count().min(served.lines().count())) + 1;
        assert!(
            file == served,
            "api/schema/{} is not what the server serves, from line {line} on: run `make schema` and read the difference \
             as the change of the API that it is",
            side.file
        );
    }
}

#[test]
fn both_are_valid_to_an_independent_reader() {
    for side in SIDES {
        let schema = side.schema();
        assert!(schema.get_object("Query").is_some(), "{}", side.file);
        assert!(schema.get_object("Mutation").is_some(), "{}", side.file);
    }
}

#[test]
fn everything_says_what_it_is() {
    for side in SIDES {
        let missing = undescribed(&side.schema());
        assert!(
            missing.is_empty(),
            "{} of {} have no description; write the doc comment or #[graphql(desc = …)]:\n{}",
            missing.len(),
            side.file,
            missing.join("\n")
        );
    }
}

#[test]
fn a_missing_description_is_found() {
    let sdl = "\"a\" type Query { \"b\" one(x: Int): Int two: Colour } enum Colour { RED } \"c\" input I { y: Int }";
    assert_eq!(undescribed(&parse(sdl, "t")), ["Query.one(x:)", "Query.two", "Colour", "Colour.RED", "I.y"]);
}

/// The coordinates of whatever has no description.
fn undescribed(schema: &Schema) -> Vec<String> {
    let mut missing = Vec::new();
    let mut look = |coordinate: String, description: Option<&Node<str>>| {
        if description.is_none_or(|text| text.trim().is_empty()) {
            missing.push(coordinate);
        }
    };
    for (name, ty) in schema.types.iter().filter(|(_, ty)| !ty.is_built_in()) {
        look(name.to_string(), ty.description());
        for field in fields(ty) {
            let coordinate = format!("{name}.{}", field.name);
            look(coordinate.clone(), field.description.as_ref());
            // A mutation's one `input` is described by its type.
            let arguments = field.arguments.iter().filter(|it| name != "Mutation" || it.name != "input");
            arguments.for_each(|it| look(format!("{coordinate}({}:)", it.name), it.description.as_ref()));
        }
        match ty {
            ExtendedType::Enum(ty) => {
                ty.values.values().for_each(|it| look(format!("{name}.{}", it.value), it.description.as_ref()));
            }
            ExtendedType::InputObject(ty) => {
                ty.fields.values().for_each(|it| look(format!("{name}.{}", it.name), it.description.as_ref()));
            }
            _ => {}
        }
    }
    missing
}

fn fields(ty: &ExtendedType) -> Vec<&Node<FieldDefinition>> {
    match ty {
        ExtendedType::Object(ty) => ty.fields.values().map(|field| &field.node).collect(),
        ExtendedType::Interface(ty) => ty.fields.values().map(|field| &field.node).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn lists_that_go_on_are_connections_as_relay_reads_them() {
    for side in SIDES {
        let schema = side.schema();
        let connections: Vec<&str> =
            schema.types.keys().map(AsRef::as_ref).filter(|name: &&str| name.ends_with("Connection")).collect();
        assert!(!connections.is_empty(), "{}", side.file);
        has(&schema, "PageInfo", PAGE_INFO);
        for name in connections {
            let item = name.trim_end_matches("Connection");
            has(&schema, name, CONNECTION);
            has(&schema, name, &[("edges", &format!("[{item}Edge!]!")), ("nodes", &format!("[{item}!]!"))]);
            has(&schema, &format!("{item}Edge"), &[("cursor", "String!"), ("node", &format!("{item}!"))]);
        }
        for (coordinate, field) in all_fields(&schema) {
            if field.ty.inner_named_type().ends_with("Connection") {
                let arguments: Vec<&str> = field.arguments.iter().map(|it| it.name.as_str()).collect();
                assert!(arguments.contains(&"first") && arguments.contains(&"after"), "{coordinate}: {arguments:?}");
            }
        }
    }
}

#[test]
fn every_mutation_takes_one_input_and_answers_an_object_and_what_to_mend() {
    // A session ends or is renewed by its cookie alone, and whoever is next is nobody's choice.
    let without_input = ["refresh", "sendTestNotice", "signOut", "takeNextLead"];
    let never_refused = ["signOut"];
    for side in SIDES {
        let schema = side.schema();
        let mutation = schema.get_object("Mutation").expect("mutations");
        for (name, field) in &mutation.fields {
            let arguments: Vec<&str> = field.arguments.iter().map(|it| it.name.as_str()).collect();
            let expected: &[&str] = if without_input.contains(&name.as_str()) { &[] } else { &["input"] };
            assert_eq!(arguments, expected, "{name}");
            assert!(field.arguments.iter().all(|it| it.ty.is_non_null()), "{name}");

            let payload = field.ty.inner_named_type();
            assert!(field.ty.is_non_null() && payload.ends_with("Payload"), "{name} answers {}", field.ty);
            if never_refused.contains(&name.as_str()) {
                continue;
            }
            has(&schema, payload, &[("userErrors", "[UserError!]!")]);
            for (name, field) in &schema.get_object(payload).expect("a payload").fields {
                assert!(name == "userErrors" || !field.ty.is_non_null(), "{payload}.{name} is null when refused");
            }
        }
        has(&schema, "UserError", &[("code", "UserErrorCode!"), ("message", "String!"), ("path", "[String!]!")]);
    }
}

#[test]
fn what_can_be_fetched_again_has_an_id_that_is_never_null() {
    for side in SIDES {
        let schema = side.schema();
        has(&schema, "Node", &[("id", "ID!")]);
        let nodes = schema.types.iter().filter_map(|(name, ty)| match ty {
            ExtendedType::Object(ty) if ty.implements_interfaces.contains("Node") => Some(name),
            _ => None,
        });
        let nodes: Vec<_> = nodes.collect();
        assert!(nodes.len() > 3, "{}: {nodes:?}", side.file);
        nodes.into_iter().for_each(|name| has(&schema, name, &[("id", "ID!")]));
    }
}

#[test]
fn items_of_a_list_are_never_null() {
    for side in SIDES {
        for (coordinate, field) in all_fields(&side.schema()) {
            if field.ty.is_list() {
                // Relay's plural identifying field: what is not there is null in its place.
                let may_be_null = coordinate == "Query.nodes";
                assert!(may_be_null || field.ty.item_type().is_non_null(), "{coordinate}: {}", field.ty);
            }
        }
    }
}

#[test]
fn a_field_name_has_one_type_over_all_blocks() {
    let schema = SIDES[0].schema();
    let mut known = std::collections::BTreeMap::<String, (String, String)>::new();
    let blocks = schema.types.values().filter_map(|ty| match ty {
        ExtendedType::Object(ty) if ty.implements_interfaces.contains("Block") => Some(ty),
        _ => None,
    });
    let mut kinds = 0;
    for block in blocks {
        kinds += 1;
        for (name, field) in &block.fields {
            let ty = field.ty.to_string();
            let (first, expected) =
                known.entry(name.to_string()).or_insert_with(|| (block.name.to_string(), ty.clone())).clone();
            // `items` of one kind and `rows` of another may differ; the same word may not, or a document that asks for
            // both kinds side by side would need aliases.
            assert_eq!(ty, expected, "`{name}` of {} and of {first}", block.name);
        }
    }
    assert_eq!(kinds, entity::block::definitions().len());
}

#[test]
fn no_lead_and_no_draft_can_be_reached_from_the_public_schema() {
    let schema = SIDES[0].schema();
    for name in ["Lead", "LeadConnection", "RevealedLead", "Revision", "User", "Session", "Viewer", "Target"] {
        assert!(!schema.types.contains_key(name), "the public schema has the type {name}");
    }
}

fn all_fields(schema: &Schema) -> Vec<(String, Node<FieldDefinition>)> {
    let of = |(name, ty): (&apollo_compiler::Name, &ExtendedType)| {
        let named = |field: &Node<FieldDefinition>| (format!("{name}.{}", field.name), field.clone());
        fields(ty).into_iter().map(named).collect::<Vec<_>>()
    };
    schema.types.iter().filter(|(_, ty)| !ty.is_built_in()).flat_map(of).collect()
}

/// Fails unless the type has these fields of these types.
fn has(schema: &Schema, ty: &str, wanted: &[(&str, &str)]) {
    let found = schema.types.get(ty).unwrap_or_else(|| panic!("there is no type {ty}"));
    for (name, wanted) in wanted {
        let field = fields(found).into_iter().find(|field| field.name == *name);
        let field = field.unwrap_or_else(|| panic!("{ty} has no field {name}"));
        assert_eq!(field.ty.to_string(), *wanted, "{ty}.{name}");
    }
}
