//! Photographs that lie on their side: which way is up, and the pixels turned that way (Exif 2.32, tag 0x0112).

/// The way up that Exif data gives, from 1 (as it is) to 8; 1 if it gives none.
pub(super) fn of_exif(data: &[u8]) -> u8 {
    let data = data.strip_prefix(b"Exif\0\0").unwrap_or(data);
    read(data).filter(|way| (1..=8).contains(way)).unwrap_or(1)
}

fn read(data: &[u8]) -> Option<u8> {
    let big = match data.get(..4)? {
        b"MM\0\x2a" => true,
        b"II\x2a\0" => false,
        _ => return None,
    };
    let number = |at: usize, length: usize| {
        let bytes = data.get(at..at + length)?;
        let join = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
        Some(if big { bytes.iter().fold(0, join) } else { bytes.iter().rev().fold(0, join) })
    };
    let first = number(4, 4)?;
    let entries = number(first, 2)?;
    let entry = (0..entries).map(|at| first + 2 + at * 12).find(|at| number(*at, 2) == Some(0x0112))?;
    u8::try_from(number(entry + 8, 2)?).ok()
}

/// Width and height once a picture was turned; the same the other way round.
pub(super) fn size((width, height): (u32, u32), way: u8) -> (u32, u32) {
    if way >= 5 { (height, width) } else { (width, height) }
}

/// The pixels of a picture of a size, turned; each is `depth` bytes.
pub(super) fn turned(pixels: Vec<u8>, from: (u32, u32), depth: usize, way: u8) -> Vec<u8> {
    if way <= 1 {
        return pixels;
    }
    let (width, height) = (from.0 as usize, from.1 as usize);
    let (to_width, to_height) = if way >= 5 { (height, width) } else { (width, height) };
    let mut out = Vec::with_capacity(pixels.len());
    for y in 0..to_height {
        for x in 0..to_width {
            let (column, row) = match way {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                _ => (width - 1 - y, x),
            };
            let at = (row * width + column) * depth;
            out.extend_from_slice(&pixels[at..at + depth]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_up_is_what_exif_says() {
        // a b      as the camera wrote it; what a reader is to see for each of the eight ways.
        // c d
        // e f
        let seen = ["abcdef", "badcfe", "fedcba", "efcdab", "acebdf", "ecafdb", "fdbeca", "bdface"];
        for (way, seen) in (1..).zip(seen) {
            assert_eq!(String::from_utf8(turned(b"abcdef".to_vec(), (2, 3), 1, way)).unwrap(), seen, "{way}");
        }
        assert_eq!((size((2, 3), 4), size((2, 3), 5)), ((2, 3), (3, 2)));
    }

    #[test]
    fn exif_data_of_either_order_of_bytes_is_read() {
        let big = b"MM\0\x2a\0\0\0\x08\0\x02\x01\x00\0\x03\0\0\0\x01\0\x09\0\0\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        let little = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0";
        assert_eq!((of_exif(big), of_exif(little)), (6, 8));
        for broken in [&b""[..], b"MM\0\x2a\xff\xff\xff\xff", b"II\x2a\0\x08\0\0\0\xff\xff", b"hello there"] {
            assert_eq!(of_exif(broken), 1);
        }
    }
}
