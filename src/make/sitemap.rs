//! `sitemap.xml` (sitemaps.org 0.9) with the languages of each page, and `robots.txt` (RFC 9309).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Making;
use super::here::absolute;
use crate::site::Page;

/// Every page that is listed and written in its own language.
pub(super) fn sitemap(making: &Making<'_>) -> std::io::Result<Vec<u8>> {
    let site = making.site;
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let names =
        [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"), ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")];
    let listed = site.pages.iter().filter(|page| !page.is_unlisted() && page.fallback.is_none());
    writer.create_element("urlset").with_attributes(names).write_inner_content(|writer| {
        for page in listed {
            url(writer, making, page, base)?;
        }
        Ok(())
    })?;
    Ok(writer.into_inner())
}

fn url(writer: &mut Writer<Vec<u8>>, making: &Making<'_>, page: &Page, base: &str) -> std::io::Result<()> {
    writer.create_element("url").write_inner_content(|writer| {
        let own = absolute(base, page.url.as_str());
        writer.create_element("loc").write_text_content(BytesText::new(&own))?;
        if let Some(day) = page.updated.or(page.front.date) {
            writer.create_element("lastmod").write_text_content(BytesText::new(&day.to_string()))?;
        }
        for alternate in super::nav::alternates(making.site, page) {
            writer
                .create_element("xhtml:link")
                .with_attributes([
                    ("rel", "alternate"),
                    ("hreflang", alternate.hreflang.as_str()),
                    ("href", alternate.url.as_str()),
                ])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Everything may be read; the sitemap is named where there is one.
pub(super) fn robots(making: &Making<'_>) -> Vec<u8> {
    let config = &making.site.config;
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = config.base_url.as_ref().filter(|_| config.generate_sitemap) {
        text.push_str(&format!("\nSitemap: {base}sitemap.xml\n"));
    }
    text.into_bytes()
}
