//! The binary as an operator uses it.
