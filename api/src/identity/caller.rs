//! What a request says about its sender, before anybody knows who it is.

use std::net::IpAddr;

/// What a request says about its sender. The refresh token is read only where tokens are renewed or ended.
#[derive(Clone)]
pub struct Caller {
    /// From where; for counting attempts, never stored.
    pub address: IpAddr,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The refresh cookie's value, as it came.
    pub refresh_token: Option<String>,
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Caller(***)")
    }
}
