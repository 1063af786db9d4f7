//! HTML written as the XHTML of a book (EPUB 3.3): what a book cannot have is left out, its text never.

use std::collections::BTreeSet;

use super::tree::{Id, Kind, Node, Tree, attribute_name, kind, read};
use crate::html::escape;

/// Where the references of a chapter lead to.
pub(super) trait Leads {
    /// The target of a link; none if it leads nowhere in the book.
    fn link(&mut self, href: &str) -> Option<String>;
    /// The file that is shown; none if the book does not have it.
    fn file(&mut self, src: &str) -> Option<String>;
}

/// A chapter's text, and what it holds that a book must declare.
#[derive(Debug, Default)]
pub(super) struct Xhtml {
    pub text: String,
    pub has_svg: bool,
    pub has_math: bool,
    /// Its ids; links lead nowhere else.
    pub ids: BTreeSet<String>,
}

/// Elements that go with all that is in them.
const DROPPED: &[&str] = &[
    "script", "style", "template", "button", "select", "textarea", "iframe", "object", "embed", "dialog", "link",
    "meta", "base", "noscript", "canvas", "form",
];

/// Elements of HTML that a book can have; of others only what is in them stays.
const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Elements without an end tag (HTML Standard, 13.1.2).
const EMPTY: &[&str] = &["br", "col", "hr", "img", "source", "track", "wbr"];

/// Attributes that any element of a book can have.
const EVERYWHERE: &[&str] = &["class", "dir", "id", "lang", "title", "style"];

/// Attributes of single elements.
const OWN: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("audio", &["src", "controls"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("q", &["cite"]),
    ("source", &["src", "type"]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("th", &["colspan", "rowspan", "headers", "scope", "abbr"]),
    ("time", &["datetime"]),
    ("track", &["src", "kind", "srclang", "label"]),
    ("video", &["src", "controls", "poster", "width", "height"]),
];

/// Classes of what only a screen has: marks beside headings, icons, words for programs that read aloud beside signs.
const SCREEN_ONLY: &[&str] = &["anchor", "icon", "hidden", "copy", "code-more"];

/// The colours of drawings, which are variables of the theme: many programs that show books know no variables. They are
/// those of the default theme in the light.
const COLOURS: [(&str, &str); 14] = [
    ("ground", "#fbf9f4"),
    ("node", "#f3efe6"),
    ("second", "#d6dde4"),
    ("group", "#efe9df"),
    ("note", "#dfd3c1"),
    ("text", "#1f1b16"),
    ("border", "#9b9284"),
    ("line", "#645d52"),
    ("1", "#9bafc8"),
    ("2", "#e3ab9e"),
    ("3", "#a5b99e"),
    ("4", "#c5b094"),
    ("5", "#baa9c3"),
    ("6", "#b9b4ac"),
];

/// A piece of HTML as XHTML.
pub(super) fn xhtml(html: &str, leads: &mut dyn Leads) -> Xhtml {
    let (tree, top) = read(html);
    let mut out = Xhtml::default();
    for child in tree.children(top) {
        write(&tree, *child, leads, &mut out);
    }
    out
}

/// A text in which nothing is markup, without the characters that XML cannot have (XML 1.0, section 2.2).
pub(super) fn plain(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r') || ('\u{80}'..='\u{9f}').contains(c);
    escape(&text.chars().filter(allowed).filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect::<String>())
}

fn write(tree: &Tree, id: Id, leads: &mut dyn Leads, out: &mut Xhtml) {
    let (name, attributes) = match tree.node(id) {
        Node::Text(text) => return out.text.push_str(&plain(text)),
        Node::Element { name, attributes } => (name, attributes),
        Node::Top | Node::Nothing => return,
    };
    let local = name.local.to_string();
    let space = kind(name);
    let value =
        |wanted: &str| attributes.iter().find(|(name, _)| &*name.local == wanted).map(|(_, value)| value.as_str());
    let screen =
        value("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|word| SCREEN_ONLY.contains(&word)));
    if screen || (space == Kind::Html && DROPPED.contains(&local.as_str())) {
        return;
    }
    if local == "input" {
        // A task that is done, and one that is not: a book has no boxes to tick.
        let done = value("checked").is_some();
        return out.text.push_str(if done { "☑ " } else { "☐ " });
    }
    if space == Kind::Html && !KNOWN.contains(&local.as_str()) {
        return tree.children(id).iter().for_each(|child| write(tree, *child, leads, out));
    }
    let mut written = String::new();
    for (attribute, value) in attributes {
        let name = attribute_name(attribute);
        if space == Kind::Svg && name == "style" && value.contains("var(--diagram-") {
            written.push_str(&painted(value));
            continue;
        }
        match attribute_of(&local, space, &name, value, leads, out) {
            Kept::As(value) => written.push_str(&format!(" {name}=\"{}\"", plain(&value))),
            Kept::No => {}
            Kept::Missing => {
                // The words stand in for what is not there.
                let words =
                    attributes.iter().find(|(name, _)| &*name.local == "alt").map_or("", |(_, alt)| alt.as_str());
                return out.text.push_str(&plain(words));
            }
        }
    }
    match space {
        Kind::Svg if local == "svg" => {
            out.has_svg = true;
            written.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
        }
        Kind::Math if local == "math" => {
            out.has_math = true;
            written.push_str(" xmlns=\"http://www.w3.org/1998/Math/MathML\"");
        }
        _ => {}
    }
    // What is folded up on a screen can be read in a book; the text of a drawing stays below it, closed.
    if local == "details" && value("open").is_none() && value("class") != Some("diagram-source") {
        written.push_str(" open=\"\"");
    }
    if local == "img" && !attributes.iter().any(|(name, _)| &*name.local == "alt") {
        written.push_str(" alt=\"\"");
    }
    if EMPTY.contains(&local.as_str()) && space == Kind::Html {
        return out.text.push_str(&format!("<{local}{written}/>"));
    }
    out.text.push_str(&format!("<{local}{written}>"));
    for child in tree.children(id) {
        write(tree, *child, leads, out);
    }
    out.text.push_str(&format!("</{local}>"));
}

enum Kept {
    As(String),
    No,
    /// The element cannot be shown without it.
    Missing,
}

fn attribute_of(element: &str, space: Kind, name: &str, value: &str, leads: &mut dyn Leads, out: &mut Xhtml) -> Kept {
    if name.starts_with("on") || name.starts_with("xmlns") {
        return Kept::No;
    }
    if name == "id" {
        // An id is one name, and stands for one place (XML 1.0, section 3.3.1).
        let fine = !value.is_empty() && !value.contains(char::is_whitespace) && out.ids.insert(value.to_owned());
        return if fine { Kept::As(value.to_owned()) } else { Kept::No };
    }
    let from = |found: Option<String>| found.map_or(Kept::Missing, Kept::As);
    match (space, name) {
        (Kind::Html, "href") => leads.link(value).map_or(Kept::No, Kept::As),
        (Kind::Html, "src") => from(leads.file(value)),
        (Kind::Html, "poster") => leads.file(value).map_or(Kept::No, Kept::As),
        (Kind::Html, "lang") if value.is_empty() => Kept::No,
        (Kind::Html, "style") if value.contains("url(") => Kept::No,
        (Kind::Html, "width" | "height") if value.parse::<u32>().is_err() => Kept::No,
        (Kind::Html, _) => {
            let own = OWN.iter().find(|(of, _)| *of == element).is_some_and(|(_, names)| names.contains(&name));
            if own || EVERYWHERE.contains(&name) { Kept::As(value.to_owned()) } else { Kept::No }
        }
        (Kind::Svg, "href" | "xlink:href") if element == "image" => from(leads.file(value)),
        (Kind::Svg, "href" | "xlink:href") if element == "a" => leads.link(value).map_or(Kept::No, Kept::As),
        // The words for those who do not see the drawing.
        (Kind::Svg, "aria-label") => Kept::As(value.to_owned()),
        (_, name) if name.starts_with("data-") || name.starts_with("aria-") => Kept::No,
        (Kind::Svg, "tabindex" | "focusable") => Kept::No,
        _ => Kept::As(value.to_owned()),
    }
}

/// The style of a drawing as attributes, which every program knows, in colours that are no variables. A mixed colour stays a
/// style, with a plain one for those who do not know it.
fn painted(style: &str) -> String {
    let mut style = style.to_owned();
    for (name, colour) in COLOURS {
        style = style.replace(&format!("var(--diagram-{name})"), colour);
    }
    let (mut written, mut mixed) = (String::new(), vec![]);
    for (name, value) in style.split(';').filter_map(|part| part.split_once(':')) {
        let plainly = if value.contains('(') { COLOURS[1].1 } else { value };
        written.push_str(&format!(" {name}=\"{}\"", plain(plainly)));
        mixed.extend(value.contains('(').then(|| format!("{name}:{value}")));
    }
    if !mixed.is_empty() {
        written.push_str(&format!(" style=\"{}\"", plain(&mixed.join(";"))));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    struct All;

    impl Leads for All {
        fn link(&mut self, href: &str) -> Option<String> {
            href.starts_with('#').then(|| href.to_owned())
        }
        fn file(&mut self, src: &str) -> Option<String> {
            src.ends_with(".png").then(|| src.to_owned())
        }
    }

    #[test]
    fn drawings_have_colours_without_variables() {
        let html = "<svg role=\"img\" aria-label=\"a\"><path style=\"fill:var(--diagram-1);stroke:var(--diagram-line)\"/>\
            <path style=\"fill:color-mix(in oklab, #f9f 40%, var(--diagram-ground));stroke:color-mix(in oklab, #f 70%, red)\"/></svg>";
        let written = xhtml(html, &mut All).text;
        assert!(written.contains("<path fill=\"#9bafc8\" stroke=\"#645d52\">"), "{written}");
        assert!(
            written.contains("<path fill=\"#f3efe6\" stroke=\"#f3efe6\" style=\"fill:color-mix(in oklab, #f9f"),
            "{written}"
        );
        assert!(written.contains("aria-label=\"a\""), "{written}");
    }

    #[test]
    fn what_authors_write_becomes_well_formed() {
        let html = "<p>a<br>b &amp; ]]> <b>c<i>d</b>e</i><center align=x>f</center><img src=a.png><img src=b.avif alt='Bild'>\
            <script>x</script><a href=gone onclick=x>g</a><!-- -- --><input type=checkbox checked>";
        let written = xhtml(html, &mut All).text;
        assert_eq!(
            written,
            "<p>a<br/>b &amp; ]]&gt; <b>c<i>d</i></b><i>e</i></p>f<img src=\"a.png\" alt=\"\"/>Bild<a>g</a>☑ "
                .replace("</p>f", "</p><i>f</i>")
                .replace("<i>f</i>", "f")
        );
    }
}
