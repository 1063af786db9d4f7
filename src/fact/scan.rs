//! A written text read from left to right, its full-width and typographic signs made plain.

use std::ops::Range;

/// A place in a text. Words match in any ASCII case and never end inside a longer ASCII word.
pub(super) struct Scan<'t> {
    text: &'t str,
    /// Where each character begins, and the character made plain.
    chars: Vec<(usize, char)>,
    next: usize,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let chars = text.char_indices().map(|(at, char)| (at, plain(char))).collect();
        let mut scan = Self { text, chars, next: 0 };
        scan.skip_space();
        scan
    }

    /// The next character made plain.
    pub(super) fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    /// The character `ahead` places after the next.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.next + ahead).map(|(_, char)| *char)
    }

    /// Goes past one character.
    pub(super) fn advance(&mut self) {
        self.next = (self.next + 1).min(self.chars.len());
    }

    pub(super) fn skip_space(&mut self) {
        while self.peek() == Some(' ') {
            self.next += 1;
        }
    }

    /// The byte where the next character begins.
    pub(super) fn here(&self) -> usize {
        self.chars.get(self.next).map_or(self.text.len(), |(at, _)| *at)
    }

    /// The bytes from `start` to here, without the white space at the end.
    pub(super) fn since(&self, start: usize) -> Range<usize> {
        let text = self.text.get(start..self.here()).unwrap_or_default();
        start..start + text.trim_end().len()
    }

    /// The bytes of everything that is left.
    pub(super) fn left(&self) -> Range<usize> {
        let here = self.here();
        here..here + self.rest().len()
    }

    /// The text that is left, as written, without the white space at its end.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.here()..).unwrap_or_default().trim_end()
    }

    /// Everything that is left, made plain, without the white space at its end.
    pub(super) fn plain(&self) -> String {
        let left: String = self.chars.iter().skip(self.next).map(|(_, char)| *char).collect();
        left.trim_end().to_owned()
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    /// How many characters `word` takes here; none if it does not stand here.
    pub(super) fn length_of(&self, word: &str) -> Option<usize> {
        let mut length = 0;
        for char in word.chars() {
            let here = self.peek_at(length)?;
            if !here.eq_ignore_ascii_case(&char) {
                return None;
            }
            length += 1;
        }
        let inside = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphabetic());
        let cut = inside(word.chars().next_back()) && inside(self.peek_at(length));
        (length > 0 && !cut).then_some(length)
    }

    /// Whether `word` stands here in just this case.
    pub(super) fn is_exactly(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(ahead, char)| self.peek_at(ahead) == Some(char))
    }

    /// Goes past so many characters and the white space after them.
    pub(super) fn take(&mut self, length: usize) {
        self.next = (self.next + length).min(self.chars.len());
        self.skip_space();
    }

    /// The meaning of the longest of these words that stands here, and goes past it.
    pub(super) fn eat<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().filter_map(|(word, meaning)| Some((self.length_of(word)?, *meaning)));
        let (length, meaning) = found.max_by_key(|(length, _)| *length)?;
        self.take(length);
        Some(meaning)
    }
}

/// The meaning of a text that is one of these words as a whole.
pub(super) fn whole<T: Copy>(text: &str, words: &[(&str, T)]) -> Option<T> {
    let mut scan = Scan::new(text);
    let meaning = scan.eat(words)?;
    scan.is_done().then_some(meaning)
}

/// One character as its plain form; always one for one, so that places stay true.
fn plain(char: char) -> char {
    match char {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(char as u32 - 0xFEE0).unwrap_or(char),
        '\u{2212}' => '-',
        '\u{2012}' | '\u{2013}' | '\u{2014}' => '–',
        '\u{301C}' => '~',
        '\u{FFE5}' => '¥',
        char if char.is_whitespace() => ' ',
        char => char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_whole_and_longest() {
        let words = [("more", 1), ("more than", 2), ("万", 3), ("万亿", 4)];
        let mut scan = Scan::new(" More than 万亿 moreover");
        assert_eq!(scan.eat(&words), Some(2));
        assert_eq!(scan.eat(&words), Some(4));
        assert_eq!(scan.eat(&words), None);
        assert_eq!(scan.left(), 18..26);
    }

    #[test]
    fn full_width_is_plain_and_places_stay() {
        let mut scan = Scan::new("１％x");
        assert_eq!(scan.peek(), Some('1'));
        scan.advance();
        assert_eq!((scan.peek(), scan.here()), (Some('%'), 3));
    }
}
