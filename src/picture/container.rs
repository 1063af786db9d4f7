//! The container of a WebP, put together anew with a colour profile: what a wide-gamut photograph means by its numbers.
//! After the WebP Container Specification (RFC 9649, section 2.7).

const HAS_PROFILE: u8 = 0b0010_0000;
const HAS_ALPHA: u8 = 0b0001_0000;

/// The same picture with a profile; `size` is its width and height.
pub(super) fn with_profile(webp: &[u8], profile: &[u8], size: (u32, u32), alpha: bool) -> Vec<u8> {
    let mut chunks = Vec::with_capacity(webp.len() + profile.len() + 32);
    let mut header = vec![HAS_PROFILE | if alpha { HAS_ALPHA } else { 0 }, 0, 0, 0];
    for length in [size.0, size.1] {
        header.extend(&(length.saturating_sub(1)).to_le_bytes()[..3]);
    }
    chunk(&mut chunks, *b"VP8X", &header);
    chunk(&mut chunks, *b"ICCP", profile);
    let mut rest = webp.get(12..).unwrap_or_default();
    while let Some((name, body, behind)) = next(rest) {
        if matches!(&name, b"VP8 " | b"VP8L" | b"ALPH") {
            chunk(&mut chunks, name, body);
        }
        rest = behind;
    }
    let mut out = b"RIFF".to_vec();
    out.extend(length(chunks.len() + 4));
    out.extend(b"WEBP");
    out.extend(chunks);
    out
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], body: &[u8]) {
    out.extend(name);
    out.extend(length(body.len()));
    out.extend(body);
    out.extend(std::iter::repeat_n(0, body.len() % 2));
}

fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}

/// The first chunk: its name, its body, and what follows.
fn next(bytes: &[u8]) -> Option<([u8; 4], &[u8], &[u8])> {
    let name = bytes.get(..4)?.try_into().ok()?;
    let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let body = bytes.get(8..8 + size)?;
    Some((name, body, bytes.get(8 + size + size % 2..).unwrap_or_default()))
}
