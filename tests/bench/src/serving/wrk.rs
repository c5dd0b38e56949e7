//! One run of wrk and what it tells.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::process::Command;

/// What is asked for, over and over.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) url: String,
    pub(super) host: String,
    /// One more header: `Name: value`.
    pub(super) header: String,
}

/// What one run told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    /// Time of the run over its requests.
    pub(super) each: Duration,
    /// Half of the answers came within this.
    pub(super) half: Duration,
    /// 99 of 100 answers came within this.
    pub(super) most: Duration,
}

impl Asked {
    /// Asks for `seconds` seconds, 32 at a time.
    pub(super) async fn run(&self, seconds: u32) -> Result<Told> {
        let mut wrk = Command::new("wrk");
        wrk.args(["-t1", "-c32", "--latency", &format!("-d{seconds}s")]);
        wrk.args(["-H", &format!("Host: {}", self.host), "-H", &self.header, &self.url]);
        let output = wrk.output().await.context("wrk cannot be started")?;
        ensure!(output.status.success(), "wrk failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        read(&String::from_utf8_lossy(&output.stdout))
    }
}

fn read(text: &str) -> Result<Told> {
    for trouble in ["Non-2xx or 3xx responses", "Socket errors"] {
        if let Some(line) = text.lines().find(|line| line.contains(trouble)) {
            bail!("wrk met trouble: {}", line.trim());
        }
    }
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
        line.map(str::trim).with_context(|| format!("wrk tells no `{name}`"))
    };
    let rate: f64 = value("Requests/sec:")?.parse()?;
    ensure!(rate > 0.0, "wrk got no answer");
    Ok(Told { each: Duration::from_secs_f64(1.0 / rate), half: time(value("50%")?)?, most: time(value("99%")?)? })
}

/// `250.00us`, `1.20ms`, `1.01s`.
fn time(text: &str) -> Result<Duration> {
    let units = [("us", 1e-6), ("ms", 1e-3), ("s", 1.0)];
    let found = units.iter().find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?.parse::<f64>().ok()?, seconds)));
    let (number, seconds) = found.with_context(|| format!("`{text}` is no time"))?;
    Ok(Duration::from_secs_f64(number * seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "Running 3s test @ http://127.0.0.1:1/
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.91ms    1.30ms  21.38ms   83.48%
    Req/Sec    17.60k     1.02k   19.54k    70.00%
  Latency Distribution
     50%    1.64ms
     75%    2.29ms
     90%    3.25ms
     99%  950.00us
  52544 requests in 3.00s, 1.03GB read
Requests/sec:  20000.00
Transfer/sec:    352.74MB
";

    #[test]
    fn reads_what_wrk_tells() {
        let told = read(TOLD).unwrap();
        assert_eq!(told.each, Duration::from_micros(50));
        assert_eq!(told.half, Duration::from_micros(1640));
        assert_eq!(told.most, Duration::from_micros(950));
    }

    #[test]
    fn a_run_with_refusals_counts_for_nothing() {
        let text = format!("{TOLD}  Non-2xx or 3xx responses: 12\n");
        assert!(read(&text).unwrap_err().to_string().contains("12"));
    }
}
