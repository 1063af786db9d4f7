//! Pictures are made smaller as they look, and what is none says so.

use super::decode::Pixels;
use super::*;

/// Bright on the left, dark on the right: 400 × 200 pixels.
const HALVES: &[u8] = include_bytes!("../../tests/pictures/halves.jpg");

fn turned(way: u8) -> Vec<u8> {
    let mut segment = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    segment.extend([way, 0, 0, 0, 0, 0, 0]);
    [&HALVES[..2], &segment, &HALVES[2..]].concat()
}

fn png(width: u32, height: u32, color: png::ColorType, profile: bool, pixel: impl Fn(u32) -> Vec<u8>) -> Vec<u8> {
    let mut out = vec![];
    let mut info = png::Info::with_size(width, height);
    info.color_type = color;
    info.bit_depth = png::BitDepth::Eight;
    info.icc_profile = profile.then(|| b"a profile".as_slice().into());
    let mut writer = png::Encoder::with_info(&mut out, info).unwrap().write_header().unwrap();
    writer.write_image_data(&(0..width * height).flat_map(|at| pixel(at % width)).collect::<Vec<u8>>()).unwrap();
    writer.finish().unwrap();
    out
}

fn pixels(webp: &[u8]) -> Pixels {
    Opened::new(webp).unwrap().decode().unwrap()
}

#[test]
fn a_picture_becomes_a_smaller_one_of_the_same_proportions() {
    assert_eq!(look(HALVES), Ok(Look { width: 400, height: 200, scalable: true }));
    let small = scaled(HALVES, 150, 80).unwrap();
    assert_eq!(look(&small), Ok(Look { width: 150, height: 75, scalable: true }));
    assert_eq!(small, scaled(HALVES, 150, 80).unwrap());
    let small = pixels(&small).bytes;
    assert!(small[0] > 230 && small[149 * 3] < 25);
}

#[test]
fn a_turned_photograph_is_turned_before_it_is_made_smaller() {
    let bytes = turned(6);
    assert_eq!(look(&bytes), Ok(Look { width: 200, height: 400, scalable: true }));
    let small = scaled(&bytes, 100, 80).unwrap();
    assert_eq!(look(&small), Ok(Look { width: 100, height: 200, scalable: true }));
    // A quarter turn to the right takes the left side to the top.
    let small = pixels(&small).bytes;
    assert!(small[(20 * 100 + 50) * 3] > 200 && small[(180 * 100 + 50) * 3] < 60);
}

#[test]
fn what_is_transparent_stays_so_and_takes_no_colour_of_what_cannot_be_seen() {
    let striped = |x: u32| if x.is_multiple_of(2) { vec![200, 0, 0, 255] } else { vec![0, 255, 0, 0] };
    let small = pixels(&scaled(&png(200, 200, png::ColorType::Rgba, false, striped), 50, 90).unwrap());
    let [red, green, _, alpha] = small.bytes[(25 * 50 + 25) * 4..][..4].try_into().unwrap();
    assert!(small.alpha && (100..160).contains(&alpha) && red > 150 && green < 60, "{red} {green} {alpha}");
}

#[test]
fn grey_pictures_stay_grey() {
    let small = pixels(&scaled(&png(64, 64, png::ColorType::Grayscale, false, |_| vec![90]), 32, 90).unwrap());
    assert!(!small.alpha && small.bytes.len() == 32 * 32 * 3 && small.bytes.iter().all(|part| part.abs_diff(90) < 4));
    let veiled = png(64, 64, png::ColorType::GrayscaleAlpha, false, |_| vec![90, 128]);
    let small = pixels(&scaled(&veiled, 32, 90).unwrap());
    assert!(small.alpha && small.bytes[2].abs_diff(90) < 4 && small.bytes[3].abs_diff(128) < 4);
}

#[test]
fn a_colour_profile_goes_along() {
    for (color, pixel) in [(png::ColorType::Rgb, vec![10, 200, 30]), (png::ColorType::Rgba, vec![10, 200, 30, 60])] {
        let small = scaled(&png(64, 64, color, true, |_| pixel.clone()), 32, 80).unwrap();
        assert_eq!(Opened::new(&small).unwrap().profile.as_deref(), Some(&b"a profile"[..]));
        assert_eq!(look(&small), Ok(Look { width: 32, height: 32, scalable: true }));
        assert_eq!(pixels(&small).alpha, pixel.len() == 4);
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(look(&HALVES[..HALVES.len() - 2]), Err("it ends too soon".into()));
    for bytes in [&b"<html>"[..], b"", b"GIF89a......", b"\xff\xd8", b"RIFF"] {
        assert_eq!(look(bytes), Err("it is not a PNG, JPEG or WebP".into()));
    }
    let whole = png(40, 40, png::ColorType::Rgb, false, |x| vec![x as u8, 0, 0]);
    assert_eq!(look(&whole[..whole.len() - 12]), Err("it ends too soon".into()));
    let mut broken = whole.clone();
    broken[45] ^= 0xff;
    assert!(scaled(&broken, 20, 80).is_err());
    // A header of 60000 × 60000 pixels in front of nothing.
    let mut bomb = whole;
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let sum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    assert!(look(&bomb).is_err() && scaled(&bomb, 20, 80).is_err(), "{:?}", look(&bomb));
}

#[test]
fn no_bytes_make_it_panic() {
    let small = scaled(HALVES, 60, 50).unwrap();
    let grey = png(9, 9, png::ColorType::Grayscale, true, |x| vec![x as u8]);
    for whole in [HALVES, &turned(3), &small, &grey] {
        for at in (0..whole.len()).step_by(7) {
            let mut bytes = whole.to_vec();
            bytes[at] ^= 0x5a;
            let _ = (scaled(&bytes, 7, 50), scaled(&whole[..at], 7, 50));
        }
    }
}

/// The checksum of a PNG chunk (PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}
