//! Asking many times over: wrk, one thread and a few dozen connections, on the machine of the server.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use crate::Failure;

/// What wrk saw.
pub struct Measured {
    /// Answers in all.
    pub answers: u64,
    /// Answers in a second.
    pub per_second: f64,
    /// Half were faster, as wrk prints it.
    pub p50: String,
    /// All but one in a hundred were faster.
    pub p99: String,
}

/// Asks `url` for five seconds over so many connections. Fails when wrk is missing or any answer was not a success.
pub async fn run(url: &str, connections: u64, script: Option<&Path>) -> Result<Measured, Failure> {
    let seconds = std::env::var("HILLSIDE_BENCH_SECONDS").unwrap_or_else(|_| "5".to_owned());
    let mut command = Command::new("wrk");
    command.args(["-t1", &format!("-c{connections}"), "--latency", &format!("-d{seconds}s")]);
    if let Some(script) = script {
        command.arg("-s").arg(script);
    }
    command.arg(url).stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output()).await?;
    let output =
        output.map_err(|cause| format!("wrk cannot be run ({cause}); install it, on Debian: apt-get install wrk"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() || text.contains("Non-2xx") || text.contains("Socket errors") {
        return Err(format!("wrk saw failures at {url}:\n{text}").into());
    }
    let field =
        |name: &str| text.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim).map(ToOwned::to_owned);
    let answers = text.lines().find_map(|line| line.trim().split_once(" requests in "));
    let missing = || format!("wrk printed something else than expected:\n{text}");
    Ok(Measured {
        answers: answers.ok_or_else(missing)?.0.parse()?,
        per_second: field("Requests/sec:").ok_or_else(missing)?.parse()?,
        p50: field("50%").ok_or_else(missing)?,
        p99: field("99%").ok_or_else(missing)?,
    })
}
