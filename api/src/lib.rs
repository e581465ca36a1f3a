//! Hillside: the content and admissions backend of an addiction-treatment centre.
//!
//! `ARCHITECTURE.md` at the top of the repository walks through the house. Arrows point one way:
//! `main → cli → server → schema → <subject>/{public,admin} → <subject>/<noun> → entity`.

// Whether a request's future may move between threads is asked through every resolver it may run.
#![recursion_limit = "256"]

pub mod address;
mod admin_ui;
mod answer;
pub mod app;
pub mod cli;
pub mod config;
pub mod content;
pub mod db;
pub mod delivery;
pub mod demo;
mod edge;
mod email;
pub mod error;
pub mod generation;
pub mod gql;
pub mod identity;
pub mod keys;
pub mod leads;
pub mod library;
pub mod live;
pub mod mail;
pub mod media;
pub mod network;
pub mod outbox;
pub mod published;
pub mod publishing;
pub mod schema;
pub mod server;
pub mod tags;
pub mod therapies;
mod words;
