//! Blocks of code that are written in another file: found among the inputs, cut to their region, made HTML.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::document::Document;
use crate::inputs::{File, Inputs};
use crate::markdown::{Body, IncludedCode};
use crate::paths::SourcePath;

/// The included blocks of every file that has some, in the order of [`crate::markdown::Markdown::included_code`].
pub type Includes = HashMap<SourcePath, Vec<Body>>;

/// A file of more bytes than this is not included.
const LARGEST: usize = 1 << 20;

/// Reads what a document includes; a block that cannot be found is complained of and stays empty.
pub(super) fn of_document(inputs: &Inputs, document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Vec<Body> {
    let one = |include: &IncludedCode| match read(inputs, document, include) {
        Ok(body) => body,
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            Body::default()
        }
    };
    document.body.included_code.iter().map(one).collect()
}

fn read(inputs: &Inputs, document: &Document, include: &IncludedCode) -> Result<Body, Box<Diagnostic>> {
    let place = place_of_include(document, include);
    let fail = |message: String| Diagnostic::error(Code::CodeInclude, place.clone(), message);
    let (file, part) =
        include.target.split_once('#').map_or((include.target.as_str(), None), |(file, part)| (file, Some(part)));
    let own = document.source.path();
    let path = match file.strip_prefix("@/").or_else(|| file.strip_prefix('/')) {
        // As links: in the content first, then in the static files, then from the site's root.
        Some(inside) => {
            let folders = [&inputs.layout.content, &inputs.layout.static_files].into_iter();
            let mut paths = folders.filter_map(|folder| SourcePath::new(&format!("{folder}/{inside}")).ok());
            paths.find(|path| inputs.files.contains_key(path)).map_or_else(|| SourcePath::new(inside), Ok)
        }
        None => own.resolve(file),
    };
    let path =
        path.map_err(|error| Box::new(fail(error.to_string()).hint("a page includes only files of its site")))?;
    let text = text(inputs, &path).map_err(|message| {
        let names: Vec<&str> = inputs.files.keys().map(SourcePath::as_str).collect();
        let near: BTreeSet<&str> =
            names.into_iter().filter(|name| name.ends_with(&format!(".{}", path.extension()))).collect();
        Box::new(fail(message).hint_if(did_you_mean(path.as_str(), near)))
    })?;
    let text = match part {
        None => text,
        Some(part) => cut(&text, part).ok_or_else(|| {
            let message = format!("`{path}` has no region and no lines `{}`", part.escape_debug());
            Box::new(fail(message).hint("name a region (`#region name` … `#endregion`) or lines (`L10-L20`)"))
        })?,
    };
    Ok(include.html(dedented(&text), &path.extension()))
}

/// Where the include is written.
pub fn place_of_include(document: &Document, include: &IncludedCode) -> Place {
    let span = include.block.span;
    let written = document.source.text().get(span.range()).unwrap_or_default();
    let key = written.find("include").unwrap_or(0);
    let at = key + written[key..].find(include.target.as_str()).unwrap_or(0);
    let start = span.start as usize + at;
    Place::new(document.source.path(), start..start + include.target.len())
}

fn text(inputs: &Inputs, path: &SourcePath) -> Result<String, String> {
    let bytes = match inputs.files.get(path) {
        None => return Err(format!("there is no file `{path}` in the content, the static files or the templates")),
        Some(File::Text(source)) => return Ok(source.text().to_owned()),
        Some(File::Asset(asset)) => asset.bytes().map_err(|error| format!("`{path}` cannot be read: {error}"))?,
    };
    if bytes.len() > LARGEST {
        return Err(format!("`{path}` is larger than a megabyte"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| format!("`{path}` is no text in UTF-8"))?;
    Ok(text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n"))
}

/// A region by its name, or lines: `L10-L20`, `10-20`, `L10`.
fn cut(text: &str, part: &str) -> Option<String> {
    let (first, last) = part.split_once('-').unwrap_or((part, part));
    let number = |word: &str| word.trim().trim_start_matches('L').parse::<usize>().ok();
    if let (Some(first), Some(last)) = (number(first), number(last)) {
        let lines: Vec<&str> = text.lines().collect();
        return Some(joined(lines.get(first.checked_sub(1)?..last.min(lines.len()))?)).filter(|text| !text.is_empty());
    }
    let mut lines = text.lines();
    lines.find(|line| begins(line) == Some(part))?;
    let (mut depth, mut found) = (0_usize, vec![]);
    for line in lines {
        if begins(line).is_some() {
            depth += 1;
        } else if let Some(name) = ends(line) {
            if name == part || name.is_empty() && depth == 0 {
                break;
            }
            depth = depth.saturating_sub(1);
        } else {
            found.push(line);
        }
    }
    Some(joined(&found))
}

fn joined(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The name of the region that begins on a line: `// #region name` of many editors, `ANCHOR: name` of mdBook.
fn begins(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("#region ").or_else(|| line.split_once("ANCHOR: "))?;
    rest.split_whitespace().next()
}

/// The name of the region that ends on a line, empty if it is not said.
fn ends(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("#endregion").or_else(|| line.split_once("ANCHOR_END:"))?;
    Some(rest.split_whitespace().next().filter(|word| !word.starts_with(['-', '*'])).unwrap_or_default())
}

/// The text without the blanks that all its lines begin with.
fn dedented(text: &str) -> String {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let least = lines().map(indent).min().unwrap_or(0);
    text.lines().map(|line| format!("{}\n", line.get(least..).unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "fn a() {\n    // #region one\n    let x = 1;\n\n    // #region two\n    let y = 2;\n    // #endregion two\n      let z = 3;\n    // #endregion\n}\n";

    #[test]
    fn regions_and_lines_are_cut() {
        assert_eq!(dedented(&cut(TEXT, "one").unwrap()), "let x = 1;\n\nlet y = 2;\n  let z = 3;\n");
        assert_eq!(dedented(&cut(TEXT, "two").unwrap()), "let y = 2;\n");
        assert_eq!(cut(TEXT, "L1").unwrap(), "fn a() {\n");
        assert_eq!(cut(TEXT, "9-20").unwrap(), "    // #endregion\n}\n");
        assert_eq!(cut(TEXT, "three"), None);
        assert_eq!(cut(TEXT, "L0-L1"), None);
        assert_eq!(cut(TEXT, "L90"), None);
        assert_eq!(cut("<!-- ANCHOR: a -->\nx\n<!-- ANCHOR_END: a -->\n", "a").unwrap(), "x\n");
    }
}
