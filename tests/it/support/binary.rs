//! The real `hillside`, for what only a process of its own can show.

use std::path::{Path, PathBuf};

/// The binary that `HILLSIDE_BIN` names, or else the debug build beside these tests.
pub fn binary() -> PathBuf {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/hillside");
    let path = std::env::var_os("HILLSIDE_BIN").map_or(built, PathBuf::from);
    assert!(
        path.is_file(),
        "{} is missing: run `cargo build -p hillside`, or name a binary with HILLSIDE_BIN",
        path.display()
    );
    path
}
