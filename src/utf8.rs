//! Bytes -> text, looked at many at a time; the one door to simdutf8.

use std::string::FromUtf8Error;

/// The text that these bytes are. The standard library takes three steps for each Chinese character, which was an
/// eleventh of a build.
///
/// # Errors
/// When they are not UTF-8; the error gives them back and says where.
pub fn text(bytes: Vec<u8>) -> Result<String, FromUtf8Error> {
    match simdutf8::basic::from_utf8(&bytes) {
        // To copy what was found good costs less than to look again.
        Ok(text) => Ok(text.to_owned()),
        Err(_) => String::from_utf8(bytes),
    }
}

/// The text that these bytes are, where they are; none if they are not UTF-8.
pub fn seen(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_other_bytes() {
        let long = "方志 fangzhi ".repeat(20);
        assert_eq!(text(long.clone().into_bytes()), Ok(long.clone()));
        assert_eq!(seen(long.as_bytes()), Some(&*long));
        let broken = [long.as_bytes(), b"\xff", long.as_bytes()].concat();
        assert_eq!(seen(&broken), None);
        assert_eq!(text(broken).unwrap_err().utf8_error().valid_up_to(), long.len());
    }
}
