//! Pictures of six kinds of page, for people to look at: `target/screenshots`. They are compared with nothing.

use std::path::Path;

use super::sites::SHIPPED;
use crate::chromium::chromium;

const PAGES: [(&str, &str); 6] = [
    ("home", "index.html"),
    ("city", "cities/shenzhen/index.html"),
    ("page", "cities/shenzhen/economy/index.html"),
    ("theme", "themes/talent/index.html"),
    ("matrix", "matrix/index.html"),
    ("indicator", "indicators/enterprise-rd-share/index.html"),
];

#[test]
fn six_kinds_of_page_have_their_picture_taken() {
    let Some(chromium) = chromium() else { return };
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let folder = target.join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    let view = chromium.view();
    for (name, path) in PAGES {
        for width in [390, 1024, 1600] {
            for (colours, dark) in [("light", false), ("dark", true)] {
                let picture = view.screen(width, dark).open(&SHIPPED.page(path)).picture();
                // A picture of nothing but the ground is a few thousand bytes.
                assert!(picture.starts_with(b"\x89PNG") && picture.len() > 15_000, "{path}: {} bytes", picture.len());
                std::fs::write(folder.join(format!("{name}-{width}-{colours}.png")), picture).unwrap();
            }
        }
    }
}
