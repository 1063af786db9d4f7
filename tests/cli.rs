//! The commands as users type them: every file in `cli/` is a transcript that is run in a folder of its own.
//!
//! A transcript begins with the files of the folder (`--- path` lines, as in every test site), then come commands
//! (`$ fangzhi build`) with what they print: standard output as it is, standard error behind `2> `, and `? 1` where the
//! exit code is not 0. `[..]` stands for anything in a line, `...` for any lines. `ls FOLDER` lists the files below a
//! folder, `cat FILE` shows one, `cp FILE FILE` copies one, `rm FILE` removes it, `< FILE` gives one to a command.

mod support;

mod cli {
    mod bytes;

    use std::fs;
    use std::path::Path;
    use std::process::{Command, Output, Stdio};

    use tempfile::TempDir;

    use crate::support::files;

    /// `fangzhi` with these words in a folder; nothing of the machine shows through.
    pub fn fangzhi(folder: &Path, words: &[&str], input: Option<&Path>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fangzhi"));
        command
            .args(words)
            .current_dir(folder)
            .env("SOURCE_DATE_EPOCH", "1700000000")
            .env("HOME", folder.join(".home"));
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("GITHUB_WORKSPACE");
        command.stdin(input.map_or_else(Stdio::null, |input| fs::File::open(folder.join(input)).unwrap().into()));
        command.output().unwrap()
    }

    /// A folder with the files of a literal.
    pub fn folder(literal: &str) -> TempDir {
        let root = TempDir::new().unwrap();
        for (path, text) in files(literal) {
            let file = root.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        root
    }

    /// The files below a folder with `/` between the parts of their paths, in order; the theme's assets are left out.
    pub fn below(folder: &Path) -> Vec<String> {
        let mut found = vec![];
        let Ok(entries) = fs::read_dir(folder) else { return found };
        for entry in entries {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            match entry.file_type().unwrap().is_dir() {
                true if name == "assets" => {}
                true => found.extend(below(&entry.path()).iter().map(|path| format!("{name}/{path}"))),
                false => found.push(name),
            }
        }
        found.sort();
        found
    }

    /// What a command of a transcript prints, in the words of a transcript.
    fn run(folder: &Path, line: &str) -> String {
        let (line, input) = match line.split_once(" < ") {
            Some((line, input)) => (line, Some(Path::new(input))),
            None => (line, None),
        };
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["ls", path] => below(&folder.join(path)).iter().map(|path| format!("{path}\n")).collect(),
            ["cat", path] => fs::read_to_string(folder.join(path)).unwrap_or_else(|error| format!("{error}\n")),
            ["cp", from, to] => fs::copy(folder.join(from), folder.join(to)).map(|_| String::new()).unwrap(),
            ["rm", path] => fs::remove_file(folder.join(path)).map(|()| String::new()).unwrap(),
            ["fangzhi", ref words @ ..] => {
                let output = fangzhi(folder, words, input);
                let mut said = String::from_utf8(output.stdout).unwrap();
                said.extend(String::from_utf8(output.stderr).unwrap().lines().map(|line| format!("2> {line}\n")));
                match output.status.code() {
                    Some(0) => said,
                    Some(code) => said + &format!("? {code}\n"),
                    None => said + "killed\n",
                }
            }
            _ => panic!("`{line}` is no command of a transcript"),
        }
    }

    /// Whether lines are what a transcript expects.
    fn fits(expected: &[&str], found: &[&str]) -> bool {
        match (expected, found) {
            ([], found) => found.is_empty(),
            (["...", rest @ ..], found) => (0..=found.len()).any(|from| fits(rest, &found[from..])),
            ([first, rest @ ..], [line, others @ ..]) => line_fits(first, line) && fits(rest, others),
            _ => false,
        }
    }

    fn line_fits(expected: &str, found: &str) -> bool {
        let Some((before, after)) = expected.split_once("[..]") else { return expected == found };
        let Some(rest) = found.strip_prefix(before) else { return false };
        let mut starts = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
        starts.any(|at| line_fits(after, &rest[at..]))
    }

    #[test]
    fn every_transcript_comes_true() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
        let mut names: Vec<_> = fs::read_dir(here).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
        names.sort();
        assert!(names.len() > 9, "{names:?}");
        let mut wrong = String::new();
        for name in &names {
            let text = fs::read_to_string(name).unwrap();
            let at = if text.starts_with("$ ") { 0 } else { text.find("\n$ ").unwrap() + 1 };
            let (literal, commands) = text.split_at(at);
            let root = if literal.trim().is_empty() { TempDir::new().unwrap() } else { folder(literal) };
            for step in commands.split("\n$ ").map(|step| step.strip_prefix("$ ").unwrap_or(step)) {
                let (command, expected) = step.split_once('\n').unwrap_or((step, ""));
                let found = run(root.path(), command);
                let found = found.replace(&root.path().canonicalize().unwrap().display().to_string(), "[ROOT]");
                let (expected, lines): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
                if !fits(&expected, &lines) {
                    wrong.push_str(&format!("{}\n$ {command}\n{found}\n", name.display()));
                    break;
                }
            }
        }
        assert!(wrong.is_empty(), "these commands print something else:\n{wrong}");
    }

    #[test]
    fn wildcards_fit_what_they_should() {
        assert!(line_fits("a [..] s: [..]", "a 0.1 s: x") && line_fits("[..]", "") && !line_fits("a[..]b", "ac"));
        assert!(fits(&["a", "...", "c"], &["a", "b", "b", "c"]) && fits(&["..."], &[]) && !fits(&["a"], &["a", "b"]));
    }
}
