//! Corpora that are the same on every machine: pages of words that are put together from the characters of real texts, and
//! pages that read nearly as those texts do.
#![allow(dead_code, reason = "each program uses its own part")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

#[path = "numbers.rs"]
mod numbers;

pub use numbers::Numbers;

const SYLLABLES: [&str; 48] = [
    "in", "no", "va", "tion", "re", "search", "con", "ver", "pro", "ject", "ma", "ter", "ial", "en", "er", "gy", "bi",
    "o", "lo", "gic", "al", "net", "work", "ser", "vice", "com", "pa", "ny", "fi", "nance", "in", "vest", "ment",
    "uni", "ci", "ty", "mar", "ket", "pi", "lot", "base", "in", "cu", "ba", "tor", "ta", "lent", "fund",
];

/// The words of a language: two or three characters, or a few syllables; the first are the most common.
pub struct Words {
    han: Vec<String>,
    latin: Vec<String>,
}

impl Words {
    /// Words of the Chinese characters of some texts: the more common a character is there, the more words have it.
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        for c in texts.flat_map(str::chars).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) {
            *counts.entry(c).or_default() += 1;
        }
        let mut all: Vec<(usize, char)> = counts.into_iter().map(|(c, count)| (usize::MAX - count, c)).collect();
        all.sort_unstable();
        let mut numbers = Numbers::new(7);
        let han = (0..8_000).map(|_| {
            let length = if numbers.below(4) == 0 { 3 } else { 2 };
            (0..length).map(|_| all[numbers.common(all.len())].1).collect()
        });
        let han: Vec<String> = han.collect();
        let latin = (0..4_000).map(|_| {
            let length = 1 + numbers.below(3);
            (0..=length).map(|_| SYLLABLES[numbers.below(SYLLABLES.len())]).collect()
        });
        Self { han, latin: latin.collect() }
    }
}

impl Words {
    fn sentence(&self, numbers: &mut Numbers, english: bool, words: usize) -> String {
        let mut text = String::new();
        for at in 0..words {
            if english {
                let word = &self.latin[numbers.common(self.latin.len())];
                let _ = write!(text, "{}{word}", if at > 0 { " " } else { "" });
            } else {
                text.push_str(&self.han[numbers.common(self.han.len())]);
                if at + 1 < words && at % 6 == 5 {
                    text.push('，');
                }
            }
        }
        text
    }

    /// A title of a few words, one of them rare.
    fn title(&self, numbers: &mut Numbers, english: bool) -> String {
        let all = if english { &self.latin } else { &self.han };
        let mut words = vec![all[numbers.below(all.len())].as_str()];
        for _ in 0..2 + numbers.below(2) {
            words.push(&all[numbers.common(all.len())]);
        }
        words.join(if english { " " } else { "" })
    }

    /// The text of a page of about this many characters: a title, sections of paragraphs.
    pub fn page(&self, number: usize, characters: usize, english: bool) -> (String, String) {
        let mut numbers = Numbers::new(number as u64 + 1);
        let title = self.title(&mut numbers, english);
        let end = if english { ". " } else { "。" };
        let mut text = String::new();
        let mut length = 0;
        while length < characters {
            let heading = self.title(&mut numbers, english);
            let _ = write!(text, "## {heading}\n\n");
            length += heading.chars().count();
            for _ in 0..3 {
                for _ in 0..3 {
                    let words = 8 + numbers.below(10);
                    let sentence =
                        self.sentence(&mut numbers, english, words.min(1 + (characters.saturating_sub(length)) / 2));
                    length += sentence.chars().count();
                    text.push_str(&sentence);
                    text.push_str(end);
                }
                text.push_str("\n\n");
                if length >= characters {
                    break;
                }
            }
        }
        (title, text)
    }

    /// The files of a site of pages of about two thousand characters; every `english`th page is English, none for 0.
    pub fn files(&self, pages: usize, english: usize) -> Vec<(String, String)> {
        let mut files = vec![("content/_index.md".to_owned(), "---\ntitle: 首页\n---\n".to_owned())];
        for number in 0..pages {
            let (title, text) = self.page(number, 2_000, english > 0 && number % english == 0);
            files.push((
                format!("content/s{}/p{number}.md", number / 50),
                format!("---\ntitle: {title}\n---\n\n{text}"),
            ));
        }
        files
    }
}

/// Text that goes on, at every place, as some real text goes on behind the same characters or words.
pub struct Prose {
    parts: Vec<String>,
    next: BTreeMap<[usize; 2], Vec<usize>>,
    english: bool,
}

impl Prose {
    /// What can follow what in these texts: characters in Chinese ones, words in English ones.
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>, english: bool) -> Self {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut prose = Self { parts: vec![], next: BTreeMap::new(), english };
        for line in texts.flat_map(str::lines).filter(|line| line.chars().count() > 30) {
            let parts: Vec<String> = match english {
                true => line.split_whitespace().map(str::to_owned).collect(),
                false => line.chars().map(String::from).collect(),
            };
            let mut before = [usize::MAX; 2];
            for part in parts {
                let number = *numbers.entry(part.clone()).or_insert_with(|| {
                    prose.parts.push(part);
                    prose.parts.len() - 1
                });
                prose.next.entry(before).or_default().push(number);
                before = [before[1], number];
            }
        }
        prose
    }

    /// About this many characters or words, up to the end of a sentence.
    pub fn text(&self, numbers: &mut Numbers, length: usize) -> String {
        let mut text = String::new();
        let mut before = [usize::MAX; 2];
        for at in 0..length * 2 {
            let next = self.next.get(&before).unwrap_or(&self.next[&[usize::MAX; 2]]);
            let number = next[numbers.below(next.len())];
            if self.english && at > 0 {
                text.push(' ');
            }
            text.push_str(&self.parts[number]);
            before = [before[1], number];
            if at >= length && text.ends_with(['。', '.']) {
                break;
            }
        }
        text
    }

    /// A title of a few words in a row.
    pub fn title(&self, numbers: &mut Numbers) -> String {
        let text = self.text(numbers, 60);
        match self.english {
            true => text.split(' ').skip(3).take(5).collect::<Vec<_>>().join(" "),
            false => text.chars().filter(|c| c.is_alphanumeric()).skip(4).take(9).collect(),
        }
        .replace(['"', ':', '\\', '#', '[', ']', '`'], "")
    }

    /// The files of a site of pages of about two thousand characters, with their titles and texts.
    pub fn pages(&self, count: usize) -> Vec<(String, String, String)> {
        let page = |number: usize| {
            let mut numbers = Numbers::new(number as u64 + 99);
            let title = self.title(&mut numbers);
            let mut text = String::new();
            for _ in 0..5 {
                let _ = write!(text, "## {}\n\n", self.title(&mut numbers));
                for _ in 0..2 {
                    let _ = write!(text, "{}\n\n", self.text(&mut numbers, if self.english { 60 } else { 200 }));
                }
            }
            (format!("content/s{}/p{number}.md", number / 50), title, text.replace(['<', '[', '*', '_', '`'], ""))
        };
        (0..count).map(page).collect()
    }
}
