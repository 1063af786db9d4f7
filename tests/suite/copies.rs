//! Copies of pages: Markdown beside them, lists for machines, print pages.

use crate::support::TestSite;

fn site(keys: &str) -> TestSite {
    TestSite::new(&format!(
        "--- site.toml
         title = \"站\"
         {keys}
         [taxonomies.tags]
         --- content/_index.md
         # 首页
         --- content/甲/_index.md
         ---
         title: 甲部
         description: 讲甲
         ---
         --- content/甲/one.md
         ---
         title: 第一
         description: 头一页
         tags: [红]
         weight: 1
         ---
         去[第二](two.md#小节)、[[第二]]、[别名][r]、[站外](https://example.org/)，看![图](<a (1).png>)。

         [r]: two.md

         ## 小节
         --- content/甲/two.md
         # 第二

         ## 小节 {{#小节}}

         回[一](one.md)，[本页](#小节)。
         --- content/甲/a (1).png
         PNG"
    ))
}

fn text(site: &TestSite, path: &str) -> String {
    let bytes = site.outputs().remove(path).unwrap_or_else(|| panic!("there is no {path} among {:?}", site.paths()));
    String::from_utf8(bytes).unwrap()
}

#[test]
fn they_are_made_only_when_they_are_asked_for() {
    let paths = site("").paths();
    assert!(!paths.iter().any(|path| path.ends_with(".md") || path.ends_with("print.html") || path.contains("llms")));
}

#[test]
fn links_of_a_markdown_copy_lead_to_other_copies() {
    let site = site("generate_llms = true");
    let one = text(&site, "甲/one/index.md");
    assert!(one.starts_with("# 第一\n\n> 头一页\n\n去[第二](../two/index.md#小节)、"), "{one}");
    assert!(one.contains("、[第二](../two/index.md)、"), "{one}");
    assert!(one.contains("[站外](https://example.org/)"), "{one}");
    assert!(one.contains("![图](<../a%20%281%29.png>)"), "{one}");
    let two = text(&site, "甲/two/index.md");
    assert!(two.starts_with("# 第二\n\n## 小节"), "{two}");
    assert!(two.contains("[一](../one/index.md)"), "{two}");
    // Every relative target is a file that is there.
    let paths = site.paths();
    for page in [&one, &two] {
        for rest in page.split("](").skip(1) {
            let target = rest.trim_start_matches('<').split([')', '#', '>']).next().unwrap();
            if !target.is_empty() && !target.contains("://") {
                let from = fangzhi::paths::OutputPath::new("甲/one/index.md").unwrap();
                let (to, _) = fangzhi::html::target(&from, target).unwrap();
                assert!(paths.contains(&to.to_string()), "{target} leads to {to}");
            }
        }
    }
}

#[test]
fn pages_without_a_file_and_sections_list_what_they_hold() {
    let site = site("generate_llms = true");
    let section = text(&site, "甲/index.md");
    assert!(section.starts_with("# 甲部\n\n> 讲甲\n"), "{section}");
    assert!(section.contains("- [第一](one/index.md): 头一页\n- [第二](two/index.md)\n"), "{section}");
    assert!(text(&site, "tags/红/index.md").contains("- [第一](../../甲/one/index.md): 头一页"));
}

#[test]
fn llms_txt_lists_every_page_and_the_full_one_has_their_texts() {
    let site = site("generate_llms = true");
    let list = text(&site, "llms.txt");
    assert!(list.starts_with("# 站\n\n- [首页](index.md)\n"), "{list}");
    assert!(list.contains("\n## 甲部\n\n- [甲部](甲/index.md): 讲甲\n- [第一](甲/one/index.md): 头一页\n"), "{list}");
    let full = text(&site, "llms-full.txt");
    assert!(full.contains("去[第二](甲/two/index.md#小节)") && full.contains("\n---\n\n# 第二"), "{full}");
}

#[test]
fn a_print_page_holds_its_section_with_ids_and_links_of_its_own() {
    let site = site("generate_print = true");
    let page = text(&site, "甲/print.html");
    for part in
        ["id=\"p1\"", "id=\"p2\"", "id=\"p3\"", "href=\"#p3-小节\"", "id=\"p2-小节\"", "id=\"p3-小节\"", "href=\"#p2\""]
    {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    assert!(page.contains("src=\"a%20(1).png\""), "{page}");
    assert!(text(&site, "print.html").contains("id=\"p5\""));
    assert!(site.page("甲/index.html").contains("href=\"print.html\""));
    assert!(!site.has("甲/one/print.html"));
}
