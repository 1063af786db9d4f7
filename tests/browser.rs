//! The built site in a real Chromium, opened from disk as a reader would open it.

mod support;

#[path = "support/browser.rs"]
mod chromium;

#[path = "support/validate.rs"]
mod validate;

mod browser {
    mod access;
    mod components;
    mod keyboard;
    mod pictures;
    mod plain;
    mod quiet;
    mod search;
    mod sites;
    mod text;
}
