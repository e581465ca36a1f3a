//! The checked-in schemas are those of the server.
