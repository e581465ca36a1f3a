//! The recipes of the documentation hold.
