//! The reference site, with and without a form sent.
