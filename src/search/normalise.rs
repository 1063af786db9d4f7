//! The one form in which words are indexed and looked for; `search-normalise.js` in the theme does the same.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text as it is searched: compatibility forms unified (NFKC, Unicode Standard Annex 15), lower case, traditional
/// characters simplified one by one, invisible characters dropped, white space collapsed.
///
/// A line feed parts two blocks and stays; other white space becomes one blank, and none at all beside Chinese or
/// Japanese characters, where blanks part no words.
pub fn normalise(text: &str) -> String {
    let mut out = Folded { text: String::with_capacity(text.len()), last: '\n', pending: None };
    let mut rest = text;
    let mut segment = String::new();
    loop {
        rest = out.simple(rest);
        let mut characters = rest.char_indices().filter(|(_, c)| !is_ignored(*c));
        let Some((_, first)) = characters.next() else { return out.text };
        segment.clear();
        segment.push(first);
        let mut end = rest.len();
        for (at, next) in characters {
            if !continues(next) {
                end = at;
                break;
            }
            segment.push(next);
        }
        segment.nfkc().for_each(|c| out.lower(c));
        rest = &rest[end..];
    }
}

/// Text on its way into normal form.
struct Folded {
    text: String,
    last: char,
    pending: Option<char>,
}

impl Folded {
    /// Takes ASCII and Chinese characters, which are most of any text, up to one that may combine with what follows it,
    /// or that is none of these; returns what it did not take.
    fn simple<'t>(&mut self, text: &'t str) -> &'t str {
        let simple = |c: char| c.is_ascii() || HAN.contains(&c);
        let mut rest = text;
        loop {
            let run = rest.bytes().take_while(u8::is_ascii_graphic).count();
            let mut following = rest[run..].chars();
            let next = following.next();
            if run > 0 {
                let taken = run - usize::from(next.is_some_and(|next| !simple(next)));
                self.letters(&rest[..taken]);
                rest = &rest[taken..];
                if taken < run {
                    return rest;
                }
                continue;
            }
            match next {
                Some(c) if c.is_ascii() => self.push(c),
                Some(c) if HAN.contains(&c) && following.clone().next().is_none_or(simple) => {
                    self.visible(simplified(c))
                }
                _ => return rest,
            }
            rest = following.as_str();
        }
    }

    /// Appends ASCII characters without a blank among them.
    fn letters(&mut self, letters: &str) {
        let mut bytes = letters.chars();
        if let Some(first) = bytes.next() {
            self.visible(first.to_ascii_lowercase());
            let from = self.text.len();
            self.text.push_str(bytes.as_str());
            self.text[from..].make_ascii_lowercase();
            self.last = letters.chars().next_back().map_or(self.last, |last| last.to_ascii_lowercase());
        }
    }

    fn lower(&mut self, c: char) {
        for c in c.to_lowercase().filter(|c| !is_ignored(*c)) {
            // The two forms of the Greek sigma are one letter.
            self.push(simplified(if c == 'ς' { 'σ' } else { c }));
        }
    }

    fn push(&mut self, c: char) {
        if is_line_end(c) {
            self.pending = Some('\n');
        } else if is_blank(c) {
            self.pending = self.pending.or(Some(' '));
        } else {
            self.visible(c);
        }
    }

    /// Appends a character that is neither a blank nor the end of a line.
    fn visible(&mut self, c: char) {
        match self.pending.take() {
            Some('\n') if !self.text.is_empty() => self.text.push('\n'),
            Some(' ') if self.last != '\n' && !is_tight(self.last) && !is_tight(c) => self.text.push(' '),
            _ => {}
        }
        self.text.push(c);
        self.last = c;
    }
}

/// The simplified form of a traditional character, else itself: `simplified.txt`, made from the variants that Unicode's
/// Unihan database states (kSimplifiedVariant, and kZVariant and kSemanticVariant of what has none of its own).
pub fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    if !(FIRST_HAN..=LAST_HAN).contains(&c) {
        return c;
    }
    let place = |c: char| (u32::from(c) - u32::from(FIRST_HAN)) as usize;
    let table = TABLE.get_or_init(|| {
        let mut table: Vec<char> = (FIRST_HAN..=LAST_HAN).collect();
        for (from, to) in pairs().filter(|(from, _)| (FIRST_HAN..=LAST_HAN).contains(from)) {
            table[place(from)] = to;
        }
        table
    });
    table.get(place(c)).copied().unwrap_or(c)
}

/// The Chinese characters that most texts are written with.
const HAN: RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// The first and the last character that the table may hold.
const FIRST_HAN: char = '\u{3400}';
const LAST_HAN: char = '\u{9fff}';

/// Every traditional character whose simplified form is another one, with that form, in order.
pub fn pairs() -> impl Iterator<Item = (char, char)> {
    let mut characters = include_str!("simplified.txt").chars().filter(|c| *c != '\n');
    std::iter::from_fn(move || Some((characters.next()?, characters.next()?)))
}

/// Whether the character joins the one before it in NFKC: marks, and the vowels and finals of Hangul.
fn continues(c: char) -> bool {
    c >= '\u{300}'
        && !HAN.contains(&c)
        && (matches!(c, '\u{1160}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ff9e}'..='\u{ffdc}')
            || is_combining_mark(c))
}

/// Whether the character is not seen and parts nothing: soft hyphens, zero-width and direction marks, variation
/// selectors, tags.
fn is_ignored(c: char) -> bool {
    c >= '\u{ad}'
        && !HAN.contains(&c)
        && matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Whether blanks beside the character part no words: Chinese characters, kana, bopomofo.
fn is_tight(c: char) -> bool {
    c >= '\u{2e80}'
        && matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}'
        | '\u{3031}'..='\u{3035}' | '\u{3041}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether the character belongs to a script that is written without blanks, so that pairs of characters are its
/// terms: Chinese, Japanese, Hangul, Thai, Lao, Burmese, Khmer.
pub fn is_wide(c: char) -> bool {
    c >= '\u{e00}'
        && (HAN.contains(&c)
            || is_tight(c)
            || matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7af}'))
}

/// Whether the character belongs to a word of a script that parts its words.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_and_by_segments_are_one() {
        // Segments may be normalised alone only if nothing composes across their borders.
        let interesting = "eㅏ가\u{1161}\u{11a8}\u{ffc2}ﾞかカ\u{3099}\u{301}\u{327}\u{1100}ᄀㄱﾡ";
        for a in (0x20..0x1_2000).filter_map(char::from_u32).filter(|c| !is_ignored(*c)) {
            for b in interesting.chars() {
                let (pair, apart) = ([a, b], [a, b].iter().map(|c| c.nfkc().collect::<String>()).collect::<String>());
                if !continues(b) {
                    assert_eq!(pair.iter().copied().nfkc().collect::<String>(), apart, "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn blanks_beside_han_go_and_lines_stay() {
        assert_eq!(normalise(" AI　芯片 \n\n 基础 研究 a  b "), "ai芯片\n基础研究a b");
    }
}
