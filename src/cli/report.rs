//! Diagnostics shown.
use crate::diagnostic::{Diagnostic, Severity};
use crate::paths::SourcePath;
use crate::source::Source;
/// Formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Format {
    Human,
    Short,
    Json,
    Github,
}
/// Shows.
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &dyn Fn(&SourcePath) -> Option<Source>,
    _format: Format,
    _color: bool,
) -> String {
    let mut out = String::new();
    for d in diagnostics {
        let at = sources(&d.place.path).map(|s| s.line_column(d.place.span.start as usize));
        let (l, c) = at.map_or((1, 1), |a| (a.line, a.column));
        let sev = if d.severity == Severity::Error { "error" } else { "warning" };
        out.push_str(&format!("{}:{l}:{c}: {sev}[{}]: {}\n", d.place.path, d.code.as_str(), d.message));
        for h in &d.hints {
            out.push_str(&format!("   help: {h}\n"));
        }
    }
    out
}
