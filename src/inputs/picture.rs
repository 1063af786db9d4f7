//! How large a picture is, read from its first bytes: the only door of `imagesize`.

use std::io::{BufRead, Read, Seek};

use super::Asset;

/// An SVG says its size in its first tag; whoever writes longer ones into it is not waited for.
const LONGEST_HEAD: u64 = 64 * 1024;

impl Asset {
    /// Width and height in pixels of a picture of this name; none if it is none, or does not say.
    pub fn dimensions(&self, extension: &str) -> Option<(u32, u32)> {
        let reader = self.reader().ok()?;
        match extension {
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "ico" | "avif" => raster(reader),
            "svg" => svg(reader),
            _ => None,
        }
    }
}

fn raster(reader: Box<dyn Seekable + '_>) -> Option<(u32, u32)> {
    let size = imagesize::reader_size(reader).ok()?;
    let fits = |length: usize| u32::try_from(length).ok().filter(|length| *length > 0);
    Some((fits(size.width)?, fits(size.height)?))
}

/// What a header can be read from.
pub(super) trait Seekable: BufRead + Seek {}

impl<T: BufRead + Seek> Seekable for T {}

fn svg(reader: Box<dyn Seekable + '_>) -> Option<(u32, u32)> {
    let mut head = vec![];
    reader.take(LONGEST_HEAD).read_to_end(&mut head).ok()?;
    svg_size(&String::from_utf8_lossy(&head))
}

/// The size of `<svg width height>`, or of its `viewBox` where they are not in pixels (SVG 2, section 8.2).
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let start = text.match_indices("<svg").find(|(at, _)| text[at + 4..].starts_with(|c: char| c.is_whitespace()))?.0;
    let tag = &text[start..];
    let tag = &tag[..tag.find('>')?];
    if let (Some(width), Some(height)) = (pixels(tag, "width"), pixels(tag, "height")) {
        return Some((width, height));
    }
    let view = attribute(tag, "viewBox")?;
    let mut numbers = view.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty()).skip(2);
    Some((whole(numbers.next()?)?, whole(numbers.next()?)?))
}

fn pixels(tag: &str, name: &str) -> Option<u32> {
    let value = attribute(tag, name)?;
    whole(value.trim().strip_suffix("px").unwrap_or(value.trim()))
}

fn whole(number: &str) -> Option<u32> {
    let number: f64 = number.parse().ok()?;
    // The cast is inside the range.
    (0.5..1_000_000.0).contains(&number).then(|| number.round() as u32)
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let at = tag.match_indices(name).find(|(at, _)| {
        tag[..*at].ends_with(char::is_whitespace) && tag[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at.0 + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_says_its_size() {
        assert_eq!(svg_size("<?xml?><svg xmlns='x' width='10' height=\"20.4px\"/>"), Some((10, 20)));
        assert_eq!(svg_size("<svg viewBox='0 0 300,150.5' width='100%' height='1em'>"), Some((300, 151)));
        assert_eq!(svg_size("<svg data-width='3' stroke-width=\"1\" viewBox=\"0 0 4 5\">"), Some((4, 5)));
        for text in ["", "<svg", "<svg>", "<svg width=5>", "<svg viewBox='0 0 x y'>", "<svgx width='1' height='1'>"] {
            assert_eq!(svg_size(text), None, "{text}");
        }
    }

    #[test]
    fn a_png_says_its_size() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x80\x08\x02\0\0\0".to_vec();
        png.extend([0; 8]);
        let asset = Asset::Memory(png.into());
        assert_eq!(asset.dimensions("png"), Some((256, 128)));
        assert_eq!(Asset::Memory(vec![].into()).dimensions("png"), None);
    }
}
