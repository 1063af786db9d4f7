//! What a kill leaves at each step of a build, and that the next build finds a whole site.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::folder::Folder;
use super::survey::each_file;
use super::{CACHE, MANIFEST, Output, Request, open, swap};
use crate::paths::OutputPath;

const OLD: &[(&str, &str)] = &[("a.html", "a"), ("b/index.html", "b"), ("gone/index.html", "gone")];
const NEW: &[(&str, &str)] = &[("a.html", "a"), ("b/index.html", "changed"), ("new/index.html", "new")];

fn start(root: &Path) -> Output {
    let protected = vec!["content".into()];
    let output_dir = Path::new("public");
    open(&Request { root, output_dir, protected, home: None, force: true, version: "1" }).unwrap()
}

fn put(output: &Output, files: &[(&str, &str)]) {
    for (path, text) in files {
        output.put(&OutputPath::new(path).unwrap(), text.as_bytes()).unwrap();
    }
}

/// A site with an old output, and beside its pages a file that is not ours.
fn old_site() -> TempDir {
    let root = TempDir::new().unwrap();
    let output = start(root.path());
    put(&output, OLD);
    output.finish().unwrap();
    fs::create_dir(root.path().join("public/own")).unwrap();
    fs::write(root.path().join("public/own/CNAME"), "own").unwrap();
    root
}

/// A complete new output that is not swapped in.
fn staged(root: &Path) -> Output {
    let mut output = start(root);
    put(&output, NEW);
    let manifest = output.manifest();
    output.complete(&manifest).unwrap();
    output
}

/// All that is in the site's folder, without what outputs say of themselves.
fn holds(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    each_file(root, |path, entry| {
        let path = path.to_str().unwrap().to_owned();
        if !path.ends_with(MANIFEST) && !path.ends_with(CACHE) {
            found.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
        Ok(())
    })
    .unwrap();
    found
}

fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let own = [("own/CNAME", "own")];
    files.iter().chain(&own).map(|(path, text)| (format!("public/{path}"), (*text).to_owned())).collect()
}

/// The next build opens the output: it holds just `files`, nothing is left beside it, and it can be built again.
fn assert_mended(root: &Path, files: &[(&str, &str)]) {
    drop(start(root));
    assert_eq!(holds(root), expected(files));
    assert_eq!(fs::read_dir(root).unwrap().count(), 1);
    let output = start(root);
    put(&output, NEW);
    output.finish().unwrap();
    assert_eq!(holds(root), expected(NEW));
    assert_eq!(fs::read_dir(root).unwrap().count(), 1);
}

#[test]
fn killed_while_it_writes() {
    let root = old_site();
    let output = start(root.path());
    put(&output, NEW);
    let folder = output.die();
    assert!(folder.beside("new").join("new/index.html").exists());
    assert_mended(root.path(), OLD);
}

#[test]
fn killed_before_the_swap() {
    let root = old_site();
    let folder = staged(root.path()).die();
    assert!(folder.beside("new").join("own/CNAME").exists());
    assert_mended(root.path(), OLD);

    let root = old_site();
    let folder = staged(root.path()).die();
    fs::rename(folder.beside("new"), folder.beside("swap")).unwrap();
    assert_mended(root.path(), OLD);
}

#[test]
fn killed_after_the_swap() {
    let root = old_site();
    let output = staged(root.path());
    let folder = output.die();
    let old = swap::enter(&folder, &folder.beside("new")).unwrap().unwrap();
    assert!(old.join("gone/index.html").exists());
    assert_mended(root.path(), NEW);
}

/// The old output aside, the new one waiting: the first half of the way without an exchange.
fn between_the_renames(root: &Path) -> Folder {
    let folder = staged(root).die();
    fs::rename(folder.beside("new"), folder.beside("swap")).unwrap();
    swap::move_aside(&folder).unwrap();
    folder
}

#[test]
fn killed_between_two_renames() {
    let root = old_site();
    between_the_renames(root.path());
    assert!(!root.path().join("public").exists());
    assert_mended(root.path(), OLD);
}

#[test]
fn killed_after_two_renames() {
    let root = old_site();
    let folder = between_the_renames(root.path());
    swap::move_in(&folder, &folder.beside("swap"), &folder.beside("old")).unwrap();
    assert_mended(root.path(), NEW);
}

#[test]
fn a_second_rename_that_fails_is_undone() {
    let root = old_site();
    let folder = between_the_renames(root.path());
    fs::remove_dir_all(folder.beside("swap")).unwrap();
    let error = swap::move_in(&folder, &folder.beside("swap"), &folder.beside("old")).unwrap_err();
    assert!(error.to_string().contains("fangzhi-swap"), "{error}");
    assert_eq!(holds(root.path()), expected(OLD));
}

#[test]
fn killed_while_the_old_output_is_removed() {
    let root = old_site();
    let folder = staged(root.path()).die();
    let old = swap::enter(&folder, &folder.beside("new")).unwrap().unwrap();
    fs::remove_file(old.join("a.html")).unwrap();
    assert_mended(root.path(), NEW);
}

#[test]
fn a_file_that_appears_during_the_build_is_not_lost() {
    let root = old_site();
    let output = start(root.path());
    put(&output, NEW);
    fs::create_dir(root.path().join("public/late")).unwrap();
    fs::write(root.path().join("public/late/notes.txt"), "mine").unwrap();
    output.finish().unwrap();
    assert_eq!(fs::read_to_string(root.path().join("public/late/notes.txt")).unwrap(), "mine");

    let output = start(root.path());
    put(&output, NEW);
    put(&output, &[("other.html", "page")]);
    fs::write(root.path().join("public/other.html"), "mine").unwrap();
    let error = output.finish().unwrap_err();
    assert!(error.to_string().contains("other.html"), "{error}");
    assert_eq!(fs::read_to_string(root.path().join("public/other.html")).unwrap(), "page");
    assert_eq!(fs::read_to_string(root.path().join(".public.fangzhi-swap/other.html")).unwrap(), "mine");
}
