//! What is published: the build that is shown, what is wrong with the newest one, and which pages are open.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::watch;

use super::problem::{Editor, Problem};
use super::{Listener, Notice};
use crate::build::{Build, Content};
use crate::paths::{OutputPath, UrlPath};
use crate::source::Hash;

/// The most pages that are kept after they were made: enough for those that are open.
const KEPT: usize = 200;

/// The one cell that changes: everybody who waits for the site looks at it.
pub(super) struct Live {
    now: watch::Sender<Arc<Snapshot>>,
    open: Mutex<BTreeMap<String, usize>>,
    pub editor: Editor,
    pub listener: Listener,
}

/// The site as it is shown between two rebuilds.
pub(super) struct Snapshot {
    /// Counts the rebuilds.
    pub number: u64,
    /// The last build without errors; the first build if there was none.
    pub build: Arc<Build>,
    /// The errors of the newest build.
    pub problems: Vec<Problem>,
    /// Copied files that changed while the server ran, with the number of the snapshot that brought the change.
    pub copied: BTreeMap<OutputPath, u64>,
    made: Mutex<HashMap<OutputPath, Arc<Made>>>,
    /// Open pages as they were last made well.
    before: HashMap<OutputPath, Arc<Made>>,
}

/// One file of the output.
pub(super) struct Made {
    pub bytes: Arc<[u8]>,
    pub hash: Hash,
    /// Why the bytes are not what they should be.
    pub problem: Option<Problem>,
}

/// What a path of the site leads to.
pub(super) enum Answer {
    /// A file.
    File(OutputPath, Arc<Made>),
    /// The path with a `/` behind it.
    Folder,
    /// Nothing; the site's own page for that, with its place in the output, if it has one.
    Missing(Option<(OutputPath, Arc<Made>)>),
}

/// What a browser is told of a page that it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    pub number: u64,
    pub hash: String,
    pub problems: Vec<Problem>,
    /// Paths from the top of the site of copied files that changed.
    pub copied: Vec<String>,
}

impl Live {
    /// Publishes a first build.
    pub fn new(build: Arc<Build>, problems: Vec<Problem>, editor: Editor, listener: Listener) -> Self {
        let first = Snapshot {
            number: 1,
            build,
            problems,
            copied: BTreeMap::new(),
            made: Mutex::default(),
            before: HashMap::new(),
        };
        Self { now: watch::Sender::new(Arc::new(first)), open: Mutex::default(), editor, listener }
    }

    /// What is shown now.
    pub fn now(&self) -> Arc<Snapshot> {
        self.now.borrow().clone()
    }

    /// Tells of every later snapshot.
    pub fn watch(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.now.subscribe()
    }

    /// Notes that a browser shows the page at a path, until what is returned is dropped.
    pub fn open(self: &Arc<Self>, path: &str) -> Open {
        *locked(&self.open).entry(path.to_owned()).or_default() += 1;
        Open { live: self.clone(), path: path.to_owned() }
    }

    /// Publishes the next build, the open pages already made. Returns how many are open, and how many of those changed.
    pub fn publish(
        &self,
        build: Arc<Build>,
        problems: Vec<Problem>,
        copied: impl Iterator<Item = OutputPath>,
    ) -> (usize, usize) {
        let old = self.now();
        let open: Vec<String> = locked(&self.open).keys().cloned().collect();
        let was: Vec<(Hash, Option<OutputPath>)> = open.iter().map(|path| self.seen(&old, path)).collect();
        let made = std::mem::take(&mut *locked(&old.made));
        let well = made.into_iter().filter(|(_, made)| made.problem.is_none());
        let shown: Vec<&OutputPath> = was.iter().filter_map(|(_, output)| output.as_ref()).collect();
        let mut before: HashMap<_, _> = well.filter(|(output, _)| shown.contains(&output)).collect();
        for (output, made) in old.before.iter().filter(|(output, _)| shown.contains(output)) {
            before.entry(output.clone()).or_insert_with(|| made.clone());
        }
        let number = old.number + 1;
        let mut changed = old.copied.clone();
        changed.extend(copied.map(|output| (output, number)));
        let next = Snapshot { number, build, problems, copied: changed, made: Mutex::default(), before };
        let next = Arc::new(next);
        let altered = open.iter().zip(&was).filter(|(path, (hash, _))| self.seen(&next, path).0 != *hash).count();
        self.now.send_replace(next);
        (open.len(), altered)
    }

    fn seen(&self, snapshot: &Arc<Snapshot>, path: &str) -> (Hash, Option<OutputPath>) {
        match self.answer(snapshot, path) {
            Answer::File(output, made) | Answer::Missing(Some((output, made))) => (made.hash, Some(output)),
            _ => (Hash::of(b""), None),
        }
    }

    /// What a browser that shows the page at `path` is to be told, if it has seen all copied files up to `since`.
    pub fn state(&self, snapshot: &Arc<Snapshot>, path: &str, since: u64) -> State {
        let mut problems = snapshot.problems.clone();
        let hash = match self.answer(snapshot, path) {
            Answer::File(_, made) | Answer::Missing(Some((_, made))) => {
                problems.extend(made.problem.clone());
                made.hash
            }
            _ => Hash::of(b""),
        };
        let copied = snapshot.copied.iter().filter(|(_, number)| **number > since);
        State {
            number: snapshot.number,
            hash: short(hash),
            problems,
            copied: copied.map(|(output, _)| output.to_string()).collect(),
        }
    }

    /// What is at a path, decoded and without a `/` in front.
    pub fn answer(&self, snapshot: &Arc<Snapshot>, path: &str) -> Answer {
        let outputs = &snapshot.build.outputs;
        if let Ok(url) = UrlPath::new(path) {
            if let Some((output, content)) = outputs.get_key_value(&url.output()) {
                return Answer::File(output.clone(), self.made(snapshot, output, content));
            }
            let folder = UrlPath::new(&format!("{url}/"));
            if !path.ends_with('/') && folder.is_ok_and(|folder| outputs.contains_key(&folder.output())) {
                return Answer::Folder;
            }
        }
        let language = path.split('/').next().unwrap_or_default();
        let own = [format!("{language}/404.html"), "404.html".into()];
        let found = own.iter().find_map(|name| outputs.get_key_value(&OutputPath::new(name).ok()?));
        Answer::Missing(found.map(|(output, content)| (output.clone(), self.made(snapshot, output, content))))
    }

    fn made(&self, snapshot: &Arc<Snapshot>, output: &OutputPath, content: &Content) -> Arc<Made> {
        // A copied file is read anew each time: it may be large, and nothing is saved by keeping it.
        let keep = !matches!(content, Content::Copied(_));
        if keep && let Some(made) = locked(&snapshot.made).get(output) {
            return made.clone();
        }
        let build = &snapshot.build;
        let made = match build.make(output, content) {
            Ok(bytes) => Made { hash: Hash::of(&bytes), bytes, problem: None },
            Err(diagnostic) => {
                let problem = Some(self.editor.problem(&diagnostic, build));
                (self.listener)(Notice::PageFailed(build.clone(), diagnostic));
                match snapshot.before.get(output) {
                    Some(before) => Made { bytes: before.bytes.clone(), hash: before.hash, problem },
                    None => Made { bytes: Arc::new([]), hash: Hash::of(b""), problem },
                }
            }
        };
        let made = Arc::new(made);
        if keep {
            let mut all = locked(&snapshot.made);
            if all.len() >= KEPT {
                all.clear();
            }
            all.insert(output.clone(), made.clone());
        }
        made
    }
}

/// A hash as browsers are told it.
pub(super) fn short(hash: Hash) -> String {
    hash.hex()[..16].to_owned()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A page that a browser shows.
pub(super) struct Open {
    live: Arc<Live>,
    pub path: String,
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut open = locked(&self.live.open);
        if let Some(count) = open.get_mut(&self.path) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.path);
            }
        }
    }
}
