//! `chancery bench`: what operators size a machine with. Each figure stands beside what the bare primitive gives in the same process and
//! run, and their ratio.

mod cms;
mod p12;
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

/// Measures `work` and the bare primitives that it needs, in turns of a fiftieth of the time: what else the machine does hits both alike.
pub fn measure(
    name: &str,
    seconds: u32,
    mut work: impl FnMut() -> Result<(), Failure>,
    mut bare: impl FnMut() -> Result<(), Failure>,
) -> Result<Figure, Failure> {
    let turn = Duration::from_secs(seconds.into()) / 50;
    let (mut done, mut alone) = (Tally::default(), Tally::default());
    // Caches fill before anything counts.
    Tally::default().run(turn, &mut work)?;
    Tally::default().run(turn, &mut bare)?;
    for _ in 0..25 {
        done.run(turn, &mut work)?;
        alone.run(turn, &mut bare)?;
    }
    let (per_second, limit_per_second) = (done.rate(), alone.rate());
    Ok(Figure {
        name: name.to_owned(),
        per_second,
        limit_per_second,
        ratio: per_second / limit_per_second,
        peak_rss_mb: peak_rss_mb(),
    })
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

/// How often, in which time.
#[derive(Default)]
struct Tally {
    count: f64,
    time: Duration,
}

impl Tally {
    fn run(
        &mut self,
        at_least: Duration,
        work: &mut impl FnMut() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let begun = Instant::now();
        while begun.elapsed() < at_least {
            work()?;
            self.count += 1.0;
        }
        self.time += begun.elapsed();
        Ok(())
    }

    fn rate(&self) -> f64 {
        self.count / self.time.as_secs_f64()
    }
}

/// The high-water mark of resident memory; 0 where the system does not tell.
fn peak_rss_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}
