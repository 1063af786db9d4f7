//! Every example of the CommonMark and GFM specifications, plain and with our extensions.
//!
//! The specifications are not part of the repository. They are looked for in the folder that `FANGZHI_SPEC_DIR` names, and
//! beside the repository in `shared/spec`: `commonmark-0.31.2.txt`, or `spec.txt` as the npm package `commonmark-spec` has
//! it, and `gfm.txt`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use fangzhi::markdown::{self, Fill, Options};
use fangzhi::paths::SourcePath;
use fangzhi::source::{Source, Span};

/// One example: its number from 1, the extension it is about (GFM), its Markdown and its HTML.
struct Example {
    number: usize,
    extension: String,
    markdown: String,
    html: String,
}

/// The specification of CommonMark, as its repository and as its npm package name it.
const COMMONMARK: &[&str] = &["commonmark-0.31.2.txt", "spec.txt"];

/// The specification of GFM.
const GFM: &[&str] = &["gfm.txt"];

/// The folders to look into, the one that was named first.
fn folders() -> Vec<PathBuf> {
    let named = std::env::var_os("FANGZHI_SPEC_DIR").map(PathBuf::from);
    named.into_iter().chain([PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/spec")]).collect()
}

/// The examples of a specification; none, with a clear word about it, if its text is nowhere. A folder that was named must
/// hold CommonMark.
fn examples(names: &[&str]) -> Option<Vec<Example>> {
    let paths = folders().into_iter().flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    let Some(text) = paths.into_iter().find_map(|path| std::fs::read_to_string(path).ok()) else {
        let named = std::env::var("FANGZHI_SPEC_DIR");
        assert!(named.is_err() || names == GFM, "{} does not hold {}", named.unwrap_or_default(), names.join(" or "));
        // Not `eprintln`: the word shall be seen although the test passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {} is not there; name its folder in FANGZHI_SPEC_DIR", names[0]);
        return None;
    };
    let mut examples = vec![];
    let mut lines = text.lines();
    let fence = "`".repeat(32);
    while let Some(line) = lines.next() {
        let Some(extension) = line.strip_prefix(&format!("{fence} example")) else { continue };
        let mut part = |end: &str| {
            let taken: Vec<String> =
                lines.by_ref().take_while(|line| *line != end).map(|line| line.replace('→', "\t")).collect();
            taken.iter().map(|line| format!("{line}\n")).collect::<String>()
        };
        let (markdown, html) = (part("."), part(&fence));
        examples.push(Example { number: examples.len() + 1, extension: extension.trim().to_owned(), markdown, html });
    }
    Some(examples)
}

/// The numbers in a list of `tests/markdown/exceptions.md` with their reasons: the lines `- 12, 13: reason` under a heading.
fn exceptions(heading: &str) -> BTreeMap<usize, String> {
    let text = include_str!("markdown/exceptions.md");
    let (_, section) = text.split_once(&format!("## {heading}\n")).expect("the heading is in exceptions.md");
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut list = BTreeMap::new();
    for line in section.lines().filter_map(|line| line.strip_prefix("- ")) {
        let (numbers, reason) = line.split_once(": ").expect("`- numbers: reason`");
        for number in numbers.split(',') {
            list.insert(number.trim().parse().expect("a number"), reason.to_owned());
        }
    }
    list
}

/// The same HTML in one spelling: quotes in text and void elements may be written in two ways.
fn normal(html: &str) -> String {
    html.replace("&quot;", "\"").replace(" />", ">").replace("/>", ">").trim().to_owned()
}

/// Compares the examples with `render`; the ones that differ must be those of the list and no others.
fn compare(examples: &[Example], list: &str, render: impl Fn(&str) -> String) {
    let expected = exceptions(list);
    let mut complaints = vec![];
    for example in examples {
        let html = render(&example.markdown);
        let same = normal(&html) == normal(&example.html);
        let Example { number, extension, markdown, html: wanted } = example;
        match (same, expected.get(number)) {
            (true, Some(_)) => complaints.push(format!("{number} is an exception no more")),
            (false, None) => {
                complaints
                    .push(format!("{number} {extension}\n--- Markdown\n{markdown}--- wanted\n{wanted}--- is\n{html}"));
            }
            _ => {}
        }
    }
    assert!(complaints.is_empty(), "{list}: {} complaints\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn commonmark_examples_pass_in_plain_mode() {
    let Some(examples) = examples(COMMONMARK) else { return };
    assert_eq!(examples.len(), 652);
    compare(&examples, "CommonMark, plain", markdown::render_plain);
}

#[test]
fn gfm_examples_pass_in_plain_mode() {
    let Some(examples) = examples(GFM) else { return };
    assert!(examples.len() > 600, "{}", examples.len());
    compare(&examples, "GFM, plain", markdown::render_plain);
}

/// The body as the site would have it, its links filled in as written.
fn site(text: &str) -> String {
    let source = Source::new(SourcePath::new("content/a.md").expect("a path"), text);
    let options = Options { trust: true, ..Options::default() };
    let parsed = markdown::parse(&source, Span::new(0, text.len()), &options).value;
    parsed.body.fill(|hole, out| match hole.fill {
        Fill::Href(link) => out.push_str(&format!(" href=\"{}\"", parsed.links[link as usize].target)),
        Fill::Src(link) => out.push_str(&format!(" src=\"{}\"", parsed.links[link as usize].target)),
        Fill::WikiText(link) => out.push_str(&parsed.links[link as usize].target),
        Fill::Word(word) | Fill::Interface(word) => out.push_str(word),
        Fill::Component(_) | Fill::ComponentEnd(_) | Fill::Include(_) | Fill::Code(_) | Fill::Exact(_) => {}
    })
}

/// What our output adds on purpose, taken out again, so that only examples that *mean* something else remain.
fn without_additions(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let anchor = " <a class=\"anchor\"";
        if out.ends_with(' ') && rest.starts_with(&anchor[1..]) {
            out.pop();
            rest = rest.split_once("</a>").map_or("", |(_, rest)| rest);
            continue;
        }
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        // Colours of code, which never stand inside one another.
        if rest.starts_with("<span class=\"hl-") {
            let (inside, behind) = rest[end..].split_once("</span>").expect("a span that ends");
            out.push_str(inside);
            rest = behind;
            continue;
        }
        let heading = (1..=6).find(|level| rest.starts_with(&format!("<h{level} id=")));
        match heading {
            Some(level) => out.push_str(&format!("<h{level}>")),
            None => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    for (ours, theirs) in [
        ("<pre class=\"code\" tabindex=\"0\">", "<pre>"),
        ("<a class=\"external\" rel=\"noopener\"", "<a"),
        (" loading=\"lazy\"", ""),
        (" decoding=\"async\"", ""),
        ("<div class=\"table-wrap\" tabindex=\"0\" role=\"group\">\n", ""),
        ("</table>\n</div>", "</table>"),
        ("<th scope=\"col\"", "<th"),
    ] {
        out = out.replace(ours, theirs);
    }
    out
}

/// Targets are percent-encoded by the site, which these tests do not have.
fn decoded(html: &str) -> String {
    fangzhi::paths::decode(html).replace("&amp;", "&")
}

#[test]
fn gfm_examples_that_our_extensions_change_are_listed() {
    let Some(mut examples) = examples(GFM) else { return };
    examples.retain(|example| !example.extension.is_empty());
    assert!(examples.len() > 20, "{}", examples.len());
    for example in &mut examples {
        example.html = decoded(&example.html);
    }
    compare(&examples, "GFM, extended", |text| decoded(&without_additions(&site(text))));
}

#[test]
fn commonmark_examples_that_our_extensions_change_are_listed() {
    let Some(mut examples) = examples(COMMONMARK) else { return };
    for example in &mut examples {
        example.html = decoded(&example.html);
    }
    compare(&examples, "CommonMark, extended", |text| decoded(&without_additions(&site(text))));
}
