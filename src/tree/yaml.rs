//! YAML into a tree; the only door of `serde_yaml`, which gives the values, and of `saphyr-parser`, which gives their
//! places, but only once somebody asks: a file without a mistake is parsed once.

use std::collections::HashMap;
use std::sync::OnceLock;

use saphyr_parser::{Event, Parser};
use serde_yaml::Value as Yaml;

use super::{Key, Node, Tree, Value};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{Source, Span};

/// The largest YAML text that is read, in bytes. `libyaml` is quadratic on nested flow collections.
pub const LARGEST: usize = 64 * 1024;
/// The deepest nesting of `[` and `{` that is read.
const DEEPEST: usize = 64;
/// The most bytes that aliases may unfold to, estimated from above.
const MOST_UNFOLDED: usize = 4 * 1024 * 1024;

/// The tree of the YAML that stands in a part of a file.
///
/// # Errors
/// One diagnostic at the first thing that is not YAML, is too large or stands twice.
pub fn read(source: &Source, within: Span) -> Result<Tree, Box<Diagnostic>> {
    let text = source.text().get(within.range()).unwrap_or_default();
    let at = |start: usize, end: usize| Place::new(source.path(), Span::new(start, end).shifted(within.start as usize));
    if let Some(message) = too_large(text) {
        let place = at(0, text.find('\n').unwrap_or(text.len()));
        return Err(Box::new(
            Diagnostic::error(Code::FrontMatterTooLarge, place, message)
                .hint("keep data of this size in the text or in a file of its own"),
        ));
    }
    let value: Yaml = serde_yaml::from_str(text).map_err(|error| Box::new(complaint(text, &error, &at)))?;
    let mut next = 0;
    let root = node(value, &mut next);
    Ok(Tree { root, source: source.clone(), within, places: OnceLock::new(), locate })
}

/// A guard against deep flow nesting, on which YAML readers are slow: open brackets that are not closed again.
pub fn nesting(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn too_large(text: &str) -> Option<String> {
    if text.len() > LARGEST {
        return Some(format!("the front matter is {} bytes long, and {LARGEST} are allowed", text.len()));
    }
    let deepest = nesting(text);
    if deepest > DEEPEST {
        return Some(format!("the front matter nests {deepest} levels of brackets, and {DEEPEST} are allowed"));
    }
    let aliases = text.split([' ', '[', ',', '\n']).filter(|word| word.starts_with('*') && word.len() > 1).count();
    (aliases * text.len() > MOST_UNFOLDED).then(|| "the aliases of the front matter unfold to too much".to_owned())
}

/// What the parser says, with its place, and the mend for the mistakes that people make most.
fn complaint(text: &str, error: &serde_yaml::Error, at: &dyn Fn(usize, usize) -> Place) -> Diagnostic {
    let full = error.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
    if message.contains("duplicate entry")
        && let Some((first, second)) = duplicate(text)
    {
        let name = text.get(second.range()).unwrap_or_default();
        return Diagnostic::error(
            Code::DuplicateKey,
            at(second.start as usize, second.end as usize),
            format!("the key `{name}` stands twice"),
        )
        .also(at(first.start as usize, first.end as usize), "first here")
        .hint("keep one of the two");
    }
    let index = opening(text, &full).or_else(|| error.location().map(|location| location.index()));
    let index = index.unwrap_or(0).min(text.len());
    let line = text[..floor(text, index)].rfind('\n').map_or(0, |end| end + 1);
    let written = text[line..].lines().next().unwrap_or_default();
    let hint = mend(written, &message);
    let start = floor(text, index);
    Diagnostic::error(Code::FrontMatterSyntax, at(start, start), format!("this is not YAML: {message}")).hint_if(hint)
}

/// Where the quoted text begins that has no end: the parser complains at the end of the file only.
fn opening(text: &str, message: &str) -> Option<usize> {
    let (_, place) = message.split_once("while scanning a quoted scalar at line ")?;
    let (line, column) = place.split_once(" column ")?;
    let column: String = column.chars().take_while(char::is_ascii_digit).collect();
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let before = text.get(start..)?.chars().take(column.checked_sub(1)?).map(char::len_utf8).sum::<usize>();
    Some(start + before)
}

fn mend(line: &str, message: &str) -> Option<String> {
    let value = line.split_once(": ").map(|(key, value)| (key.trim(), value.trim()));
    if line.contains('\t') {
        return Some("YAML is indented with spaces, not with tabs".into());
    }
    match value {
        Some((key, value)) if key.contains('{') => {
            // Inside braces a value ends at the comma or brace.
            let (name, value) = (key.rsplit(['{', ' ']).next().unwrap_or(key), value.split([',', '}']).next());
            Some(format!("quote the value: `{name}: \"{}\"`", value.unwrap_or_default().trim()))
        }
        Some((key, value)) if value.contains(": ") || message.contains("mapping values") => {
            Some(format!("quote the text: `{key}: \"{}\"`", value.replace('"', "\\\"")))
        }
        Some((key, value)) if value.starts_with(['>', '@', '`', '%', '&', '*', '!', '|']) => {
            Some(format!("quote the value: `{key}: \"{value}\"`"))
        }
        _ if message.contains("quoted scalar") || full_quote(line) => Some("close the quotation mark".into()),
        _ => None,
    }
}

/// Whether the value of a line begins with a quotation mark that does not end.
fn full_quote(line: &str) -> bool {
    let value = line.split_once(": ").map_or(line, |(_, value)| value).trim();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    quote.is_some_and(|quote| !value[1..].ends_with(quote))
}

fn floor(text: &str, mut index: usize) -> usize {
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

fn node(value: Yaml, next: &mut u32) -> Node {
    let id = *next;
    *next += 1;
    let value = match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(yes) => Value::Bool(yes),
        Yaml::Number(number) => match number.as_i64() {
            Some(whole) => Value::Integer(whole),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Yaml::String(text) => Value::Text(text),
        Yaml::Sequence(items) => Value::List(items.into_iter().map(|item| node(item, next)).collect()),
        Yaml::Mapping(map) => Value::Map(
            map.into_iter()
                .map(|(key, value)| {
                    let id = *next;
                    let key = Key { id, name: key_name(key, next) };
                    (key, node(value, next))
                })
                .collect(),
        ),
        // A tag changes nothing for us: the value under it is what was meant.
        Yaml::Tagged(tagged) => {
            *next = id;
            return node(tagged.value, next);
        }
    };
    Node { id, value }
}

/// A key as text; a list or mapping as a key is counted through, so that later places stay right.
fn key_name(key: Yaml, next: &mut u32) -> String {
    match key {
        Yaml::String(text) => {
            *next += 1;
            text
        }
        other => {
            let written = serde_yaml::to_string(&other).unwrap_or_default().trim().to_owned();
            node(other, next);
            written
        }
    }
}

/// The places of all nodes in the order in which [`node`] counts them; empty if the text cannot be located.
fn locate(text: &str) -> Vec<Span> {
    let bytes = byte_offsets(text);
    let mut places: Vec<Span> = vec![];
    let mut open: Vec<(usize, usize)> = vec![];
    let mut anchors: HashMap<usize, (usize, usize)> = HashMap::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return vec![] };
        let byte = |index: usize| bytes.get(index).copied().unwrap_or(text.len());
        let span = Span::new(byte(span.start.index()), byte(span.end.index()));
        match event {
            Event::Scalar(_, _, anchor, _) => {
                places.push(trimmed(text, span));
                if anchor > 0 {
                    anchors.insert(anchor, (places.len() - 1, places.len()));
                }
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                open.push((places.len(), anchor));
                places.push(span);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((start, anchor)) = open.pop() {
                    places[start].end = places[start].end.max(span.end);
                    places[start] = trimmed(text, places[start]);
                    anchors.insert(anchor, (start, places.len()));
                }
            }
            Event::Alias(anchor) => {
                let Some((start, end)) = anchors.get(&anchor).copied() else { return vec![] };
                // What an alias repeats stands where its anchor is.
                places.extend_from_within(start..end);
            }
            _ => {}
        }
    }
    places
}

/// The spans of the two keys that are alike in one mapping, the first such pair of the text.
fn duplicate(text: &str) -> Option<(Span, Span)> {
    /// An open collection; for a mapping the keys so far, and whether a key comes next.
    struct Open {
        keys: Option<HashMap<String, Span>>,
        key_next: bool,
    }
    let bytes = byte_offsets(text);
    let mut open: Vec<Open> = vec![];
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let byte = |index: usize| bytes.get(index).copied().unwrap_or(text.len());
        let span = Span::new(byte(span.start.index()), byte(span.end.index()));
        let starts_node = match &event {
            Event::Scalar(..) | Event::Alias(_) | Event::SequenceStart(..) | Event::MappingStart(..) => true,
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
                false
            }
            _ => false,
        };
        if starts_node && let Some(Open { keys: Some(keys), key_next }) = open.last_mut() {
            if *key_next
                && let Event::Scalar(name, ..) = &event
                && let Some(first) = keys.insert(name.to_string(), trimmed(text, span))
            {
                return Some((first, trimmed(text, span)));
            }
            *key_next = !*key_next;
        }
        match event {
            Event::MappingStart(..) => open.push(Open { keys: Some(HashMap::new()), key_next: true }),
            Event::SequenceStart(..) => open.push(Open { keys: None, key_next: false }),
            _ => {}
        }
    }
    None
}

/// The byte offset of every character, for markers that count characters.
fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).collect()
}

fn trimmed(text: &str, span: Span) -> Span {
    let written = text.get(span.range()).unwrap_or_default();
    let mut rest = written;
    // An anchor or a tag in front belongs to the value, but is not how it is written.
    while rest.starts_with(['&', '!']) {
        rest = rest.find(char::is_whitespace).map_or("", |end| rest[end..].trim_start());
    }
    let start = span.start as usize + written.len() - rest.len();
    Span::new(start, start + rest.trim_end().len())
}
