//! A raw report becomes pages, and nothing is lost or invented.
//!
//! 1. [`read`] turns bytes of any kind (text, Markdown, HTML, .docx) into lines, each with what the source says it is.
//! 2. [`sheet`] deals the lines out to pages: as the [`recipe`] says, else by bylines; it reads each page's head.
//! 3. [`flow`] joins lines to paragraphs, [`order`] finds what may stand in the wrong place, [`structure`] makes blocks.
//! 4. [`write`] and [`front`] make the page's text, and [`proof`] reads it again: it must show the same characters.
//! 5. The [`ledger`] gives every line one fate and draws the sums; [`review`] lists what only a person can decide.
//!
//! Words, numbers and punctuation are never changed. Whatever is not certain is a [`doubt`]: it is asked, never done.
//! Values in, values out: no file is read or written here, and nothing depends on the day or the machine.

mod account;
mod block;
mod doubt;
mod encoding;
mod escape;
mod figures;
mod flow;
mod foreign;
mod front;
mod ink;
mod ledger;
mod line;
mod lists;
mod look;
mod notes;
mod order;
mod page;
mod proof;
mod range;
mod read;
mod recipe;
mod review;
mod run;
mod sequence;
mod sheet;
mod structure;
mod words;
mod write;

use crate::paths::SourcePath;

/// The ending of a ledger's name, behind the source's name without its own ending.
pub const LEDGER: &str = ".import.json";
/// The ending of a recipe's name.
pub const RECIPE: &str = ".recipe.yaml";

pub use doubt::{Doubt, RULES, Rule, Weight};
pub use ledger::{Characters, Earlier, Entry, Fate, Ledger, Origin, Sums, VERSION, Written};
pub use range::Lines;
pub use read::lines;
pub use recipe::{Named, Piece, Recipe};
pub use review::{is_ours, merged, part};
pub use run::{File, Imported, Request, import};

/// Whether a file in a content folder is one that an import keeps for itself, so that no site publishes it: a ledger,
/// or the recipe beside one. `there` says whether a path is a file of the site.
pub fn is_record(path: &SourcePath, there: impl Fn(&SourcePath) -> bool) -> bool {
    let beside = |stem: &str| SourcePath::new(&format!("{stem}{LEDGER}")).is_ok_and(|ledger| there(&ledger));
    path.as_str().ends_with(LEDGER) || path.as_str().strip_suffix(RECIPE).is_some_and(beside)
}
