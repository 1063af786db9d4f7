//! Where a reference that stands in a file of the output leads to.

use crate::paths::{OutputPath, decode};

/// The file that a reference in a page leads to, with what stands behind the path (`?v=…`, `#heading`): none for
/// references that leave the site or name nothing.
pub fn target(from: &OutputPath, reference: &str) -> Option<(OutputPath, String)> {
    let cut = reference.find(['?', '#']).unwrap_or(reference.len());
    let (path, behind) = reference.split_at(cut);
    if path.is_empty() || path.starts_with('/') || has_scheme(path) {
        return None;
    }
    let decoded = decode(path);
    let folder = decoded.ends_with('/') || decoded.ends_with("..") || decoded == ".";
    let mut parts: Vec<&str> = from.folder().split('/').filter(|part| !part.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    if folder {
        parts.push("index.html");
    }
    Some((OutputPath::new(&parts.join("/")).ok()?, behind.to_owned()))
}

/// Whether a reference names a scheme (RFC 3986, section 3.1) or a host.
fn has_scheme(reference: &str) -> bool {
    let scheme = reference.split(['/', '?', '#']).next().unwrap_or_default();
    reference.starts_with("//")
        || scheme.split_once(':').is_some_and(|(name, _)| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_to_files() {
        let from = OutputPath::new("a/b/index.html").unwrap();
        let at = |text: &str| target(&from, text).map(|(path, behind)| format!("{path} {behind}"));
        assert_eq!(at("../c.css?v=1").as_deref(), Some("a/c.css ?v=1"));
        assert_eq!(at("../../%E5%9F%8E/#x").as_deref(), Some("城/index.html #x"));
        assert_eq!(at("..").as_deref(), Some("a/index.html "));
        for outside in ["https://a.b/", "//a.b/c", "mailto:a@b", "#x", "?q", "../../../x", "data:,x"] {
            assert_eq!(at(outside), None, "{outside}");
        }
        assert_eq!(at("./a:b.html").as_deref(), Some("a/b/a:b.html "));
    }
}
