//! fangzhi (方志): Markdown pages become a cross-linked site that works on a server and from disk.
//!
//! ```text
//! Inputs --parse*--> Documents --resolve--> Site --plan--> Recipes --make*--> Outputs --> disk | memory
//! (* = in parallel)
//! ```
//!
//! 1. [`inputs`] takes a snapshot of everything that a build may read: files, the day, when files changed. Below it
//!    there is no I/O but through it, so a test builds a whole site from string literals.
//! 2. [`document`] understands each content file alone, with [`tree`] for front matter and [`markdown`] for the body.
//!    A document is reusable as long as its bytes are the same.
//! 3. [`site`] resolves the graph: pages and sections, terms, translations, links and backlinks, facts (read with
//!    [`fact`]). It runs whole, unless it could see nothing but other texts.
//! 4. [`make`] plans what files there are and makes each: its view from the graph, its text from [`render`], the
//!    template boundary, with the layers of [`theme`].
//!    [`search`] makes the index that the pages search, from the plain text that documents have already.
//! 5. [`outputs`] writes what changed, removes what is stale, and swaps the whole.
//!
//! [`bundle`] packs what was made into one file for people without a server.
//! [`import`] goes the other way round: raw reports become content files; [`convert`] makes a site of another generator's
//! project.
//!
//! [`build::build`] is steps 2 to 4 as one call, values in and values out. Trouble in the user's files is data too:
//! [`diagnostic`]. [`cli`] is what the user types, and the only place that prints.

#![forbid(unsafe_code)]
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_macros)]

pub mod build;
pub mod bundle;
pub mod check;
pub mod cli;
pub mod config;
pub mod convert;
pub mod diagnostic;
pub mod diagram;
pub mod document;
pub mod fact;
pub mod highlight;
pub mod html;
pub mod import;
pub mod inputs;
pub mod make;
pub mod markdown;
pub mod math;
pub mod outputs;
pub mod paths;
pub mod picture;
pub mod relocation;
pub mod render;
pub mod search;
pub mod serve;
pub mod sha256;
pub mod site;
pub mod source;
pub mod theme;
pub mod tree;
pub mod utf8;
