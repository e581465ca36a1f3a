//! What a request says about its sender, before anybody knows who it is.

use std::{
    net::IpAddr,
    sync::atomic::{AtomicBool, Ordering},
};

/// What a request says about its sender. The refresh token is read only where tokens are renewed or ended.
pub struct Caller {
    /// From where; for counting attempts, never stored.
    pub address: IpAddr,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The refresh cookie's value, as it came.
    pub refresh_token: Option<String>,
    tried: AtomicBool,
}

impl Caller {
    /// The sender of a request that has tried nothing yet.
    pub fn new(address: IpAddr, user_agent: String, refresh_token: Option<String>) -> Self {
        Self { address, user_agent, refresh_token, tried: AtomicBool::new(false) }
    }

    /// Whether a password may be tried; once a request, so that aliases do not multiply guesses.
    pub fn may_try(&self) -> bool {
        !self.tried.swap(true, Ordering::Relaxed)
    }
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Caller(***)")
    }
}
