//! A generator of sites: the same pages for the same numbers, on every machine.

use std::fmt::Write as _;

use fangzhi::inputs::Inputs;
use fangzhi::paths::SourcePath;
use fangzhi::source::Source;

#[path = "../../tests/support/numbers.rs"]
mod numbers;

use numbers::Numbers;

const HAN: &str = "研究成果转化产业平台企业人才基金孵化概念验证中试市场技术合同政策改革创新生态城市报告数字举措大学实验室工程园区服务";
const LATIN: [&str; 24] = [
    "research",
    "result",
    "industry",
    "platform",
    "company",
    "talent",
    "fund",
    "incubator",
    "proof",
    "concept",
    "pilot",
    "market",
    "contract",
    "policy",
    "reform",
    "city",
    "report",
    "figure",
    "measure",
    "university",
    "laboratory",
    "park",
    "service",
    "growth",
];

/// Every file of a site with this many pages: half of the text Chinese, half English, a code block on every second
/// page, a table, three to five links, forty terms, sections of fifty pages.
pub fn files(pages: usize) -> Vec<(String, String)> {
    let mut files = vec![(
        "site.toml".to_owned(),
        "title = \"Benchmark\"\nbase_url = \"https://example.org/\"\n\n[taxonomies.tags]\npaginate_by = 50\n"
            .to_owned(),
    )];
    files.push(("content/_index.md".into(), "---\ntitle: Benchmark\n---\n\nA generated site.\n".into()));
    for section in 0..pages.div_ceil(50) {
        let text = format!("---\ntitle: Section {section}\nweight: {section}\n---\n\nPages of section {section}.\n");
        files.push((format!("content/s{section}/_index.md"), text));
    }
    files.extend((0..pages).map(|page| (path(page), page_text(page, pages, 0))));
    files
}

/// The file of a page.
pub fn path(page: usize) -> String {
    format!("content/s{}/p{page}.md", page / 50)
}

/// The text of a page of about 8 KB; another `edition` changes one paragraph of its body.
pub fn page_text(page: usize, pages: usize, edition: usize) -> String {
    let mut numbers = Numbers::new(page as u64 + 1);
    let (one, other) = (numbers.below(40), numbers.below(40));
    let mut text = format!("---\ntitle: Page {page}\nweight: {page}\ntags: [tag-{one}, tag-{other}]\n---\n\n");
    for section in 0..6 {
        let _ = writeln!(text, "## Part {section} of page {page}\n");
        let to = numbers.below(pages);
        let _ =
            writeln!(text, "{} [a page](/s{}/p{to}.md) {}\n", han(&mut numbers, 180), to / 50, latin(&mut numbers, 60));
        let _ = writeln!(text, "{}\n", latin(&mut numbers, 40));
    }
    let _ = writeln!(text, "Edition {edition}.\n\n| name | value | note |\n|---|--:|---|");
    for name in LATIN.iter().take(8) {
        let _ = writeln!(text, "| {} | {} | {} |", name, numbers.below(10_000), han(&mut numbers, 8));
    }
    if page.is_multiple_of(2) {
        text.push_str("\n```rust\n");
        for (line, word) in LATIN.iter().enumerate() {
            let _ = writeln!(text, "    let value_{line} = compute(\"{}\", {}); // {line}", word, numbers.below(99));
        }
        text.push_str("```\n");
    }
    text
}

fn han(numbers: &mut Numbers, count: usize) -> String {
    let all: Vec<char> = HAN.chars().collect();
    (0..count).map(|at| if at % 23 == 22 { '，' } else { all[numbers.below(all.len())] }).chain(['。']).collect()
}

fn latin(numbers: &mut Numbers, count: usize) -> String {
    let words: Vec<&str> = (0..count).map(|_| LATIN[numbers.below(LATIN.len())]).collect();
    format!("{}.", words.join(" "))
}

/// The site in memory.
#[allow(dead_code, reason = "some benchmarks write it to the disk")]
pub fn inputs(pages: usize) -> Inputs {
    let mut inputs = Inputs::empty();
    for (path, text) in files(pages) {
        inputs.insert(Source::new(SourcePath::new(&path).expect("a path of the site"), text));
    }
    inputs
}
