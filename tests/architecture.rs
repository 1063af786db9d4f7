//! The house keeps its floors: who may import whom, which room is an outside crate's door, how large a room may be.

#![allow(clippy::disallowed_methods, reason = "the sources themselves are read here")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every module at the top of `src/` with its floor. A module imports from floors below its own, and from itself.
const FLOORS: &[(&str, u32)] = &[
    ("paths", 1),
    ("source", 2),
    ("utf8", 1),
    ("sha256", 1),
    ("diagnostic", 3),
    ("inputs", 3),
    ("html", 2),
    ("highlight", 3),
    ("math", 3),
    ("diagram", 3),
    ("picture", 3),
    ("tree", 3),
    ("config", 4),
    ("fact", 4),
    ("markdown", 4),
    ("theme", 5),
    ("document", 5),
    ("search", 5),
    ("import", 6),
    ("convert", 6),
    ("site", 6),
    ("render", 7),
    ("make", 8),
    ("build", 9),
    ("outputs", 10),
    ("bundle", 11),
    ("check", 11),
    ("relocation", 11),
    ("serve", 11),
    ("cli", 12),
];

/// What must not be imported although its floor is below, and why.
const NEVERS: &[(&str, &[&str], &str)] = &[
    (
        "markdown",
        &["config", "inputs", "theme", "document"],
        "a file is understood alone, or it cannot be reused by its own bytes",
    ),
    ("document", &["config", "inputs", "theme"], "a file is understood alone, or it cannot be reused by its own bytes"),
    ("fact", &["inputs", "config", "tree"], "a figure is text and numbers, wherever it was written"),
    ("site", &["theme"], "the graph knows no presentation"),
    ("make", &["inputs", "theme"], "a maker gets the graph and the templates and nothing else"),
    ("import", &["config", "inputs", "theme"], "an import is values in, values out"),
    ("convert", &["config", "inputs", "theme"], "a conversion is values in, values out"),
    ("outputs", &["site", "make", "render", "document", "markdown", "config"], "writing knows paths and bytes alone"),
];

/// Each outside crate and the places that may name it.
const DOORS: &[(&str, &[&str])] = &[
    ("tera", &["render/"]),
    ("pulldown_cmark", &["markdown/"]),
    ("ammonia", &["markdown/raw.rs"]),
    ("pulldown_latex", &["math/"]),
    ("mermaid_rs_renderer", &["diagram/"]),
    ("emojis", &["markdown/"]),
    ("aho_corasick", &["markdown/", "make/glossary.rs"]),
    ("imagesize", &["inputs/"]),
    ("png", &["picture/"]),
    ("zune_jpeg", &["picture/decode.rs"]),
    ("image_webp", &["picture/decode.rs"]),
    ("fast_image_resize", &["picture/"]),
    ("webp", &["picture/"]),
    ("serde_yaml", &["tree/yaml.rs", "import/recipe.rs", "import/read/front.rs"]),
    ("saphyr_parser", &["tree/yaml.rs"]),
    ("toml", &["tree/"]),
    ("walkdir", &["inputs/disk.rs"]),
    (
        "memchr",
        &[
            "html/escape.rs",
            "inputs/disk.rs",
            "markdown/",
            "make/learnt.rs",
            "make/minify.rs",
            "make/pieces.rs",
            "make/shape.rs",
        ],
    ),
    ("simdutf8", &["utf8.rs"]),
    ("minify_html", &["make/minify.rs"]),
    ("rustc_hash", &["highlight/memory.rs", "make/learnt.rs", "search/"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/"]),
    ("indicatif", &["cli/"]),
    ("open", &["cli/"]),
    ("annotate_snippets", &["cli/report.rs", "cli/report/"]),
    ("ureq", &["check/"]),
    ("axum", &["serve/"]),
    ("futures_util", &["serve/"]),
    ("hyper", &["serve/connection.rs"]),
    ("hyper_util", &["serve/connection.rs"]),
    ("mime_guess", &["serve/answer.rs"]),
    ("notify", &["serve/watch.rs"]),
    ("tokio", &["serve/"]),
    ("rayon", &["build/", "check/", "inputs/", "cli/mod.rs", "search/"]),
    ("rust_embed", &["theme/embedded.rs"]),
    ("icu_collator", &["site/order.rs"]),
    ("icu_locale", &["site/order.rs"]),
    ("pinyin", &["site/order.rs", "search/"]),
    ("quick_xml", &["make/", "import/read/", "diagram/"]),
    ("csv", &["make/data.rs"]),
    ("chardetng", &["import/encoding.rs"]),
    ("encoding_rs", &["import/encoding.rs"]),
    ("html5ever", &["import/read/html.rs", "bundle/epub/"]),
    ("sha2", &["sha256.rs"]),
    ("zip", &["import/read/office.rs", "bundle/"]),
    ("rust_decimal", &["fact/"]),
    ("twox_hash", &["source.rs"]),
    ("rustix", &["outputs/"]),
    ("strsim", &["diagnostic/"]),
    ("base64", &["bundle/"]),
];

/// The longest file of the project's own code, in lines, and the longest one that is allowed to be longer.
const LONGEST_FILE: usize = 400;

struct Room {
    path: PathBuf,
    module: String,
    text: String,
}

fn rooms() -> Vec<Room> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut rooms = vec![];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = path.strip_prefix(&root).unwrap().to_path_buf();
                let first = inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
                let text = std::fs::read_to_string(&path).unwrap();
                rooms.push(Room { path: inside, module: first, text });
            }
        }
    }
    rooms.sort_by(|one, other| one.path.cmp(&other.path));
    rooms
}

/// The text without comments and without what follows `#[cfg(test)]`: tests may look anywhere.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    text.lines().map(|line| line.split("//").next().unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// The modules of this crate that a text names: `crate::a::…`, `crate::{a, b::…}`.
fn imports(code: &str) -> Vec<String> {
    let mut named = vec![];
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut word) = (0, String::new());
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => named.push(std::mem::take(&mut word)),
                    c if depth == 0 => word.push(c),
                    _ => {}
                }
            }
            named.push(word);
        } else {
            named.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    named.iter().map(|name| name.trim().split("::").next().unwrap_or("").trim().to_owned()).collect()
}

#[test]
fn every_module_stands_on_a_floor_and_imports_from_below() {
    let floors: BTreeMap<&str, u32> = FLOORS.iter().copied().collect();
    let mut wrong = vec![];
    for room in rooms().iter().filter(|room| !matches!(room.module.as_str(), "lib" | "main")) {
        let Some(own) = floors.get(room.module.as_str()) else {
            wrong.push(format!("src/{} has no floor: give `{}` one in FLOORS", room.path.display(), room.module));
            continue;
        };
        for import in imports(&code(&room.text)).iter().filter(|import| **import != room.module) {
            match floors.get(import.as_str()) {
                Some(floor) if floor < own => {}
                // Two rooms of one floor may not need each other: one of them stands higher.
                Some(floor) if floor == own && !matches!(room.module.as_str(), "diagnostic" | "paths") => {
                    let back = rooms()
                        .iter()
                        .filter(|other| other.module == *import)
                        .any(|other| imports(&code(&other.text)).contains(&room.module));
                    if back {
                        wrong.push(format!("`{}` and `{import}` import each other", room.module));
                    }
                }
                Some(floor) => wrong.push(format!(
                    "src/{} imports `{import}`, which stands on floor {floor}, above its own floor {own}",
                    room.path.display()
                )),
                None => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_nevers_are_kept() {
    let mut wrong = vec![];
    for room in rooms() {
        for (module, never, why) in NEVERS.iter().filter(|(module, ..)| *module == room.module) {
            for import in imports(&code(&room.text)).iter().filter(|import| never.contains(&import.as_str())) {
                wrong.push(format!("src/{}: `{module}` must never import `{import}`: {why}", room.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_outside_crate_has_one_door() {
    let mut wrong = vec![];
    for room in rooms() {
        let path = room.path.to_string_lossy().replace('\\', "/");
        let code = code(&room.text);
        for (outside, doors) in DOORS {
            let at_door = doors.iter().any(|door| path.starts_with(door));
            let named = code.match_indices(&format!("{outside}::")).any(|(at, _)| {
                let before = &code[..at];
                !before.ends_with(|c: char| c.is_alphanumeric() || c == '_') && !before.ends_with("::")
            });
            if named && !at_door {
                wrong.push(format!("src/{path} names `{outside}`, whose door is {}", doors.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rooms_are_small_and_say_what_they_are_for() {
    let mut wrong = vec![];
    for room in rooms() {
        let path = room.path.display();
        if !room.text.starts_with("//! ") {
            wrong.push(format!("src/{path} does not begin with a sentence that says what it is for"));
        }
        let lines = room.text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("src/{path} has {lines} lines: two things live there"));
        }
        for word in ["utils", "helpers", "common", "types", "manager", "handler", "processor"] {
            if room.path.iter().any(|part| part.to_string_lossy().trim_end_matches(".rs") == word) {
                wrong.push(format!("src/{path}: `{word}` says nothing; a thing lives with what it is about"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_is_justified() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let architecture = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let mut inside = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            inside = section.ends_with("dependencies]");
        } else if inside && let Some((name, _)) = line.split_once('=') {
            let name = format!("`{}`", name.trim());
            assert!(architecture.contains(&name), "ARCHITECTURE.md says of {name} neither what it is for nor why it");
        }
    }
}
