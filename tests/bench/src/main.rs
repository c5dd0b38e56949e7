//! Benchmarks, each beside its peer.

use anyhow::{Result, bail};

#[tokio::main]
async fn main() -> Result<()> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    for name in &named {
        if name != "append" {
            bail!("there is no benchmark `{name}`; there is: append");
        }
    }
    bench::append::run().await
}
