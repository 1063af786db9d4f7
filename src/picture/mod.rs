//! Large pictures made smaller: a PNG, JPEG or WebP as WebP of another width. Bytes in, bytes out.

mod container;
mod decode;
#[cfg(test)]
mod tests;
mod turn;

use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use webp::{Encoder, PixelLayout};

use decode::Opened;

/// Part of the name of every picture made here: another number when the same wish gives other bytes.
pub const METHOD: u32 = 1;

/// The most pixels that are taken apart; a hundred million are 400 MB.
const MOST_PIXELS: u64 = 100_000_000;

/// What a picture says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Width as it is shown, in pixels.
    pub width: u32,
    /// Height as it is shown.
    pub height: u32,
    /// Whether it can be made smaller; films and pictures for the press cannot.
    pub scalable: bool,
}

/// Size of a PNG, JPEG or WebP, turned as its Exif data says, for that is how browsers show it.
///
/// # Errors
/// What is wrong with the bytes, as half a sentence: they are none of the three, they end too soon, the picture is too
/// large to be taken apart.
pub fn look(bytes: &[u8]) -> Result<Look, String> {
    let opened = Opened::new(bytes)?;
    let (width, height) = turn::size((opened.width, opened.height), opened.turn);
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(format!("{width} × {height} pixels are more than {MOST_PIXELS}"));
    }
    if !opened.is_whole(bytes) {
        return Err("it ends too soon".into());
    }
    Ok(Look { width, height, scalable: opened.scalable })
}

/// The picture as WebP of a width, its height in proportion. `quality` goes from 1 to 100. The same bytes give the same
/// bytes on every machine.
///
/// # Errors
/// What is wrong with the picture, as half a sentence.
pub fn scaled(bytes: &[u8], width: u32, quality: u8) -> Result<Vec<u8>, String> {
    look(bytes)?;
    let opened = Opened::new(bytes)?;
    let (turned, from, profile) = (opened.turn, (opened.width, opened.height), opened.profile.clone());
    let pixels = opened.decode()?;
    let (kind, layout) =
        if pixels.alpha { (PixelType::U8x4, PixelLayout::Rgba) } else { (PixelType::U8x3, PixelLayout::Rgb) };
    let shown = turn::size(from, turned);
    let height = (u64::from(shown.1) * u64::from(width) / u64::from(shown.0)).max(1);
    let height = u32::try_from(height).map_err(|error| error.to_string())?;
    let to = turn::size((width, height), turned);
    let whole = Image::from_vec_u8(from.0, from.1, pixels.bytes, kind).map_err(|error| error.to_string())?;
    let mut small = Image::new(to.0, to.1, kind);
    Resizer::new().resize(&whole, &mut small, &ResizeOptions::new()).map_err(|error| error.to_string())?;
    drop(whole);
    let small = turn::turned(small.into_vec(), to, layout.bytes_per_pixel().into(), turned);
    let encoded = Encoder::new(&small, layout, width, height).encode_simple(false, f32::from(quality));
    let encoded = encoded.map_err(|error| format!("{error:?}"))?;
    Ok(match profile {
        Some(profile) => container::with_profile(&encoded, &profile, (width, height), pixels.alpha),
        None => encoded.to_vec(),
    })
}
