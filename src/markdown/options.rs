//! The few knobs that change what a text becomes.

/// How to read a body: small and hashable, so that a document can be reused by its bytes and these.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Options {
    /// The author's HTML and link schemes pass as they are.
    pub trust: bool,
    /// How many elements may stand inside one another before the rest is left out.
    pub max_nesting: u16,
    /// Straight quotation marks, `--` and `...` become typographic ones where a text is not Chinese.
    pub smart_punctuation: bool,
}

impl Default for Options {
    /// Nothing is trusted; 200 levels; punctuation as written.
    fn default() -> Self {
        Self { trust: false, max_nesting: 200, smart_punctuation: false }
    }
}
