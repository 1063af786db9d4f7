//! The files of an index: classic scripts, each of which lays one value down where the search looks for it.

use serde::Serialize;

use super::chunk::chunks;
use super::{Index, Plan, SearchPage, text};
use crate::paths::OutputPath;

/// One file of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// What is loaded first.
    Start,
    /// Every word, for what looks inside words.
    Vocabulary,
    /// Traditional characters with their simplified forms.
    Simplified,
    /// How characters of titles and headings are read.
    Readings,
    /// A shard of postings.
    Terms(usize),
    /// Texts of some chunks.
    Text(usize),
}

impl File {
    /// Whether it is made of the index, and not of the texts alone.
    pub fn is_of_index(self) -> bool {
        !matches!(self, File::Text(_))
    }

    /// Its name without the ending, which is also the name of its value.
    pub fn name(self) -> String {
        match self {
            File::Start => "search/start".into(),
            File::Vocabulary => "search/vocabulary".into(),
            File::Simplified => "search/simplified".into(),
            File::Readings => "search/readings".into(),
            File::Terms(number) => format!("search/terms/{number}"),
            File::Text(number) => format!("search/text/{number}"),
        }
    }

    /// Where it is written; none if a name cannot be a path.
    pub fn output(self) -> Option<OutputPath> {
        OutputPath::new(&format!("{}.js", self.name())).ok()
    }
}

impl Index {
    /// The bytes of a file; of files of texts, which need no index, [`text_file`] makes them.
    pub fn file(&self, file: File) -> Vec<u8> {
        let name = file.name();
        let laid_out = |value: &str, range: Option<&String>| {
            let mut out = Vec::with_capacity(value.len() + 200);
            begin(&mut out, &name);
            out.push(b'[');
            text::push_text(&mut out, &self.layout);
            out.push(b',');
            text::push_text(&mut out, value);
            if let Some(range) = range {
                out.push(b',');
                text::push_text(&mut out, range);
            }
            out.extend_from_slice(b"];\n");
            out
        };
        match file {
            File::Start => script(&name, &self.start),
            File::Vocabulary => laid_out(&self.terms.vocabulary(), None),
            File::Simplified => laid_out(&self.simplified, None),
            File::Readings => laid_out(&self.readings, None),
            File::Terms(number) => laid_out(&self.terms.text(number), self.ranges.get(number)),
            File::Text(_) => laid_out("", None),
        }
    }
}

/// The bytes of a file of texts, from the pages that [`Plan::pages_of_text`] names.
pub fn text_file(plan: &Plan, number: usize, pages: &[SearchPage<'_>]) -> Vec<u8> {
    let chunks: Vec<_> = pages.iter().enumerate().flat_map(|(number, page)| chunks(number, page)).collect();
    let first = plan.first_chunks.get(plan.pages_of_text(number).start).copied().unwrap_or(0);
    let range = plan.chunks_of_text(number);
    let chunks = chunks.get((range.start - first) as usize..(range.end - first) as usize).unwrap_or_default();
    let size: usize = chunks.iter().map(|chunk| chunk.size).sum();
    let mut out = Vec::with_capacity(size + size / 8 + 1_000);
    begin(&mut out, &File::Text(number).name());
    out.push(b'[');
    text::push_text(&mut out, &plan.layout);
    out.push(b',');
    text::write(&mut out, chunks, pages);
    out.extend_from_slice(b"];\n");
    out
}

fn begin(out: &mut Vec<u8>, name: &str) {
    out.extend_from_slice(format!("(self.fangzhiData=self.fangzhiData||{{}})[\"{name}\"]=").as_bytes());
}

/// A classic script that lays a value down under a name. In a page `<` could end the script, and older browsers take
/// two of the line ends of Unicode for ends of a line in a text.
pub fn script(name: &str, value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_string(value).unwrap_or_default();
    for (from, to) in [("<", "\\u003c"), ("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")] {
        if json.contains(from) {
            json = json.replace(from, to);
        }
    }
    let mut out = vec![];
    begin(&mut out, name);
    out.extend_from_slice(json.as_bytes());
    out.extend_from_slice(b";\n");
    out
}
