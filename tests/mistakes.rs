//! A site with mistakes of every kind: one run of `fangzhi check` names each at its line and column.
//!
//! `mistakes/site.txt` holds the files of the site, `mistakes/expected.txt` the lines that are expected of it.

#[cfg(unix)]
mod support;

#[cfg(unix)]
mod mistakes {
    use std::collections::BTreeSet;
    use std::fs;
    use std::process::Command;
    use std::time::{Duration, Instant};

    use tempfile::TempDir;

    use crate::support::files;

    /// The site on a disk, with what cannot stand in a text file: bytes that are not UTF-8, and a symbolic link.
    fn site() -> TempDir {
        let root = TempDir::new().unwrap();
        for (path, text) in files(include_str!("mistakes/site.txt")) {
            let file = root.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let bytes = root.path().join("content/bytes");
        fs::create_dir_all(&bytes).unwrap();
        fs::write(bytes.join("latin.md"), b"# Caf\xE9\n").unwrap();
        fs::write(bytes.join("second.md"), b"# A\n\nna\xEFve\n").unwrap();
        fs::write(bytes.join("utf16.md"), b"\xFF\xFE#\0 \0A\0").unwrap();
        fs::write(bytes.join("nul.md"), "# 一\n\n二\0\n").unwrap();
        fs::write(bytes.join("mac.md"), "# A\rText.\n").unwrap();
        let half = include_bytes!("pictures/halves.jpg");
        fs::write(root.path().join("content/half.jpg"), &half[..half.len() - 2]).unwrap();
        fs::write(root.path().join("content/deep.md"), format!("# 深\n\n{} 底\n", ">".repeat(300))).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", root.path().join("content/link.md")).unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("content/loop")).unwrap();
        root
    }

    fn check(root: &TempDir, format: &str) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fangzhi"));
        let output = command.args(["check", "--quiet", "--format", format]).current_dir(root.path()).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8(text).unwrap())
    }

    #[test]
    fn every_mistake_is_named_with_its_line_and_column_in_one_run() {
        let (code, found) = check(&site(), "short");
        assert_eq!(code, 1, "{found}");
        let expected: Vec<&str> = include_str!("mistakes/expected.txt").lines().collect();
        let found: Vec<&str> = found.lines().collect();
        let missing: Vec<&&str> = expected.iter().filter(|line| !found.contains(line)).collect();
        let extra: Vec<&&str> = found.iter().filter(|line| !expected.contains(line)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "missing: {missing:#?}\nextra: {extra:#?}");
        assert_eq!(found, expected, "the order differs");
        let codes: BTreeSet<&str> = found.iter().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
        assert!(codes.len() >= 25, "{} kinds of mistakes: {codes:?}", codes.len());
    }

    #[test]
    fn two_runs_say_the_same_in_the_same_order() {
        let root = site();
        assert_eq!(check(&root, "short"), check(&root, "short"));
    }

    #[test]
    fn every_format_tells_of_every_mistake() {
        let root = site();
        let count = include_str!("mistakes/expected.txt").lines().count();
        let (_, json) = check(&root, "json");
        assert_eq!(json.lines().count(), count, "{json}");
        for line in json.lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(value["code"].is_string() && value["path"].is_string(), "{line}");
            assert!(value["line"].as_u64().is_some_and(|line| line > 0), "{line}");
        }
        let (_, github) = check(&root, "github");
        assert_eq!(github.lines().count(), count, "{github}");
        for line in github.lines() {
            assert!(line.starts_with("::error ") || line.starts_with("::warning "), "{line}");
            assert!(line.contains("file=") && line.contains("line="), "{line}");
        }
        let (_, human) = check(&root, "human");
        for shown in ["error[unknown-key]", "wieght: 3", "did you mean `weight`?", "content/front/unknown.md:3:1"] {
            assert!(human.contains(shown), "{shown}: {human}");
        }
    }

    #[test]
    fn nothing_is_written_where_something_is_wrong() {
        let root = site();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fangzhi"));
        let output = command.args(["build", "--format", "short"]).current_dir(root.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(!root.path().join("public").exists());
    }

    #[test]
    fn a_hostile_front_matter_costs_no_time() {
        let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (name, before) in "bcdefghi".chars().zip("abcdefgh".chars()) {
            bomb.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", ")));
        }
        let root = TempDir::new().unwrap();
        fs::create_dir(root.path().join("content")).unwrap();
        for (name, yaml) in [
            ("bomb", bomb),
            ("brackets", format!("title: {}", "[".repeat(100_000))),
            ("braces", format!("title: {}", "{a: ".repeat(15_000))),
            ("large", format!("title: {}", "长".repeat(30_000))),
            ("scalar", format!("x: &x \"{}\"\ny: [{}]", "x".repeat(40_000), vec!["*x"; 6_000].join(", "))),
            ("self", "title: &a [*a]".into()),
            ("deep", format!("title: {}", "- ".repeat(20_000))),
        ] {
            fs::write(root.path().join(format!("content/{name}.md")), format!("---\n{yaml}\n---\n")).unwrap();
        }
        let started = Instant::now();
        let (code, found) = check(&root, "short");
        let took = started.elapsed();
        assert_eq!(code, 1, "{found}");
        for name in ["bomb", "brackets", "braces", "large", "scalar", "self", "deep"] {
            let told = found
                .lines()
                .any(|line| line.starts_with(&format!("content/{name}.md:")) && line.contains("error[front-matter-"));
            assert!(told, "{name}: {found}");
        }
        assert!(took < Duration::from_secs(3), "{took:?}");
        assert!(found.len() < 4_000, "the complaints are short");
    }
}
