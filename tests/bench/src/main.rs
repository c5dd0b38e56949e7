//! Benchmarks, each beside its peer.

mod append;
mod table;

use anyhow::{Result, bail};

#[tokio::main]
async fn main() -> Result<()> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    for name in &named {
        if name != "append" {
            bail!("there is no benchmark `{name}`; there is: append");
        }
    }
    append::run().await
}
