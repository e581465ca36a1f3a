//! Whatever is sent, the answer is a clear refusal within a second, and the server lives.
