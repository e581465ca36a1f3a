//! Who is asking, and what they may do.
//!
//! Owns users, passwords, sessions, tokens, roles and the audit log. Promises that a verb anywhere in Hillside can ask
//! its [`Actor`] for a permission in its first line, and that what was recorded in the audit log is not rewritten
//! unseen. Refuses to trust a role named by a token: it is read from the session each time.

mod actor;
mod permission;
mod request;

pub use actor::Actor;
pub use permission::{Permission, permissions_of};
pub use request::{Payload, Request, UserError};
