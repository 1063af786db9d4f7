//! Pixels of a PNG, JPEG or WebP; the only door of `zune_jpeg` and `image_webp`.

use std::fmt::Display;
use std::io::Cursor;

use image_webp::WebPDecoder;
use png::{ColorType, Limits, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{MOST_PIXELS, turn};

/// The most memory for the pixels of one picture.
const MOST_BYTES: usize = MOST_PIXELS as usize * 4;

/// A picture whose header was read.
pub(super) struct Opened<'b> {
    decoder: Decoder<'b>,
    /// Width of what is in the file.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Which way is up; see [`turn`].
    pub turn: u8,
    /// One still picture of light, not of ink.
    pub scalable: bool,
    /// What its colours mean, if that is not what they mean everywhere (ICC.1).
    pub profile: Option<Vec<u8>>,
}

enum Decoder<'b> {
    Png(Box<png::Reader<Cursor<&'b [u8]>>>),
    Jpeg(Box<JpegDecoder<ZCursor<&'b [u8]>>>),
    WebP(Box<WebPDecoder<Cursor<&'b [u8]>>>),
}

/// All pixels: three bytes each, four with `alpha`.
pub(super) struct Pixels {
    pub bytes: Vec<u8>,
    pub alpha: bool,
}

impl<'b> Opened<'b> {
    /// What the bytes are counts, not what the file is called.
    pub fn new(bytes: &'b [u8]) -> Result<Self, String> {
        let opened = match bytes {
            [0x89, b'P', b'N', b'G', ..] => Self::png(bytes),
            [0xff, 0xd8, 0xff, ..] => Self::jpeg(bytes),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::webp(bytes),
            _ => Err("it is not a PNG, JPEG or WebP".into()),
        }?;
        if opened.width == 0 || opened.height == 0 { Err("it has no size".into()) } else { Ok(opened) }
    }

    fn png(bytes: &'b [u8]) -> Result<Self, String> {
        let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MOST_BYTES });
        decoder.set_transformations(Transformations::normalize_to_color8());
        decoder.set_ignore_text_chunk(true);
        let reader = decoder.read_info().map_err(told)?;
        let info = reader.info();
        Ok(Self {
            width: info.width,
            height: info.height,
            turn: info.exif_metadata.as_deref().map_or(1, turn::of_exif),
            scalable: info.animation_control.is_none(),
            profile: info.icc_profile.as_deref().map(<[u8]>::to_vec),
            decoder: Decoder::Png(Box::new(reader)),
        })
    }

    fn jpeg(bytes: &'b [u8]) -> Result<Self, String> {
        let most = usize::from(u16::MAX);
        let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
        let options = options.set_max_width(most).set_max_height(most);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        decoder.decode_headers().map_err(told)?;
        let info = decoder.info().ok_or_else(|| "it has no header".to_owned())?;
        let ink = matches!(decoder.input_colorspace(), Some(ColorSpace::CMYK | ColorSpace::YCCK));
        Ok(Self {
            width: info.width.into(),
            height: info.height.into(),
            turn: decoder.exif().map_or(1, |exif| turn::of_exif(exif)),
            scalable: !ink,
            profile: decoder.icc_profile(),
            decoder: Decoder::Jpeg(Box::new(decoder)),
        })
    }

    fn webp(bytes: &'b [u8]) -> Result<Self, String> {
        let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(told)?;
        decoder.set_memory_limit(MOST_BYTES);
        let (width, height) = decoder.dimensions();
        Ok(Self {
            width,
            height,
            turn: decoder.exif_metadata().ok().flatten().map_or(1, |exif| turn::of_exif(&exif)),
            scalable: !decoder.is_animated(),
            profile: decoder.icc_profile().ok().flatten(),
            decoder: Decoder::WebP(Box::new(decoder)),
        })
    }

    /// Whether the end of the file is there: decoders fill what is missing with grey, and say nothing.
    pub fn is_whole(&self, bytes: &[u8]) -> bool {
        match &self.decoder {
            Decoder::Png(_) => bytes.windows(8).rev().any(|chunk| chunk == b"IEND\xae\x42\x60\x82"),
            Decoder::Jpeg(_) => bytes.windows(2).rev().any(|mark| mark == b"\xff\xd9"),
            Decoder::WebP(_) => {
                let size = bytes.get(4..8).and_then(|size| size.try_into().ok()).map_or(0, u32::from_le_bytes);
                bytes.len() as u64 >= u64::from(size) + 8
            }
        }
    }

    pub fn decode(self) -> Result<Pixels, String> {
        let room = |size: Option<usize>| {
            let size = size.filter(|size| *size <= MOST_BYTES).ok_or_else(|| "it is too large".to_owned())?;
            Ok::<_, String>(vec![0; size])
        };
        match self.decoder {
            Decoder::Png(mut reader) => {
                let mut bytes = room(reader.output_buffer_size())?;
                let frame = reader.next_frame(&mut bytes).map_err(told)?;
                bytes.truncate(frame.buffer_size());
                let grey = |depth: usize, bytes: &[u8]| {
                    bytes.chunks_exact(depth).flat_map(|pixel| [&[pixel[0]; 2], pixel].concat()).collect()
                };
                let alpha = matches!(frame.color_type, ColorType::Rgba | ColorType::GrayscaleAlpha);
                let bytes = match frame.color_type {
                    ColorType::Grayscale => grey(1, &bytes),
                    ColorType::GrayscaleAlpha => grey(2, &bytes),
                    _ => bytes,
                };
                Ok(Pixels { bytes, alpha })
            }
            Decoder::Jpeg(mut decoder) => Ok(Pixels { bytes: decoder.decode().map_err(told)?, alpha: false }),
            Decoder::WebP(mut decoder) => {
                let mut bytes = room(decoder.output_buffer_size())?;
                decoder.read_image(&mut bytes).map_err(told)?;
                Ok(Pixels { bytes, alpha: decoder.has_alpha() })
            }
        }
    }
}

/// A decoder's complaint as a part of a sentence: one line, without the end.
fn told(error: impl Display) -> String {
    error.to_string().lines().next().unwrap_or_default().trim_end_matches('.').to_lowercase()
}
