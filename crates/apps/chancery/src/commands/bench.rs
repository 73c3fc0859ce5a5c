//! `chancery bench`: what operators size a machine with. Each figure stands beside what the bare primitive gives in the same process and
//! run, and their ratio.

mod cms;
mod p12;
mod party;
mod path;
mod signing;

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::failure::Failure;

pub use cms::cms;
pub use p12::p12;
pub use path::path;

/// One figure.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// What was measured, `path/rsa-2048` and so on.
    pub name: String,
    /// How often a second.
    pub per_second: f64,
    /// How often the bare primitive alone would allow it.
    pub limit_per_second: f64,
    /// The one by the other.
    pub ratio: f64,
    /// Most memory that the process has held.
    pub peak_rss_mb: f64,
}

/// Shortest turn: less than the time after which a system that is busy gives the processor to somebody else.
const TURN: Duration = Duration::from_millis(2);

/// Measures `work` and the bare primitives that it needs, in short turns. The rates are those of the middle turn: turns in which
/// the machine did something else do not count.
pub fn measure(
    name: &str,
    seconds: u32,
    mut work: impl FnMut() -> Result<(), Failure>,
    mut bare: impl FnMut() -> Result<(), Failure>,
) -> Result<Figure, Failure> {
    // Caches fill before anything counts.
    rate(&mut work)?;
    rate(&mut bare)?;
    let time = Duration::from_secs(seconds.into());
    let begun = Instant::now();
    let (mut done, mut alone) = (Vec::new(), Vec::new());
    while done.is_empty() || begun.elapsed() < time {
        done.push(rate(&mut work)?);
        alone.push(rate(&mut bare)?);
    }
    let (per_second, limit_per_second) = (middle(done), middle(alone));
    Ok(Figure {
        name: name.to_owned(),
        per_second,
        limit_per_second,
        ratio: per_second / limit_per_second,
        peak_rss_mb: peak_rss_mb(),
    })
}

/// How often a second, in one turn.
fn rate(work: &mut impl FnMut() -> Result<(), Failure>) -> Result<f64, Failure> {
    let begun = Instant::now();
    let mut count = 0.0;
    while begun.elapsed() < TURN {
        work()?;
        count += 1.0;
    }
    Ok(count / begun.elapsed().as_secs_f64())
}

fn middle(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}

/// Prints a figure: one JSON object, or a line of words.
pub fn print(figure: &Figure, json: bool) -> Result<(), Failure> {
    let text = if json {
        serde_json::to_string(figure)
            .map_err(|error| Failure::because("no JSON was made", &error))?
    } else {
        format!(
            "{:26} {:>12}/s   limit {:>12}/s   ratio {:.2}   peak {:.0} MB",
            figure.name,
            number(figure.per_second),
            number(figure.limit_per_second),
            figure.ratio,
            figure.peak_rss_mb
        )
    };
    super::print(&text)
}

/// Three digits at least.
fn number(value: f64) -> String {
    if value < 100.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.0}")
    }
}

/// The high-water mark of resident memory; 0 where the system does not tell.
fn peak_rss_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}
