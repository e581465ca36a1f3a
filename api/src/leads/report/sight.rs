//! How exactly somebody may see a number of people.
//!
//! Whoever lists leads sees every number. To others a number below five could be a person they know, and so could the difference
//! of two numbers: of a total and its parts, or of two reports whose days differ by one. So they see multiples of five only, and
//! nothing at all of what is below. Whoever asks for many ranges can still narrow a number down; it is never told outright.

use crate::{
    error::Result,
    identity::{Actor, Permission},
};

/// What is smaller is not shown, and what is not is rounded down to a multiple of it.
const LEAST: u64 = 5;

/// How exactly somebody may see a number of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// As it is.
    Exact,
    /// Rounded down to a multiple of five, and not at all when it is below.
    Rounded,
}

impl Sight {
    /// That of somebody who has `permission`, or lists leads.
    ///
    /// Fails with `Forbidden` for whoever has neither.
    pub fn of(actor: Actor, permission: Permission) -> Result<Self> {
        if actor.may(Permission::ListLeads) {
            return Ok(Self::Exact);
        }
        actor.require(permission)?;
        Ok(Self::Rounded)
    }

    /// A number as it is shown; none when it is suppressed.
    pub fn count(self, count: u64) -> Option<i32> {
        let shown = match self {
            Self::Exact => count,
            Self::Rounded if count < LEAST => return None,
            Self::Rounded => count - count % LEAST,
        };
        Some(i32::try_from(shown).unwrap_or(i32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_number_is_not_shown_and_a_large_one_is_rounded() {
        let shown = |count| (Sight::Exact.count(count), Sight::Rounded.count(count));
        assert_eq!(shown(0), (Some(0), None));
        assert_eq!(shown(4), (Some(4), None));
        assert_eq!(shown(5), (Some(5), Some(5)));
        assert_eq!(shown(1_003), (Some(1_003), Some(1_000)));
    }

    #[test]
    fn what_is_left_over_of_a_total_is_no_small_number() {
        // Two reports whose days differ by the one on which a single person wrote.
        assert_eq!(Sight::Rounded.count(41), Sight::Rounded.count(42));
    }
}
