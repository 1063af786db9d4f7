//! The drawing of a library made safe and themable: only shapes and texts, only attributes that place and colour them.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::PREFIX;
use super::colours::Colours;
use crate::html::escape_into;

/// The elements that a drawing needs. Links are left out: their targets are not checked.
const ELEMENTS: [&str; 19] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "defs",
    "marker",
    "title",
    "desc",
    "linearGradient",
    "stop",
    "clipPath",
    "filter",
];

/// The attributes that place and colour them. Typefaces are left to the style sheet.
const ATTRIBUTES: [&str; 46] = [
    "viewBox",
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "dx",
    "dy",
    "points",
    "transform",
    "id",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "fill-opacity",
    "stroke-opacity",
    "opacity",
    "text-anchor",
    "dominant-baseline",
    "font-size",
    "font-weight",
    "font-style",
    "marker-start",
    "marker-end",
    "markerUnits",
    "markerWidth",
    "markerHeight",
    "orient",
    "refX",
    "refY",
    "offset",
    "stop-color",
    "clip-path",
    "width",
    "height",
    "text-decoration",
];

/// The drawing; none if it is no SVG or shows nothing.
pub(super) fn cleaned(raw: &str, source: &str) -> Option<String> {
    let mut colours = Colours::new(source);
    let used = used_ids(raw);
    let mut reader = Reader::from_str(raw);
    let mut out = String::with_capacity(raw.len());
    let (mut depth, mut shapes) = (0_usize, 0_usize);
    // Inside an element that is left out with all that it holds.
    let mut left_out = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.name();
                let name: &str = name.as_ref();
                if left_out > 0 || is_dangerous(name) {
                    left_out += 1;
                } else if ELEMENTS.contains(&name) {
                    shapes += usize::from(is_shape(name) && depth > 0);
                    open(&mut out, name, &start, (&used, &mut colours), depth == 0)?;
                    out.push('>');
                }
                depth += 1;
            }
            Event::Empty(start) => {
                let name = start.name();
                let name: &str = name.as_ref();
                if left_out == 0 && ELEMENTS.contains(&name) && !is_ground(&start, depth) {
                    shapes += usize::from(is_shape(name));
                    open(&mut out, name, &start, (&used, &mut colours), false)?;
                    // Spelt out: not every program that reads HTML knows how elements of SVG end.
                    out.push_str(&format!("></{name}>"));
                }
            }
            Event::End(end) => {
                depth = depth.checked_sub(1)?;
                let name = end.name();
                let name: &str = name.as_ref();
                if left_out > 0 {
                    left_out -= 1;
                } else if ELEMENTS.contains(&name) {
                    out.push_str("</");
                    out.push_str(name);
                    out.push('>');
                }
            }
            Event::Text(text) if left_out == 0 => escape_into(&mut out, &text.replace(PREFIX, "")),
            Event::GeneralRef(name) if left_out == 0 => reference(&mut out, &name),
            Event::Eof => break,
            _ => {}
        }
    }
    // The markers of arrows are drawn even where nothing else is.
    (depth == 0 && shapes > 0 && out.starts_with("<svg")).then_some(out)
}

/// Whether nothing of an element may be kept, not even its text.
fn is_dangerous(name: &str) -> bool {
    matches!(name, "script" | "style" | "foreignObject" | "iframe" | "image" | "use" | "animate" | "set")
}

fn is_shape(name: &str) -> bool {
    matches!(name, "text" | "circle" | "polygon" | "rect" | "line" | "ellipse")
}

/// Whether it is the rectangle behind everything: a page has its own ground.
fn is_ground(start: &BytesStart<'_>, depth: usize) -> bool {
    let fill = start.try_get_attribute("fill").ok().flatten();
    let plain = start.try_get_attribute("rx").ok().flatten().is_none() && start.attributes().count() == 5;
    depth == 1 && plain && fill.is_some_and(|fill| fill.value.as_ref() == "var(--diagram-ground)")
}

/// Writes a start tag without its end.
fn open(
    out: &mut String,
    name: &str,
    start: &BytesStart<'_>,
    (used, colours): (&HashSet<String>, &mut Colours),
    root: bool,
) -> Option<()> {
    out.push('<');
    out.push_str(name);
    let mut style = String::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref().to_owned();
        let value = attribute.value.into_owned();
        let value = colours.of(name, &key, &value).unwrap_or(value);
        let sized = root && matches!(key.as_str(), "width" | "height");
        if !ATTRIBUTES.contains(&key.as_str()) || sized || key == "id" && !used.contains(&value) {
            continue;
        }
        let lower = value.to_ascii_lowercase();
        if lower.contains("script:") || lower.contains("data:") || lower.contains("url(") && !lower.starts_with("url(#")
        {
            continue;
        }
        // A variable may stand in a style, and not in every attribute for every browser.
        if value.contains("var(") {
            style.push_str(&format!("{key}:{value};"));
            continue;
        }
        let value = match key.as_str() {
            "id" => format!("{PREFIX}{value}"),
            _ => value.replace("url(#", &format!("url(#{PREFIX}")),
        };
        out.push_str(&format!(" {key}=\""));
        // The value is XML already, with its references.
        out.push_str(&value.replace('"', "&quot;").replace('<', "&lt;"));
        out.push('"');
    }
    if root && let Some((width, height)) = size(start) {
        out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    if !style.is_empty() && !style.contains(['"', '<', '&']) {
        out.push_str(&format!(" style=\"{}\"", style.trim_end_matches(';')));
    }
    Some(())
}

/// The width and height of a drawing: those of its `viewBox`.
fn size(start: &BytesStart<'_>) -> Option<(u32, u32)> {
    let view = start.try_get_attribute("viewBox").ok()??;
    let numbers: Vec<f32> = view.value.split_ascii_whitespace().filter_map(|number| number.parse().ok()).collect();
    let rounded = |number: f32| (number.is_finite() && number >= 1.0).then(|| number.ceil().min(20_000.0) as u32);
    Some((rounded(*numbers.get(2)?)?, rounded(*numbers.get(3)?)?))
}

/// The ids that something in the drawing refers to.
fn used_ids(raw: &str) -> HashSet<String> {
    raw.split("url(#").skip(1).filter_map(|rest| rest.split_once(')')).map(|(id, _)| id.to_owned()).collect()
}

fn reference(out: &mut String, name: &str) {
    match name {
        "amp" | "lt" | "gt" | "quot" => out.push_str(&format!("&{name};")),
        "apos" => out.push('\''),
        _ if name.starts_with('#') && name.len() < 10 && name[1..].bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            out.push_str(&format!("&{name};"));
        }
        _ => {}
    }
}
