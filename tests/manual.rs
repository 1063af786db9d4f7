//! The manual and the code say the same: every key, command, flag, code and template variable is in it, in both
//! languages, and nothing that is not in the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fangzhi::config::{FACTS, IMAGES, KEYS, LANGUAGE, LINK_CHECKER, MARKDOWN, TAXONOMY, UNIT};
use fangzhi::diagnostic::Code;
use fangzhi::document::{CASCADE, FACT, FRONT_MATTER};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A page of the manual in both languages, by its path.
fn both(page: &str) -> [(String, String); 2] {
    [format!("content/manual/{page}.md"), format!("content/manual/{page}.en.md")].map(|path| {
        let text = read(&path);
        (path, text)
    })
}

/// The lines of a page that are headings or rows of tables, without those in blocks of code.
fn entries(page: &str) -> Vec<&str> {
    let mut in_code = false;
    let mut lines = vec![];
    for line in page.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        } else if !in_code && (line.starts_with('#') || line.starts_with('|')) {
            lines.push(line);
        }
    }
    lines
}

/// What stands between backticks in a line.
fn code(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Every `code` in the headings and tables of a page.
fn spans(page: &str) -> BTreeSet<&str> {
    entries(page).into_iter().flat_map(code).collect()
}

/// The part of a page from the `##` heading that holds `name` as code to the next `##` heading.
fn section<'p>(page: &'p str, name: &str) -> &'p str {
    let heading = format!("\n## `{name}`");
    let start = page.find(&heading).unwrap_or_else(|| panic!("there is no section `{name}`")) + 1;
    let length = page[start..].find("\n## ").unwrap_or(page.len() - start);
    &page[start..start + length]
}

fn assert_has(path: &str, spans: &BTreeSet<&str>, names: impl IntoIterator<Item = impl AsRef<str>>) {
    let missing: Vec<_> =
        names.into_iter().map(|name| name.as_ref().to_owned()).filter(|name| !spans.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "{path} does not have {missing:?}");
}

/// The fields of a struct in a source file, in its order.
fn fields(file: &str, name: &str) -> Vec<String> {
    let text = read(file);
    let start = text.find(&format!("struct {name} {{")).unwrap_or_else(|| panic!("{file} has no struct {name}"));
    let body = text[start..].split_once("{\n").and_then(|(_, rest)| rest.split_once("\n}")).map(|(body, _)| body);
    let field = |line: &str| {
        let line = line.trim().trim_start_matches("pub(super) ").trim_start_matches("pub ");
        let (name, _) = line.split_once(": ")?;
        name.chars().all(|c| c.is_ascii_lowercase() || c == '_').then(|| name.to_owned())
    };
    // What is not said to templates has a mark in the line above.
    let lines = || body.unwrap_or_default().lines();
    let said = lines().zip(std::iter::once("").chain(lines())).filter(|(_, above)| above.trim() != "#[serde(skip)]");
    let fields: Vec<String> = said.filter_map(|(line, _)| field(line)).collect();
    assert!(!fields.is_empty(), "{file}: struct {name} has no fields");
    fields
}

#[test]
fn every_page_is_there_in_both_languages() {
    let mut names: Vec<String> = fs::read_dir(root().join("content/manual"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md"))
        .collect();
    names.sort();
    let (english, chinese): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.ends_with(".en.md"));
    let twins: Vec<String> = chinese.iter().map(|name| name.replace(".md", ".en.md")).collect();
    assert_eq!(twins.iter().collect::<BTreeSet<_>>(), english.into_iter().collect::<BTreeSet<_>>());
}

#[test]
fn every_key_of_the_configuration_is_described() {
    let tables = [
        ("[languages.xx]", LANGUAGE),
        ("[taxonomies.xx]", TAXONOMY),
        ("[markdown]", MARKDOWN),
        ("[images]", IMAGES),
        ("[link_checker]", LINK_CHECKER),
        ("[facts]", FACTS),
        ("[units.xx]", UNIT),
    ];
    for (path, page) in both("configuration") {
        assert_has(&path, &spans(&page), KEYS.iter().map(|key| key.name));
        for (table, keys) in tables {
            assert_has(&format!("{path}, {table}"), &spans(section(&page, table)), keys.iter().map(|key| key.name));
        }
    }
}

#[test]
fn every_key_of_front_matter_is_described() {
    for (path, page) in both("front-matter") {
        let spans = spans(&page);
        for key in FRONT_MATTER.iter().chain(FACT) {
            assert_has(&path, &spans, std::iter::once(&key.name).chain(key.also));
            // The other spellings stand in the row of the key that they mean.
            let row = |line: &&str| line.starts_with('|') && code(line).next() == Some(key.name);
            let same = entries(&page).into_iter().filter(row).flat_map(code).collect::<BTreeSet<_>>();
            assert_has(&format!("{path}, `{}`", key.name), &same, key.also);
        }
        // The list of what may stand in `cascade` is a paragraph behind its heading.
        let heading = page.lines().position(|line| line.starts_with("##") && code(line).any(|word| word == "cascade"));
        let list = page.lines().skip(heading.expect("a heading about `cascade`") + 2).take(1);
        assert_has(&format!("{path}, cascade"), &list.flat_map(code).collect(), CASCADE);
    }
}

#[test]
fn every_code_has_its_section_and_no_other_has_one() {
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for (path, page) in both("diagnostics") {
        let headings = entries(&page).into_iter().filter_map(|line| line.strip_prefix("## "));
        let sections: Vec<&str> = headings.map(|heading| heading.trim_matches('`')).collect();
        assert_eq!(sections.iter().copied().collect::<BTreeSet<_>>(), codes, "{path}");
        assert_eq!(sections.len(), codes.len(), "{path}: a code has two sections");
        for code in &codes {
            assert!(page.contains(&format!("(#{code})")), "{path}: the overview does not lead to `{code}`");
        }
    }
}

#[test]
fn every_command_and_flag_is_described() {
    let command = fangzhi::cli::command();
    let flags = |command: &clap::Command| -> BTreeSet<String> {
        command.get_arguments().filter_map(|argument| Some(format!("--{}", argument.get_long()?))).collect()
    };
    let mut known: BTreeSet<String> = BTreeSet::from(["--help".into(), "--version".into()]);
    known.extend(flags(&command));
    for (path, page) in both("commands") {
        assert_has(&path, &spans(&page), &known);
        // What several commands share stands in front of the first of them.
        let shared = spans(page.split("\n## `").next().unwrap_or_default());
        let mut known = known.clone();
        for sub in command.get_subcommands() {
            let name = sub.get_name();
            let described = spans(section(&page, name)).union(&shared).copied().collect();
            assert_has(&format!("{path}, {name}"), &described, flags(sub));
            for argument in sub.get_arguments() {
                let long = argument.get_long().map(|long| format!("--{long}"));
                let short = argument.get_short().map(|short| format!("-{short}"));
                let row = |line: &&str| long.as_deref().is_some_and(|long| code(line).any(|word| word == long));
                let rows: BTreeSet<&str> = entries(&page).into_iter().filter(row).flat_map(code).collect();
                assert_has(&format!("{path}, {name}"), &rows, short);
                let aliases = argument.get_visible_aliases().unwrap_or_default();
                let aliases: Vec<String> = aliases.iter().map(|alias| format!("--{alias}")).collect();
                assert_has(&format!("{path}, {name}"), &rows, &aliases);
                known.extend(long.into_iter().chain(aliases));
            }
        }
        let written = spans(&page).into_iter().filter(|word| word.starts_with("--")).map(str::to_owned);
        let unknown: Vec<String> = written.filter(|word| !known.contains(word)).collect();
        assert!(unknown.is_empty(), "{path} describes {unknown:?}, which no command has");
        let commands: BTreeSet<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        for heading in entries(&page).into_iter().filter_map(|line| line.strip_prefix("## `")) {
            let name = heading.trim_end_matches('`');
            assert!(commands.contains(name), "{path} describes `{name}`, which is no command");
        }
    }
}

#[test]
fn every_variable_of_templates_is_described() {
    let top = fields("src/make/page.rs", "PageView");
    let of = |object: &str, file: &str, name: &str| -> BTreeSet<String> {
        fields(file, name).into_iter().map(|field| format!("{object}.{field}")).collect()
    };
    let page_fields = of("page", "src/make/page.rs", "Own");
    let site_fields = of("site", "src/make/mod.rs", "SiteView");
    for (path, page) in both("templates") {
        let spans = spans(&page);
        assert_has(&path, &spans, &top);
        assert_has(&path, &spans, ["site", "ui"]);
        for (object, fields) in [("page.", &page_fields), ("site.", &site_fields)] {
            assert_has(&path, &spans, fields);
            let unknown: Vec<&&str> =
                spans.iter().filter(|word| word.starts_with(object) && !fields.contains(**word)).collect();
            let unknown: Vec<_> = unknown.into_iter().filter(|word| !word.ends_with(".html")).collect();
            assert!(unknown.is_empty(), "{path} describes {unknown:?}, which templates do not have");
        }
    }
}
