//! Numbers as printable text: small ones take one character, and no character needs an escape in a script.

/// How many digits end a number; the others say that more follow.
pub const ENDS: u32 = 64;
/// How many digits say that more follow.
const MORE: u32 = 26;

/// The digit of this value (at most 90): the printable characters from `#` on without `<` and the backslash, then the
/// blank, so that a text of digits stands in a quoted string, and inside HTML, as it is. `!` is left for borders; numbers
/// of [`push_number`] have no blank, which is a border between them.
pub const fn digit(value: u32) -> char {
    if value >= ENDS + MORE {
        return ' ';
    }
    let code = 35 + value;
    let code = if code >= 60 { code + 1 } else { code };
    let code = if code >= 92 { code + 1 } else { code };
    code as u8 as char
}

/// Appends a number: digits that say that more follow, highest first, then one that ends it (an (s,c)-dense code, with
/// 64 enders and 26 continuers: below 64 one character, below 1,728 two).
pub fn push_number(out: &mut String, number: u32) {
    let mut more = [0; 8];
    let mut count = 0;
    let mut rest = number / ENDS;
    while rest > 0 {
        rest -= 1;
        more[count] = rest % MORE;
        count += 1;
        rest /= MORE;
    }
    for value in more[..count].iter().rev() {
        out.push(digit(ENDS + value));
    }
    out.push(digit(number % ENDS));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<u32> {
        let (mut numbers, mut value) = (Vec::new(), 0);
        for c in text.chars() {
            let mut code = u32::from(c);
            code -= u32::from(code > 92);
            code -= u32::from(code > 60);
            let digit = code - 35;
            if digit < ENDS {
                numbers.push(value * ENDS + digit);
                value = 0;
            } else {
                value = value * MORE + digit - ENDS + 1;
            }
        }
        numbers
    }

    #[test]
    fn numbers_come_back() {
        let numbers: Vec<u32> = (0..3000).chain([43_000, 1_000_000, 268_435_455, u32::MAX]).collect();
        let mut text = String::new();
        for number in &numbers {
            push_number(&mut text, *number);
        }
        assert_eq!(read(&text), numbers);
        assert!(!text.contains(['<', '\\', '"', ' ', '!']));
    }

    #[test]
    fn small_numbers_are_short() {
        for (number, length) in [(0, 1), (63, 1), (64, 2), (1727, 2), (1728, 3)] {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text.len(), length, "{number}");
        }
    }
}
