//! How long things took: measured beside the work, and part of no output.
#![allow(clippy::disallowed_methods, reason = "a measurement is no input")]

use std::time::{Duration, Instant};

use crate::paths::OutputPath;

/// The steps of a build, each with its time.
#[derive(Debug, Clone)]
pub struct Steps {
    /// The names of the steps in their order.
    pub steps: Vec<(&'static str, Duration)>,
    last: Instant,
}

impl Steps {
    pub(super) fn start() -> Self {
        Self { steps: vec![], last: Instant::now() }
    }

    /// The time since the last step belongs to this one.
    pub(super) fn done(&mut self, step: &'static str) {
        let now = Instant::now();
        self.steps.push((step, now - self.last));
        self.last = now;
    }
}

/// What one file of the output cost.
#[derive(Debug, Clone)]
pub struct Cost<'b> {
    /// The file.
    pub output: &'b OutputPath,
    /// The template it was made with, if it was.
    pub template: Option<String>,
    /// Making its bytes.
    pub make: Duration,
    /// Giving them to whoever wanted them: writing, mostly.
    pub give: Duration,
}

/// What an action returns, and how long it took.
pub(super) fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let value = act();
    (value, started.elapsed())
}
