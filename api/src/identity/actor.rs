//! Who does it.

use entity::{
    id::{SessionId, UserId},
    user::Role,
};

use super::{Permission, permissions_of};
use crate::error::{Error, Result};

/// Who asks for something. Small and copied freely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody on the public site.
    Visitor,
    /// Hillside itself: a job, or the operator at the command line.
    System,
    /// A member of staff who is not at the desk: what they scheduled is done in their name.
    Scheduled {
        /// Who.
        id: UserId,
        /// The role they have now.
        role: Role,
    },
    /// A signed-in member of staff.
    User {
        /// Who.
        id: UserId,
        /// The role the session has now.
        role: Role,
        /// By which session.
        session: SessionId,
    },
}

impl Actor {
    /// Whether the actor may.
    pub fn may(self, permission: Permission) -> bool {
        match self {
            Self::Visitor => false,
            Self::System => true,
            Self::User { role, .. } | Self::Scheduled { role, .. } => permissions_of(role).contains(&permission),
        }
    }

    /// Fails with `Unauthenticated` for a visitor and with `Forbidden` for a role without `permission`.
    pub fn require(self, permission: Permission) -> Result<()> {
        match self {
            Self::Visitor => Err(Error::Unauthenticated),
            _ if self.may(permission) => Ok(()),
            _ => Err(Error::Forbidden),
        }
    }

    /// The user behind the request, or `Unauthenticated`.
    pub fn user(self) -> Result<UserId> {
        self.user_id().ok_or(Error::Unauthenticated)
    }

    /// The user, where there is one.
    pub fn user_id(self) -> Option<UserId> {
        match self {
            Self::User { id, .. } | Self::Scheduled { id, .. } => Some(id),
            Self::Visitor | Self::System => None,
        }
    }

    /// The session, where there is one.
    pub fn session_id(self) -> Option<SessionId> {
        match self {
            Self::User { session, .. } => Some(session),
            Self::Visitor | Self::System | Self::Scheduled { .. } => None,
        }
    }
}
