//! Who may do what: every operation by every role.
