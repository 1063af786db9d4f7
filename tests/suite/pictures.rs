//! Large pictures get smaller ones beside them, and pages offer them to browsers.

use fangzhi::inputs::{Asset, File};
use fangzhi::paths::SourcePath;

use crate::support::{TestSite, made};

const SITE: &str = "
    --- content/a.md
    # 甲

    ![近景](<近 景.png>){width=300}

    ![小图](small.png)
    --- content/b/c.md
    # 丙

    ![近景](<../近 景.png>)
    ";

/// A PNG that does not get small: no two of its points are alike.
fn noise(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let mut out = vec![];
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut state = seed;
    let pixels: Vec<u8> = (0..width * height * 3)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    out
}

fn put(site: &mut TestSite, path: &str, bytes: Vec<u8>) {
    site.inputs.files.insert(SourcePath::new(path).unwrap(), File::Asset(Asset::Memory(bytes.into())));
}

fn site(literal: &str, large: Vec<u8>) -> TestSite {
    let mut site = TestSite::new(literal);
    put(&mut site, "content/近 景.png", large);
    put(&mut site, "content/small.png", noise(20, 10, 1));
    site.rebuild();
    site
}

fn smaller(site: &TestSite) -> Vec<String> {
    site.paths().into_iter().filter(|path| path.ends_with(".webp")).collect()
}

#[test]
fn a_page_offers_every_width_and_the_picture_itself() {
    let site =
        site(&format!("--- site.toml\nimages = {{ widths = [900, 720, 5000] }}\n{}", unindented()), noise(1200, 60, 7));
    let names = smaller(&site);
    assert_eq!(names.len(), 2, "{names:?}");
    let [narrow, wide] =
        [720, 900].map(|width| names.iter().find(|name| name.ends_with(&format!("-{width}.webp"))).unwrap());
    let href = |name: &str| name.replace(' ', "%20");
    let expected = format!(
        "src=\"../近%20景.png\" srcset=\"../{} 720w, ../{} 900w, ../近%20景.png 1200w\" sizes=\"(min-width: 44rem) 41rem, 100vw\" width=\"1200\" height=\"60\"",
        href(narrow),
        href(wide)
    );
    site.expect_page("a/index.html", &expected).expect_page("b/c/index.html", "srcset=\"../../");
    assert!(!site.page("a/index.html").contains("srcset=\"../small"));
    let bytes = &site.outputs()[narrow];
    let look = fangzhi::picture::look(bytes).unwrap();
    assert_eq!((look.width, look.height), (720, 36));
    site.expect_clean();
}

#[test]
fn another_picture_has_another_name_and_a_rebuild_is_a_clean_build() {
    let mut site = site(SITE, noise(1200, 60, 7));
    let before = smaller(&site);
    assert_eq!(before.len(), 1, "{before:?}");
    put(&mut site, "content/近 景.png", noise(1200, 60, 8));
    site.rebuild();
    assert!(smaller(&site).iter().all(|name| !before.contains(name)));
    assert_eq!(site.outputs(), made(&site.clean_build()).0);
    site.edit("site.toml", "images = { widths = [] }\n").rebuild();
    assert!(smaller(&site).is_empty());
    site.expect_not("a/index.html", "srcset");
}

#[test]
fn a_picture_that_cannot_be_read_is_told_of_where_it_is_shown() {
    let mut broken = noise(1200, 60, 7);
    broken.truncate(broken.len() - 20);
    site(SITE, broken).expect_diagnostics(
        "content/a.md:3:8: warning[picture]: the picture `content/近 景.png` cannot be read: it ends too soon",
    );
    // The header is fine, and what is behind it is not.
    let mut broken = noise(1200, 60, 7);
    for byte in &mut broken[200..400] {
        *byte ^= 0x55;
    }
    let site = site(SITE, broken.clone());
    assert!(site.diagnostics().starts_with("content/a.md:3:8: warning[picture]: the picture `content/近 景.png`"));
    // Readers get the file as it is.
    assert!(smaller(&site).iter().all(|name| site.outputs()[name] == broken));
}

#[test]
fn wrong_settings_are_told_of() {
    TestSite::new("--- site.toml\n[images]\nwidths = [720, \"wide\"]\nquality = 0\nsize = 3\n--- content/a.md\n# A")
        .expect_diagnostics(
            "site.toml:2:10: error[bad-config-value]: a width is a whole number of pixels from 16 to 10000
         site.toml:3:11: error[bad-config-value]: `quality` goes from 1 to 100
         site.toml:4:1: error[unknown-config-key]: [images] has no key `size`",
        );
}

fn unindented() -> String {
    crate::support::files(SITE).into_iter().map(|(path, text)| format!("--- {path}\n{text}")).collect()
}
