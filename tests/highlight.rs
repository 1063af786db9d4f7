//! What is coloured in which language: the cases of `tests/highlight/*.md`, and what must hold for any text.
//!
//! A block of code is followed by a block `kinds`, in which every token stands as `‹kind text›`. With `FANGZHI_UPDATE=1`
//! the blocks are written anew: look at the difference before you keep it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fangzhi::highlight::{self, Language};
use proptest::prelude::*;

fn marked(text: &str, language: &'static Language) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for token in highlight::tokens(text, language) {
        let (start, end) = (token.start as usize, token.end as usize);
        out.push_str(&text[from..start]);
        let kind = token.kind.class().trim_start_matches("hl-");
        let _ = write!(out, "‹{kind} {}›", &text[start..end]);
        from = end;
    }
    out + &text[from..]
}

/// The blocks of a case file with its other lines between, as they would be right; what is wrong.
fn run(path: &Path) -> (String, Vec<String>, usize) {
    let text = std::fs::read_to_string(path).expect("the case file can be read");
    let (mut right, mut wrong, mut cases) = (String::new(), vec![], 0);
    let mut lines = text.lines();
    let mut expected = String::new();
    while let Some(line) = lines.next() {
        let _ = writeln!(right, "{line}");
        let Some(name) = line.strip_prefix("````") else { continue };
        let block: String = lines.by_ref().take_while(|line| *line != "````").map(|line| format!("{line}\n")).collect();
        if name == "kinds" {
            if block != expected {
                wrong.push(format!("{}\n--- wanted\n{block}--- is\n{expected}", path.display()));
            }
            let _ = writeln!(right, "{expected}````");
        } else {
            let language = highlight::language(name).unwrap_or_else(|| panic!("{}: {name}", path.display()));
            expected = marked(&block, language);
            cases += 1;
            let _ = writeln!(right, "{block}````");
        }
    }
    (right, wrong, cases)
}

#[test]
fn cases() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/highlight"));
    let (mut wrong, mut count) = (vec![], 0);
    for file in std::fs::read_dir(folder).expect("the folder of cases") {
        let path = file.expect("a file").path();
        let (right, complaints, cases) = run(&path);
        if std::env::var_os("FANGZHI_UPDATE").is_some() {
            std::fs::write(&path, right).expect("the case file can be written");
        }
        wrong.extend(complaints);
        count += cases;
    }
    assert!(count > 40, "{count} cases");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn names_are_unique_and_many() {
    let mut names: Vec<&str> = highlight::languages().flat_map(|language| language.names.iter().copied()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "a name stands twice");
    assert!(highlight::languages().count() >= 100);
    assert!(names.iter().all(|name| name.to_lowercase() == **name && highlight::language(name).is_some()));
    assert!(highlight::language("Rust").is_some());
    assert!(highlight::language("no-such-language").is_none());
}

/// The text of HTML without its tags and references.
fn text_of(html: &str) -> String {
    let mut out = String::new();
    for piece in html.split('<') {
        out.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn code_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"",
        "'",
        "`",
        "\"\"\"",
        "'''",
        "\\",
        "\n",
        " ",
        "    ",
        "$",
        "${",
        "#{",
        "}",
        "{",
        "{{",
        "{%",
        "(",
        ")",
        "[",
        "]",
        "[[",
        "]]",
        "<",
        "</",
        ">",
        "<?php",
        "?>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<style>",
        "<<EOF",
        "EOF",
        "<<~'X'",
        "/",
        "//",
        "/*",
        "*/",
        "#",
        "--",
        "--[[",
        ";",
        "%",
        "%w[",
        "@",
        "@a",
        ":",
        ":a",
        "=",
        "=>",
        "r#\"",
        "\"#",
        "R\"x(",
        ")x\"",
        "u8'",
        "fn",
        "class",
        "def",
        "x",
        "A",
        "ABC",
        "0x1f",
        "1.5e-3",
        "中文",
        "é",
        "|",
        ">-",
        "- ",
        "key: ",
        "~~~",
        "```rust",
        "# ",
        "& ",
        "&amp;",
        "\\begin{",
        "!",
        "?",
        "s/",
        "qw(",
        "~r/",
        "$(",
        "'a",
        "\r",
        "\t",
        "+",
        "-",
        "*",
        "...",
        "\u{0}",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_is_lost(text in code_like()) {
        for language in highlight::languages() {
            let tokens = highlight::tokens(&text, language);
            let mut end = 0;
            for token in &tokens {
                prop_assert!(token.start >= end && token.start < token.end, "{}: {text:?}", language.title);
                prop_assert!(text.get(token.start as usize..token.end as usize).is_some(), "{}: {text:?}", language.title);
                end = token.end;
            }
            let (mut whole, mut by_line) = (String::new(), String::new());
            highlight::write(&mut whole, &text, &tokens);
            highlight::lines(&mut by_line, &text, &tokens, |_, _, _| {});
            prop_assert_eq!(text_of(&whole), text.clone());
            prop_assert_eq!(text_of(&by_line), text.clone());
        }
    }
}

#[test]
fn time_grows_with_the_text() {
    let seeds = [
        "\"", "'", "`", "${", "#{\"", "\"#{", "<<A\n", "<<A ", "/* ", "/[", "/ ", "<a", "<a ", "<!--", "{{", "[a](",
        "**", "#[", "r#\"", "R\"x(", "(", "$(", "\"${", "%w[", "s/", "~r/", "--[[ ", "(*", "(* ", ":a", "@",
        "<script>", "- ", "a: |\n", "a: ", "[[", "@media (", "a:b", "\\", "|", "a\n", "<?php ", "1e+", "\"\"\"", "''",
        "f(", "<", "{", "///", "x = <T", "`a", "b'",
    ];
    for language in highlight::languages() {
        for seed in seeds {
            let text = seed.repeat(8_000 / seed.len());
            // A machine that does other work may stop for a while; it does not do so three times.
            let quick = (0..3).any(|_| {
                let start = Instant::now();
                highlight::tokens(&text, language);
                start.elapsed() < Duration::from_millis(400)
            });
            assert!(quick, "{}: {seed:?} takes too long", language.title);
        }
    }
}
