//! Drawings by their source: a save in the development server draws only what changed, and a build nothing that the one
//! before it drew. It changes no output: what is remembered is what would be drawn again.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::Drawn;
use crate::source::Hash;

/// So many drawings are remembered.
const MOST: usize = 4096;

/// A drawing, and whether somebody asked for it since it was read from a file.
struct Known {
    drawn: Drawn,
    used: bool,
}

static KNOWN: LazyLock<Mutex<HashMap<Hash, Known>>> = LazyLock::new(Mutex::default);

/// Drawings in a file.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// The version that drew them; another one may draw otherwise.
    version: String,
    /// Each by the hash of its source.
    drawings: BTreeMap<String, Arc<str>>,
}

/// The drawing of a source, or what `draw` makes of it.
pub(super) fn remembered(source: &str, draw: impl FnOnce() -> Drawn) -> Drawn {
    let key = Hash::of(source.as_bytes());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known().get_mut(&key) {
        known.used = true;
        return known.drawn.clone();
    }
    let drawn = draw();
    let mut known = known();
    if known.len() >= MOST {
        known.clear();
    }
    known.insert(key, Known { drawn: drawn.clone(), used: true });
    drawn
}

/// Takes drawings from the bytes that [`stored`] gave; those of another version, and what is none, are left alone.
pub fn recall(bytes: &[u8]) {
    let Ok(stored) = serde_json::from_slice::<Stored>(bytes) else { return };
    if stored.version != env!("CARGO_PKG_VERSION") {
        return;
    }
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    for (key, drawing) in stored.drawings.into_iter().take(MOST) {
        if let Some(key) = Hash::from_hex(&key) {
            known.entry(key).or_insert(Known { drawn: Ok(drawing), used: false });
        }
    }
}

/// Every drawing that this program was asked for, for [`recall`]; none if there is none.
pub fn stored() -> Option<Vec<u8>> {
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let used = known.iter().filter(|(_, known)| known.used);
    let drawings: BTreeMap<_, _> =
        used.filter_map(|(key, known)| Some((key.hex(), known.drawn.as_ref().ok()?.clone()))).collect();
    let stored = Stored { version: env!("CARGO_PKG_VERSION").to_owned(), drawings };
    if stored.drawings.is_empty() { None } else { serde_json::to_vec(&stored).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stored_is_not_drawn_again() {
        let (source, other) = ("flowchart LR\nwhat_was --> stored", "flowchart LR\nwhat_was --> not");
        let stored = |version: &str| {
            let drawings = BTreeMap::from([(Hash::of(source.as_bytes()).hex(), Arc::from("<svg>kept</svg>"))]);
            serde_json::to_vec(&Stored { version: version.to_owned(), drawings }).unwrap()
        };
        let drawn = |source| remembered(source, || Ok("<svg>new</svg>".into())).unwrap();
        recall(b"[]");
        recall(&stored("0.0.0"));
        assert!(!KNOWN.lock().unwrap().contains_key(&Hash::of(source.as_bytes())));
        recall(&stored(env!("CARGO_PKG_VERSION")));
        assert_eq!(&*drawn(source), "<svg>kept</svg>");
        assert_eq!(&*drawn(other), "<svg>new</svg>");
        let all = String::from_utf8(super::stored().unwrap()).unwrap();
        assert!(all.contains("kept") && all.contains("new"));
    }
}
