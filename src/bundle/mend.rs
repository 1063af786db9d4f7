//! Links to what is not in the bundle: they lead to the public site, or they are text with a mark.

use super::{Files, target, text};
use crate::html::{self, Edits, Tag};
use crate::paths::OutputPath;

/// How a link that leads nowhere is marked; the theme may style it.
const MARK: &str = "data-away";

/// Makes every link of every page lead to a file of the bundle, or to `public` (the site's address), or nowhere with a
/// mark behind its text; returns how many links were changed.
pub fn mend(files: &mut Files, public: Option<&str>) -> usize {
    let pages: Vec<OutputPath> = files.keys().filter(|path| path.extension() == "html").cloned().collect();
    let mut count = 0;
    for path in pages {
        let Some(bytes) = files.get(&path) else { continue };
        let page = text(bytes);
        let gone = |reference: &str| target(&path, reference).filter(|(file, _)| !files.contains_key(file));
        let mut changed = 0;
        let mended = html::rewrite(&page, |tag, edits| changed += usize::from(mend_tag(tag, public, &gone, edits)));
        if changed > 0 {
            count += changed;
            files.insert(path, mended.into_bytes().into());
        }
    }
    count
}

fn mend_tag(
    tag: &Tag<'_>,
    public: Option<&str>,
    gone: &impl Fn(&str) -> Option<(OutputPath, String)>,
    edits: &mut Edits,
) -> bool {
    if tag.closing || !["a", "area", "link", "form"].iter().any(|name| tag.opens(name)) {
        return false;
    }
    let name = if tag.opens("form") { "action" } else { "href" };
    let Some(attribute) = tag.attribute(name) else { return false };
    let value = html::unescape(tag.text(&attribute.value));
    let Some((file, behind)) = gone(&value) else { return false };
    let text = match public {
        Some(base) => {
            let url = file.as_str().strip_suffix("index.html").unwrap_or(file.as_str());
            let encoded: Vec<String> = url.split('/').map(crate::paths::encode).collect();
            format!("{name}=\"{}\"", html::escape(&format!("{base}{}{behind}", encoded.join("/"))))
        }
        None => MARK.to_owned(),
    };
    edits.put(attribute.whole.clone(), text);
    true
}
