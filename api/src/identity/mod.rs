//! Who is asking, and what they may do.
//!
//! Owns users, passwords, sessions, tokens, roles and the audit log. Promises that a verb anywhere in Hillside can ask
//! its [`Actor`] for a permission in its first line, and that what was recorded in the audit log is not rewritten
//! unseen. Refuses to trust a role named by a token: it is read from the session each time.

mod actor;
pub mod admin;
pub mod audit;
mod caller;
mod desk;
pub mod http;
mod password;
mod permission;
mod request;
pub mod session;
mod setup;
mod throttle;
mod token;
pub mod user;

pub use actor::Actor;
pub use audit::Audit;
pub use caller::Caller;
pub use desk::{Identity, SignedIn};
pub use permission::{Permission, permissions_of};
pub use request::{Payload, Request, UserError};
pub use setup::needs_owner;
