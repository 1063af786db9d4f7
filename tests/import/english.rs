//! An English report with every construct.

use crate::source::{body, builds, fate, id, kept, open, pages, run, shown};

const TEXT: &str = include_str!("english.txt");

fn plain() -> fangzhi::import::Imported {
    run("letter.txt", TEXT.as_bytes(), "")
}

fn line(start: &str) -> usize {
    TEXT.lines().position(|line| line.starts_with(start)).unwrap_or_else(|| panic!("no {start}")) + 1
}

#[test]
fn bylines_begin_reports_and_heads_are_read() {
    let pages = pages(&plain());
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["letter-1.md", "letter-2.md", "letter.md"]);
    let page = &pages["letter-1.md"];
    for expected in [
        "title: Making Research Useful at Home\n",
        "date: 2024-03-05\n",
        "keywords: [research, small firms]\n",
        "  author: Jane Doe\n",
        "  role: \"Director, Harbour Town Science Office\"\n",
        "  number: HT-2024-7\n",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    assert!(pages["letter-2.md"].contains("title: A Slow Start\n"));
    assert!(pages["letter-2.md"].contains("  author: John Q. Roe\n"));
}

#[test]
fn structure_is_read() {
    let body = body(&plain(), "letter-1.md");
    for expected in [
        "## Chapter 1: Where We Stand\n",
        "### 1. Background\n",
        "### 2. What was done\n",
        "We did three things.\n\n- First, we opened the laboratories.\n- Second, we paid for trials.\n- Third, we trained brokers.\n",
        "\nWe also failed at two. First, the fund was small. Third, the rules were slow.\n",
        "- (a) rooms for trials\n- (b) people who know a market\n  - open days\n  - a shared boat\n",
        "The town visited 40 firms and learned that most of them had never met a researc-her before.\n",
    ] {
        assert!(body.contains(expected), "{expected} is not in\n{body}");
    }
}

#[test]
fn doubts_are_asked() {
    let imported = plain();
    let open = open(&imported);
    let again = TEXT.lines().collect::<Vec<_>>().iter().rposition(|line| line.starts_with("A trial site")).unwrap() + 1;
    for (rule, lines) in [
        ("preamble", "1-2".to_owned()),
        ("sequence", line("We also").to_string()),
        ("heading", line("Building").to_string()),
        ("heading", line("3. What").to_string()),
        ("heading", line("Mending").to_string()),
        ("lost-start", line("went on").to_string()),
        ("duplicate", format!("{}, {again}", line("Mending"))),
        ("sequence", line("4. four").to_string()),
    ] {
        assert!(open.contains(&(rule, lines.clone())), "{rule} about {lines} is not in {open:#?}");
    }
    assert_eq!(fate(&imported, line("went on")), "review lost-start");
    let money = imported.ledger.doubts.iter().find(|doubt| doubt.excerpt.starts_with("$3.5 billion")).unwrap();
    assert_eq!(money.lines.to_string(), line("Harbour Town spent").to_string());
    assert!(imported.review.contains("`letter.txt:"), "{}", imported.review);
}

#[test]
fn signs_of_markdown_stay_what_they_are() {
    let imported = plain();
    for (path, text) in pages(&imported) {
        let bare = |text: String| text.replace('•', "");
        assert_eq!(shown(&text), bare(kept(&imported, &path, TEXT)), "{path}");
    }
    let text = &pages(&imported)["letter-2.md"];
    assert!(text.contains("https://example.org/a_b_c?x=1&y=2 and"), "{text}");
    builds(&imported, true);
}

#[test]
fn an_indicator_makes_a_figure_a_fact() {
    let first = plain();
    let lines = line("Harbour Town spent").to_string();
    let fact = id(&first, "fact", &lines);
    let second = run("letter.txt", TEXT.as_bytes(), &format!("decisions:\n  {fact}: rd-spending\n"));
    let page = &pages(&second)["letter-1.md"];
    assert!(page.contains(&format!("lines: {lines} }}\n")) && page.contains("rd-spending: "), "{page}");
}
