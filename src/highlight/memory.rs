//! The colours of the blocks of code that were met lately: one that many pages show is read once, by whichever thread
//! meets it first. It changes no output: what is remembered is what [`tokens`] would find again.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{Language, Token, tokens};

/// So many bytes of code are remembered, with about four times as much of what was found in them.
const MOST: usize = 2 << 20;
/// Longer texts are hardly met twice.
const LONGEST: usize = 64 << 10;

/// What was found in texts, by the title of their language.
#[derive(Default)]
struct Memory {
    bytes: usize,
    known: FxHashMap<&'static str, FxHashMap<Box<str>, Arc<[Token]>>>,
}

static MEMORY: LazyLock<Mutex<Memory>> = LazyLock::new(Mutex::default);

/// What [`tokens`] finds, unless it is known already.
pub fn remembered(text: &str, language: &'static Language) -> Arc<[Token]> {
    if text.len() > LONGEST {
        return tokens(text, language).into();
    }
    let memory = || MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    let known = memory().known.get(language.title).and_then(|known| known.get(text)).cloned();
    known.unwrap_or_else(|| {
        let found: Arc<[Token]> = tokens(text, language).into();
        let mut memory = memory();
        if memory.bytes + text.len() > MOST {
            *memory = Memory::default();
        }
        memory.bytes += text.len();
        memory.known.entry(language.title).or_default().insert(text.into(), found.clone());
        found
    })
}

#[cfg(test)]
mod tests {
    use super::super::language;
    use super::*;

    #[test]
    fn the_same_text_in_two_languages_is_two_texts() {
        let text = "fn a() { return 1 } # b";
        for name in ["rust", "python", "rust", "python"] {
            let language = language(name).unwrap();
            assert_eq!(*remembered(text, language), *tokens(text, language), "{name}");
        }
        let (rust, python) = (language("rust").unwrap(), language("python").unwrap());
        assert_ne!(*remembered(text, rust), *remembered(text, python));
        assert!(Arc::ptr_eq(&remembered(text, rust), &remembered(text, rust)));
    }
}
