//! What must hold for any text: no panic, spans inside the source, unique ids, and time that grows with the text.

use std::time::{Duration, Instant};

use fangzhi::diagnostic::{Code, Diagnosed};
use fangzhi::markdown::{self, Markdown, Options};
use fangzhi::paths::SourcePath;
use fangzhi::source::{Source, Span};
use proptest::prelude::*;

fn parse_with(text: &str, body: Span, trust: bool) -> Diagnosed<Markdown> {
    let source = Source::new(SourcePath::new("content/a.md").expect("a path"), text);
    markdown::parse(&source, body, &Options { trust, smart_punctuation: true, ..Options::default() })
}

fn parse(text: &str) -> Diagnosed<Markdown> {
    parse_with(text, Span::new(0, text.len()), true)
}

/// Texts that are made of what Markdown is made of.
fn markdown_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "*",
        "**",
        "~~",
        "_",
        "`",
        "```\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "[[",
        "]]",
        "|",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "## ",
        "#",
        "{#a}",
        " ",
        "    ",
        "\\",
        "&amp;",
        "&#xE000;",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<a id=x>",
        "<",
        ">",
        "[^a]",
        "[^a]: ",
        "[!NOTE]",
        "- [ ] ",
        ": ",
        "|---|\n",
        "https://a.b/",
        "www.a.b",
        "a@b.c",
        "。",
        "（",
        "）",
        "“",
        "”",
        "中",
        "一、",
        "第一章",
        "한",
        "a",
        "B1",
        "\u{E000}",
        "\u{E001}",
        "\u{1DA87}",
        "\u{FE00}",
        "😀",
        "\r\n",
        "\t",
        "[k]: u\n",
        "[k]",
        "<!-- more -->\n",
        "\0",
        ":::note\n",
        ":::tabs\n",
        ":::tab a *b*\n",
        ":::x a=\"b\"\n",
        ":::x a :::\n",
        ":::\n",
        "::::\n",
        ":::include a\n",
        "::",
        "{.a}\n",
        "{.a #b}",
        "*[a]: b\n",
        "==",
        "^",
        "~",
        "++",
        ":smile:",
        "Table: ",
        "| a |\n|---|\n| 1亿 |\n",
        "\n\n",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// Looks at everything that a body says.
fn holds(text: &str, body: Span, parsed: &Diagnosed<Markdown>) {
    let inside = |span: Span| {
        let range = span.range();
        assert!(text.get(range).is_some(), "{span:?} cuts {text:?}");
        assert!(span.start >= body.start && span.end <= body.end, "{span:?} is not in {body:?} of {text:?}");
    };
    let value = &parsed.value;
    value.headings.iter().for_each(|heading| inside(heading.span));
    value.links.iter().for_each(|link| inside(link.span));
    parsed.diagnostics.iter().for_each(|complaint| inside(complaint.place.span));
    let mut ids: Vec<&str> =
        value.headings.iter().flat_map(|h| h.aliases.iter().chain([&h.id]).map(|id| &**id)).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "heading ids are unique in {text:?}");
    assert!(ids.iter().all(|id| value.ids.iter().any(|known| **known == **id)));
    assert!(value.ids.is_sorted());
    assert!(value.body.holes.is_sorted_by_key(|hole| hole.at));
    assert!(value.body.holes.iter().all(|hole| value.body.html.is_char_boundary(hole.at as usize)));
    assert!(value.sections.iter().filter_map(|section| section.heading).eq(0..value.headings.len()), "{text:?}");
    let _ = value.body.fill(|_, out| out.push('x'));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_holds(text in markdown_like(), trust: bool) {
        let body = Span::new(0, text.len());
        holds(&text, body, &parse_with(&text, body, trust));
        let _ = markdown::render_plain(&text);
    }

    #[test]
    fn any_text_holds(text in any::<String>(), before in any::<String>(), trust: bool) {
        let whole = format!("{before}{text}");
        let body = Span::new(before.len(), whole.len());
        holds(&whole, body, &parse_with(&whole, body, trust));
        let _ = markdown::render_plain(&text);
    }

    /// A body inside a file says the same as a body alone, its spans moved.
    #[test]
    fn where_a_body_starts_changes_nothing(text in markdown_like()) {
        let whole = format!("---\n前\n---\n{text}");
        let inner = parse_with(&whole, Span::new(whole.len() - text.len(), whole.len()), true).value;
        let alone = parse(&text).value;
        prop_assert_eq!(&inner.body, &alone.body);
        for (inner, alone) in inner.links.iter().zip(&alone.links) {
            prop_assert_eq!(inner.span, alone.span.shifted(whole.len() - text.len()));
        }
    }

    #[test]
    fn private_use_characters_come_out_unchanged(characters in prop::collection::vec(
        prop_oneof![prop::char::range('\u{E000}', '\u{E010}'), prop::char::range('\u{1DA87}', '\u{1DA8B}'), Just('中'), Just('。')], 1..40))
    {
        let text: String = characters.iter().collect();
        let parsed = parse(&format!("**{text}。**{text}\n\n`{text}*（` **甲。**乙")).value;
        let wanted = format!("{text}。{text}\n{text}*（ 甲。乙");
        prop_assert_eq!(&parsed.sections[0].text, &wanted);
    }

    #[test]
    fn line_ends_change_nothing(text in markdown_like()) {
        let unix = text.replace('\r', "");
        let dos = unix.replace('\n', "\r\n");
        prop_assert_eq!(parse(&unix).value.body.html, parse(&dos).value.body.html);
    }
}

#[test]
fn spans_that_are_none_give_an_empty_body() {
    let text = "中文";
    for (start, end) in [(1, 2), (100, 200), (6, 100), (0, 0)] {
        assert_eq!(parse_with(text, Span::new(start, end), true).value.body.html, "");
    }
}

#[test]
fn nesting_over_200_is_an_error_at_its_place() {
    let cases = [
        ("> ".repeat(100_000) + "x", 400),
        ("- ".repeat(100_000) + "x", 200),
        ("<div>\n\n".repeat(20_000), 1400),
        ("x <b>".repeat(20_000), 1000),
        ("*a **b ".repeat(20_000) + &"b** a*".repeat(20_000), 700),
        ("![".repeat(1000) + &"](x)".repeat(1000), 400),
    ];
    for (text, at) in cases {
        let parsed = parse(&text);
        let complaint = parsed.diagnostics.iter().find(|complaint| complaint.code == Code::TooDeep);
        let start = complaint.map(|complaint| complaint.place.span.start as usize);
        assert!(start.is_some_and(|start| start <= at + 20 && start + 20 >= at), "{}: {start:?}", &text[..20]);
        assert_eq!(
            parsed.value.body.html.matches("<blockquote>").count(),
            parsed.value.body.html.matches("</blockquote>").count()
        );
    }
    for fine in [
        "> ".repeat(150) + "x",
        "[".repeat(50_000) + &"]".repeat(50_000),
        "<p>\n\n".repeat(1000),
        "<li>x\n\n".repeat(1000),
    ] {
        assert_eq!(parse(&fine).diagnostics, [], "{}", &fine[..20]);
    }
}

/// 100 KB of what is known to make careless parsers quadratic.
#[test]
fn time_grows_with_the_text() {
    let size = 100_000;
    let fill = |piece: &str| piece.repeat(size / piece.len());
    let texts = [
        fill("["),
        fill("]"),
        fill("[["),
        fill("![["),
        fill("[[a]]"),
        fill("[a]("),
        fill("[](<"),
        fill("<"),
        fill("<!--"),
        fill("<?"),
        fill("<a "),
        fill("<a b='"),
        fill("*"),
        fill("_"),
        fill("*a_ "),
        fill("a**b"),
        fill("a~~b~"),
        fill("`a``b```c"),
        fill("\\`"),
        fill("**a *a "),
        fill("*中。"),
        fill("**。中"),
        fill("*~中。"),
        fill("&"),
        fill("&#x"),
        fill("!["),
        fill("[^"),
        fill("[^a]"),
        fill("[^a]: x\n"),
        fill("[a]: u\n"),
        fill("[a]\n"),
        fill("# a\n"),
        fill("# a {#b}\n"),
        fill("# "),
        fill("#"),
        fill("{"),
        fill("{#"),
        fill("# {#a"),
        fill("| a "),
        fill("|-") + "\n" + &fill("|-"),
        fill("|a|\n|-|\n"),
        fill("www."),
        fill("www.a_b."),
        fill("https://"),
        fill("https://a.b/("),
        fill("http://a.b/)))"),
        fill("a@b."),
        fill("a@"),
        fill("a."),
        fill("://"),
        fill("- a\n"),
        fill("> a\n"),
        fill(">"),
        fill("-\n"),
        fill("1. a\n"),
        fill("- [ ] a\n"),
        fill(": a\n"),
        fill("a\n: b\n"),
        fill("中\n"),
        fill("a\n"),
        fill("*a*\n"),
        fill("> [!NOTE]\n"),
        fill("> [!NOTE] a\n\n"),
        fill("<b>"),
        fill("<b></c>"),
        fill("<div id=a>\n</div>\n"),
        fill("<script>"),
        fill("<!-- more -->\n\n"),
        fill("![](a)\n\n"),
        fill("![a](b \"c\")\n\n"),
        fill("[a](b)"),
        fill("[a][b]"),
        fill("[![a](b)](c)"),
        fill("```\n"),
        fill("~~~a\n"),
        fill("    a\n"),
        fill("\t"),
        fill("\u{E000}*中。*"),
        fill("[[a|b]]"),
        fill("![[a.png|3]]"),
        fill("a[^x] [^y"),
        fill("[^x]: a[^x]\n\n"),
        fill("\\[^"),
        fill("<a@b.c>"),
        fill("***a*** "),
        fill("(第一章"),
        fill(":::note\n"),
        fill(":::note\n:::\n"),
        fill(":::tab a\n"),
        fill("::::\n"),
        fill(":::x a=b "),
        fill(":::x a=b\n:::\n"),
        fill("::\n"),
        fill("{.a}\n"),
        fill("a\n{.a}\n"),
        fill("> a\n{.a}\n"),
        fill("*[ab]: c\n"),
        fill("*[a"),
        fill("=="),
        fill(" ==a"),
        fill("==a=="),
        fill("*==a* "),
        fill("==*a"),
        fill("\\=="),
        fill("a~b"),
        fill("a~b~"),
        fill("a^"),
        fill("a^b^"),
        fill("++"),
        fill("++a+"),
        fill(":a"),
        fill(":smile:"),
        fill("Table: a\n\n"),
        fill("Table: *a*"),
        fill("|1|\n|-|\n|2|\n{.a}\n"),
        "| a |\n|---|\n".to_owned() + &fill("| 1 |\n"),
        fill("\"a\" -- "),
        fill("![a](b){.c}"),
        fill("![a](b){"),
    ];
    for text in texts {
        let start = Instant::now();
        parse(&text);
        markdown::render_plain(&text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{took:?}: {:?}", text.chars().take(20).collect::<String>());
        if std::env::var_os("FANGZHI_TIMES").is_some() && took > Duration::from_millis(150) {
            eprintln!("{took:?}: {:?}", text.chars().take(20).collect::<String>());
        }
    }
}
