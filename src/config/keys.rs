//! The keys of `site.toml`; the manual describes each of them.

use crate::tree::KeyName;

const fn key(name: &'static str) -> KeyName {
    KeyName { name, also: &[] }
}

/// The keys at the top.
pub const KEYS: &[KeyName] = &[
    key("title"),
    key("description"),
    key("base_url"),
    key("default_language"),
    key("languages"),
    key("theme"),
    key("content_dir"),
    key("output_dir"),
    key("taxonomies"),
    key("markdown"),
    key("images"),
    key("link_checker"),
    key("generate_feeds"),
    key("generate_sitemap"),
    key("generate_llms"),
    key("generate_print"),
    key("minify_html"),
    key("edit_url"),
    key("redirects"),
    key("facts"),
    key("search"),
    key("units"),
    key("extra"),
];

/// The keys of `[languages.*]`.
pub const LANGUAGE: &[KeyName] = &[key("name"), key("title"), key("description"), key("lang_tag"), key("ui")];

/// The keys of `[taxonomies.*]`.
pub const TAXONOMY: &[KeyName] =
    &[key("title"), key("path"), key("strict"), key("paginate_by"), key("feed"), key("sort_by"), key("group_by")];

/// The keys of `[markdown]`.
pub const MARKDOWN: &[KeyName] = &[key("trust"), key("smart_punctuation")];

/// The keys of `[images]`.
pub const IMAGES: &[KeyName] = &[key("widths"), key("quality"), key("sizes")];

/// The keys of `[link_checker]`.
pub const LINK_CHECKER: &[KeyName] = &[key("skip"), key("internal_level")];

/// The keys of `[facts]`.
pub const FACTS: &[KeyName] = &[key("subjects"), key("indicators")];

/// The keys of `[search]`.
pub const SEARCH: &[KeyName] = &[key("enabled"), key("title"), key("heading"), key("body")];

/// The keys of `[units.*]`.
pub const UNIT: &[KeyName] = &[key("symbol"), key("spellings")];
