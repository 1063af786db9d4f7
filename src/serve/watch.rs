//! Waiting for changes on the disk; the only door of `notify`.
//!
//! Only paths are taken from the system, and what is there is looked at afterwards: of a file that was written, moved
//! and written again the last state counts, whatever the events said and in whatever order they came.
#![allow(clippy::disallowed_methods, reason = "waiting until the disk is quiet needs a clock")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::EventKind;
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::inputs::{self, Layout, Survey};

/// A save is over when nothing happened for this long: editors write, rename and delete within a few milliseconds.
const QUIET: Duration = Duration::from_millis(20);

/// Changes that never stop are looked at after this long.
const PATIENCE: Duration = Duration::from_millis(400);

/// How long after a folder came or went the site is looked over: files can be written to a new folder before the
/// system tells of what happens in it.
const AGAIN: Duration = Duration::from_millis(300);

/// How often to look where the system does not tell.
const POLL: Duration = Duration::from_secs(1);

enum Signal {
    Touched(Vec<PathBuf>),
    /// The system lost count.
    Lost,
    Stop,
}

/// Ends the waiting.
pub(super) struct Stop(Sender<Signal>);

impl Stop {
    pub fn stop(&self) {
        let _ = self.0.send(Signal::Stop);
    }
}

/// The folders of a site under watch.
pub(super) struct Watch {
    root: PathBuf,
    config: PathBuf,
    layout: Layout,
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    poll: Option<Duration>,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
    survey: Survey,
    look_again: Option<Instant>,
    complaint: Option<String>,
}

impl Watch {
    /// Watches a site, with the system's help or, where `poll` says how often, without.
    pub fn new(root: &Path, config: &Path, layout: &Layout, poll: Option<Duration>) -> Self {
        let (sender, signals) = channel();
        let mut watch = Self {
            root: root.to_path_buf(),
            config: config.to_path_buf(),
            layout: layout.clone(),
            watcher: None,
            watched: BTreeSet::new(),
            poll,
            sender: sender.clone(),
            signals,
            survey: Survey::new(),
            look_again: None,
            complaint: None,
        };
        if poll.is_none() {
            let tell = move |event: notify::Result<notify::Event>| {
                let signal = match event {
                    Ok(event) if event.need_rescan() => Signal::Lost,
                    Ok(event) => match event.kind {
                        EventKind::Access(_) => return,
                        _ => Signal::Touched(event.paths),
                    },
                    Err(_) => Signal::Lost,
                };
                let _ = sender.send(signal);
            };
            // A link is complained about and never followed.
            let settings = notify::Config::default().with_follow_symlinks(false);
            match RecommendedWatcher::new(tell, settings) {
                Ok(watcher) => watch.watcher = Some(watcher),
                Err(error) => watch.fall_back(&error),
            }
        }
        watch.aim();
        // Nobody tells of what changes from here on, so the first look comes before anything is read.
        if watch.poll.is_some() {
            watch.survey = watch.look();
        }
        watch
    }

    /// Looks at every file, to tell later which of them differ.
    pub fn look_first(&mut self) {
        if self.poll.is_none() {
            self.survey = self.look();
        }
    }

    pub fn stop(&self) -> Stop {
        Stop(self.sender.clone())
    }

    /// What the person at the terminal should know of the watching.
    pub fn complaint(&mut self) -> Option<String> {
        self.complaint.take()
    }

    /// Watches the folders of another layout from now on.
    pub fn follow(&mut self, layout: &Layout) {
        if self.layout != *layout {
            self.layout = layout.clone();
            self.aim();
            self.survey = self.look();
        }
    }

    /// Every file as it is on the disk now.
    fn look(&self) -> Survey {
        let mut survey = inputs::survey(&self.root, &self.layout);
        survey.extend(inputs::stamp(&self.config).map(|stamp| (self.config.clone(), stamp)));
        survey
    }

    fn fall_back(&mut self, error: &notify::Error) {
        let often = self.poll.get_or_insert(POLL);
        self.complaint = Some(format!(
            "the system does not tell of changes ({error}): looking for them every {:.1} s",
            often.as_secs_f64()
        ));
        self.watcher = None;
        self.watched.clear();
    }

    /// The root alone, for the configuration and for folders that come and go; each folder of the site whole.
    fn aim(&mut self) {
        let mut wanted: Vec<(PathBuf, RecursiveMode)> = vec![(self.root.clone(), RecursiveMode::NonRecursive)];
        if let Some(folder) = self.config.parent().filter(|folder| *folder != self.root) {
            wanted.push((folder.to_path_buf(), RecursiveMode::NonRecursive));
        }
        let folders = inputs::folders(&self.root, &self.layout);
        wanted.extend(folders.into_iter().map(|folder| (folder, RecursiveMode::Recursive)));
        for (path, mode) in wanted {
            let Some(watcher) = &mut self.watcher else { return };
            if self.watched.contains(&path) {
                continue;
            }
            match watcher.watch(&path, mode) {
                Ok(()) => {
                    self.watched.insert(path);
                }
                // A folder that went away again is no trouble.
                Err(error) if path.exists() => self.fall_back(&error),
                Err(_) => {}
            }
        }
    }

    /// Waits for a change and until the disk is quiet again; the paths that were touched. None when told to stop.
    pub fn next(&mut self) -> Option<BTreeSet<PathBuf>> {
        loop {
            let mut touched = BTreeSet::new();
            let mut lost = false;
            let until = self.look_again.or(self.poll.map(|often| Instant::now() + often));
            match self.wait(until) {
                Ok(signal) => {
                    self.take(signal, &mut touched, &mut lost)?;
                    let patience = Instant::now() + PATIENCE;
                    while let Ok(signal) = self.wait(Some((Instant::now() + QUIET).min(patience))) {
                        self.take(signal, &mut touched, &mut lost)?;
                    }
                }
                Err(RecvTimeoutError::Timeout) => lost = true,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            if lost {
                self.look_again = None;
                touched.extend(self.differing());
            }
            self.renew(&touched);
            if !touched.is_empty() {
                return Some(touched);
            }
        }
    }

    fn wait(&self, until: Option<Instant>) -> Result<Signal, RecvTimeoutError> {
        match until {
            Some(until) => self.signals.recv_timeout(until.saturating_duration_since(Instant::now())),
            None => self.signals.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn take(&mut self, signal: Signal, touched: &mut BTreeSet<PathBuf>, lost: &mut bool) -> Option<()> {
        match signal {
            Signal::Touched(paths) => touched.extend(paths),
            Signal::Lost => *lost = true,
            Signal::Stop => return None,
        }
        Some(())
    }

    /// Files that differ from the last time that all were looked at.
    fn differing(&mut self) -> BTreeSet<PathBuf> {
        let now = self.look();
        let before = &self.survey;
        let changed = now.iter().filter(|(path, stamp)| before.get(*path) != Some(*stamp)).map(|(path, _)| path);
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        let differing = changed.chain(gone).cloned().collect();
        self.survey = now;
        differing
    }

    /// Watches folders that came, and looks over the site once more after a folder came or went.
    fn renew(&mut self, touched: &BTreeSet<PathBuf>) {
        if self.watcher.is_none() {
            return;
        }
        let again: Vec<PathBuf> = touched.iter().filter(|path| self.watched.contains(*path)).cloned().collect();
        for folder in again.iter().filter(|folder| **folder != self.root) {
            if let Some(watcher) = &mut self.watcher {
                let _ = watcher.unwatch(folder);
            }
            self.watched.remove(folder);
        }
        self.aim();
        // What is gone may have been a folder, and may come back.
        if touched.iter().any(|path| path.is_dir()) {
            self.look_again = Some(Instant::now() + AGAIN);
        }
    }
}
