//! What must hold for any text: the ledger balances, the characters are kept, a second run gives the same bytes, and a
//! decision stays decided.

use fangzhi::import::Fate;
use proptest::prelude::*;

use crate::source::{builds, ink, kept, pages, physical, run, shown};

/// Texts that are made of what reports are made of, and of what Markdown is made of.
fn report_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\n",
        "\n\n",
        "\n",
        " ",
        "\u{3000}",
        "\t",
        "\r\n",
        "\u{0}",
        "\u{feff}",
        "王一 某市科学技术局局长\n",
        "By Jane Doe, Director, Town Office\n",
        "一、基本情况\n",
        "（一）做法\n",
        "1. a\n",
        "2. b\n",
        "（1）c；\n",
        "①d\n",
        "一是甲。",
        "二是乙；",
        "三是丙。",
        "First, x. ",
        "Second, y. ",
        "建设科创中心",
        "深圳“十四五”规划",
        "“",
        "”",
        "（",
        "）",
        "。",
        "，",
        "：",
        "2023年，投入58.2亿元，增长7.5%。",
        "走访了32家企业",
        "架起“桥梁”。",
        "日期：2024年3月5日\n",
        "某科发〔2024〕12号\n",
        "The town spent $3.5 billion in 2023. ",
        "*",
        "_",
        "**",
        "`",
        "```\n",
        "# ",
        "> ",
        "- ",
        "+ ",
        "~~~\n",
        "---\n",
        "===\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "[[",
        "<b>",
        "<!--",
        "&amp;",
        "&",
        "|",
        "$",
        "$$",
        "^",
        "~",
        "==",
        "++",
        ":smile:",
        ":::note\n",
        ":",
        "{#a}",
        "{{ x }}",
        "\\",
        "#",
        "!",
        "@",
        "%",
        "https://example.org/a_b*c",
        "<https://x.y>",
        "a@b.cd",
        "*[HTML]: x\n",
        "[^1]",
        "[^1]: n\n",
        "[x]: y\n",
        "e\u{301}",
        "👍",
        "\u{e000}",
        "\u{200b}",
        "\u{2028}",
        "\u{85}",
        "x",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![3 => report_like(), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_balances_and_the_characters_are_kept(text in any_text()) {
        let imported = run("report.txt", text.as_bytes(), "");
        let ledger = &imported.ledger;
        prop_assert_eq!(ledger.check(), Ok(()));
        prop_assert_eq!(ledger.lines.len(), physical(text.trim_start_matches('\u{feff}')).len());
        prop_assert_eq!(ledger.sums.characters.source, ink(&text).chars().count());
        let numbers: Vec<usize> = ledger.lines.iter().map(|entry| entry.line).collect();
        prop_assert_eq!(numbers, (1..=ledger.lines.len()).collect::<Vec<_>>());
        let text = text.trim_start_matches('\u{feff}');
        for (path, page) in pages(&imported) {
            // Marks of lists are the source's own characters, and stand on the page as marks.
            let (page, lines) = (shown(&page), kept(&imported, &path, text));
            let marks = lines.chars().count() - page.chars().count();
            prop_assert!(is_within(&page, &lines), "{path}:\n{page}\n{lines}");
            prop_assert!(marks <= ledger.sums.characters.marks, "{path}:\n{page}\n{lines}");
        }
        let dropped = ledger.lines.iter().filter(|entry| matches!(&entry.fate, Fate::Dropped { rule } if rule != "blank"));
        prop_assert_eq!(dropped.count(), 0);
    }

    #[test]
    fn a_second_run_gives_the_same_bytes_and_decisions_stay(text in report_like(), which in any::<prop::sample::Index>()) {
        let first = run("report.txt", text.as_bytes(), "");
        let second = run("report.txt", text.as_bytes(), "");
        prop_assert_eq!((&first.files, first.ledger.json(), &first.review), (&second.files, second.ledger.json(), &second.review));
        if first.ledger.doubts.is_empty() {
            return Ok(());
        }
        let doubt = which.get(&first.ledger.doubts).clone();
        for choice in &doubt.choices {
            let recipe = format!("decisions:\n  {}: {choice}\n", doubt.id);
            let decided = run("report.txt", text.as_bytes(), &recipe);
            prop_assert_eq!(decided.ledger.check(), Ok(()));
            let kept = decided.ledger.doubts.iter().find(|own| own.id == doubt.id);
            prop_assert_eq!(kept.and_then(|own| own.chosen.as_deref()), Some(choice.as_str()));
            let again = run("report.txt", text.as_bytes(), &recipe);
            prop_assert_eq!((decided.files, decided.ledger.json()), (again.files, again.ledger.json()));
        }
    }

    #[test]
    fn html_and_markdown_balance_too(text in any_text()) {
        for name in ["a.html", "a.md", "a.docx.txt"] {
            let imported = run(name, text.as_bytes(), "");
            prop_assert_eq!(imported.ledger.check(), Ok(()));
            if name == "a.html" {
                let all: usize = imported.ledger.sums.lines.values().sum();
                prop_assert_eq!(all, imported.ledger.lines.len());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_imported_builds(text in report_like()) {
        let imported = run("report.txt", text.as_bytes(), "");
        builds(&imported, true);
    }
}

/// Whether the characters of one text stand in another in the same order.
fn is_within(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|c| rest.any(|other| other == c))
}
