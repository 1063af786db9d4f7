//! Where a number ends: digits of any base, a fraction, an exponent, a suffix.

use super::{Part, is_word};

/// The end of the number that begins at `start` with a digit.
pub(super) fn end(part: Part<'_>, start: usize) -> usize {
    let hexadecimal = part.byte(start) == b'0' && matches!(part.byte(start + 1), b'x' | b'X');
    let mut at = start;
    while at < part.end {
        let byte = part.byte(at);
        let next = part.byte(at + 1);
        match byte {
            b'.' if !next.is_ascii_digit() => break,
            // `1_000`, `0xff`, `10px`, `3f64`.
            b'.' | b'_' => at += 1,
            // `1'000` of C++.
            b'\'' if next.is_ascii_hexdigit() && part.byte(at + 2) != b'\'' && at > start => at += 1,
            b'e' | b'E' if !hexadecimal && matches!(next, b'+' | b'-') && part.byte(at + 2).is_ascii_digit() => at += 2,
            _ if is_word(byte) && byte.is_ascii() => at += 1,
            _ => break,
        }
    }
    at.max(start + 1)
}
