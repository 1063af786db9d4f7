//! The source of the shipped site, with the recipe that ships and without one.

use fangzhi::import::{Fate, Imported};

use crate::source::{builds, fate, ink, kept, open, pages, run, shown};
use crate::validate::{root, skipped};

/// The source document, which is not part of the repository.
fn seed() -> Option<String> {
    let path = std::env::var_os("FANGZHI_SEED")?;
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn title(page: &str) -> &str {
    page.lines().find_map(|line| line.strip_prefix("title: ")).unwrap().trim_matches('"')
}

fn author(page: &str) -> &str {
    page.lines().find_map(|line| line.strip_prefix("  author: ")).unwrap()
}

fn whole(imported: &Imported, seed: &str) {
    let sums = &imported.ledger.sums;
    assert_eq!(sums.characters.source, ink(seed).chars().count());
    assert_eq!(sums.lines.values().sum::<usize>(), seed.lines().count());
    assert_eq!(imported.ledger.lines.len(), seed.lines().count());
}

#[test]
fn the_recipe_gives_four_reports_in_the_right_order() {
    let Some(seed) = seed() else { return skipped("the seed with its recipe: FANGZHI_SEED does not name it") };
    let recipe = std::fs::read_to_string(root().join("content/manual/examples/reports-2023.recipe.yaml")).unwrap();
    let imported = run("reports-2023.txt", seed.as_bytes(), &recipe);
    whole(&imported, &seed);
    let pages = pages(&imported);
    let order: Vec<&str> = imported.ledger.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(order, ["shenzhen.md", "xian.md", "dalian.md", "zhengzhou.md"]);
    let authors: Vec<&str> = order.iter().map(|path| author(&pages[*path])).collect();
    assert_eq!(authors, ["张林", "李志军", "原驰", "安春茂"]);
    let line = |number: usize| seed.lines().nth(number - 1).unwrap();
    let titles: Vec<&str> = order.iter().map(|path| title(&pages[*path])).collect();
    assert_eq!(titles, [line(11), line(5), line(57), line(79)]);
    // Every line is accounted for, and none is left over.
    assert!(
        !imported.ledger.lines.iter().any(|entry| matches!(&entry.fate, Fate::Review { rule } if rule == "unplaced"))
    );
    assert_eq!(imported.ledger.sums.characters.review, 0);
    assert_eq!(fate(&imported, 25), "dropped stray");
    // The start that stood at the end comes first, joined to its other half.
    let zhengzhou = shown(&pages["zhengzhou.md"]);
    let expected: String = [103, 105, 85].into_iter().chain(87..=101).map(|number| ink(line(number))).collect();
    assert_eq!(zhengzhou, expected);
    for path in ["shenzhen.md", "xian.md", "dalian.md"] {
        assert_eq!(shown(&pages[path]), kept(&imported, path, &seed), "{path}");
    }
    builds(&imported, true);
    let again = run("reports-2023.txt", seed.as_bytes(), &recipe);
    assert_eq!((again.files, again.ledger.json()), (imported.files, imported.ledger.json()));
}

#[test]
fn without_a_recipe_bylines_cuts_and_the_stray_piece_are_found() {
    let Some(seed) = seed() else { return skipped("the seed without a recipe: FANGZHI_SEED does not name it") };
    let imported = run("report.txt", seed.as_bytes(), "");
    whole(&imported, &seed);
    let pages = pages(&imported);
    let authors: Vec<&str> = (1..=4).map(|number| author(&pages[&format!("report-{number}.md")])).collect();
    assert_eq!(authors, ["张林", "李志军", "原驰", "安春茂"]);
    for (first, second) in [(41, 43), (49, 51), (69, 71), (73, 75), (89, 91), (95, 97)] {
        let joined = [first, second].map(|line| fate(&imported, line));
        assert!(joined.iter().all(|fate| fate.ends_with(" 2")), "{first} and {second}: {joined:?}");
    }
    let open = open(&imported);
    for expected in [
        ("preamble", "3, 5"),
        ("no-title", "27"),
        ("stray", "25"),
        ("duplicate", "25, 101"),
        ("sequence", "25"),
        ("lost-start", "63"),
        ("order", "105, 85"),
    ] {
        assert!(
            open.iter().any(|(rule, lines)| (*rule, lines.as_str()) == expected),
            "{expected:?} is not in {open:#?}"
        );
    }
    // Metaphors are offered as headings, and every amount of money as a fact.
    for line in [41, 45, 47, 49, 53, 55] {
        let about = |lines: &str| lines.split(", ").next() == Some(line.to_string().as_str());
        assert!(open.iter().any(|(rule, lines)| *rule == "heading" && about(lines)), "{line}");
    }
    assert_eq!(open.iter().filter(|(rule, _)| *rule == "fact").count(), 33);
    builds(&imported, true);
}
