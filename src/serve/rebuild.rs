//! Bringing the site up to date: what a save costs is reading that file, resolving, and making the pages that are open.
#![allow(clippy::disallowed_methods, reason = "a rebuild tells how long it took")]

use std::collections::HashSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::live::Live;
use super::problem::{Editor, Problem};
use super::reading::{Reading, layout};
use super::watch::{Stop, Watch};
use super::{Listener, Notice, Options};
use crate::build::{Build, Wish, build};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::paths::{OutputPath, SourcePath};

/// What a rebuild did.
pub struct Rebuilt {
    /// The newest build, with errors or without.
    pub build: Arc<Build>,
    /// The files that differ.
    pub changed: Vec<SourcePath>,
    /// Complaints that were not there before.
    pub new: Vec<Diagnostic>,
    /// How many open pages there are.
    pub open: usize,
    /// How many of those changed.
    pub altered: usize,
    /// Reading files.
    pub read: Duration,
    /// Understanding the site.
    pub build_time: Duration,
    /// Making the open pages.
    pub make: Duration,
}

/// What tells two complaints apart, wherever in the file they stand: an edit above must not say them again.
type Told = (SourcePath, Code, String);

/// The one who rebuilds: it has the inputs.
pub(super) struct Rebuilder {
    wish: Wish,
    reading: Reading,
    last: Arc<Build>,
    /// The last build without errors, or the first.
    shown: Arc<Build>,
    told: HashSet<Told>,
    watch: Watch,
    live: Arc<Live>,
    listener: Listener,
}

impl Rebuilder {
    /// Reads and builds the site for the first time.
    ///
    /// # Errors
    /// When there is no site in the folder, or it cannot be read.
    pub fn start(options: Options, listener: Listener) -> io::Result<(Self, Arc<Live>)> {
        let Options { root, config, wish, editor, poll, .. } = options;
        let started = Instant::now();
        // The watch begins before anything is read: no change falls between the two.
        let mut watch = Watch::new(&root, &config, &layout(&root, &config)?, poll);
        let reading = Reading::new(&root, &config)?;
        if reading.inputs.files.len() <= 1 && !config.is_file() {
            let message = format!("there is no site in {}: `fangzhi init` makes a site", root.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        if let Some(complaint) = watch.complaint() {
            listener(Notice::Trouble(complaint));
        }
        let read = started.elapsed();
        let build = Arc::new(build(&reading.inputs, &wish, None));
        let build_time = started.elapsed() - read;
        let editor = Editor { root: root.clone(), address: editor };
        let problems = problems(&build, &editor);
        let live = Arc::new(Live::new(build.clone(), problems, editor, listener.clone()));
        let told = build.diagnostics.iter().map(told).collect();
        let new = build.diagnostics.clone();
        let first = Rebuilt {
            build: build.clone(),
            changed: vec![],
            new,
            open: 0,
            altered: 0,
            read,
            build_time,
            make: Duration::ZERO,
        };
        listener(Notice::Started(first));
        let shown = build.clone();
        Ok((Self { wish, reading, last: build, shown, told, watch, live: live.clone(), listener }, live))
    }

    pub fn stop(&self) -> Stop {
        self.watch.stop()
    }

    /// Rebuilds at every change, until it is stopped.
    pub fn run(mut self) {
        self.watch.look_first();
        while let Some(touched) = self.watch.next() {
            let started = Instant::now();
            match self.reading.update(&touched) {
                Ok(changed) if changed.is_empty() => {}
                Ok(changed) => {
                    // A bug in one build must not end the server: the next save may mend what set it off.
                    let rebuilt = catch_unwind(AssertUnwindSafe(|| self.rebuild(changed, started.elapsed())));
                    if rebuilt.is_err() {
                        let message =
                            "this is a bug in fangzhi, and the last pages stay: please report it with the file";
                        (self.listener)(Notice::Trouble(message.into()));
                    }
                }
                Err(error) => (self.listener)(Notice::Trouble(format!("the site cannot be read: {error}"))),
            }
            self.watch.follow(&self.reading.inputs.layout);
            if let Some(complaint) = self.watch.complaint() {
                (self.listener)(Notice::Trouble(complaint));
            }
        }
    }

    fn rebuild(&mut self, changed: Vec<SourcePath>, read: Duration) {
        let started = Instant::now();
        let next = Arc::new(build(&self.reading.inputs, &self.wish, Some(&self.last)));
        let build_time = started.elapsed();
        if !next.has_errors() || self.shown.has_errors() {
            self.shown = next.clone();
        }
        let copied: Vec<OutputPath> = changed.iter().filter_map(|path| self.shown.copy_of(path)).cloned().collect();
        let problems = problems(&next, &self.live.editor);
        let (open, altered) = self.live.publish(self.shown.clone(), problems, copied.into_iter());
        let make = started.elapsed() - build_time;
        let new =
            next.diagnostics.iter().filter(|diagnostic| !self.told.contains(&told(diagnostic))).cloned().collect();
        self.told = next.diagnostics.iter().map(told).collect();
        let build = next.clone();
        (self.listener)(Notice::Rebuilt(Rebuilt { build, changed, new, open, altered, read, build_time, make }));
        // What is let go here may be a whole site; nobody waits for that any more.
        self.last = next;
    }
}

fn told(diagnostic: &Diagnostic) -> Told {
    (diagnostic.place.path.clone(), diagnostic.code, diagnostic.message.clone())
}

fn problems(build: &Build, editor: &Editor) -> Vec<Problem> {
    let errors = build.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    // Nobody reads a hundred errors over a page.
    errors.take(20).map(|diagnostic| editor.problem(diagnostic, build)).collect()
}
