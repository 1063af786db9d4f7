//! Offline bundles: what is in them, that they are the same bytes everywhere, and how they work from disk in a browser.

mod support;

#[path = "support/browser.rs"]
mod chromium;

#[path = "support/validate.rs"]
mod validate;

#[path = "support/webdriver.rs"]
mod webdriver;

mod bundle {
    mod book;
    mod made;
    mod nasty;
    mod single;
    mod unpacked;
}
