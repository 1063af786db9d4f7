//! What a start tag has in common with others: all of it but values of `id`, `href` and `content`, of which a page has
//! many that no other page has, and whose characters make no difference to how a tag is made smaller.

use std::borrow::Cow;
use std::ops::Range;

/// What stands for a value in a shape: for a word, for one that ends in `/`, and for several.
const WORDS: [&str; 2] = ["zq0zv", "zq1zv"];
const FOLDERS: [&str; 2] = ["zq2zv/", "zq3zv/"];
const PHRASES: [&str; 2] = ["zq4 zv", "zq5 zv"];

/// The attributes whose values are left out. What minify-html makes of others hangs on what they say.
const LEFT_OUT: [&[u8]; 3] = [b" id", b" href", b" content"];

/// A start tag as it is written.
pub(super) struct Shape {
    /// Its length.
    pub length: usize,
    /// The values that are left out.
    values: [Option<(Range<usize>, &'static str)>; 2],
}

impl Shape {
    /// A tag of which nothing is left out.
    pub fn plain(length: usize) -> Self {
        Self { length, values: [None, None] }
    }

    /// The tag with what stands for the values that are left out.
    pub fn of<'t>(&self, tag: &'t str) -> Cow<'t, str> {
        if self.values[0].is_none() {
            return Cow::Borrowed(tag);
        }
        let mut shape = String::with_capacity(tag.len());
        let mut at = 0;
        for (value, stands) in self.values.iter().flatten() {
            shape.push_str(&tag[at..value.start]);
            shape.push_str(stands);
            at = value.end;
        }
        shape.push_str(&tag[at..]);
        Cow::Owned(shape)
    }

    /// What stands for each of the values that are left out.
    pub fn stands(&self) -> impl Iterator<Item = &'static str> {
        self.values.iter().flatten().map(|(_, stands)| *stands)
    }

    /// One of the values that are left out.
    pub fn value<'t>(&self, tag: &'t str, at: usize) -> &'t str {
        let value = self.values.get(at).and_then(Option::as_ref);
        value.and_then(|(value, _)| tag.get(value.clone())).unwrap_or_default()
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
        let Some(free) = values.iter().position(Option::is_none).filter(|_| left_out) else { continue };
        let stands = match &bytes[value.clone()] {
            written if is_word(written) => WORDS[free],
            written if written.strip_suffix(b"/").is_some_and(is_word) => FOLDERS[free],
            written if is_phrase(written) => PHRASES[free],
            _ => continue,
        };
        values[free] = Some((value, stands));
    }
}

/// Whether a value is one that is written in double quotes as it is: words with single blanks between them.
pub(super) fn is_phrase(value: &[u8]) -> bool {
    let parts = || value.split(|byte| *byte == b' ');
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./#:;?!()+%".contains(byte) || !byte.is_ascii();
    parts().count() > 1 && parts().all(|part| !part.is_empty() && part.iter().all(fits))
}

/// Whether a value is one that is written the same whatever its characters are. One that ends in `/` is not: without
/// its quotes it would end its tag.
pub(super) fn is_word(value: &[u8]) -> bool {
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./#:".contains(byte) || !byte.is_ascii();
    value.last().is_some_and(|last| *last != b'/') && value.iter().all(fits)
}
