//! Archives: the same bytes everywhere, checked by hash, in parts that fit together.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use fangzhi::build::{Build, Wish, build};
use fangzhi::bundle::select::{Selection, select};
use fangzhi::bundle::{Files, archive, make, mend, pages, verify};

use crate::support::TestSite;
use crate::validate::{shipped_inputs, skipped};

/// A site of two sections in two languages, whose pages link to each other.
pub fn linked() -> TestSite {
    TestSite::new(
        "--- site.toml
         title = { zh = \"小志\", en = \"Notes\" }
         [languages.zh]
         [languages.en]
         [taxonomies.tags]
         --- content/_index.md
         # 首页
         [甲](a/one.md) [乙](b/two.md)
         --- content/a/_index.md
         # 甲部
         --- content/a/one.md
         ---
         title: 第一
         tags: [红]
         ---
         去[第二](../b/two.md#小节)，看[图](pic.png)。
         ![图](pic.png)
         --- content/a/one.en.md
         # First
         To [second](../b/two.md).
         --- content/a/pic.png
         PNG
         --- content/b/_index.md
         # 乙部
         --- content/b/two.md
         ---
         title: 第二
         tags: [蓝]
         ---
         ## 小节
         回[第一](../a/one.md)。
         ![图](other.png)
         --- content/b/other.png
         PNG",
    )
}

fn bytes(files: &Files, path: &str) -> String {
    let found = files.iter().find(|(own, _)| own.as_str() == path);
    String::from_utf8_lossy(found.unwrap_or_else(|| panic!("there is no {path}")).1).into_owned()
}

fn part(site: &TestSite, selection: &Selection, public: Option<&str>) -> (Build, Files) {
    let mut built = site.clean_build();
    select(&mut built, selection).unwrap();
    let mut files = make(&built).unwrap_or_else(|troubles| panic!("{troubles:#?}"));
    fangzhi::bundle::select::without_unused(&built, &mut files);
    mend(&mut files, public);
    (built, files)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn fangzhi(folder: &Path, zone: &str, locale: &str, arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_fangzhi"))
        .args(arguments)
        .current_dir(folder)
        .env("TZ", zone)
        .env("LC_ALL", locale)
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .output()
        .unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stderr).into_owned()
}

#[test]
fn bundles_are_the_same_bytes_everywhere() {
    let top = tempfile::tempdir().unwrap();
    let folders: [PathBuf; 2] = [top.path().join("a"), top.path().join("城 市/deeper/b")];
    for folder in &folders {
        for part in ["content", "templates", "site.toml"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(part);
            let to = folder.join(part);
            if from.is_dir() {
                copy(&from, &to);
            } else {
                std::fs::copy(&from, &to).unwrap();
            }
        }
    }
    for name in ["site.zip", "site.html", "site.epub"] {
        fangzhi(&folders[0], "Asia/Shanghai", "zh_CN.UTF-8", &["bundle", "-o", name]);
        fangzhi(&folders[1], "America/St_Johns", "tr_TR.UTF-8", &["bundle", "-o", name]);
        let [one, other] = [0, 1].map(|at| std::fs::read(folders[at].join(name)).unwrap());
        assert!(one == other, "{name} differs");
        assert!(one.len() > 100_000, "{name} has {} bytes", one.len());
    }
}

#[test]
fn the_contents_of_a_pdf_have_page_numbers() {
    if std::env::var("FANGZHI_SKIP_BROWSER").as_deref() == Ok("1") {
        return skipped("a PDF and its page numbers: FANGZHI_SKIP_BROWSER=1");
    }
    let folder = tempfile::tempdir().unwrap();
    let long = "一段话。\n\n".repeat(60);
    let literal = format!(
        "--- site.toml\ntitle = \"站\"\n--- content/_index.md\n# 首页\n--- content/a.md\n---\ntitle: 甲\nweight: 1\n---\n{long}\
         --- content/b.md\n---\ntitle: 乙\nweight: 2\n---\n字\n"
    );
    for (path, text) in crate::support::files(&literal) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    fangzhi(folder.path(), "UTC", "C.UTF-8", &["bundle", "-o", "site.pdf"]);
    let pages = pages::pages(&std::fs::read(folder.path().join("site.pdf")).unwrap());
    // A cover, the contents, a page for home, several for the first page.
    let known: Vec<usize> = pages.values().copied().collect();
    assert!(known.len() == 2 && known[0] == 4 && known[1] > 5, "{pages:?}");
}

#[test]
fn an_archive_tells_what_was_changed_in_it() {
    let built = linked().clean_build();
    let files = make(&built).unwrap();
    let (archives, _) = archive::archives(&built, &files, None).unwrap();
    let whole = &archives[0].bytes;
    let verdict = verify::verify(whole).unwrap();
    assert_eq!((verdict.sound, verdict.wrong.len()), (archives[0].files - 1, 0));
    let mut changed = files.clone();
    let page = files.keys().find(|path| path.as_str() == "a/one/index.html").unwrap();
    changed.insert(page.clone(), b"changed".to_vec().into());
    let (other, _) = archive::archives(&built, &changed, None).unwrap();
    let sums = |bytes: &[u8]| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
        std::io::read_to_string(archive.by_name("SHA256SUMS").unwrap()).unwrap()
    };
    // The manifest of the one with the files of the other.
    let mut reader = zip::ZipArchive::new(std::io::Cursor::new(other[0].bytes.clone())).unwrap();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for at in 0..reader.len() {
        let file = reader.by_index(at).unwrap();
        let name = file.name().unwrap().to_string();
        if name == "site/b/two/index.html" {
            continue;
        }
        writer.start_file(name.clone(), zip::write::SimpleFileOptions::default()).unwrap();
        let text = if name == "SHA256SUMS" { sums(whole) } else { std::io::read_to_string(file).unwrap() };
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    let verdict = verify::verify(&writer.finish().unwrap().into_inner()).unwrap();
    assert_eq!(verdict.wrong, ["`site/a/one/index.html` was changed", "`site/b/two/index.html` is missing"]);
    assert!(verify::verify(b"nothing").is_err());
}

#[test]
fn volumes_are_small_and_make_the_whole() {
    let built = build(&shipped_inputs(), &Wish { base_url: Some("/".into()), ..Wish::default() }, None);
    let files = make(&built).unwrap();
    let limit = 400_000;
    let (archives, _) = archive::archives(&built, &files, Some(limit)).unwrap();
    assert!(archives.len() > 2, "{}", archives.len());
    let mut names = BTreeSet::new();
    for volume in &archives {
        assert!(volume.bytes.len() as u64 <= limit, "{} has {}", volume.number, volume.bytes.len());
        assert!(verify::verify(&volume.bytes).unwrap().wrong.is_empty());
        let archive = zip::ZipArchive::new(std::io::Cursor::new(volume.bytes.as_slice())).unwrap();
        let own: BTreeSet<String> = archive.file_names().map(|name| name.unwrap().to_string()).collect();
        for shared in ["index.html", "README.txt", "README.en.txt", "site/index.html", "site/assets/tokens.css"] {
            assert!(own.contains(shared), "{shared} is missing in {}", volume.number);
        }
        names.extend(own);
    }
    let expected: BTreeSet<String> = files.keys().map(|path| format!("site/{path}")).collect();
    assert!(expected.is_subset(&names), "{:?}", expected.difference(&names).collect::<Vec<_>>());
}

#[test]
fn a_section_has_no_link_to_what_is_not_there() {
    let selection = Selection { section: Some("a".into()), ..Selection::default() };
    let (_, files) = part(&linked(), &selection, None);
    let one = bytes(&files, "a/one/index.html");
    assert!(one.contains("<a data-away>第二</a>"), "{one}");
    assert!(files.keys().any(|path| path.as_str() == "a/pic.png"));
    for gone in ["b/two/index.html", "b/index.html", "b/other.png"] {
        assert!(!files.keys().any(|path| path.as_str() == gone), "{gone} is there");
    }
    // Lists do not name what is not there.
    assert!(!bytes(&files, "index.html").contains("乙部"));
    assert!(!bytes(&files, "search/start.js").contains("第二"));
    let (_, files) = part(&linked(), &selection, Some("https://example.org/docs/"));
    assert!(bytes(&files, "a/one/index.html").contains("href=\"https://example.org/docs/b/two/#小节\""));
}

#[test]
fn a_term_and_a_language_are_selections_too() {
    let selection = Selection { term: Some(("tags".into(), "红".into())), ..Selection::default() };
    let (_, files) = part(&linked(), &selection, None);
    let has = |files: &Files, path: &str| files.keys().any(|own| own.as_str() == path);
    assert!(has(&files, "a/one/index.html") && has(&files, "tags/红/index.html") && !has(&files, "b/two/index.html"));
    let selection = Selection { language: Some("en".into()), ..Selection::default() };
    let (_, files) = part(&linked(), &selection, None);
    assert!(has(&files, "en/a/one/index.html") && !has(&files, "a/one/index.html") && !has(&files, "index.html"));
    let mut built = linked().clean_build();
    let wrong = Selection { section: Some("aa".into()), ..Selection::default() };
    assert!(select(&mut built, &wrong).unwrap_err().contains("did you mean"));
}

#[test]
fn linked_data_of_a_part_names_what_is_there() {
    let site = TestSite::new(
        "
        --- site.toml
        title = \"T\"
        default_language = \"zh\"
        [languages.en]
        [taxonomies.cities]
        [facts]
        subjects = \"cities\"
        indicators = \"indicators\"
        --- content/cities/xian.md
        # 西安
        --- content/indicators/a.md
        ---
        title: 甲
        indicator: { unit: count, kind: stock }
        ---
        --- content/indicators/a.en.md
        # A
        --- content/indicators/b.md
        ---
        title: 乙
        indicator: { unit: count, kind: stock }
        ---
        --- content/p.md
        ---
        title: 页
        cities: xian
        facts: [{ a: 3, period: 2023 }]
        ---
        --- content/p.en.md
        # Page
        ",
    );
    let selection = Selection { language: Some("en".into()), ..Selection::default() };
    let (_, files) = part(&site, &selection, None);
    let path = files.keys().find(|path| path.as_str().ends_with("facts.jsonld")).expect("linked data").clone();
    let graph: serde_json::Value = serde_json::from_slice(&files[&path]).unwrap();
    let nodes = graph["@graph"].as_array().unwrap();
    let kinds: Vec<&str> = nodes.iter().filter_map(|node| node["@type"].as_str()).collect();
    assert_eq!(kinds, ["StatisticalVariable", "Thing", "Observation"]);
    for node in nodes {
        for address in [&node["@id"], &node["url"]].into_iter().filter_map(|address| address.as_str()) {
            let target = fangzhi::paths::OutputPath::new(&joined(path.as_str(), address)).unwrap();
            assert!(files.contains_key(&target), "{address}: {:?}", files.keys().collect::<Vec<_>>());
        }
        assert!(node["@type"] == "Observation" || node["name"][0]["@value"].is_string(), "{node}");
    }
}

/// A relative address from a file, without what goes up.
fn joined(from: &str, address: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_of_a_part_of_the_shipped_site_leads_somewhere() {
    let mut built = build(&shipped_inputs(), &Wish { base_url: Some("/".into()), ..Wish::default() }, None);
    let selection = Selection { section: Some("cities/xian".into()), ..Selection::default() };
    select(&mut built, &selection).unwrap();
    let mut files = make(&built).unwrap();
    fangzhi::bundle::select::without_unused(&built, &mut files);
    assert!(mend(&mut files, None) > 0);
    assert!(files.len() > 20 && files.len() < 250, "{}", files.len());
    assert_eq!(mend(&mut files.clone(), None), 0);
}
