//! The output folder: what is written, kept and removed, and which folders are refused.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;

use fangzhi::outputs::{CACHE, MANIFEST, Output, Put, Refusal, Request, Summary, Why, clean, kept, open};
use fangzhi::paths::OutputPath;
use fangzhi::source::Hash;
use tempfile::TempDir;

fn request<'a>(root: &'a Path, output_dir: &'a str) -> Request<'a> {
    let protected = ["content", "static", "site.toml"].map(PathBuf::from).to_vec();
    Request { root, output_dir: Path::new(output_dir), protected, home: None, force: false, version: "1.0" }
}

fn start(root: &TempDir) -> Output {
    open(&request(root.path(), "public")).unwrap()
}

fn refused(root: &TempDir, output_dir: &str) -> Refusal {
    match open(&request(root.path(), output_dir)) {
        Ok(_) => panic!("`{output_dir}` was not refused"),
        Err(refusal) => refusal,
    }
}

fn at(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

fn build(root: &TempDir, files: &[(&str, &str)]) -> Summary {
    let output = start(root);
    for (path, text) in files {
        output.put(&at(path), text.as_bytes()).unwrap();
    }
    output.finish().unwrap()
}

fn text(root: &TempDir, path: &str) -> String {
    fs::read_to_string(root.path().join("public").join(path)).unwrap()
}

/// The names beside the output folder, itself among them.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_first_build_writes_all() {
    let root = TempDir::new().unwrap();
    let summary = build(&root, &[("index.html", "home"), ("城市/西安/index.html", "西安")]);
    assert_eq!(summary, Summary { written: 2, unchanged: 0, removed: 0, bytes: 10 });
    assert_eq!(text(&root, "城市/西安/index.html"), "西安");
    assert_eq!(names(root.path()), ["public"]);
}

#[test]
fn a_rebuild_writes_only_what_changed() {
    let root = TempDir::new().unwrap();
    build(&root, &[("a/index.html", "a"), ("b.html", "b"), ("old/c.html", "c")]);
    let output = start(&root);
    assert_eq!(output.put(&at("a/index.html"), b"a").unwrap(), Put::Unchanged);
    assert_eq!(output.put(&at("b.html"), b"B").unwrap(), Put::Written);
    let summary = output.finish().unwrap();
    assert_eq!(summary, Summary { written: 1, unchanged: 1, removed: 1, bytes: 1 });
    assert_eq!(text(&root, "b.html"), "B");
    assert_eq!(names(&root.path().join("public")), [CACHE, MANIFEST, "a", "b.html"]);
    assert_eq!(names(root.path()), ["public"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_touched_when_nothing_changed() {
    use std::os::unix::fs::MetadataExt as _;
    let root = TempDir::new().unwrap();
    build(&root, &[("a/index.html", "a"), ("b.html", "b")]);
    let marks = || {
        ["", "a", "a/index.html", "b.html", MANIFEST].map(|path| {
            let found = fs::metadata(root.path().join("public").join(path)).unwrap();
            (found.ino(), found.ctime(), found.ctime_nsec())
        })
    };
    let before = marks();
    assert_eq!(build(&root, &[("b.html", "b"), ("a/index.html", "a")]).unchanged, 2);
    assert_eq!(marks(), before);
    // One change: the other file is the same file under a new name, not a copy.
    build(&root, &[("b.html", "B"), ("a/index.html", "a")]);
    assert_eq!(marks()[2].0, before[2].0);
    assert_ne!(marks()[3].0, before[3].0);
}

#[test]
fn a_file_is_read_only_if_it_is_what_was_written() {
    let root = TempDir::new().unwrap();
    build(&root, &[("kept.json", "kept"), ("changed.json", "changed")]);
    fs::write(root.path().join("public/changed.json"), "CHANGED").unwrap();
    let output = start(&root);
    assert_eq!(output.read(&at("kept.json")).as_deref(), Some(&b"kept"[..]));
    assert_eq!(output.read(&at("changed.json")), None);
    assert_eq!(output.read(&at("none.json")), None);
    let kept_at = |path: &str| kept(&root.path().join("public"), &at(path));
    assert_eq!(kept_at("kept.json").as_deref(), Some(&b"kept"[..]));
    assert_eq!(kept_at("changed.json"), None);
    assert_eq!(kept_at("none.json"), None);
}

#[test]
fn what_a_file_was_made_of_is_known_as_long_as_the_cache_is_that_of_the_manifest() {
    let root = TempDir::new().unwrap();
    let (one, other) = (Hash::of(b"1"), Hash::of(b"2"));
    let write = |bytes: &[u8], from: Hash| {
        let output = start(&root);
        output.put_made(&at("a.html"), bytes, Some(from)).unwrap();
        output.put(&at("b.html"), b"b").unwrap();
        output.finish().unwrap()
    };
    let known = || ["a.html", "b.html"].map(|path| start(&root).made_of(&at(path)));
    write(b"a", one);
    assert_eq!(known(), [Some(one), None]);
    let old = text(&root, CACHE);
    // The same bytes, made of something else: only the cache is another one.
    let (before, summary) = (text(&root, MANIFEST), write(b"a", other));
    assert_eq!((summary.written, text(&root, MANIFEST)), (0, before));
    assert_eq!(known(), [Some(other), None]);
    // A file that is kept keeps what it was made of.
    let output = start(&root);
    output.keep(&at("a.html")).unwrap();
    output.finish().unwrap();
    assert_eq!(known(), [Some(other), None]);
    // A cache of another output, a torn one, none: nothing is known, and nothing is in the way.
    for cache in [Some(old.as_str()), Some("{"), None] {
        let path = root.path().join("public").join(CACHE);
        match cache {
            Some(text) => fs::write(path, text).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
        assert_eq!(known(), [None, None]);
    }
    assert_eq!(write(b"a", one).unchanged, 1);
    assert_eq!(known(), [Some(one), None]);
    assert_eq!(names(root.path()), ["public"]);
}

#[test]
fn the_same_site_has_the_same_manifest() {
    let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    build(&one, &[("a.html", "a"), ("b.html", "b"), ("c.html", "c")]);
    build(&other, &[("b.html", "old"), ("x.html", "x")]);
    build(&other, &[("c.html", "c"), ("b.html", "b"), ("a.html", "a")]);
    assert_eq!(text(&one, MANIFEST), text(&other, MANIFEST));
    assert!(text(&one, MANIFEST).contains(&Hash::of(b"a").hex()));
}

#[test]
fn a_new_version_renews_only_the_manifest() {
    let root = TempDir::new().unwrap();
    build(&root, &[("a.html", "a")]);
    let output = open(&Request { version: "2.0", ..request(root.path(), "public") }).unwrap();
    output.keep(&at("a.html")).unwrap();
    assert_eq!(output.finish().unwrap().unchanged, 1);
    assert!(text(&root, MANIFEST).contains("\"2.0\""));
    assert_eq!(names(root.path()), ["public"]);
}

#[test]
fn a_damaged_output_is_mended() {
    let root = TempDir::new().unwrap();
    build(&root, &[("a.html", "a"), ("b.html", "b"), ("c.html", "c")]);
    fs::remove_file(root.path().join("public/a.html")).unwrap();
    fs::write(root.path().join("public/b.html"), "longer").unwrap();
    let output = start(&root);
    assert_eq!(output.keep(&at("a.html")).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(output.keep(&at("b.html")).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(output.put(&at("a.html"), b"a").unwrap(), Put::Written);
    assert_eq!(output.put(&at("b.html"), b"b").unwrap(), Put::Written);
    output.keep(&at("c.html")).unwrap();
    assert_eq!(output.finish().unwrap().written, 2);
    assert_eq!((text(&root, "a.html"), text(&root, "b.html")), ("a".into(), "b".into()));
}

#[test]
fn a_build_that_is_given_up_leaves_the_old_output() {
    let root = TempDir::new().unwrap();
    build(&root, &[("a.html", "a"), ("b.html", "b")]);
    let output = start(&root);
    output.put(&at("a.html"), b"new").unwrap();
    output.put(&at("x/y.html"), b"new").unwrap();
    drop(output);
    assert_eq!(names(&root.path().join("public")), [CACHE, MANIFEST, "a.html", "b.html"]);
    assert_eq!((text(&root, "a.html"), text(&root, "b.html")), ("a".into(), "b".into()));
    assert_eq!(names(root.path()), ["public"]);

    let deep = open(&request(root.path(), "deep/er/public")).unwrap();
    deep.put(&at("a.html"), b"a").unwrap();
    drop(deep);
    assert_eq!(names(root.path()), ["public"]);
    open(&request(root.path(), "deep/er/public")).unwrap().finish().unwrap();
    assert_eq!(names(&root.path().join("deep/er/public")), [CACHE, MANIFEST]);
}

#[test]
fn many_threads_put_at_once() {
    let root = TempDir::new().unwrap();
    for round in ["one", "two"] {
        let output = start(&root);
        thread::scope(|scope| {
            for part in 0..8 {
                let output = &output;
                scope.spawn(move || {
                    for page in 0..50 {
                        let text = if page % 2 == 0 { "always" } else { round };
                        output.put(&at(&format!("deep/{page}/{part}.html")), text.as_bytes()).unwrap();
                    }
                });
            }
        });
        let unchanged = if round == "one" { 0 } else { 200 };
        let summary = output.finish().unwrap();
        assert_eq!((summary.written, summary.unchanged, summary.removed), (400 - unchanged, unchanged, 0));
    }
    assert_eq!((text(&root, "deep/4/7.html"), text(&root, "deep/5/7.html")), ("always".into(), "two".into()));
}

#[test]
fn one_path_is_put_once() {
    let root = TempDir::new().unwrap();
    build(&root, &[("old.html", "old")]);
    let output = start(&root);
    for path in ["old.html", "new.html"] {
        output.put(&at(path), b"old").unwrap();
        let error = output.put(&at(path), b"other").unwrap_err();
        assert!(error.to_string().contains(path), "{error}");
    }
    assert!(output.put(&at(MANIFEST), b"{}").is_err());
    assert!(output.put(&at("new.html/index.html"), b"a file is in the way").is_err());
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let root = TempDir::new().unwrap();
    build(&root, &[("a", "file"), ("b/c", "file")]);
    build(&root, &[("a/index.html", "page"), ("b", "page")]);
    assert_eq!((text(&root, "a/index.html"), text(&root, "b")), ("page".into(), "page".into()));
}

#[test]
fn folders_that_are_not_for_output_are_refused() {
    let root = TempDir::new().unwrap();
    let site = root.path().join("site");
    for folder in ["content/cities", "static", "other"] {
        fs::create_dir_all(site.join(folder)).unwrap();
    }
    fs::write(site.join("site.toml"), "").unwrap();
    fs::write(site.join("plain"), "").unwrap();
    let absolute = root.path().to_str().unwrap();
    let bad = [
        ".",
        "..",
        "/",
        "~",
        "~/public",
        "",
        "content",
        "content/public",
        "./static/",
        "other/..",
        "../site",
        "other/../content",
        "site.toml",
        "plain",
        "content/cities/../../static/x",
        absolute,
    ];
    for output_dir in bad {
        let refusal = open(&request(&site, output_dir)).map(|_| ()).unwrap_err();
        assert_eq!(refusal.why, Why::Folder, "{output_dir}: {refusal}");
        assert!(refusal.message.contains("output folder") && !refusal.hint.is_empty(), "{refusal}");
    }
    assert_eq!(names(&site), ["content", "other", "plain", "site.toml", "static"]);
    assert_eq!(names(root.path()), ["site"]);

    let home = Request { home: Some(root.path()), ..request(&site, absolute) };
    assert_eq!(open(&home).unwrap_err().why, Why::Folder);
    let elsewhere = root.path().join("home/me");
    fs::create_dir_all(&elsewhere).unwrap();
    for output_dir in ["../home", "../home/me"] {
        let refusal = open(&Request { home: Some(&elsewhere), ..request(&site, output_dir) }).unwrap_err();
        assert!(refusal.message.contains("home folder"), "{refusal}");
    }
}

#[test]
fn other_folders_are_fine() {
    let root = TempDir::new().unwrap();
    let site = root.path().join("site");
    fs::create_dir_all(site.join("content")).unwrap();
    let absolute = root.path().join("absolute");
    for output_dir in ["public", "build/site", "../beside", "contents", absolute.to_str().unwrap()] {
        let output = open(&request(&site, output_dir)).unwrap();
        output.put(&at("a.html"), b"a").unwrap();
        output.finish().unwrap();
        assert_eq!(fs::read(site.join(output_dir).join("a.html")).unwrap(), b"a");
    }
}

#[cfg(unix)]
#[test]
fn links_are_refused() {
    use std::os::unix::fs::symlink;
    let root = TempDir::new().unwrap();
    let other = TempDir::new().unwrap();
    fs::create_dir(other.path().join("deep")).unwrap();
    symlink(other.path(), root.path().join("public")).unwrap();
    symlink("nowhere", root.path().join("dangling")).unwrap();
    for output_dir in ["public", "public/deep", "public/new", "dangling"] {
        let refusal = refused(&root, output_dir);
        assert!(refusal.message.contains("symbolic link"), "{refusal}");
    }
    let outside = other.path().join("link");
    symlink(root.path(), &outside).unwrap();
    assert!(refused(&root, outside.to_str().unwrap()).message.contains("symbolic link"));
    // A link above the site is the system's own affair, and cannot hide where the output really is.
    assert_eq!(refused(&root, outside.join("content").to_str().unwrap()).why, Why::Folder);
    let through = TempDir::new().unwrap();
    symlink(through.path(), other.path().join("volume")).unwrap();
    open(&request(root.path(), other.path().join("volume/site").to_str().unwrap())).unwrap().finish().unwrap();
    assert_eq!(names(through.path()), ["site"]);
}

#[test]
fn foreign_files_are_refused_and_never_deleted() {
    let root = TempDir::new().unwrap();
    let public = root.path().join("public");
    fs::create_dir_all(public.join("notes")).unwrap();
    for name in ["one.txt", "notes/two\n.txt", "three.txt", "x.txt"] {
        fs::write(public.join(name), "mine").unwrap();
    }
    let refusal = refused(&root, "public");
    assert!(refusal.message.contains("`notes/two\\n.txt`, `one.txt`, `three.txt` and others"), "{refusal}");
    assert!(refusal.hint.contains("--force"), "{refusal}");
    assert_eq!(names(root.path()), ["public"]);

    let force = || open(&Request { force: true, ..request(root.path(), "public") }).unwrap();
    let output = force();
    output.put(&at("index.html"), b"home").unwrap();
    for path in ["one.txt", "notes", "three.txt/index.html"] {
        let error = output.put(&at(path), b"page").unwrap_err();
        assert!(error.to_string().contains("did not write"), "{error}");
    }
    // The same bytes lose nothing: the file belongs to the output from now on.
    output.put(&at("x.txt"), b"mine").unwrap();
    output.finish().unwrap();
    assert_eq!(text(&root, "notes/two\n.txt"), "mine");
    force().finish().unwrap();
    assert_eq!(names(&public), [CACHE, MANIFEST, "notes", "one.txt", "three.txt"]);
    assert!(refused(&root, "public").message.contains("one.txt"));
}

#[test]
fn an_unreadable_manifest_deletes_nothing() {
    let root = TempDir::new().unwrap();
    build(&root, &[("a.html", "a")]);
    fs::write(root.path().join("public").join(MANIFEST), "{\"files\": [").unwrap();
    let refusal = refused(&root, "public");
    assert!(refusal.hint.contains("manifest"), "{refusal}");
    assert!(clean(root.path(), Path::new("public"), &[]).is_err());
    assert_eq!(text(&root, "a.html"), "a");
}

#[test]
fn a_manifest_cannot_reach_out_of_its_folder() {
    let root = TempDir::new().unwrap();
    build(&root, &[("a.html", "a")]);
    fs::write(root.path().join("secret"), "s").unwrap();
    let (path, hash) = (root.path().join("secret"), Hash::of(b"s").hex());
    let entry = |path: &str| format!(r#"{{"path": "{path}", "size": 1, "hash": "{hash}"}}"#);
    let files = [entry("../secret"), entry(path.to_str().unwrap())].join(",");
    let manifest = format!(r#"{{"version": "1.0", "files": [{files}]}}"#);
    fs::remove_file(root.path().join("public/a.html")).unwrap();
    fs::write(root.path().join("public").join(MANIFEST), manifest).unwrap();
    assert_eq!(build(&root, &[("b.html", "b")]).removed, 0);
    assert_eq!(clean(root.path(), Path::new("public"), &[]).unwrap().removed, 1);
    assert_eq!(fs::read_to_string(root.path().join("secret")).unwrap(), "s");
}

#[test]
fn what_a_desktop_leaves_is_no_reason_to_refuse() {
    let root = TempDir::new().unwrap();
    build(&root, &[("a/a.html", "a")]);
    fs::write(root.path().join("public/a/.DS_Store"), "icons").unwrap();
    build(&root, &[("a/a.html", "b")]);
    assert_eq!(text(&root, "a/.DS_Store"), "icons");
}

#[test]
fn two_builds_do_not_meet() {
    let root = TempDir::new().unwrap();
    let first = start(&root);
    first.put(&at("a.html"), b"first").unwrap();
    let refusal = refused(&root, "public");
    assert_eq!(refusal.why, Why::Busy);
    assert!(refusal.message.contains("another build"), "{refusal}");
    thread::scope(|scope| {
        let second = scope.spawn(|| build(&root, &[("b.html", "second")]));
        first.finish().unwrap();
        assert_eq!(second.join().unwrap().removed, 1);
    });
    assert_eq!(names(&root.path().join("public")), [CACHE, MANIFEST, "b.html"]);
    assert_eq!(names(root.path()), ["public"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_output_is_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let root = TempDir::new().unwrap();
    build(&root, &[("a.html", "a")]);
    let public = root.path().join("public");
    fs::set_permissions(&public, fs::Permissions::from_mode(0o555)).unwrap();
    let refusal = refused(&root, "public");
    assert_eq!(refusal.why, Why::System);
    assert!(refusal.message.contains("read-only"), "{refusal}");
    fs::set_permissions(&public, fs::Permissions::from_mode(0o750)).unwrap();
    build(&root, &[("a.html", "b")]);
    assert_eq!(fs::metadata(&public).unwrap().permissions().mode() & 0o777, 0o750);
}

#[test]
fn errors_name_the_file() {
    let root = TempDir::new().unwrap();
    let long = "字".repeat(100);
    let error = start(&root).put(&at(&format!("{long}.html")), b"x").unwrap_err();
    assert!(error.to_string().contains(&long), "{error}");
    assert_eq!(refused(&root, &long).why, Why::System);
    assert_eq!(names(root.path()), [""; 0]);
}

#[test]
fn cleaning_removes_what_was_built() {
    let root = TempDir::new().unwrap();
    assert_eq!(clean(root.path(), Path::new("public"), &[]).unwrap(), Summary::default());
    build(&root, &[("a.html", "a"), ("b/c/index.html", "b")]);
    assert_eq!(clean(root.path(), Path::new("public"), &[]).unwrap().removed, 2);
    assert_eq!(names(root.path()), [""; 0]);

    build(&root, &[("a.html", "a"), ("b/c/index.html", "b")]);
    fs::write(root.path().join("public/b/mine.txt"), "mine").unwrap();
    assert_eq!(clean(root.path(), Path::new("public"), &[]).unwrap().removed, 2);
    assert_eq!(names(&root.path().join("public")), ["b"]);
    assert_eq!(text(&root, "b/mine.txt"), "mine");
    assert_eq!(clean(root.path(), Path::new("public"), &[]).unwrap_err().why, Why::Folder);
    assert_eq!(clean(root.path(), Path::new("."), &[]).unwrap_err().why, Why::Folder);
}

/// A large output: as many small files in folders as it takes for a spare one.
fn large(special: &[(&str, &str)]) -> Vec<(String, String)> {
    let many = (0..1_200).map(|n| (format!("{}/p{n}/index.html", n / 50), format!("page {n}")));
    many.chain(special.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))).collect()
}

fn build_all(root: &TempDir, files: &[(String, String)], force: bool) -> Summary {
    let output = open(&Request { force, ..request(root.path(), "public") }).unwrap();
    thread::scope(|scope| {
        for half in files.chunks(files.len().div_ceil(2)) {
            let output = &output;
            scope.spawn(move || {
                half.iter().for_each(|(path, text)| _ = output.put(&at(path), text.as_bytes()).unwrap())
            });
        }
    });
    output.finish().unwrap()
}

/// Every file below a folder with its text, but for what an output says of itself.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| !entry.file_type().is_dir());
    let shown = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (path, fs::read_to_string(entry.path()).unwrap())
    });
    shown.filter(|(path, _)| path != MANIFEST && path != CACHE).collect()
}

#[cfg(unix)]
#[test]
fn a_large_output_is_made_of_the_one_before_the_last() {
    let root = TempDir::new().unwrap();
    let spare = root.path().join(".public.fangzhi-spare");
    let versions: [&[(&str, &str)]; 6] = [
        &[("a.html", "1"), ("x", "file"), ("gone/deep/b.html", "b"), (".gitignore", "own")],
        &[("a.html", "2"), ("x/index.html", "folder"), (".gitignore", "own")],
        &[("a.html", "3"), ("x", "file again"), ("gone/deep/b.html", "back"), (".gitignore", "own")],
        &[("a.html", "3"), ("x", "file again"), ("gone", "a file now")],
        &[("a.html", "1"), ("0/p0", "in the way of nothing")],
        &[],
    ];
    for (turn, version) in versions.into_iter().enumerate() {
        let mut files = large(version);
        // A page that changes every time, and one that is not there every other time.
        files[7].1 = format!("turn {turn}");
        files.retain(|(path, _)| turn % 2 == 0 || path != "3/p150/index.html");
        if turn == 4 {
            files.retain(|(path, _)| path != "0/p0/index.html");
        }
        let summary = build_all(&root, &files, false);
        assert_eq!(summary.written + summary.unchanged, files.len());
        assert_eq!(tree(&root.path().join("public")), files.into_iter().collect::<BTreeMap<_, _>>(), "turn {turn}");
        assert_eq!(spare.exists(), turn > 0);
        if turn > 0 {
            assert!(spare.join(".gitignore").exists());
        }
    }
    // What is not changed is one file in both.
    let inode = |folder: &Path| {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata(folder.join("20/p1001/index.html")).unwrap().ino()
    };
    assert_eq!(inode(&spare), inode(&root.path().join("public")));
    // A build that is given up and one that finds nothing to do leave it.
    let output = start(&root);
    output.put(&at("a.html"), b"given up").unwrap();
    drop(output);
    let files: Vec<_> = tree(&root.path().join("public")).into_iter().collect();
    assert_eq!(build_all(&root, &files, false).written, 0);
    assert_eq!(names(root.path()), [".public.fangzhi-spare", "public"]);
    assert_eq!(tree(&root.path().join("public")), files.iter().cloned().collect::<BTreeMap<_, _>>());
    // Whatever was done to it, the output is right; and where most is new it is given up.
    fs::remove_dir_all(spare.join("4")).unwrap();
    fs::remove_dir_all(spare.join("5")).unwrap();
    fs::write(spare.join("5"), "a file in the way").unwrap();
    fs::write(spare.join("stray"), "x").unwrap();
    std::os::unix::fs::symlink("/", spare.join("6/p300/link")).unwrap();
    let mut files = files;
    files[0].1 = "more".into();
    build_all(&root, &files, false);
    assert_eq!(tree(&root.path().join("public")), files.iter().cloned().collect::<BTreeMap<_, _>>());
    files.iter_mut().for_each(|(_, text)| text.push('!'));
    build_all(&root, &files, false);
    assert_eq!(tree(&root.path().join("public")), files.iter().cloned().collect::<BTreeMap<_, _>>());
    assert_eq!(names(root.path()), ["public"]);
    files[0].1 = "again".into();
    build_all(&root, &files, false);
    assert_eq!(clean(root.path(), Path::new("public"), &[]).unwrap().removed, files.len());
    assert_eq!(names(root.path()), [""; 0]);
}

#[cfg(unix)]
#[test]
fn foreign_files_stay_in_a_large_output_and_are_never_written_to() {
    let root = TempDir::new().unwrap();
    let public = root.path().join("public");
    let mut files = large(&[]);
    build_all(&root, &files, true);
    fs::create_dir(public.join("mine")).unwrap();
    fs::write(public.join("mine/note.txt"), "one").unwrap();
    for turn in 0..4 {
        files[0].1 = format!("turn {turn}");
        build_all(&root, &files, true);
        assert_eq!(text(&root, "mine/note.txt"), ["one", "two", "two", "three"][turn]);
        if turn != 1 {
            // Another file in its place, then the same one written to.
            fs::remove_file(public.join("mine/note.txt")).unwrap();
            fs::write(public.join("mine/note.txt"), ["two", "", "three", ""][turn]).unwrap();
        }
        // What appears while the site is built comes along.
        let output = open(&Request { force: true, ..request(root.path(), "public") }).unwrap();
        files[1].1 = format!("late {turn}");
        files.iter().for_each(|(path, text)| _ = output.put(&at(path), text.as_bytes()).unwrap());
        fs::write(public.join(format!("late-{turn}.txt")), "late").unwrap();
        output.finish().unwrap();
        assert_eq!(text(&root, &format!("late-{turn}.txt")), "late");
    }
}

#[cfg(unix)]
#[test]
fn what_stands_in_the_place_of_the_spare_output_is_left_alone() {
    let spare = |root: &TempDir| root.path().join(".public.fangzhi-spare");
    type Make = fn(&Path, &Path);
    let make: [(&str, Make); 3] = [
        ("a link", |root, spare| {
            fs::create_dir(root.join("victim")).unwrap();
            fs::write(root.join("victim/thesis.txt"), "precious").unwrap();
            std::os::unix::fs::symlink("victim", spare).unwrap();
        }),
        ("a folder", |_, spare| {
            fs::create_dir(spare).unwrap();
            fs::write(spare.join("thesis.txt"), "precious").unwrap();
        }),
        ("a file", |_, spare| fs::write(spare, "precious").unwrap()),
    ];
    for (what, make) in make {
        let root = TempDir::new().unwrap();
        make(root.path(), &spare(&root));
        let mut files = large(&[]);
        for turn in 0..3 {
            files[0].1 = format!("turn {turn}");
            build_all(&root, &files, false);
            assert_eq!(tree(&root.path().join("public")), files.iter().cloned().collect::<BTreeMap<_, _>>(), "{what}");
        }
        clean(root.path(), Path::new("public"), &[]).unwrap();
        let kept = if what == "a file" { spare(&root) } else { spare(&root).join("thesis.txt") };
        assert_eq!(fs::read_to_string(kept).unwrap(), "precious", "{what}");
    }
    // The same of the other names beside the output: a link is nothing that fangzhi made.
    for name in ["new", "swap", "old"] {
        let root = TempDir::new().unwrap();
        fs::create_dir(root.path().join("victim")).unwrap();
        fs::write(root.path().join("victim/thesis.txt"), "precious").unwrap();
        std::os::unix::fs::symlink("victim", root.path().join(format!(".public.fangzhi-{name}"))).unwrap();
        assert!(refused(&root, "public").message.contains("move it away"));
        assert_eq!(fs::read_to_string(root.path().join("victim/thesis.txt")).unwrap(), "precious");
    }
}

#[test]
fn an_output_elsewhere_than_in_the_folder_of_the_site_has_no_spare_one() {
    let root = TempDir::new().unwrap();
    let mut files = large(&[]);
    for turn in 0..2 {
        files[0].1 = format!("turn {turn}");
        let output = open(&request(root.path(), "dist/docs")).unwrap();
        files.iter().for_each(|(path, text)| _ = output.put(&at(path), text.as_bytes()).unwrap());
        output.finish().unwrap();
    }
    assert_eq!(names(&root.path().join("dist")), ["docs"]);
}
