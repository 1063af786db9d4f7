//! Formulas in TeX into MathML; the only door of pulldown-latex.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Event, Parser, RenderConfig, Storage, push_mathml};

/// Why a formula cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The bytes of the formula around the place.
    pub at: Range<usize>,
}

/// A formula of more bytes than this is none that anybody reads.
const LONGEST: usize = 20_000;
/// A formula with more parts than this has macros that multiply.
const MOST_PARTS: usize = 50_000;

/// The elements that MathML Core has and that a formula may use.
const ELEMENTS: [&str; 25] = [
    "math",
    "semantics",
    "annotation",
    "mrow",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "mpadded",
    "mphantom",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
];

/// The formula as `<math>`, its source in it as an annotation.
///
/// # Errors
/// When the formula is none: the first thing that is wrong with it.
pub fn mathml(tex: &str, display: bool) -> Result<String, Trouble> {
    let whole = |message: &str| Trouble { message: message.to_owned(), at: 0..tex.len() };
    if tex.len() > LONGEST {
        return Err(whole("the formula is too long"));
    }
    // A bug of the library is no reason to lose a page.
    match catch_unwind(AssertUnwindSafe(|| convert(tex, display))) {
        Ok(result) => result,
        Err(_) => Err(whole("the formula cannot be read")),
    }
}

fn convert(tex: &str, display: bool) -> Result<String, Trouble> {
    let storage = Storage::new();
    let mut events: Vec<Result<Event<'_>, std::convert::Infallible>> = vec![];
    for event in Parser::new(tex, &storage) {
        match event {
            Ok(event) => events.push(Ok(event)),
            Err(error) => return Err(trouble(tex, &error.to_string())),
        }
        if events.len() > MOST_PARTS {
            return Err(Trouble { message: "the formula has too many parts".to_owned(), at: 0..tex.len() });
        }
    }
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut raw = String::new();
    if let Err(error) = push_mathml(&mut raw, events.into_iter(), config) {
        return Err(Trouble { message: error.to_string(), at: 0..tex.len() });
    }
    Ok(annotated(&styled(&closed(&mended(&raw))), tex))
}

/// The message of the library has a drawing of the place below it.
fn trouble(tex: &str, message: &str) -> Trouble {
    let (first, drawing) = message.split_once('\n').unwrap_or((message, ""));
    let text = first.strip_prefix("parsing error: ").unwrap_or(first);
    let excerpt =
        drawing.lines().filter_map(|line| line.strip_prefix('│')).map(str::trim).find(|line| !line.is_empty());
    let excerpt = excerpt.unwrap_or_default().trim_matches('…');
    let at = tex.find(excerpt).filter(|_| !excerpt.is_empty()).map_or(0..tex.len(), |at| at..at + excerpt.len());
    Trouble { message: text.to_owned(), at }
}

/// The library leaves `<` and `&` as they are in some places: whatever is no tag of MathML is text.
fn mended(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len() + 64);
    let mut from = 0;
    for (at, byte) in raw.bytes().enumerate() {
        let rest = raw.get(at + 1..).unwrap_or_default();
        let entity = match byte {
            b'<' if !is_tag(rest) => "&lt;",
            b'&' if !is_reference(rest) => "&amp;",
            _ => continue,
        };
        out.push_str(raw.get(from..at).unwrap_or_default());
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(raw.get(from..).unwrap_or_default());
    out
}

/// Empty elements with an end tag: not every program that reads HTML knows how elements of MathML end.
fn closed(mathml: &str) -> String {
    let mut out = String::with_capacity(mathml.len() + 64);
    let mut rest = mathml;
    while let Some((before, behind)) = rest.split_once("/>") {
        let name = before.rsplit_once('<').map_or("", |(_, tag)| tag.split(' ').next().unwrap_or_default());
        out.push_str(before.trim_end());
        out.push_str("></");
        out.push_str(name);
        out.push('>');
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Groups with a style as `mstyle`: MathML Core has the style on every element, and checkers of HTML only there.
fn styled(mathml: &str) -> String {
    let mut out = String::with_capacity(mathml.len());
    let mut open: Vec<bool> = vec![];
    let mut rest = mathml;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, behind) = tag.split_at(end);
        rest = behind;
        if tag == "</mrow>" {
            out.push_str(if open.pop() == Some(true) { "</mstyle>" } else { tag });
        } else if let Some(attributes) = tag.strip_prefix("<mrow") {
            let has_style = attributes.contains("displaystyle") || attributes.contains("scriptlevel");
            open.push(has_style);
            out.push_str(if has_style { "<mstyle" } else { "<mrow" });
            out.push_str(attributes);
        } else {
            out.push_str(tag);
        }
    }
    out.push_str(rest);
    out
}

fn is_tag(rest: &str) -> bool {
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    ELEMENTS.contains(&&name[..end]) && name[end..].starts_with([' ', '>', '/'])
}

fn is_reference(rest: &str) -> bool {
    ["lt;", "gt;", "amp;", "quot;", "#"].into_iter().any(|name| rest.starts_with(name))
}

/// Puts the source beside the formula, for those who copy it and for programs that read it (MathML Core, section 2.1.2).
fn annotated(mathml: &str, tex: &str) -> String {
    let inner = mathml.split_once('>').and_then(|(start, rest)| Some((start, rest.strip_suffix("</math>")?)));
    let Some((start, inner)) = inner else { return mathml.to_owned() };
    let mut source = String::with_capacity(tex.len());
    for c in tex.trim().chars() {
        match c {
            '&' => source.push_str("&amp;"),
            '<' => source.push_str("&lt;"),
            '>' => source.push_str("&gt;"),
            c => source.push(c),
        }
    }
    format!(
        "{start}><semantics><mrow>{inner}</mrow><annotation encoding=\"application/x-tex\">{source}</annotation></semantics></math>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_mathml_with_its_source() {
        let html = mathml(r"a < \frac{1}{2}", false).unwrap();
        assert!(html.starts_with("<math display=\"inline\"><semantics><mrow>"), "{html}");
        assert!(html.contains("<mo>&lt;</mo>") && html.contains("a &lt; \\frac{1}{2}</annotation>"), "{html}");
        assert!(mathml("x", true).unwrap().starts_with("<math display=\"block\""));
    }

    #[test]
    fn nothing_gets_out_of_a_formula() {
        for tex in
            [r"\text{</math><script>x</script>}", "<script>x</script>", r"\operatorname{<b>} \& y", r"\mathrm{<img>}"]
        {
            let html = mathml(tex, false).unwrap();
            let names: Vec<&str> = html.split('<').skip(1).collect();
            assert!(names.iter().all(|rest| is_tag(rest)), "{html}");
        }
    }

    #[test]
    fn an_error_has_its_place() {
        let tex = r"\alpha + \beta + \gamma + \unknown + \delta";
        let trouble = mathml(tex, false).unwrap_err();
        assert_eq!(trouble.message, "unknown primitive command found");
        assert!(tex[trouble.at.clone()].contains("unknown"), "{trouble:?}");
        assert!(trouble.at.start > 10);
        assert!(mathml(r"\def\a{\a\a}\a", false).is_err());
        assert!(mathml(&"x".repeat(30_000), false).is_err());
    }
}
