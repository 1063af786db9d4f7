//! Two builds give the same bytes, wherever they are made, and what is refused leaves everything as it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{below, fangzhi, folder};

const SITE: &str = "
    --- site.toml
    title = \"站\"
    base_url = \"https://a.example\"
    [languages.en]
    [taxonomies.tags]
    feed = true
    --- content/_index.md
    # 首页
    --- content/城市/西安.md
    ---
    title: 西安
    date: 2020-01-02
    tags: [甲, 乙]
    ---
    [首页](/) ![图](图.png)
    --- content/城市/西安.en.md
    # Xi'an
    --- content/城市/图.png
    png
    --- static/a.txt
    a
    ";

/// Every file below a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    below(folder).into_iter().map(|path| (path.clone(), fs::read(folder.join(path)).unwrap())).collect()
}

#[track_caller]
fn build(root: &Path, words: &[&str]) {
    let output = fangzhi(root, &[&["build"], words].concat(), None);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn two_builds_give_the_same_bytes() {
    let (one, other) = (folder(SITE), folder(SITE));
    build(one.path(), &[]);
    let first = bytes(&one.path().join("public"));
    assert!(first.len() > 20, "{:?}", first.keys());
    build(one.path(), &[]);
    assert!(bytes(&one.path().join("public")) == first, "a second build changes bytes");
    build(other.path(), &[]);
    assert!(bytes(&other.path().join("public")) == first, "another folder changes bytes");
    build(one.path(), &["-o", "elsewhere"]);
    assert!(bytes(&one.path().join("elsewhere")) == first, "another output folder changes bytes");
}

#[test]
fn carriage_returns_and_a_byte_order_mark_change_nothing() {
    let (plain, windows) = (folder(SITE), folder(SITE));
    for path in ["site.toml", "content/_index.md", "content/城市/西安.md"] {
        let text = fs::read_to_string(windows.path().join(path)).unwrap();
        fs::write(windows.path().join(path), format!("\u{FEFF}{}", text.replace('\n', "\r\n"))).unwrap();
    }
    build(plain.path(), &[]);
    build(windows.path(), &[]);
    assert!(bytes(&plain.path().join("public")) == bytes(&windows.path().join("public")));
}

/// A PNG of 900 × 40 points, no two of them alike, so that it is not small.
fn noise() -> Vec<u8> {
    let mut out = vec![];
    let mut encoder = png::Encoder::new(&mut out, 900, 40);
    encoder.set_color(png::ColorType::Rgb);
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let pixels: Vec<u8> = (0..900 * 40 * 3).map(|_| next()).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    out
}

#[test]
fn pictures_are_made_smaller_once_and_a_broken_one_is_told_of_every_time() {
    let root = folder(SITE);
    let picture = root.path().join("content/城市/图.png");
    fs::write(&picture, noise()).unwrap();
    build(root.path(), &[]);
    let first = bytes(&root.path().join("public"));
    assert!(first.keys().any(|path| path.ends_with("-720.webp")), "{:?}", first.keys());
    let again = fangzhi(root.path(), &["build", "--timings"], None);
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(said.contains("index.html") && !said.contains(".webp"), "it was made again: {said}");
    assert!(bytes(&root.path().join("public")) == first);
    let mut broken = noise();
    for byte in &mut broken[200..400] {
        *byte ^= 0x55;
    }
    fs::write(&picture, broken).unwrap();
    for _ in 0..2 {
        let told = fangzhi(root.path(), &["build"], None);
        let told = String::from_utf8_lossy(&told.stderr);
        assert!(told.contains("warning[picture]") && told.contains("城市/西安.md"), "{told}");
    }
}

#[test]
fn a_failed_build_leaves_the_old_site_whole() {
    let root = folder(SITE);
    build(root.path(), &[]);
    let before = bytes(&root.path().join("public"));
    for (path, text) in [("content/bad.md", "[x](gone.md)\n"), ("templates/page.html", "{{ nothing.at.all }}")] {
        let file = root.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        assert_eq!(fangzhi(root.path(), &["build"], None).status.code(), Some(1), "{path}");
        assert!(bytes(&root.path().join("public")) == before, "{path}");
        fs::remove_file(&file).unwrap();
    }
    let rest: Vec<String> =
        fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(rest.iter().filter(|name| name.starts_with('.')).count(), 0, "staging is left: {rest:?}");
}

#[test]
fn output_folders_that_are_refused_lose_nothing() {
    let root = folder(SITE);
    fs::create_dir(root.path().join("full")).unwrap();
    fs::write(root.path().join("full/mine.txt"), "mine").unwrap();
    let before = bytes(root.path());
    for refused in [".", "..", "content", "content/城市", "static", "full", "/", "./", "content/../content"] {
        let output = fangzhi(root.path(), &["build", "-o", refused], None);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{refused}: {said}");
        assert!(said.contains("output-refused") || said.contains("refus"), "{refused}: {said}");
        assert!(bytes(root.path()) == before, "{refused}");
        let config = format!("output_dir = \"{refused}\"\n{}", String::from_utf8_lossy(&before["site.toml"]));
        fs::write(root.path().join("site.toml"), config).unwrap();
        assert_eq!(fangzhi(root.path(), &["build"], None).status.code(), Some(2), "{refused} in site.toml");
        fs::write(root.path().join("site.toml"), &before["site.toml"]).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_link_as_output_folder_is_refused() {
    let root = folder(SITE);
    fs::create_dir(root.path().join("real")).unwrap();
    std::os::unix::fs::symlink(root.path().join("real"), root.path().join("public")).unwrap();
    assert_eq!(fangzhi(root.path(), &["build"], None).status.code(), Some(2));
    assert!(below(&root.path().join("real")).is_empty());
}

#[cfg(unix)]
#[test]
fn what_the_system_refuses_is_exit_code_three() {
    let root = folder(SITE);
    let nowhere = fangzhi(root.path(), &["render", "nowhere.md"], None);
    assert_eq!(nowhere.status.code(), Some(3), "{}", String::from_utf8_lossy(&nowhere.stderr));
    fs::write(root.path().join("blocked"), "a file").unwrap();
    let blocked = fangzhi(root.path(), &["build", "-o", "blocked/site"], None);
    assert_eq!(blocked.status.code(), Some(3), "{}", String::from_utf8_lossy(&blocked.stderr));
}

/// `mv` changes no byte that it need not change, and leaves a file alone whose name it would use.
#[test]
fn a_move_keeps_line_ends_and_marks() {
    let root = folder("--- site.toml\n--- content/_index.md\n# Home\n");
    let content = root.path().join("content");
    fs::write(content.join("a.md"), "\u{feff}---\r\ntitle: A\r\n...\r\nx\r\n").unwrap();
    fs::write(content.join("b.md"), "# B\r\n\r\n[a](a.md)\r\n").unwrap();
    assert!(fangzhi(root.path(), &["mv", "a.md", "s/c.md"], None).status.success());
    let read = |path: &str| fs::read_to_string(content.join(path)).unwrap();
    assert_eq!(read("s/c.md"), "\u{feff}---\r\ntitle: A\r\naliases: [/a/]\r\n...\r\nx\r\n");
    assert_eq!(read("b.md"), "# B\r\n\r\n[a](s/c.md)\r\n");
    fs::write(content.join(".b.md.fangzhi-new"), "mine").unwrap();
    let output = fangzhi(root.path(), &["mv", "s/c.md", "new/d.md"], None);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert_eq!(read(".b.md.fangzhi-new"), "mine");
    assert_eq!(read("b.md"), "# B\r\n\r\n[a](s/c.md)\r\n");
    assert!(!content.join("new").exists() && content.join("s/c.md").exists());
    fs::remove_file(content.join(".b.md.fangzhi-new")).unwrap();
    fs::write(content.join("b.md"), "# B\r\n\n[a](s/c.md)\r\n").unwrap();
    assert_eq!(fangzhi(root.path(), &["mv", "s/c.md", "new/d.md"], None).status.code(), Some(2));
    assert!(!content.join("new").exists() && content.join("s/c.md").exists());
}
