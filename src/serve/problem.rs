//! A diagnostic as the overlay in the browser shows it.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::build::Build;
use crate::diagnostic::{Diagnostic, Severity};
use crate::paths::{SourcePath, encode};

/// What a reader of an open page is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Problem {
    /// `path:line:column: error[code]: message`, as on the terminal.
    text: String,
    /// The line of the file that is meant.
    excerpt: Option<String>,
    hints: Vec<String>,
    /// The address that opens the author's editor at the place.
    editor: Option<String>,
}

/// How a place in a file is opened.
pub(super) struct Editor {
    /// The folder of the site.
    pub root: PathBuf,
    /// The address with `{path}`, `{line}` and `{column}`; none if nothing can be opened.
    pub address: Option<String>,
}

impl Editor {
    fn link(&self, path: &SourcePath, line: usize, column: usize) -> Option<String> {
        let address = self.address.as_ref()?;
        let file = slashed(&self.root.join(path.as_str()));
        let file: Vec<String> = file.split('/').map(encode).collect();
        let address = address.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
        Some(address.replace("{path}", file.join("/").trim_start_matches('/')))
    }

    /// A diagnostic with its place looked up in the files of a build.
    pub fn problem(&self, diagnostic: &Diagnostic, build: &Build) -> Problem {
        let path = &diagnostic.place.path;
        let source = build.source(path);
        let start = diagnostic.place.span.start as usize;
        let at = source.as_ref().map(|source| source.line_column(start));
        let (line, column) = at.map_or((1, 1), |at| (at.line, at.column));
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let shown = path.as_str().escape_debug();
        let code = diagnostic.code.as_str();
        let span = source.as_ref().and_then(|source| source.line_span(line));
        let excerpt = source.as_ref().zip(span).and_then(|(source, span)| source.text().get(span.range()));
        Problem {
            text: format!("{shown}:{line}:{column}: {severity}[{code}]: {}", diagnostic.message),
            excerpt: excerpt.filter(|line| !line.trim().is_empty()).map(|line| line.chars().take(200).collect()),
            hints: diagnostic.hints.clone(),
            // A file of the theme in the binary is on no disk.
            editor: source.filter(|_| !build.is_embedded(path)).and_then(|_| self.link(path, line, column)),
        }
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_opened_at_the_place() {
        let address = Some("vscode://file/{path}:{line}:{column}".into());
        let editor = Editor { root: PathBuf::from("/home/我/a site"), address };
        let path = SourcePath::new("content/x#1.md").unwrap();
        let link = editor.link(&path, 3, 7);
        assert_eq!(link.as_deref(), Some("vscode://file/home/我/a%20site/content/x%231.md:3:7"));
    }
}
