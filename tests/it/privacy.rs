//! A person's words are nowhere but where they belong.
