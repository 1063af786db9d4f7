//! The recipe: what a person decided about a source, in a small YAML file beside it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::range::Lines;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::paths::SourcePath;
use crate::source::Span;
use crate::tree::nesting;

/// The largest recipe that is read, in bytes.
const LIMIT: usize = 1 << 20;

/// The decisions about one source, as `report.recipe.yaml` holds them. It holds lines, names and ids; no sentence of the
/// source needs to stand in it.
///
/// ```yaml
/// document: "3, 5"                  # lines that name the document, or its name
/// date: 2023-12                     # optional, for `source.date` where the source states none itself
/// drop:
///   - { lines: 25, rule: duplicate }
/// pieces:                           # the pages, in any order of the source's lines
///   - { into: xian.md, lines: 27-55, cities: [xian], themes: [incubation] }
///   - { into: zhengzhou.md, lines: "79-81, 103, 105+85, 87-101", title: 79 }
/// decisions:                        # what `--accept` stored: a doubt's id and the choice
///   lost-start-1a2b3c4d: keep
///   heading: heading                # a rule's name decides all of its doubts that have no decision of their own
/// ```
///
/// Without `pieces`, pages are found by bylines. With `pieces`, lines that no piece names are for review.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recipe {
    /// The SHA-256 of the source that the line numbers belong to; another source is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The document's name: lines of the source, or a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Named>,
    /// The document's date, where the source does not state it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Lines that are left out, each with a rule that says why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<Drop>,
    /// The pages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
    /// The choice made for a doubt, by its id or by its rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub decisions: BTreeMap<String, String>,
}

/// A name: by the lines where it stands (`57`, `"3, 5"`), or as a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Named {
    /// The lines where it stands.
    Lines(Lines),
    /// The name itself.
    Text(String),
}

/// Lines that are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drop {
    /// The lines.
    pub lines: Lines,
    /// Why, in a word: `duplicate`, `running-head`; it stands in the ledger.
    pub rule: String,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// The page's file, from the folder that is imported into: `xian.md`, `xian/_index.md`.
    pub into: String,
    /// Its lines in the order in which they are read.
    pub lines: Lines,
    /// Its title: the line where it stands, or a text. Without it, the title is looked for beside the byline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Named>,
    /// Terms of the taxonomy `cities`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", alias = "city", deserialize_with = "one_or_many")]
    pub cities: Vec<String>,
    /// Terms of the taxonomy `themes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", alias = "theme", deserialize_with = "one_or_many")]
    pub themes: Vec<String>,
    /// Terms of the taxonomy `tags`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", alias = "tag", deserialize_with = "one_or_many")]
    pub tags: Vec<String>,
    /// The page's order among its siblings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<i64>,
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Written::deserialize(from)? {
        Written::One(term) => vec![term],
        Written::Many(terms) => terms,
    })
}

impl Recipe {
    /// Reads a recipe.
    ///
    /// # Errors
    /// One diagnostic with its place when the text is not YAML, has a key that a recipe does not have, or names lines that
    /// cannot be read.
    pub fn read(path: &SourcePath, text: &str) -> Result<Self, Diagnostic> {
        if text.len() > LIMIT || nesting(text) > 32 {
            let message = "the recipe is larger than 1 MiB or nested deeper than 32 levels";
            return Err(Diagnostic::error(Code::Recipe, Place::file(path), message));
        }
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(Self::default());
        }
        serde_yaml::from_str(text).map_err(|error| {
            let at = error.location().map_or(0, |location| location.index().min(text.len()));
            let place = Place::new(path, Span::new(at, at));
            Diagnostic::error(Code::Recipe, place, error.to_string())
                .hint("a recipe has the keys sha256, document, date, drop, pieces and decisions")
        })
    }

    /// The recipe file's text with one more decision: the text stays as it was written, comments included, and only the
    /// line of the decision is put in or replaced.
    ///
    /// # Errors
    /// When the text is no recipe.
    pub fn with_decision(path: &SourcePath, text: &str, id: &str, choice: &str) -> Result<String, Diagnostic> {
        let mut recipe = Self::read(path, text)?;
        recipe.decisions.insert(id.to_owned(), choice.to_owned());
        let edited = edit(text, id, choice);
        if Self::read(path, &edited).is_ok_and(|read| read == recipe) {
            return Ok(edited);
        }
        serde_yaml::to_string(&recipe)
            .map_err(|error| Diagnostic::error(Code::Recipe, Place::file(path), error.to_string()))
    }

    /// What of this recipe cannot be applied to a source with this hash and this many lines.
    pub(crate) fn mismatches(&self, path: &SourcePath, sha256: &str, lines: usize) -> Vec<Diagnostic> {
        let complaint = |message: String| Diagnostic::error(Code::Recipe, Place::file(path), message);
        let mut complaints = vec![];
        if let Some(expected) = self.sha256.as_deref().filter(|expected| !expected.eq_ignore_ascii_case(sha256)) {
            let message = format!(
                "the recipe was written for another source: SHA-256 `{}`, not `{sha256}`",
                expected.escape_debug()
            );
            complaints.push(complaint(message).hint("compare the line numbers, then change or remove `sha256`"));
        }
        let mut owner: BTreeMap<usize, String> = BTreeMap::new();
        for (name, range) in self.claims() {
            if range.greatest() > lines {
                let last = range.greatest();
                complaints.push(complaint(format!("{name} names line {last}, and the source has {lines}")));
            }
            for number in range.numbers(lines) {
                if let Some(other) = owner.insert(number, name.clone()) {
                    complaints.push(complaint(format!("line {number} is claimed twice: by {other} and by {name}")));
                    break;
                }
            }
        }
        let mut names = std::collections::BTreeSet::new();
        for piece in &self.pieces {
            let ends_well = piece.into.ends_with(".md");
            if let Some(message) = SourcePath::new(&piece.into).err().map(|error| error.to_string()) {
                complaints.push(complaint(format!("a piece cannot go there: {message}")));
            } else if !ends_well {
                complaints.push(complaint(format!(
                    "`{}` is not a page: its name must end in `.md`",
                    piece.into.escape_debug()
                )));
            } else if piece.into.eq_ignore_ascii_case("review.md") {
                complaints.push(complaint("`REVIEW.md` is the list of doubts: name the piece otherwise".to_owned()));
            } else if !names.insert(piece.into.to_lowercase()) {
                complaints.push(complaint(format!("two pieces go into `{}`", piece.into.escape_debug())));
            }
        }
        complaints
    }

    fn claims(&self) -> Vec<(String, &Lines)> {
        let mut claims = vec![];
        if let Some(Named::Lines(lines)) = &self.document {
            claims.push(("`document`".to_owned(), lines));
        }
        claims.extend(self.drop.iter().map(|drop| (format!("the dropped lines {}", drop.lines), &drop.lines)));
        claims.extend(self.pieces.iter().map(|piece| (format!("`{}`", piece.into.escape_debug()), &piece.lines)));
        claims
    }
}

fn edit(text: &str, id: &str, choice: &str) -> String {
    let scalar =
        |text: &str| serde_yaml::to_string(text).map_or_else(|_| text.to_owned(), |yaml| yaml.trim_end().to_owned());
    let line = format!("  {}: {}\n", scalar(id), scalar(choice));
    let mut out = String::with_capacity(text.len() + line.len() + 16);
    let (mut inside, mut done) = (false, false);
    for old in text.split_inclusive('\n') {
        let starts_key = !old.starts_with([' ', '\t', '#', '\n', '\r', '-']);
        if inside && old.trim_start().starts_with(&format!("{}:", scalar(id))) {
            continue;
        }
        inside = (inside && !starts_key) || old.trim_end() == "decisions:";
        out.push_str(old);
        if inside && !done {
            if !out.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(&line);
            done = true;
        }
    }
    if !done {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str("decisions:\n");
        out.push_str(&line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> SourcePath {
        SourcePath::new("report.recipe.yaml").unwrap()
    }

    #[test]
    fn a_recipe_is_read() {
        let text = "document: \"3, 5\"\npieces:\n- { into: a.md, lines: 7, city: x, title: 甲 }\n- { into: b.md, lines: \"9+8\", title: 9 }\n";
        let recipe = Recipe::read(&path(), text).unwrap();
        assert_eq!(recipe.document, Some(Named::Lines(Lines::read("3,5").unwrap())));
        assert_eq!(recipe.pieces[0].cities, ["x"]);
        assert_eq!(recipe.pieces[0].title, Some(Named::Text("甲".into())));
        assert_eq!(recipe.pieces[1].title, Some(Named::Lines(Lines::read("9").unwrap())));
        assert!(recipe.mismatches(&path(), "", 9).is_empty());
        assert_eq!(recipe.mismatches(&path(), "", 8).len(), 1);
    }

    #[test]
    fn mistakes_have_their_place() {
        let error = Recipe::read(&path(), "pieces:\n- { into: a.md, line: 7 }\n").unwrap_err();
        assert!(error.message.contains("unknown field `line`"), "{}", error.message);
        assert!(Recipe::read(&path(), &"[".repeat(100_000)).is_err());
        assert!(Recipe::read(&path(), "# nothing yet\n").is_ok());
        let twice =
            Recipe::read(&path(), "pieces:\n- { into: a.md, lines: 1-5 }\n- { into: A.md, lines: 5 }\n").unwrap();
        assert_eq!(twice.mismatches(&path(), "", 9).len(), 2);
    }

    #[test]
    fn a_decision_leaves_comments_alone() {
        let text = "# mine\ndecisions:\n  # why\n  a-1: keep\nsha256: x\n";
        let edited = Recipe::with_decision(&path(), text, "b-2", "join").unwrap();
        assert_eq!(edited, "# mine\ndecisions:\n  b-2: join\n  # why\n  a-1: keep\nsha256: x\n");
        let again = Recipe::with_decision(&path(), &edited, "a-1", "join").unwrap();
        assert_eq!(again, "# mine\ndecisions:\n  a-1: join\n  b-2: join\n  # why\nsha256: x\n");
        assert_eq!(Recipe::with_decision(&path(), "", "a", "b").unwrap(), "decisions:\n  a: b\n");
        let flow = Recipe::with_decision(&path(), "decisions: { a: b }\n", "c", "d").unwrap();
        assert!(flow.contains("a: b") && flow.contains("c: d"));
    }
}
