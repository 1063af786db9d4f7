//! Formulas: which `$` means one, and what becomes of it.
//!
//! The rule is pandoc's (no space inside either `$`, no digit behind the second) and two of our own: the next `$` is the
//! second one, and what stands between holds Chinese characters only inside `\text{…}`, so that `$100元与$200元` stays text.

use std::ops::Range;

use super::cjk::is_wide;
use super::escape;
use super::writer::Writer;
use crate::diagnostic::{Code, Diagnostic};
use crate::math::{self, Trouble};

/// A formula inside a line is no longer than this.
const LONGEST: usize = 1000;

/// The offsets behind every `$` that the parser would take for the beginning of a formula, and that is none. Code is not told
/// from text here: there it changes nothing.
pub(super) fn not_math(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let (mut list, mut at) = (vec![], 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('$')) {
        let open = at + found;
        at = open + 1;
        let escaped = bytes[..open].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        if escaped {
            continue;
        }
        if bytes.get(at) == Some(&b'$') {
            at += 1;
            continue;
        }
        match next_dollar(text, at) {
            Some(end) if is_inside(text, at, end) => at = end + 1,
            Some(_) => list.push(at),
            None => {}
        }
    }
    list
}

/// The `$` that the parser would end a formula with whose inside begins at `start`.
fn next_dollar(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'$' => break,
            b'\n' if bytes.get(at + 1).is_none_or(|next| *next == b'\n') => return None,
            _ if at - start > LONGEST => return None,
            _ => {}
        }
        at += 1;
    }
    let last = text.get(start..at)?.chars().next_back()?;
    (!last.is_ascii_whitespace()).then_some(at)
}

fn is_inside(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end).is_some_and(is_formula) && !text.as_bytes().get(end + 1).is_some_and(u8::is_ascii_digit)
}

/// Whether this may stand between two `$`.
fn is_formula(inner: &str) -> bool {
    // Where a grave accent stands, the dollar sign belongs to code or to a text around it.
    !inner.is_empty()
        && !inner.contains('`')
        && !inner.starts_with(char::is_whitespace)
        && !inner.ends_with(char::is_whitespace)
        && !has_prose(inner)
}

/// Whether Chinese characters stand outside `\text{…}` and its like.
fn has_prose(inner: &str) -> bool {
    let mut rest = inner;
    loop {
        let named = ["\\text", "\\mbox", "\\mathrm", "\\operatorname"];
        let next = named.into_iter().filter_map(|name| rest.find(name)).min();
        let Some(at) = next else { return rest.chars().any(is_wide) };
        if rest.get(..at).is_some_and(|before| before.chars().any(is_wide)) {
            return true;
        }
        let behind = rest.get(at..).unwrap_or_default();
        let Some((_, behind)) = behind.split_once('}') else { return behind.chars().any(is_wide) };
        rest = behind;
    }
}

impl Writer<'_> {
    /// `$…$` or `$$…$$`.
    pub(super) fn formula(&mut self, tex: &str, display: bool, range: Range<usize>) {
        if !display && !is_formula(tex) {
            return self.say(&format!("${tex}$"));
        }
        let html = self.mathml(tex, display, range);
        self.tag(&html);
        self.prose.push(tex.trim());
    }

    /// A fence with the word `math`.
    pub(super) fn math_block(&mut self, tex: &str, range: Range<usize>) {
        let html = self.mathml(tex, true, range);
        self.body.html.push_str("<p class=\"math\">");
        self.body.html.push_str(&html);
        self.body.html.push_str("</p>\n");
        self.prose.push(tex.trim());
        self.prose.end_block();
    }

    /// The formula, or its source with a complaint at its place.
    fn mathml(&mut self, tex: &str, display: bool, range: Range<usize>) -> String {
        let Trouble { message, at } = match math::mathml(tex, display) {
            Ok(html) => return html,
            Err(trouble) => trouble,
        };
        // What is wrong is looked for in the source, where a list or a quote may have indented it.
        let excerpt =
            tex.get(at).and_then(|piece| piece.lines().find(|line| !line.trim().is_empty())).unwrap_or_default();
        let found = self.events.slice(range.clone()).find(excerpt).filter(|_| !excerpt.is_empty());
        let place = found.map_or(range.clone(), |at| range.start + at..range.start + at + excerpt.len());
        self.complain(place, |_, place| {
            Diagnostic::warning(Code::Math, place, format!("this formula cannot be read: {message}"))
                .hint("it is shown as it was written")
        });
        let mut html = String::from("<code class=\"math-source\">");
        escape::text(&mut html, tex.trim());
        html.push_str("</code>");
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_no_formula() {
        for text in ["$100元与$200元", "价格是$5，我付了$。", "$5-$10", "$100元与$x$"] {
            assert!(!not_math(text).is_empty(), "{text}");
        }
        for text in [
            "$x$",
            "$20,000 and $30,000",
            "a $\n\nb$",
            "公式$E=mc^2$，",
            "$$x$$",
            r"$a \$ b$",
            r"$v = \frac{s}{t} \text{米}$",
            "$x$-axis",
        ] {
            assert_eq!(not_math(text), Vec::<usize>::new(), "{text}");
        }
        assert_eq!(not_math("$100元与$x$"), [1]);
    }
}
