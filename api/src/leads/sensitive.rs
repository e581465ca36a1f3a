//! Values that must not be printed.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// Something a person told us in confidence: prints as `***`, cannot be serialised, and is wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sensitive<T: Zeroize>(Zeroizing<T>);

impl<T: Zeroize> Sensitive<T> {
    /// The value itself. Whoever calls this answers for where it goes.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> From<T> for Sensitive<T> {
    fn from(value: T) -> Self {
        Self(Zeroizing::new(value))
    }
}

impl<T: Zeroize> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T: Zeroize> fmt::Display for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sensitive_value_prints_as_stars() {
        let name = Some(Sensitive::from("Sample Visitor".to_owned()));
        assert_eq!(format!("{name:?}"), "Some(***)");
        assert_eq!(Sensitive::from("x".to_owned()).to_string(), "***");
        assert_eq!(name.map(|name| name.expose().len()), Some(14));
    }
}
