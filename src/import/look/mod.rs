//! What a line of prose looks like, Chinese and English: ordinals, sentence ends, bylines, fields.

pub(crate) mod byline;
pub(crate) mod field;
pub(crate) mod ordinal;
pub(crate) mod sentence;
