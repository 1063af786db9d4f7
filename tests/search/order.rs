//! Which of the pages that have all words stands first.

use std::path::PathBuf;

use crate::chromium::chromium;
use crate::support::TestSite;
use crate::validate::{files, write};

#[test]
fn a_title_that_has_the_words_in_a_row_comes_before_texts_that_repeat_them() {
    let Some(chromium) = chromium() else { return };
    let rivals: String = (0..3)
        .map(|number| {
            format!(
                "--- content/r{number}.md\n---\ntitle: Medical, own\n---\n\n## Research of one's own\n\n## Medical research\n\n## Own\n\n\
                 Medical. Own. Research. Own. Medical. Research.\n"
            )
        })
        .collect();
    let others: String =
        (0..60).map(|number| format!("--- content/p{number}.md\n# A page\n\nNothing of it.\n")).collect();
    let much = "Something else is said here. ".repeat(60);
    let site = TestSite::new(&format!(
        "--- site.toml\ntitle = \"S\"\ndefault_language = \"en\"\n--- content/sought.md\n# The city pays for its own medical research\n\n{much}\n{rivals}{others}"
    ));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("search").join("order");
    let _ = std::fs::remove_dir_all(&folder);
    write(&files(site.built()), &folder);
    let view = chromium.view();
    view.open(&folder.join("index.html")).press("/").wait("document.querySelector('dialog[open]') !== null");
    let first: String = view.value(
        "(async () => { const found = await self.fangzhiSearch.find('own medical research'); return found.shown[0].url; })()",
    );
    assert!(first.ends_with("sought/index.html"), "{first}");
    assert_eq!(view.complaints(), [""; 0]);
}
