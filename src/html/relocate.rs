//! A piece of a page moved into another file: its ids made different from those of other pieces, its links pointed anew.

use super::{Edits, Tag, escape, rewrite, unescape};

/// Where a link of a moved piece leads from its new place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// As it is written.
    Kept,
    /// There.
    To(String),
    /// Nowhere: the text stays, the link does not.
    Nowhere,
}

/// Attributes that name ids, several of them with spaces between.
const NAMING: &[&str] = &[
    "for",
    "headers",
    "list",
    "form",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-flowto",
    "popovertarget",
];

/// The piece with `prefix` before every id and before every name of an id in it; `to` says where each other `href`
/// leads.
pub fn relocate(html: &str, prefix: &str, to: impl Fn(&str) -> Bound) -> String {
    rewrite(html, |tag, edits| {
        for attribute in &tag.attributes {
            let name = tag.text(&attribute.name).to_ascii_lowercase();
            let raw = tag.text(&attribute.value);
            let written = match name.as_str() {
                "id" if !prefix.is_empty() => format!("{prefix}{raw}"),
                "href" | "xlink:href" => match link(tag, raw, prefix, &to) {
                    Some(text) => {
                        edits.put(attribute.whole.clone(), text);
                        continue;
                    }
                    None => continue,
                },
                name if !prefix.is_empty() && NAMING.contains(&name) => {
                    raw.split_ascii_whitespace().map(|id| format!("{prefix}{id}")).collect::<Vec<_>>().join(" ")
                }
                _ if !prefix.is_empty() && raw.contains("url(#") => raw.replace("url(#", &format!("url(#{prefix}")),
                _ => continue,
            };
            set(tag, attribute, &written, edits);
        }
    })
}

/// Writes a value that is escaped already but for quotation marks.
fn set(tag: &Tag<'_>, attribute: &super::Attribute, value: &str, edits: &mut Edits) {
    let name = tag.text(&attribute.name);
    edits.put(attribute.whole.clone(), format!("{name}=\"{}\"", value.replace('"', "&quot;")));
}

/// The whole attribute of a link; none if it stays as it is.
fn link(tag: &Tag<'_>, raw: &str, prefix: &str, to: &impl Fn(&str) -> Bound) -> Option<String> {
    let name = if tag.attribute("xlink:href").is_some() { "xlink:href" } else { "href" };
    if let Some(id) = raw.strip_prefix('#') {
        return (!prefix.is_empty()).then(|| format!("{name}=\"#{prefix}{}\"", id.replace('"', "&quot;")));
    }
    match to(&unescape(raw)) {
        Bound::Kept => None,
        Bound::To(url) => Some(format!("{name}=\"{}\"", escape(&url))),
        Bound::Nowhere => Some("data-away".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_links_move_together() {
        let html = "<h2 id=a>x</h2><a href=\"#a\">y</a><a href='b.html#c'>z</a><a href=gone>g</a><label for=a></label>\
            <path fill=\"url(#a)\"/>";
        let to = |href: &str| match href {
            "b.html#c" => Bound::To("#p2-c".into()),
            "gone" => Bound::Nowhere,
            _ => Bound::Kept,
        };
        assert_eq!(
            relocate(html, "p1-", to),
            "<h2 id=\"p1-a\">x</h2><a href=\"#p1-a\">y</a><a href=\"#p2-c\">z</a><a data-away>g</a>\
             <label for=\"p1-a\"></label><path fill=\"url(#p1-a)\"/>"
        );
    }
}
