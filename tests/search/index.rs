//! What is in the index and what is not, and what its files hold.

use crate::support::TestSite;

fn start(site: &TestSite) -> serde_json::Value {
    let text = site.page("search/start.js");
    let (_, json) = text.split_once("]=").unwrap();
    serde_json::from_str(json.trim_end().trim_end_matches(';')).unwrap()
}

/// The titles, as the scripts read them; there are fewer characters than one digit has values.
fn titles(site: &TestSite) -> Vec<String> {
    let start = start(site);
    let alphabet: Vec<char> = start["alphabet"].as_str().unwrap().chars().collect();
    let digits = (35_u8..127).map(char::from).filter(|c| !['<', '\\'].contains(c)).collect::<Vec<_>>();
    let place = |digit| digits.iter().position(|own| *own == digit).unwrap();
    let titles: String = start["titles"].as_str().unwrap().chars().map(|digit| alphabet[place(digit)]).collect();
    titles.lines().map(str::to_owned).collect()
}

const PAGES: &str = "--- content/_index.md
# 首页
--- content/found.md
# 找得到
--- content/not.md
---
title: 不找
search: false
---
--- content/draft.md
---
title: 草稿
draft: true
---
--- content/unlisted.md
---
title: 不列
unlisted: true
---
--- content/s/_index.md
---
title: 节
cascade: { search: false }
---
--- content/s/below.md
# 其下
";

#[test]
fn what_is_not_to_be_found_is_not_in_the_index() {
    let site = TestSite::bilingual(PAGES);
    // Each page once, in its own language, though it is shown in both.
    assert_eq!(titles(&site), ["找得到", "首页"]);
    for (path, bytes) in site.outputs().iter().filter(|(path, _)| path.starts_with("search/")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!["不找", "草稿", "不列", "其下"].iter().any(|title| text.contains(title)), "{path}");
    }
}

#[test]
fn drafts_are_found_where_they_are_shown() {
    assert!(titles(&TestSite::new(PAGES).with_drafts()).contains(&"草稿".to_owned()));
}

#[test]
fn there_is_no_search_where_it_is_switched_off() {
    let site = TestSite::new("--- site.toml\n[search]\nenabled = false\n--- content/a.md\n# A");
    assert!(!site.paths().iter().any(|path| path.starts_with("search/")), "{:?}", site.paths());
    site.expect_not("a/index.html", "data-search").expect_clean();
}

#[test]
fn weights_are_those_of_the_site_and_of_the_page() {
    let site = TestSite::new(
        "--- site.toml
        [search]
        title = 9
        body = 0.5
        --- content/a.md
        ---
        title: A
        search_weight: 3
        ---
        --- content/b.md
        # B",
    );
    let start = start(&site);
    assert_eq!(start["weights"][3], 9.0);
    assert_eq!(start["weights"][0], 0.5);
    let prior: Vec<char> = start["prior"].as_str().unwrap().chars().collect();
    assert!(prior[0] > prior[1], "{prior:?}");
}

#[test]
fn wrong_weights_are_complained_about() {
    let site = TestSite::new(
        "--- site.toml\n[search]\ntitle = \"high\"\nrecent = 3\n--- content/a.md\n---\ntitle: A\nsearch_weight: -1\n---",
    );
    site.expect_diagnostics(
        "content/a.md:3:16: error[bad-value]: `search_weight` is not a number that is meant here
         site.toml:2:9: error[bad-config-value]: `title` is not a number that is meant here
         site.toml:3:1: error[unknown-config-key]: [search] has no key `recent`",
    );
}

#[test]
fn an_edited_body_changes_no_page_but_its_own() {
    let mut site = TestSite::bilingual(&format!("{PAGES}--- content/other.md\n# 别页\n\n旧文\n"));
    let before = site.outputs();
    site.replace("content/other.md", "旧文", "完全不同的新文字，远远比以前长").rebuild();
    let after = site.outputs();
    let changed: Vec<&String> =
        after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).map(|(path, _)| path).collect();
    let own = |path: &&&String| path.starts_with("search/") || path.ends_with("other/index.html");
    assert!(changed.iter().all(|path| own(&path)), "{changed:?}");
    assert!(changed.len() > 3, "{changed:?}");
    assert_eq!(before["search/open.js"], after["search/open.js"]);
}

#[test]
fn nothing_in_a_file_ends_a_script() {
    let site = TestSite::new("--- content/a.md\n---\ntitle: \"</script><b>x\"\n---\n`</script>` \u{2028}\n");
    for (path, bytes) in site.outputs().iter().filter(|(path, _)| path.starts_with("search/")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains('<') && !text.contains('\u{2028}'), "{path}: {text}");
    }
}
