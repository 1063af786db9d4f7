//! Which cells of a table hold numbers, so that their column can be lined up at its end.

/// What a cell says of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// A number with its unit: `12.5亿`, `-3.2%`, `约 3,000 万人`.
    Number,
    /// Nothing, or a dash for it.
    Nothing,
    /// Words.
    Words,
}

impl Cell {
    /// Reads the plain text of a cell.
    pub(super) fn of(text: &str) -> Self {
        let text = text.trim();
        if text.chars().all(|c| matches!(c, '-' | '–' | '—' | '－' | '…' | '/' | ' ')) {
            return Self::Nothing;
        }
        let sign = |c: char| " 约近超逾达共+-−±≥≤><≈¥￥$€".contains(c);
        let number = text.trim_start_matches(sign);
        let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let digits = &number[..number.len() - unit.len()];
        let begins = digits.starts_with(|c: char| c.is_ascii_digit()) && !digits.ends_with(['.', ',']);
        if begins && is_unit(unit) { Self::Number } else { Self::Words }
    }
}

/// A few characters without digits; letters of the alphabet only behind a space: `3D` is a word.
fn is_unit(text: &str) -> bool {
    /// 万亿立方米 and the like.
    const LONGEST: usize = 6;
    let unit = text.trim_start();
    let latin = unit.starts_with(|c: char| c.is_ascii_alphabetic());
    let end = |c: char| {
        c.is_alphanumeric() && !c.is_numeric() || matches!(c, '%' | '‰' | '°' | '℃' | '+' | '/' | '²' | '³' | '＋')
    };
    unit.chars().count() <= LONGEST && unit.chars().all(end) && (!latin || unit.len() < text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        for text in ["1", "-3.2%", "12.5亿", "约3,000 万人", "5 km", "8家", "500+"] {
            assert_ne!(Cell::of(text), Cell::Words, "{text}");
        }
        for text in ["3D打印", "2023年11月", "3~5天", "第1名", "a", "1.", "1、x", "100个国家级重点项目", "v1.2"]
        {
            assert_eq!(Cell::of(text), Cell::Words, "{text}");
        }
        assert_eq!((Cell::of("—"), Cell::of(" ")), (Cell::Nothing, Cell::Nothing));
    }
}
