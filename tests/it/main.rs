//! What Hillside promises, seen from outside: over HTTP against the real routes, on SQLite and on PostgreSQL.

mod architecture;
mod authorization;
mod bad_input;
mod checks;
mod command_line;
mod content;
mod delivery;
mod drafts;
mod history;
mod identity;
mod leads;
mod library;
mod media;
mod media_bucket;
mod migrations;
mod moving;
mod preview;
mod privacy;
mod recipes;
mod schedule;
mod schema;
mod search;
mod site;
mod statements;
mod support;
mod usage;
