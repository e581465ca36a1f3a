//! Embeds the admin: rebuilds when its files change, and refuses to ship a binary without it when told so.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=../admin-ui/dist");
    println!("cargo:rerun-if-env-changed=HILLSIDE_REQUIRE_UI");
    let required = std::env::var("HILLSIDE_REQUIRE_UI").is_ok_and(|value| value == "1");
    if required && !Path::new("../admin-ui/dist/index.html").exists() {
        println!("cargo:error=admin-ui/dist is empty; run `make build`, which builds the admin first");
    }
}
