//! The search index and the scripts that read it: the same terms on both sides, and nothing that is there is missed.

mod support;

#[path = "support/browser.rs"]
mod chromium;

#[path = "support/corpus.rs"]
mod corpus;

#[path = "support/validate.rs"]
mod validate;

mod search {
    mod index;
    mod order;
    mod recall;
    mod terms;
}
