//! The one binary.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match hillside::cli::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("hillside: {failure}");
            // The operator, unlike a visitor, is told why.
            let mut cause = failure.source();
            while let Some(inner) = cause {
                eprintln!("  because: {inner}");
                cause = inner.source();
            }
            ExitCode::FAILURE
        }
    }
}
