//! The default theme inside the binary; the only door of `rust-embed`.

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Files;

/// Every file of the default theme with its path in the theme folder, in order of path.
pub(super) fn files() -> impl Iterator<Item = (String, Vec<u8>)> {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    names.into_iter().filter_map(|name| Some((name.to_string(), Files::get(&name)?.data.into_owned())))
}
