//! Which characters are Chinese, Japanese or Korean, and which of them are wide.

/// A CJK character in the sense of the markdown-cjk-friendly specification: East Asian Width W, F or H (Unicode Standard
/// Annex 11) without the emoji, and Hangul.
pub(super) fn is_cjk(c: char) -> bool {
    c as u32 >= 0x1100
        && matches!(c as u32,
            0x1100..=0x11FF // Hangul Jamo
            | 0x20A9 | 0x2329..=0x232A
            | 0x2630..=0x2637 | 0x268A..=0x268F
            | 0x2E80..=0x33FF // radicals, punctuation, kana, bopomofo, enclosed
            | 0x3400..=0xA4CF // ideographs, hexagrams, Yi
            | 0xA960..=0xA97F | 0xAC00..=0xD7FF // Hangul
            | 0xF900..=0xFAFF // compatibility ideographs
            | 0xFE10..=0xFE19 | 0xFE30..=0xFE6F // vertical and small forms
            | 0xFF01..=0xFFEE // full and half width forms
            | 0x16FE0..=0x18DFF | 0x1AFF0..=0x1B2FF // Tangut, Khitan, Nüshu, kana
            | 0x1D300..=0x1D37F
            | 0x1F200..=0x1F202 | 0x1F210..=0x1F23B | 0x1F240..=0x1F248 | 0x1F250..=0x1F251
            | 0x20000..=0x3FFFD)
}

/// A CJK character that is wide and not Hangul: Korean puts spaces between its words.
pub(super) fn is_wide(c: char) -> bool {
    is_cjk(c)
        && !matches!(c as u32,
            0x1100..=0x11FF | 0x20A9 | 0x3131..=0x318E | 0x3200..=0x321E | 0x3260..=0x327E
            | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xFFA0..=0xFFDC)
}

/// Punctuation of Chinese text whose width depends on the font: quotation marks, dashes, the ellipsis, the middle dot.
pub(super) fn is_ambiguous_punctuation(c: char) -> bool {
    matches!(c, '\u{2014}' | '\u{2018}'..='\u{2019}' | '\u{201C}'..='\u{201D}' | '\u{2026}' | '\u{00B7}')
}

/// Punctuation that ends a bare URL in Chinese text.
pub(super) fn is_cjk_punctuation(c: char) -> bool {
    is_ambiguous_punctuation(c)
        || matches!(c as u32,
            0x3000..=0x3004 | 0x3008..=0x3020 | 0x3030 | 0x303D | 0x30FB
            | 0xFE10..=0xFE19 | 0xFE30..=0xFE6F
            | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65)
}

/// A character that is read and counted one by one: Han or kana.
pub(super) fn is_counted(c: char) -> bool {
    matches!(c as u32,
        0x3005..=0x3007 | 0x3021..=0x3029 | 0x3041..=0x30FA | 0x30FC..=0x3130 | 0x31A0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_is_not_wide_and_curly_quotes_are_not_cjk() {
        assert!(is_wide('中') && is_wide('。') && is_wide('（') && is_wide('ア'));
        assert!(is_cjk('한') && !is_wide('한'));
        assert!(!is_cjk('“') && is_ambiguous_punctuation('“'));
        assert!(!is_cjk('é') && !is_cjk('😀') && !is_counted('。'));
    }
}
