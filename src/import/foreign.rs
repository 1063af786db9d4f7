//! Markdown of elsewhere: links and pictures whose files were not imported become the text that they are.

use super::doubt::{Docket, LINK, Question};
use crate::markdown::{self, LinkKind, Options};
use crate::paths::SourcePath;
use crate::source::{Source, Span};

/// How often a text is looked through: a link that is taken apart can leave another one behind.
const TIMES: usize = 4;

/// The text with a backslash in front of the target of every link that leads to a file that is not there. Each is asked
/// about once.
pub(crate) fn tamed(path: &SourcePath, text: &str, docket: &mut Docket) -> String {
    let mut text = text.to_owned();
    for _ in 0..TIMES {
        let source = Source::new(path.clone(), text.as_str());
        let parsed =
            markdown::parse(&source, Span::new(0, text.len()), &Options { trust: true, ..Options::default() }).value;
        let mut places = vec![];
        for link in &parsed.links {
            let inside = link.target.strip_prefix('#').filter(|_| link.kind == LinkKind::Link);
            if link.external || inside.is_some_and(|anchor| parsed.ids.iter().any(|id| **id == *anchor)) {
                continue;
            }
            let at = before(&text, link.span.range().start);
            if !places.contains(&at) {
                docket.ask(Question {
                    rule: LINK,
                    anchor: &link.target,
                    lines: &[],
                    excerpt: &link.target,
                    choices: vec!["keep".into()],
                    free: false,
                });
                places.push(at);
            }
        }
        if places.is_empty() {
            break;
        }
        places.sort_unstable();
        for at in places.into_iter().rev() {
            text.insert(at, '\\');
        }
    }
    text
}

/// The byte of the sign that makes a target of what begins here: `(` of a link, `:` of a definition, `[` of a wiki link.
fn before(text: &str, start: usize) -> usize {
    let lead = text.get(..start).unwrap_or_default().trim_end_matches(['<', ' ', '\t', '\n']);
    match lead.chars().next_back() {
        Some(c @ ('(' | ':' | '[')) => lead.len() - c.len_utf8(),
        // The span is the link itself.
        _ => start,
    }
}
