//! Bringing the site up to date: what a save costs is reading that file, resolving, and making the pages that are open.
#![allow(clippy::disallowed_methods, reason = "a rebuild tells how long it took")]

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::live::Live;
use super::problem::{Editor, Problem};
use super::watch::{Stop, Watch};
use super::{Listener, Notice, Options};
use crate::build::{Build, Wish, build};
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::inputs::{self, Inputs, Layout};
use crate::paths::{OutputPath, SourcePath};
use crate::source::Source;

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

/// The one who rebuilds: it has the only copy of the inputs.
pub(super) struct Rebuilder {
    root: PathBuf,
    config: PathBuf,
    wish: Wish,
    inputs: Inputs,
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
        let (source, layout) = configured(&config)?;
        // The watch begins before anything is read: no change falls between the two.
        let mut watch = Watch::new(&root, &config, &inputs::layout_of(&root, layout.clone()), poll);
        let inputs = inputs::read(&root, source, layout)?;
        if inputs.files.len() <= 1 && !config.is_file() {
            let message = format!("there is no site in {}: `fangzhi init` makes a site", root.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        if let Some(complaint) = watch.complaint() {
            listener(Notice::Trouble(complaint));
        }
        let read = started.elapsed();
        let build = Arc::new(build(&inputs, &wish, None));
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
        Ok((Self { root, config, wish, inputs, last: build, shown, told, watch, live: live.clone(), listener }, live))
    }

    pub fn stop(&self) -> Stop {
        self.watch.stop()
    }

    /// Rebuilds at every change, until it is stopped.
    pub fn run(mut self) {
        self.watch.look_first();
        while let Some(touched) = self.watch.next() {
            if let Some(complaint) = self.watch.complaint() {
                (self.listener)(Notice::Trouble(complaint));
            }
            match self.read(&touched) {
                Ok((changed, read)) if !changed.is_empty() => self.rebuild(changed, read),
                Ok(_) => {}
                Err(error) => (self.listener)(Notice::Trouble(format!("the site cannot be read: {error}"))),
            }
        }
    }

    /// Reads what was touched; the files that differ, and how long it took.
    fn read(&mut self, touched: &BTreeSet<PathBuf>) -> io::Result<(Vec<SourcePath>, Duration)> {
        let started = Instant::now();
        let mut changed = vec![];
        let before = self.inputs.config();
        let (config, layout) = if touched.contains(&self.config) {
            configured(&self.config)?
        } else {
            let layout = config::read(&before).value.layout;
            (before.clone(), layout)
        };
        if config.hash() != before.hash() {
            changed.push(config.path().clone());
        }
        let on_disk = inputs::layout_of(&self.root, layout.clone());
        let refreshed =
            if on_disk == self.inputs.layout { inputs::refresh(&mut self.inputs, &self.root, touched) } else { None };
        match refreshed {
            Some(files) => {
                changed.extend(files);
                self.inputs.insert(config);
            }
            None => {
                let anew = inputs::read(&self.root, config, layout)?;
                let known = std::mem::replace(&mut self.inputs, anew);
                changed.extend(differing(&known, &self.inputs, touched, &self.root));
                self.watch.follow(&self.inputs.layout);
            }
        }
        changed.sort();
        changed.dedup();
        Ok((changed, started.elapsed()))
    }

    fn rebuild(&mut self, changed: Vec<SourcePath>, read: Duration) {
        let started = Instant::now();
        let next = Arc::new(build(&self.inputs, &self.wish, Some(&self.last)));
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

fn configured(file: &std::path::Path) -> io::Result<(Source, Layout)> {
    let source = inputs::read_config(file)?;
    let layout = config::read(&source).value.layout;
    Ok((source, layout))
}

fn told(diagnostic: &Diagnostic) -> Told {
    (diagnostic.place.path.clone(), diagnostic.code, diagnostic.message.clone())
}

fn problems(build: &Build, editor: &Editor) -> Vec<Problem> {
    let errors = build.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    // Nobody reads a hundred errors over a page.
    errors.take(20).map(|diagnostic| editor.problem(diagnostic, build)).collect()
}

/// The files in which two whole snapshots differ; copied files differ when they were touched.
fn differing(one: &Inputs, other: &Inputs, touched: &BTreeSet<PathBuf>, root: &std::path::Path) -> Vec<SourcePath> {
    let hash = |inputs: &Inputs, path: &SourcePath| inputs.text(path).map(Source::hash);
    let differs = |path: &&SourcePath| {
        one.files.contains_key(*path) != other.files.contains_key(*path)
            || hash(one, path) != hash(other, path)
            || touched.contains(&root.join(path.as_str()))
    };
    let mut all: Vec<SourcePath> = one.files.keys().chain(other.files.keys()).filter(differs).cloned().collect();
    if one.diagnostics != other.diagnostics || one.layout != other.layout {
        all.extend(Some(other.config().path().clone()));
    }
    all
}
