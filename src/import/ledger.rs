//! The line ledger: the one fate of every line of the source, and the sums that show that nothing was lost or invented.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::doubt::Doubt;

/// The version of the ledger's form.
pub const VERSION: u32 = 1;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fate", rename_all = "kebab-case")]
pub enum Fate {
    /// A heading of this level.
    Heading {
        /// 1 to 6.
        level: u8,
    },
    /// A paragraph, or a part of one.
    Paragraph {
        /// Of how many lines it was joined.
        joined: usize,
    },
    /// An item of a list, or several.
    ListItem {
        /// Of how many lines it was joined.
        joined: usize,
    },
    /// A field of front matter.
    Field {
        /// Which: `title`, `author`, `date`, `issuer`, `number`, `document`, …
        key: String,
    },
    /// A row or a cell of a table.
    Table,
    /// A line of code.
    Code,
    /// A quotation, or a part of one.
    Quote {
        /// Of how many lines it was joined.
        joined: usize,
    },
    /// A footnote.
    Note,
    /// Left out, and by which rule.
    Dropped {
        /// The rule: `blank`, `duplicate`, `html-script`, or what a recipe calls it.
        rule: String,
    },
    /// Open to doubt.
    Review {
        /// The rule that doubts it.
        rule: String,
    },
}

impl Fate {
    /// The word for it in the sums.
    pub fn word(&self) -> &'static str {
        match self {
            Fate::Heading { .. } => "heading",
            Fate::Paragraph { .. } => "paragraph",
            Fate::ListItem { .. } => "list-item",
            Fate::Field { .. } => "field",
            Fate::Table => "table",
            Fate::Code => "code",
            Fate::Quote { .. } => "quote",
            Fate::Note => "note",
            Fate::Dropped { .. } => "dropped",
            Fate::Review { .. } => "review",
        }
    }
}

/// One line of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub line: usize,
    /// Its characters, white space and control characters aside.
    pub characters: usize,
    /// The page where it stands; none if it stands on none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file's name.
    pub name: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// `text`, `markdown`, `html` or `docx`.
    pub kind: String,
    /// The name of its encoding.
    pub encoding: String,
    /// What a line is: `line`, `paragraph` (.docx) or `block` (HTML).
    pub unit: String,
    /// How many there are.
    pub lines: usize,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its path, from the folder that was imported into.
    pub path: String,
    /// The SHA-256 of its bytes, by which a later run sees whether somebody changed it.
    pub sha256: String,
    /// The lines it is made of; empty for a picture.
    pub lines: String,
    /// Its characters, front matter and list marks aside.
    pub characters: usize,
}

/// How the characters of the source are accounted for: `source` is the sum of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Characters {
    /// All of the source.
    pub source: usize,
    /// On the pages, as text.
    pub kept: usize,
    /// On the pages, as the marks of lists: `1.`, `•`.
    pub marks: usize,
    /// In front matter.
    pub fields: usize,
    /// Left out by a rule.
    pub dropped: usize,
    /// On no page, for review.
    pub review: usize,
}

/// The sums.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// Lines by fate; together all lines of the source.
    pub lines: BTreeMap<String, usize>,
    /// Characters, white space and control characters aside.
    pub characters: Characters,
}

/// The whole ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// [`VERSION`].
    pub version: u32,
    /// What was read.
    pub source: Origin,
    /// The sums.
    pub sums: Sums,
    /// What was written.
    pub files: Vec<Written>,
    /// The SHA-256 of this source's part of `REVIEW.md`.
    pub review: String,
    /// The doubts, open and decided.
    pub doubts: Vec<Doubt>,
    /// Every line.
    pub lines: Vec<Entry>,
}

/// What a later run needs of an earlier ledger.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Earlier {
    /// [`VERSION`].
    pub version: u32,
    /// What was read.
    pub source: Origin,
    /// What was written.
    pub files: Vec<Written>,
    /// The SHA-256 of its part of `REVIEW.md`.
    pub review: String,
}

impl Ledger {
    /// The ledger as JSON, one line of text for each line of the source.
    pub fn json(&self) -> String {
        let text = |value: &dyn erased::Json| value.text();
        let list = |items: Vec<String>| {
            if items.is_empty() { "[]".to_owned() } else { format!("[\n    {}\n  ]", items.join(",\n    ")) }
        };
        let mut out = format!("{{\n  \"version\": {},\n", self.version);
        out.push_str(&format!("  \"source\": {},\n", text(&self.source)));
        out.push_str(&format!("  \"sums\": {},\n", text(&self.sums)));
        out.push_str(&format!("  \"files\": {},\n", list(self.files.iter().map(|file| text(file)).collect())));
        out.push_str(&format!("  \"review\": {},\n", text(&self.review)));
        out.push_str(&format!("  \"doubts\": {},\n", list(self.doubts.iter().map(|doubt| text(doubt)).collect())));
        out.push_str(&format!("  \"lines\": {}\n}}\n", list(self.lines.iter().map(|line| text(line)).collect())));
        out
    }

    /// Whether the sums come out: every line has one fate, and every character is somewhere.
    ///
    /// # Errors
    /// A clause that says which sum does not.
    pub fn check(&self) -> Result<(), String> {
        let lines: usize = self.sums.lines.values().sum();
        if lines != self.source.lines || self.lines.len() != lines {
            return Err(format!("the source has {} lines, and {lines} are accounted for", self.source.lines));
        }
        let Characters { source, kept, marks, fields, dropped, review } = self.sums.characters;
        let sum = kept + marks + fields + dropped + review;
        if source != sum {
            return Err(format!("the source has {source} characters, and {sum} are accounted for"));
        }
        let pages: usize = self.files.iter().map(|file| file.characters).sum();
        if pages != kept {
            return Err(format!("the lines kept have {kept} characters, and the pages {pages}"));
        }
        Ok(())
    }
}

/// One value as one line of JSON.
mod erased {
    pub(super) trait Json {
        fn text(&self) -> String;
    }

    impl<T: serde::Serialize> Json for T {
        fn text(&self) -> String {
            // These values hold only texts, numbers and lists, for which JSON cannot fail.
            serde_json::to_string(self).unwrap_or_default()
        }
    }
}
