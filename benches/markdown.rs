//! How fast Markdown becomes HTML, with and without code, and which share of a clean build its colours take.
//!
//! `cargo bench --bench markdown [-- PAGES]`: everything on one thread, so that shares are shares of processor time.
//! The build reads a generated site in memory (five blocks of about a kilobyte a page) and makes every page, minified as
//! on the disk; nothing is written.

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use fangzhi::build::{Wish, build};
use fangzhi::highlight;
use fangzhi::inputs::Inputs;
use fangzhi::markdown::{self, Options};
use fangzhi::paths::SourcePath;
use fangzhi::source::{Source, Span};

const PROSE: &str = "## 科技成果怎样转化\n\n2022年，深圳的研发经费有**94.9%**出自企业；西安提高了3.31个百分点，也才到49%。见[指标](#科技成果怎样转化)。\n\n\
    - 第一，*概念验证*要有人投；\n- 第二，中试要有地方做。\n\nResearch results leave the laboratory when a company pays for the `pilot` line.\n\n\
    | 城市 | 比重 |\n|---|---|\n| 深圳 | 94.9% |\n| 西安 | 49% |\n\n";

const RUST: &str = "/// The area of a room, in square metres.\npub fn area<'a, T: Into<f64>>(width: T, height: T) -> Result<f64, &'a str> {\n    let (w, h) = (width.into(), height.into());\n    if w < 0.0 || h < 0.0 {\n        return Err(\"a room has no negative side\");\n    }\n    // Both are in metres.\n    Ok(w * h)\n}\n\n";
const PYTHON: &str = "@dataclass\nclass Room:\n    \"\"\"A room of a house.\"\"\"\n    width: float = 1.0\n\n    def area(self, height: float) -> float:\n        if height < 0:  # no negative side\n            raise ValueError(f\"height {height} of {self!r}\")\n        return sum(self.width for _ in range(int(height)))\n\n";
const JSON: &str = "{\"city\": \"深圳\", \"year\": 2022, \"share\": 94.9, \"listed\": true, \"notes\": [\"企业\", null], \"source\": {\"line\": 12}}\n";
const LANGUAGES: [(&str, &str); 3] = [("rust", RUST), ("python", PYTHON), ("json", JSON)];

/// About a kilobyte of code that no other block has.
fn code(language: usize, number: usize) -> String {
    let (name, text) = LANGUAGES[language % LANGUAGES.len()];
    let comment = match name {
        "rust" => format!("// {number}\n"),
        "python" => format!("# {number}\n"),
        _ => format!("{{\"number\": {number}}}\n"),
    };
    comment + &text.repeat(1024 / text.len() + 1)
}

fn page(number: usize, with_code: bool) -> String {
    let mut text = format!("---\ntitle: 第{number}页\n---\n\n");
    for part in 0..5 {
        text.push_str(PROSE);
        if with_code {
            let _ = write!(text, "```{}\n{}```\n\n", LANGUAGES[part % 3].0, code(part, number * 5 + part));
        }
    }
    text
}

/// Time that this thread has had of a processor, so that a busy machine changes nothing; where the system does not tell it
/// (only Linux does), that of a clock.
fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|number| number.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = now();
    work();
    now() - start
}

fn speed(name: &str, bytes: usize, time: Duration) {
    println!("{name:<44} {:>9.1} MB/s", bytes as f64 / 1e6 / time.as_secs_f64());
}

fn markdown_speed(with_code: bool) {
    let texts: Vec<String> = (0..2_000).map(|number| page(number, with_code)).collect();
    let bytes = texts.iter().map(String::len).sum();
    let sources: Vec<Source> = texts.into_iter().map(|text| Source::new(path("content/a.md"), text)).collect();
    let time = timed(|| {
        for source in &sources {
            black_box(markdown::parse(source, Span::new(0, source.text().len()), &Options::default()));
        }
    });
    speed(if with_code { "Markdown with code" } else { "Markdown without code" }, bytes, time);
}

fn colour(language: &str, text: &str) -> usize {
    let Some(language) = highlight::language(language) else { return 0 };
    let mut out = String::with_capacity(text.len() * 2);
    highlight::write(&mut out, text, &highlight::tokens(text, language));
    out.len()
}

/// What a memory of blocks costs where no two are equal, and what it saves where each comes again.
fn memory_speed() {
    let Some(language) = highlight::language("rust") else { return };
    let blocks = |distinct: usize| (0..30_000).map(|number| code(0, number % distinct)).collect::<Vec<String>>();
    let run = |name: &str, blocks: &[String], find: &dyn Fn(&str)| {
        let time = timed(|| blocks.iter().for_each(|text| find(text)));
        speed(name, blocks.iter().map(String::len).sum(), time);
    };
    let remembered = |text: &str| drop(black_box(highlight::remembered(text, language)));
    run("tokens of rust", &blocks(30_000), &|text| drop(black_box(highlight::tokens(text, language))));
    run("tokens of rust, remembered, all new", &blocks(30_000), &remembered);
    run("tokens of rust, remembered, 100 blocks", &blocks(100), &remembered);
}

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a path")
}

fn share_of_a_build(pages: usize) {
    let mut inputs = Inputs::empty();
    for number in 0..pages {
        let path = path(&format!("content/part-{}/page-{number}.md", number % 100));
        inputs.insert(Source::new(path, page(number, true)));
    }
    let blocks: Vec<(usize, String)> = (0..pages * 5).map(|at| (at % 5, code(at % 5, at))).collect();
    let bytes: usize = blocks.iter().map(|(_, text)| text.len()).sum();
    let colours = timed(|| {
        for (part, text) in &blocks {
            black_box(colour(LANGUAGES[part % 3].0, text));
        }
    });
    let whole = timed(|| {
        let built = build(&inputs, &Wish::default(), None);
        let troubles = built.make_all(|_, bytes| {
            black_box(bytes.len());
            Ok::<(), ()>(())
        });
        assert!(!built.has_errors() && troubles.is_ok_and(|troubles| troubles.is_empty()), "the site can be built");
    });
    let share = colours.as_secs_f64() / whole.as_secs_f64() * 100.0;
    println!("{pages} pages, {} blocks, {:.1} MB of code", blocks.len(), bytes as f64 / 1e6);
    println!("  clean build on one thread   {:>8.2} s", whole.as_secs_f64());
    println!("  colours of code             {:>8.2} s, {share:.1}% of it", colours.as_secs_f64());
}

fn main() {
    let pages = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1_000);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(16 << 20).build().expect("a pool");
    pool.install(|| {
        markdown_speed(false);
        markdown_speed(true);
        for (at, (language, _)) in LANGUAGES.iter().enumerate() {
            let blocks: Vec<String> = (0..10_000).map(|number| code(at, number)).collect();
            let bytes = blocks.iter().map(String::len).sum();
            let time = timed(|| {
                blocks.iter().for_each(|text| {
                    black_box(colour(language, text));
                })
            });
            speed(&format!("colours of {language}, tokens and HTML"), bytes, time);
        }
        memory_speed();
        share_of_a_build(pages);
    });
}
