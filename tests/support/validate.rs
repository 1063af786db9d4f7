//! Whole outputs to be validated: every file of a built site in memory and in a folder, and the Nu validator over it.
#![allow(dead_code, reason = "each test program uses its own part")]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use fangzhi::build::{Build, Wish, build};
use fangzhi::config;
use fangzhi::inputs::{self, DEFAULT_CONFIG, Inputs};

use crate::support::TestSite;

/// Every file of an output, by its path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The folder of the shipped site.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The shipped site as it is read from the disk.
pub fn shipped_inputs() -> Inputs {
    let config = inputs::read_config(&root().join(DEFAULT_CONFIG)).unwrap();
    let layout = config::read(&config).value.layout;
    inputs::read(root(), config, layout).unwrap()
}

/// Every file of the shipped site, which must be without an error.
pub fn shipped(wish: &Wish) -> Files {
    let built = build(&shipped_inputs(), wish, None);
    assert!(!built.has_errors(), "the shipped site has errors: {:#?}", built.diagnostics);
    files(&built)
}

/// Every file of a build. Its diagnostics are not looked at: a page with a broken link is a page too.
pub fn files(built: &Build) -> Files {
    let all = Mutex::new(Files::new());
    let Ok(troubles) = built.make_all(|path, bytes| {
        all.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok::<(), Infallible>(())
    });
    assert!(troubles.is_empty(), "{troubles:#?}");
    all.into_inner().unwrap()
}

/// The texts of the pages among the files.
pub fn pages(files: &Files) -> BTreeMap<&str, &str> {
    let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap())).collect()
}

/// A site of all that the shipped one has not: every form of Markdown, redirects, feeds, a fallback, long lists.
pub fn varied() -> TestSite {
    let text = "---\ntitle: 各种写法\ndate: 2024-01-02\ntags: [甲, 乙]\naliases: [old]\n---\n\
        正文[^1]与~~删去~~、**强调**和`代码`。\n\n> [!WARNING]\n> 当心。\n\n- [x] 做了\n- [ ] 没做\n\n1. 一\n\n   二\n\n\
        词\n: 释义\n\n| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |\n\n![图](a.png \"题\")\n\n## 小节 {#part .wide}\n\n### 深处\n\n```rust\nfn main() {}\n```\n\n\
        <https://example.org/?a=1&b=2> [甲](deep/0/a.md) [[各种写法#小节]]\n\n<div align=\"center\"><b>原样</b></div>\n\n---\n\n[^1]: 注。\n";
    let mut literal = String::from(
        "--- site.toml\ntitle = { zh = \"站\", en = \"Site\" }\nedit_url = \"https://example.org/edit/{path}\"\n\
         [languages.en]\n[languages.zh-Hant]\n[languages.ja]\n[taxonomies.tags]\npaginate_by = 2\nfeed = true\n\
         [taxonomies.places]\n[facts]\nsubjects = \"places\"\nindicators = \"indicators\"\n",
    );
    literal.push_str(&format!("--- content/all.md\n{text}--- content/a.png\n\n--- content/_index.md\n# 首页\n"));
    // Words that do not fit a phone, and headings with more than text in them.
    literal.push_str(
        "--- content/long.md\n---\ntitle: set_session_authorization.configuration_of_everything\n---\n\
         ## 用 `fangzhi build` 建站，然后用 *serve* 看看结果是不是对的\n\n\
         公式 $f(x_1, x_2, x_3, x_4, x_5, x_6, x_7, x_8, x_9) = x_1 + x_2 + x_3 + x_4 + x_5 + x_6$ 在行里。\n\n\
         ## floppy=no_unexpected_interrupts,allowed_drive_mask\n\n\
         > [!NOTE] 用 `site.toml` 的 *两个* 键，写在一起的时候要小心一点，别弄错\n> 文字。\n\n## 三\n\n## 四\n",
    );
    // Figures of several subjects: a table in another order than any column, with one that is not given.
    literal.push_str(
        "--- content/indicators/trees.md\n---\ntitle: 树\nindicator: { unit: count, kind: stock }\n---\n\
         --- content/figures.md\n---\ntitle: 数目\nfacts:\n\
         \x20 - { trees: 1.2万, period: 2022, subject: 东, change: -20% }\n  - { trees: 900, period: 2023-05, subject: 南, change: +3% }\n\
         \x20 - { trees: 超过5000, period: not stated, subject: 西, change: -5% }\n  - { trees: 未说明, period: 2021, subject: 北 }\n---\n\
         东边有[1.2万棵](fact:东/trees)树，南边[900](fact:南/trees)。\n\
         --- content/indicators/rain.md\n---\ntitle: 雨\nindicator: { unit: count, kind: flow }\n---\n\
         --- content/years.md\n---\ntitle: 各年\nfacts:\n",
    );
    // Over the years, with a gap, what is only about known, and another definition.
    for (year, rain) in (2015..).zip(["812", "790", "未说明", "约900", "超过950", "880–910", "874", "861"]) {
        literal.push_str(&format!(
            "  - {{ rain: {rain}, period: {year}, subject: 东 }}\n  - {{ rain: {}, period: {}, subject: 南, variant: 站 }}\n",
            year - 1900,
            year + 1
        ));
    }
    literal.push_str(
        "---\n\n:::facts indicators=\"rain\" subjects=\"东\" :::\n\
         --- content/p.md\n---\ntitle: 四方\nplaces: [东, 南, 西, 北]\n---\n",
    );
    for n in 0..7 {
        literal.push_str(&format!(
            "--- content/deep/{n}/a.md\n---\ntitle: 第{n}篇\ndate: 2024-02-0{}\ntags: [甲]\n---\n",
            n + 1
        ));
    }
    TestSite::new(&literal)
}

/// Writes the files below a folder.
pub fn write(files: &Files, folder: &Path) {
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// A word about a check that is left out, which shows even when the test passes.
pub fn skipped(why: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

/// What the Nu validator calls errors in the pages below a folder: `path:line:column: message`. None when it was wished
/// to be left out.
///
/// # Panics
/// When it cannot be run: `FANGZHI_VNU` must name its jar, and there must be a Java.
pub fn invalid(folder: &Path) -> Option<Vec<String>> {
    let Some(jar) = std::env::var_os("FANGZHI_VNU").map(PathBuf::from) else {
        assert!(
            std::env::var("FANGZHI_SKIP_VALIDATOR").as_deref() == Ok("1"),
            "FANGZHI_VNU does not name the Nu validator's vnu.jar: `tests/run` sets it; FANGZHI_SKIP_VALIDATOR=1 goes without"
        );
        skipped("the Nu validator: FANGZHI_SKIP_VALIDATOR=1");
        return None;
    };
    let run = Command::new("java")
        .arg("-jar")
        .arg(&jar)
        .args(["--errors-only", "--skip-non-html", "--format", "json"])
        .arg(folder)
        .output();
    let run = run.unwrap_or_else(|error| panic!("java does not run: {error}"));
    let said = String::from_utf8_lossy(&run.stderr);
    let report: serde_json::Value =
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{} says no JSON ({error}): {said}", jar.display()));
    let messages = report["messages"].as_array().unwrap_or_else(|| panic!("no messages: {said}"));
    let shown = |message: &serde_json::Value| {
        let url = message["url"].as_str().unwrap_or_default();
        let path = url.rsplit_once(&*folder.to_string_lossy()).map_or(url, |(_, path)| path.trim_start_matches('/'));
        let excerpt = message["extract"].as_str().unwrap_or_default().replace('\n', " ");
        let (line, column) = (&message["lastLine"], &message["lastColumn"]);
        format!("{path}:{line}:{column}: {}\n    {excerpt}", message["message"].as_str().unwrap_or_default())
    };
    Some(messages.iter().map(shown).collect())
}
