//! What a start tag has in common with others: all of it but the values of `id` and `href`, of which a page has many
//! that no other page has, and whose characters make no difference to how a tag is made smaller.

use std::borrow::Cow;
use std::ops::Range;

/// What stands for a value in a shape.
pub(super) const STANDS: [&str; 2] = ["zq0zv", "zq1zv"];

/// The attributes whose values are left out. What minify-html makes of others hangs on what they say.
const LEFT_OUT: [&[u8]; 2] = [b" id", b" href"];

/// A start tag as it is written.
pub(super) struct Shape {
    /// Its length.
    pub length: usize,
    /// The values that are left out.
    values: [Option<Range<usize>>; 2],
}

impl Shape {
    /// The tag with [`STANDS`] in place of the values that are left out.
    pub fn of<'t>(&self, tag: &'t str) -> Cow<'t, str> {
        if self.values[0].is_none() {
            return Cow::Borrowed(tag);
        }
        let mut shape = String::with_capacity(tag.len());
        let mut at = 0;
        for (value, stands) in self.values.iter().flatten().zip(STANDS) {
            shape.push_str(&tag[at..value.start]);
            shape.push_str(stands);
            at = value.end;
        }
        shape.push_str(&tag[at..]);
        Cow::Owned(shape)
    }

    /// How many values are left out.
    pub fn count(&self) -> usize {
        self.values.iter().flatten().count()
    }

    /// One of the values that are left out.
    pub fn value<'t>(&self, tag: &'t str, at: usize) -> &'t str {
        self.values.get(at).cloned().flatten().and_then(|value| tag.get(value)).unwrap_or_default()
    }
}

/// The shape of the start tag that the text begins with; none if it is no plain one.
pub(super) fn shape(text: &str) -> Option<Shape> {
    let bytes = text.as_bytes();
    if !bytes.get(1)?.is_ascii_alphabetic() {
        return None;
    }
    let mut values = [None, None];
    let mut at = 2;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        let quote = bytes[at];
        if quote == b'>' {
            return Some(Shape { length: at + 1, values });
        }
        if bytes[at - 1] != b'=' {
            return None;
        }
        let start = at + 1;
        let value = start..start + memchr::memchr(quote, &bytes[start..])?;
        at = value.end + 1;
        let left_out = quote == b'"' && LEFT_OUT.iter().any(|name| bytes[..start - 2].ends_with(name));
        let free = values.iter_mut().find(|value| value.is_none()).filter(|_| left_out);
        if let Some(free) = free.filter(|_| is_word(&bytes[value.clone()])) {
            *free = Some(value);
        }
    }
}

/// Whether a value is one that is written the same whatever its characters are. One that ends in `/` is not: without
/// its quotes it would end its tag.
fn is_word(value: &[u8]) -> bool {
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./#".contains(byte) || !byte.is_ascii();
    value.last().is_some_and(|last| *last != b'/') && value.iter().all(fits)
}
