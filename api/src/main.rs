//! The one binary.

use std::{process::ExitCode, time::Duration};

use tokio::runtime::Builder;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long what nobody waits for any more, such as a picture that is being scaled, may hold up the end.
const LEFT_OVER: Duration = Duration::from_millis(500);

/// Of each thread. Where the compiler does not optimise, the staff schema needs more than the usual two MiB.
const STACK: usize = 8 * 1024 * 1024;

fn main() -> ExitCode {
    let runtime = match Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build() {
        Ok(runtime) => runtime,
        Err(cause) => {
            eprintln!("hillside: the threads could not be started: {cause}");
            return ExitCode::FAILURE;
        }
    };
    let came = runtime.block_on(hillside::cli::run());
    runtime.shutdown_timeout(LEFT_OVER);
    match came {
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
