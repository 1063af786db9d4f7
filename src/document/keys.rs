//! The keys of front matter, with the spellings of other generators; the manual describes each of them.

use crate::tree::KeyName;

const fn key(name: &'static str) -> KeyName {
    KeyName { name, also: &[] }
}

const fn also(name: &'static str, also: &'static [&'static str]) -> KeyName {
    KeyName { name, also }
}

/// The keys at the top; a declared taxonomy may stand there too.
pub const FRONT_MATTER: &[KeyName] = &[
    key("title"),
    also("nav_title", &["linkTitle", "sidebar_label"]),
    key("description"),
    key("summary"),
    key("date"),
    also("updated", &["lastmod", "last_update", "lastUpdated"]),
    key("draft"),
    key("unlisted"),
    also("expires", &["expiryDate"]),
    also("weight", &["sidebar_position", "order", "nav_order"]),
    key("sort_key"),
    key("slug"),
    also("path", &["url", "permalink"]),
    also("aliases", &["redirect_from"]),
    key("names"),
    also("authors", &["author"]),
    key("keywords"),
    key("image"),
    key("taxonomies"),
    also("template", &["layout"]),
    key("toc"),
    key("sidebar"),
    key("prev"),
    key("next"),
    key("search"),
    key("glossary"),
    key("search_weight"),
    key("lang"),
    key("translation_key"),
    key("cascade"),
    key("source"),
    key("facts"),
    key("indicator"),
    key("matrix"),
    key("owner"),
    key("reviewed"),
    key("review_every"),
    also("extra", &["params"]),
];

/// The keys of `source`.
pub(super) const SOURCE: &[KeyName] =
    &[key("document"), key("id"), key("file"), key("sha256"), key("lines"), key("author"), key("role"), key("date")];

/// The keys of `matrix`.
pub(super) const MATRIX: &[KeyName] = &[key("rows"), key("columns")];

/// The keys of `indicator`.
pub(super) const INDICATOR: &[KeyName] = &[key("unit"), key("kind"), key("additive"), key("formula")];

/// The keys of a fact beside its indicator.
pub const FACT: &[KeyName] = &[
    key("period"),
    key("change"),
    key("rank"),
    key("of_which"),
    key("subject"),
    key("variant"),
    key("lines"),
    key("note"),
];

/// The keys of a fact's `rank`.
pub(super) const RANK: &[KeyName] = &[key("place"), key("among")];

/// What may stand in `cascade`: all that can hold for many pages.
pub const CASCADE: &[&str] = &[
    "date",
    "updated",
    "draft",
    "unlisted",
    "expires",
    "weight",
    "authors",
    "keywords",
    "image",
    "taxonomies",
    "template",
    "toc",
    "sidebar",
    "search",
    "search_weight",
    "source",
    "owner",
    "review_every",
    "extra",
];
