//! The name that was meant by one that is not there.

use std::cell::Cell;

/// How many more mistakes are told what was meant. Every name of the site is looked at for each, and where thousands are
/// wrong, as after a folder was renamed, nobody reads one by one.
#[derive(Debug)]
pub struct Suggestions(Cell<usize>);

impl Default for Suggestions {
    /// A hundred, as many as a terminal shows.
    fn default() -> Self {
        Self(Cell::new(100))
    }
}

impl Suggestions {
    /// What `find` finds, for the first mistakes that ask; none for the others.
    pub fn find<T>(&self, find: impl FnOnce() -> T) -> Option<T> {
        self.0.set(self.0.get().checked_sub(1)?);
        Some(find())
    }

    /// What `read` says, where no mistake asks.
    pub fn without<T>(&self, read: impl FnOnce() -> T) -> T {
        let left = self.0.replace(0);
        let said = read();
        self.0.set(left);
        said
    }
}

/// The sentence "did you mean `x`?" for the nearest of `names`; none if nothing is near.
pub fn did_you_mean<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, names).map(|name| format!("did you mean `{name}`?"))
}

/// The name that was most likely meant: at most a third of the word, and one letter at least, differs. Of names that are
/// equally near it is the first one by its characters, whatever their order.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Names::new(names).near(word).min().map(|(_, name)| *name)
}

/// Names that many words are compared with.
#[derive(Debug)]
pub struct Names<S>(Vec<(Letters, S)>);

impl<S: AsRef<str>> Names<S> {
    /// These names.
    pub fn new(names: impl IntoIterator<Item = S>) -> Self {
        Self(names.into_iter().map(|name| (letters(name.as_ref()), name)).collect())
    }

    /// Those of which at most a third of a word, and one letter at least, differs, each with how many letters do.
    pub fn near(&self, word: &str) -> impl Iterator<Item = (usize, &S)> {
        let lower = word.to_lowercase();
        let (own, limit) = (letters(word), (word.chars().count() / 3).max(1));
        // A letter more or less is one letter's count, another letter is two, and two that changed places are none. Most
        // names of a site differ in far more, which is known long before the distance is.
        let likely = self.0.iter().filter(move |(letters, _)| apart(&own, letters) <= 2 * limit);
        likely
            .map(move |(_, name)| (strsim::damerau_levenshtein(&lower, &name.as_ref().to_lowercase()), name))
            .filter(move |(distance, _)| *distance <= limit)
    }
}

/// How often letters stand in a text, small ones and capitals alike; some letters are counted together.
type Letters = [u8; 32];

fn letters(text: &str) -> Letters {
    let mut counts = Letters::default();
    for c in text.chars().flat_map(char::to_lowercase) {
        let count = &mut counts[c as usize % counts.len()];
        *count = count.saturating_add(1);
    }
    counts
}

/// In how many counts two texts differ.
fn apart(one: &Letters, other: &Letters) -> usize {
    one.iter().zip(other).map(|(one, other)| usize::from(one.abs_diff(*other))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_nearest_name_is_near() {
        assert_eq!(nearest("wieght", ["height", "weight", "date"]), Some("weight"));
        assert_eq!(nearest("colour", ["weight", "date"]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_near_name_is_passed_over(word in "[a-cA-C研究ßİ]{0,9}", names in prop::collection::vec("[a-cA-C研究ßİ]{0,9}", 0..8)) {
            let limit = (word.chars().count() / 3).max(1);
            let far = |name: &str| strsim::damerau_levenshtein(&word.to_lowercase(), &name.to_lowercase());
            let all = names.iter().map(|name| (far(name), name.as_str()));
            let wanted = all.filter(|(distance, _)| *distance <= limit).min().map(|(_, name)| name);
            prop_assert_eq!(nearest(&word, names.iter().map(String::as_str)), wanted);
        }
    }
}
