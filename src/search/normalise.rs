//! The one form in which words are indexed and looked for; `search-normalise.js` in the theme does the same.

use std::ops::RangeInclusive;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

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
    while !rest.is_empty() {
        rest = out.alone(rest);
        rest = out.together(rest);
    }
    out.text
}

/// Text on its way into normal form.
struct Folded {
    text: String,
    last: char,
    pending: Option<char>,
}

impl Folded {
    /// Takes characters that have nothing to do with their neighbours, which are nearly all of any text, up to one that
    /// may belong together with what follows it; returns what it did not take.
    fn alone<'t>(&mut self, text: &'t str) -> &'t str {
        let form = |c: char| u16::try_from(u32::from(c)).ok().map(alone).filter(|form| *form != 0);
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let run = unchanged(rest);
            let after = &rest[run.len().max(c.len_utf8())..];
            let free = after.chars().next().is_none_or(|next| form(next).is_some());
            match form(c).filter(|_| free) {
                _ if run.len() > c.len_utf8() && !free => {
                    let last = run.chars().next_back().map_or(0, char::len_utf8);
                    self.copy(&run[..run.len() - last]);
                    return &rest[run.len() - last..];
                }
                Some(_) if !run.is_empty() => self.copy(run),
                Some(form) => self.push(char::from_u32(u32::from(form)).unwrap_or(c)),
                None => return rest,
            }
            rest = after;
        }
        ""
    }

    /// Takes a character with those that may combine with it; returns what follows.
    fn together<'t>(&mut self, text: &'t str) -> &'t str {
        let mut characters = text.char_indices().filter(|(_, c)| !is_ignored(*c));
        let Some((_, first)) = characters.next() else { return "" };
        let mut segment = String::from(first);
        let mut end = text.len();
        for (at, next) in characters {
            if !continues(next) {
                end = at;
                break;
            }
            segment.push(next);
        }
        folded(&segment).for_each(|c| self.push(c));
        &text[end..]
    }

    /// Appends a text as it is, which begins with no blank.
    fn copy(&mut self, text: &str) {
        let mut characters = text.chars();
        if let Some(first) = characters.next() {
            self.visible(first);
            self.last = characters.clone().next_back().unwrap_or(first);
            self.text.push_str(characters.as_str());
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

/// The normal form of characters that combine with no others, without regard to blanks.
fn folded(segment: &str) -> impl Iterator<Item = char> {
    let lower = segment.nfkc().flat_map(char::to_lowercase).filter(|c| !is_ignored(*c));
    // The two forms of the Greek sigma are one letter.
    lower.map(|c| simplified(if c == 'ς' { 'σ' } else { c }))
}

/// What a character of the Basic Multilingual Plane becomes if that is one character, whatever stands beside it, blanks and
/// line feeds among them; 0 for those that only [`Folded::together`] knows what to do with. Each is worked out once.
pub fn alone(code: u16) -> u16 {
    // The complement, so that 0 is what nobody has asked for.
    static FORMS: [AtomicU16; 0x1_0000] = [const { AtomicU16::new(0) }; 0x1_0000];
    let place = &FORMS[usize::from(code)];
    match place.load(Relaxed) {
        0 => {
            let form = char::from_u32(code.into()).and_then(form).and_then(|form| u16::try_from(u32::from(form)).ok());
            place.store(!form.unwrap_or(0), Relaxed);
            form.unwrap_or(0)
        }
        known => !known,
    }
}

/// The code of a character of three bytes of UTF-8.
pub fn code([a, b, c]: &[u8; 3]) -> u16 {
    u16::from(*a) << 12 | u16::from(b & 0x3f) << 6 | u16::from(c & 0x3f)
}

/// The characters that a text begins with, those of three bytes or words of ASCII with single blanks between them, that
/// stay as they are.
fn unchanged(text: &str) -> &str {
    let bytes = text.as_bytes();
    if matches!(bytes.first(), Some(0xe0..=0xef)) {
        let stays = |bytes: &&[u8; 3]| bytes[0] >> 4 == 0xe && alone(code(bytes)) == code(bytes);
        return &text[..3 * bytes.as_chunks().0.iter().take_while(stays).count()];
    }
    let mut before = b' ';
    let stays = |byte: &&u8| {
        let blanks = [std::mem::replace(&mut before, **byte), **byte] == [b' '; 2];
        matches!(byte, b' '..=b'@' | b'['..=b'~') && !blanks
    };
    text[..bytes.iter().take_while(stays).count()].trim_end_matches(' ')
}

/// One entry of [`alone`].
fn form(c: char) -> Option<char> {
    if (FIRST_HAN..=LAST_HAN).contains(&c) {
        return Some(simplified(c));
    }
    let mut own = [0; 4];
    let mut forms = folded(c.encode_utf8(&mut own)).filter(|_| !is_ignored(c) && !continues(c));
    let form = forms.next().filter(|_| forms.next().is_none())?;
    Some(if is_line_end(form) {
        '\n'
    } else if is_blank(form) {
        ' '
    } else {
        form
    })
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
pub fn is_tight(c: char) -> bool {
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
    // The stops of Chinese are known without the tables.
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' => false,
        _ => c.is_alphanumeric() || is_combining_mark(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The normal form as it is defined, of the whole text at once.
    fn plain(text: &str) -> String {
        let seen: String = text.chars().filter(|c| !is_ignored(*c)).collect();
        let mut out = Folded { text: String::new(), last: '\n', pending: None };
        folded(&seen).for_each(|c| out.push(c));
        out.text
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_taken_alone_changes_nothing(
            parts in prop::collection::vec(prop_oneof![
                4 => "[一-龥國學]{1,5}",
                4 => "[a-zA-Z0-9]{1,5}",
                4 => "[ \t\r\n\u{b}\u{85}\u{a0}\u{3000}\u{2028}\u{200b}\u{ad}\u{fe0f}\u{1}]{1,2}",
                2 => "[，。（）：；！？“”—…《》、「」.,;-]{1,2}",
                2 => "[ぁ-ヿ｡-ﾟㄱ-ㆎ가-힣ᄀ-ᇿ]{1,3}",
                2 => "[\u{300}-\u{36f}\u{302a}-\u{302f}\u{3099}\u{309a}]{1,2}",
                2 => "[À-ӿΣσςẞİﬁ㎏①Ａ-ｚ⼀-⿕]{1,3}",
                1 => "\\PC{1,3}",
            ], 0..12)
        ) {
            let text = parts.concat();
            prop_assert_eq!(normalise(&text), plain(&text));
        }
    }

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
